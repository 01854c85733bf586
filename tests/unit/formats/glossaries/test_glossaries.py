"""Glossaries as tools and people write them, and what is refused of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.formats.glossaries import (
    GlossaryEntry,
    Term,
    glossary_format,
    parse_dictionary,
    parse_glossary,
    write_glossary,
)
from aligner.model import Malformed, UsageError
from tests.unit.cli.run import run

LANGS = ("es", "en")
TWO = [Term(("casa",), ("house",)), Term(("perro",), ("dog",))]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("omegat.txt", b"casa\thouse\twhere one lives\nperro\tdog\n"),
        ("omegat.utf8", b'# our words\ncasa\thouse\n\n# animals, "tame\nperro\tdog\t\n'),
        ("excel.txt", "casa\thouse\r\nperro\tdog\r\n".encode("utf-16")),
        ("bom.tsv", "\ufeffcasa\thouse\nperro\tdog\n".encode()),
        ("mac.txt", b"casa\thouse\rperro\tdog\r"),
        ("headed.tsv", b"Target\tNote\tSource\nhouse\tx\tcasa\ndog\t\tperro\n"),
        ("langs.tsv", b"English\tSpanish\tremark\nhouse\tcasa\t\ndog\tperro\t\n"),
        ("codes.csv", b"en,es-MX\nhouse,casa\ndog,perro\n"),
        ("plain.csv", b'"casa","house","where, then, one lives"\n"perro","dog",""\n'),
        ("europe.csv", b"casa;house;a comment\nperro;dog;\n"),
        ("no-suffix", b"casa,house\nperro,dog\n"),
        ("tabs.csv", b"casa\thouse, of course\nperro\tdog\n".replace(b", of course", b"")),
        ("hunalign.dic", b"house @ casa\ndog @ perro\n"),
    ],
)
def test_tables(name: str, content: bytes) -> None:
    assert parse_glossary(content, name, LANGS) == TWO
    pairs = [("casa", "house"), ("perro", "dog")]
    assert list(parse_dictionary(content, name, LANGS).entries) == pairs


def test_any_translation_of_one_term_is_right() -> None:
    content = b"casa\thouse\nCasa\thome\nperro|can\tdog\ncan\thound\n"
    assert parse_glossary(content, "g.txt", LANGS) == [
        Term(("casa",), ("house", "home")),
        Term(("perro",), ("dog",)),
        Term(("can",), ("dog", "hound")),
    ]


def test_what_one_entry_forbids_another_may_ask_for() -> None:
    content = b"source\ttarget\tforbidden\ncasa\thouse\thome|hut\ncasa\thome\t\n"
    assert parse_glossary(content, "g.tsv", LANGS) == [Term(("casa",), ("house", "home"), ("hut",))]


@pytest.mark.parametrize("line", ["source\tfuente", "note\tnota", "it\tes", "Spanish\tespañol"])
def test_a_first_entry_that_looks_like_names_is_an_entry(line: str) -> None:
    (term,) = parse_glossary(f"{line}\n".encode(), "g.txt", ("en", "de"))
    assert ("\t".join((*term.source, *term.required))) == line


def test_the_oldest_tbx_and_underscores() -> None:
    content = (
        b'<martif><text><body><termEntry><langSet lang="es_MX"><ntig><termGrp><term>casa</term>'
        b'</termGrp></ntig></langSet><langSet lang="EN"><tig><term>house</term></tig></langSet>'
        b"</termEntry></body></text></martif>"
    )
    assert parse_glossary(content, "g.tbx", LANGS) == TWO[:1]


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b"", "no terms"),
        (b"# only a comment\n", "no terms"),
        (b"source\ttarget\n", "no terms"),
        (b"casa house\n", "line 1"),
        (b"source\ttarget\nx\t\n", "line 2"),
        (b"a\tb\n\n# c\nd\t\n", "line 4"),
        (b"a,b\n\nc,\n", "line 3"),
        (b"casa\t\xff\n", "byte 5 is not UTF-8"),
        (b"\xff\xfea", "not UTF-16"),
        (b"French\tGerman\nmaison\tHaus\n", "its columns are de and fr, the texts es and en"),
        (b"<tbx><a></tbx>", "damaged"),
        (b"<tbx/>", "both languages"),
    ],
)
def test_a_broken_glossary_is_refused(content: bytes, part: str) -> None:
    with pytest.raises(Malformed, match=part) as caught:
        parse_glossary(content, "g", LANGS)
    assert "g" in str(caught.value)


WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp"), exclude_characters="|@"),
    min_size=1,
    max_size=12,
)
PAIRS = st.lists(
    st.tuples(WORDS, WORDS), min_size=1, max_size=6, unique_by=lambda p: p[0].casefold()
)


@given(PAIRS, st.sampled_from(["tbx", "tbx3", "omegat", "csv", "tsv"]))
def test_what_is_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[str, str]], to: str
) -> None:
    entries = [GlossaryEntry(a, b, f"{b}, “{a}”", (a, b), (("n", "1"),)) for a, b in pairs]
    path = tmp_path_factory.mktemp("glossary") / f"g.{'tbx' if 'tbx' in to else to}"
    write_glossary(entries, path, to, ("es", "en-GB"), "t")
    read = parse_glossary(path.read_bytes(), path.name, ("es", "en"))
    assert [(*t.source, *t.required) for t in read] == pairs


def test_a_term_may_begin_as_xml_does() -> None:
    for first in ("<", "<br>", "< 5"):
        read = parse_glossary(f"{first}\ttarget\n".encode(), "g.utf8", LANGS)
        assert [(t.source, t.required) for t in read] == [((first,), ("target",))]


def test_a_format_by_suffix_or_by_name() -> None:
    assert glossary_format(Path("a.UTF8")) == "omegat"
    assert glossary_format(Path("a.tbx"), "tbx3") == "tbx3"
    with pytest.raises(UsageError, match=r"written as \.tbx"):
        glossary_format(Path("a.xlsx"))
    with pytest.raises(UsageError, match="no glossary format 'x'"):
        glossary_format(Path("a.tbx"), "x")


def test_the_commands(tmp_path: Path) -> None:
    """`check --glossary` and `align --dictionary` take a glossary without a header."""
    (tmp_path / "es.txt").write_text("La casa es roja.\n\nEl perro duerme.\n", encoding="utf-8")
    (tmp_path / "en.txt").write_text("The home is red.\n\nThe dog sleeps.\n", encoding="utf-8")
    glossary = tmp_path / "g.txt"
    glossary.write_text("casa\thouse\ta comment\nperro\tdog\n", encoding="utf-8")
    made = tmp_path / "a.alignment.json"
    done = run(
        "align", tmp_path / "es.txt", tmp_path / "en.txt", "-s", "es", "-t", "en", "-o", made,
        "--dictionary", glossary, "--explain",
    )  # fmt: skip
    assert done.code == 0, done.err
    assert b"entries of the dictionary" in done.out
    done = run("check", made, "--glossary", glossary, "--only", "terminology")
    assert done.code == 1
    assert "“casa” should be “house”" in done.out.decode()
    assert b"dog" not in done.out
