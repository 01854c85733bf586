"""Insertions in brackets: those of one side, and those that the other side has in another way."""

from __future__ import annotations

import pytest

from aligner.checks import TableRow
from aligner.workflows.checking import Wanted, check_table


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
        # the same content between commas
        ("Mi tía (Dios la guarde) cosía velas.", "My aunt, God keep her, sewed sails."),
        (
            "El pozo (por fortuna) no se secó.",
            "The well, fortunately, did not dry up.",
        ),
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
        (
            "El granero – un cobertizo sin ventanas – ardió en marzo.",
            "The barn burned in March.",
            "un cobertizo sin ventanas",
            "accuracy/omission",
        ),
        (
            "El puerto se cerró en marzo.",
            "The harbor — a stone basin built by Genoese merchants — was closed in March.",
            "a stone basin built by Genoese merchants",
            "accuracy/addition",
        ),
    ],
)
def test_an_insertion_of_one_side(source: str, target: str, words: str, kind: str) -> None:
    assert inserted(source, target) == [(words, kind)]


def test_an_acronym_spelled_out_in_brackets_is_a_note() -> None:
    source = "La OPS (Organización Panamericana de la Salud) lo aprobó."
    assert told(source, "PAHO approved it.") == [("brackets", "note")]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Sigamos.", "(Coughs) Let us go on."),
        ("[Tose] Sigamos.", "Let us go on."),
        ("Sigamos. (Tose.)", "Let us go on."),
    ],
)
def test_what_stands_by_itself_weighs_the_same_in_all_brackets(source: str, target: str) -> None:
    assert told(source, target) == [("brackets", "minor")]


@pytest.mark.parametrize(
    ("source", "target", "lang", "code"),
    [
        (
            "Llamaron al fontanero.",
            "They called the plumber [a man from Coimbra].",
            "es",
            "brackets",
        ),
        (
            "El taller [abrió en 1931] ya no existe.",
            "The workshop no longer exists.",
            "es",
            "brackets",
        ),
        (
            "Le hangar – un toit sans murs – était à ma tante.",
            "The shed belonged to my aunt.",
            "fr",
            "omitted-clause",
        ),
        (
            "La jueza leyó la sentencia.",
            "The judge, a former pianist who had never studied law in Lisbon, read the verdict.",
            "es",
            "added-clause",
        ),
        (
            "Dormimos en Bautzen.",
            "We slept in Bautzen, a walled town that has belonged to Saxony since 1635.",
            "de",
            "added-clause",
        ),
    ],
)
def test_one_insertion_is_one_finding(source: str, target: str, lang: str, code: str) -> None:
    assert [one for one, _ in told(source, target, lang)] == [code]


@pytest.mark.parametrize(
    ("source", "target", "code"),
    [
        # the negation outside, the number outside
        (
            "La jueza no leyó la sentencia.",
            "The judge [a former pianist] read the verdict.",
            "negation",
        ),
        ("Vinieron 40 barcos.", "14 boats came [from Coimbra].", "number"),
    ],
)
def test_what_lies_outside_an_insertion_is_told(source: str, target: str, code: str) -> None:
    assert {one for one, _ in told(source, target)} == {"brackets", code}


def told(source: str, target: str, lang: str = "es") -> list[tuple[str, str]]:
    """Code and severity of all that `check` finds in a pair."""
    rows = check_table([TableRow("1", source, target, 2)], lang, "en", Wanted(minimum="note"))
    return [(one.code, one.severity) for _, findings in rows for one in findings]


def inserted(source: str, target: str) -> list[tuple[str, str]]:
    """The words of each insertion that `check` finds, with its class in MQM."""
    dashes = (source + target).replace("—", "–")
    found = [
        one
        for _, findings in check_table([TableRow("1", source, target, 2)], "es", "en")
        for one in findings
        # between dashes a clause that the other side lacks is told as one
        if one.code == "brackets" or (one.code.endswith("-clause") and "–" in dashes)
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
