"""Words of a segment by a simple rule, for formats that hold one token a line or mark words.

A word is letters, marks and digits, with single hyphens, apostrophes, full stops and middle dots
between them (`well-known`, `l'eau`, `3.14`, `U.S`); every character of Chinese and Japanese is a
word of its own, for no rule so simple finds theirs. Anything else that is not white space is a
token of one character. Nothing is lost: `tokens` gives offsets.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

__all__ = ["Token", "tokens"]

_ALONE = r"\p{Han}\p{Hiragana}\p{Katakana}"
_PART = rf"[[\p{{L}}\p{{M}}\p{{N}}]--[{_ALONE}]]+"


class Token(NamedTuple):
    """`text[start:end]`; `glued`: no white space before it."""

    start: int
    end: int
    word: bool
    glued: bool


@cache
def _pattern() -> Any:
    import regex

    return regex.compile(
        rf"(?P<word>{_PART}(?:[-‐’'.·]{_PART})*|[{_ALONE}]\p{{M}}*)|\S\p{{M}}*",
        regex.V1,  # type: ignore[attr-defined,unused-ignore]
    )


def tokens(text: str) -> Iterator[Token]:
    """Words and punctuation from left to right."""
    end = 0
    for match in _pattern().finditer(text):
        glued = match.start() == end and end > 0
        yield Token(match.start(), match.end(), match["word"] is not None, glued)
        end = match.end()
