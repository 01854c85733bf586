"""Who speaks each turn: by labels, typography and alternation, on both sides through the beads."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from aligner.model import Alignment, Bead, Document, Paragraph, Source
from aligner.segmenting import segment
from aligner.text.attributing import attributed
from aligner.text.speaker_names import is_part
from aligner.workflows import aligning
from aligner.workflows.metadata import apply_metadata, parse_metadata
from aligner.workflows.reading import read
from tests.conftest import CORPORA

ENGLISH = """A harbour town of three streets.

THE BOAT: Since when do you fish?

Mr Ruiz: Since I was a boy.

It was another sea.

THE BOAT: And do you like it?

Mr Ruiz: Very much.

THE BOAT: Who taught you?

Mr Ruiz: My aunt.

He shows us his nets.
"""
PLAIN = """Un puerto de tres calles.

¿Desde cuándo pesca?

Desde niño.

Era otro mar.

¿Y le gusta?

Mucho.

¿Quién le enseñó?

Mi tía.

Nos enseña las redes.
"""
BOLD = PLAIN.replace("¿Desde cuándo pesca?", "**¿Desde cuándo pesca?**").replace(
    "¿Y le gusta?", "**¿Y le gusta?**"
)
BOLD = BOLD.replace("¿Quién le enseñó?", "**¿Quién le enseñó?**")
DASHES = """Un puerto de tres calles.

—¿Desde cuándo pesca?

—Desde niño.

—¿Y le gusta?

—Mucho.
"""
STORY = """Llegó al puerto.

—Hola —dijo Juan.

—Buenas.

La tarde caía sobre las redes, y nadie hablaba.

El mar estaba quieto.

—¿Vienes?

Los dos se fueron por la calle de en medio.

