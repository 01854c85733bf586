"""Files with both sides, as programs write them: what is text in them and what is not."""

from __future__ import annotations

import contextlib
import hashlib
import io
import sys
import time

import pytest

from aligner.formats.tmx.stream import stream
from aligner.model import (
    Alignment,
    MissingExtra,
    ReadError,
    ReadOptions,
    Source,
    UnknownFormat,
    UsageError,
)
from aligner.workflows.reading import read, read_alignment
from tests.unit.documents.packages import xlsx


def opened(name: str, text: str) -> Alignment:
    alignment = read_alignment(Source(name, text.encode()))
    assert isinstance(alignment, Alignment)
    return alignment


def pairs(name: str, text: str) -> list[tuple[str, str]]:
    return [
        ("|".join(s.text for s in source), "|".join(t.text for t in target))
        for _, source, target in opened(name, text).pairs()
    ]


def test_cells_of_a_tsv_hold_line_ends() -> None:
    text = 'en\tes\n"One.\nTwo."\t"Uno.\nDos."\nThree.\tTres.\n"Four\n\nfive."\tCuatro.\n'
    assert pairs("a.tsv", text) == [
        ("One. Two.", "Uno. Dos."),
        ("Three.", "Tres."),
        ("Four five.", "Cuatro."),
    ]


@pytest.mark.parametrize(
    "head", ["es;en", "Spanish;English", "Español;English", "ES;EN", "es;id;en"]
)
def test_a_header_names_the_languages(head: str) -> None:
    middle = "1;" * head.count("id;")
    rows = f"Uno aquí.;{middle}One here.\nDos allá.;{middle}Two there.\n"
    found = opened("a.csv", f"{head}\n{rows}")
    assert [s.text for s in found.source.segments] == ["Uno aquí.", "Dos allá."]
    assert (found.source.lang, found.target.lang) == ("es", "en")


def test_three_columns_with_line_ends() -> None:
    text = 'en\tes\tcomment\n"One.\nTwo."\tUno.\t"a\nb"\nThree.\tTres.\tc\n'
    first, second = opened("a.tsv", text).pairs()
    assert [first[1][0].text, first[2][0].text, first[0].comment] == ["One. Two.", "Uno.", "a\nb"]
    assert [second[1][0].text, second[2][0].text] == ["Three.", "Tres."]


@pytest.mark.parametrize(
    "rows",
    [
        ('One.\t"Uno.', 'Two."\tDos.'),
        ('"One.\tUno.', "Two.\tDos.", 'Three."\tTres.'),
        ('One "\tUno', 'Two\t" Dos', '"Three\tTres'),
        ('One.\t"Uno', "Two.\tDos.", 'Three."\tTres'),
    ],
)
def test_lone_quotes_join_nothing(rows: tuple[str, ...]) -> None:
    found = pairs("a.tsv", "\n".join(rows))
    assert found == [tuple(cell.strip() for cell in row.split("\t")) for row in rows]


