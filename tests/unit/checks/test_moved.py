"""What is missing in one bead and stands in a neighbour's is one note, not two findings."""

from __future__ import annotations

import pytest

from aligner.checks import moved
from aligner.workflows import checking
from tests.unit.checks.samples import alignment
from tests.unit.checks.test_article import PLAIN

CLAUSE = ("aunque mi hija me rogaba que me callara", "although my daughter begged me to keep quiet")
FIRST = ("Cuando firmé el acta ya sabía qué iba a hacer", "When I signed I knew what I would do")


def findings(pairs: list[tuple[str, str]]) -> list[tuple[str, str, list[str], list[str]]]:
    """Code, severity and the evidence of all findings but lengths."""
    return [
        (
            one.code,
            one.severity,
            [place.source_text[a:b] for a, b in place.source_spans],
            [place.target_text[a:b] for a, b in place.target_spans],
        )
        for one in checking.check(alignment(pairs)).findings
        for place in one.places
        if one.code not in ("length", "turn-order")
    ]


@pytest.mark.parametrize("between", [0, 1, 2])
@pytest.mark.parametrize("turned", [False, True], ids=["later", "earlier"])
def test_a_clause_in_a_bead_nearby(between: int, turned: bool) -> None:
    pairs = [
        (f"{FIRST[0]}, {CLAUSE[0]}.", f"{FIRST[1]}."),
        *PLAIN[:between],
        (PLAIN[3][0], f"{PLAIN[3][1][:-1]}, {CLAUSE[1]}."),
    ]
    found = findings(pairs[::-1] if turned else pairs)
    assert [row[:2] for row in found] == [("moved", "note")]
    assert "hija" in found[0][2][0]
    assert "daughter" in found[0][3][0]


def test_a_clause_that_is_nowhere_is_left_out() -> None:
    pairs = [(f"{FIRST[0]}, {CLAUSE[0]}.", f"{FIRST[1]}."), *PLAIN]
    assert [row[0] for row in findings(pairs)] == ["omitted-clause"]


def test_a_clause_too_far_away_is_left_out_here_and_added_there() -> None:
    pairs = [
        (f"{FIRST[0]}, {CLAUSE[0]}.", f"{FIRST[1]}."),
        *PLAIN,
        ("El río crecía.", f"The river was rising, {CLAUSE[1]}."),
    ]
    assert [row[0] for row in findings(pairs)] == ["omitted-clause", "added-clause"]


def test_two_segments_that_changed_places() -> None:
    sister = (
        "Mi hermana lloró toda la noche en la cocina.",
        "My sister cried all night in the kitchen.",
    )
    pairs = [(sister[0], ""), *PLAIN[:2], ("", sister[1]), *PLAIN[2:]]
    report = checking.check(alignment(pairs))
    assert [(one.code, one.places[0].source, one.places[0].target) for one in report.findings] == [
        ("moved", (0,), (2,))
    ]
    assert (report.summary.whole.omitted, report.summary.whole.added) == (0, 0)


def all_codes(pairs: list[tuple[str, str]], langs: tuple[str, str] = ("es", "en")) -> list[str]:
    return [one.code for one in checking.check(alignment(pairs, langs)).findings]


@pytest.mark.parametrize(
    ("clause", "translated"),
    [
        (", que nunca había visto el mar", "She had never seen the sea, but "),
        (" que había comprado un jueves en la feria de Lisboa", "Bought on a Thursday, "),
        (
            ", que le habían regalado catorce primos suyos de Dresde",
            "A gift of fourteen cousins of hers from Dresden, ",
        ),
    ],
    ids=["negation", "date", "name and number"],
)
def test_what_other_checks_find_inside_is_the_same_finding(clause: str, translated: str) -> None:
    pairs = [
        PLAIN[0],
        (f"Una mujer llegó con un violín{clause}.", "A woman arrived with a violin."),
        (
            "El luthier lo abrió con mucho cuidado.",
            f"{translated}the luthier opened it with great care.",
        ),
        *PLAIN[1:],
    ]
    assert all_codes(pairs) == ["moved"]


def test_a_negation_beside_what_moved_is_a_finding_of_its_own() -> None:
    pairs = [
        (f"{FIRST[0]}, {CLAUSE[0]}.", f"{FIRST[1]}."),
        (
            "El banco nunca quiso pagar aquella deuda.",
            f"The bank agreed to pay that debt, {CLAUSE[1]}.",
        ),
        *PLAIN,
    ]
    assert all_codes(pairs) == ["moved", "negation"]


def test_too_little_here_and_too_much_there_need_less_likeness(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pairs = [
        (f"{FIRST[0]}, {CLAUSE[0]}.", f"{FIRST[1]}."),
        (PLAIN[3][0], f"{PLAIN[3][1][:-1]}, {CLAUSE[1]}."),
        *PLAIN[:3],
    ]
    monkeypatch.setattr(moved, "_LIKE", 0.99)
    assert all_codes(pairs) == ["moved"]
    monkeypatch.setattr(moved, "_LIKE_BOTH", 0.99)
    assert all_codes(pairs) == ["omitted-clause", "added-clause"]
