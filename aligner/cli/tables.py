"""`aligner formats` and `aligner languages`: what there is to choose from."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

__all__ = ["formats", "languages"]

_Json = Annotated[bool, typer.Option("--json", help="As JSON.")]


def formats(as_json: _Json = False) -> None:
    """List what can be read, as texts and as alignments, and what can be written."""
    from aligner import formats
    from aligner.workflows import alignment_files, reading

    table: dict[str, Any] = {
        "read": list(reading.READERS.names()),
        "convert": list(alignment_files.alignment_formats()),
        "write": {
            name: [suffix for suffix, writer in formats.SUFFIXES.items() if writer == name]
            for name in formats.WRITERS.names()
        },
    }
    if as_json:
        print(json.dumps(table, indent=1))
        return
    print("read     " + " ".join(table["read"]))
    print("convert  " + " ".join(table["convert"]))
    for name, suffixes in table["write"].items():
        print(f"write    {name:10} {' '.join(suffixes)}")


def languages(as_json: _Json = False) -> None:
    """List how well each encoder knows each language."""
    from aligner.engine.embedding import coverage_tables, e5_is_installed

    tables = coverage_tables()
    if as_json:
        print(json.dumps({**tables, "e5 installed": e5_is_installed()}, indent=1))
        return
    print("share of sentences whose translation each encoder finds among 1,000 or so")
    print("language  embedded  e5")
    for lang in sorted(set().union(*tables.values())):
        figures = (tables["embedded"].get(lang), tables["e5"].get(lang))
        cells = [f"{figure:.2f}" if figure else "-" for figure in figures]
        print(f"{lang:8}  {cells[0]:8}  {cells[1]}")
    print("other     0.00 (not measured: lengths, numbers and names decide)")
    there = "installed" if e5_is_installed() else "pip install 'aligner[languages]'"
    print(f"e5 is the optional part [languages]: {there}")
