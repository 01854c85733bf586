"""What only a whole article shows, and the interview of corpora/ with its list of differences."""

from __future__ import annotations

import pytest

from aligner.model import Crossing
from aligner.workflows import checking
from tests.conftest import CORPORA
from tests.unit.checks.interview import interview
from tests.unit.checks.samples import alignment

PLAIN = [
    (
        "La plaza estaba vacía a esa hora de la tarde.",
        "The square was empty at that hour of the afternoon.",
    ),
    ("Nadie quiso hablar con los periodistas.", "Nobody wanted to talk to the journalists."),
    ("El alcalde había prometido una carretera nueva.", "The mayor had promised a new road."),
    ("La escuela cerró después de las inundaciones.", "The school closed after the floods."),
]


def codes(report: checking.Report) -> list[tuple[str, tuple[int, ...], tuple[int, ...]]]:
    return [
        (one.code, place.source, place.target) for one in report.remaining for place in one.places
    ]


def test_a_faithful_text_has_no_finding_and_is_covered() -> None:
    report = checking.check(alignment(PLAIN))
    assert codes(report) == []
    assert report.summary.whole.covered == 1.0


def test_null_beads_are_omissions_and_additions() -> None:
    pairs = [
        PLAIN[0],
        ("Perdimos las fotos de la boda.", ""),
        PLAIN[1],
        ("", "The region has a long history of floods."),
        *PLAIN[2:],
    ]
    report = checking.check(alignment(pairs))
    assert codes(report) == [("omitted-segment", (1,), ()), ("added-segment", (), (2,))]
    assert report.summary.whole.omitted == len("Perdimoslasfotosdelaboda.")


def test_a_crossing_explains_two_nulls() -> None:
    from dataclasses import replace

    pairs = [(PLAIN[0][0], ""), PLAIN[1], ("", PLAIN[0][1]), *PLAIN[2:]]
    crossed = replace(alignment(pairs), crossings=(Crossing(range(1), range(1, 2), 0.9),))
    report = checking.check(crossed, checking.Wanted(minimum="note"))
    assert codes(report) == [("turn-order", (0,), ())]


def test_one_source_with_two_translations() -> None:
    pairs = [
        *PLAIN[:2],
        ("No me acuerdo de nada.", "I do not remember a thing."),
        *PLAIN[2:],
        ("No me acuerdo de nada.", "Nothing of that comes to my mind."),
    ]
    assert ("inconsistent", (5,), (5,)) in codes(checking.check(alignment(pairs)))


def test_a_segment_of_the_translation_stands_twice() -> None:
    pairs = [*PLAIN, ("El río bajaba turbio aquella mañana.", PLAIN[2][1])]
    assert "repeated" in {code for code, _, _ in codes(checking.check(alignment(pairs)))}


def test_a_turn_printed_as_somebody_elses() -> None:
    said = [("Rivas", "Rivas"), ("Lanuza", "Lanuza"), ("Rivas", "Lanuza"), (None, None)]
    report = checking.check(alignment(PLAIN, speakers=said))
    assert codes(report) == [("speaker", (2,), (2,))]
    assert {share.name for share in report.summary.speakers} == {
        "Rivas",
        "Lanuza",
        "(no speaker named)",
    }
    assert sum(share.source for share in report.summary.speakers) == report.summary.whole.source


def test_the_same_cause_is_one_finding_in_two_places() -> None:
    pairs = [
        ("Murieron 27 mineros.", "72 miners died."),
        *PLAIN,
        ("Los 27 eran del pueblo.", "The 72 were from the village."),
    ]
    (found,) = checking.check(alignment(pairs)).remaining
    assert [place.source for place in found.places] == [(0,), (5,)]


def test_names_that_stand_together_twice_are_known() -> None:
    once = [("Ayer vino a vernos Evaristo Lanuza.", "Fulgencio Peralta came to see us yesterday.")]
    twice = [*once, ("Nadie creyó a Evaristo Lanuza.", "Nobody believed Fulgencio Peralta.")]
    assert "name" in {code for code, _, _ in codes(checking.check(alignment([*once, *PLAIN])))}
    assert "name" not in {code for code, _, _ in codes(checking.check(alignment([*twice, *PLAIN])))}


def test_the_report_does_not_depend_on_the_run() -> None:
    from aligner.checks import report_page

    made = []
    for _ in range(2):
        report = checking.check(alignment(PLAIN[:2]))
        made.append(report_page(report.alignment, report.findings, report.summary))
    assert made[0] == made[1]


def differences() -> list[list[str]]:
    lines = (CORPORA / "interview" / "differences.tsv").read_text("utf-8").split("\n")[1:]
    return [line.split("\t") for line in lines if line]


@pytest.fixture(scope="module")
def report() -> checking.Report:
    return checking.check(interview())


def at(row: list[str]) -> tuple[set[int], set[int]]:
    source, target = ({int(n) for n in cell.split() if n != "-"} for cell in row[2:4])
    return source, target


def matching(report: checking.Report, row: list[str]) -> list[str]:
    source, target = at(row)
    return [
        one.id
        for one in report.remaining
        if one.code == row[1]
        and any(source & set(p.source) or target & set(p.target) for p in one.places)
    ]


@pytest.mark.parametrize("row", differences(), ids=lambda row: f"{row[0]} {row[1]}")
def test_the_interviews_differences(report: checking.Report, row: list[str]) -> None:
    assert bool(matching(report, row)) == (row[4] == "finding")


def test_nothing_else_is_said_of_the_interview(report: checking.Report) -> None:
    known = {one for row in differences() if row[4] == "finding" for one in matching(report, row)}
    assert [one.message for one in report.remaining if one.id not in known] == []


def test_two_translations_of_one_source() -> None:
    other = [(source, "" if k == 2 else target) for k, (source, target) in enumerate(PLAIN)]
    first, second = checking.check(alignment(PLAIN)), checking.check(alignment(other))
    (row,) = checking.compare(first, second)
    assert row["segment"] == 2
    assert row["first"]["only"] == []
    assert len(row["second"]["only"]) == 1


def test_what_was_left_in_the_source_language_is_no_other_translation() -> None:
    kept = "Quien guarda las cartas guarda también las calles de su pueblo."
    translated = "Whoever keeps the letters also keeps the streets of the town."
    pairs = [*PLAIN[:2], (kept, translated), *PLAIN[2:], (kept, kept), (kept, kept)]
    found = {one.code for one in checking.check(alignment(pairs)).findings}
    assert not found & {"inconsistent", "repeated"}
