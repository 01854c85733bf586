"""What a scrape brings in beside an article is told apart, and is no part of the coverage."""

from __future__ import annotations

from dataclasses import replace

import pytest

from aligner.model import Crossing
from aligner.workflows import checking
from aligner.workflows.checking import Wanted
from tests.unit.checks.samples import alignment
from tests.unit.checks.test_article import PLAIN

SHARED = [("", "Share on Facebook"), ("", "Email")]
NEWS = [
    ("", "Was this article helpful?"),
    ("", "Related stories"),
    ("", "Mayor opens a new bridge"),
    ("", "May 12, 2023"),
    ("", "Read more"),
]


def kinds(report: checking.Report) -> list[tuple[str, tuple[int, ...]]]:
    return [(one.code, one.places[0].target) for one in report.findings]


def test_the_ends_of_a_page() -> None:
    report = checking.check(alignment([*SHARED, *PLAIN, *NEWS]))
    assert kinds(report) == [("boilerplate", (0, 1)), ("boilerplate", (6, 7, 8, 9, 10))]
    assert {one.severity for one in report.findings} == {"note"}
    assert "t7 to t11, 5 segments: the end of the translation is page boilerplate" in (
        report.findings[1].message
    )
    assert report.summary.whole.added == 0


def test_the_ends_cut_off() -> None:
    report = checking.check(alignment([*SHARED, *PLAIN, *NEWS]), Wanted(cut_ends=True))
    assert report.findings == ()
    assert report.cut == {0, 1, 6, 7, 8, 9, 10}
    assert report.summary.beads == len(PLAIN)


def test_a_line_in_the_middle() -> None:
    pairs = [*PLAIN[:2], ("Lea también: El puente nuevo", ""), *PLAIN[2:]]
    report = checking.check(alignment(pairs))
    assert [(one.code, one.places[0].source) for one in report.findings] == [("boilerplate", (2,))]
    assert report.summary.whole.covered == 1.0


@pytest.mark.parametrize(
    "end",
    [
        [
            "The region has a long history of floods.",
            "Nobody was hurt.",
        ],  # a note of the translator
        ["Other reading", "The last flood of the region"],  # headings without a line of a page
    ],
)
def test_an_end_that_is_text_stays_an_addition(end: list[str]) -> None:
    report = checking.check(alignment([*PLAIN, *(("", one) for one in end)]))
    assert kinds(report) == [("added-segment", (4, 5))]


def test_a_line_that_both_texts_have_stays() -> None:
    pairs = [*PLAIN, ("Comparte tu casa con los vecinos.", "Share your house with the neighbours.")]
    report = checking.check(alignment(pairs))
    assert report.findings == ()
    cut = checking.check(alignment([*PLAIN, ("Un puente", "A bridge")]), Wanted(cut_ends=True))
    assert not cut.cut


@pytest.mark.parametrize(
    "line",
    [
        *("Etiquetas: ríos, puentes", "Temas: minería | agua", "Escuchar este artículo", "Escucha la nota"),
        *("Tags: rivers, bridges", "Topics: mining, water", "Filed under: Culture", "Listen to this article"),
        *("Listen to this story · 6 min", "Mots-clés : rivières, ponts", "Thèmes : eau", "Écouter cet article"),
        *("Écoutez l’article", "Schlagwörter: Flüsse, Brücken", "Themen: Wasser", "Artikel anhören"),
        *("Etiquetas: rios e pontes", "Palavras-chave: água", "Ouça este artigo", "Ouvir a matéria"),
        *("Parole chiave: fiumi", "Argomenti: acqua, ponti", "Ascolta questo articolo", "Ascolta l'articolo"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("at", [0, 4], ids=["start", "end"])
def test_topics_and_readings_aloud(line: str, at: int) -> None:
    report = checking.check(alignment([*PLAIN[:at], (line, ""), *PLAIN[at:]]))
    assert [(one.code, one.places[0].source) for one in report.findings] == [("boilerplate", (at,))]
    assert report.summary.whole.covered == 1.0


@pytest.mark.parametrize(
    "line",
    [
        "Nadie quiso escuchar este artículo del contrato.",
        "Temas de la madre no le faltaban a la hija.",
        "Listen to this: the bridge is gone!",
        "Topics: we never got to them.",
    ],
)
def test_sentences_like_them(line: str) -> None:
    report = checking.check(alignment([*PLAIN, (line, "")]))
    assert [one.code for one in report.findings] == ["omitted-segment"]


def test_what_a_crossing_explains_is_covered() -> None:
    pairs = [(PLAIN[0][0], ""), PLAIN[1], ("", PLAIN[0][1]), *PLAIN[2:]]
    crossed = replace(alignment(pairs), crossings=(Crossing(range(1), range(1, 2), 0.9),))
    whole = checking.check(crossed).summary.whole
    assert (whole.omitted, whole.added, whole.covered) == (0, 0, 1.0)
