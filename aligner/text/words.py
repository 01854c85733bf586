"""Words of a segment: `words` as the Unicode standard bounds them, for counting and comparing, and
`tokens` by a simple rule, for formats that hold one token a line or mark words.

`words` are those of UAX 29 (default word boundaries) that begin with a letter or digit, marks
included: `can't`, `3.14`, हिन्दी and العَرَبِيَّةُ are one each. Where no spaces are written the standard bounds
each sign by itself: of Chinese and of Hiragana characters are counted, of Thai, Lao, Khmer and Burmese
letters, for which a dictionary would be needed. Katakana and Hangul come in runs.

For `tokens` a word is letters, marks and digits, with single hyphens, apostrophes, full stops and middle dots
between them (`well-known`, `l'eau`, `3.14`, `U.S`); every character of Chinese and Japanese is a
word of its own, for no rule so simple finds theirs. Anything else that is not white space is a
token of one character. Nothing is lost: `tokens` gives offsets.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

__all__ = ["Token", "tokens", "words"]

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


@cache
def _bounded() -> Any:
    import regex

    # (?w): \b as UAX 29 says, regex follows its default rules
    return regex.compile(r"(?w)[\p{L}\p{N}].*?\b", regex.V1 | regex.DOTALL)  # type: ignore[attr-defined,unused-ignore]


def words(text: str) -> list[str]:
    """The words of a text by UAX 29, from left to right."""
    bounded: list[str] = _bounded().findall(text)
    return bounded
