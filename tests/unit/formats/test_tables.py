"""Beads text, TSV and the lines of `.alignment.json`."""

from __future__ import annotations

import ast
import csv
import io
from pathlib import Path

import pytest

from aligner.files import StdoutSink
from aligner.formats import WriteOptions, write
from aligner.model import AlignmentSet, ExportError
from tests.unit.formats.samples import export, flat, interview, one_to_one, trilingual


def rows(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode(), newline=""), delimiter="\t"))


def test_beads(tmp_path: Path) -> None:
    lines = export(interview(), "beads", tmp_path)["out.beads"].decode().splitlines()
    assert lines[:7] == [
        "[0]:[0]:0.999",
        "[1, 2]:[1]:0.973",
        "[3]:[2]:0.500",
        "[4]:[]:0.800",
        "[5, 6]:[3, 4]",
        "[7]:[]:0.700",
        "[]:[5]:0.600",
    ]
    assert [ast.literal_eval(line.split(":")[0]) for line in lines][1] == [1, 2]


def test_beads_of_a_set_are_siblings(tmp_path: Path) -> None:
    several = trilingual()
    files = export(several, "beads", tmp_path)
    assert sorted(files) == ["out.es-en.beads", "out.es-fr.beads"]
    assert files["out.es-fr.beads"].startswith(b"[0, 1]:[0]:0.850\n")
    alone = AlignmentSet(several.alignments[:1])
    assert list(export(alone, "beads", tmp_path)) == ["out.beads"]
    with pytest.raises(ExportError, match="standard output"):
        write(several, "beads", StdoutSink(), WriteOptions())


def test_beads_on_standard_output(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    sink = StdoutSink()
    write(one_to_one(flat("es", ["a"]), flat("en", ["b"])), "beads", sink, WriteOptions())
    assert capfdbinary.readouterr().out == b""
    sink.commit()
    assert capfdbinary.readouterr().out == b"[0]:[0]:0.900\n"


def test_table(tmp_path: Path) -> None:
    table = rows(export(interview(), "tsv", tmp_path)["out.tsv"])
    assert table[0] == (
        [
            "id",
            "type",
            "confidence",
            "source_ids",
            "target_ids",
            "source",
            "target",
            "speaker",
            "kind",
            "status",
            "label",
            "comment",
            "source_lengths",
            "target_lengths",
        ]
    )
    assert table[2] == [
        "2", "2-1", "0.973", "es.s2 es.s3", "en-GB.s2",
        "Una charla sobre el mar. Y sobre el viento.", "A talk about the sea and the wind.",
        "", "standfirst", "auto", "", "", "24 18", "",
    ]  # fmt: skip
    assert table[4][3:7] == ["es.s5", "", "El puerto en enero.", ""]
    assert table[5][2] == ""
    assert table[7][7:9] == ["", "para"]
    assert table[8][7:9] == ["P:", "turn"]


def test_table_of_three(tmp_path: Path) -> None:
    table = rows(export(trilingual(), "tsv", tmp_path)["out.tsv"])
    assert table[0][3:9] == [
        "source_ids",
        "target_ids",
        "target2_ids",
        "source",
        "target",
        "target2",
    ]
    assert table[1][3:9] == [
        "es.s1 es.s2",
        "en.s1 en.s3",
        "fr.s1",
        "Uno. Dos.",
        "One. Two.",
        "Un, deux.",
    ]


def test_one_row_is_one_line(tmp_path: Path) -> None:
    data = export(one_to_one(flat("es", ['a\tb\rc\\d "e"']), flat("en", ["x"])), "tsv", tmp_path)
    lines = data["out.tsv"].decode().split("\n")
    assert len(lines) == 3
    assert '"a\\tb\\rc\\\\d ""e"""' in lines[1].split("\t")


def test_one_bead_and_one_paragraph_a_line(tmp_path: Path) -> None:
    text = export(interview(), "json", tmp_path)["out.alignment.json"].decode()
    lines = text.splitlines()
    assert sum(1 for line in lines if line.startswith('  {"source":')) == len(
        interview().beads
    ) + len(interview().crossings)
    assert sum(1 for line in lines if line.startswith('  {"kind":')) == 31
    assert (
        '  {"source": [1, 3], "target": [1, 2], "score": 0.0, "confidence": 0.973, '
        '"status": "auto"},'
    ) in lines
    assert "vacía" in text
