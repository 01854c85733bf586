"""Numbers with their words, as sentences for a user have them."""

from __future__ import annotations

__all__ = ["Forms", "numbered"]

Forms = tuple[str, str]  # the words for one thing, and for any other number of them


def numbered(count: int, word: str, plural: str = "") -> str:
    """`1 finding`, `2 findings`. Words that change with the number belong into the forms: `unit deleted`,
    `units deleted`, so that each is a message of its own in every language.
    """
    return f"{count} {word if count == 1 else plural or word + 's'}"
