"""The small word lists that no data set has (negations, "about", "dozen" ...), one file kept."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from aligner.checks.common.tokens import base, fold
from aligner.files.shipped import shipped_json

__all__ = ["word_list", "word_table"]


@lru_cache(maxsize=1)
def _all() -> dict[str, Any]:
    lists: dict[str, Any] = shipped_json("aligner.checks.common", "words.json")
    return lists


def word_table(name: str) -> Any:
    """A whole section."""
    return _all()[name]


@lru_cache(maxsize=1024)
def word_list(lang: str, name: str) -> tuple[str, ...]:
    """The folded words of a section in a language, () where there are none."""
    return tuple(fold(word) for word in _all()[name].get(base(lang), ()))
