"""`aligner formats` and `aligner languages`: what there is to choose from."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aligner.cli.ui import say

if TYPE_CHECKING:
    from aligner.workflows.describing import Described

__all__ = ["formats", "languages"]

# how a format is used (`Described.uses`), in a word
_USES = {"text": "text", "alignment": "pair", "links": "pair", "units": "units", "write": "write"}
_Json = Annotated[bool, typer.Option("--json", help="As JSON.")]


def formats(
    name: Annotated[
        str | None,
        typer.Argument(metavar="[NAME]", help="Say what this format keeps.", show_default=False),
    ] = None,
    as_json: _Json = False,
) -> None:
    """List the formats, how each is used and by which suffixes; with NAME what a format keeps.

    aligner formats
    aligner formats tmx
    """
    from dataclasses import asdict

    from aligner import formats
    from aligner.model import UsageError
    from aligner.workflows import alignment_files, reading
    from aligner.workflows.describing import described

    known = described()
    if name is not None and name not in known:
        raise UsageError(f"there is no format {name!r}", hint=f"known: {', '.join(known)}")
    if as_json:
        table: dict[str, Any] = {
            "read": list(reading.READERS.names()),
            "convert": list(alignment_files.alignment_formats()),
            "write": {
                name: [suffix for suffix, writer in formats.SUFFIXES.items() if writer == name]
                for name in formats.WRITERS.names()
            },
            "formats": {key: asdict(one) for key, one in known.items() if name in (None, key)},
        }
        print(json.dumps(table, indent=1))
    elif name is not None:
        say("\n".join(_about(known[name])))
    else:
        for line in _overview(known):
            say(line)


def _overview(known: dict[str, Described]) -> Iterator[str]:
    yield "name       used as                       suffixes"
    for one in known.values():
        suffixes = " ".join(dict.fromkeys((*one.writes, *one.reads)))
        uses = " ".join(_USES[use] for use in one.uses)
        extra = f"  pip install 'aligner[{one.extra}]'" if one.extra else ""
        yield f"{one.name:10} {uses:29} {suffixes}{extra}"
    yield ""
    yield "text: read as one text; pair: read as an alignment; units: read and written unit by unit;"
    yield "write: written. aligner formats NAME says what a format keeps."


def _about(one: Described) -> Iterator[str]:
    yield f"{one.name}: {one.title}"
    yield f"used as: {', '.join(_USES[use] for use in one.uses)}"
    if one.reads:
        yield f"read by suffix: {' '.join(one.reads)}"
    if one.writes:
        yield f"written: {' '.join(one.writes)}"
    if one.extra:
        yield f"needs: pip install 'aligner[{one.extra}]'"
    for title, words in (
        ("keeps", one.holds),
        ("keeps of its own files only", one.own),
        ("does not keep", one.lacks if one.writes else ()),
    ):
        if words:
            yield f"{title}:"
            yield from (f"  {word}" for word in words)


def languages(as_json: _Json = False) -> None:
    """List how well each encoder knows each language."""
    from aligner.engine.embedding import coverage_tables, e5_is_installed

    tables = coverage_tables()
    if as_json:
        print(json.dumps({**tables, "e5 installed": e5_is_installed()}, indent=1))
        return
    say("share of sentences whose translation each encoder finds among 1,000 or so")
    say("language  embedded  e5")
    for lang in sorted(set().union(*tables.values())):
        figures = (tables["embedded"].get(lang), tables["e5"].get(lang))
        cells = [f"{figure:.2f}" if figure else "-" for figure in figures]
        print(f"{lang:8}  {cells[0]:8}  {cells[1]}")
    say("other     0.00 (not measured: lengths, numbers and names decide)")
    there = "installed" if e5_is_installed() else "pip install 'aligner[languages]'"
    say(f"e5 is the optional part [languages]: {there}")
