"""What a finding of coverage quotes: the words that have no partner, no more and no less."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.checks import TableRow
from aligner.checks.common import SideTokens
from aligner.checks.coverage import COVERAGE_FEATURES, Uncovered, with_lone_words
from aligner.workflows.checking import check_table


class Told:
    """A text whose words are its tokens, and chances that are given."""

    def __init__(self, text: str, chances: Sequence[float] | None) -> None:
        self.tokens = [tuple(match.span() for match in re.finditer(r"\w+", text))]
        self._chances = chances

    def without_partner(self, row: int, other: Any, other_row: int) -> Any:
        assert (row, other_row) == (0, 0)
        if self._chances is None:
            return None
        return np.array(self._chances, np.float32), np.ones(len(self._chances), np.float32)


MARKED = "one two three, four five six. seven eight"
TEXT = "one two three four five six seven eight"


def grown(chances: Sequence[float] | None, first: int, last: int, text: str = TEXT) -> str:
    values = dict.fromkeys(COVERAGE_FEATURES, 0.0)
    spans = [match.span() for match in re.finditer(r"\w+", text)]
    run = Uncovered(values, spans[first][0], spans[last][1])
    side: Any = SideTokens(Told(text, chances), 0)  # type: ignore[arg-type]
    whole = with_lone_words(run, side, side, text, "en")
    assert whole.values is run.values
    return text[whole.start : whole.end]


def test_words_beside_the_run_that_have_no_partner_belong_to_it() -> None:
    assert grown([0, 0, 1, 1, 1, 1, 0, 0], 3, 4) == "three four five six"
    assert grown([0] * 8, 3, 4) == "four five"
    assert grown([1] * 8, 3, 4) == TEXT
    # a word with a partner between many without is taken, one at the edge is not
    assert grown([1, 1, 0, 1, 1, 1, 0, 0], 4, 5) == "one two three four five six"
    assert grown([1, 0, 0, 1, 1, 1, 0, 0], 4, 5) == "four five six"
    assert grown(None, 3, 4) == "four five"


@given(st.lists(st.floats(0, 1), min_size=8, max_size=8), st.integers(0, 7), st.integers(0, 7))
def test_it_grows_to_the_best_run_that_holds_it(chances: list[float], one: int, other: int) -> None:
    first, last = sorted((one, other))
    worth = np.array(chances, np.float32) - np.float32(0.45)

    def total(i: int, j: int) -> float:
        return float(worth[i : j + 1].sum())

    found = grown(chances, first, last).split()
    words = TEXT.split()
    i, j = words.index(found[0]), words.index(found[-1])
    assert i <= first
    assert j >= last
    best = max(total(a, b) for a in range(first + 1) for b in range(last, 8))
    assert total(i, j) == pytest.approx(best, abs=1e-4)


@pytest.mark.parametrize("swapped", [False, True])
def test_a_whole_sentence_is_quoted(swapped: bool) -> None:
    """The window of the decision has 4, 8 or 14 words, the sentence has eleven."""
    plain = "La biblioteca abre a las nueve y cierra a las ocho de la tarde."
    extra = "Old maps of the harbour hang in the long corridor upstairs."
    more = f"The library opens at nine and closes at eight in the evening. {extra}"
    row = TableRow("1", *((more, plain) if swapped else (plain, more)), 2)
    langs = ("en", "es") if swapped else ("es", "en")
    ((_, findings),) = check_table([row], *langs)
    (finding,) = [one for one in findings if one.code.endswith("-clause")]
    assert finding.code == ("omitted-clause" if swapped else "added-clause")
    (place,) = finding.places
    ((start, end),) = place.source_spans if swapped else place.target_spans
    assert more[start:end].strip(" .") == extra.strip(".")
    assert extra.rstrip(".") in finding.message
