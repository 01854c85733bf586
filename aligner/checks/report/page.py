"""The page: summary, pictures, the study view, findings in order of the text, and both texts side by
side; before these another translation, where there is one to compare with.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from importlib import resources
from pathlib import Path

from aligner.checks.common import CHECK_CODES, BeadTexts, Finding, Place, bead_texts, severity_rank
from aligner.checks.report.against import Translation, against_section
from aligner.checks.report.highlights import marked_text
from aligner.checks.report.plots import confidence_strip, dot_plot, length_scatter, ribbon
from aligner.checks.report.study import study_section
from aligner.checks.report.summary import Summary
from aligner.model import Alignment
from aligner.runtime.places import shown

__all__ = ["report_page"]

_CSP = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"
_MOST_PLACES = 20  # of one finding, shown in full


def report_page(
    alignment: Alignment,
    findings: Sequence[Finding],
    summary: Summary,
    against: tuple[Translation, Translation] | None = None,
) -> str:
    """The whole file as text; the same alignment and findings give the same bytes. `against`: this
    translation and another one of the same source (`same_source`), each with its findings.
    """
    units = bead_texts(alignment)
    worst: dict[int, str] = {}
    for finding in findings:
        if finding.status == "accepted" or finding.severity == "note":
            continue
        for place in finding.places:
            if place.bead is not None:
                before = worst.get(place.bead, "note")
                worst[place.bead] = max(before, finding.severity, key=severity_rank)
    outliers = [
        p.bead for f in findings if f.code == "length" for p in f.places if p.bead is not None
    ]
    compared = list(against_section(*against)) if against else []
    parts = _parts(alignment, units, findings, summary, worst, outliers, compared)
    return "".join(parts)


def _file(name: str) -> str:
    return (resources.files("aligner.checks.report") / name).read_text("utf-8")


def _parts(
    alignment: Alignment,
    units: Sequence[BeadTexts],
    findings: Sequence[Finding],
    summary: Summary,
    worst: dict[int, str],
    outliers: list[int],
    compared: Sequence[str],
) -> Iterator[str]:
    title = alignment.source.title or shown(alignment.source.origin) or "Alignment"
    yield "<!DOCTYPE html>\n"
    yield f'<html lang="en"><head><meta charset="utf-8"><title>Fidelity: {escape(title)}</title>'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{escape(_CSP)}">'
    yield '<link rel="icon" href="data:,">'
    yield f"<style>\n{_file('style.css')}</style></head>\n<body>\n"
    yield '<a class="skip" href="#findings">Go to the findings</a>\n<main>\n'
    yield f"<h1>{escape(title)}</h1>\n"
    yield f'<p class="soft">{escape(_origin(alignment))}</p>\n'
    yield from _summary(summary)
    yield from compared
    yield "<h2>Coverage</h2>\n<figure>"
    yield ribbon(units, worst)
    yield (
        "<figcaption>Source above, translation below. Strong colours: left out, added, or with a "
        "finding; every part leads to its place in the text.</figcaption></figure>\n"
    )
    yield "<figure>"
    yield confidence_strip(units)
    yield "<figcaption>Confidence of the alignment, bead by bead.</figcaption></figure>\n"
    yield '<div class="two"><figure>'
    yield dot_plot(units)
    yield "<figcaption>The alignment.</figcaption></figure>\n<figure>"
    yield length_scatter(units, outliers)
    yield "<figcaption>Lengths; the outliers are named.</figcaption></figure></div>\n"
    yield from study_section(alignment, units, findings, summary)
    yield from _findings(alignment, findings)
    yield from _text(alignment, units, findings)
    yield "</main>\n"
    yield f"<script>\n{_file('script.js')}</script>\n</body></html>\n"


def _origin(alignment: Alignment) -> str:
    sides = [
        f"{Path(shown(side.origin)).name or side.id} ({side.lang})"
        for side in (alignment.source, alignment.target)
    ]
    return " → ".join(sides)


def _summary(summary: Summary) -> Iterator[str]:
    whole = summary.whole
    figures = [
        (f"{100 * whole.covered:.1f} %", "of the source is covered"),
        (f"{whole.omitted:,}", "letters left out"),
        (f"{whole.added:,}", "letters added"),
        *((str(count), _counted(name, count)) for name, count in summary.severities if count),
    ]
    if summary.accepted:
        figures.append((str(summary.accepted), "accepted by the baseline"))
    yield '<ul class="figures">'
    for value, name in figures:
        yield f"<li><b>{escape(value)}</b> {escape(name)}</li>"
    yield "</ul>\n"


def _counted(name: str, count: int) -> str:
    if name == "note":
        return "note" if count == 1 else "notes"
    return f"{name} finding{'' if count == 1 else 's'}"


def _findings(alignment: Alignment, findings: Sequence[Finding]) -> Iterator[str]:
    main = [one for one in findings if one.severity != "note"]
    notes = [one for one in findings if one.severity == "note"]
    yield '<h2 id="findings" tabindex="-1">Findings</h2>\n'
    yield '<div class="controls" hidden role="group" aria-label="Which findings are shown">'
    for name in ("critical", "major", "minor", "note"):
        if any(one.severity == name for one in findings):
            yield f'<button type="button" data-severity="{name}" aria-pressed="true">{name}</button>'
    yield '<label>Check <select><option value="">all</option>'
    for code in sorted({one.code for one in findings}):
        yield f'<option value="{code}">{code}</option>'
    yield "</select></label> <output></output> <small>j / k: next, previous</small></div>\n"
    if not findings:
        yield "<p>Nothing was found.</p>\n"
    for one in main:
        yield from _finding(alignment, one)
    if notes:
        yield f"<details><summary>{len(notes)} notes</summary>\n"
        for one in notes:
            yield from _finding(alignment, one)
        yield "</details>\n"


def _finding(alignment: Alignment, finding: Finding) -> Iterator[str]:
    yield (
        f'<article class="finding" id="f-{finding.id}" tabindex="0" data-code="{finding.code}" '
        f'data-severity="{finding.severity}" data-status="{finding.status}" '
        f'aria-labelledby="h-{finding.id}">'
        f'<h3 id="h-{finding.id}"><span class="sev {finding.severity}">{finding.severity}</span> '
        f"{finding.code}: {escape(finding.message)}</h3>"
    )
    yield (
        f'<p class="meta">{escape(CHECK_CODES[finding.code].help)} Confidence {finding.confidence:.2f}; '
        f"{escape(finding.mqm)}; id {finding.id}</p>"
    )
    if finding.status == "accepted":
        yield f'<p class="meta">Accepted: {escape(finding.reason)}</p>'
    for place in finding.places[:_MOST_PLACES]:
        yield '<div class="texts">'
        yield _side(place.source_text, place.source_spans, alignment.source.lang)
        yield _side(place.target_text, place.target_spans, alignment.target.lang)
        yield "</div>"
        if place.bead is not None:
            yield f'<p class="meta"><a href="#b{place.bead}">{_where(place)} in the text</a></p>'
    if len(finding.places) > _MOST_PLACES:
        yield f'<p class="meta">and {len(finding.places) - _MOST_PLACES} places more</p>'
    yield "</article>\n"


def _where(place: Place) -> str:
    sides = []
    for name, side, numbers in (("source", "s", place.source), ("translation", "t", place.target)):
        if numbers:
            first, last = (f"{side}{number + 1}" for number in (numbers[0], numbers[-1]))
            sides.append(f"{name} {first}" if first == last else f"{name} {first}-{last}")
    return ", ".join(sides)


def _side(text: str, spans: Sequence[tuple[int, int]], lang: str) -> str:
    if not text:
        return '<div class="none">(nothing)</div>'
    whole = len(spans) == 1 and spans[0] == (0, len(text))
    return (
        f'<div lang="{escape(lang)}" dir="auto">{marked_text(text, () if whole else spans)}</div>'
    )


def _text(
    alignment: Alignment, units: Sequence[BeadTexts], findings: Sequence[Finding]
) -> Iterator[str]:
    back: dict[int, list[Finding]] = {}
    for finding in findings:
        for place in finding.places:
            if place.bead is not None and finding not in back.setdefault(place.bead, []):
                back[place.bead].append(finding)
    yield '<h2>Both texts</h2>\n<table id="text"><thead><tr><th scope="col" class="n">Bead</th>'
    yield f'<th scope="col">Source ({escape(alignment.source.lang)})</th>'
    yield f'<th scope="col">Translation ({escape(alignment.target.lang)})</th></tr></thead><tbody>\n'
    for unit in units:
        kind = (
            ""
            if not unit.bead.is_null
            else (' class="omitted"' if unit.source else ' class="added"')
        )
        yield f'<tr id="b{unit.number}"{kind}><td class="n">{unit.number + 1}</td>'
        for text, lang in (
            (unit.source_text, alignment.source.lang),
            (unit.target_text, alignment.target.lang),
        ):
            yield f'<td lang="{escape(lang)}" dir="auto">{escape(text)}'
            if lang == alignment.target.lang and text is unit.target_text:
                for one in back.get(unit.number, []):
                    yield f' <a class="sev {one.severity}" lang="en" href="#f-{one.id}">{one.code}</a>'
                for label in unit.bead.labels:
                    yield f' <small lang="en">[{escape(label)}]</small>'
            yield "</td>"
        yield "</tr>\n"
    yield "</tbody></table>\n"
