"""What every reader promises, whatever its format; a new one joins by a line in SAMPLES."""

from __future__ import annotations

import unicodedata

import pytest

from aligner.errors import AlignerError, UsageError
from aligner.model import Document, ReadOptions, Source
from aligner.reading import READERS, read

SENTENCE = "La sen\u0303ora (..) subió la torre\u00ad y, [se ríe] dijo: «Está\u00a0bien, H2O»."
SAMPLES = {
    "txt": f"Título de la página\n\nP: ¿Uno?\n\nR: {SENTENCE}\n\n{SENTENCE}\n",
    "md": f"---\ntitle: T\n---\n# Uno\n\nP: ¿*Uno*?\n\nR: {SENTENCE}\n\n- {SENTENCE}\n",
    "html": f"<html lang='es'><body><h1>Uno</h1><p>P: ¿<i>Uno</i>?</p><p>R: {SENTENCE}</p><p>{SENTENCE}</p></body></html>",
}
JUNK = {
    "zeros": b"\0" * 50,
    "every byte": bytes(range(256)) * 4,
    "bad utf-8": b"hola \xc3\x28 \xff\xfe\xfa mundo " * 5,
    "half utf-16": b"\xff\xfea\0b",
    "open braces": b"{{< <![CDATA[ <!-- {% [[[ ``` |||" * 20,
    "controls": b"\x01\x02\x1b[31mrojo\x1b[0m " * 10,
    "long line": b"una palabra tras otra " * 20_000,
}


def sample(name: str) -> Source:
    return Source(f"sample.{name}", SAMPLES[name].encode())


def check(document: Document) -> None:
    """The promises that the nouns themselves do not check."""
    assert document.paragraphs
    assert document.segments == ()
    for paragraph in document.paragraphs:
        text = paragraph.text
        assert text
        assert text == text.strip()
        assert not any(c.isspace() and c not in " \u00a0\u202f" for c in text)
        assert not any(unicodedata.category(c) in ("Cc", "Cs") for c in text)
        assert unicodedata.is_normalized("NFC", text)
        for span in paragraph.spans:
            assert 0 <= span.start <= span.end <= len(text)
        if paragraph.label:
            start, end = paragraph.label
            assert start == 0 < end < len(text)
            if paragraph.speaker:
                assert text.startswith(paragraph.speaker)
        assert (paragraph.level > 0) == (paragraph.kind == "heading")


def test_every_reader_of_ours_is_tried() -> None:
    assert set(SAMPLES) <= set(READERS.entries)
    assert {"txt", "md", "html"} <= set(SAMPLES)


@pytest.mark.parametrize("name", SAMPLES)
def test_sample(name: str) -> None:
    document = read(sample(name))
    check(document)
    kept = unicodedata.normalize("NFC", SENTENCE).replace("\u00ad", "")
    assert sum(kept in paragraph.text for paragraph in document.paragraphs) == 2
    assert [p.speaker for p in document.paragraphs if p.kind == "turn"] == ["P", "R"]
    assert document.origin == f"sample.{name}"


@pytest.mark.parametrize("name", SAMPLES)
def test_twice_the_same(name: str) -> None:
    assert read(sample(name)) == read(sample(name))


@pytest.mark.parametrize("name", SAMPLES)
def test_format_by_name_takes_any_suffix(name: str) -> None:
    found = read(Source("sample.xyz", SAMPLES[name].encode()), format=name)
    assert found.paragraphs == read(sample(name)).paragraphs


@pytest.mark.parametrize("junk", JUNK)
@pytest.mark.parametrize("name", SAMPLES)
def test_junk_is_a_document_or_one_error_of_ours(name: str, junk: str) -> None:
    for options in (ReadOptions(), ReadOptions(html_body="full"), ReadOptions(encoding="latin-1")):
        said = f"junk.{name}"
        try:
            check(read(Source(f"junk.{name}", JUNK[junk]), options))
        except AlignerError as error:
            said = str(error)
        assert f"junk.{name}" in said
        assert "\n" not in said


@pytest.mark.parametrize("name", SAMPLES)
def test_empty_file(name: str) -> None:
    with pytest.raises(AlignerError, match=rf"empty\.{name}: the file is empty"):
        read(Source(f"empty.{name}", b""))


def test_unknown_format_lists_the_known() -> None:
    with pytest.raises(UsageError, match=r"no input format 'doc'.*known: .*html.*md.*txt"):
        read(Source("a.txt", b"Hola."), format="doc")
