"""What the text of a segment says by itself: figures worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest

from aligner.engine.features import evidence_of
from aligner.engine.features.evidence import (
    COLON,
    ELLIPSIS,
    EXCLAMATION,
    FULL_STOP,
    NO_MARK,
    QUESTION,
    Evidence,
    folded,
    shared_cells,
)
from aligner.model import Document, Paragraph, Segment


def of(*paragraphs: tuple[str, list[str]]) -> Evidence:
    """Of a document of paragraphs (kind, segments)."""
    made, number = [], 0
    for index, (kind, texts) in enumerate(paragraphs):
        segments, offset = [], 0
        for text in texts:
            segments.append(Segment(number, index, offset, offset + len(text), text))
            number, offset = number + 1, offset + len(text) + 1
        made.append(Paragraph(index, kind, " ".join(texts), tuple(segments)))
    return evidence_of(Document("es", "a", "a", "", "es", tuple(made)))


def of_texts(*texts: str) -> Evidence:
    return of(*(("para", [text]) for text in texts))


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("Fin.", FULL_STOP),
        ("你好。", FULL_STOP),
        ("¿Sí?»", QUESTION),
        ("Sí?) ", QUESTION),
        ("Sí;", NO_MARK),
        ("¡No!", EXCLAMATION),
        ("Él dijo:", COLON),
        ("Y luego...", ELLIPSIS),
        ("Y luego…”", ELLIPSIS),
        ("Y luego..", FULL_STOP),
        ("Capítulo 1", NO_MARK),
        ("»", NO_MARK),
    ],
)
def test_the_mark_at_the_end(text: str, mark: int) -> None:
    assert of_texts(text).end_N.tolist() == [mark]


def test_marks_at_the_beginning_and_inside() -> None:
    made = of_texts("- Sí", "—No", "Un «sí»", "un-dos", "It's")
    assert made.dash_N.tolist() == [True, True, False, False, False]
    assert made.quote_N.tolist() == [False, False, True, False, False]


def test_lengths() -> None:
    made = of_texts("Dos palabras", "你好", " ")
    # without white space, at least one; an ideograph is worth three letters
    assert made.chars_N.tolist() == [11, 2, 1]
    assert made.length == 11 + 6
    assert made.count == 3


def test_paragraphs() -> None:
    made = of(("heading", ["A"]), ("para", ["B.", "C."]), ("turn", ["D."]), ("caption", ["E."]))
    assert made.start_N.tolist() == [True, True, False, True, True]
    assert made.kind_N.tolist() == [1, 0, 0, 0, 1]
    assert made.structured
    assert not of_texts("A.", "B.", "C.").structured  # each a paragraph
    assert not of(("para", ["A.", "B.", "C."])).structured  # one paragraph
    assert not of(("para", ["A."]), ("para", ["B."])).structured  # too few to tell


def test_tables_are_numbered() -> None:
    kinds = ("cell", "cell", "para", "cell", "para", "para", "cell")
    made = of(*((kind, [f"{n}."]) for n, kind in enumerate(kinds)))
    assert made.table_N.tolist() == [1, 1, 0, 2, 0, 0, 3]


def test_equal_texts_whatever_their_spaces_and_separators() -> None:
    keys = of_texts("A 1.000", "A1,000", "A 1000", "A 1001", "A", "—.", "ab").text_N.tolist()
    assert keys[0] == keys[1] == keys[2] != keys[3]
    assert keys[4:6] == [0, 0]  # hardly any text
    assert 0 < keys[6] < 2**56


def shared(one: str, other: str, kind: int) -> float:
    """Weight of what two segments share of a class, among nine that share nothing."""
    rest = [f"w{chr(97 + n) * 5}" for n in range(9)]
    first, second = of_texts(one, *rest), of_texts(other, *(f"v{word}" for word in rest))
    count = len(rest) + 1
    bounds = np.zeros(count, np.int64), np.full(count, count)
    i, j, weight = shared_cells(first.items[kind], second.items[kind], *bounds)
    return float(weight[(i == 0) & (j == 0)].sum())


NUMBER, NAME, WORD = range(3)


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [
        ("son 1.250 coronas", "1,250 crowns", 1),
        ("son 1 250", "1250", 1),
        ("el 12 y el 7", "the 7th and the 12th", 2),
        ("٢٥", "25", 1),
        ("007", "7", 1),
        ("0", "00", 1),
        ("12", "13", 0),
        ("3 y 3", "3 and 3", 1),  # once in a segment
    ],
)
def test_numbers_by_their_digits(one: str, other: str, count: int) -> None:
    assert shared(one, other, NUMBER) == count


def test_names_are_capitalised_inside_and_words_the_rest() -> None:
    # each stands in one of ten segments: log(11 / 1) / log(11)
    assert shared("Vino Marta", "It was Marta", NAME) == pytest.approx(1)
    assert shared("Marta vino", "Marta came", NAME) == 0  # it may be capitalised for its place
    assert shared("Marta vino", "Marta came", WORD) == pytest.approx(1)
    assert shared("una división", "one divisional", WORD) == pytest.approx(1)  # five letters
    assert shared("el sol", "the sol", WORD) == 0  # of three letters, too short
    assert shared("la luna", "the luna", WORD) == pytest.approx(1)
    assert folded("Éxitos") == "exito"


def test_a_word_of_many_segments_weighs_less() -> None:
    made = of_texts("casa", "casa mesa", "casa", "silla")
    _, _, weight = made.items[WORD]
    rare, common = math.log(5 / 1) / math.log(5), math.log(5 / 3) / math.log(5)
    assert sorted(weight.tolist()) == pytest.approx(sorted([common] * 3 + [rare] * 2))
    assert made.total_KN[WORD].tolist() == pytest.approx([common, common + rare, common, rare])
    # numbers weigh the same wherever they stand
    assert of_texts("7", "7", "7 8").total_KN[NUMBER].tolist() == [1, 1, 2]


def test_only_the_columns_of_the_band_are_looked_at() -> None:
    made = of_texts("7", "7", "8", "7")
    i, j, weight = shared_cells(
        made.items[NUMBER], made.items[NUMBER], np.array([0, 1, 0, 1]), np.array([2, 4, 2, 3])
    )
    cells = list(zip(i.tolist(), j.tolist(), weight.tolist(), strict=True))
    assert cells == [(0, 0, 1), (0, 1, 1), (1, 1, 1), (1, 3, 1), (3, 1, 1)]
    none = shared_cells(made.items[NUMBER], made.items[NAME], np.zeros(4, int), np.full(4, 4))
    assert [len(part) for part in none] == [0, 0, 0]
