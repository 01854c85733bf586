"""The four pictures of the report, as SVG text: ribbon, dot plot, confidence strip, lengths.

Each has a title and a description for those who do not see it; colours come from the page's
style, so that light, dark and print need no other picture.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape

from aligner.checks.common import BeadTexts
from aligner.text.speaking import t

__all__ = ["confidence_strip", "dot_plot", "length_scatter", "ribbon"]

_WIDTH = 1000
_COLOURS = {
    "note": "var(--note)",
    "minor": "var(--minor)",
    "major": "var(--major)",
    "critical": "var(--critical)",
}


def _svg(height: float, title: str, body: Sequence[str], name: str) -> str:
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height:g}" role="img" aria-labelledby="{name}-t">'
        f'<title id="{name}-t">{escape(title)}</title>{"".join(body)}</svg>'
    )


def _letters(text: str) -> int:
    return max(1, len("".join(text.split())))


def _bead_title(unit: BeadTexts, sure: float) -> str:
    return t(
        "bead {number}: {kind}, confidence {confidence}",
        number=unit.number + 1,
        kind=unit.bead.kind,
        confidence=f"{sure:.2f}",
    )


def _sure_title(unit: BeadTexts, sure: float | None) -> str:
    known = t("unknown") if sure is None else f"{sure:.3f}"
    return t("bead {number}: {confidence}", number=unit.number + 1, confidence=known)


def ribbon(units: Sequence[BeadTexts], worst: Mapping[int, str]) -> str:
    """Both texts as bands: a bead's width is its letters; omissions, additions, findings."""
    totals = (
        sum(_letters(unit.source_text) for unit in units if unit.source) or 1,
        sum(_letters(unit.target_text) for unit in units if unit.target) or 1,
    )
    body = []
    at = [0.0, 0.0]
    for unit in units:
        for side, text in ((0, unit.source_text), (1, unit.target_text)):
            if not text:
                continue
            width = _WIDTH * _letters(text) / totals[side]
            if unit.bead.is_null:
                colour = "var(--omit)" if side == 0 else "var(--add)"
            else:
                colour = _COLOURS.get(worst.get(unit.number, ""), "var(--ok)")
            shade = "" if unit.bead.is_null or unit.number in worst else ' opacity=".45"'
            body.append(
                f'<a href="#b{unit.number}" tabindex="-1"><rect x="{at[side]:.2f}" y="{4 + 34 * side}" width="{max(0.6, width - 0.4):.2f}" '
                f'height="28" fill="{colour}"{shade}><title>{escape(text[:80])}</title></rect></a>'
            )
            at[side] += width
    omitted = sum(unit.bead.is_null and bool(unit.source) for unit in units)
    added = sum(unit.bead.is_null and bool(unit.target) for unit in units)
    title = t(
        "Coverage of source (above) and translation (below): {omitted} omitted, {added} added",
        omitted=omitted,
        added=added,
    )
    return _svg(70, title, body, "ribbon")


def dot_plot(units: Sequence[BeadTexts]) -> str:
    """Source against target by letters; the darker a bead the surer."""
    size = 420.0
    totals = (
        sum(_letters(unit.source_text) for unit in units if unit.source) or 1,
        sum(_letters(unit.target_text) for unit in units if unit.target) or 1,
    )
    body = [f'<path d="M60 {size - 30:g}H{_WIDTH - 20}M60 10V{size - 30:g}" stroke="var(--line)"/>']
    x = y = 0.0
    for unit in units:
        dx = _letters(unit.source_text) / totals[0] * (_WIDTH - 80) if unit.source else 0.0
        dy = _letters(unit.target_text) / totals[1] * (size - 40) if unit.target else 0.0
        sure = 0.8 if unit.bead.confidence is None else unit.bead.confidence
        colour = "var(--ok)" if sure >= 0.8 else "var(--minor)" if sure >= 0.5 else "var(--major)"
        if unit.bead.is_null:
            colour = "var(--omit)" if unit.source else "var(--add)"
        body.append(
            f'<path d="M{60 + x:.1f} {size - 30 - y:.1f}l{dx:.1f} {-dy:.1f}" stroke="{colour}" '
            f'stroke-width="4" stroke-linecap="round"><title>{escape(_bead_title(unit, sure))}</title></path>'
        )
        x, y = x + dx, y + dy
    body.append(
        f'<text class="axis" x="{_WIDTH - 20}" y="{size - 6:g}" text-anchor="end">{escape(t("source"))}</text>'
    )
    body.append(f'<text class="axis" x="10" y="26">{escape(t("translation"))}</text>')
    return _svg(size, t("Alignment: source from left to right, translation upwards"), body, "dots")


