"""Figures of `Statistics` as a table for the terminal, and as a page with plots (inline SVG)."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any

from aligner.text.speaking import spoken_tag, t

__all__ = ["as_html", "as_lines"]

_TYPES = 12  # bead types that are shown
_WIDTH, _HEIGHT = 480, 160


def as_lines(figures: dict[str, Any]) -> list[str]:
    """A table for people."""
    lines = []
    for name, row in figures["languages"].items():
        lines += [
            f"{name}",
            f"  documents   {row['documents']}",
            f"  units       {row['units']}",
            f"  segments    {row['segments'][0]} / {row['segments'][1]}",
            f"  words       {row['words'][0]} / {row['words'][1]}",
            f"  expansion   {_shown(row['expansion'])}",
            (
                f"  null share  {_shown(row['null_share'])} "
                f"({row['nulls'][0]} of source, {row['nulls'][1]} of target)"
            ),
        ]
    types = list(figures["types"].items())[:_TYPES]
    lines.append("types         " + ", ".join(f"{kind} {count}" for kind, count in types))
    lines.append(f"confidence    {_shown(figures['mean_confidence'])} (mean)")
    lines += _histogram(figures["confidence"])
    if figures["mean_quality"] is not None:
        lines.append(f"quality       {_shown(figures['mean_quality'])} (mean)")
        lines += _histogram(figures["quality"])
    return lines


def _histogram(counts: Sequence[int]) -> list[str]:
    most = max(1, *counts)
    return [
        f"  {n / 10:.1f}-{(n + 1) / 10:.1f}  {count:8}  {'#' * round(40 * count / most)}".rstrip()
        for n, count in enumerate(counts)
    ]


def as_html(figures: dict[str, Any], title: str) -> str:
    """One page without scripts or outside files; every plot has its numbers beside it."""
    rows = "".join(
        f"<tr><th scope=row>{escape(name)}</th>"
        + "".join(
            f"<td>{value}</td>"
            for value in (
                row["documents"],
                row["units"],
                f"{row['segments'][0]} / {row['segments'][1]}",
                f"{row['words'][0]} / {row['words'][1]}",
                _shown(row["expansion"]),
                _shown(row["null_share"]),
            )
        )
        + "</tr>"
        for name, row in figures["languages"].items()
    )
    types = list(figures["types"].items())[:_TYPES]
    ratios = figures["ratios"]
    plots = [
        *(
            _plot(
                name_of_plot,
                [f"{n / 10:.1f}-{(n + 1) / 10:.1f}" for n in range(len(figures[name]))],
                figures[name],
            )
            for name_of_plot, name in (
                (t("Confidence of units"), "confidence"),
                (t("Quality of units"), "quality"),
            )
        ),
        _plot(t("Types of beads"), [kind for kind, _ in types], [count for _, count in types]),
        _plot(
            t("Length of target / source"),
            [f"{n / 10:.1f}" for n in range(len(ratios))],
            ratios,
        ),
    ]
    heads = "".join(
        f"<th scope=col>{escape(name)}</th>"
        for name in (
            t("pair"),
            t("documents"),
            t("units"),
            t("segments"),
            t("words"),
            t("expansion"),
            t("null share"),
        )
    )
    rated = t("Mean quality: {quality}", quality=_shown(figures["mean_quality"]))
    mean = t("Mean confidence: {confidence}", confidence=_shown(figures["mean_confidence"]))
    return (
        f"<!DOCTYPE html>\n<html lang={spoken_tag()}><head><meta charset=utf-8>"
        f"<title>{escape(title)}</title><style>{_STYLE}</style></head><body>"
        f"<h1>{escape(title)}</h1><table><caption>{escape(t('Languages'))}</caption><thead><tr>"
        f"{heads}</tr></thead><tbody>{rows}</tbody></table><p>{escape(mean)}</p>"
        f"<p>{escape(rated)}</p>{''.join(plots)}"
        "</body></html>\n"
    )


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _plot(title: str, names: Sequence[str], counts: Sequence[int]) -> str:
    """A bar chart and, folded away, its numbers."""
    most = max(1, *counts) if counts else 1
    step = _WIDTH / max(1, len(counts))
    bars = "".join(
        f'<rect x="{n * step + 1:.1f}" y="{_HEIGHT * (1 - count / most):.1f}"'
        f' width="{step - 2:.1f}" height="{_HEIGHT * count / most:.1f}">'
        f"<title>{escape(name)}: {count}</title></rect>"
        for n, (name, count) in enumerate(zip(names, counts, strict=True))
    )
    every = max(1, len(names) // 12)
    labels = "".join(
        f'<text x="{(n + 0.5) * step:.1f}" y="{_HEIGHT + 14}">{escape(name)}</text>'
        for n, name in enumerate(names)
        if n % every == 0
    )
    rows = "".join(
        f"<tr><th scope=row>{escape(name)}</th><td>{count}</td></tr>"
        for name, count in zip(names, counts, strict=True)
    )
    return (
        f"<figure><figcaption>{escape(title)}</figcaption>"
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT + 20}" role=img aria-label="{escape(title)}">'
        f"{bars}{labels}</svg><details><summary>{escape(t('numbers'))}</summary><table>{rows}</table></details>"
        "</figure>"
    )


_STYLE = (
    ":root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;"
    "max-width:60rem;padding:0 1rem}table{border-collapse:collapse}th,td{padding:.2rem .7rem;"
    "text-align:right;border-bottom:1px solid #8886}th[scope=row]{text-align:left}"
    "figure{margin:2rem 0;max-width:34rem}svg{width:100%}rect{fill:#3b6ea5}"
    "text{font-size:10px;text-anchor:middle;fill:currentColor}"
)
