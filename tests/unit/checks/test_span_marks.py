"""What a finding of coverage quotes ends at the marks of an insertion, not a word or two beyond them."""

from __future__ import annotations

import re

import pytest

from aligner.checks.coverage.marks import to_marks


@pytest.mark.parametrize(
    ("text", "run", "lone", "quoted"),
    [
        # the run goes over the mark
        ("one — two three four — five six", (1, 6), (), "two three four"),
        ("one —two three four— five", (0, 5), (0, 4), "two three four"),
        ("one (two three four) five six seven", (1, 5), (), "two three four"),
        ("one, two three four, five six", (0, 4), (), "two three four"),
        ("one two three. four", (0, 4), (), "one two three"),
        # it lacks a word or two of what the marks enclose
        ("one, two three four five, six seven", (2, 4), (), "two three four five"),
        ("one – two three four five – six", (1, 3), (), "two three four five"),
        # one mark of a pair, and the longer part without a partner before it
        ("one – two three four – five six seven eight", (1, 8), (1, 2, 3), "two three four"),
        # words without a partner, three of them, a number, no mark, one end only: as it was
        ("one, two three four, five six", (0, 4), (0,), "one, two three four"),
        ("one two three, four five six", (0, 6), (), "one two three, four five six"),
        ("one two three 4.5 six", (0, 6), (), "one two three 4.5 six"),
        ("one two three four five", (1, 4), (), "two three four"),
        ("one two three four, five six", (1, 3), (), "two three"),
        ("one, two", (0, 2), (), "one, two"),
    ],
)
def test_ends_of_a_run(text: str, run: tuple[int, int], lone: tuple[int, ...], quoted: str) -> None:
    spans = [match.span() for match in re.finditer(r"\w+", text)]
    worth = [1.0 if k in lone else -0.2 for k in range(len(spans))]
    first, last = to_marks(text, spans, worth, *run)
    assert text[spans[first][0] : spans[last - 1][1]] == quoted