def confidence_strip(units: Sequence[BeadTexts]) -> str:
    """One bar a bead, in order; low bars are where to look."""
    width = _WIDTH / max(1, len(units))
    body = []
    for place, unit in enumerate(units):
        sure = unit.bead.confidence
        height = 4.0 if sure is None else max(2.0, 60 * sure)
        colour = (
            "var(--line)"
            if sure is None
            else ("var(--ok)" if sure >= 0.8 else "var(--minor)" if sure >= 0.5 else "var(--major)")
        )
        body.append(
            f'<rect x="{place * width:.2f}" y="{64 - height:.1f}" width="{max(0.6, width - 0.3):.2f}" '
            f'height="{height:.1f}" fill="{colour}"><title>{escape(_sure_title(unit, sure))}</title></rect>'
        )
    low = sum(unit.bead.confidence is not None and unit.bead.confidence < 0.5 for unit in units)
    return _svg(
        68, t("Confidence of the beads in order: {low} below one half", low=low), body, "strip"
    )


def length_scatter(units: Sequence[BeadTexts], outliers: Sequence[int]) -> str:
    """Letters of source and translation, both axes logarithmic; outliers named."""
    both = [unit for unit in units if unit.source and unit.target]
    size = 420.0
    if not both:
        return _svg(
            60,
            t("No bead has both sides"),
            [f'<text x="20" y="35">{escape(t("no beads"))}</text>'],
            "lengths",
        )
    sizes = [_letters(text) for unit in both for text in (unit.source_text, unit.target_text)]
    low, high = math.log(min(sizes)), math.log(max(sizes) + 1)

    def place(letters: int) -> float:
        return (math.log(letters) - low) / max(0.1, high - low)

    body = [
        f'<path d="M60 {size - 30:g}L{_WIDTH - 20} 10" stroke="var(--line)" stroke-dasharray="4 4"/>'
    ]
    for unit in both:
        x = 60 + place(_letters(unit.source_text)) * (_WIDTH - 80)
        y = size - 30 - place(_letters(unit.target_text)) * (size - 40)
        named = unit.number in outliers
        colour = "var(--major)" if named else "var(--ok)"
        body.append(
            f'<a href="#b{unit.number}" tabindex="-1"><circle cx="{x:.1f}" cy="{y:.1f}" r="{6 if named else 4}" fill="{colour}" '
            f'fill-opacity=".7"><title>{escape(unit.source_text[:60])}</title></circle></a>'
        )
        if named:
            anchor = "end" if x > _WIDTH / 2 else "start"
            off = -9 if anchor == "end" else 9
            body.append(
                f'<text class="axis" x="{x + off:.1f}" y="{y + 6:.1f}" text-anchor="{anchor}">'
                f"{escape(unit.source_text[:28])}</text>"
            )
    body.append(
        f'<text class="axis" x="{_WIDTH - 20}" y="{size - 6:g}" text-anchor="end">{escape(t("letters of the source"))}</text>'
    )
    body.append(
        f'<text class="axis" x="10" y="26">{escape(t("letters of the translation"))}</text>'
    )
    return _svg(size, t("Lengths of the beads' two sides"), body, "lengths")
