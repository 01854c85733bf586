"""A sentence that was put into a bead though nothing covers it is an omitted or added segment."""

from __future__ import annotations

from dataclasses import replace

from aligner.model import Bead, Segment
from aligner.workflows import checking
from tests.unit.checks.samples import alignment
from tests.unit.checks.test_article import PLAIN

EXTRA = "Mi abuela guardaba las cartas del banco en una caja de zapatos."


def test_the_segment_is_named_and_not_covered() -> None:
    made = alignment([(PLAIN[0][0], PLAIN[0][1]), (EXTRA, ""), *PLAIN[1:]])
    first, second, *others = made.beads
    glued = replace(made, beads=(Bead(range(2), first.target, 0.0, 0.9), *others))
    report = checking.check(glued)
    assert second.source == range(1, 2)
    assert [(one.code, one.places[0].source, one.places[0].target) for one in report.shown] == [
        ("omitted-segment", (1,), ())
    ]
    assert report.summary.whole.omitted == len("".join(EXTRA.split()))


def test_a_sentence_translated_in_two_is_covered() -> None:
    long = "La plaza estaba vacía a esa hora, y nadie quiso hablar con los periodistas."
    made = alignment([(long, "The square was empty at that hour."), ("", PLAIN[1][1]), *PLAIN[2:]])
    assert isinstance(made.source.segments[0], Segment)
    first, second, *others = made.beads
    whole = Bead(first.source, range(first.target.start, second.target.stop), 0.0, 0.9)
    assert checking.check(replace(made, beads=(whole, *others))).shown == ()
