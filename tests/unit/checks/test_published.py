"""What checks raised on published translations and should not have: kinds of cases, not cases."""

from __future__ import annotations

import pytest

from aligner.checks import TableRow
from aligner.checks.marks import check_question
from aligner.workflows import checking
from aligner.workflows.checking import Wanted, check_table
from tests.unit.checks.samples import alignment
from tests.unit.checks.test_article import PLAIN

ALL = Wanted(minimum="note")


def messages(source: str, target: str, code: str, langs: tuple[str, str]) -> list[str]:
    rows = [TableRow("1", source, target, 2)]
    return [
        one.message
        for _, raised in check_table(rows, *langs, ALL)
        for one in raised
        if one.code == code
    ]


@pytest.mark.parametrize(
    ("source", "target", "langs"),
    [
        ("Es una fundación sin fines de lucro.", "It is a nonprofit foundation.", ("es", "en")),
        ("Une personne a appelé le maire.", "A person called the mayor.", ("fr", "en")),
        ("La maison est sans aucune fenêtre.", "The house is without a window.", ("fr", "en")),
        (
            "Si no hay luz, encienda la vela.",
            "If there is no light, light the candle.",
            ("es", "en"),
        ),
        ("If not, call the mayor.", "Wenn nicht, rufen Sie den Bürgermeister an.", ("en", "de")),
        (
            "Los vecinos que no conocen el río.",
            "Neighbours unfamiliar with the river.",
            ("es", "en"),
        ),
        (
            "Por último, pero no menos importante, el río.",
            "Last but not least, the river.",
            ("es", "en"),
        ),
        ("No importa la hora, venga.", "Whatever the hour, do come.", ("es", "en")),
    ],
)
def test_the_same_said_with_another_negation(
    source: str, target: str, langs: tuple[str, str]
) -> None:
    assert messages(source, target, "negation", langs) == []


@pytest.mark.parametrize(
    ("source", "target", "severity"),
    [
        ("¿Por qué cerró la mina?", "Why the mine closed", "note"),
        ("¿Por qué cerró la mina?", "The mine closed.", "major"),
    ],
)
def test_a_heading_may_do_without_its_mark(source: str, target: str, severity: str) -> None:
    assert [hit.severity for hit in check_question(source, target, "es", "en")] == [severity]


def test_names_are_shown_whole() -> None:
    (shown,) = messages(
        "Llegó a San Francisco Gotera en 1980.",
        "He came to Santa Rosa in 1980.",
        "name",
        ("es", "en"),
    )
    assert shown == "“San Francisco Gotera” seems to have become “Santa Rosa”"


@pytest.mark.parametrize(
    ("source", "target", "code", "shown"),
    [
        (
            "Diez años después volvió.",
            "Five years later she came back.",
            "number-word",
            "“Diez años” became “Five years” (10 years / 5 years)",
        ),
        ("Murió en abril.", "She died in May.", "date", "“abril” became “May” (April / May)"),
        (
            "Anduvo 30 kilómetros.",
            "She walked 30 miles.",
            "unit",
            (
                "“30 kilómetros” has the same figure in another unit: “30 miles”; "
                "30 kilometers are 18.64 miles"
            ),
        ),
    ],
)
def test_measures_read_as_words(source: str, target: str, code: str, shown: str) -> None:
    assert messages(source, target, code, ("es", "en")) == [shown]


def test_like_sources_may_have_one_translation() -> None:
    pairs = [
        *PLAIN,
        ("Crea una rama nueva del huerto.", "Create a new branch of the orchard."),
        ("Crea otra rama nueva del huerto.", "Create a new branch of the orchard."),
    ]
    report = checking.check(alignment(pairs), ALL)
    assert "repeated" not in {one.code for one in report.findings}


def test_a_clause_between_dashes() -> None:
    (shown,) = messages(
        "Rivas llegó por la noche.",
        "Rivas – a former guerrilla turned politician – arrived at night.",
        "added-clause",
        ("es", "en"),
    )
    assert shown == "the translation seems to add “a former guerrilla turned politician”"
