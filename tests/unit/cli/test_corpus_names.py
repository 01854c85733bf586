"""`aligner corpus`: odd names end no build, languages are chosen for export, columns are told."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from tests.unit.cli.test_hostile_cases import run, sentence

ES = "La casa del puerto estaba vacía.\nNadie volvió en invierno.\n"
EN = "The harbour house was empty.\nNobody came back in winter.\n"
FR = "La maison du port était vide.\nPersonne ne revint en hiver.\n"


EXPORTS = {
    "tmx": "pool-tmx.tmx",
    "moses": "pool-moses",
    "jsonl": "pool-jsonl.jsonl",
    "tei": "pool-tei.xml",
    "vertical": "pool-vert",
    "opus": "pool-opus",
    "xliff": "pool-xliff",
    "tsv": "pool-tsv",
}


def manifest(folder: Path, header: str, *rows: str) -> None:
    for name, text in (("a.es", ES), ("a.en", EN), ("a.fr", FR)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    (folder / "m.tsv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")


def test_what_a_manifest_says_travels(tmp_path: Path) -> None:
    manifest(
        tmp_path,
        "src\ttgt\tlicence\turl\tdomain\tmood",
        "a.es.txt\ta.en.txt\tCC0\thttps://a.example/\tnovels\tblue",
    )
    build = ("corpus", "build", "m.tsv", "-s", "es", "-t", "en", "-o", "c", "--workers", "1")
    assert "nobody knows, not read: mood" in run(*build, cwd=tmp_path).err
    for command in (
        "filter c -o f.jsonl",
        "dedup f.jsonl --near -o d.jsonl",
        "sample d.jsonl -o s.jsonl",
    ):
        assert run("corpus", *command.split(), cwd=tmp_path).code == 0
    assert run("corpus", "split", "s.jsonl", "-o", "sets", "--dev", "0", cwd=tmp_path).code == 0
    (part,) = [p for p in (tmp_path / "sets").iterdir() if p.stat().st_size]
    for line in part.read_text(encoding="utf-8").splitlines():
        known = json.loads(line)["metadata"]
        assert {key: known[key] for key in ("licence", "url", "domain")} == {
            "licence": "CC0",
            "url": "https://a.example/",
            "domain": "novels",
        }
    for to, output in EXPORTS.items():
        more = ("--per-pair",) if to in ("xliff", "tsv") else ()
        done = run("corpus", "export", "s.jsonl", "--to", to, "-o", output, *more, cwd=tmp_path)
        assert done.code == 0, done.err
        stem = tmp_path / output
        files = [p for p in (stem.parent if stem.is_file() else tmp_path).rglob("*") if p.is_file()]
        mine = [
            p for p in files if p.relative_to(tmp_path).as_posix().startswith(output.split(".")[0])
        ]
        assert any(b"CC0" in path.read_bytes() for path in mine), to
    shards = ("corpus", "export", "s.jsonl", "--to", "jsonl", "--shard-size", "1", "-o", "parts")
    assert "2 files" in run(*shards, cwd=tmp_path).err
    stats = json.loads(run("corpus", "stats", "parts", "--json", cwd=tmp_path).out)
    assert stats["types"] == {"1-1": 2}
    sentence(run(*shards, "--per-pair", cwd=tmp_path), "contradict each other")
    assert not (tmp_path / "pool-jsonl.documents.jsonl").exists()  # each line says it
    line = json.loads((tmp_path / "pool-tmx.documents.jsonl").read_bytes())
    assert line["target"]["url"] == line["source"]["url"] == "https://a.example/"
    assert line["units"] == 2
    # what is said of a text is part of what the pair was made of
    text = (tmp_path / "m.tsv").read_text(encoding="utf-8").replace("CC0", "CC BY 4.0")
    (tmp_path / "m.tsv").write_text(text, encoding="utf-8")
    assert "1 aligned now" in run(*build, cwd=tmp_path).err
    assert "0 aligned now" in run(*build, cwd=tmp_path).err


def test_export_chooses_languages(tmp_path: Path) -> None:
    manifest(
        tmp_path,
        "source\ttarget\tsource_lang\ttarget_lang",
        "a.es.txt\ta.en.txt\tes\ten",
        "a.es.txt\ta.fr.txt\tes\tfr",
    )
    assert run("corpus", "build", "m.tsv", "-o", "c", "--quiet", cwd=tmp_path).code == 0
    export = ("corpus", "export", "c", "--to", "moses", "-o", "x")
    sentence(run(*export, cwd=tmp_path), "choose one with -s and -t")
    assert run(*export, "-t", "fr", cwd=tmp_path).code == 0
    assert (tmp_path / "x.fr").read_text(encoding="utf-8") == FR
    assert not (tmp_path / "x.en").exists()
    assert run(*export[:-1], "y", "-s", "en", "-t", "es", cwd=tmp_path).code == 0
    assert (tmp_path / "y.en").read_text(encoding="utf-8") == EN
    assert (tmp_path / "y.es").read_text(encoding="utf-8") == ES
    sentence(run(*export, "-s", "de", cwd=tmp_path), "nothing from de", "es-en (1), es-fr (1)")


@pytest.mark.skipif(sys.platform != "linux", reason="names are letters there")
@pytest.mark.parametrize("name", ["caf\udce9", "a\tb", "new\nline", "#1", "report.2021"])
def test_pairs_of_odd_names(tmp_path: Path, name: str) -> None:
    """Found, written as a manifest, built."""
    for lang, text in (("es", ES), ("en", EN)):
        (tmp_path / lang).mkdir()
        (tmp_path / lang / f"{name}.txt").write_text(text, encoding="utf-8")
    pair = ("corpus", "pair", "es", "en", "-s", "es", "-t", "en", "-o")
    table = run(*pair, "p.tsv", cwd=tmp_path)
    names = ["p.jsonl"]
    if set(name) & set("\t\n"):
        sentence(table, "a table cannot hold this file name", "pairs.jsonl")
    else:
        assert table.code == 0, table.err
        names.append("p.tsv")
    assert run(*pair, "p.jsonl", cwd=tmp_path).code == 0
    for number, one in enumerate(names):
        done = run("corpus", "build", one, "-s", "es", "-t", "en", "-o", f"c{number}", cwd=tmp_path)
        assert done.code == 0, done.err
        assert "1 aligned now" in done.err
        assert run("corpus", "verify", f"c{number}", "--texts", cwd=tmp_path).code == 0
