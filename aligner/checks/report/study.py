"""The study view: what a reader of the translation as a translation asks.

- who speaks, and in which section: letters, length ratio, coverage, findings by severity
- shifts by kind: the findings by check, the labels that people put on beads
- habits: how often the translator splits and merges sentences, with examples
- the same as tables to take away (CSV, RFC 4180), inside the page
"""

from __future__ import annotations

import base64
import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from aligner.checks.common import CHECK_CODES, BeadTexts, Finding, letters_in, shortened
from aligner.checks.report.summary import NOBODY, Group, Summary, sections_of, speakers_of
from aligner.model import Alignment
from aligner.text.speaking import spoken_tag, t, tn, translated

__all__ = ["beads_csv", "findings_csv", "study_section"]

_SEVERITIES = ("critical", "major", "minor", "note")
_EXAMPLES = 2  # of a type of bead
_LONGEST = 220  # letters of an example


@dataclass(frozen=True, slots=True)
class _Row:
    """One speaker or section: letters of beads with both sides, and its open findings."""

    name: str
    beads: int
    source: int
    target: int
    covered: float | None  # None where it cannot be told
    severities: Counter[str]

    @property
    def ratio(self) -> str:
        """Letters of the translation for one of the source, in linked beads; "" for none."""
        return f"{self.target / self.source:.2f}" if self.source else ""


def study_section(
    alignment: Alignment,
    units: Sequence[BeadTexts],
    findings: Sequence[Finding],
    summary: Summary,
) -> Iterator[str]:
    """The section as HTML."""
    yield f'<h2 id="study">{escape(t("Study"))}</h2>\n'
    open_ = [one for one in findings if one.status == "open"]
    groups = (
        ("speaker", t("Speaker"), speakers_of(alignment, units), summary.speakers),
        ("section", t("Section"), sections_of(alignment, units), summary.sections),
    )
    known = summary.nulls_seen
    whole = _row(
        (t("The whole text"), list(units)), open_, summary.whole.covered if known else None
    )
    for key, name, listed, shares in groups:
        if listed:
            covered = [share.covered if known else None for share in shares]
            rows = [_row(group, open_, c) for group, c in zip(listed, covered, strict=True)]
            yield from _groups(key, name, [*rows, whole])
    if not any(listed for _, _, listed, _ in groups):
        yield from _groups("part", t("Part"), [whole])
    yield from _shifts(open_, summary)
    yield from _habits(units, alignment)
    yield from _downloads(alignment, units, findings)


def _covered(row: _Row) -> str:
    if row.covered is None:
        return f"<td>{escape(t('cannot be told'))}</td>"
    share = f"{100 * row.covered:.0f}"
    return f'<td>{share} %<div class="bar" aria-hidden="true"><i style="width:{share}%"></i></div></td>'


def _row(group: Group, findings: Sequence[Finding], covered: float | None) -> _Row:
    name, units = group
    both = [unit for unit in units if unit.source and unit.target]
    mine = {unit.number for unit in units}
    return _Row(
        name,
        len(units),
        sum(letters_in(unit.source_text) for unit in both),
        sum(letters_in(unit.target_text) for unit in both),
        covered,
        Counter(f.severity for f in findings if any(p.bead in mine for p in f.places)),
    )


def _groups(key: str, name: str, rows: Sequence[_Row]) -> Iterator[str]:
    yield f'<table class="study" id="by-{key}"><thead><tr><th scope="col">{escape(name)}</th>'
    for title in (t("Beads"), t("Letters"), t("In translation"), t("Ratio")):
        yield f'<th scope="col" class="n">{escape(title)}</th>'
    yield f'<th scope="col">{escape(t("Covered"))}</th>'
    yield from _severity_heads()
    yield "</tr></thead><tbody>\n"
    for row in rows:
        yield (
            f'<tr><th scope="row">{escape(_named(row.name))}</th>'
            f'<td class="n">{row.beads:,}</td><td class="n">{row.source:,}</td>'
            f'<td class="n">{row.target:,}</td><td class="n">{row.ratio}</td>'
            f"{_covered(row)}"
        )
        for severity in _SEVERITIES:
            yield f'<td class="n">{row.severities[severity] or ""}</td>'
        yield "</tr>\n"
    yield "</tbody></table>\n"


