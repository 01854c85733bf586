"""Capitals that are no names: common words, beginnings of sentences, acronyms spelled out."""

from __future__ import annotations

import pytest

from aligner.checks import TableRow
from aligner.checks.names import ORDINARY, capitals, ordinary
from aligner.workflows.checking import Wanted, check_table


def codes(
    source: str, target: str, langs: tuple[str, str] = ("es", "en"), judged_as: str = "document"
) -> set[str]:
    wanted = Wanted(judged_as=judged_as)
    rows = list(check_table([TableRow("1", source, target, 2)], *langs, wanted))
    return {one.code for _, found in rows for one in found if one.severity != "note"}


@pytest.mark.parametrize("word", ["Manager", "Meeting", "Community", "Templates", "Guide"])
def test_common_words(word: str) -> None:
    assert ordinary(word, "en") > ORDINARY


@pytest.mark.parametrize("word", ["Boston", "Teresa", "Obama", "Rouhani", "Liupanshui", "Trump"])
def test_names(word: str) -> None:
    assert ordinary(word, "en") <= ORDINARY


def test_german_nouns_say_nothing() -> None:
    assert ordinary("Haus", "de") < ORDINARY


@pytest.mark.parametrize(
    "text",
    [
        "Step 2. Polish your letter",
        "🌠 Meeting of planets in autumn",
        "• Write what you saw",
        ":tada: Launch of the boat",
        "Paso 3. Difunde la carta",
        "Sombrero ¿Recoge la lluvia tu tejado?",
    ],
)
def test_a_sentence_begins_behind_a_number_or_a_sign(text: str) -> None:
    lang = "es" if "ó" in text or "¿" in text or "Paso" in text else "en"
    assert [text[n.start : n.end] for n in capitals.names_of(text, lang)] == []


def test_an_initial_is_no_end_of_a_sentence() -> None:
    text = "We spoke to J. Kowalska about it."
    assert [text[n.start : n.end] for n in capitals.names_of(text, "en")] == ["Kowalska"]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (
            "Trabaja como Director Técnico en una fábrica de velas.",
            "He works as Technical Director in a candle factory.",
        ),
        ("Paso 2. Pule la carta y la lista.", "Step 2. Polish the letter and the list."),
        ("La entrega empieza en el Rincón de Lectura.", "It all starts in the Reading Corner."),
    ],
)
def test_titles_and_offices_are_no_names(source: str, target: str) -> None:
    assert codes(source, target) == set()


def test_another_name_is_found() -> None:
    source = "El martes llegó Tadeo Urrutia a la estación de Cuenca."
    assert "name" in codes(
        source, "On Tuesday Tadeo Brandt arrived at the station of Hamburg.", judged_as="pairs"
    )


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Puedes abrir un pull request cuando quieras.", "You can open a PR at any time."),
        (
            "Trabaja en la Unión Ornitológica del Lago (UOL) desde mayo.",
            "She has worked at the Lake Bird Association (LBA) since May.",
        ),
    ],
)
def test_acronyms_that_are_spelled_out(source: str, target: str) -> None:
    assert "acronym" not in codes(source, target)


def test_another_acronym_is_found() -> None:
    source = "La OTAN y la ONU firmaron el acuerdo de paz en invierno."
    assert "acronym" in codes(
        source, "NATO and the IMF signed the peace agreement in winter.", judged_as="pairs"
    )


def test_united_is_a_part_of_a_name() -> None:
    text = "The prison had a sector which the United States had funded, and the leaders were there."
    (name,) = capitals.names_of(text, "en")
    assert text[slice(*capitals.whole_name(text, name, "en"))] == "United States"


@pytest.mark.parametrize(
    ("source", "target", "lang", "shown"),
    [
        (
            "Nací en Ciudad Arce.",
            "I was born in Ciudad Barrios.",
            "es",
            ("Ciudad Arce", "Ciudad Barrios"),
        ),
        (
            "Elle vit à Châtillon-sur-Seine.",
            "She lives in Châtillon-en-Bazois.",
            "fr",
            ("Châtillon-sur-Seine", "Châtillon-en-Bazois"),
        ),
        (
            "Sie wohnte in Frankfurt an der Oder.",
            "She lived in Frankfurt am Main.",
            "de",
            ("Frankfurt an der Oder", "Frankfurt am Main"),
        ),
        (
            "Elle est née à Bourg-la-Reine.",
            "She was born in Bourg-Saint-Andéol.",
            "fr",
            ("Bourg-la-Reine", "Bourg-Saint-Andéol"),
        ),
        # the names of institutions
        (
            "Enseñaba en la Universidad de Granada.",
            "She taught at the University of Zaragoza.",
            "es",
            ("Universidad de Granada", "University of Zaragoza"),
        ),
        (
            "Anoche habló con nosotros Lindsey Graham.",
            "Lindsey Corbyn spoke with us last night.",
            "es",
            ("Lindsey Graham", "Lindsey Corbyn"),
        ),
    ],
)
def test_names_are_shown_whole(source: str, target: str, lang: str, shown: tuple[str, str]) -> None:
    rows = check_table([TableRow("1", source, target, 2)], lang, "en")
    (name,) = [one for _, found in rows for one in found if one.code == "name"]
    assert name.message == "“{}” seems to have become “{}”".format(*shown)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Enseñaba en la Universidad de Ginebra.", "She taught at the University of Geneva."),
        ("Enseñaba en la Universidad de Tréveris.", "She taught at the University of Trier."),
        ("Vino José Martínez Ruiz.", "José Martínez came."),
        ("Vino la Corte Suprema.", "The Supreme Court came."),
        ("Lo dijo San Pedro.", "Saint Peter said so."),
    ],
)
def test_one_name_in_two_languages(source: str, target: str) -> None:
    assert "name" not in codes(source, target, judged_as="pairs")


def test_a_name_that_was_left_out() -> None:
    source = "La receta era de la pastelera Rosaura Benítez Arce."
    rows = check_table([TableRow("1", source, "The recipe was the pastry cook's.", 2)], "es", "en")
    (one,) = [one for _, found in rows for one in found]
    assert (one.code, one.cause) == ("omitted-clause", "Rosaura Benítez Arce")
    assert not codes(source, "The recipe was Rosaura Benítez Arce's.")
