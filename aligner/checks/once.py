"""One cause, one finding: what stands inside an insertion or omission is not told again.

"[a cook from Oviedo]" on one side only is an insertion; that its "Oviedo" has no counterpart, or its "not",
follows from it. Names, acronyms, numbers and dates that lie inside and have no evidence on the other
side go, and a negation is counted again without what lies inside.
"""

from __future__ import annotations

from collections.abc import Sequence

from aligner.checks.common import FIGURES, ONE_SIDED, Finding, Spans
from aligner.checks.negation import may_differ, negations

__all__ = ["blanked", "lies_in", "without_doubles"]

_PARTS = FIGURES | {"name", "acronym", "omitted-clause", "added-clause"}


def blanked(text: str, spans: Spans) -> str:
    """The text with spaces for these code points; the others keep their places."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def lies_in(spans: Spans, around: Spans) -> bool:
    """Whether there are such code points and most of each lie inside one of the others."""
    return bool(spans) and all(
        any(2 * (min(end, b) - max(start, a)) > end - start for a, b in around)
        for start, end in spans
    )


def without_doubles(findings: Sequence[Finding], langs: tuple[str, str]) -> list[Finding]:
    """The findings of single places, none that one of an insertion or omission of the same texts
    explains. What is a note explains nothing: it may be hidden.
    """
    kept = list(findings)
    whole = [one for one in kept if one.code in ONE_SIDED and one.severity != "note"]
    for outer in whole:
        if any(one is outer for one in kept):
            kept = [one for one in kept if one is outer or not _explained(one, outer, langs)]
    return kept


def _explained(one: Finding, outer: Finding, langs: tuple[str, str]) -> bool:
    place, around = one.places[0], outer.places[0]
    texts = place.source_text, place.target_text
    if texts != (around.source_text, around.target_text) or place.row != around.row:
        return False
    outside = around.source_spans, around.target_spans
    if all(outside):
        return False
    if one.code == "negation":
        return not _still_differs(texts, outside, langs)
    spans = place.source_spans, place.target_spans
    side = bool(outside[1])
    return one.code in _PARTS and not spans[not side] and lies_in(spans[side], outside[side])


def _still_differs(
    texts: tuple[str, str], outside: tuple[Spans, Spans], langs: tuple[str, str]
) -> bool:
    """Whether one side negates more often without what the spans hold, or they hold no negation."""
    inside = [
        span
        for text, lang, spans in zip(texts, langs, outside, strict=True)
        for span in negations(text, lang)
        if lies_in((span,), spans)
    ]
    bare = [blanked(text, spans) for text, spans in zip(texts, outside, strict=True)]
    return not inside or may_differ(bare[0], bare[1], langs)
