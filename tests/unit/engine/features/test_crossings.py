"""Crossings: swapped sentences and moved passages are found, monotone texts have none."""

from __future__ import annotations

import numpy as np

from aligner.engine.evaluating import beads_of, parse_beads
from aligner.engine.features import find_crossings
from aligner.model import Document
from aligner.workflows.aligning import align_documents
from tests.conftest import CORPORA
from tests.gold.test_corpora_texts import segments
from tests.unit.engine.features.synthetic import blocks, blurred, meanings, ranges


def test_two_swapped_sentences() -> None:
    rows = meanings(20, 1)
    order = [*range(8), 9, 8, *range(10, 20)]
    path = ranges(
        *(([i], [i]) for i in range(8)),
        ([8], []),
        ([9], [8]),
        ([], [9]),
        *(([i], [i]) for i in range(10, 20)),
    )
    (found,) = find_crossings(blocks(rows, blurred(rows[order], 2)), path)
    assert (found.source, found.target) == (range(8, 9), range(9, 10))
    assert found.confidence > 0.8


def test_a_moved_passage_is_one_crossing() -> None:
    rows = meanings(40, 3)
    order = [*range(10), *range(14, 30), *range(10, 14), *range(30, 40)]
    path = ranges(
        *(([i], [i]) for i in range(10)),
        *(([i], []) for i in range(10, 14)),
        *(([i], [i - 4]) for i in range(14, 30)),
        *(([], [j]) for j in range(26, 30)),
        *(([i], [i]) for i in range(30, 40)),
    )
    (found,) = find_crossings(blocks(rows, blurred(rows[order], 4)), path)
    assert (found.source, found.target) == (range(10, 14), range(26, 30))


def test_an_omission_and_an_addition_are_no_crossing() -> None:
    rows, other = meanings(20, 5), meanings(20, 6)
    target = np.concatenate((rows[:5], rows[6:12], other[12:13], rows[12:]))
    path = ranges(
        *(([i], [i]) for i in range(5)),
        ([5], []),
        *(([i], [i - 1]) for i in range(6, 12)),
        ([], [11]),
        *(([i], [i]) for i in range(12, 20)),
    )
    assert find_crossings(blocks(rows, blurred(target, 7)), path) == ()


def test_nulls_that_face_each_other_are_no_crossing() -> None:
    rows = meanings(12, 8)
    path = ranges(
        *(([i], [i]) for i in range(5)),
        ([5], []),
        ([], [5]),
        *(([i], [i]) for i in range(6, 12)),
    )
    assert find_crossings(blocks(rows, blurred(rows, 9)), path) == ()


def test_a_path_without_nulls_has_none() -> None:
    rows = meanings(6, 10)
    path = ranges(*(([i], [i]) for i in range(6)))
    assert find_crossings(blocks(rows, blurred(rows, 11)), path) == ()


def text(lang: str, lines: list[str]) -> Document:
    from aligner import segmenting
    from aligner.model import ReadOptions, Source
    from aligner.workflows import reading

    options = ReadOptions(segmented=True)
    read = reading.read(Source(f"{lang}.txt", "\n".join(lines).encode()), options)
    return segmenting.segment(read.with_lang(lang), segmenting.SegmentOptions())


def test_the_interview_as_published_has_no_crossings() -> None:
    source, target = (text(lang, segments("interview", lang)) for lang in ("es", "en"))
    assert align_documents(source, target).crossings == ()


def test_a_moved_passage_of_the_interview_is_found_and_the_rest_undamaged() -> None:
    """The English of eight beads in the middle goes to the end of the text."""
    gold = parse_beads((CORPORA / "interview" / "gold.beads").read_text(), "gold.beads")
    lines = segments("interview", "en")
    moved = [bead for bead in gold[40:48] if bead.source and bead.target]
    low, high = min(moved[0].target), max(moved[-1].target) + 1
    others = [*lines[:low], *lines[high:]]
    source = text("es", segments("interview", "es"))
    alignment = align_documents(source, text("en", [*others, *lines[low:high]]))

    expected = {i for bead in moved for i in bead.source}
    found = {i for crossing in alignment.crossings for i in crossing.source}
    assert len(found & expected) >= 0.6 * len(expected)
    assert found <= expected
    for crossing in alignment.crossings:
        assert crossing.target.start >= len(others)

    rest = [bead for bead in gold if not set(bead.target) & set(range(low, high))]
    rest = [
        bead
        for bead in rest
        if not set(bead.source) & expected and (bead.source or max(bead.target) < low)
    ]
    system = {bead.key for bead in beads_of(alignment)}
    back = {
        (tuple(b.source), tuple(j - (high - low) if j >= high else j for j in b.target))
        for b in rest
        if b.target
    }
    assert len(back & system) >= 0.95 * len(back)
