"""Tables and columns of a printed page by geometry alone: what is one, and what only looks so."""

from __future__ import annotations

import time

from aligner.documents.pdf.grid import GAP, Line, column_edges, find_tables

SIZE = 10.0


def line(bottom: float, *pieces: tuple[float, str], page: int = 0) -> Line:
    """Letters are five points wide."""
    made = tuple((left, left + 5 * len(text), text) for left, text in pieces)
    whole = " ".join(text for _, text in pieces)
    return Line(whole, page, made[0][0], made[-1][1], bottom + SIZE, bottom, SIZE, made)


def rows(*texts: list[str], lefts: tuple[float, ...] = (50, 200, 350)) -> list[Line]:
    return [line(700 - 20 * n, *zip(lefts, row, strict=False)) for n, row in enumerate(texts)]


def cells(lines: list[Line]) -> list[list[list[str]]]:
    return [
        [[" ".join(cell) for cell in row] for row in table.rows] for table in find_tables(lines)
    ]


def test_three_rows_that_line_up() -> None:
    made = rows(["Enero", "Doce"], ["Febrero", "Once"], ["Marzo", "Diez"])
    assert cells(made) == [[["Enero", "Doce"], ["Febrero", "Once"], ["Marzo", "Diez"]]]


def test_prose_around_a_table_stays() -> None:
    before, after = line(730, (50, "Antes de la tabla.")), line(600, (50, "Después de ella."))
    table = rows(["Enero", "Doce"], ["Febrero", "Once"], ["Marzo", "Diez"])
    (found,) = find_tables([before, *table, after])
    assert (found.start, found.end) == (1, 4)


def test_two_rows_need_very_wide_gaps() -> None:
    far = rows(["Enero", "Doce"], ["Marzo", "Diez"])
    assert len(cells(far)) == 1
    near = [line(700, (50, "Enero"), (84, "Doce")), line(680, (50, "Marzo"), (84, "Diez"))]
    assert GAP * SIZE < 84 - 75 < 2 * SIZE
    assert cells(near) == []


def test_what_wraps_inside_a_cell() -> None:
    """Cells one after the other, each in lines of its own, as programs write them."""
    made = [
        line(700, (50, "Mes"), (200, "Traían")),
        line(680, (50, "Marzo, el mes")),
        line(668, (50, "del temporal")),
        line(680, (200, "Nada que")),
        line(668, (200, "se sepa")),
        line(640, (50, "Abril"), (200, "Sal")),
    ]
    assert cells(made) == [
        [["Mes", "Traían"], ["Marzo, el mes del temporal", "Nada que se sepa"], ["Abril", "Sal"]]
    ]


def test_names_of_columns_may_be_centred() -> None:
    made = [line(720, (85, "Mes"), (260, "Barcos"))]
    made += rows(["Enero", "Doce barcos de vela"], ["Febrero", "Once"], ["Marzo y abril", "Diez"])
    assert cells(made)[0][0] == ["Mes", "Barcos"]


def test_a_column_of_numbers_is_aligned_on_the_right() -> None:
    texts = [("Enero", "12"), ("Febrero", "7"), ("Marzo", "10540")]
    made = [
        line(700 - 20 * n, (50, name), (300 - 5 * len(number), number))
        for n, (name, number) in enumerate(texts)
    ]
    assert cells(made) == [[[name, number] for name, number in texts]]


def test_justified_text_is_no_table() -> None:
    """Two long words a line, pushed to both edges."""
    words = [("responsabilidades", "internacionales"), ("de", "desaprovechamiento"), ("y", "otras")]
    made = [
        line(700 - 12 * n, (50, a), (250 - 5 * len(b), b)) for n, (a, b) in enumerate(words * 2)
    ]
    assert cells(made) == []


def test_gaps_that_do_not_line_up_are_no_table() -> None:
    made = [line(700 - 12 * n, (50, "uno"), (90 + 31 * n, "dos tres")) for n in range(4)]
    assert cells(made) == []


def test_speakers_before_what_they_say_are_no_table() -> None:
    made = rows(["ANA:", "Buenas tardes."], ["LUIS:", "Buenas."], ["ANA:", "Adiós."])
    assert cells(made) == []


def test_marks_of_a_list_are_no_column() -> None:
    made = rows(["1.", "Una cosa."], ["2.", "Otra cosa."], ["3.", "La última."], lefts=(50, 75))
    assert cells(made) == []
    numbered = rows(["1.", "Enero", "Doce"], ["2.", "Marzo", "Diez"], ["3.", "Abril", "Sal"])
    assert cells(numbered)[0][0] == ["1. Enero", "Doce"]


def test_a_table_ends_with_its_page() -> None:
    made = rows(["Enero", "Doce"], ["Febrero", "Once"], ["Marzo", "Diez"])
    other = [line(700 - 20 * n, (50, "Abril"), (200, "Sal"), page=1) for n in range(3)]
    assert [len(table) for table in cells([*made, *other])] == [3, 3]


def test_prose_in_columns_under_a_table() -> None:
    """The left column, then the right one: it looks like a row whose cells wrap."""
    made = rows(["Enero", "Doce"], ["Febrero", "Once"], ["Marzo", "Diez"])
    for left in (50, 222):
        made += [line(620 - 12 * n, (left, "Unas palabras")) for n in range(4)]
    assert cells(made) == [[["Enero", "Doce"], ["Febrero", "Once"], ["Marzo", "Diez"]]]


def test_edges_of_two_columns() -> None:
    """A full line of the left column ends where the column ends, not the page."""
    title = line(740, (50, "Un título que va de un lado de la página hasta el otro lado"))
    left = [line(700 - 12 * n, (50, "x" * (40 - n % 2))) for n in range(6)]
    right = [line(700 - 12 * n, (270, "x" * 40)) for n in range(4)]
    edges = column_edges([title, *left, *right])
    assert edges[0] == edges[-1] == 470
    # the last two have nothing beside them and belong to the column all the same
    assert set(edges[1:7]) == {250}


def test_hostile_pages_take_linear_time() -> None:
    many = [line(-12.0 * n, (50, "a b"), (200 + n % 7 * 40, "c")) for n in range(30_000)]
    level = [line(700, (50 + n % 50, "a"), (300, "b")) for n in range(30_000)]
    wide = [line(-12.0 * n, *((9.0 * k, "a") for k in range(3000))) for n in range(30)]
    tall = [line(-12.0 * n, (50, "a")) for n in range(30_000)]
    for lines in (many, level, wide, tall):
        started = time.process_time()
        find_tables(lines)
        column_edges(lines)
        assert time.process_time() - started < 10
