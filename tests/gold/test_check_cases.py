"""The pairs of ../shared/cases/checks, by the command that their README names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import require_shared
from tests.unit.cli.run import run

# the ship of row 10 sails with wind instead of without: the one negation that is lost
RIGHT = {
    ("negation-es-en", "en"): {"10"},
    ("negation-es-fr", "fr"): set[str](),
    ("negation-numbers-es-en", "en"): set[str](),
}


@pytest.mark.parametrize(("name", "lang"), RIGHT, ids=[name for name, _ in RIGHT])
def test_negations_that_are_kept(name: str, lang: str, shared: Path) -> None:
    table = require_shared(shared / "cases" / "checks" / f"{name}.tsv")
    done = run("check", table, "--pairs", "-s", "es", "-t", lang, "--json", "--quiet")
    findings = [json.loads(line) for line in done.out.splitlines()]
    negations = {one["row"] for one in findings if one["code"] == "negation"}
    assert negations == RIGHT[name, lang]
    inserted = [one for one in findings if one["code"] == "brackets"]
    assert len(inserted) == (name == "negation-es-en")