@pytest.mark.parametrize(
    ("row", "count"), [('"\n', 30_000), ('"' + "x" * 9999 + "\n", 100), ('x"', 200_000)]
)
def test_quotes_that_never_close_take_linear_time(row: str, count: int) -> None:
    """Twice the text takes about twice the time: a ratio, for machines are slow and busy."""

    def seconds(times: int) -> float:
        started = time.process_time()
        with contextlib.suppress(ReadError):
            opened("a.tsv", "en\tes\nOne.\tUno.\n" + ('"a\t' if row == 'x"' else "") + row * times)
        return time.process_time() - started

    seconds(count // 10)
    assert seconds(2 * count) < 3 * seconds(count) + 0.2


HEADER_OF_A_CATALOGUE = """<xliff version="1.1"><file source-language="en" target-language="es">
<body><trans-unit id="1" restype="x-gettext-domain-header"><source>Language: es</source>
<target>Language: es</target></trans-unit>
<trans-unit id="2"><source>One.</source><target>Uno.</target></trans-unit></body></file></xliff>"""


def test_the_header_of_a_catalogue_is_no_text_in_xliff() -> None:
    alignment = opened("a.xlf", HEADER_OF_A_CATALOGUE)
    assert [(s[0].text, t[0].text) for _, s, t in alignment.pairs()] == [("One.", "Uno.")]
    assert ("header of the catalogue", "Language: es Language: es") in [
        (part.reason, part.text) for part in alignment.source.dropped
    ]


def test_notes_of_a_unit_and_of_its_segment() -> None:
    text = """<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en"
 trgLang="es"><file id="f"><unit id="1"><notes><note>of the unit</note></notes><segment>
<source>One.</source><target>Uno.</target><notes><note>of the segment</note></notes></segment>
</unit></file></xliff>"""
    ((bead, _, _),) = opened("a.xlf", text).pairs()
    assert bead.comment == "of the unit of the segment"


OMEGAT = """<tmx version="1.1"><header creationtool="{tool}" srclang="EN"/><body><tu>
<tuv lang="EN"><seg>Open &lt;b0&gt;the&lt;/b0&gt; door&lt;br1/&gt; &amp;amp; 1 &lt; 2&gt;0.</seg></tuv>
<tuv lang="ES"><seg>Abra &lt;b0&gt;la&lt;/b0&gt; puerta&lt;br1/&gt;.</seg></tuv></tu></body></tmx>"""


def test_tags_of_omegat_are_no_text() -> None:
    alignment = opened("a.tmx", OMEGAT.format(tool="OmegaT"))
    ((_, (source,), (target,)),) = alignment.pairs()
    assert (source.text, target.text) == ("Open the door &amp; 1 < 2>0.", "Abra la puerta.")
    (bold,) = alignment.source.paragraphs[0].spans
    assert (bold.kind, source.text[bold.start : bold.end]) == ("bold", "the")
    (unit,) = stream(io.BytesIO(OMEGAT.format(tool="OmegaT").encode()), "a.tmx")
    assert (unit.source, unit.target) == (source.text, target.text)
    assert [code.markup for code in unit.variants[0].codes] == ["<b0>", "</b0>", "<br1/>"]


def test_the_same_in_a_memory_of_another_program_is_text() -> None:
    ((_, (source,), _),) = opened("a.tmx", OMEGAT.format(tool="x")).pairs()
    assert source.text.startswith("Open <b0>the</b0> door<br1/>")
    (unit,) = stream(io.BytesIO(OMEGAT.format(tool="x").encode()), "a.tmx")
    assert (unit.source, unit.has_codes) == (source.text, False)


def test_a_workbook_is_read_by_its_sides(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = "".join(
        f'<row r="{n + 1}"><c r="A{n + 1}" t="s"><v>{2 * n}</v></c>'
        f'<c r="B{n + 1}" t="s"><v>{2 * n + 1}</v></c></row>'
        for n in range(3)
    )
    source = Source("a.xlsx", xlsx(rows, "es", "en", "Uno. Dos.", "One. Two.", "Tres.", "Three."))
    for side, lang, texts in (
        ("", "es", ["Uno. Dos.", "Tres."]),
        ("target", "en", ["One. Two.", "Three."]),
        ("en", "en", ["One. Two.", "Three."]),
    ):
        document = read(source, ReadOptions(side=side))
        assert (document.lang, [p.text for p in document.paragraphs]) == (lang, texts)
    with pytest.raises(UsageError, match="fr"):
        read(source, ReadOptions(side="fr"))
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    for call in (read, read_alignment):
        with pytest.raises(MissingExtra) as found:
            call(source)
        assert "aligner[xlsx]" in str(found.value)


def test_two_sides_of_a_file_are_two_texts() -> None:
    """So that `align a.po a.po --side source --side target` takes them; the same side twice is one."""
    source = Source("a.tsv", b"en\tes\nOne.\tUno.\n")
    one, other = (read(source, ReadOptions(side=side)) for side in ("en", "es"))
    assert one.digest != other.digest
    assert one.digest == read(source, ReadOptions(side="source")).digest
    alone = Source("a.tsv", b"en\nOne.\n")
    assert read(alone).digest == hashlib.sha256(alone.data).hexdigest()


@pytest.mark.parametrize(
    ("suffix", "hint"),
    [("doc", ".docx"), ("ods", ".xlsx"), ("pptx", ".pdf"), ("mobi", ".epub"), ("x", "--from")],
)
def test_what_to_do_about_a_file_that_nobody_reads(suffix: str, hint: str) -> None:
    with pytest.raises(UnknownFormat) as found:
        read(Source(f"a.{suffix}", b"\xd0\xcf\x11\xe0 binary"))
    assert hint in found.value.hint
