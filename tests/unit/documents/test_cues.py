"""Subtitle cues: who speaks in one, and what is no dash."""

from __future__ import annotations

import pytest

from aligner.model import Document, Source
from aligner.segmenting import segment
from aligner.workflows.reading import read


def cue(text: str) -> Document:
    return read(Source("a.srt", f"7\n00:00:01,000 --> 00:00:02,500\n{text}\n".encode()))


def said(document: Document) -> list[str]:
    return [s.text for s in segment(document).segments]


@pytest.mark.parametrize("dash", ["- ", "-", "– ", "—", "‐ "])
def test_two_dashes_are_two_turns(dash: str) -> None:
    document = cue(f"{dash}<i>¿Quién</i> es?\n{dash}Nadie. La puerta\nestá cerrada.")
    assert said(document) == ["¿Quién es?", "Nadie. La puerta está cerrada."]
    first, second = document.paragraphs
    assert (first.kind, first.times, first.key) == (second.kind, second.times, second.key)
    assert [(s.kind, first.text[s.start : s.end]) for s in first.spans] == [("italic", "¿Quién")]
    assert {s.kind for s in second.spans} == {"break"}


def test_a_turn_may_be_a_remark_and_a_line_may_come_before() -> None:
    document = cue("Un momento.\n- [suena el teléfono]\n- Ya voy.")
    assert [p.kind for p in document.paragraphs] == ["cue", "stage", "cue"]
    assert said(document)[0] == "Un momento."


def test_one_dash_parts_nothing() -> None:
    assert said(cue("- Dos palabras\ny otra.")) == ["Dos palabras y otra."]


def test_a_minus_is_no_dash() -> None:
    assert said(cue("-3 grados.\n-5 mañana.")) == ["-3 grados. -5 mañana."]
    assert said(cue("- ¿Cuántos grados?\n-3 o 4.")) == ["¿Cuántos grados?", "3 o 4."]
