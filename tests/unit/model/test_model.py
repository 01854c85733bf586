"""The types of the model are frozen, and what they promise is checked when they are made."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from aligner.model import (
    Alignment,
    AlignmentSet,
    Bead,
    Crossing,
    Document,
    InternalError,
    Paragraph,
    ReadOptions,
    Segment,
    Signature,
    Source,
    Span,
    text_key,
)


def document(*texts: str, lang: str = "es") -> Document:
    paragraphs = tuple(
        Paragraph(i, "para", text, (Segment(i, i, 0, len(text), text),))
        for i, text in enumerate(texts)
    )
    return Document(lang, lang, f"{lang}.txt", "", lang, paragraphs)


def beads(*sides: tuple[tuple[int, int], tuple[int, int]]) -> tuple[Bead, ...]:
    return tuple(Bead(range(*source), range(*target)) for source, target in sides)


TWO, THREE = document("Uno.", "Dos."), document("One.", "Two.", "Three.", lang="en")


@pytest.mark.parametrize(
    "value",
    [
        Source("a", b""),
        ReadOptions(),
        Span(0, 1, "bold"),
        Segment(0, 0, 0, 1, "a"),
        Paragraph(0, "para", "a"),
        TWO,
        Bead(range(1), range(1)),
        Crossing(range(1), range(1), 0.5),
        Signature(),
        Alignment(TWO, TWO, beads(((0, 1), (0, 1)), ((1, 2), (1, 2)))),
    ],
    ids=lambda value: type(value).__name__,
)
def test_the_types_are_frozen(value: Any) -> None:
    first = dataclasses.fields(value)[0].name
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(value, first, None)
    with pytest.raises((AttributeError, TypeError)):
        value.something_new = 1


WRONG: list[tuple[str, Callable[[], object], str]] = [
    ("kind", lambda: Paragraph(0, "poem", "a"), "kind 'poem'"),
    ("line break", lambda: Paragraph(0, "para", "a\nb"), "line break"),
    ("NFC", lambda: Paragraph(0, "para", "e\u0301"), "NFC"),
    (
        "offsets that do not rebuild the segment",
        lambda: Paragraph(0, "para", "Uno. Dos.", (Segment(0, 0, 0, 4, "Dos."),)),
        "",
    ),
    (
        "segments out of order",
        lambda: Paragraph(
            0, "para", "Uno. Dos.", (Segment(0, 0, 5, 9, "Dos."), Segment(1, 0, 0, 4, "Uno."))
        ),
        "",
    ),
    ("empty bead", lambda: Bead(range(0), range(3, 3)), "empty on both sides"),
    ("ranges with steps", lambda: Bead(range(0, 4, 2), range(1)), "plain ranges"),
    ("status", lambda: Bead(range(1), range(1), status="fine"), "status 'fine'"),
    ("confidence", lambda: Bead(range(1), range(1), confidence=1.5), "outside 0-1"),
    ("a gap", lambda: Alignment(TWO, TWO, beads(((1, 2), (0, 1)))), "leaves the source order"),
    (
        "a segment twice",
        lambda: Alignment(TWO, TWO, beads(((0, 1), (0, 1)), ((1, 2), (0, 2)))),
        "leaves the target order",
    ),
    (
        "segments left over",
        lambda: Alignment(TWO, THREE, beads(((0, 2), (0, 2)))),
        "2 x 2 of 2 x 3",
    ),
    (
        "target nulls before source nulls",
        lambda: Alignment(TWO, THREE, beads(((0, 0), (0, 1)), ((0, 1), (1, 1)), ((1, 2), (1, 3)))),
        "the source side comes first",
    ),
    ("an empty set", lambda: AlignmentSet(()), "empty"),
    (
        "a set without a common source",
        lambda: AlignmentSet(
            (
                Alignment(TWO, TWO, beads(((0, 2), (0, 2)))),
                Alignment(THREE, TWO, beads(((0, 3), (0, 2)))),
            )
        ),
        "share their source",
    ),
]


@pytest.mark.parametrize(("make", "message"), [w[1:] for w in WRONG], ids=[w[0] for w in WRONG])
def test_a_broken_promise_is_an_internal_error(make: Callable[[], object], message: str) -> None:
    with pytest.raises(InternalError) as caught:
        make()
    assert message in str(caught.value)
    assert "please report" in str(caught.value)


def test_an_alignment_pairs_its_segments() -> None:
    alignment = Alignment(
        TWO, THREE, beads(((0, 1), (0, 1)), ((1, 2), (1, 1)), ((2, 2), (1, 2)), ((2, 2), (2, 3)))
    )
    assert [
        (bead.kind, bead.is_null, [s.text for s in source], [t.text for t in target])
        for bead, source, target in alignment.pairs()
    ] == [
        ("1-1", False, ["Uno."], ["One."]),
        ("1-0", True, ["Dos."], []),
        ("0-1", True, [], ["Two."]),
        ("0-1", True, [], ["Three."]),
    ]


def test_small_things() -> None:
    assert text_key(" Uno \u00a0dos\n") == "Unodos"
    assert str(Signature((("enc", "x"), ("beads", "sum8")))) == "enc:x|beads:sum8"
    assert TWO.with_lang("pt").lang == "pt"
    assert [s.text for s in THREE.segments] == ["One.", "Two.", "Three."]
    whole = AlignmentSet((Alignment(TWO, THREE, beads(((0, 2), (0, 3)))),))
    assert whole.documents == (TWO, THREE)


def test_the_expected_f1_is_what_evaluate_would_count() -> None:
    """Links that are right with these probabilities: precision over all beads, recall over links."""

    def alignment(*sure: float | None) -> Alignment:
        first = Bead(range(1), range(1), confidence=sure[0])
        second = Bead(range(1, 2), range(1, 2), confidence=sure[1])
        null = Bead(range(2, 2), range(2, 3), confidence=sure[2])
        return Alignment(TWO, THREE, (first, second, null))

    assert alignment(None, None, None).expected_f1 is None
    assert alignment(1.0, 1.0, 1.0).expected_f1 == 1.0
    assert alignment(0.0, 0.0, 0.0).expected_f1 == 0.0
    precision, recall = (0.9 + 0.7 + 0.2) / 3, (0.9 + 0.7) / 2
    assert alignment(0.9, 0.7, 0.2).expected_f1 == pytest.approx(
        2 * precision * recall / (precision + recall)
    )
