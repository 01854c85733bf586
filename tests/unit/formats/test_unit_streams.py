"""Files of units as others write them: texts by their names, what else they say kept."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from aligner.cli import main
from aligner.model import Malformed, Unit
from aligner.workflows.corpus.units import read_units
from aligner.workflows.unit_files import open_units


def units(path: Path) -> list[Unit]:
    with open_units(str(path)) as stream:
        return list(stream)


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr("sys.argv", ["aligner", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    return int(ended.value.code or 0)


PAIRS = [("en", "Hi.", "es", "Hola."), ("en", "Two.", "es", "Dos.")]
LINES = {
    "translation": '{"translation": {"en": "Hi.", "es": "Hola."}}\n'
    '{"translation": {"es": "Dos.", "en": "Two."}}\n',
    "flat": '{"en":"Hi.","es":"Hola."}\n\n  {"es" : "Dos." , "en" : "Two."}\n',
    "names": '{"English": "Hi.", "Spanish": "Hola."}\n{"English": "Two.", "Spanish": "Dos."}\n',
    "ours": '{"status": "auto", "translation": {"es": "Hola.", "en": "Hi."}, "languages": ["en",'
    ' "es"]}\n{"languages": ["en", "es"], "translation": {"en": "Two.", "es": "Dos."}}\n',
    "list": '[{"en": "Hi.", "es": "Hola."},\n {"en": "Two.",\n "es": "Dos."}]\n',
    "one line": '[{"en": "Hi.", "es": "Hola."}, {"en": "Two.", "es": "Dos."}]',
    "spread": '{\n "en": "Hi.",\n "es": "Hola."\n}\n{\n "en": "Two.",\n "es": "Dos."\n}\n',
    "tags": '{"translation": {"EN": "Hi.", "ES": "Hola."}}\n'
    '{"translation": {"EN": "Two.", "ES": "Dos."}}\n',
}


@pytest.mark.parametrize("case", LINES)
@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.jsonl.gz"])
def test_texts_are_known_by_their_names(case: str, name: str, tmp_path: Path) -> None:
    data = LINES[case].encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    read = list(read_units(tmp_path / name))
    assert [(u.source_lang, u.source, u.target_lang, u.target) for u in read] == PAIRS


@pytest.mark.parametrize("name", ["a.json", "a.txt", "a", "a.txt.gz"])
@pytest.mark.parametrize("case", ["translation", "flat"])
def test_lines_of_json_under_other_names(case: str, name: str, tmp_path: Path) -> None:
    data = LINES[case].encode()
    (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
    assert [u.target for u in read_units(tmp_path / name)] == ["Hola.", "Dos."]


def test_null_is_no_text_and_a_number_is_one(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"en": 5, "es": null, "x": true, "n": null}\n{"en": "", "es": "a"}\n')
    first, second = units(path)
    assert [(v.lang, v.text) for v in first.variants] == [("en", "5"), ("es", "")]
    assert (first.kind, second.kind) == ("1-0", "0-1")
    assert first.properties == (("x", "true"),)


def test_keys_of_others_are_keys_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        {
            "id": 7,
            "en": "Hi.",
            "es": "Hola.",
            "score": 0.7,
            "meta": {"url": "x"},
            "domain": "legal",
        },
        {"id": 8, "en": "Two.", "es": "Dos.", "flag": False, "tags": ["a", 1], "domain": "3"},
    ]
    path, other = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    assert run(monkeypatch, "convert", str(path), str(other)) == 0
    written = [json.loads(line) for line in other.read_text().splitlines()]
    for before, after in zip(rows, written, strict=True):
        texts = {"en": before.pop("en"), "es": before.pop("es")}
        assert after["translation"] == texts
        assert {key: after[key] for key in before} == before
    assert units(other) == units(path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"en": "a", "es": "b"}\n{"en": oops}\n', "line 2, column 8: damaged JSON"),
        ('[{"en": "a", "es": "b"} x]', "line 1, column 25: damaged JSON"),
        ('[{"en": "a", "es": "b"}', "damaged JSON"),
        ('{"a": 1}\n', "no text in it"),
        ('{"en": "a", "es": "b"}\n3\n', "line 2"),
    ],
)
def test_damaged_lines(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(text)
    with pytest.raises(Malformed, match=said):
        units(path)


TABLES = {
    "a.csv": "ID,English,Spanish,Domain,Client,status\r\n7,Hi.,Hola.,legal,ACME,reviewed\r\n"
    '8,"Bye, all.",,,X,accepted\r\n',
    "a.tsv": "en\tes\tdomain\tdate\tcontext\nHi.\tHola.\tlegal\t2020\tbutton\nTwo.\tDos.\t\t\t\n",
    "b.tsv": "Hello one.\tHola uno.\t0.9\nBye two.\tAdiós dos.\t0.8\n",
    "c.tsv": "src_lang\tsource\ttarget\ttgt_lang\nen\tHi.\tHola.\tes\nde\tJa.\tSí.\tes\n",
    "d.tsv": "en\tes\tfr\tscore\nHi.\tHola.\tSalut.\t0.5\nTwo.\t\tDeux.\t\n",
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table_comes_back_as_it_was(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, other = tmp_path / name, tmp_path / f"out{name}"
    path.write_text(TABLES[name], encoding="utf-8", newline="")
    assert run(monkeypatch, "convert", str(path), str(other)) == 0
    assert other.read_bytes().decode("utf-8-sig") == TABLES[name]
    for suffix in (".csv", ".tsv", ".xlsx"):
        third = tmp_path / f"third{suffix}"
        assert run(monkeypatch, "convert", str(path), str(third)) == 0
        assert units(third) == units(path)


def test_columns_say_what_they_say(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(TABLES["a.csv"], newline="")
    first, second = units(path)
    assert first.id == "7"
    assert first.properties == (("Domain", "legal"), ("Client", "ACME"), ("status", "reviewed"))
    assert (second.status, second.kind) == ("accepted", "1-0")
    path = tmp_path / "c.tsv"
    path.write_text(TABLES["c.tsv"])
    assert [(u.source_lang, u.target_lang) for u in units(path)] == [("en", "es"), ("de", "es")]


def test_what_a_cell_cannot_be_is_escaped_and_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.jsonl"
    row = {"en": "=1+1", "es": "a\tb\\n\nc", "domain": "'=x"}
    path.write_text(f"{json.dumps(row)}\n")
    for suffix in (".csv", ".tsv"):
        other, third = tmp_path / f"b{suffix}", tmp_path / f"c{suffix}"
        assert run(monkeypatch, "convert", str(path), str(other)) == 0
        assert run(monkeypatch, "convert", str(other), str(third)) == 0
        for made in (other, third):
            (unit,) = units(made)
            assert [unit.source, unit.target] == ["=1+1", "a\tb\\n\nc"]
            assert unit.properties == (("domain", "'=x"),)


def test_large_files_are_read_line_by_line(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    count = 150_000
    path.write_text("en\tes\n" + "Ñandú.\tRhea.\n" * count, encoding="utf-8")
    assert path.stat().st_size > 1 << 20
    assert sum(1 for _ in read_units(path)) == count
    path.write_bytes(b"en\tes\n" + "Ñandú.\tRhea.\n".encode("cp1252") * count)
    assert sum(1 for _ in read_units(path)) == count
    path.write_bytes(path.read_bytes() + "Ñandú.\tRhea.\n".encode() * count)
    with pytest.raises(Malformed, match="does not fit UTF-8, and no other encoding is sure"):
        sum(1 for _ in read_units(path))  # two encodings in one file are no guess
