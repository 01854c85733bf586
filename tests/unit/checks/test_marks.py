"""Questions, quotations, brackets, links, languages, turns: what needs no model."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from aligner.checks.common.hits import Hit
from aligner.checks.language import check_untranslated, check_wrong_language
from aligner.checks.marks import check_brackets, check_links, check_question, check_quotation
from aligner.checks.turns import Labels, check_speaker, turns_of

Check = Callable[[str, str, str, str], Iterator[Hit]]


def severe(check: Check, source: str, target: str) -> list[Hit]:
    return [hit for hit in check(source, target, "es", "en") if hit.severity != "note"]


@pytest.mark.parametrize(
    ("check", "source", "right", "wrong"),
    [
        (check_question, "¿Quién firmó?", "Who signed?", "Somebody signed."),
        (
            check_quotation,
            "«Nadie vino a vernos», dijo.",
            "“Nobody came,” she said.",
            "She said that nobody came.",
        ),
        (
            check_quotation,
            "Dijo: 'No voy a volver nunca'.",
            "He said, 'I will never return.'",
            "He said that he would not return.",
        ),
        (check_brackets, "Sí [se ríe].", "Yes [laughs].", "Yes."),
        (check_links, "Escriba a a.b@ejemplo.org", "Write to a.b@ejemplo.org", "Write to us"),
        (
            check_untranslated,
            "Nadie sabe quién abrió la puerta.",
            "Nobody knows who opened the door.",
            "Nadie sabe quién abrió la puerta.",
        ),
        (
            check_wrong_language,
            "El barco salió del puerto al amanecer.",
            "The ship left the harbour at dawn.",
            "Das Schiff verließ den Hafen im Morgengrauen.",
        ),
    ],
)
def test_a_mark_is_kept(check: Check, source: str, right: str, wrong: str) -> None:
    assert severe(check, source, right) == []
    assert len(severe(check, source, wrong)) == 1


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("El plan de los Giants", "The Giants' plan"),
        ("—No vuelvo —dijo.", "“I won’t return,” he said."),
        ("El final de la cita.", "the end of the quotation.'"),
    ],
)
def test_an_apostrophe_and_a_dash_are_no_lost_quotation(source: str, target: str) -> None:
    assert severe(check_quotation, source, target) == []


def test_names_and_titles_are_not_untranslated() -> None:
    text = "Foto: Noemí Arrué, Diario del Puerto"
    assert severe(check_untranslated, text, text.replace("Foto", "Photo")) == []


def test_an_english_quotation_in_the_source_is_not_untranslated() -> None:
    source = "El cartel decía «no one is above the law here today»."
    assert (
        severe(
            check_untranslated,
            source,
            "The sign read “no one is above the law here today.”",
        )
        == []
    )


def test_turns_and_their_labels() -> None:
    text = "P: ¿Quién? ¶ R: Yo. ¶ Fin"
    found = turns_of(text)
    assert [turn.label for turn in found] == ["P", "R", ""]
    assert [text[t.label_end : t.end] for t in found] == ["¿Quién?", "Yo.", "Fin"]


def test_labels_are_learned_and_the_usual_ones_known() -> None:
    labels = Labels(source_lang="es", target_lang="en")
    labels.learn([("P", "Q"), ("P", "A"), ("R", "A"), ("R", "Q"), *[("Marta", "Marta")] * 3])
    assert labels.partner("P") == "q"
    assert labels.partner("R") == "a"
    assert labels.partner("Marta") == "marta"
    assert labels.partner("Luis") == ""
    (hit,) = check_speaker("P: ¿Sí? ¶ R: No.", "A: Yes? ¶ Q: No.", labels)
    assert hit.severity == "critical"
    assert not list(check_speaker("P: ¿Sí? ¶ R: No.", "Q: Yes? ¶ A: No.", labels))


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("García Robles, Inés. El puerto de los otros. Madrid: Editorial Faro, 1967.", ""),
        (
            "Robles, I. (2018), «La revuelta de los barcos», Nueva Costa, núm. 263, pp. 12-25.",
            "",
        ),
        (
            "— Ana Solís, [“Cuadernos de una isla del norte”](https://example.org/cuadernos-isla)",
            "",
        ),
        ("— Ana Solís, «Cuadernos de una isla del norte y del sur», 1967", ""),
        ("El 13 de marzo de 1980 el puerto fue cerrado por los barcos de la ciudad.", "critical"),
        ("— El puerto fue cerrado por los barcos de la ciudad, dijo Ana Solís.", "critical"),
    ],
)
def test_a_bibliography_is_kept_as_it_is(text: str, severity: str) -> None:
    hits = list(check_untranslated(text, text, "es", "en"))
    assert [hit.severity for hit in hits] == severity.split()


def test_addresses_and_code_are_no_words_of_a_language() -> None:
    source = "Lea [cómo empezar](https://example.org/read-me-first-and-then-go) con `ver la lista de todo`."
    target = "Read [how to begin](https://example.org/read-me-first-and-then-go) with `ver la lista de todo`."
    assert list(check_untranslated(source, target, "es", "en")) == []


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (
            "Se inspira en gruasR (Urrutia et al., 2021) y en otra obra.",
            "It follows gruasR (Urrutia et al., 2021) and another work.",
        ),
        (
            "Mira las listas lago, lago-en-la-noche y mapas.",
            "See the lists lago, lago-en-la-noche, maps.",
        ),
        (
            "Busca la guía de @urrutia: “How to Build a Raft of Barrels”.",
            "See the guide of @urrutia: “How to Build a Raft of Barrels”.",
        ),
    ],
)
def test_citations_names_of_files_and_titles_are_not_untranslated(source: str, target: str) -> None:
    assert severe(check_untranslated, source, target) == []


def test_a_title_in_a_third_language_is_not_untranslated() -> None:
    title = "Neurociencia en la cocina: una guía amigable para entender cómo funciona el pan"
    assert list(check_untranslated(title, title, "fr", "en")) == []
    assert list(check_wrong_language(title, title, "fr", "en")) == []
    assert list(check_untranslated(title, title, "es", "en")) != []


@pytest.mark.parametrize(
    ("check", "source", "target", "severity", "said"),
    [
        (
            check_question,
            "Firmó alguien.",
            "Who signed?",
            "minor",
            "a statement in the source, 1 question",
        ),
        (
            check_question,
            "¡Qué frío!",
            "How cold.",
            "note",
            "an exclamation mark stands on one side",
        ),
        (check_links, "Escriba.", "Write to a@b.org.", "note", "a@b.org is not in the source"),
        (
            check_links,
            "Vea https://e.org/x",
            "See https://e.org/y",
            "minor",
            "e.org/x is not in the",
        ),
        (
            check_untranslated,
            "Llegó tarde. No quiso decir nada. Se fue.",
            "He came late. No quiso decir nada. He left.",
            "major",
            "a sentence was left in the language of the source: “No quiso decir nada.”",
        ),
    ],
)
def test_what_stands_on_one_side(
    check: Check, source: str, target: str, severity: str, said: str
) -> None:
    (hit,) = check(source, target, "es", "en")
    assert hit.severity == severity
    assert hit.message.startswith(said)


def test_the_title_of_a_book_and_a_text_in_the_same_language_are_right() -> None:
    title = "Leyó La casa verde de niño", "She read La casa verde as a child"
    assert list(check_untranslated(*title, "es", "en")) == []
    assert (
        list(
            check_untranslated(
                "Hola a todos los que vienen", "Hola a todos los que vienen", "es", "es-MX"
            )
        )
        == []
    )


def test_a_long_cited_title_is_kept_and_what_somebody_says_is_not() -> None:
    title = "Reading the river: a short history of boats, locks and keepers in three small valleys"
    source = f"She gave me the book “{title}” as a present."
    target = f"Me regaló el libro “{title}” por mi cumpleaños."
    (hit,) = check_untranslated(source, target, "en", "es")
    assert hit.severity == "note"
    assert severe(check_untranslated, source, target) == []
    said = "We looked at the boats and we saw that nobody had been there for many years"
    (hit,) = check_untranslated(
        f"She said, “{said}” and left.", f"Dijo: “{said}” y salió.", "en", "es"
    )
    assert hit.severity in ("major", "critical")
    half = f"{said}. Then we left"
    (hit,) = check_untranslated(
        f"She wrote “{half}” there.", f"Allí anotó “{half}” ella.", "en", "es"
    )
    assert hit.severity in ("major", "critical")
