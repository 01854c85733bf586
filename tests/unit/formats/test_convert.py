"""`aligner convert` as users call it: what it writes, what it says is lost, what it refuses."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from aligner.cli import main
from tests.unit.formats.samples import export, flat, interview, one_to_one


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Any:
    """Calls the command in an empty folder that holds the interview; (code, stdout, stderr)."""
    export(interview(), "json", tmp_path)
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["aligner", "convert", *arguments])
        with pytest.raises(SystemExit) as stop:
            main()
        out, err = capsys.readouterr()
        return int(stop.value.code or 0), out, err

    return call


def test_our_own_format_loses_nothing(run: Any, tmp_path: Path) -> None:
    assert run("out.alignment.json", "again.alignment.json") == (0, "", "")
    once, again = (tmp_path / f"{name}.alignment.json" for name in ("out", "again"))
    assert once.read_bytes() == again.read_bytes()


def test_what_is_lost_is_said(run: Any) -> None:
    code, out, err = run("out.alignment.json", "a.moses", "b.tmx")
    assert (code, out) == (0, "")
    moses, memory = err.splitlines()
    for words in ("confidences (25)", "crossings (2)", "speakers (4)", "20 units that a language"):
        assert words in moses
    assert moses.startswith("aligner: a.moses does not hold: ")
    assert "confidences" not in memory
    assert "20 segments without a counterpart (--nulls keep" in memory
    assert run("out.alignment.json", "c.tmx", "--quiet") == (0, "", "")


def test_report_for_machines(run: Any) -> None:
    code, out, _ = run("out.alignment.json", "a.tmx", "--json", "--nulls", "keep", "--inline")
    report = json.loads(out)
    assert code == 0
    assert report["beads"] == [len(interview().beads)]
    assert report["outputs"] == ["a.tmx"]
    assert not [line for line in report["lost"]["a.tmx"] if "counterpart" in line]
    assert not [line for line in report["lost"]["a.tmx"] if "formatting" in line]


def test_what_a_file_has_and_the_other_does_not_hold_is_listed(run: Any, tmp_path: Path) -> None:
    tu = '<tu><prop type="client">{}</prop><tuv xml:lang="es"><seg>{}</seg></tuv>'
    tu += '<tuv xml:lang="en"><seg>{}</seg></tuv></tu>'
    body = tu.format("X", "Uno.", "One.") + tu.format("Y", "Dos.", "Two.")
    text = f'<tmx version="1.4"><header srclang="es"/><body>{body}</body></tmx>'
    (tmp_path / "in.tmx").write_text(text, encoding="utf-8")
    code, _, err = run("in.tmx", "in.alignment.json")
    assert (code, err) == (0, "")
    code, _, err = run("in.alignment.json", "in.html")
    assert code == 0
    assert "in.html does not hold: properties of units (2)" in err


def test_links_find_their_texts(run: Any, tmp_path: Path) -> None:
    run("out.alignment.json", "a.xces.xml", "b.intertext.xml", "a.beads", "--quiet")
    for name in ("a.xces.xml", "b.intertext.xml"):
        assert run(name, f"{name}.beads", "--quiet")[0] == 0
        links = [
            line.rpartition(":")[0] if line.count(":") == 2 else line
            for line in (tmp_path / f"{name}.beads").read_text().splitlines()
        ]
        assert len(links) == len(interview().beads)
        assert links[1] == "[1, 2]:[1]"
    (tmp_path / "a.xces.en-GB.xml").unlink()
    code, _, err = run("a.xces.xml", "x.tmx")
    assert code == 2
    assert "a.xces.en-GB.xml" in err
    assert "--texts" in err
    (tmp_path / "moved").mkdir()
    (tmp_path / "b.intertext.en-GB.xml").rename(tmp_path / "moved" / "t.xml")
    code, _, err = run(
        "a.xces.xml", "x.tmx", "--texts", "b.intertext.es.xml", "--texts", "moved/t.xml"
    )
    assert code == 2  # InterText numbers sentences in its own way
    assert "no sentence has the id '1'" in err


def test_links_never_lead_out_of_their_folder(run: Any, tmp_path: Path) -> None:
    run("out.alignment.json", "a.xces.xml", "--quiet")
    data = (tmp_path / "a.xces.xml").read_text(encoding="utf-8")
    for place in ("/etc/passwd", "../secret.xml", "a/../../b.xml", "C:\\x.xml", ""):
        (tmp_path / "a.xces.xml").write_text(
            data.replace('"a.xces.es.xml"', f'"{place}"'), encoding="utf-8"
        )
        code, _, err = run("a.xces.xml", "x.tmx")
        assert code == 2
        assert "not a file beside it" in err


def test_numbers_with_their_texts(run: Any, tmp_path: Path) -> None:
    (tmp_path / "a.beads").write_text("[0]:[0]:0.900\n[1, 2]:[1]\n[]:[2]\n")
    (tmp_path / "es.txt").write_text("Uno.\nDos.\nTres.\n", encoding="utf-8")
    (tmp_path / "en.txt").write_text("One.\nTwo, three.\nEnd.\n", encoding="utf-8")
    options = ["--texts", "es.txt", "--texts", "en.txt", "-l", "es", "-l", "en", "--segmented"]
    code, _, err = run("a.beads", "a.tsv", *options)
    assert code == 0
    assert "where paragraphs start" in err
    assert err.count("\n") == 1
    rows = [line.split("\t") for line in (tmp_path / "a.tsv").read_text("utf-8").splitlines()]
    assert [row[5:7] for row in rows[1:]] == [
        ["Uno.", "One."],
        ["Dos. Tres.", "Two, three."],
        ["", "End."],
    ]
    assert rows[1][2] == "0.900"
    code, _, err = run("a.beads", "a.tsv")
    assert code == 2
    assert "--texts" in err
    (tmp_path / "a.beads").write_text("[0]:[0]\n[7]:[1]\n")
    code, _, err = run("a.beads", "b.tsv", *options)
    assert code == 2
    assert "source segment 8" in err
    assert not (tmp_path / "b.tsv").exists()


def test_untidy_links_are_put_in_order_and_it_is_said(run: Any, tmp_path: Path) -> None:
    (tmp_path / "a.beads").write_text("[0]:[1]\n[1]:[0]\n[2]:[2]\n")
    for name in ("es", "en"):
        (tmp_path / f"{name}.txt").write_text(f"{name} 1.\n{name} 2.\n{name} 3.\n")
    options = ["--texts", "es.txt", "--texts", "en.txt", "-l", "es", "-l", "en", "--segmented"]
    code, _, err = run("a.beads", "a.alignment.json", *options)
    assert code == 0
    assert "3 links became 2 beads and 1 crossing" in err
    made = json.loads((tmp_path / "a.alignment.json").read_text())
    assert len(made["alignments"][0]["crossings"]) == 1


def test_ladder_of_hunalign(run: Any, tmp_path: Path) -> None:
    (tmp_path / "a.ladder").write_text("0\t0\t1.35\n1\t1\t-0.3\n1\t2\t0\n3\t3\t0\n")
    for name in ("es", "en"):
        (tmp_path / f"{name}.txt").write_text(f"{name} 1.\n{name} 2.\n{name} 3.\n")
    options = ["--texts", "es.txt", "--texts", "en.txt", "-l", "es", "-l", "en", "--segmented"]
    assert run("a.ladder", "a.beads", "--quiet", *options)[0] == 0
    lines = (tmp_path / "a.beads").read_text().splitlines()
    assert lines == ["[0]:[0]", "[]:[1]", "[1, 2]:[2]"]
    (tmp_path / "a.ladder").write_text("0\t0\n2\t2\n1\t3\n")
    code, _, err = run("a.ladder", "b.beads", *options)
    assert code == 2
    assert "a.ladder, line 3" in err


def test_moses_needs_an_order_and_equal_lines(run: Any, tmp_path: Path) -> None:
    run("out.alignment.json", "m.moses", "--quiet")
    code, _, err = run("m.moses", "x.tsv")
    assert code == 2
    assert "-l es -l en" in err
    assert run("m.moses", "x.tsv", "-l", "es", "-l", "en-GB")[0] == 0
    first = (tmp_path / "x.tsv").read_bytes()
    assert run("m.es", "y.tsv", "--from", "moses", "--texts", "m.en-GB")[0] == 0
    assert (tmp_path / "y.tsv").read_bytes() == first
    with (tmp_path / "m.es").open("a") as out:
        out.write("Otra.\n")
    code, _, err = run("m.moses", "z.tsv", "-l", "es", "-l", "en-GB")
    assert code == 2
    assert "line n of one must translate line n of the other" in err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nothing.tmx", "x.tsv"], "no such file"),
        (["page.html", "x.tsv"], "looks like one text, not like"),
        (["out.alignment.json", "x.doc"], "does not say which format"),
        (["out.alignment.json", "out.alignment.json"], "would replace one of the inputs"),
        (["out.alignment.json", "x.tmx", "--flavour", "wordfast"], "no TMX flavour"),
        (["out.alignment.json", "x.tmx", "--split", "much"], "not a size"),
        (["out.alignment.json", "x.tmx", "--from", "word"], "no alignment format"),
        (["out.alignment.json", "x.tmx", "-l", "es"], "1 language for 2 texts"),
        (["out.alignment.json", "x.tmx", "--texts", "out.alignment.json"], "--texts is for links"),
    ],
)
def test_bad_calls_are_refused_in_a_sentence(run: Any, arguments: list[str], words: str) -> None:
    Path("page.html").write_text("<html><body><p>Hola.</p></body></html>")
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert words in err
    assert err.count("\n") == 1


def test_a_damaged_workbook_is_refused(run: Any, tmp_path: Path) -> None:
    (data,) = export(one_to_one(flat("es", ["a"]), flat("en", ["b"])), "xlsx", tmp_path).values()
    (tmp_path / "cut.xlsx").write_bytes(data[: len(data) // 2])
    code, _, err = run("cut.xlsx", "x.tsv")
    assert code == 2
    assert err.startswith("aligner: cut.xlsx: ")


def test_what_a_user_says_of_the_texts(run: Any, tmp_path: Path) -> None:
    meta = tmp_path / "meta.toml"
    meta.write_text(
        '[text.es]\nrelation = "original"\n[[speakers]]\nname = "Pía Lund"\nrole = "interviewer"\n'
        'labels = ["P", "P:"]\n[edition]\npublisher = "Prensa del Cabo"\n',
        encoding="utf-8",
    )
    code, _, err = run("out.alignment.json", "a.tei.xml", "b.tsv", "--meta", "meta.toml")
    assert code == 0, err
    text = (tmp_path / "a.tei.xml").read_text(encoding="utf-8")
    assert "<publisher>Prensa del Cabo</publisher>" in text
    assert '<persName xml:lang="es">Pía Lund</persName>' in text
    assert "\tPía Lund\tturn\t" in (tmp_path / "b.tsv").read_text(encoding="utf-8")
    meta.write_text("[edition]\npaper = 1\n", encoding="utf-8")
    code, _, err = run("out.alignment.json", "a.tei.xml", "--meta", "meta.toml")
    assert code == 2
    assert "unknown key 'paper' in [edition]" in err
    assert run("out.alignment.json", "meta.toml", "--to", "tsv", "--meta", "meta.toml")[0] == 2
