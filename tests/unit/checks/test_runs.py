"""Segments without a partner that stand together are one finding with its extent."""

from __future__ import annotations

import pytest

from aligner.checks import TableRow
from aligner.workflows import checking
from tests.unit.checks.samples import alignment
from tests.unit.checks.test_article import PLAIN

LEFT = [
    "Perdimos las fotos de la boda.",
    "Nunca las volvimos a ver en casa.",
    "Mi hermana lloró toda la noche.",
]


def unmatched(report: checking.Report) -> list[tuple[str, tuple[int, ...], tuple[int, ...], str]]:
    return [
        (one.code, place.source, place.target, one.message)
        for one in report.remaining
        for place in one.places
        if one.code in ("omitted-segment", "added-segment")
    ]


@pytest.mark.parametrize(
    ("first", "where"), [(0, "the start"), (2, "a part"), (4, "the end")], ids=str
)
@pytest.mark.parametrize("omitted", [True, False], ids=["omitted", "added"])
def test_a_run_is_one_finding(first: int, where: str, omitted: bool) -> None:
    nulls = [(text, "") if omitted else ("", text) for text in LEFT]
    report = checking.check(alignment([*PLAIN[:first], *nulls, *PLAIN[first:]]))
    ((code, source, target, message),) = unmatched(report)
    numbers = tuple(range(first, first + 3))
    assert code == ("omitted-segment" if omitted else "added-segment")
    assert (source, target) == ((numbers, ()) if omitted else ((), numbers))
    side, text = ("s", "the source") if omitted else ("t", "the translation")
    extent = f"{side}{first + 1} to {side}{first + 3}, 3 segments: {where} of {text} has no counter"
    assert message.startswith(extent)
    letters = sum(len(text.replace(" ", "")) for text in LEFT)
    assert (report.summary.whole.omitted, report.summary.whole.added) == (
        (letters, 0) if omitted else (0, letters)
    )


def test_runs_end_where_a_segment_has_its_partner() -> None:
    pairs = [(LEFT[0], ""), PLAIN[0], (LEFT[1], ""), (LEFT[2], ""), ("", LEFT[0]), *PLAIN[1:]]
    found = unmatched(checking.check(alignment(pairs)))
    assert [row[:3] for row in found] == [
        ("omitted-segment", (0,), ()),
        ("omitted-segment", (2, 3), ()),
        ("added-segment", (), (1,)),
    ]


def test_rows_of_a_table_that_lack_a_cell_are_one_finding() -> None:
    cells = [
        *PLAIN[:2],
        *((text, "") for text in LEFT[:2]),
        ("", LEFT[2]),
        *PLAIN[2:],
        (LEFT[0], ""),
    ]
    rows = [TableRow(f"r{n}", *cell, n + 2) for n, cell in enumerate(cells)]
    found = [one for _, all_ in checking.check_table(rows, "es", "en") for one in all_]
    assert [[place.row for place in one.places] for one in found] == [["r2", "r3"], ["r4"], ["r7"]]
    assert found[0].message == "rows r2 to r3, 2 rows: a part of the source has no counterpart"


def test_neighbours_left_in_the_source_language_are_one_finding() -> None:
    report = checking.check(alignment([*PLAIN, *((one, one) for one in LEFT)]))
    (finding,) = (one for one in report.remaining if one.code == "untranslated")
    assert (finding.places[0].source, finding.places[0].target) == ((4, 5, 6), (4, 5, 6))
    assert finding.message.startswith(
        "t5 to t7, 3 segments: the end of the translation was left in the language of the source:"
    )
