"""Write-read identity of `.alignment.json` for alignments drawn at random."""

from __future__ import annotations

import tempfile
import unicodedata
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.formats.json.read import read_alignment
from aligner.model import (
    PARAGRAPH_KINDS,
    STATUSES,
    Alignment,
    AlignmentSet,
    Bead,
    Crossing,
    Document,
    Paragraph,
    Segment,
    Signature,
    Source,
    Span,
    as_set,
    rows_of,
)
from aligner.runtime import places
from tests.unit.formats.samples import export

words = st.text(max_size=12)
lines = st.text(max_size=30).map(lambda t: unicodedata.normalize("NFC", t).replace("\n", " "))
# paths are seen from the file, which lies elsewhere (tests/contract/test_paths.py)
origins = words.filter(lambda one: places.seen_from(one, tempfile.gettempdir()) == one)
finite = st.floats(allow_nan=False)
shares = st.none() | st.floats(0, 1)


@st.composite
def documents(draw: Any) -> Document:
    paragraphs: list[Paragraph] = []
    count = 0
    for index in range(draw(st.integers(0, 4))):
        text = draw(lines)
        cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
        segments = [
            Segment(count + n, index, a, b, text[a:b], draw(st.none() | words))
            for n, (a, b) in enumerate(pairwise(cuts))
        ]
        count += len(segments)
        place = st.integers(0, len(text))
        paragraphs.append(
            Paragraph(
                index,
                draw(st.sampled_from(PARAGRAPH_KINDS)),
                text,
                tuple(segments),
                speaker=draw(st.none() | words),
                label=draw(st.none() | st.tuples(place, place)),
                level=draw(st.integers(0, 6)),
                spans=tuple(
                    draw(st.lists(st.builds(Span, place, place, words, words), max_size=3))
                ),
            )
        )
    metadata = st.dictionaries(words, st.lists(words, max_size=2).map(tuple), max_size=3)
    head = [draw(words) for _ in range(4)]
    origin = draw(origins)
    return Document(head[0], head[1], origin, head[2], head[3], tuple(paragraphs), draw(metadata))


def _cuts(draw: Any, total: int, parts: int) -> list[range]:
    edges = sorted(draw(st.lists(st.integers(0, total), min_size=parts - 1, max_size=parts - 1)))
    return [range(a, b) for a, b in zip([0, *edges], [*edges, total], strict=True)]


@st.composite
def alignments(draw: Any, source: Document | None = None) -> Alignment:
    left = draw(documents()) if source is None else source
    right = draw(documents())
    n, m = len(left.segments), len(right.segments)
    parts = draw(st.integers(1, 5))
    beads: list[Bead] = []
    for a, b in zip(_cuts(draw, n, parts), _cuts(draw, m, parts), strict=True):
        # the side that a null lacks is an empty range at its place
        halves = (
            [(a, b)]
            if draw(st.booleans())
            else [(a, range(b.start, b.start)), (range(a.stop, a.stop), b)]
        )
        for x, y in halves:
            if not x and not y:
                continue
            if not y and beads and not beads[-1].source:
                # source nulls come first: this one joins the null before it
                joined = replace(beads[-1], source=x)
                beads[-1] = joined
                continue
            beads.append(
                Bead(
                    x,
                    y,
                    draw(finite),
                    draw(shares),
                    draw(st.sampled_from(STATUSES)),
                    tuple(draw(st.lists(words, max_size=2))),
                    draw(words),
                )
            )
    crossings: tuple[Crossing, ...] = ()
    if n and m:
        i, j = draw(st.integers(0, n - 1)), draw(st.integers(0, m - 1))
        crossings = (Crossing(range(i, n), range(j, j + 1), draw(st.floats(0, 1))),)
    parts_of = draw(st.lists(st.tuples(words, words), max_size=2))
    return Alignment(
        left,
        right,
        tuple(beads),
        Signature(tuple(parts_of)),
        crossings,
        tuple(draw(st.lists(words, max_size=2))),
        tuple(draw(st.lists(words, max_size=2))),
    )


@st.composite
def sets(draw: Any) -> AlignmentSet:
    source = draw(documents())
    return AlignmentSet(tuple(draw(st.lists(alignments(source), min_size=1, max_size=3))))


@settings(max_examples=150, deadline=None)
@given(alignments() | sets())
def test_reading_back_gives_an_equal_object(alignment: Alignment | AlignmentSet) -> None:
    with tempfile.TemporaryDirectory() as folder:
        files = export(alignment, "json", Path(folder))
    assert read_alignment(Source("x", files["out.alignment.json"])) == alignment


@settings(max_examples=150, deadline=None)
@given(sets())
def test_units_hold_every_segment_once(alignment: AlignmentSet) -> None:
    found = list(rows_of(as_set(alignment)))
    for number, document in enumerate(alignment.documents):
        seen = [s.index for unit in found for s in unit.sides[number]]
        assert sorted(seen) == list(range(len(document.segments)))
    assert [s.index for u in found for s in u.sides[0]] == [
        s.index for s in alignment.documents[0].segments
    ]
    for number, one in enumerate(alignment.alignments, start=1):
        home = {s.index: n for n, u in enumerate(found) for s in u.sides[number]}
        first = {s.index: n for n, u in enumerate(found) for s in u.sides[0]}
        for bead in one.beads:
            if not bead.is_null:
                assert {first[i] for i in bead.source} == {home[j] for j in bead.target}
