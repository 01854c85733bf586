"""What a validator says of text, alike in all formats."""

from __future__ import annotations

import re

__all__ = ["CODE", "is_indented"]

# stands for an inline code, so that the white space beside it is not that of an end
CODE = "\ufffc"

_LEADING = re.compile(r"[^\S\n]*\n[^\S\n]+\S")
_TRAILING = re.compile(r"\S[^\S\n]*\n[^\S\n]+\Z")


def is_indented(text: str) -> bool:
    """True where a line break at an end comes from the layout of the XML, not from the text.

    A line break inside a text, and one at an end without spaces after it, are the text's own.
    """
    if "\n" not in text:
        return False
    return bool(_LEADING.match(text) or _TRAILING.search(text))
