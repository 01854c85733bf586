"""Two translations of one source in three columns: what each leaves out, adds or changes that the other
does not.

A row is the smallest stretch of the source at whose ends beads of both translations end. Where both
are in one language, words that stand in one of them only are marked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape
from pathlib import Path

from aligner.checks.common import Finding, base, fold, words
from aligner.checks.report.highlights import marked_text
from aligner.model import Alignment, Bead, Document, text_key
from aligner.runtime.places import shown
from aligner.text.speaking import spoken_tag, t, tn, translated

__all__ = ["Translation", "against_section", "same_source"]


@dataclass(frozen=True, slots=True)
class Translation:
    """One translation: its alignment with the source, and the findings that nobody accepted."""

    alignment: Alignment
    findings: Sequence[Finding]


@dataclass(slots=True)
class _Half:
    """What one translation has in a row."""

    text: str
    kinds: list[str]
    findings: dict[tuple[str, str], Finding]


def same_source(first: Alignment, second: Alignment) -> bool:
    """Whether two alignments have the same source, segmented alike."""
    texts = [[text_key(s.text) for s in one.source.segments] for one in (first, second)]
    return texts[0] == texts[1]


def against_section(first: Translation, second: Translation) -> Iterator[str]:
    """The section as HTML; both have the same source (`same_source`)."""
    source = first.alignment.source
    names = _names(first.alignment.target, second.alignment.target)
    rows = list(_rows(first, second))
    differ = sum(_differs(*halves) for _, *halves in rows)
    yield f'<h2 id="against">{escape(t("Two translations of one source"))}</h2>\n'
    counts = [
        sum(len(mine.findings.keys() - other.findings.keys()) for mine, other in pairs)
        for pairs in ([(a, b) for _, a, b in rows], [(b, a) for _, a, b in rows])
    ]
    told = tn(
        "{differ} of {count} stretch differs by a finding or by how it is divided. Findings in {first} only: {mine}; in {second} only: {theirs}.",
        "{differ} of {count} stretches differ by a finding or by how they are divided. Findings in {first} only: {mine}; in {second} only: {theirs}.",
        count=len(rows),
        differ=differ,
        first=names[0],
        mine=counts[0],
        second=names[1],
        theirs=counts[1],
    )
    yield f"<p>{escape(told)}</p>\n"
    yield '<input type="checkbox" id="differing" checked> '
    yield f'<label for="differing">{escape(t("only stretches that differ"))}</label>\n'
    yield '<table id="versions"><thead><tr>'
    for title in (t("Source ({lang})", lang=source.lang), *names):
        yield f'<th scope="col">{escape(title)}</th>'
    yield "</tr></thead><tbody>\n"
    langs = [one.alignment.target.lang for one in (first, second)]
    for (start, end), a, b in rows:
        kind = "" if _differs(a, b) else ' class="same"'
        numbers = f"s{start + 1}" if end - start == 1 else f"s{start + 1}-s{end}"
        text = " ".join(segment.text for segment in source.segments[start:end])
        yield f'<tr{kind}><td lang="{escape(source.lang)}" dir="auto">{escape(text)}'
        yield f" <small>{numbers if end > start else _nothing()}</small></td>"
        marked = (
            _marked(a.text, b.text)
            if base(langs[0]) == base(langs[1])
            else (escape(a.text), escape(b.text))
        )
        for lang, html, mine, other in zip(langs, marked, (a, b), (b, a), strict=True):
            yield f'<td lang="{escape(lang)}" dir="auto">{html or _nothing()}'
            yield from _notes(mine, other)
            yield "</td>"
        yield "</tr>\n"
    yield "</tbody></table>\n"


def _nothing() -> str:
    return f'<span class="none" lang="{spoken_tag()}">{escape(t("(nothing)"))}</span>'


def _names(first: Document, second: Document) -> tuple[str, str]:
    """How to call the translations: by translator or outlet, where that is one name with the file too, else
    by the file; numbered where nothing tells them apart.
    """
    makers = [
        next(iter([*one.metadata.get("translator", ()), *one.metadata.get("outlet", ())]), "")
        for one in (first, second)
    ]
    files = [Path(shown(one.origin)).name or one.id for one in (first, second)]
    if makers[0] == makers[1] and files[0] != files[1]:
        makers = [", ".join(filter(None, pair)) for pair in zip(makers, files, strict=True)]
    names = [
        f"{maker or file} ({one.lang})"
        for maker, file, one in zip(makers, files, (first, second), strict=True)
    ]
    return (names[0], names[1]) if names[0] != names[1] else (f"1: {names[0]}", f"2: {names[1]}")


def _rows(
    first: Translation, second: Translation
) -> Iterator[tuple[tuple[int, int], _Half, _Half]]:
    """(start, end) in the source, and what both have there."""
    cuts = [_ends(one.alignment.beads) for one in (first, second)]
    ends = sorted((cuts[0] & cuts[1]) - {0}) or [0]
    halves = [_halves(one, ends) for one in (first, second)]
    start = 0
    for end, a, b in zip(ends, *halves, strict=True):
        yield (start, end), a, b
        start = end


def _ends(beads: Sequence[Bead]) -> set[int]:
    return {bead.source.stop for bead in beads if bead.source}


def _halves(version: Translation, ends: Sequence[int]) -> list[_Half]:
    """The rows of one translation; what has no source belongs to the row before it."""
    made = [_Half("", [], {}) for _ in ends]
    by_bead: dict[int, dict[tuple[str, str], Finding]] = {}
    for finding in version.findings:
        for place in finding.places:
            if place.bead is not None:
                key = (finding.code, fold(finding.cause))
                by_bead.setdefault(place.bead, {})[key] = finding
    row = 0
    for number, (bead, _, target) in enumerate(version.alignment.pairs()):
        while bead.source and row < len(ends) - 1 and bead.source.start >= ends[row]:
            row += 1
        half = made[row]
        half.text = " ".join(filter(None, [half.text, *(segment.text for segment in target)]))
        half.kinds.append(bead.kind)
        half.findings.update(by_bead.get(number, {}))
    return made


def _differs(first: _Half, second: _Half) -> bool:
    return first.findings.keys() != second.findings.keys() or first.kinds != second.kinds


def _notes(mine: _Half, other: _Half) -> Iterator[str]:
    """What this translation has alone, and how it divides the stretch where the other divides it
    otherwise.
    """
    if mine.kinds != other.kinds:
        yield f" <small>{escape(' '.join(mine.kinds))}</small>"
    for key in sorted(mine.findings.keys() - other.findings.keys()):
        one = mine.findings[key]
        yield (
            f'<p class="only" lang="{spoken_tag()}"><span class="sev {one.severity}">'
            f"{escape(t(one.severity))}</span> {one.code}: {escape(translated(one.message))}</p>"
        )


def _marked(first: str, second: str) -> tuple[str, str]:
    """Both texts as HTML, with `mark` around words that the other one has not in that place."""
    sides = [words(text) for text in (first, second)]
    keys = [[word.key for word in side] for side in sides]
    made: list[list[tuple[int, int]]] = [[], []]
    for what, a, b, c, d in SequenceMatcher(a=keys[0], b=keys[1], autojunk=False).get_opcodes():
        if what != "equal":
            for side, start, end in ((0, a, b), (1, c, d)):
                if end > start:
                    made[side].append((sides[side][start].start, sides[side][end - 1].end))
    return marked_text(first, made[0]), marked_text(second, made[1])
