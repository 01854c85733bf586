"""Segments of both sides that face each other without a partner: one note where they mean the same."""

from __future__ import annotations

from aligner.workflows import checking
from tests.unit.checks.samples import alignment
from tests.unit.checks.test_article import PLAIN

LEFT = [
    "El puente viejo se hundió con la crecida del río y nadie pudo cruzar durante semanas.",
    "Los vecinos construyeron entonces una balsa con barriles.",
]
RIGHT = [
    "Floods took the old bridge.",
    "For weeks nobody could cross the river, until the neighbours built a raft out of barrels.",
]
OTHER = ["The museum bought eleven clocks.", "A watchmaker from the capital repairs them slowly."]


def codes(right: list[str]) -> list[tuple[str, str]]:
    pairs = [*PLAIN[:2], *((s, "") for s in LEFT), *(("", t) for t in right), *PLAIN[2:]]
    found = checking.check(alignment(pairs)).findings
    return [(one.code, one.severity) for one in found if one.code != "length"]


def test_they_mean_the_same() -> None:
    assert codes(RIGHT) == [("moved", "note")]


def test_they_mean_something_else() -> None:
    assert [code for code, _ in codes(OTHER)] == ["omitted-segment", "added-segment"]


def test_a_pictogram_alone_is_nothing() -> None:
    report = checking.check(alignment([*PLAIN[:2], ("", "🎉"), *PLAIN[2:]]))
    assert [one.code for one in report.findings if one.code != "length"] == []
