"""Evidence set by hand: what of it a bead holds, counted bead by bead; parts of a score in order."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.engine.features import evidence_of, learn_lexicon
from aligner.engine.features.crossings import _confidence
from aligner.engine.features.evidence import CLASSES, Evidence
from aligner.engine.features.extras import SegmentPairs, Unlike
from aligner.engine.features.tables import cells_in_step
from tests.unit.engine.features.synthetic import document, meanings

Cells = list[tuple[int, int]]


@given(
    pairs=st.sets(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=8),
    rows=st.tuples(st.integers(0, 5), st.integers(1, 4)),
    columns=st.tuples(st.integers(0, 5), st.integers(1, 4)),
    size=st.tuples(st.integers(1, 3), st.integers(1, 3)),
    single=st.booleans(),
)
def test_pairs_that_a_bead_holds(
    pairs: set[tuple[int, int]],
    rows: tuple[int, int],
    columns: tuple[int, int],
    size: tuple[int, int],
    single: bool,
) -> None:
    (top, height), (left, width), (a, b) = rows, columns, size
    extra = SegmentPairs("x", 1.0, sorted(pairs), single=single)
    found = extra.shares(range(top, top + height), range(left, left + width), a, b)
    for row in range(top, top + height):
        for column in range(left, left + width):
            held = sum(row - a <= i < row and column - b <= j < column for i, j in pairs)
            expected = 0 if single and (a, b) != (1, 1) else held
            assert found[row - top, column - left] == expected


def test_texts_unlike_each_other() -> None:
    assert Unlike().shares(range(2, 4), range(3), 2, 1).tolist() == [[1, 1, 1], [1, 1, 1]]


def test_confidence_of_a_crossing() -> None:
    assert _confidence(0.25) == 0.5
    assert _confidence(0.35) == pytest.approx(1 / (1 + math.exp(-1.4)))
    assert _confidence(0.15) == pytest.approx(1 / (1 + math.exp(1.4)))


WORD = CLASSES.index("word")


def words(rows: list[list[int]]) -> Evidence:
    """Segments that hold these words."""
    made = evidence_of(document("es", len(rows), 1))
    cells = [(n, key) for n, row in enumerate(rows) for key in sorted(row)]
    segment, key = (np.array([cell[k] for cell in cells], np.int64) for k in (0, 1))
    items = list(made.items)
    items[WORD] = (segment, key, np.ones(len(cells), np.float32))
    return replace(made, items=tuple(items))


def linked(total: int, together: int, ours: int, theirs: int) -> bool:
    """Of so many beads, in which 7 stands `ours` times, 9 `theirs` times, both in some."""
    source = [[7] if n < ours else [] for n in range(total)]
    low = ours - together
    target = [[9] if low <= n < low + theirs else [] for n in range(total)]
    beads = [(range(n, n + 1), range(n, n + 1)) for n in range(total)]
    lexicon = learn_lexicon(words(source), words(target), beads)[1]
    assert lexicon in ({}, {9: 7})
    return bool(lexicon)


@pytest.mark.parametrize(
    ("counts", "yes"),
    [
        ((20, 3, 3, 3), True),
        ((20, 2, 2, 2), False),  # fewer than three beads
        ((20, 4, 4, 4), True),
        ((20, 5, 5, 5), False),  # in more than a fifth of them
        ((60, 3, 9, 3), True),  # twice 3 is half of 12; the ratio is 12.4
        ((60, 3, 3, 9), True),
        ((60, 3, 10, 3), False),
        ((60, 3, 3, 10), False),
        ((10, 3, 3, 3), True),  # 12.2
        ((9, 3, 3, 3), False),  # 11.5: chance may do it
    ],
)
def test_words_that_keep_company(counts: tuple[int, int, int, int], yes: bool) -> None:
    assert linked(*counts) == yes


def test_a_word_is_linked_once_to_the_one_it_keeps_most_company_with() -> None:
    source = [[7] if n < 4 else [8] if n < 7 else [] for n in range(30)]
    # 9 stands with 7 four times; 10 with 7 three times, and with 8 three times
    target = [[9] if n < 1 else [9, 10] if n < 4 else [10, 11] if n < 7 else [] for n in range(30)]
    beads = [(range(n, n + 1), range(n, n + 1)) for n in range(30)]
    lexicon = learn_lexicon(words(source), words(target), beads)[1]
    assert lexicon == {9: 7, 11: 8}
    # one that both texts have is a cognate, and is not renamed
    target = [[9] if n < 4 else [8] if n < 7 else [] for n in range(30)]
    assert learn_lexicon(words(source), words(target), beads)[1] == {9: 7}


def table(numbers: list[str], vectors: np.ndarray, first: int = 1) -> tuple[Evidence, np.ndarray]:
    """A text of `first` paragraphs and a table, a cell a segment, the numbers in it by a sign each."""
    count = first + len(numbers)
    made = evidence_of(document("es", count, 1, per_paragraph=1))
    cells = [(first + n, ord(sign)) for n, row in enumerate(numbers) for sign in row]
    segment, key = (np.array([cell[k] for cell in cells], np.int64) for k in (0, 1))
    items = ((segment, key, np.ones(len(cells), np.float32)), *made.items[1:])
    inside = np.array([0] * first + [1] * len(numbers), np.int64)
    lead = meanings(first, 50 + first)
    evidence = replace(made, items=items, table_N=inside, start_N=np.ones(count, bool))
    return evidence, np.concatenate((lead, vectors)).astype(np.float32)


def steps(one: tuple[Evidence, np.ndarray], other: tuple[Evidence, np.ndarray]) -> Cells:
    return list(cells_in_step(one[0], other[0], one[1], other[1]))


def test_cells_of_tables_that_are_alike() -> None:
    rows = meanings(4, 1)
    empty = [""] * 4
    assert steps(table(empty, rows), table(empty, rows, 3)) == [(1, 3), (2, 4), (3, 5), (4, 6)]
    # other contents, and others in number
    assert steps(table(empty, rows), table(empty, meanings(4, 2))) == []
    assert steps(table(empty, rows), table([""] * 5, meanings(5, 1))) == []
    # fewer than four cells are told from nothing
    assert steps(table([""] * 3, rows[:3]), table([""] * 3, rows[:3])) == []


def test_a_quarter_of_the_cells_may_hold_other_numbers() -> None:
    rows = meanings(8, 3)
    numbers = ["1", "2", "3", "4", "", "", "", ""]
    one = table(numbers, rows)
    assert len(steps(one, table(["1", "2", "4", "5", "", "", "", ""], rows))) == 8
    assert steps(one, table(["1", "3", "4", "5", "", "", "", ""], rows)) == []
    # of equal numbers the meaning does not count
    assert len(steps(table(list("12345678"), rows), table(list("12345678"), meanings(8, 4)))) == 8


def test_a_table_that_fits_as_well_a_row_further_is_left_to_the_rest() -> None:
    rows = np.tile(meanings(1, 5), (6, 1))
    assert steps(table([""] * 6, rows), table([""] * 6, rows)) == []
    # one cell that the last and the first share says nothing
    rows = meanings(4, 6)
    rows[3] = rows[0]
    assert len(steps(table([""] * 4, rows), table([""] * 4, rows))) == 4