—Mañana —dijo ella.
"""


def document(text: str, lang: str, **metadata: tuple[str, ...]) -> Document:
    made = segment(read(Source(f"{lang}.md", text.encode())).with_lang(lang))
    return replace(made, metadata=metadata)


def aligned(one: Document, other: Document, *, without: tuple[int, ...] = ()) -> Alignment:
    """A bead a paragraph; those of `without` have no source."""
    linked = iter(p for p in other.paragraphs if p.index not in without)
    beads: list[Bead] = []
    for p in one.paragraphs:
        q = next(linked)
        beads += (
            Bead(range(0), _segments(x), confidence=0.9)
            for x in other.paragraphs[: q.index]
            if x.index in without and not any(_segments(x) == bead.target for bead in beads)
        )
        beads.append(Bead(_segments(p), _segments(q), confidence=0.9))
    return Alignment(one, other, tuple(beads))


def _segments(paragraph: Paragraph) -> range:
    return range(paragraph.segments[0].index, paragraph.segments[-1].index + 1)


def turns(document: Document) -> list[tuple[str, str | None]]:
    """Of every paragraph its kind, and who speaks it."""
    return [(p.kind, p.speaker) for p in document.paragraphs]


SPOKEN = [
    ("para", None),
    ("turn", "THE BOAT"),
    ("turn", "Mr Ruiz"),
    ("para", "Mr Ruiz"),
    *[("turn", "THE BOAT"), ("turn", "Mr Ruiz")] * 2,
    ("para", None),
]


@pytest.mark.parametrize("text", [PLAIN, BOLD])
def test_labels_hold_on_the_other_side(text: str) -> None:
    (made,) = attributed([aligned(document(text, "es"), document(ENGLISH, "en"))])
    assert turns(made.source) == SPOKEN
    assert turns(made.target) == SPOKEN
    (back,) = attributed([aligned(document(ENGLISH, "en"), document(text, "es"))])
    assert turns(back.target) == SPOKEN
    assert attributed([made]) == [made]


def test_a_voice_without_a_name_is_called_by_its_role() -> None:
    (made,) = attributed([aligned(document(BOLD, "es"), document(PLAIN, "gl"))])
    expected = [
        (kind, who and {"THE BOAT": "interviewer", "Mr Ruiz": "interviewee"}[who])
        for kind, who in SPOKEN
    ]
    assert turns(made.source) == turns(made.target) == expected
    assert made.source.metadata == {}


def test_the_person_of_the_metadata_is_named() -> None:
    given = {"interviewer": ("Eva Soto",), "interviewee": ("Blas Ruiz",)}
    (made,) = attributed([aligned(document(BOLD, "es", **given), document(PLAIN, "gl"))])
    who = {p.speaker for p in made.source.paragraphs if p.kind == "turn"}
    assert who == {"Eva Soto", "Blas Ruiz"}
    assert {p.speaker for p in made.target.paragraphs if p.kind == "turn"} == who
    (made,) = attributed([aligned(document(ENGLISH, "en", **given), document(PLAIN, "es"))])
    assert {p.speaker for p in made.target.paragraphs if p.kind == "turn"} == who


def test_two_who_ask_are_not_told_apart() -> None:
    given = {"interviewer": ("Eva Soto", "Luis Gil"), "interviewee": ("Blas Ruiz",)}
    (made,) = attributed([aligned(document(BOLD, "es", **given), document(PLAIN, "gl"))])
    assert {p.speaker for p in made.source.paragraphs} == {None, "interviewer", "Blas Ruiz"}


def test_labels_of_one_text_for_one_person() -> None:
    text = ENGLISH.replace("Mr Ruiz: Very", "A: Very").replace("THE BOAT: And", "Q: And")
    text = text.replace("Mr Ruiz: Since", "Ruiz: Since") + "\nQ: Tomorrow?\n\nA: Always.\n"
    text += "\nTHE BOAT: Why?\n\nRuiz: Ask the sea.\n"
    other = PLAIN + "\n¿Mañana?\n\nSiempre.\n\n¿Por qué?\n\nPregunte al mar.\n"
    given = {"interviewee": ("Blas Ruiz",)}
    (made,) = attributed([aligned(document(text, "en", **given), document(other, "es"))])
    for side in (made.source, made.target):
        assert {p.speaker for p in side.paragraphs if p.kind == "turn"} == {"THE BOAT", "Blas Ruiz"}


def test_dashes_that_alternate() -> None:
    (made,) = attributed([aligned(document(DASHES, "es"), document(DASHES, "gl"))])
    assert [p.speaker for p in made.source.paragraphs] == [
        None,
        *["interviewer", "interviewee"] * 2,
    ]
    # the dash is a label that names nobody
    assert [p.label for p in made.source.paragraphs[1:]] == [(0, 1)] * 4


def test_the_conversations_of_a_story_name_nobody() -> None:
    (made,) = attributed([aligned(document(STORY, "es"), document(STORY, "gl"))])
    assert {p.speaker for side in (made.source, made.target) for p in side.paragraphs} == {None}


def test_what_only_the_translation_has_is_nobodys_speech() -> None:
    more = ENGLISH.replace("It was another sea.", "It was another sea.\n\nRuiz is 61 years old.")
    (made,) = attributed([aligned(document(BOLD, "es"), document(more, "en"), without=(4,))])
    assert [p.speaker for p in made.target.paragraphs[2:6]] == [
        "Mr Ruiz",
        "Mr Ruiz",
        None,
        "THE BOAT",
    ]


def test_a_printed_label_is_never_overruled() -> None:
    wrong = ENGLISH.replace("Mr Ruiz: Very", "Mrs Ruiz: Very")
    (made,) = attributed([aligned(document(ENGLISH, "en"), document(wrong, "en-AU"))])
    assert made.source.paragraphs[5].speaker == "Mr Ruiz"
    assert made.target.paragraphs[5].speaker == "Mrs Ruiz"


def test_three_texts() -> None:
    one = document(PLAIN, "es")
    pairs = [aligned(one, document(ENGLISH, "en")), aligned(one, document(PLAIN, "gl"))]
    for made in attributed(pairs):
        assert turns(made.source) == turns(made.target) == SPOKEN
    assert len({id(one.source) for one in attributed(pairs)}) == 1


INTERVIEW = CORPORA / "interview"


def _interview(*, meta: bool) -> Alignment:
    sides: list[Any] = []
    for lang in ("es", "en"):
        source = aligning.read_source(str(INTERVIEW / f"{lang}.html"))
        made = aligning.open_document(source, lang)
        if meta:
            text = (INTERVIEW / "meta.toml").read_text(encoding="utf-8")
            made = apply_metadata(made, parse_metadata(text, "meta.toml"))
        sides.append(made)
    return aligning.align_documents(*sides)


@pytest.mark.parametrize("meta", [True, False])
def test_every_turn_of_the_interview(meta: bool) -> None:
    made = _interview(meta=meta)
    expected = {"La Bitácora", "Ofelia Marroquín", "Carolina Rivas"}
    if meta:
        expected = {"La Bitácora del Istmo", "Ofelia Marroquín", "Carolina Rivas"}
    counts = []
    for side in (made.source, made.target):
        spoken = [p for p in side.paragraphs if p.kind == "turn"]
        assert all(p.speaker for p in spoken)
        assert [p.speaker for p in side.paragraphs if p.kind != "turn" and p.speaker] == (
            [] if side is made.source else [spoken[7].speaker]
        )
        counts.append(len(spoken))
    assert counts == [32, 30]
    assert {p.speaker for p in made.source.paragraphs} - {None} == expected
    # the Spanish page prints neither questions nor answers with labels, but for the lawyer's part
    assert made.source.paragraphs[9].label is None


def test_initials_are_those_of_the_metadata() -> None:
    text = (
        "**Eva:** Since when?\n\n**Blas:** A year.\n\nES: And then?\n\nB.R.: Nothing.\n\nES: Nothing?\n\n"
        "B.R.: Nothing at all.\n\nES: Why?\n\nB.R.: It is late.\n"
    )
    given = {"interviewer": ("Eva Soto",), "interviewee": ("Blas Ruiz",)}
    (made,) = attributed([aligned(document(text, "en", **given), document(text, "en-AU"))])
    assert {p.speaker for p in made.source.paragraphs} == {"Eva Soto", "Blas Ruiz"}
    # the author is often who asks: her name and her initials are one person
    given = {"author": ("Eva Soto",)}
    (made,) = attributed([aligned(document(text, "en", **given), document(text, "en-AU"))])
    assert {p.speaker for p in made.source.paragraphs} == {"Eva Soto", "Blas", "B.R."}


@pytest.mark.parametrize(
    ("label", "name", "same"),
    [
        ("Ruiz", "Blas Ruiz", True),
        ("La Bitácora", "La Bitácora del Istmo", True),
        ("Dr. Ruiz", "Blas Ruiz", True),
        ("Mrs Ruiz", "Mr Ruiz", False),
        ("Ana Ruiz", "Blas Ruiz", False),
        ("BR", "Blas Ruiz", True),
        ("B. R.", "Blas Ruiz", True),
        ("BR", "Blas Ruiz Soto", False),
        ("", "Blas Ruiz", False),
        ("A", "Ana", False),
    ],
)
def test_parts_of_a_name(label: str, name: str, same: bool) -> None:
    assert is_part(label, name) is same


def test_one_person_of_one_page() -> None:
    text = "DIE ZEIT: Warum?\n\nMaria Lund: Darum.\n\nZEIT: Und jetzt?\n\nLund: Nichts.\n\nZEIT: Nie?\n\nLund: Nein.\n"
    (made,) = attributed([aligned(document(text, "de"), document(text, "nl"))])
    assert [p.speaker for p in made.source.paragraphs] == ["DIE ZEIT", "Maria Lund"] * 3


def test_letters_mean_nothing_in_another_language() -> None:
    text = "P: ¿Desde cuándo?\n\nR: Un año.\n\nP: ¿Y luego?\n\nR: Nada.\n"
    plain = "Since when?\n\nA year.\n\nAnd then?\n\nNothing.\n"
    (made,) = attributed([aligned(document(text, "es"), document(plain, "en"))])
    assert [p.speaker for p in made.source.paragraphs] == ["P", "R"] * 2
    assert [p.speaker for p in made.target.paragraphs] == ["interviewer", "interviewee"] * 2
    english = "Q: Since when?\n\nA: A year.\n\nQ: And then?\n\nA: Nothing.\n"
    (made,) = attributed([aligned(document(text, "es"), document(english, "en"))])
    assert [p.speaker for p in made.target.paragraphs] == ["Q", "A"] * 2


def test_italic_questions() -> None:
    text = BOLD.replace("**", "*") + "\n*¿Y mañana?*\n\nIgual.\n"
    other = PLAIN + "\n¿Y mañana?\n\nIgual.\n"
    (made,) = attributed([aligned(document(text, "es"), document(other, "gl"))])
    asked = [p.text for p in made.target.paragraphs if p.speaker == "interviewer"]
    assert len(asked) == 4
    assert {p.speaker for p in made.target.paragraphs if p.kind == "turn"} == {
        "interviewer",
        "interviewee",
    }


def test_a_question_run_into_its_answer_is_not_one_persons() -> None:
    english = (
        "THE BOAT: Since when do you fish?\n\nMr Ruiz: Since I was a boy.\n\nTHE BOAT: And then?\n\n"
        "Mr Ruiz: Nothing. The sea.\n\nTHE BOAT: Why?\n\nMr Ruiz: It is late.\n"
    )
    spanish = (
        "¿Desde cuándo pesca?\n\nDesde niño.\n\n¿Y luego? Nada. El mar.\n\n¿Por qué?\n\nEs tarde.\n"
    )
    one, other = document(english, "en"), document(spanish, "es")
    sizes = [(1, 1), (1, 1), (1, 1), (1, 1), (1, 1), (1, 1), (1, 1)]
    beads, i, j = [], 0, 0
    for n, m in sizes:
        beads.append(Bead(range(i, i + n), range(j, j + m), confidence=0.9))
        i, j = i + n, j + m
    (made,) = attributed([Alignment(one, other, tuple(beads))])
    assert [p.speaker for p in made.target.paragraphs] == [
        "THE BOAT",
        "Mr Ruiz",
        None,
        "THE BOAT",
        "Mr Ruiz",
    ]


def test_a_conversation_inside_a_long_story_does_not_go_on() -> None:
    lines = ["The sea was grey that day." for _ in range(150)]
    for place in (10, 60, 110):
        lines[place : place + 2] = ["BOAT: Who is there?", "RUIZ: Nobody."]
    text = "\n\n".join(lines) + "\n"
    (made,) = attributed([aligned(document(text, "en"), document(text, "en-AU"))])
    spoken = [p.kind for p in made.source.paragraphs if p.speaker]
    assert spoken == ["turn"] * 6


UNMARKED = """A well in the square.

