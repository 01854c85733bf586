"""Names of any bytes: every writer takes them, escaped where its notation cannot hold them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from xml.parsers import expat

import pytest

from tests.unit.cli.test_hostile_cases import run, sentence

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="names are letters there")

STEMS = ["caf\udce9", 'q"uo<te&', "new\nline", "a b"]
ES = "La casa del puerto estaba vacía.\nNadie volvió en invierno.\n"
EN = "The harbour house was empty.\nNobody came back in winter.\n"
OUTPUTS = ("alignment.json", "tmx", "tei.xml", "html", "xlf", "jsonl", "tsv", "xlsx")
LANGUAGES = ("-s", "es", "-t", "en")


@pytest.mark.parametrize("stem", STEMS)
def test_every_writer_takes_the_name(tmp_path: Path, stem: str) -> None:
    for lang, text in (("es", ES), ("en", EN)):
        (tmp_path / f"{stem}.{lang}.txt").write_text(text, encoding="utf-8")
    outputs = [part for suffix in OUTPUTS for part in ("-o", f"{stem}.{suffix}")]
    texts = [f"{stem}.es.txt", f"{stem}.en.txt"]
    done = run("align", *texts, *LANGUAGES, "--segmented", "--quiet", *outputs, cwd=tmp_path)
    assert done.code == 0, done.err
    for suffix in OUTPUTS:
        assert (tmp_path / f"{stem}.{suffix}").stat().st_size
    for suffix in ("tmx", "tei.xml", "xlf"):
        expat.ParserCreate().Parse((tmp_path / f"{stem}.{suffix}").read_bytes(), True)
    json.loads((tmp_path / f"{stem}.alignment.json").read_bytes())
    for to in ("xces.xml", "intertext.xml"):
        done = run("convert", f"{stem}.alignment.json", f"out.{to}", "--to", to[:-4], cwd=tmp_path)
        assert done.code == 0, done.err
    sarif = ("--sarif", "r.sarif", "--html", "r.html")
    done = run("check", f"{stem}.alignment.json", *sarif, cwd=tmp_path)
    assert done.code in (0, 1), done.err
    json.loads((tmp_path / "r.sarif").read_bytes())
    assert run("memory", "import", f"{stem}.tmx", "-m", f"{stem}.db", cwd=tmp_path).code == 0
    asked = ("La casa del puerto estaba vacía. \udcff", *LANGUAGES, "-m", f"{stem}.db")
    assert run("memory", "lookup", *asked, cwd=tmp_path).code in (0, 1)
    for to, out in (("tei", "c.xml"), ("tmx", "c.tmx"), ("opus", "c")):
        done = run("corpus", "export", f"{stem}.tmx", "--to", to, "-o", out, cwd=tmp_path)
        assert done.code == 0, done.err
    done = run("validate", f"{stem}.tmx", "--sarif", "v.sarif", cwd=tmp_path)
    assert done.code == 0, done.err


MANIFESTS = {
    "nul.jsonl": '{"source": "a\\u0000.txt", "target": "b.txt"}',
    "half.jsonl": '{"source": "\\ud800.txt", "target": "b.txt"}',
    "nul.tsv": "a\0.txt\tb.txt\n",
    "blank.jsonl": '{"source ": "a.txt", "target": "b.txt"}',
    "blank.toml": '[[pair]]\n" source" = "a.txt"\ntarget = "b.txt"\n',
    "id.toml": '[[pair]]\nsource = "a.txt"\ntarget = "b.txt"\nid = "a b"\n',
    "deep.jsonl": '{"source": ' + "[" * 100_000,
    "digits.toml": "[[pair]]\nsource = " + "9" * 10_000,
}


@pytest.mark.parametrize("name", MANIFESTS)
def test_manifests_whose_names_are_none(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(MANIFESTS[name], encoding="utf-8")
    sentence(run("corpus", "build", name, "-o", "out", cwd=tmp_path), name)
    assert not (tmp_path / "out" / "pairs").exists()


def test_training_takes_the_name(tmp_path: Path) -> None:
    """Also told: one work cannot be held out of itself."""
    case = tmp_path / "caf\udce9-es-en"
    case.mkdir()
    for name, text in (("src.es.txt", ES), ("tgt.en.txt", EN), ("gold.txt", "[0]:[0]\n[1]:[1]\n")):
        (case / name).write_text(text, encoding="utf-8")
    done = run("train", case.name, "-o", "w.json", cwd=tmp_path)
    sentence(done, "all of one work", "--folds 1")
    done = run(
        "train", case.name, "-o", "w.json", "--folds", "1", "--iterations", "5", cwd=tmp_path
    )
    assert done.code == 0, done.err
    about = json.loads((tmp_path / "w.json").read_bytes())["about"]
    assert about["cases"] == [r"caf\udce9-es-en"]
