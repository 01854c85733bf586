"""References and titles that are the same in both languages, and sentences that were left alone."""

from __future__ import annotations

import pytest

from aligner.checks.language import check_untranslated, check_wrong_language, is_reference
from aligner.checks.runs import join_untranslated, without_references
from aligner.model import Alignment, Bead, Document, Paragraph, Segment
from aligner.workflows.checking import Wanted, check
from tests.unit.checks.samples import alignment


@pytest.mark.parametrize(
    ("source", "target", "lang"),
    [
        (
            "Véase también: Rueda, P., Los puentes de sal, Anaya, 1998, pp. 12-15.",
            "See also: Rueda, P., Los puentes de sal, Anaya, 1998, pp. 12-15.",
            "es",
        ),
        (
            "Cuadernos de Hidrología Andina, t. 4, n.º 2, p. 88.",
            "Cuadernos de Hidrología Andina, t. 4, n.º 2, p. 88.",
            "es",
        ),
        (
            "Tomado de: Vela, R. M. (1987). La noche de las garzas. Quito: Libresa.",
            "Taken from: Vela, R. M. (1987). La noche de las garzas. Quito: Libresa.",
            "es",
        ),
        (
            "Source : Gaudin, P. (1994). Le dernier bac. Nantes : Siloë.",
            "Source: Gaudin, P. (1994). Le dernier bac. Nantes: Siloë.",
            "fr",
        ),
    ],
)
def test_a_reference_is_kept(source: str, target: str, lang: str) -> None:
    assert is_reference(source)
    assert list(check_untranslated(source, target, lang, "en")) == []


@pytest.mark.parametrize(
    "text",
    [
        "El informe de 1998 costó tres millones y nadie lo leyó nunca.",
        "Nació en Lima, Perú, en 1954 y murió en Madrid el mismo año que su hermana.",
        "Vivían 12 o 13 personas en la casa vieja.",
        "Leímos el artículo de Ibáñez, M. (1997) sobre los hornos de cal.",
    ],
)
def test_a_sentence_is_no_reference(text: str) -> None:
    assert not is_reference(text)


@pytest.mark.parametrize(
    ("title", "lang"),
    [
        ("El jardín de los cerezos", "es"),
        ("Les Raisins de la colline", "fr"),
        ("À perte de vue", "fr"),
        ("«La sombra del ciprés»", "es"),
    ],
)
def test_a_bare_title_is_at_most_a_note(title: str, lang: str) -> None:
    assert {hit.severity for hit in check_untranslated(title, title, lang, "en")} <= {"note"}


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("Él no quiere vender la casa", "es"),
        ("Los vecinos cerraron la calle del mercado.", "es"),
        ("Elle est partie sans sa valise", "fr"),
        ("El perro de mi hermana duerme siempre debajo de la mesa grande", "es"),
    ],
)
def test_a_sentence_that_was_left_alone_is_more(text: str, lang: str) -> None:
    assert {hit.severity for hit in check_untranslated(text, text, lang, "en")} & {
        "major",
        "critical",
    }


def test_a_title_among_sentences_left_alone_belongs_to_their_run() -> None:
    left = (
        "Los pescadores remendaban las redes en la playa.",
        "El precio de la sal",
        "Cada invierno el agua se llevaba una casa entera.",
    )
    both = alignment([("El faro se apagó.", "The lighthouse went dark."), *((x, x) for x in left)])
    found = [one for one in check(both).remaining if one.code == "untranslated"]
    assert [one.places[0].target for one in found] == [(1, 2, 3)]
    assert join_untranslated([], both) == without_references([], both) == []


@pytest.mark.parametrize(
    ("target", "found"),
    [
        ("We met in Santa Marta de Ortigueira.", 0),
        ("Wij hebben elkaar gisteren ontmoet in de oude stad van Utrecht.", 1),
    ],
)
def test_names_say_nothing_of_the_language(target: str, found: int) -> None:
    assert len(list(check_wrong_language("Nos vimos ayer.", target, "es", "en"))) == found


def entry(lang: str) -> Document:
    """A paragraph of one bibliography entry that was cut into three segments."""
    parts = ("Salvatierra, B. (1979).", "Las barcas de la niebla azul.", "Montevideo: Arca.")
    segments, start = [], 0
    for k, part in enumerate(parts):
        segments.append(Segment(k, 0, start, start + len(part), part))
        start += len(part) + 1
    paragraph = Paragraph(0, "para", " ".join(parts), tuple(segments))
    return Document(lang, lang, f"{lang}.txt", "", f"digest-{lang}", (paragraph,))


def test_the_segments_of_an_entry_are_kept() -> None:
    both = Alignment(
        entry("es"),
        entry("en"),
        tuple(Bead(range(k, k + 1), range(k, k + 1), 0.0, 0.9) for k in range(3)),
    )
    assert list(check(both, Wanted(minimum="note")).remaining) == []
