"""Types of attributes: what a value must be, in the words of a finding.

A check takes a value and gives (what is wrong, what to write), or None where it is right. What is
wrong starts with `=`, to follow the name of the attribute, or is a sentence of its own. `a|b|c` is
one of these values, `+a|b|c` a list of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache

from aligner.languages.tags import wrong_tag

__all__ = ["Check", "Wrong", "check_of"]

Wrong = tuple[str, str]
Check = Callable[[str], Wrong | None]

# XML 1.0, 2.3: Nmtoken
_NAME_CHARACTERS = (
    r"[\w.\-:·\u0300-\u036f\u203f-\u2040\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d"
    r"\u037f-\u1fff\u200c\u200d\u2070-\u218f\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd"
    r"\U00010000-\U000effff]"
)
_DATE_TIME = (
    r"-?\d{4,}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-4]):[0-5]\d:[0-5]\d(\.\d+)?"
    r"(Z|[+-]([01]\d):[0-5]\d)?"
)
_DECIMAL = r"[+-]?(\d+(\.\d*)?|\.\d+)"

# name of a type -> what its whole value matches (white space around it is not of the value, but
# for text, XML Schema 2, whiteSpace), what is said of another, what to write
_PATTERNS: Mapping[str, tuple[str, str, str]] = {
    "NMTOKEN": (
        _NAME_CHARACTERS + "+",
        "has a character that no name token has",
        "use letters, digits and . - _ : only",
    ),
    "NMTOKENS": (
        rf"{_NAME_CHARACTERS}+(\s+{_NAME_CHARACTERS}+)*",
        "is no list of name tokens",
        "use letters, digits and . - _ : only, with spaces between them",
    ),
    "integer": (r"[+-]?\d+", "is no whole number", "write a whole number"),
    "positiveInteger": (r"\+?0*[1-9]\d*", "is no whole number from 1 up", "write 1 or more"),
    "count": (r"\d+", "is no number", "write 0, 1, 2 ..."),
    "priority": (r"\+?0*([1-9]|10)", "is no number from 1 to 10", "write 1 to 10"),
    "dateTime": (_DATE_TIME, "is no date and time", "write YYYY-MM-DDThh:mm:ssZ"),
    "percent": (
        r"\+?0*(100(\.0*)?|\d{1,2}(\.\d*)?|\.\d+)|-0+(\.0*)?",
        "is no number from 0.0 to 100.0",
        "write 0.0 to 100.0",
    ),
    "fraction": (
        r"[+]?0*(1(\.0*)?|0?\.\d+|0)([eE][+-]?\d+)?|[+]?\d(\.\d+)?[eE]-\d+",
        "is no number from 0 to 1",
        "write 0 to 1",
    ),
    "hexBinary": (r"([0-9A-Fa-f]{2})*", "is no hexadecimal number", "write 4 or 6 digits 0-9A-F"),
    "hex": (r"#x[0-9A-Fa-f]+", "is no code point", "write #x and the number in base 16"),
    "prefixed": (
        r"[^\s:]+:[^\s:]+",
        "is not a prefix, a colon and a value",
        "write it as prefix:value",
    ),
    "annotation": (
        r"generic|comment|term|[^\s:]+:[^\s:]+",
        "is no type of annotations",
        "write generic, comment, term, or prefix:value",
    ),
    "coordinates": (
        r"(-?\d+|#);(-?\d+|#);(-?\d+|#);(-?\d+|#)",
        "are no coordinates",
        "write x;y;cx;cy, # where one is not known",
    ),
    "mime": (
        r"(text|multipart|message|application|image|audio|video|model)(/.+)*",
        "is no media type",
        "write it as text/plain",
    ),
}


@cache
def check_of(kind: str) -> Check | None:
    """The check of a type, None for "" (any text). Raises ValueError for a type nobody knows."""
    if not kind:
        return None
    if kind == "language":
        return wrong_tag
    if kind == "lang":
        return _xml_lang
    if kind.startswith("+"):
        return _words_of(check_of(kind[1:]))
    if kind in _PATTERNS:
        return _matching(*_PATTERNS[kind])
    values, _, extension = kind.partition("|x-")
    if "|" not in kind:
        raise ValueError(f"there is no type of attributes {kind!r}")
    return _one_of(tuple(filter(None, values.split("|"))), own=extension == "...")


def _xml_lang(value: str) -> Wrong | None:
    """xml:lang: a language code, or "" where nobody knows the language (XML 1.0, 2.12)."""
    return wrong_tag(value) if value else None


def _words_of(one: Check | None) -> Check:
    """A list: each of its words is of the type."""

    def check(value: str) -> Wrong | None:
        if one is None:
            return None
        return next((wrong for word in value.split() if (wrong := one(word)) is not None), None)

    return check


def _matching(pattern: str, reason: str, advice: str) -> Check:
    whole = re.compile(pattern)

    def check(value: str) -> Wrong | None:
        return None if whole.fullmatch(value.strip()) else (f"={value!r} {reason}", advice)

    return check


def _one_of(values: tuple[str, ...], *, own: bool) -> Check:
    """One of a list; `own`: or a value of one's own, `x-...` (XLIFF 1.2, 2.4)."""
    known = frozenset(values)
    shown = ", ".join(values if len(values) <= 12 else (*values[:12], "..."))
    advice = f"one of {shown}" + (" or x-..." if own else "")

    def check(value: str) -> Wrong | None:
        if value in known or (own and re.fullmatch(r"x-\S+", value)):
            return None
        return f"={value!r} is none of its values", advice

    return check