def _severity_heads() -> Iterator[str]:
    for severity in _SEVERITIES:
        yield f'<th scope="col" class="n">{escape(t(severity))}</th>'


def _named(name: str) -> str:
    """The name of a part as a person reads it; those without one are called so."""
    if name == NOBODY:
        return t("(no speaker named)")
    return name or t("(before the first heading)")


def _shifts(findings: Sequence[Finding], summary: Summary) -> Iterator[str]:
    """Findings by check, and labels of people."""
    kinds = Counter(one.code for one in findings)
    if kinds:
        yield '<table class="study" id="by-kind"><thead><tr>'
        for title in (t("Shift"), t("What it is"), t("Class (MQM)")):
            yield f'<th scope="col">{escape(title)}</th>'
        yield from _severity_heads()
        yield f'<th scope="col" class="n">{escape(t("all"))}</th></tr></thead><tbody>\n'
        for code, count in sorted(kinds.items(), key=lambda item: (-item[1], item[0])):
            by = Counter(one.severity for one in findings if one.code == code)
            yield (
                f'<tr><th scope="row">{code}</th><td>{escape(translated(CHECK_CODES[code].help))}</td>'
                f"<td>{escape(CHECK_CODES[code].mqm)}</td>"
            )
            for severity in _SEVERITIES:
                yield f'<td class="n">{by[severity] or ""}</td>'
            yield f'<td class="n">{count}</td></tr>\n'
        yield "</tbody></table>\n"
    if summary.labels:
        yield '<table class="study" id="by-label"><thead><tr>'
        yield f'<th scope="col">{escape(t("Label of beads"))}</th>'
        yield f'<th scope="col" class="n">{escape(t("Beads"))}</th></tr></thead><tbody>\n'
        for label, count in summary.labels:
            yield f'<tr><th scope="row">{escape(label)}</th><td class="n">{count}</td></tr>\n'
        yield "</tbody></table>\n"


def _habits(units: Sequence[BeadTexts], alignment: Alignment) -> Iterator[str]:
    """Types of beads with examples; of those that keep a sentence a sentence one is enough."""
    types: dict[str, list[BeadTexts]] = {}
    for unit in units:
        types.setdefault(unit.bead.kind, []).append(unit)
    both = [unit for unit in units if unit.source and unit.target]
    split = sum(len(unit.source) == 1 < len(unit.target) for unit in both)
    merged = sum(len(unit.target) == 1 < len(unit.source) for unit in both)
    other = sum(len(unit.source) > 1 < len(unit.target) for unit in both)
    if not both:
        return
    told = tn(
        "{count} bead has both sides. One segment is kept as one: {kept}; split: {split}; several merged: {merged}; divided in another way: {other}.",
        "{count} beads have both sides. One segment is kept as one: {kept}; split: {split}; several merged: {merged}; divided in another way: {other}.",
        count=len(both),
        kept=len(both) - split - merged - other,
        split=split,
        merged=merged,
        other=other,
    )
    yield f'<p id="habits">{escape(told)}</p>\n'
    yield f'<table class="study" id="by-type"><thead><tr><th scope="col">{escape(t("Bead"))}</th>'
    for title in (t("Number"), t("Share")):
        yield f'<th scope="col" class="n">{escape(title)}</th>'
    for title in (
        t("Source, for example ({lang})", lang=alignment.source.lang),
        t("Translation, for example ({lang})", lang=alignment.target.lang),
    ):
        yield f'<th scope="col">{escape(title)}</th>'
    yield "</tr></thead><tbody>\n"
    for kind, members in sorted(types.items(), key=lambda item: (-len(item[1]), item[0])):
        shown = _examples(members, 1 if kind == "1-1" else _EXAMPLES)
        height = len(shown)
        head = (
            f'<th scope="rowgroup" rowspan="{height}">{kind}</th>'
            f'<td class="n" rowspan="{height}">{len(members)}</td>'
            f'<td class="n" rowspan="{height}">{100 * len(members) / len(units):.1f} %</td>'
        )
        for unit in shown:
            yield f"<tr>{head}{_example(unit, alignment)}</tr>\n"
            head = ""
    yield "</tbody></table>\n"


