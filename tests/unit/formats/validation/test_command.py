"""The command: severities and exit codes, repeated findings, JSON, SARIF, and the small inputs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from aligner.cli import app
from aligner.formats.validation import SEVERITIES
from aligner.model import UsageError
from tests.unit.formats.validation.defects import TMX

RUN = CliRunner()
# one finding of each severity in a memory
FATAL = TMX.replace("The wind", "Wind & the")
ERROR = TMX.replace('tuid="u2"', 'tuid="u2" id="2"')
WARNING = TMX.replace('tuid="u2"', 'tuid="u1"')
STYLE = TMX.replace("no calla.<", "no calla. <")


def write(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text)
    return str(folder / name)


@pytest.mark.parametrize(
    ("text", "severity", "code"),
    [(FATAL, "fatal", 1), (ERROR, "error", 1), (WARNING, "warning", 0), (STYLE, "style", 0)],
)
def test_severity_decides(text: str, severity: str, code: int, tmp_path: Path) -> None:
    done = RUN.invoke(app, ["validate", write(tmp_path, "a.tmx", text)])
    assert done.exit_code == code
    first, last = done.stdout.splitlines()
    assert f": {severity} " in first
    assert last == f"1 file, 1 {severity}"


def test_lines(tmp_path: Path) -> None:
    clean, bad = write(tmp_path, "a.tmx", TMX), write(tmp_path, "b.tmx", WARNING)
    done = RUN.invoke(app, ["validate", clean])
    assert (done.exit_code, done.stdout) == (0, "1 file, nothing found\n")
    done = RUN.invoke(app, ["validate", clean, bad])
    assert done.stdout == (
        f"{bad}:8: warning T205 [u1] the id 'u1' is that of an earlier unit; give each its own\n"
        "2 files, 1 warning\n"
    )
    done = RUN.invoke(app, ["validate", bad, str(tmp_path / "no.tmx")])
    assert done.exit_code == 2
    assert "b.tmx:8" in done.stdout
    assert "no.tmx" in done.stderr


def test_what_is_repeated_is_one_line(tmp_path: Path) -> None:
    start, end = TMX.index("<tu "), TMX.index("</body>")
    unit = (
        '<tu><tuv xml:lang="es"><seg>A{0} </seg></tuv><tuv xml:lang="en-GB"><seg>B</seg></tuv></tu>'
    )
    units = "".join(unit.format(number) + "\n" for number in range(9))
    unit = '<tu tuid="u{0}" nr="{0}"><tuv xml:lang="e_{0}"><seg>A</seg></tuv><tuv xml:lang="en-GB"><seg>B</seg></tuv></tu>'
    units += "".join(unit.format(number) + "\n" for number in range(2))
    name = write(tmp_path, "a.tmx", TMX[:start] + units + TMX[end:])
    lines = RUN.invoke(app, ["validate", name]).stdout.splitlines()
    assert len(lines) == 5
    assert lines[0].startswith(
        f"{name}:5: style T307 the segment starts or ends with white space; "
    )
    assert lines[0].endswith("(9 times, also in lines 6, 7, 8 ...)")
    assert lines[1].endswith("(2 times, also in lines 15)")
    assert {line.split()[2] for line in lines[1:4]} == {"T013", "T204", "T303"}
    assert lines[-1] == "1 file, 4 errors, 2 warnings, 9 style"


def test_json(tmp_path: Path) -> None:
    names = [write(tmp_path, "a.tmx", ERROR), write(tmp_path, "b.tmx", STYLE)]
    done = RUN.invoke(app, ["validate", "--json", *names])
    report = json.loads(done.stdout)
    assert done.exit_code == 1
    assert (report["format"], report["version"], report["count"]) == ("aligner-validate", 1, 2)
    assert report["counts"] == {"fatal": 0, "error": 1, "warning": 0, "style": 1}
    assert report["findings"][1] == {
        "file": "b.tmx",  # absolute paths stay on the machine
        "line": 6,
        "column": 0,
        "severity": "style",
        "code": "T307",
        "unit": "u1",
        "reason": "the segment starts or ends with white space",
        "advice": "remove it; matches fail on it",
    }
    assert set(report["counts"]) == set(SEVERITIES)


def test_sarif(tmp_path: Path) -> None:
    bad = TMX.replace("calla.<", "call\x01a. <")
    name, out = write(tmp_path, "a b.tmx", bad), tmp_path / "out.sarif"
    done = RUN.invoke(app, ["validate", name, "--sarif", str(out)])
    assert done.exit_code == 1
    assert "X002" in done.stdout
    log = json.loads(out.read_text())
    run = log["runs"][0]
    assert log["version"] == "2.1.0"
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["T307", "X002"]
    assert [rule["defaultConfiguration"]["level"] for rule in rules] == ["note", "error"]
    assert all(rule["shortDescription"]["text"] and rule["help"]["text"] for rule in rules)
    result = run["results"][0]
    assert (result["ruleId"], result["ruleIndex"], result["level"]) == ("X002", 1, "error")
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"].endswith("a%20b.tmx")
    assert place["region"] == {"startLine": 6, "startColumn": 42}
    assert result["locations"][0]["logicalLocations"] == [{"name": "u1", "kind": "element"}]


def test_sarif_is_not_written_over_an_input(tmp_path: Path) -> None:
    name = write(tmp_path, "a.tmx", TMX)
    done = RUN.invoke(app, ["validate", name, "--sarif", name])
    assert isinstance(done.exception, UsageError)
    assert (tmp_path / "a.tmx").read_text() == TMX
    printed = RUN.invoke(app, ["validate", name, "--sarif", "-"]).stdout
    assert json.loads(printed)["runs"][0]["results"] == []


# the small inputs beside the project: (file, exit code, what a line of the answer says)
CASES = [
    ("tmx/lang-1.1.tmx", 0, ["nothing found"]),
    ("tmx/tu-attr.tmx", 1, [":2: error", "<tu> has no attribute id"]),
    ("tmx/latin1.tmx", 1, [":2: error", "byte 0xD1", "column 182", "not UTF-8"]),
    ("xliff/its-1.2.xlf", 0, ["nothing found"]),
    ("xliff/spansegs.xlf", 0, ["nothing found"]),
    ("xliff/empty.xlf", 1, ["error", "<xliff> has no <file>"]),
    ("tei/slash.xml", 1, ["error", "http://www.tei-c.org/ns/1.0/", "slash"]),
]


@pytest.mark.parametrize(("name", "code", "words"), CASES, ids=[row[0] for row in CASES])
def test_small_inputs(name: str, code: int, words: list[str], shared: Path) -> None:
    done = RUN.invoke(app, ["validate", str(shared / "cases" / name)])
    assert done.exit_code == code
    assert all(word in done.stdout for word in words), done.stdout
    assert "write & as" not in done.stdout
