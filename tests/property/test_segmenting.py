"""Whatever the text: offsets rebuild it, nothing is lost, the same text gives the same segments."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from aligner.model import Document, Paragraph
from aligner.segmenting import segment
from aligner.segmenting.engine import RUN, WINDOW, Engine, squeeze
from aligner.segmenting.rules import Rule

LANGUAGES = (
    "es",
    "en",
    "fr",
    "de",
    "it",
    "pt",
    "ca",
    "gl",
    "zh",
    "ja",
    "ru",
    "ar",
    "el",
    "hi",
    "cs",
    "",
)
PIECES = (
    "Uno", "dos", "Sr.", "EE.UU.", "…", "...", "?", "!", ".", ":", "«", "»", "“", "”", "(", ")", "[",
    "]", " ", " ", " ", "\u00a0", "\t", "—", "¿", "1", "3.5", "A.", "。", "」", "！", "我", "؟", "।", ";",
    "😀", "e\u0301", "\u200b", "\u2029",
)  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), max_size=60).map("".join) | st.text(max_size=80)


def clean(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("\n", " "))


def build(paragraphs: list[str], lang: str) -> Document:
    items = tuple(Paragraph(i, "para", clean(text)) for i, text in enumerate(paragraphs))
    return Document("d", lang, "d", "", "", items)


@given(st.lists(texts, max_size=4), st.sampled_from(LANGUAGES))
def test_segments_hold_every_character_once(paragraphs: list[str], lang: str) -> None:
    document = segment(build(paragraphs, lang))
    assert [s.index for s in document.segments] == list(range(len(document.segments)))
    for paragraph in document.paragraphs:
        place = 0
        for s in paragraph.segments:
            assert paragraph.text[s.start : s.end] == s.text
            assert s.text == s.text.strip() != ""
            assert not paragraph.text[place : s.start].strip()
            place = s.end
        assert not paragraph.text[place:].strip()


@given(st.lists(texts, max_size=3), st.sampled_from(LANGUAGES))
def test_segmenting_twice_is_segmenting_once(paragraphs: list[str], lang: str) -> None:
    document = build(paragraphs, lang)
    once = segment(document)
    assert segment(document) == once
    assert segment(once) == once


@given(texts, st.sampled_from(LANGUAGES))
def test_a_paragraph_does_not_depend_on_its_neighbours(text: str, lang: str) -> None:
    alone = segment(build([text], lang)).segments
    among = segment(build(["Uno. Dos.", text, "Tres."], lang)).paragraphs[1].segments
    assert [(s.start, s.end) for s in alone] == [(s.start, s.end) for s in among]


@given(st.lists(st.tuples(st.sampled_from("a. -"), st.integers(1, 2 * RUN)), max_size=12))
def test_squeeze_moves_no_break(runs: list[tuple[str, int]]) -> None:
    text = "".join(sign * count for sign, count in runs)
    short, _ = squeeze(text)
    assert len(short.split()) == len(text.split())
    found = Engine([Rule(True, r"\.\s", "")]).breaks(text)
    plain = [i + 2 for i in range(len(text) - 2) if text[i : i + 2] == ". "]
    assert found == plain


@given(st.lists(st.sampled_from(["Hola. ", "palabra ", "Sr. ", "Fin! ", "x"]), max_size=WINDOW))
def test_windows_decide_as_the_whole_text_would(pieces: list[str]) -> None:
    text = "".join(pieces)
    rules = [Rule(False, r"Sr\.\s", ""), Rule(True, r"[.!]\s", "")]
    plain = [
        i + 2
        for i in range(len(text) - 2)
        if text[i] in ".!" and text[i + 1] == " " and text[i - 2 : i + 2] != "Sr. "
    ]
    assert Engine(rules).breaks(text) == plain
