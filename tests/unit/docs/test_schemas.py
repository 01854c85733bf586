"""The JSON Schemas of docs/schemas: what the program writes and reads fits them, what it refuses does not."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from aligner.corpus.build import parse_manifest
from aligner.engine.decoding import parse_pins
from aligner.model import STATUSES, AlignerError
from aligner.workflows.corpus import recipes
from aligner.workflows.corpus.recipes import parse_recipe
from aligner.workflows.metadata import parse_metadata
from tests.conftest import CORPORA, ROOT, load_script
from tests.unit.cli.run import run

load_schema = load_script("_docs.schemas").load_schema
NAMES = sorted(path.name.split(".")[0] for path in (ROOT / "docs" / "schemas").glob("*.json"))


def holds(name: str, value: Any) -> bool:
    schema = load_schema(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    return bool(jsonschema.Draft202012Validator(schema).is_valid(value))


def check(name: str, value: Any) -> None:
    jsonschema.Draft202012Validator(load_schema(name)).validate(value)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An alignment with everything that ours can have, and a corpus."""
    made = tmp_path_factory.mktemp("schemas")
    texts = [CORPORA / "interview" / f"{lang}.html" for lang in ("es", "en")]
    meta = CORPORA / "interview" / "meta.toml"
    pins = made / "pins.txt"
    pins.write_text("[0]:[0]\ns2:t2\ncut 8:8\n")
    out = made / "made.alignment.json"
    done = run("align", *texts, "-o", out, "--meta", meta, "--pins", pins, "--words", "--inline")
    assert done.code == 0, done.err
    (made / "pairs.tsv").write_text("source\ttarget\tid\nes.txt\ten.txt\tlibrary\nes.txt\t-\t\n")
    for lang in ("es", "en", "fr"):
        text = (CORPORA / "trilingual" / f"{lang}.txt").read_bytes()
        (made / f"{lang}.txt").write_bytes(text)
    done = run("corpus", "build", made / "pairs.tsv", "-o", made / "corpus", "--quiet")
    assert done.code == 0, done.err
    return made


def read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def rows(text: str) -> list[dict[str, str]]:
    head, *lines = [line.split("\t") for line in text.splitlines()]
    return [dict(zip(head, line, strict=True)) for line in lines]


@pytest.mark.parametrize("name", NAMES)
def test_a_schema_has_a_version_and_says_what_it_is_of(name: str) -> None:
    schema = load_schema(name)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$id"].startswith(f"urn:aligner:schema:{name}:")
    assert schema["description"]


def test_alignments(folder: Path) -> None:
    made = read(folder / "made.alignment.json")
    check("alignment", made)
    pair = made["alignments"][0]
    assert pair["words"]
    assert pair["pins"]
    texts = [folder / f"{lang}.txt" for lang in ("es", "en", "fr")]
    out = folder / "set.alignment.json"
    langs = ("-l", "es", "-l", "en", "-l", "fr")
    assert run("align", *texts, *langs, "-o", out, "--quiet").code == 0
    check("alignment", read(out))


def test_alignments_of_imported_units(folder: Path) -> None:
    tmx, out = folder / "made.tmx", folder / "again.alignment.json"
    assert run("convert", folder / "made.alignment.json", tmx, "--quiet").code == 0
    assert run("convert", tmx, out, "--quiet").code == 0
    made = read(out)
    assert made["units"]
    check("alignment", made)


def test_what_an_alignment_cannot_be(folder: Path) -> None:
    made = read(folder / "made.alignment.json")
    bead = made["alignments"][0]["beads"][0]
    for key, value in (("confidence", 1.5), ("status", "done"), ("source", [0]), ("odd", 1)):
        kept = dict(bead)
        bead[key] = value
        assert not holds("alignment", made), key
        bead.clear()
        bead.update(kept)
    assert not holds("alignment", made | {"version": 2})


def test_pins() -> None:
    lines = ["[0, 1]:[2]", "[]:[3]", "s4 s5:t6", "s10-s12:t14", "cut 20:20"]
    assert len(parse_pins("\n".join(lines), "pins", 40, 40)) == len(lines)
    check("pins", lines)
    for wrong in ("3:4", "[3]-[4]", "cut 3", "s:t4x"):
        with pytest.raises(AlignerError):
            parse_pins(wrong, "pins", 40, 40)
        assert not holds("pins", [wrong]), wrong


