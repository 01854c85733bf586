"""`aligner check` as it is called: outputs, exit codes, errors."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.testing import CliRunner

from aligner.cli import app
from aligner.model import AlignerError, Bead, Malformed, UsageError
from aligner.workflows.aligning import export
from tests.conftest import ROOT
from tests.unit.checks.samples import alignment

PAIRS = [
    ("La plaza estaba vacía a esa hora.", "The square was empty at that hour."),
    ("Murieron 27 mineros.", "72 miners died."),
    ("Nadie quiso hablar.", "Nobody wanted to talk."),
]
TABLE = "id\tsource\ttarget\n" + "".join(f"r{k}\t{s}\t{t}\n" for k, (s, t) in enumerate(PAIRS))
SCHEMA = json.loads((ROOT / "docs" / "schemas" / "check.schema.json").read_text("utf-8"))


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["check", *arguments])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "x.alignment.json"
    export(alignment(PAIRS), "json", file)
    return file


@pytest.fixture
def table(tmp_path: Path) -> Path:
    file = tmp_path / "pairs.tsv"
    file.write_text(TABLE, encoding="utf-8")
    return file


def valid(value: Any, name: str) -> None:
    jsonschema.validate(value, {**SCHEMA, "$ref": f"#/$defs/{name}"})


def test_findings_are_printed_and_the_exit_code_is_one(path: Path) -> None:
    result = run(str(path))
    assert result.exit_code == 1
    assert "number" in result.stdout
    assert "“27” became “72”" in result.stdout
    assert "100.0 % of the source is covered" in result.stderr


def test_a_faithful_text_gives_zero(tmp_path: Path) -> None:
    file = tmp_path / "y.alignment.json"
    export(alignment([PAIRS[0], PAIRS[2]]), "json", file)
    assert run(str(file)).exit_code == 0


def test_all_outputs_at_once(path: Path, tmp_path: Path) -> None:
    result = run(
        str(path),
        "--json",
        "--html",
        str(tmp_path / "r.html"),
        "--sarif",
        str(tmp_path / "r.sarif"),
        "--mqm",
        str(tmp_path / "r.tsv"),
    )
    report = json.loads(result.stdout)
    valid(report, "report")
    (finding,) = report["findings"]
    assert (finding["code"], finding["evidence"]) == ("number", "27 / 72")
    place = finding["places"][0]["source"]
    assert [place["text"][a:b] for a, b in place["spans"]] == ["27"]
    sarif = json.loads((tmp_path / "r.sarif").read_text("utf-8"))
    assert sarif["version"] == "2.1.0"
    (entry,) = sarif["runs"][0]["results"]
    assert entry["level"] == "warning"
    assert entry["locations"][0]["logicalLocations"][0]["name"] == "target segment t2"
    assert entry["locations"][0]["message"]["text"] == "72"
    # an offset would have to count in the file, of which segments know nothing
    assert "region" not in entry["locations"][0]["physicalLocation"]
    assert entry["partialFingerprints"] == {"aligner/v1": finding["id"]}
    mqm = (tmp_path / "r.tsv").read_text("utf-8").splitlines()
    assert "<v>72</v> miners died." in mqm[1]
    html = (tmp_path / "r.html").read_text("utf-8")
    assert "<mark>72</mark>" in html
    assert "source s2, translation t2 in the text" in html
    assert f'id="f-{finding["id"]}"' in html
    assert "http://" not in html.replace("http://www.w3.org", "")


def test_a_table_gives_one_object_a_finding(table: Path) -> None:
    result = run(str(table), "--pairs", "-s", "es", "-t", "en", "--json")
    assert result.exit_code == 1
    (line,) = result.stdout.splitlines()
    finding = json.loads(line)
    valid(finding, "rowFinding")
    assert finding["row"] == "r1"
    assert finding["target"]["spans"] == [[0, 2]]


def test_only_skip_and_severity(path: Path) -> None:
    assert run(str(path), "--skip", "number").exit_code == 0
    assert run(str(path), "--only", "date,name").exit_code == 0
    assert run(str(path), "--only", "number").exit_code == 1
    assert run(str(path), "--min-severity", "critical").exit_code == 0


def test_only_what_is_sure_enough(path: Path) -> None:
    (one,) = json.loads(run(str(path), "--json").stdout)["findings"]
    report = json.loads(run(str(path), "--json", "--min-confidence", "0.2").stdout)
    valid(report, "report")
    assert report["expected_precision"] == one["confidence"]
    result = run(str(path), "--min-confidence", str(one["confidence"]))
    assert f"expected precision {one['confidence']:.2f} (mean confidence)" in result.stderr
    result = run(str(path), "--json", "--min-confidence", "1")
    assert result.exit_code == 0
    report = json.loads(result.stdout)
    assert "expected_precision" not in report
    assert report["findings"] == []


@pytest.mark.parametrize("nulls", [False, True])
def test_a_memory_without_nulls_hides_omissions(nulls: bool, tmp_path: Path) -> None:
    from aligner.formats import WriteOptions

    file = tmp_path / "x.tmx"
    pairs = [PAIRS[0], ("Perdimos las fotos de la boda.", ""), PAIRS[2]]
    export(alignment(pairs), "tmx", file, WriteOptions(nulls="keep" if nulls else "skip"))
    result = run(str(file))
    assert ("cannot be seen in it" in result.stderr) == (not nulls)
    assert ("omitted-segment" in result.stdout) == nulls


def test_a_baseline_accepts_what_it_names(path: Path, tmp_path: Path) -> None:
    kept = tmp_path / "accepted.tsv"
    made = run(str(path), "--write-baseline", str(kept), "--reason", "the source is wrong")
    assert made.exit_code == 1
    assert "the source is wrong" in kept.read_text("utf-8")
    after = run(str(path), "--baseline", str(kept), "--json")
    assert after.exit_code == 0
    report = json.loads(after.stdout)
    assert report["summary"]["accepted"] == 1
    assert report["findings"][0]["status"] == "accepted"
    edited = tmp_path / "z.alignment.json"
    export(alignment([PAIRS[0], ("Murieron 27 mineros.", "73 miners died.")]), "json", edited)
    assert run(str(edited), "--baseline", str(kept)).exit_code == 1


def test_labels_go_to_the_alignment_and_are_counted(path: Path, tmp_path: Path) -> None:
    labels = tmp_path / "labels.tsv"
    labels.write_text("source\ttarget\tlabel\n0\t0\tmodulation\n", encoding="utf-8")
    out = tmp_path / "labelled.alignment.json"
    result = run(
        str(path),
        "--taxonomy",
        "vinay-darbelnet",
        "--labels",
        str(labels),
        "-o",
        str(out),
        "--json",
    )
    assert json.loads(result.stdout)["summary"]["labels"] == {"modulation": 1}
    again = run(str(out), "--taxonomy", "vinay-darbelnet", "--json")
    assert json.loads(again.stdout)["summary"]["labels"] == {"modulation": 1}
    with pytest.raises(Malformed, match="modulation"):
        _raise(run(str(out), "--taxonomy", "leuven-zwart"))


@pytest.mark.parametrize("row", ["s1\tt1", "0\t0"])
def test_labels_as_reports_count_on_a_page_alone(row: str, path: Path, tmp_path: Path) -> None:
    labels, page = tmp_path / "labels.tsv", tmp_path / "report.html"
    labels.write_text(f"source\ttarget\tlabel\n{row}\tmodulation\n", encoding="utf-8")
    result = run(
        str(path), "--taxonomy", "vinay-darbelnet", "--labels", str(labels), "--html", str(page)
    )
    assert result.exit_code in (0, 1), result.output
    assert '<th scope="row">modulation</th><td class="n">1</td>' in page.read_text("utf-8")


@pytest.mark.parametrize("row", ["s0\tt1", "t1\ts1", "s1 1\tt1", "s-1\tt1", "x\tt1", "s900\tt1"])
def test_segments_that_are_none(row: str, path: Path, tmp_path: Path) -> None:
    labels = tmp_path / "labels.tsv"
    labels.write_text(f"source\ttarget\tlabel\n{row}\tmodulation\n", encoding="utf-8")
    with pytest.raises(Malformed, match=r"segments are|no bead has source s900 and target t1"):
        _raise(run(str(path), "--taxonomy", "vinay-darbelnet", "--labels", str(labels), "--json"))


def test_another_translation_is_compared(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.alignment.json"
    export(alignment([*PAIRS[:2], (PAIRS[2][0], "")]), "json", other)
    report = json.loads(run(str(path), "--against", str(other), "--json").stdout)
    valid(report, "report")
    assert [row["segment"] for row in report["against"]["differences"]] == [2]


def test_a_finding_of_two_segments_is_told_once(tmp_path: Path) -> None:
    """Two sentences that one translation merges, with a wrong number, and the other keeps right."""
    split = [
        ("La cooperativa compró doce barcas nuevas.", "The cooperative bought twelve new boats."),
        ("Las pintó de azul.", "It painted them blue."),
    ]
    merged = "The cooperative bought fifteen new boats and painted them blue."
    paths = []
    for name, target in (("right", None), ("wrong", merged)):
        made = alignment([*PAIRS, *split])
        if target is not None:
            made = alignment([*PAIRS, (split[0][0], target), (split[1][0], "")])
            *others, first, last = made.beads
            wide = Bead(range(first.source.start, last.source.stop), first.target, 0.0, 0.9)
            made = replace(made, beads=(*others, wide))
        paths.append(tmp_path / f"{name}.alignment.json")
        export(made, "json", paths[-1])
    report = json.loads(run(str(paths[1]), "--against", str(paths[0]), "--json").stdout)
    (row,) = report["against"]["differences"]
    assert row["segment"] == len(PAIRS)
    assert len(row["first"]["only"]) == 1
    assert "fifteen" in row["first"]["only"][0]


def test_json_of_a_tmx_without_nulls(tmp_path: Path) -> None:
    made = tmp_path / "pairs.tmx"
    export(alignment(PAIRS), "tmx", made)
    report = json.loads(run(str(made), "--json", "--quiet").stdout)
    valid(report, "report")
    assert report["summary"]["coverage"] == "cannot be told"


def _raise(result: Any) -> None:
    assert isinstance(result.exception, AlignerError), result.output
    raise result.exception


@pytest.mark.parametrize(
    ("arguments", "error", "part"),
    [
        (["{table}", "--pairs"], UsageError, "-s and -t"),
        (["{table}", "--pairs", "-s", "es", "-t", "en", "--html", "x"], UsageError, "--html"),
        (["{path}", "-s", "es"], UsageError, "both -s and -t"),
        (["{path}", "--min-severity", "bad"], UsageError, "severity"),
        (["{path}", "--only", "numbers"], UsageError, "number"),
        (["{path}", "--write-baseline", "b.tsv"], UsageError, "reason"),
        (["{path}", "--labels", "l.tsv"], UsageError, "taxonomy"),
        (["{path}", "--taxonomy", "nobody"], UsageError, "taxonomy"),
        (["missing.alignment.json"], AlignerError, "no such file"),
        (["{table}"], AlignerError, "{table}"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(
    arguments: list[str], error: type[AlignerError], part: str, path: Path, table: Path
) -> None:
    names = {"path": str(path), "table": str(table)}
    with pytest.raises(error) as caught:
        _raise(run(*(argument.format(**names) for argument in arguments)))
    assert part.format(**names) in str(caught.value) or "JSON" in str(caught.value)
