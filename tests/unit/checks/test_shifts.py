"""Checks that are off unless asked for: attribution, hedges, intensity, explicitation."""

from __future__ import annotations

import pytest

from aligner.checks import TableRow
from aligner.workflows.checking import Wanted, check_table

SHIFTS = frozenset(("attribution", "hedge", "intensity", "explicitation"))


@pytest.mark.parametrize(
    ("source", "target", "code", "words"),
    [
        ("Según el juez, ella firmó la carta.", "She signed the letter.", "attribution", "Según"),
        (
            "Ella firmó la carta.",
            "According to the judge, she signed it.",
            "attribution",
            "According to",
        ),
        ("El presunto ladrón huyó.", "The thief fled.", "hedge", "presunto"),
        ("La casa era grande.", "The house was huge.", "intensity", "huge"),
        (
            "No salió. Estaba enferma.",
            "She stayed in because she was ill.",
            "explicitation",
            "because",
        ),
    ],
)
def test_a_shift_of_one_side(source: str, target: str, code: str, words: str) -> None:
    assert found(source, target) == [(code, words)]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Según el juez, ella firmó la carta.", "She signed the letter, the judge said."),
        ("El presunto ladrón huyó.", "The alleged thief fled."),
        ("Era una casa enorme.", "It was a huge house."),
        ("Volvió porque llovía.", "As it rained she went back."),
        ("Vivió en Estados Unidos.", "She lived in the United States."),
        ("Nació en Mayo, un pueblo.", "She was born in May Hill, a village."),
    ],
)
def test_what_both_sides_say(source: str, target: str) -> None:
    assert found(source, target) == []


@pytest.mark.parametrize(
    ("langs", "source", "target", "hits"),
    [
        ("es-en", "El pozo se secó en agosto.", "They came to me to say that the well dried up in August.", ["attribution"]),
        ("es-en", "Vino a decirme que el pozo se secó.", "The well dried up.", ["attribution"]),
        ("es-en", "Vino a decirme que el pozo se secó.", "He came to me to say that the well dried up.", []),
        ("fr-en", "La mairie aurait vendu le moulin.", "The town hall sold the mill.", ["hedge"]),
        ("fr-en", "Deux bergers seraient encore là-haut.", "Two shepherds are still up there.", ["hedge"]),
        ("fr-en", "La mairie aurait vendu le moulin.", "The town hall allegedly sold the mill.", []),
        ("fr-en", "S'il avait su, il aurait vendu le moulin.", "Had he known, he would have sold the mill.", []),
        ("fr-es", "La mairie aurait vendu le moulin.", "El ayuntamiento habría vendido el molino.", []),
        ("fr-de", "La mairie aurait vendu le moulin.", "Die Gemeinde soll die Mühle verkauft haben.", []),
    ],
)  # fmt: skip
def test_what_somebody_came_to_say_and_hearsay(
    langs: str, source: str, target: str, hits: list[str]
) -> None:
    wanted = Wanted(only=frozenset(("attribution", "hedge")))
    row = TableRow("1", source, target, 2)
    source_lang, _, target_lang = langs.partition("-")
    rows = check_table([row], source_lang, target_lang, wanted)
    assert [one.code for _, some in rows for one in some] == hits


def test_they_are_off_unless_asked_for() -> None:
    row = TableRow("1", "El presunto ladrón huyó.", "The thief fled.", 2)
    assert [one.code for _, some in check_table([row], "es", "en") for one in some] == []
    only = Wanted(only=frozenset(("hedge",)))
    assert [one.code for _, some in check_table([row], "es", "en", only) for one in some] == [
        "hedge"
    ]


def test_a_language_without_a_list_raises_nothing() -> None:
    row = TableRow("1", "Kuulemma hän lähti.", "Reportedly she left.", 2)
    wanted = Wanted(also=SHIFTS)
    found = [one.code for _, some in check_table([row], "fi", "en", wanted) for one in some]
    assert not SHIFTS & set(found)


def found(source: str, target: str) -> list[tuple[str, str]]:
    wanted = Wanted(also=SHIFTS)
    return [
        (one.code, text[a:b])
        for _, findings in check_table([TableRow("1", source, target, 2)], "es", "en", wanted)
        for one in findings
        if one.code in SHIFTS
        for place in one.places
        for text, spans in (
            (place.source_text, place.source_spans),
            (place.target_text, place.target_spans),
        )
        for a, b in spans
    ]
