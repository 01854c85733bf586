#!/usr/bin/env python3
"""The tables of codes in docs/validation.md, out of the tables that `aligner validate` works with.

scripts/make_validation_docs.py          write them into docs/validation.md
scripts/make_validation_docs.py --check  say whether they are there as they should be
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from _generated import DOCS, filled, write_or_check

from aligner.formats.validation.codes import codes_of

PAGE = DOCS / "validation.md"
TABLES = (
    ("X", "XML and schemas"),
    ("T", "TMX"),
    ("L", "XLIFF 1"),
    ("F", "XLIFF 2"),
    ("E", "TEI"),
    ("J", ".alignment.json"),
)


def tables(say: Callable[[str], str] = str, cite: Callable[[str], str] = str) -> str:
    """All codes, a table a format; `say` puts a sentence into the language of the page, `cite` what
    may be a mere name.
    """
    parts = []
    heads = " | ".join(map(say, ("code", "severity", "what", "who says so")))
    for letter, title in TABLES:
        rows = [
            f"| {code} | {row.severity} | {_cell(say(row.meaning))} | {_cell(cite(row.clause))} |"
            for code, row in sorted(codes_of(letter).items())
        ]
        head = f"### {cite(title)}\n\n| {heads} |\n| --- | --- | --- | --- |"
        parts.append("\n".join([head, *rows]))
    return "\n\n".join(parts) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


def page() -> str:
    """The page with its tables as they should be."""
    return filled(PAGE, "codes", tables())


if __name__ == "__main__":
    sys.exit(write_or_check(PAGE, page()))
