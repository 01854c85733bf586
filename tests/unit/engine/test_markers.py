"""Markers between sentences, and texts of one to a few segments."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.engine.markers import find_markers
from aligner.model import Bead, Document, Paragraph, Reading, Segment
from aligner.workflows.aligning import Notices, PinFile, Settings, align_documents

EN = (
    "The lighthouse keeper wrote in his diary every evening.",
    "Nobody had crossed the bay since the storm.",
    "In the morning the boats were gone.",
    "She asked the harbour master for the key.",
    "The answer came three weeks later.",
)
ES = (
    "El farero escribía en su diario todas las noches.",
    "Nadie había cruzado la bahía desde la tormenta.",
    "Por la mañana las barcas ya no estaban.",
    "Le pidió la llave al capitán del puerto.",
    "La respuesta llegó tres semanas después.",
)
FAR = (
    "La harina se mezcla con la mantequilla fría.",
    "El tribunal aplazó la sentencia hasta junio.",
    "Mi vecino colecciona sellos de Portugal.",
    "El equipo perdió los dos partidos en casa.",
    "Hay que reiniciar el ordenador dos veces.",
)


def document(lang: str, texts: tuple[str, ...]) -> Document:
    paragraphs = tuple(
        Paragraph(n, "para", text, (Segment(n, n, 0, len(text), text),))
        for n, text in enumerate(texts)
    )
    return Document(lang, lang, "", "", f"{lang}{hash(texts)}", paragraphs)


def beads(
    source: tuple[str, ...], target: tuple[str, ...], pins: str = ""
) -> tuple[list[tuple[list[int], list[int]]], list[str]]:
    notices = Notices()
    made = align_documents(
        document("en", source),
        document("es", target),
        settings=Settings(pins=PinFile(content=pins)),
        notices=notices,
    )
    return [(list(bead.source), list(bead.target)) for bead in made.beads], notices.lines


def with_marks(texts: tuple[str, ...], places: list[int], marks: list[str]) -> tuple[str, ...]:
    out: list[str] = []
    for number, text in enumerate(texts):
        out += [mark for place, mark in zip(places, marks, strict=True) if place == number]
        out.append(text)
    return tuple(out)


@pytest.mark.parametrize("count", range(1, len(EN) + 1))
def test_few_segments_are_linked(count: int) -> None:
    assert beads(EN[:count], ES[:count])[0] == [([n], [n]) for n in range(count)]


@pytest.mark.parametrize("count", range(1, len(EN) + 1))
def test_few_segments_that_do_not_translate_each_other_are_nulls(count: int) -> None:
    made, notices = beads(EN[:count], FAR[:count])
    assert all(not source or not target for source, target in made)
    assert notices == ["these texts do not look like translations of each other"]


def test_a_marker_translates_no_sentence() -> None:
    assert beads(("***",), (ES[0],))[0] == [([0], []), ([], [0])]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Q", "P"),
        ("***", "* * *"),
        ("---", "—"),
        ("1", "1."),
        ("[1]", "[1]"),
        ("I", "I"),
        ("§", "§"),
        ("♪", "♪"),
        ("•", "-"),
        ("3.2", "3.2"),
    ],
)
def test_every_second_line_a_marker(one: str, other: str) -> None:
    source = with_marks(EN, list(range(5)), [one] * 5)
    target = with_marks(ES, list(range(5)), [other] * 5)
    made, notices = beads(source, target)
    assert made == [([n], [n]) for n in range(10)]
    assert not notices


@settings(max_examples=12, deadline=None)
@given(
    st.lists(st.integers(0, 4), min_size=1, max_size=4).map(sorted),
    st.lists(st.sampled_from(["*", "***", "12", "Q", "§ 3", "—", "IV."]), min_size=4, max_size=4),
)
def test_equal_markers_on_both_sides_change_no_other_bead(
    places: list[int], marks: list[str]
) -> None:
    target = (ES[0] + " " + ES[1], *ES[2:])  # a 2-1 bead and a shorter text
    plain, _ = beads(EN, target)
    kept = marks[: len(places)]
    # a marker may not stand inside the bead that holds two source segments
    outside = [(p, m) for p, m in zip(places, kept, strict=True) if p != 1]
    source = with_marks(EN, [p for p, _ in outside], [m for _, m in outside])
    translated = with_marks(target, [max(p - 1, 0) for p, _ in outside], [m for _, m in outside])
    made, _ = beads(source, translated)
    words = [
        ([source[k] for k in a], [translated[k] for k in b])
        for a, b in made
        if not {source[k] for k in a} & set(marks)
    ]
    assert words == [([EN[k] for k in a], [target[k] for k in b]) for a, b in plain]


def test_another_reading_survives_where_no_marker_stands_inside() -> None:
    texts = ("*", "One.", "Two.", "*", "Three.", "Four.")
    markers = find_markers(texts, texts, (frozenset(), frozenset()))
    assert markers is not None
    inside, across = Reading(1, ((1, 1), (1, 1)), 0.4, 0.45), Reading(2, ((2, 2),), 0.4, 0.45)

    def others(*kept: Bead) -> list[Reading | None]:
        return [bead.other for bead in markers.restored(kept) if bead.confidence == 0.5]

    whole = Bead(range(2), range(2), 0.0, 0.5, other=inside)
    last = Bead(range(2, 4), range(2, 4), 0.0, 0.5)
    assert others(whole, last) == [inside, None]
    one = Bead(range(1), range(1), 0.0, 0.5, other=across)
    two = Bead(range(1, 2), range(1, 2), 0.0, 0.5, other=across)  # a marker stands behind it
    assert others(one, two, last) == [across, None, None]


def test_markers_of_one_side_only_are_left_where_they_are() -> None:
    assert (
        find_markers(("1", "One.", "2", "Two."), ("Uno.", "Dos."), (frozenset(), frozenset()))
        is None
    )


def test_a_marker_too_many_has_no_counterpart() -> None:
    source = with_marks(EN, [1, 1, 2, 3, 4], ["*", "*", "*", "*", "*"])
    target = with_marks(ES, [1, 2, 3, 4], ["*", "*", "*", "*"])
    made, _ = beads(source, target)
    linked = [(source[a[0]], target[b[0]]) for a, b in made if a and b]
    assert linked.count(("*", "*")) == 4
    assert [pair for pair in linked if pair != ("*", "*")] == list(zip(EN, ES, strict=True))
    assert sum(not b for _, b in made) == 1


def test_pins_hold_among_markers() -> None:
    source = with_marks(EN, list(range(5)), ["*"] * 5)
    target = with_marks(ES, list(range(5)), ["*"] * 5)
    made, _ = beads(source, target, "[1]:[3]\n")
    assert ([1], [3]) in made


def test_what_is_a_marker() -> None:
    texts = ("12", "1985", "Q", "is", "—", "第", "IV.", "a1", "§ 3", "No.")
    others = tuple(reversed(texts))
    found = find_markers((*texts, "Words."), (*texts, "Palabras."), (frozenset(), frozenset()))
    assert found is not None
    assert [texts[k] for k in found.kinds[0]] == ["12", "Q", "—", "IV.", "§ 3"]
    assert find_markers(texts[:1], others[:1], (frozenset(), frozenset())) is None


def test_restored_beads_tile_both_sides() -> None:
    found = find_markers(("*", "A b.", "1", "C d."), ("*", "E f.", "1"), (frozenset(), frozenset()))
    assert found is not None
    made = found.restored(
        [Bead(range(1), range(1), 0.0, 0.9), Bead(range(1, 2), range(1, 1), 0.0, 0.8)]
    )
    assert [(list(b.source), list(b.target)) for b in made] == [
        ([0], [0]),
        ([1], [1]),
        ([2], [2]),
        ([3], []),
    ]
