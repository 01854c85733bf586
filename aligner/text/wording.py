"""Numbers with their words, as sentences for a user have them."""

from __future__ import annotations

__all__ = ["numbered"]


def numbered(count: int, word: str, plural: str = "") -> str:
    """`1 finding`, `2 findings`."""
    return f"{count} {word if count == 1 else plural or word + 's'}"
