#!/usr/bin/env python3
"""The tables of docs/formats.md, out of the declarations that `aligner formats` prints.

scripts/make_format_docs.py          write them into docs/formats.md
scripts/make_format_docs.py --check  say whether they are there as they should be
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from _generated import DOCS, filled, write_or_check

from aligner.formats import WORDS
from aligner.workflows.describing import Described, described

PAGE = DOCS / "formats.md"
USES = (
    ("text", "one text"),
    ("alignment", "an alignment"),
    ("units", "unit by unit"),
    ("links", "links to texts beside it"),
)


def tables(say: Callable[[str], str] = str) -> str:
    """How each format is used, and what each that is written keeps; `say` puts a sentence into the
    language of the page.
    """
    known = described()
    written = [one for one in known.values() if one.writes and "write" in one.uses]
    return f"{_uses(known, say)}\n\n{_keeps(written, say)}\n"


def _uses(known: dict[str, Described], say: Callable[[str], str]) -> str:
    head = ("format", "what it is", "read as", "written as", "needs")
    rows = [f"| {' | '.join(map(say, head))} |", "| --- " * 5 + "|"]
    for one in known.values():
        uses = [say(words) for use, words in USES if use in one.uses]
        reads = f"{', '.join(uses)}: {' '.join(one.reads)}" if uses else ""
        extra = f"`aligner[{one.extra}]`" if one.extra else ""
        cells = (f"`{one.name}`", say(one.title), reads, " ".join(one.writes), extra)
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def _keeps(written: list[Described], say: Callable[[str], str]) -> str:
    names = " | ".join(f"`{one.name}`" for one in written)
    rows = [f"| {say('what')} | {names} |", "| --- " * (len(written) + 1) + "|"]
    for words in WORDS.values():
        short = words.split(":")[0]
        marks = [
            say("yes") if short in one.holds else say("own") if words in one.own else ""
            for one in written
        ]
        rows.append(f"| {say(short)} | {' | '.join(marks)} |")
    return "\n".join(rows)


def page() -> str:
    """The page with its tables as they should be."""
    return filled(PAGE, "formats", tables())


if __name__ == "__main__":
    sys.exit(write_or_check(PAGE, page()))
