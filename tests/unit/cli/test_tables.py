"""`aligner formats`: what each format is and keeps, as converting has it and as the docs say it."""

from __future__ import annotations

import json

from typer.testing import CliRunner

from aligner.cli import app
from aligner.formats import FORMATS, WRITERS
from aligner.model import UsageError
from aligner.workflows.describing import described
from aligner.workflows.reading import READERS
from tests.conftest import load_script


def test_docs_have_the_tables() -> None:
    made = load_script("make_format_docs")
    assert made.page() == made.PAGE.read_text(encoding="utf-8")


def test_every_reader_and_writer_is_listed() -> None:
    known = described()
    assert {name for name, one in known.items() if "text" in one.uses} == set(READERS.entries)
    assert {name for name, one in known.items() if "write" in one.uses} == set(WRITERS.entries)
    assert all(one.title for one in known.values())
    result = CliRunner().invoke(app, ["formats"])
    assert result.exit_code == 0
    assert {line.split()[0] for line in result.stdout.splitlines() if line} >= set(known)


def test_one_format() -> None:
    result = CliRunner().invoke(app, ["formats", "po"])
    keeps, _, lacks = result.stdout.partition("does not keep:")
    assert "what tells units of the same source apart (context)" in keeps
    assert "confidences" in lacks
    table = json.loads(CliRunner().invoke(app, ["formats", "po", "--json"]).stdout)
    assert list(table["formats"]) == ["po"]
    assert table["formats"]["po"]["writes"] == list(FORMATS["po"].suffixes)
    unknown = CliRunner().invoke(app, ["formats", "wps"])
    assert isinstance(unknown.exception, UsageError)
