"""Where the tags of a segment stand in its translation.

Where the file of the translation has the same tags in it, they stand there. Else tags at the border of
words that look apart (bold, a link) stand at the border of the words that look so in the translation;
where that has them in another way, as words that stand in it as they are or links between words say
(`filling.placing`). Notes, pictures and breaks go in order. Tags of Word that change nothing that is
seen keep their place between the others, at the nearest word.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from aligner.documents.filling import Link, placed
from aligner.documents.filling.regions import LookGroup, TextRegion
from aligner.documents.omegat.texts import TextTag
from aligner.model import Document, Segment, Unit, Variant
from aligner.text.trace import visible_in

__all__ = ["Dressed", "carried", "dressed"]

_LOOKS = frozenset(("bold", "italic", "underline", "link", "sup", "sub", "code"))
_POINTS = frozenset(("note", "break", "image", "tab"))
_NONE: frozenset[str] = frozenset()


class Dressed(NamedTuple):
    """The visible characters of a text, how each looks, and what stands between them (place, kind)."""

    bare: str
    looks: tuple[frozenset[str], ...]
    points: tuple[tuple[int, str], ...]


class _Run(NamedTuple):
    start: int
    end: int
    look: frozenset[str]


def dressed(document: Document, segments: Sequence[Segment]) -> Dressed:
    """Segments of a document with their formatting, one after another."""
    bare: list[str] = []
    looks: list[frozenset[str]] = []
    points: list[tuple[int, str]] = []
    for segment in segments:
        spans = document.paragraphs[segment.paragraph].spans
        text, offsets = visible_in(segment.text)
        places = [segment.start + offset for offset in offsets]
        points += [
            (len(looks) + bisect_left(places, span.start), span.kind)
            for span in spans
            if span.start == span.end
            and span.kind in _POINTS
            and segment.start <= span.start <= segment.end
        ]
        looks += [
            frozenset(
                span.kind for span in spans if span.kind in _LOOKS and span.start <= at < span.end
            )
            for at in places
        ]
        bare.append(text)
    return Dressed("".join(bare), tuple(looks), tuple(points))


def carried(
    text: str,
    tags: Sequence[TextTag],
    source: Dressed,
    translation: str,
    target: Dressed,
    own: Sequence[TextTag] | None = None,
    link: Link | None = None,
) -> tuple[TextTag, ...] | None:
    """The tags of `text` in `translation`; None where it is not clear where they belong. `own`: those
    that OmegaT puts into the translation, `place` in visible characters (`TextsOf.tags`).
    """
    bare, offsets = visible_in(text)
    there, target_offsets = visible_in(translation)
    if bare != source.bare or there != target.bare or not there:
        return None
    places = [bisect_left(offsets, tag.place) for tag in tags]
    words = [
        place for place, at in enumerate(target_offsets) if at == 0 or translation[at - 1].isspace()
    ]
    made = None if own is None else _as_own(tags, places, source, own, target)
    if made is None:
        wanted = _Wanted(source, target, places, tags, [*words, len(there)])
        made = wanted.places(_runs_of(wanted, text, translation, link))
    if made is None:
        return None
    order = list(range(len(tags)))
    if any(a > b for a, b in pairwise(made)):
        ranks = {"end": 0, "alone": 1, "begin": 2}
        order.sort(key=lambda n: (made[n], ranks[tags[n].role], n))
        if not _nests([tags[n] for n in order]):
            return None
    out: list[TextTag] = []
    for number in order:
        tag, place = tags[number], made[number]
        behind = tag.role == "end" or (
            tag.role == "alone" and _is_behind(tag, places[number], offsets)
        )
        if place == 0:
            at = 0
        elif place == len(there):
            at = len(translation)
        else:
            at = target_offsets[place - 1] + 1 if behind else target_offsets[place]
        out.append(tag._replace(place=max(at, out[-1].place if out else 0)))
    return tuple(out)


def _as_own(
    tags: Sequence[TextTag],
    places: Sequence[int],
    source: Dressed,
    own: Sequence[TextTag],
    target: Dressed,
) -> list[int] | None:
    """The places of the same tags in the translation: in the same order, or each kind in its order;
    None where there are others. Tags that Word's are joined to are the same where the words around
    look the same.
    """
    mine = [
        (_letters(tag), *_around(source, at, tag)) for tag, at in zip(tags, places, strict=True)
    ]
    theirs = [(_letters(tag), *_around(target, tag.place, tag)) for tag in own]
    if mine == theirs:
        return [tag.place for tag in own]
    if Counter(mine) != Counter(theirs) or any(tag.role == "alone" for tag in tags):
        return None
    there = {
        key: [tag.place for k, tag in zip(theirs, own, strict=True) if k == key] for key in mine
    }
    return [there[key].pop(0) for key in mine]


def _letters(tag: TextTag) -> str:
    return re.sub(r"\d", "", tag.markup)


def _around(one: Dressed, place: int, tag: TextTag) -> tuple[frozenset[str], ...]:
    """How the words before and behind a tag look, for a tag that does not say what it does."""
    if tag.role != "alone":
        return ()
    return tuple(one.looks[at] if 0 <= at < len(one.looks) else _NONE for at in (place - 1, place))


def _is_behind(tag: TextTag, place: int, offsets: Sequence[int]) -> bool:
    """Whether a tag stands right behind a word, white space after it."""
    return place > 0 and tag.place == offsets[place - 1] + 1


def _nests(tags: Sequence[TextTag]) -> bool:
    opened: list[str] = []
    for tag in tags:
        if tag.role == "begin":
            opened.append(tag.markup[1:])
        elif tag.role == "end" and tag.markup[2:] in opened and opened.pop() != tag.markup[2:]:
            return False
    return True


def _runs(one: Dressed) -> list[_Run]:
    """Neighbouring characters that look apart in the same way."""
    runs: list[_Run] = []
    for place, look in enumerate(one.looks):
        if runs and runs[-1].end == place and runs[-1].look == look:
            runs[-1] = runs[-1]._replace(end=place + 1)
        elif look:
            runs.append(_Run(place, place + 1, look))
    return runs


class _Wanted:
    """The tags of one segment, and what of it has to be found in the translation."""

    def __init__(
        self,
        source: Dressed,
        target: Dressed,
        places: Sequence[int],
        tags: Sequence[TextTag],
        words: Sequence[int],
    ) -> None:
        self.source, self.target, self.words = source, target, words
        self.at, self.tags = places, tags
        tagged = set(places)
        self.runs = [run for run in _runs(source) if {run.start, run.end} & tagged]
        borders = {place for run in self.runs for place in (run.start, run.end)}
        points = {place for place, _ in source.points}
        self.points = sorted(tagged & points)
        self.pairs = self._unseen(borders)

    def _unseen(self, borders: set[int]) -> list[_Run]:
        """Words between a begin and its end that look apart in a way that is not known."""
        opened: list[tuple[str, int]] = []
        made: list[_Run] = []
        for tag, place in zip(self.tags, self.at, strict=True):
            if tag.role == "begin":
                opened.append((tag.markup[1:], place))
            elif tag.role == "end":
                starts = [at for name, at in opened if name == tag.markup[2:]]
                if starts and starts[-1] < place and not {starts[-1], place} <= borders:
                    made.append(_Run(starts[-1], place, frozenset((tag.markup,))))
        size = len(self.source.bare)
        return [run for run in made if (run.start, run.end) != (0, size)]

    def places(self, runs: Mapping[_Run, tuple[int, int]] | None) -> list[int] | None:
        """Of each tag where it stands in the translation, in visible characters."""
        points = self._points()
        if runs is None or points is None:
            return None
        starts = {run.start: place[0] for run, place in runs.items()}
        ends = {run.end: place[1] for run, place in runs.items()}
        size = len(self.source.bare), len(self.target.bare)
        anchors = sorted([(0, 0), *starts.items(), *ends.items(), *points.items(), size])
        made: list[int] = []
        for tag, at in zip(self.tags, self.at, strict=True):
            first, second = (ends, starts) if tag.role == "end" else (starts, ends)
            if tag.role == "alone" and at in points:
                place = points[at]
            elif tag.role == "alone" and at in starts and at in ends and starts[at] != ends[at]:
                return None
            elif at in first:
                place = first[at]
            elif at in second:
                place = second[at]
            elif at in (0, size[0]):
                place = size[1] if at else 0
            else:
                between = self._between(at, anchors, runs)
                if between is None:
                    return None
                place = between
            made.append(place)
        return made

    def _points(self) -> dict[int, int] | None:
        """Places of notes, pictures and breaks -> theirs in the translation, kind by kind."""
        if not self.points:
            return {}
        if Counter(kind for _, kind in self.source.points) != Counter(
            kind for _, kind in self.target.points
        ):
            return None
        made: dict[int, int] = {}
        for kind in {kind for _, kind in self.source.points}:
            mine = sorted(place for place, one in self.source.points if one == kind)
            theirs = sorted(place for place, one in self.target.points if one == kind)
            made |= dict(zip(mine, theirs, strict=True))
        return made

    def _between(
        self, at: int, anchors: Sequence[tuple[int, int]], runs: Mapping[_Run, tuple[int, int]]
    ) -> int | None:
        """The place of a tag that changes nothing that is seen: as far from its neighbours."""
        inside = [(run, place) for run, place in runs.items() if run.start < at < run.end]
        if inside:
            run, place = inside[0]
            low, high = (run.start, place[0]), (run.end, place[1])
        else:
            low = max(one for one in anchors if one[0] <= at)
            high = min(one for one in anchors if one[0] >= at)
        if low[1] > high[1]:
            return None
        wanted = low[1] + (at - low[0]) / max(high[0] - low[0], 1) * (high[1] - low[1])
        there = [place for place in self.words if low[1] <= place <= high[1]]
        return min([*there, low[1], high[1]], key=lambda place: abs(place - wanted))


def _runs_of(
    wanted: _Wanted, text: str, translation: str, link: Link | None
) -> dict[_Run, tuple[int, int]] | None:
    """Where the words that look apart stand in the translation."""
    theirs = _runs(wanted.target)
    runs = [*wanted.runs, *wanted.pairs]
    if not runs:
        return {}
    if not wanted.pairs:
        mine = _runs(wanted.source)
        looks = [run.look for run in mine], [run.look for run in theirs]
        if looks[0] == looks[1]:
            return {a: (b.start, b.end) for a, b in zip(mine, theirs, strict=True)}
        if Counter(looks[0]) == Counter(looks[1]) and len(set(looks[0])) == len(looks[0]):
            by_look = {run.look: (run.start, run.end) for run in theirs}
            return {run: by_look[run.look] for run in mine}
    return _by_words(runs, text, translation, link)


def _by_words(
    runs: Sequence[_Run], text: str, translation: str, link: Link | None
) -> dict[_Run, tuple[int, int]] | None:
    """By the words of the translation that are those of the runs."""
    _, offsets = visible_in(text)
    ordered = sorted(set(runs))
    if any(a.end > b.start for a, b in pairwise(ordered)):
        return None
    groups: list[LookGroup] = []
    owners: list[_Run | None] = []
    at = 0
    for run in ordered:
        start, end = offsets[run.start], offsets[run.end - 1] + 1
        if start > at:
            groups.append(LookGroup(text[at:start], _NONE, ()))
            owners.append(None)
        groups.append(LookGroup(text[start:end], (run.start, run.look), ()))
        owners.append(run)
        at = end
    if at < len(text):
        groups.append(LookGroup(text[at:], _NONE, ()))
        owners.append(None)
    if len(groups) == 1:
        return {ordered[0]: (0, len(visible_in(translation)[0]))}
    unit = Unit((Variant("", text), Variant("", translation)), "", 0)
    for asked in (None, link):
        made = placed(TextRegion("", tuple(groups)), unit, asked)
        if made is not None:
            break
    else:
        return None
    places: dict[_Run, tuple[int, int]] = {}
    count = 0
    for owner, piece in zip(owners, made.texts, strict=True):
        size = len(visible_in(piece)[0])
        if owner is not None:
            if not size:
                return None
            places[owner] = (count, count + size)
        count += size
    return places
