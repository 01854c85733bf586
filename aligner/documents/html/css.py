"""What a style sheet says of classes: bold, italic, raised. Word processors and Google Docs write
`<span class="c3">` and say in CSS that it is bold; nothing else of CSS is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["class_formats"]

_RULE = re.compile(r"([^{}]{1,2000})\{([^{}]{0,4000})\}")
_CLASS = re.compile(r"(?:span|font|a|em|i|b)?\.([\w-]{1,80})$")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
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
        for rule in _RULE.finditer(_COMMENT.sub("", sheet[:_MAX_SHEET]).lower()):
            kinds = tuple(kind for kind, pattern in _SAYS if pattern.search(rule[2]))
            for selector in rule[1].split(",") if kinds else ():
                name = _CLASS.match(selector.strip())
                if name:
                    formats[name[1]] = kinds
    return formats
