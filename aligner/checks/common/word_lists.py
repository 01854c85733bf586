"""The small word lists that no data set has (negations, "about", "dozen" ...), one file kept."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib import resources
from typing import Any

from aligner.checks.common.tokens import base, fold

__all__ = ["word_list", "word_table"]


@lru_cache(maxsize=1)
def _all() -> dict[str, Any]:
    path = resources.files("aligner.checks.common") / "words.json"
    lists: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return lists


def word_table(name: str) -> Any:
    """A whole section."""
    return _all()[name]


@lru_cache(maxsize=1024)
def word_list(lang: str, name: str) -> tuple[str, ...]:
    """The folded words of a section in a language, () where there are none."""
    return tuple(fold(word) for word in _all()[name].get(base(lang), ()))
