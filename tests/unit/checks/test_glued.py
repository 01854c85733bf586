"""A sentence that was put into a bead though nothing covers it is an omitted or added segment."""

from __future__ import annotations

from dataclasses import replace

import pytest

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


CALM = [
    ("Der Bäcker stellt das Brot um fünf ins Fenster.", "The baker puts the bread in the window at five."),
    ("Die Kinder warten vor der geschlossenen Tür.", "The children wait at the closed door."),
    ("Der Bürgermeister hatte eine neue Straße versprochen.", "The mayor had promised a new road."),
    ("Nach dem Hochwasser schloss die Schule.", "The school closed after the flood."),
]  # fmt: skip


@pytest.mark.parametrize("in_target", [False, True], ids=["omitted", "added"])
@pytest.mark.parametrize(
    ("german", "english"),
    [
        ("Das war im Dezember.", "That was in December."),
        ("Niemand bezahlte ihn.", "Nobody paid him."),
        ("Im Sommer um sieben.", "In summer at seven."),
        ("So ist das.", "Things are like that."),
    ],
    ids=["date", "negation", "fragment", "short"],
)
def test_a_short_sentence_beside_another(german: str, english: str, in_target: bool) -> None:
    """One finding: the date, the negation that it says are not told besides."""
    extra = ("", english) if in_target else (german, "")
    made = alignment([*CALM[:2], extra, *CALM[2:]], ("de", "en"))
    _, second, third, *others = made.beads
    wide = Bead(
        range(second.source.start, max(second.source.stop, third.source.stop)),
        range(second.target.start, max(second.target.stop, third.target.stop)),
        0.0,
        0.9,
    )
    report = checking.check(replace(made, beads=(made.beads[0], wide, *others)))
    assert [(one.code, one.places[0].source, one.places[0].target) for one in report.findings] == [
        ("added-segment", (), (2,)) if in_target else ("omitted-segment", (2,), ())
    ]
    letters = sum(map(len, "".join(extra).split()))
    whole = report.summary.whole
    assert (whole.omitted, whole.added) == ((0, letters) if in_target else (letters, 0))


@pytest.mark.parametrize(
    ("sources", "target"),
    [
        (["Er kam spät.", "Er war müde."], "He came late and was tired."),
        (["Niemand sprach.", "Draußen fiel Schnee."], "Nobody spoke while snow fell outside."),
        (["Ja.", "Das weiß ich noch."], "Yes, I still remember that."),
    ],
)
def test_two_short_sentences_made_one(sources: list[str], target: str) -> None:
    made = alignment([*CALM, (sources[0], target), (sources[1], "")], ("de", "en"))
    *others, first, last = made.beads
    wide = Bead(range(first.source.start, last.source.stop), first.target, 0.0, 0.9)
    assert checking.check(replace(made, beads=(*others, wide))).findings == ()
