"""Insertions in brackets: those of one side, and those that the other side has in another way."""

from __future__ import annotations

import pytest

from aligner.checks import TableRow
from aligner.workflows.checking import check_table


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("(Ríe) No lo sé.", "[Laughs] I do not know."),
        ("Llamó a su hijo(s).", "She called her children."),
        ("La FGR no respondió.", "The Attorney General’s Office (FGR) did not answer."),
        ("Ganó en 1967.", "She won (1967)."),
        (
            "Llegó (riendo, como siempre) a la casa.",
            "He came — laughing, as always — to the house.",
        ),
        ("Me lo dijo, como siempre riendo.", "He told me so (laughing, as always)."),
        (
            "Vino un(a) segundo(a) juez(a) (o nadie, digamos, otro(a) testigo).",
            "A second judge came (or nobody, say, another witness).",
        ),
        ("Usó la ventana (Go to file).", "She used the “Go to file” window."),
    ],
)
def test_an_insertion_that_is_none_of_one_side(source: str, target: str) -> None:
    assert inserted(source, target) == []


@pytest.mark.parametrize(
    ("source", "target", "words", "kind"),
    [
        (
            "Bukele ganó otra vez.",
            "Bukele (the president of El Salvador) won again.",
            "(the president of El Salvador)",
            "accuracy/addition",
        ),
        (
            "Cuando dejó el cargo, se fue.",
            "When he left office [he could not hold two posts], he went.",
            "[he could not hold two posts]",
            "accuracy/addition",
        ),
        (
            "Los vecinos (que nunca cobraron nada) firmaron.",
            "The neighbours signed.",
            "(que nunca cobraron nada)",
            "accuracy/omission",
        ),
        ("Casi se lo digo [se ríe].", "I almost told her.", "[se ríe]", "accuracy/omission"),
    ],
)
def test_an_insertion_of_one_side(source: str, target: str, words: str, kind: str) -> None:
    assert inserted(source, target) == [(words, kind)]


def inserted(source: str, target: str) -> list[tuple[str, str]]:
    """The words of each insertion that `check` finds, with its class in MQM."""
    found = [
        one
        for _, findings in check_table([TableRow("1", source, target, 2)], "es", "en")
        for one in findings
        if one.code == "brackets"
    ]
    return [
        (text[a:b], one.mqm)
        for one in found
        for place in one.places
        for text, spans in (
            (place.source_text, place.source_spans),
            (place.target_text, place.target_spans),
        )
        for a, b in spans
    ]
