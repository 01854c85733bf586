"""What a style sheet says of classes: bold, italic, raised. Word processors and Google Docs write
`<span class="c3">` and say in CSS that it is bold; nothing else of CSS is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

__all__ = ["class_formats"]

_BRACE = re.compile(r"([{}])")
_CLASS = re.compile(r"(?:span|font|a|em|i|b)?\.([\w-]{1,80})$")
_SAYS = (
    ("bold", re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)")),
    ("italic", re.compile(r"font-style\s*:\s*(?:italic|oblique)")),
    ("sup", re.compile(r"vertical-align\s*:\s*super")),
    ("sub", re.compile(r"vertical-align\s*:\s*sub\b")),
)
_MAX_SHEET = 500_000


def class_formats(sheets: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Kinds of formatting by class, from rules for one class alone (`.c3`, `span.c3`)."""
    formats: dict[str, tuple[str, ...]] = {}
    for sheet in sheets:
        for selectors, body in _rules(_without_comments(sheet[:_MAX_SHEET]).lower()):
            kinds = tuple(kind for kind, pattern in _SAYS if pattern.search(body))
            for selector in selectors.split(",") if kinds else ():
                name = _CLASS.match(selector.strip())
                if name:
                    formats[name[1]] = kinds
    return formats


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """(selectors, declarations) of the innermost blocks; in time that grows with the sheet."""
    parts = _BRACE.split(sheet)
    for at in range(1, len(parts) - 2, 2):
        if parts[at] == "{" and parts[at + 2] == "}":
            yield parts[at - 1], parts[at + 1]


def _without_comments(sheet: str) -> str:
    parts, end = [], 0
    while (start := sheet.find("/*", end)) >= 0:
        parts.append(sheet[end:start])
        end = sheet.find("*/", start + 2) + 2
        if end < start:
            return "".join(parts)  # it does not end: nothing behind it says anything
    return "".join([*parts, sheet[end:]])