def test_manifests(folder: Path) -> None:
    check("manifest", rows((folder / "pairs.tsv").read_text()))
    listed = [{"source": "a.txt", "target": "b.txt", "source_lang": "es", "id": "one"}]
    assert parse_manifest(json.dumps(listed[0]), "list.jsonl").jobs
    check("manifest", listed)
    with pytest.raises(AlignerError):
        parse_manifest('{"source": "a.txt"}', "list.jsonl")
    assert not holds("manifest", [{"source": "a.txt"}])


def test_corpora(folder: Path) -> None:
    check("corpus", read(folder / "corpus" / "run.json"))
    (quality,) = (folder / "corpus").rglob("quality.json")
    check("quality", read(quality))


def test_findings_and_baselines(folder: Path) -> None:
    path, accepted = folder / "made.alignment.json", folder / "accepted.tsv"
    done = run("check", path, "--json", "--write-baseline", accepted, "--reason", "looked at")
    assert done.code in (0, 1), done.err
    check("check", json.loads(done.out))
    made = rows(accepted.read_text("utf-8"))
    assert made
    check("baseline", made)
    assert not holds("baseline", [made[0] | {"reason": ""}])


def test_weights() -> None:
    made = read(ROOT / "aligner" / "engine" / "features" / "weights.json")
    check("weights", made)
    del made["match"]["blind"]
    assert not holds("weights", made)


def test_metadata() -> None:
    text = (CORPORA / "interview" / "meta.toml").read_text("utf-8")
    plain = json.loads(json.dumps(tomllib.loads(text), default=str))
    check("meta", plain)
    edition = '[edition]\ntitle = "T"\neditors = ["A"]\npublisher = "P"\nplace = "X"\nurl = "u"\nlicence = "L"\n'
    check("meta", tomllib.loads(edition))
    assert len(parse_metadata(edition, "meta.toml").edition) == 6
    for wrong in (
        '[text.es]\nauthr = "A"',
        "[[speakers]]\nrole = 'x'",
        "odd = 1",
        "[edition]\npaper = 'x'",
    ):
        with pytest.raises(AlignerError):
            parse_metadata(wrong, "meta.toml")
        assert not holds("meta", tomllib.loads(wrong)), wrong


def test_taxonomies() -> None:
    shipped = sorted((ROOT / "aligner" / "checks").glob("taxonomy-*.toml"))
    assert shipped
    for path in shipped:
        check("taxonomy", tomllib.loads(path.read_text("utf-8")))
    assert not holds("taxonomy", {"label": []})


def test_the_schema_knows_all_statuses() -> None:
    statuses = load_schema("alignment")["$defs"]["bead"]["properties"]["status"]["enum"]
    assert tuple(statuses) == STATUSES


@pytest.mark.parametrize(
    ("text", "place"),
    [("[text.es]\nodd = 1", "text"), ("[edition]\nodd = 1", "edition"), ("odd = 1", "")],
)
def test_the_schema_knows_every_key_of_metadata(text: str, place: str) -> None:
    with pytest.raises(AlignerError) as raised:
        parse_metadata(text, "meta.toml")
    known = str(raised.value).partition("known: ")[2].rstrip(")").split(", ")
    schema = load_schema("meta")
    table = (
        schema["$defs"][place]
        if place in schema["$defs"]
        else schema["properties"].get(place, schema)
    )
    assert set(known) == set(table["properties"])


def test_recipes(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "en" / "tutorials" / "corpus.md").read_text("utf-8")
    text = page.partition('title="recipe.toml"\n')[2].partition("```")[0]
    assert parse_recipe(text.encode(), tmp_path / "recipe.toml").steps.keys() >= {"build", "filter"}
    check("recipe", tomllib.loads(text))
    schema = load_schema("recipe")
    known = {name: set(table["properties"]) for name, table in schema["$defs"].items()}
    assert known == {name: set(keys) for name, keys in recipes._KEYS.items()}
    assert set(schema["properties"]) == {*recipes._TOP, *recipes.STEPS}
    for wrong in (f"{text}\nodd = 1", text.replace("numbers = true", "numbers = 1")):
        with pytest.raises(AlignerError):
            parse_recipe(wrong.encode(), tmp_path / "recipe.toml")
        assert not holds("recipe", tomllib.loads(wrong))