def _examples(members: Sequence[BeadTexts], most: int) -> list[BeadTexts]:
    """The surest ones that are short enough to be shown, in order of the text."""
    fit = [u for u in members if len(u.source_text) + len(u.target_text) <= 2 * _LONGEST]
    best = sorted(fit or members, key=lambda u: (-(u.bead.confidence or 0.0), u.number))
    return sorted(best[:most], key=lambda unit: unit.number)


def _example(unit: BeadTexts, alignment: Alignment) -> str:
    sides = (
        (unit.source, alignment.source.lang),
        (unit.target, alignment.target.lang),
    )
    cells = []
    for segments, lang in sides:
        # where one segment ends must show
        text = " | ".join(shortened(segment.text, _LONGEST) for segment in segments)
        shown = (
            escape(text)
            or f'<span class="none" lang="{spoken_tag()}">{escape(t("(nothing)"))}</span>'
        )
        cells.append(f'<td lang="{escape(lang)}" dir="auto">{shown}')
    return f'{cells[0]} <a href="#b{unit.number}">{unit.number + 1}</a></td>{cells[1]}</td>'


def _downloads(
    alignment: Alignment, units: Sequence[BeadTexts], findings: Sequence[Finding]
) -> Iterator[str]:
    yield '<p class="downloads">'
    for name, text in (
        ("findings.csv", findings_csv(alignment, units, findings)),
        ("beads.csv", beads_csv(alignment, units)),
    ):
        # the mark tells spreadsheets that it is UTF-8
        data = base64.b64encode(b"\xef\xbb\xbf" + text.encode("utf-8", "backslashreplace")).decode()
        yield f'<a download="{name}" href="data:text/csv;charset=utf-8;base64,{data}">{name}</a> '
    yield f"<small>{escape(t('tables of this report, for a spreadsheet or R'))}</small></p>\n"


def findings_csv(
    alignment: Alignment, units: Sequence[BeadTexts], findings: Sequence[Finding]
) -> str:
    """A row a place of a finding; segments count from 1, as people count (`s14`)."""
    where = _where(alignment, units)
    rows = (
        (
            one.id,
            one.code,
            one.mqm,
            one.severity,
            f"{one.confidence:.3f}",
            one.status,
            one.message,
            *where.get(-1 if place.bead is None else place.bead, ("", "", "")),
            _ids("s", place.source),
            _ids("t", place.target),
            place.source_text,
            place.target_text,
        )
        for one in findings
        for place in one.places
    )
    head = "id code class severity confidence status message type section speaker"
    return _csv([*head.split(), "source_ids", "target_ids", "source", "target"], rows)


def beads_csv(alignment: Alignment, units: Sequence[BeadTexts]) -> str:
    """A row a bead: its type, section and speaker, letters of both sides, confidence and labels."""
    where = _where(alignment, units)
    rows = (
        (
            str(unit.number + 1),
            *where[unit.number],
            _ids("s", unit.bead.source),
            _ids("t", unit.bead.target),
            str(letters_in(unit.source_text)),
            str(letters_in(unit.target_text)),
            "" if unit.bead.confidence is None else f"{unit.bead.confidence:.3f}",
            "; ".join(unit.bead.labels),
        )
        for unit in units
    )
    head = "bead type section speaker source_ids target_ids source_letters target_letters"
    return _csv([*head.split(), "confidence", "labels"], rows)


def _where(alignment: Alignment, units: Sequence[BeadTexts]) -> dict[int, tuple[str, str, str]]:
    """Type, section and speaker of every bead."""
    sections = {u.number: name for name, part in sections_of(alignment, units) for u in part}
    speakers = {u.number: name for name, part in speakers_of(alignment, units) for u in part}
    return {
        unit.number: (
            unit.bead.kind,
            sections.get(unit.number, ""),
            speakers.get(unit.number, ""),
        )
        for unit in units
    }


def _ids(side: str, numbers: Iterable[int]) -> str:
    return " ".join(f"{side}{number + 1}" for number in numbers)


def _csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO()
    table = csv.writer(out)
    table.writerow(head)
    table.writerows(rows)
    return out.getvalue()
