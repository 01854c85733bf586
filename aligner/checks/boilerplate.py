"""Page boilerplate: what a scrape of a web page brings in beside the article.

Share lines, dates and headings of related news, "was this helpful". At the ends of a text it is a
stretch that such a line opens and that holds hardly anything else; elsewhere single lines. Only
segments without a partner are boilerplate, or pairs of which a side is such a line.
"""

from __future__ import annotations

from collections.abc import Sequence

from aligner.checks.common import BeadTexts
from aligner.documents.html import beside_article

__all__ = ["boilerplate_beads", "boilerplate_ends"]

_LEAST = 0.75  # share of an end that such lines, headings and dates make up
_LONG = 20  # words: a longer line without a full stop is no heading
_LINE = 12  # words of a single line in the middle of a text
_STOPS = (".", "!", "?", "…", ":", "»", "”", '"', "。", "！", "？", ")")


def boilerplate_ends(units: Sequence[BeadTexts]) -> frozenset[int]:
    """The numbers of the beads at both ends that are boilerplate, () where an article just ends."""
    kinds = [(_kind(unit, in_target=False), _kind(unit, in_target=True)) for unit in units]
    kinds = [
        ("text", "text") if all(both) and not _are_lines(unit) else both
        for unit, both in zip(units, kinds, strict=True)
    ]
    first = _reach(kinds)
    last = _reach(kinds[: first - 1 if first else None : -1])
    ends = (*units[:first], *units[len(units) - last :])
    return frozenset(unit.number for unit in ends)


def boilerplate_beads(units: Sequence[BeadTexts]) -> frozenset[int]:
    """Those of the ends, and single lines without a partner elsewhere."""
    lines = (
        unit.number
        for unit in units
        if unit.bead.is_null
        and "page" in (_kind(unit, in_target=False), _kind(unit, in_target=True))
        and _is_line(unit.source_text or unit.target_text)
    )
    return boilerplate_ends(units) | frozenset(lines)


def _kind(unit: BeadTexts, *, in_target: bool) -> str:
    """An empty word for no text, "page" for a line that pages put beside articles, "heading" for one that may be a
    heading or a date there, "text" for any other.
    """
    text = (unit.target_text if in_target else unit.source_text).strip()
    if not text:
        return ""
    if beside_article(text):
        return "page"
    title = (unit.target if in_target else unit.source)[0].index == 0
    heading = len(text.split()) <= _LONG and not text.endswith(_STOPS) and not title
    return "heading" if heading else "text"


def _are_lines(unit: BeadTexts) -> bool:
    """Both sides of a pair: "Share your house with us." in both texts is a sentence of theirs."""
    return _is_line(unit.source_text) and _is_line(unit.target_text)


def _is_line(text: str) -> bool:
    return len(text.split()) <= _LINE and not text.rstrip().endswith((".", "…", ":", "。"))


def _reach(kinds: Sequence[tuple[str, str]]) -> int:
    """How many beads, from the outside, belong to an end: a page's line is the last of them."""
    reach = good = 0
    for count, (left, right) in enumerate(kinds, start=1):
        if left and right and "page" not in (left, right):
            break  # both texts have it
        good += "text" not in (left, right)
        if "page" in (left, right) and good >= _LEAST * count:
            reach = count
    return reach
