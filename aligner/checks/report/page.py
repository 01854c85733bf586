"""The page: summary, pictures, the study view, findings in order of the text, and both texts side by
side; before these another translation, where there is one to compare with.
"""

from __future__ import annotations

import re
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
from aligner.text.speaking import spoken_tag, t, tn, translated

__all__ = ["report_page"]

_CSP = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"
_FIGURE = re.compile(r"(\d[\d.,]*(?: %)?)")
_MOST_PLACES = 20  # of one finding, shown in full


def report_page(
    alignment: Alignment,
    findings: Sequence[Finding],
    summary: Summary,
    against: tuple[Translation, Translation] | None = None,
    judged_as: str = "document",
) -> str:
    """The whole file as text; the same alignment and findings give the same bytes. `against`: this
    translation and another one of the same source (`same_source`), each with its findings. `judged_as`:
    one of `INPUTS`.
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
    about = f"{_origin(alignment)}; {_judged_as(judged_as)}"
    parts = _parts(alignment, units, findings, summary, worst, outliers, compared, about)
    return "".join(parts)


def _judged_as(judged_as: str) -> str:
    return {
        "pairs": t("findings judged as those of separate pairs"),
        "errors": t("findings judged as those of a text with errors"),
        "short": t("findings judged as those of a short text"),
    }.get(judged_as, t("findings judged as those of a document"))


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
    about: str,
) -> Iterator[str]:
    title = alignment.source.title or shown(alignment.source.origin) or t("Alignment")
    yield "<!DOCTYPE html>\n"
    yield f'<html lang="{spoken_tag()}"><head><meta charset="utf-8"><title>{escape(t("Fidelity: {title}", title=title))}</title>'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{escape(_CSP)}">'
    yield '<link rel="icon" href="data:,">'
    yield f"<style>\n{_file('style.css')}</style></head>\n<body>\n"
    yield f'<a class="skip" href="#findings">{escape(t("Go to the findings"))}</a>\n<main>\n'
    yield f"<h1>{escape(title)}</h1>\n"
    yield f'<p class="soft">{escape(about)}</p>\n'
    yield from _summary(summary)
    yield from compared
    yield f"<h2>{escape(t('Coverage'))}</h2>\n<figure>"
    yield ribbon(units, worst)
    told = t(
        "Source above, translation below. Strong colours: left out, added, or with a finding; every part leads to its place in the text."
    )
    yield f"<figcaption>{escape(told)}</figcaption></figure>\n"
    yield "<figure>"
    yield confidence_strip(units)
    yield f"<figcaption>{escape(t('Confidence of the alignment, bead by bead.'))}</figcaption></figure>\n"
    yield '<div class="two"><figure>'
    yield dot_plot(units)
    yield f"<figcaption>{escape(t('The alignment.'))}</figcaption></figure>\n<figure>"
    yield length_scatter(units, outliers)
    yield f"<figcaption>{escape(t('Lengths; the outliers are named.'))}</figcaption></figure></div>\n"
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
        t("{share} % of the source is covered", share=f"{100 * whole.covered:.1f}"),
        tn("{count} letter left out", "{count} letters left out", count=whole.omitted),
        tn("{count} letter added", "{count} letters added", count=whole.added),
        *(_counted(name, count) for name, count in summary.severities if count),
    ]
    if summary.accepted:
        figures.append(
            tn(
                "{count} accepted by the baseline",
                "{count} accepted by the baseline",
                count=summary.accepted,
            )
        )
    yield '<ul class="figures">'
    for figure in figures:
        yield "<li>" + _FIGURE.sub(r"<b>\1</b>", escape(figure), count=1) + "</li>"
    yield "</ul>\n"


def _counted(name: str, count: int) -> str:
    if name == "note":
        return tn("{count} note", "{count} notes", count=count)
    if name == "minor":
        return tn("{count} minor finding", "{count} minor findings", count=count)
    if name == "major":
        return tn("{count} major finding", "{count} major findings", count=count)
    return tn("{count} critical finding", "{count} critical findings", count=count)


def _findings(alignment: Alignment, findings: Sequence[Finding]) -> Iterator[str]:
    main = [one for one in findings if one.severity != "note"]
    notes = [one for one in findings if one.severity == "note"]
    yield f'<h2 id="findings" tabindex="-1">{escape(t("Findings"))}</h2>\n'
    which = escape(t("Which findings are shown"))
    yield f'<div class="controls" hidden role="group" aria-label="{which}">'
    for name in ("critical", "major", "minor", "note"):
        if any(one.severity == name for one in findings):
            yield f'<button type="button" data-severity="{name}" aria-pressed="true">{escape(t(name))}</button>'
    yield f'<label>{escape(t("Check"))} <select><option value="">{escape(t("all"))}</option>'
    for code in sorted({one.code for one in findings}):
        yield f'<option value="{code}">{code}</option>'
    keys = escape(t("j / k: next, previous"))
    yield f"</select></label> <output></output> <small>{keys}</small></div>\n"
    if not findings:
        yield f"<p>{escape(t('Nothing was found.'))}</p>\n"
    for one in main:
        yield from _finding(alignment, one)
    if notes:
        told = tn("{count} note", "{count} notes", count=len(notes))
        yield f"<details><summary>{escape(told)}</summary>\n"
        for one in notes:
            yield from _finding(alignment, one)
        yield "</details>\n"


def _finding(alignment: Alignment, finding: Finding) -> Iterator[str]:
    yield (
        f'<article class="finding" id="f-{finding.id}" tabindex="0" data-code="{finding.code}" '
        f'data-severity="{finding.severity}" data-status="{finding.status}" '
        f'aria-labelledby="h-{finding.id}">'
        f'<h3 id="h-{finding.id}"><span class="sev {finding.severity}">{escape(t(finding.severity))}</span> '
        f"{finding.code}: {escape(translated(finding.message))}</h3>"
    )
    sure = t("Confidence {confidence}", confidence=f"{finding.confidence:.2f}")
    yield (
        f'<p class="meta">{escape(translated(CHECK_CODES[finding.code].help))} {escape(sure)}; '
        f"{escape(finding.mqm)}; id {finding.id}</p>"
    )
    if finding.status == "accepted":
        yield f'<p class="meta">{escape(t("Accepted: {reason}", reason=finding.reason))}</p>'
    for place in finding.places[:_MOST_PLACES]:
        yield '<div class="texts">'
        yield _side(place.source_text, place.source_spans, alignment.source.lang)
        yield _side(place.target_text, place.target_spans, alignment.target.lang)
        yield "</div>"
        if place.bead is not None:
            where = escape(t("{where} in the text", where=_where(place)))
            yield f'<p class="meta"><a href="#b{place.bead}">{where}</a></p>'
    if len(finding.places) > _MOST_PLACES:
        more = tn(
            "and {count} place more",
            "and {count} places more",
            count=len(finding.places) - _MOST_PLACES,
        )
        yield f'<p class="meta">{escape(more)}</p>'
    yield "</article>\n"


def _where(place: Place) -> str:
    sides = []
    for name, side, numbers in (
        (t("source"), "s", place.source),
        (t("translation"), "t", place.target),
    ):
        if numbers:
            first, last = (f"{side}{number + 1}" for number in (numbers[0], numbers[-1]))
            sides.append(f"{name} {first}" if first == last else f"{name} {first}-{last}")
    return ", ".join(sides)


def _side(text: str, spans: Sequence[tuple[int, int]], lang: str) -> str:
    if not text:
        return f'<div class="none">{escape(t("(nothing)"))}</div>'
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
    yield f'<h2>{escape(t("Both texts"))}</h2>\n<table id="text"><thead><tr>'
    yield f'<th scope="col" class="n">{escape(t("Bead"))}</th>'
    yield f'<th scope="col">{escape(t("Source ({lang})", lang=alignment.source.lang))}</th>'
    yield f'<th scope="col">{escape(t("Translation ({lang})", lang=alignment.target.lang))}</th>'
    yield "</tr></thead><tbody>\n"
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
                    yield f' <a class="sev {one.severity}" href="#f-{one.id}">{one.code}</a>'
                for label in unit.bead.labels:
                    yield f" <small>[{escape(label)}]</small>"
            yield "</td>"
        yield "</tr>\n"
    yield "</tbody></table>\n"
