"""Words of a text with their places, and the key under which words are compared."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

__all__ = [
    "Word",
    "base",
    "fold",
    "has_case",
    "is_cjk",
    "letters_in",
    "shortened",
    "words",
]

_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_CJK}]|[^\W\d_{_CJK}]+(?:[\u00ad\u0300-\u036f]*[^\W\d_{_CJK}]+)*|\d+|\S")
_UNSPACED = frozenset(("zh", "ja", "yue", "lzh"))
_CASELESS = frozenset(("zh", "ja", "ko", "ar", "fa", "ur", "he", "hi", "th", "bn", "ta", "yue"))


@dataclass(frozen=True, slots=True)
class Word:
    """`text[start:end]` and its key."""

    start: int
    end: int
    key: str

    @property
    def is_word(self) -> bool:
        """Letters, not digits or marks."""
        return self.key[:1].isalpha()


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Case, accents, soft hyphens and width taken away: the key of a word."""
    if word.isascii():
        return word.casefold()
    decomposed = unicodedata.normalize("NFKD", word.replace("\u00ad", "")).casefold()
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[Word, ...]:
    """Runs of letters, runs of digits, single marks; every CJK character by itself."""
    return tuple(Word(m.start(), m.end(), fold(m.group())) for m in _WORD.finditer(text))


def letters_in(text: str) -> int:
    """Characters of a text that are no white space: its length, however it is laid out."""
    return len("".join(text.split()))


def shortened(text: str, most: int = 90) -> str:
    """A text as messages quote it: at most so many characters."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def base(lang: str) -> str:
    """The language of a BCP 47 tag, without region and script."""
    return lang.split("-", maxsplit=1)[0].lower()


def is_cjk(lang: str) -> bool:
    """True for languages written without spaces between words."""
    return base(lang) in _UNSPACED


def has_case(lang: str) -> bool:
    """True where capital letters can mark names."""
    return base(lang) not in _CASELESS
