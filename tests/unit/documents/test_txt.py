"""Plain text: paragraphs, headings, items, turns, given segments."""

from __future__ import annotations

import pytest

from aligner.documents import plain
from aligner.model import Declined, Document, ReadError, ReadOptions, Source, UnknownFormat
from aligner.workflows.reading import read

LONG = "El puente se cerró en mayo y nadie ha vuelto a cruzarlo desde entonces."


def text(content: str, name: str = "t.txt", *, segmented: bool = False) -> Document:
    return read(Source(name, content.encode()), ReadOptions(segmented=segmented))


def kinds(document: Document) -> list[str]:
    return [paragraph.kind for paragraph in document.paragraphs]


def test_blank_line_parts_and_line_end_joins() -> None:
    document = text(f"{LONG}\ny otra cosa.\n \t\nOtro párrafo,\r\ncon dos líneas.\n")
    assert [p.text for p in document.paragraphs] == [
        f"{LONG} y otra cosa.",
        "Otro párrafo, con dos líneas.",
    ]
    assert document.segments == ()
    assert document.lang == ""


def test_chinese_lines_join_without_a_space() -> None:
    document = text("老周今年六十八岁，守着这座\n木桥四十年。\n\n桥不长。\n")
    assert document.paragraphs[0].text == "老周今年六十八岁，守着这座木桥四十年。"


def test_without_a_blank_line_every_line_is_a_paragraph() -> None:
    assert len(text(f"{LONG}\n{LONG} {LONG}\n¿Y usted?\n").paragraphs) == 3


def test_wrapped_lines_without_a_blank_line_are_one_paragraph() -> None:
    wrapped = (
        "Cuando llegó la primavera, el alcalde mandó pintar\n"
        "de verde todas las barandillas del paseo, también las\n"
        "que se habían caído al río durante el invierno, y el\n"
        "pintor preguntó si tenía que bajar a buscarlas.\n"
    )
    assert len(text(wrapped).paragraphs) == 1


def test_title_and_headings() -> None:
    document = text(f"Un puente sin orillas\n\n{LONG}\n\nEl invierno\n\n{LONG}\n\nFin de la cita.")
    assert kinds(document) == ["title", "para", "heading", "para", "para"]
    assert document.title == "Un puente sin orillas"


def test_a_title_with_a_colon_is_no_turn() -> None:
    assert kinds(text(f"Aviso del puerto: se cierra\n\n{LONG}\n\n{LONG}"))[0] == "title"
    talk = "Ana: dime una cosa\n\nLuis: dos o tres cosas, si quieres.\n\nAna: no hace falta.\n"
    assert kinds(text(talk)) == ["turn", "turn", "turn"]


def test_a_short_line_with_a_full_stop_is_no_title() -> None:
    assert kinds(text(f"Llovía.\n\n{LONG}\n\n{LONG}")) == ["para", "para", "para"]


def test_items() -> None:
    document = text(f"{LONG}\n\n- pan\n- queso y\n  vino\n\n1. Uno\n2. Dos\n")
    assert [p.text for p in document.paragraphs if p.kind == "item"] == [
        "- pan",
        "- queso y vino",
        "1. Uno",
        "2. Dos",
    ]


def test_turns_line_under_line() -> None:
    document = text(
        f"{LONG}\n\nP: ¿Cuándo empezó?\nR: En mayo. Yo estaba\nfuera.\nP: ¿Y ahora?\nR: Nada.\n"
    )
    turns = [(p.speaker, p.text) for p in document.paragraphs if p.kind == "turn"]
    assert turns == [
        ("P", "P: ¿Cuándo empezó?"),
        ("R", "R: En mayo. Yo estaba fuera."),
        ("P", "P: ¿Y ahora?"),
        ("R", "R: Nada."),
    ]


def test_segmented() -> None:
    document = text("Uno.\nDos  tres.\n \t \n\nCuatro.\n", segmented=True)
    assert [p.text for p in document.paragraphs] == ["Uno. Dos tres.", "Cuatro."]
    assert [(s.index, s.paragraph, s.start, s.text) for s in document.segments] == [
        (0, 0, 0, "Uno."),
        (1, 0, 5, "Dos tres."),
        (2, 1, 0, "Cuatro."),
    ]


def test_segmented_guesses_nothing_and_takes_any_suffix() -> None:
    document = text("Título\n\nP: ¿Uno?\nR: Dos.\n", name="x.es", segmented=True)
    assert kinds(document) == ["para", "para"]


def test_other_suffix_is_declined_with_a_reason() -> None:
    with pytest.raises(Declined, match=r"\.xyz is not one of \.txt"):
        plain.read(Source("a.xyz", b"Hola."))
    with pytest.raises(UnknownFormat, match=r"files named \.xyz are not read here .*--from"):
        read(Source("a.xyz", b"Hola."))
    assert read(Source("a.xyz", b"Hola."), format="txt").paragraphs[0].text == "Hola."
    assert read(Source("-", b"Hola.")).paragraphs[0].text == "Hola."


@pytest.mark.parametrize("data", [b"", b" \n\t ", "\u200b\u00ad".encode(), b"\xef\xbb\xbf"])
def test_no_text_is_an_error(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"empty|no text"):
        read(Source("a.txt", data))


def test_document_identity() -> None:
    document = text(LONG, name="folder/uno.es.txt")
    assert document.id == "uno.es"
    assert document.origin == "folder/uno.es.txt"
    assert len(document.digest) == 64
