"""Corpora as OPUS publishes them: `opus_read` with its defaults gives every pair, and we read them back."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from aligner.model import ReadError, Unit
from aligner.workflows.corpus.opus import is_opus
from aligner.workflows.corpus.pooling import export_pool
from aligner.workflows.corpus.units import alignments_of, corpus_alignments, corpus_units
from tests.client.test_formats import python_program, run

UNITS = [
    Unit.of(
        "es", "en", "Pagamos 1.250 coronas.", "We paid 1,250 crowns.", "a.2021", 1, confidence=0.9
    ),
    Unit.of("es", "en", "Sola.", "", "a.2021", 2, "1-0"),
    Unit.of("es", "en", "«¡Ñandú!» & <b>", "Rhea's well-known “cry”", "a.2022", 1),
    Unit.of("es", "fr", "El molino ardió.", "Le moulin brûla.", "b", 1, confidence=0.5),
]


def plain(text: str) -> str:
    return "".join(text.split())


def read(program: str, folder: Path, source: str, target: str, *more: str) -> list[tuple[str, str]]:
    out = folder / "out.txt"
    command = ("-rd", ".", "-d", "c", "-s", source, "-t", target, "-wm", "moses", "-w", "out.txt")
    run(program, *command, *more, cwd=folder)
    rows = [tuple(line.split("\t")) for line in out.read_text("utf-8").splitlines()]
    return [(one, other) for one, other in rows]


@pytest.mark.parametrize("preprocess", ["xml", "raw"])
def test_opus_read_gives_every_pair(tmp_path: Path, preprocess: str) -> None:
    program = python_program("opus_read", "opustools")
    export_pool(alignments_of(UNITS), "opus", tmp_path / "c")
    more = () if preprocess == "xml" else ("-p", preprocess)
    rows = read(program, tmp_path, "es", "en", *more)
    expected = [(u.source, u.target) for u in UNITS if u.target_lang == "en"]
    assert [tuple(map(plain, row)) for row in rows] == [tuple(map(plain, row)) for row in expected]
    if preprocess == "raw":
        assert rows == expected
    else:
        assert rows[0][0] == "Pagamos 1.250 coronas ."
    assert read(program, tmp_path, "en", "es", *more) == [(b, a) for a, b in rows]
    assert len(read(program, tmp_path, "es", "fr", *more)) == 1
    sure = read(program, tmp_path, "es", "en", *more, "-a", "certainty", "-tr", "0.8")
    assert len(sure) == 1


def test_what_opus_publishes_is_read_back(tmp_path: Path) -> None:
    export_pool(alignments_of(UNITS), "opus", tmp_path / "c")
    assert is_opus(tmp_path / "c")
    made = {
        (u.document, u.source_lang, u.target_lang): (u.source, u.target, u.confidence)
        for u in corpus_units([tmp_path / "c"])
        if not u.is_null
    }
    assert made == {
        # pairs are named in the order of the alphabet, so that es-en is en-es
        ("a.2021", "en", "es"): (UNITS[0].target, UNITS[0].source, 0.9),
        ("a.2022", "en", "es"): (UNITS[2].target, UNITS[2].source, None),
        ("b", "es", "fr"): (UNITS[3].source, UNITS[3].target, 0.5),
    }
    names = [
        p.relative_to(tmp_path / "c").as_posix() for p in sorted((tmp_path / "c").rglob("*.*"))
    ]
    assert names == [
        "latest/raw/en.zip",
        "latest/raw/es.zip",
        "latest/raw/fr.zip",
        "latest/xml/en-es.xml.gz",
        "latest/xml/en.zip",
        "latest/xml/es-fr.xml.gz",
        "latest/xml/es.zip",
        "latest/xml/fr.zip",
    ]
    again = tmp_path / "d" / "c"
    again.parent.mkdir()
    export_pool(alignments_of(UNITS), "opus", again)
    for name in names:
        assert (again / name).read_bytes() == (tmp_path / "c" / name).read_bytes()


def test_other_layouts_of_opus(tmp_path: Path) -> None:
    """Unpacked texts, tokenised only, a release by its number, links that are not packed."""
    folder = tmp_path / "c" / "v1"
    (folder / "xml/es").mkdir(parents=True)
    (folder / "xml/en").mkdir()
    text = '<?xml version="1.0"?>\n<text><s id="s1"><w id="1">{}</w><w id="2">.</w></s></text>'
    (folder / "xml/es/1988.xml.gz").write_bytes(gzip.compress(text.format("Ñandú").encode()))
    with zipfile.ZipFile(folder / "xml/en.zip", "w") as out:
        out.writestr("RF/xml/en/1988.xml", text.format("Rhea"))
    links = (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE cesAlign PUBLIC "-//CES//DTD" "">\n'
        '<cesAlign version="1.0">\n<linkGrp targType="s" fromDoc="en/1988.xml.gz" '
        'toDoc="es/1988.xml.gz" >\n<link certainty="0.3" xtargets="s1;s1" id="SL0" />\n</linkGrp>\n'
        '<linkGrp targType="s" fromDoc="en/none.xml.gz" toDoc="es/none.xml.gz" >\n</linkGrp>\n'
        "</cesAlign>\n"
    )
    (folder / "xml/en-es.xml").write_text(links, encoding="utf-8")
    (one,) = corpus_alignments([tmp_path / "c"])
    assert (one.source.id, one.source.lang, one.target.lang) == ("1988", "en", "es")
    assert [s.text for s in one.target.segments] == ["Ñandú ."]
    (folder / "xml/es/1988.xml.gz").unlink()
    with pytest.raises(ReadError, match="no such text"):
        list(corpus_alignments([tmp_path / "c"]))
