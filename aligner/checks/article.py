"""A whole alignment checked: pairs, and what only the article shows.

Null beads are omissions and additions (`runs.py`), or page boilerplate (`boilerplate.py`). Over all beads: the order
of segments, one text translated in several ways, segments that stand twice, lengths that stand out
against the article's own ratio, beads whose two sides hardly mean the same, speakers.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

import numpy as np

from aligner.checks.bilingual import join_bilingual
from aligner.checks.boilerplate import boilerplate_beads
from aligner.checks.common import (
    BeadTexts,
    Finding,
    Hit,
    Setting,
    SumsOf,
    base,
    bead_texts,
    finding_of,
    fold,
    gather,
    length_ratio,
    letters_in,
    words,
)
from aligner.checks.facing import join_facing
from aligner.checks.glued import glued_rows, without_glued
from aligner.checks.marks import has_quotation
from aligner.checks.moved import FindingRow, join_moved, moved_letters
from aligner.checks.once import without_doubles
from aligner.checks.pairs import Checker, TextPair
from aligner.checks.running import input_of
from aligner.checks.runs import join_untranslated, null_rows, without_references
from aligner.checks.terms import check_terms
from aligner.formats.glossaries import Term
from aligner.model import Alignment, Document, Segment

__all__ = ["check_alignment"]

Progress = Callable[[str, int, int], None]

_LENGTH_Z = 3.5  # standard deviations of the log ratio
_LENGTH_LETTERS = 30  # and so many letters beside what is usual
_DIVERGENT = 0.22  # similarity under which two texts of some length hardly mean the same
_DIVERGENT_WORDS = 6
_ALIKE = 88  # percent of likeness under which two translations differ
_AGAIN = 60  # percent of likeness from which two sources may have one translation
_FEW = 3  # words of a segment that may be translated anyhow ("Sí.")
_HABIT, _HABITUAL = 3, 0.25  # places without quotation marks, and share of all, that are a habit
_DISPLAY = frozenset(("title", "heading", "caption", "cell"))
_OWN_RATIO = 15  # beads from which the article's own length ratio is used


def check_alignment(
    alignment: Alignment,
    sums_of: SumsOf,
    *,
    terms: Sequence[Term] = (),
    left_out: frozenset[int] = frozenset(),
    also: frozenset[str] = frozenset(),
    judged_as: str = "",
    progress: Progress | None = None,
) -> tuple[list[Finding], str]:
    """All findings of an alignment in order of the text, one a cause; none in the beads `left_out`.
    `also`: checks that are off by themselves. `judged_as`: one of `INPUTS`, "" for what the text is by
    `running.py`; which it was is returned too.

    Raises ModelError where the trained models are missing.
    """
    units = [unit for unit in bead_texts(alignment) if unit.number not in left_out]
    page = boilerplate_beads(units)
    both = [unit for unit in units if unit.source and unit.target and unit.number not in page]
    checker = Checker(
        alignment.source.lang, alignment.target.lang, sums_of, _own_ratio(both), also=also
    )
    pairs = [TextPair(unit.source_text, unit.target_text) for unit in both]
    checker.learn(pairs)
    rows: list[FindingRow] = []
    for done, (unit, hits) in enumerate(zip(both, checker.hits(pairs), strict=True)):
        if progress is not None:
            progress("checking", done + 1, len(both))
        rows += [(unit, hit, unit.place(hit.source, hit.target)) for hit in hits]
    rows = without_references(_without_habit(rows, both), alignment)
    rows = join_untranslated(rows, alignment)
    glued = list(glued_rows(both, sums_of))
    rows = [*without_glued(rows, glued), *glued, *null_rows(units, alignment, page)]
    rows = join_facing(join_bilingual(rows, units, sums_of), units, sums_of)
    rows = join_moved(rows, units, sums_of)
    divergent = list(_divergent(both, checker.likeness))
    # of two texts that hardly mean the same nothing else is told
    apart = {unit.number for unit, _, _ in divergent}
    rows = [row for row in rows if row[0].number not in apart]
    rows += (
        *_speakers(units, alignment),
        *_repeated(units),
        *_inconsistent(both),
        *without_glued(list(_lengths(both, alignment, moved_letters(rows))), glued),
        *divergent,
        *check_terms(both, terms, (alignment.source.lang, alignment.target.lang)),
    )
    rows.sort(key=lambda row: row[0].number)
    hits_of_all = (hit for _, hit, _ in rows)
    judged_as = judged_as or input_of(alignment, checker.neighbours, hits_of_all)
    lang = alignment.target.lang
    findings = [
        (unit.number, finding_of(hit, place, lang, _setting(unit, alignment, judged_as)))
        for unit, hit, place in rows
    ]
    langs = (alignment.source.lang, lang)
    once = (
        one
        for _, group in groupby(findings, key=lambda row: row[0])
        for one in without_doubles([finding for _, finding in group], langs)
    )
    return gather(once), judged_as


def _setting(unit: BeadTexts, alignment: Alignment, judged_as: str) -> Setting:
    first = (unit.source or unit.target)[0]
    document = alignment.source if unit.source else alignment.target
    display = document.paragraphs[first.paragraph].kind in _DISPLAY
    return Setting(judged_as, display)


def _without_habit(rows: Sequence[FindingRow], both: Sequence[BeadTexts]) -> list[FindingRow]:
    """The findings, those of quotation marks notes where the translation does without them again and
    again: for terms, or for speech that the page sets off by its layout.
    """
    quoted = sum(has_quotation(unit.source_text) for unit in both)
    lost = [n for n, row in enumerate(rows) if row[1].code == "quotation" and row[1].source]
    if len(lost) < _HABIT or len(lost) < _HABITUAL * quoted:
        return list(rows)
    where = f"; so in {len(lost)} of {quoted} places"
    return [
        (unit, replace(hit, severity="note", message=hit.message + where), place)
        if n in set(lost)
        else (unit, hit, place)
        for n, (unit, hit, place) in enumerate(rows)
    ]


def _own_ratio(both: Sequence[BeadTexts]) -> float | None:
    if len(both) < _OWN_RATIO:
        return None
    return float(np.median([_log_ratio(unit) for unit in both]))


def _log_ratio(unit: BeadTexts) -> float:
    return _z(letters_in(unit.source_text), letters_in(unit.target_text), 0.0, 1.0)


def _speaker(document: Document, segments: Sequence[Segment]) -> str:
    names = {document.paragraphs[segment.paragraph].speaker or "" for segment in segments}
    return names.pop() if len(names) == 1 else ""


def _speakers(units: Sequence[BeadTexts], alignment: Alignment) -> Iterator[FindingRow]:
    """A turn whose label names another speaker of the text."""
    from rapidfuzz import fuzz

    rows = [
        (unit, _speaker(alignment.source, unit.source), _speaker(alignment.target, unit.target))
        for unit in units
        if unit.source and unit.target
    ]
    known = {fold(a) for _, a, _ in rows if a} | {fold(b) for _, _, b in rows if b}
    together: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for _, a, b in rows:
        if a and b:
            together[fold(a)][fold(b)] += 1
    last: tuple[str, str] | None = None
    for unit, a, b in rows:
        left, right = fold(a), fold(b)
        if not a or not b or fuzz.partial_ratio(left, right) >= _ALIKE:
            last = None
            continue
        same = [
            name for name in known if name != right and fuzz.partial_ratio(left, name) >= _ALIKE
        ]
        counts = together[left]
        best = max(counts, key=lambda name: counts[name])
        named = any(name in {fold(x) for _, _, x in rows} for name in same)
        clear = counts[best] > 1 and counts[best] >= 0.75 * sum(counts.values()) and best != right
        if (named or clear) and (left, right) != last:
            hit = Hit(
                "speaker",
                "critical",
                0.85,
                f"{a} is printed as {b}",
                ((0, len(unit.source_text)),),
                ((0, len(unit.target_text)),),
                f"{left}>{right}",
            )
            yield unit, hit, unit.place(hit.source, hit.target)
        last = (left, right)


def _key(text: str) -> str:
    return " ".join(w.key for w in words(text) if w.is_word or w.key.isdigit())


def _repeated(units: Sequence[BeadTexts]) -> Iterator[FindingRow]:
    """A segment of the translation that stands twice while nothing like it does in the source."""
    from rapidfuzz import fuzz

    sources = [_key(unit.source_text) for unit in units]
    kept = frozenset(sources)
    seen: dict[str, int] = {}
    for place, unit in enumerate(units):
        key = _key(unit.target_text)
        if len(key.split()) <= _FEW + 1 or key in kept:
            continue  # short, or left in the language of the source, which is a finding of its own
        before = seen.get(key)
        if before is not None and fuzz.ratio(sources[before], sources[place]) < _AGAIN:
            span = ((0, len(unit.target_text)),)
            hit = Hit(
                "repeated",
                "minor",
                0.7,
                "this text stands in the translation before",
                (),
                span,
                key[:120],
            )
            yield unit, hit, unit.place((), span)
        seen.setdefault(key, place)


def _inconsistent(both: Sequence[BeadTexts]) -> Iterator[FindingRow]:
    """One source segment, different translations; or different sources, one translation."""
    from rapidfuzz import fuzz

    for side, message in ((0, "the same source was translated in another way before"),):
        groups: dict[str, list[BeadTexts]] = defaultdict(list)
        for unit in both:
            key = _key((unit.source_text, unit.target_text)[side])
            if len(key.split()) >= _FEW and key != _key(unit.target_text):
                groups[key].append(unit)
        for key, group in groups.items():
            first = _key((group[0].target_text, group[0].source_text)[side])
            for unit in group[1:]:
                other = _key((unit.target_text, unit.source_text)[side])
                if fuzz.ratio(first, other) < _ALIKE:
                    spans = ((0, len(unit.source_text)),), ((0, len(unit.target_text)),)
                    hit = Hit("inconsistent", "minor", 0.6, message, *spans, key[:120])
                    yield unit, hit, unit.place(*spans)


def _lengths(
    both: Sequence[BeadTexts],
    alignment: Alignment,
    moved: Mapping[tuple[int, tuple[int, ...]], int],
) -> Iterator[FindingRow]:
    """Length ratios that stand out against the article's own (Poirier 2021), without letters that moved."""
    if len(both) < _OWN_RATIO:
        middle, spread = (
            length_ratio(base(alignment.source.lang), base(alignment.target.lang)),
            0.25,
        )
    else:
        values = np.array([_log_ratio(unit) for unit in both])
        middle = float(np.median(values))
        spread = max(0.12, 1.4826 * float(np.median(np.abs(values - middle))))
    for unit in both:
        left, right = letters_in(unit.source_text), letters_in(unit.target_text)
        z = _z(left, right, middle, spread)
        rest = (
            max(0, left - moved.get((0, tuple(unit.bead.source)), 0)),
            max(0, right - moved.get((1, tuple(unit.bead.target)), 0)),
        )
        if abs(_z(*rest, middle, spread)) < abs(z):
            (left, right), z = rest, _z(*rest, middle, spread)
        usual = left * math.exp(middle)
        off = abs(right - usual)
        if abs(z) >= _LENGTH_Z and off >= _LENGTH_LETTERS:
            word = "longer" if z > 0 else "shorter"
            spans = ((0, len(unit.source_text)),), ((0, len(unit.target_text)),)
            hit = Hit(
                "length",
                "note",
                0.4,
                f"the translation is {word} than usual here: {right} letters "
                f"for {left}, {usual:.0f} would be usual",
                *spans,
                _key(unit.source_text)[:80],
            )
            yield unit, hit, unit.place(*spans)


def _z(left: int, right: int, middle: float, spread: float) -> float:
    """How far a ratio of letters is from the middle, in spreads."""
    return (math.log((right + 5) / (left + 5)) - middle) / spread


def _divergent(both: Sequence[BeadTexts], likeness: Sequence[float]) -> Iterator[FindingRow]:
    """Two texts of some length that hardly mean the same."""
    for unit, value in zip(both, likeness, strict=True):
        shorter = min(len(words(unit.source_text)), len(words(unit.target_text)))
        if value < _DIVERGENT and shorter >= _DIVERGENT_WORDS:
            spans = ((0, len(unit.source_text)),), ((0, len(unit.target_text)),)
            hit = Hit(
                "divergent",
                "major",
                0.7,
                f"the two texts hardly mean the same (similarity {value:.2f})",
                *spans,
                _key(unit.source_text)[:80],
            )
            yield unit, hit, unit.place(*spans)
