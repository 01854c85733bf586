"""Parts of a text marked as evidence."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

__all__ = ["marked_text"]


def marked_text(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text as HTML, `mark` around the spans (code points, half-open; those inside others are
    left out).
    """
    out, last = [], 0
    for start, end in sorted(spans):
        if start < last or end <= start:
            continue
        out.append(f"{escape(text[last:start])}<mark>{escape(text[start:end])}</mark>")
        last = end
    return "".join(out) + escape(text[last:])
