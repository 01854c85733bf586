"""The command from argument to last line; the aligner itself is replaced where it would run."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from aligner import formats
from aligner.cli.evaluate import evaluate
from aligner.engine.evaluating import case_documents, load_gold
from aligner.files import FileSink
from aligner.model import AlignerError, Alignment, AlignmentSet, Bead, Document, Signature

GOLD = "[0]:[0]\n[1]:[1]\n[2]:[]\n"
SYSTEM = "[0]:[0]:0.99\n[1]:[]:0.4\n[]:[1]:0.4\n[2]:[]:0.8\n"


def run(*arguments: str | Path) -> str:
    """What the command prints; errors of ours come out as they are."""
    app = typer.Typer()
    app.command()(evaluate)
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    if isinstance(result.exception, AlignerError):
        raise result.exception
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    return folder(tmp_path / "demo-one")


def folder(path: Path) -> Path:
    path.mkdir(parents=True)
    (path / "src.en.txt").write_text("One is here.\nTwo.\nThree goes.\n")
    (path / "tgt.es.txt").write_text("Uno está aquí.\nDos.\n")
    (path / "gold.txt").write_text(GOLD)
    return path


def beads(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


def test_table(gold: Path, tmp_path: Path) -> None:
    output = run(gold, beads(tmp_path / "s.beads", SYSTEM))
    assert re.search(r"^demo-one +0.5000 0.5000 0.5000 ", output, re.MULTILINE)
    assert "expected calibration error" in output
    assert "95 % of F1: strict " in output
    last = output.splitlines()[-1]
    assert re.fullmatch(r"gold:\w{12}\|documents:1\|scoring:\S+\|system:beads:\w{12}", last)


def test_no_nulls_and_no_confidence_show_as_not_applicable(tmp_path: Path) -> None:
    path = beads(tmp_path / "a.beads", "[0]:[0]\n")
    output = run(path, path, "--bootstrap", "0")
    assert re.search(r"n/a +n/a +n/a$", output, re.MULTILINE)
    assert "calibration: n/a" in output
    assert "95 %" not in output


def test_several_pairs_families_and_json(gold: Path, tmp_path: Path) -> None:
    other = folder(tmp_path / "hard-mix-a")
    system = beads(tmp_path / "s.beads", SYSTEM)
    output = run(gold, system, other, other)
    assert "mean of family (documents)" in output
    assert re.search(r"^hard-mix \(1\) +1.0000", output, re.MULTILINE)
    assert re.search(r"^mean over documents \(macro\) +0.7500 0.7500 0.7500", output, re.MULTILINE)
    assert "95 % of F1 (macro)" in output
    data = json.loads(run(gold, system, other, other, "--json", "--bootstrap", "50"))
    assert data["all"]["macro"]["strict"]["f1"] == 0.75
    assert data["families"]["demo"]["micro"]["null"]["recall"] == 1.0
    assert data["documents"][0]["calibration"]["beads"] == 4
    assert len(data["documents"][0]["calibration"]["bins"]) == 10
    assert set(data["all"]["intervals"]["macro"]) == {"strict", "lax", "null"}
    assert data["signature"].startswith("gold:")


def test_the_same_twice(gold: Path, tmp_path: Path) -> None:
    system = beads(tmp_path / "s.beads", SYSTEM)
    assert run(gold, system, "--json") == run(gold, system, "--json")


def test_versus(gold: Path, tmp_path: Path) -> None:
    system = beads(tmp_path / "s.beads", SYSTEM)
    output = run(gold, system, "--versus", gold)
    assert "strict F1: 0.5000 -> 1.0000, difference +0.5000" in output
    assert "|versus:gold:" in output.splitlines()[-1]
    data = json.loads(run(gold, system, "--versus", gold, "--json", "--bootstrap", "20"))
    assert data["all"]["comparison"]["micro"]["strict"]["difference"] == 0.5
    assert data["versus"][0]["strict"]["f1"] == 1.0


def test_merged_is_an_option(tmp_path: Path) -> None:
    gold = beads(tmp_path / "g.beads", "[0,1]:[0,1]\n")
    system = beads(tmp_path / "s.beads", "[0]:[0]\n[1]:[1]\n")
    plain = json.loads(run(gold, system, "--json"))
    merged = json.loads(run(gold, system, "--json", "--merged"))
    assert plain["all"]["macro"]["strict"]["f1"] == 0.0
    assert merged["all"]["macro"]["strict"]["f1"] == 1.0
    assert "* coarse gold" in run(gold, system, "--merged")


def test_stray_nulls_are_told(tmp_path: Path) -> None:
    gold = beads(tmp_path / "g.beads", "[0]:[0]\n")
    system = beads(tmp_path / "s.beads", "[0]:[]\n[]:[0]\n")
    assert "2 segments left unaligned in documents without gold nulls" in run(gold, system)


def test_by_text(gold: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "src.en.txt").write_text("One is\nhere.\nTwo.\nThree goes.\n")
    (other / "tgt.es.txt").write_text("Uno está aquí.\nDos.\n")
    (other / "gold.txt").write_text("[0, 1]:[0]\n[2]:[1]\n[3]:[]\n")
    output = run(gold, other, gold, other, "--by-text")
    assert re.search(r"^demo-one +1.0000 1.0000 1.0000  \| 1.0000", output, re.MULTILINE)
    assert "mean of F1 over documents: cuts 1.0000, blocks 1.0000, null 1.0000" in output
    data = json.loads(run(gold, other, "--by-text", "--json"))
    assert data["documents"][0]["coverage"] == [1.0, 1.0, 1.0, 1.0]


def aligned(source: Document, target: Document) -> Alignment:
    n, m = len(source.segments), len(target.segments)
    return Alignment(
        source,
        target,
        (Bead(range(n), range(m), confidence=0.5),),
        Signature((("enc", "none"),)),
    )


def test_cases_are_aligned_and_scored(gold: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aligner.workflows.evaluating.align_documents", aligned)
    data = json.loads(run("--cases", gold.parent, "--json"))
    assert data["documents"][0]["strict"]["f1"] == 0.0
    assert data["signature"].endswith("system:enc:none")


def written(alignment: Alignment | AlignmentSet, path: Path) -> None:
    sink = FileSink(path)
    formats.write(alignment, "json", sink)
    sink.commit()


def test_alignment_json(gold: Path, tmp_path: Path) -> None:
    path = tmp_path / "x.alignment.json"
    alignment = aligned(*case_documents(load_gold(gold)))
    written(alignment, path)
    assert run(gold, path).splitlines()[-1].endswith("system:enc:none")
    assert "demo-one" in run(gold, path, "--by-text")
    written(AlignmentSet((alignment,)), path)
    assert "demo-one" in run(gold, path)
    written(AlignmentSet((alignment, alignment)), path)
    with pytest.raises(AlignerError, match="more than two texts"):
        run(gold, path)
    short = Alignment(
        alignment.source,
        Document("t", "es", "", "", "", ()),
        (Bead(range(3), range(0)),),
    )
    written(short, path)
    with pytest.raises(AlignerError, match="numbers 3 x 0 segments, the gold 3 x 2"):
        run(gold, path)


def test_what_is_unusual_is_told(gold: Path, tmp_path: Path) -> None:
    app = typer.Typer()
    app.command()(evaluate)
    system = beads(tmp_path / "s.beads", "[0]:[0]\n")
    result = CliRunner().invoke(app, [str(gold), str(system)])
    assert "demo-one, system: source: 2 segments in no bead" in result.stderr
    lonely = beads(tmp_path / "g.beads", "[0]:[0]\n[2]:[1]\n")
    result = CliRunner().invoke(app, [str(lonely), str(system)])
    assert "aligner: g: source: 1 segment in no bead" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["GOLD"], "every GOLD needs its SYSTEM"),
        (["GOLD", "GOLD", "--cases", "--by-text"], "--by-text has nothing to do"),
        (["GOLD", "GOLD", "GOLD", "GOLD", "--versus", "GOLD"], "--versus compares"),
        (["GOLD", "GOLD", "--by-text", "--merged"], "no meaning with --by-text"),
        (["GOLD", "nowhere.json"], "nowhere.json: there is no such file"),
        (["GOLD", "nowhere.beads"], "nowhere.beads: there is no such file"),
        (["GOLD", "FAR"], "the system numbers 9 x 1 segments, the gold 3 x 2"),
        (["GOLD", "FAR", "--by-text"], "needs the texts of"),
        (["FAR", "GOLD", "--by-text"], "needs the texts of the gold"),
        (["GOLD", "BAD"], "line 1"),
    ],
)
def test_errors(gold: Path, tmp_path: Path, arguments: list[str], message: str) -> None:
    names = {
        "GOLD": gold,
        "FAR": beads(tmp_path / "far.beads", "[8]:[0]\n"),
        "BAD": beads(tmp_path / "bad.beads", "nonsense\n"),
    }
    with pytest.raises(AlignerError) as caught:
        run(*(names.get(a, a) for a in arguments))
    assert message in str(caught.value)