Who dug it?

A neighbour. In 1870.

Is there water?

Not since May.

And in April?

There is. It comes from the snow.

She closes the lid.
"""


def test_questions_and_answers_by_turns_without_any_mark() -> None:
    given = {"interviewer": ("Rita Sanz",), "interviewee": ("Tomás Gil",)}
    (made,) = attributed([aligned(document(UNMARKED, "en", **given), document(UNMARKED, "en-AU"))])
    turns = ["Rita Sanz", "Tomás Gil"] * 3
    for side in (made.source, made.target):
        assert [(p.kind, p.speaker) for p in side.paragraphs[1:7]] == [("turn", n) for n in turns]
        assert {(p.kind, p.speaker) for p in side.paragraphs[7:]} == {("para", None)}


@pytest.mark.parametrize(
    ("text", "given"),
    [
        # nobody says who asks; two may have answered; an answer of two paragraphs; a question that nobody
        # answers; two questions alone
        (UNMARKED, {"interviewee": ("Tomás Gil",)}),
        (UNMARKED, {"interviewer": ("Rita Sanz",), "interviewee": ("Tomás Gil", "Blas Mora")}),
        (UNMARKED.replace("A neighbour. In", "A neighbour.\n\nIn"), {}),
        (UNMARKED.replace("Not since", "Where?\n\nNot since"), {}),
        (UNMARKED.replace("Is there water?", "There is water."), {}),
    ],
)
def test_what_alternates_too_little_is_nobodys(text: str, given: dict[str, tuple[str]]) -> None:
    given = given or {"interviewer": ("Rita Sanz",), "interviewee": ("Tomás Gil",)}
    (made,) = attributed([aligned(document(text, "en", **given), document(text, "en-AU"))])
    assert {(p.kind, p.speaker) for p in made.source.paragraphs[1:]} == {("para", None)}
