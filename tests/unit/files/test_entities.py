"""Entities that a file declares: short texts are read, all else is refused at once."""

from __future__ import annotations

import itertools
import time
from pathlib import Path

import pytest

from aligner.model import Malformed, Source
from aligner.workflows.reading import read

FILES = {
    "tmx": '<tmx version="1.4"><header/><body><tu><tuv xml:lang="es"><seg>{}</seg></tuv></tu></body></tmx>',
    "xliff": '<xliff version="1.2"><file><body><trans-unit><source>{}</source></trans-unit></body></file></xliff>',
    "tei": "<TEI><text><body><p>{}</p></body></text></TEI>",
}
SHORT = (
    '<!ENTITY pub "Prensa &amp; Sol"><!ENTITY anio "(1911)"><!ENTITY both "&pub; &anio;">'
    '<!ENTITY caf "caf&eacute;"><!ENTITY none ""><!ENTITY lt2 "&#38;#60;"><!ENTITY anio "later">'
)


def text_of(name: str, declared: str, inside: str, encoding: str = "utf-8") -> str:
    head = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [{declared}]>'
    document = read(Source(f"a.{name}", (head + FILES[name].format(inside)).encode(encoding)))
    return document.paragraphs[0].text


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_short_texts_are_read(name: str, encoding: str) -> None:
    said = text_of(name, SHORT, "De &both;, &caf;&none; 1 &lt2; 2.", encoding)
    assert said == "De Prensa & Sol (1911), café 1 < 2."


def bomb(letters: str, times: int, seed: str = "ha") -> str:
    rest = itertools.pairwise(letters)
    return f'<!ENTITY {letters[0]} "{seed}">' + "".join(
        f'<!ENTITY {new} "{f"&{old};" * times}">' for old, new in rest
    )


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize(
    ("declared", "said"),
    [
        (bomb("abcdefghijk", 10), "too large"),  # a billion laughs
        (bomb("ab", 400, "x" * 11), "too large"),
        (f'<!ENTITY e "{"x" * 5_000}">', "too large"),
        ('<!ENTITY e SYSTEM "file:///etc/passwd">', "not texts of its own"),
        ('<!ENTITY e PUBLIC "-//x" "http://localhost/x">', "not texts of its own"),
        ('<!ENTITY % e "<!ENTITY f &#39;x&#39;>">', "not texts of its own"),
        ('<!ENTITY e "a <hi>b</hi>">', "markup"),
        ('<!ENTITY e "&e;">', "nobody declares before"),
        ('<!ENTITY e "&f;"><!ENTITY f "&e;">', "nobody declares before"),
    ],
)
def test_all_else_is_refused_at_once(name: str, declared: str, said: str) -> None:
    started = time.perf_counter()
    with pytest.raises(Malformed, match=f"declares entities.*{said}"):
        text_of(name, declared, "x")
    assert time.perf_counter() - started < 5


@pytest.mark.parametrize("name", ["xliff", "tei"])
def test_many_references_to_a_long_one_are_bounded(name: str) -> None:
    """The quadratic kind: one long entity, thousands of references."""
    with pytest.raises(Malformed, match=r"too much text|not well-formed"):
        text_of(name, f'<!ENTITY e "{"x" * 3_900}">', "&e; " * 20_000)


def test_a_unit_of_a_memory_is_bounded(tmp_path: Path) -> None:
    del tmp_path
    with pytest.raises(Malformed):
        text_of("tmx", f'<!ENTITY e "{"x" * 3_900}">', "&e; " * 50_000)


@pytest.mark.parametrize("name", FILES)
def test_what_nobody_declares_is_named(name: str) -> None:
    with pytest.raises(Malformed, match="&wrong;"):
        text_of(name, SHORT, "&wrong;")
