"""Formatting never changes a text, whatever the spans and wherever the segments end."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.files.xml_file import XML_ID
from aligner.formats.tei.inline import Runs
from aligner.formats.tei.markup import element
from aligner.formats.tei.words import marks as found_in
from aligner.model import Span

KINDS = ["bold", "italic", "link", "sup", "break", "image", "note", "strange"]
places = st.integers(0, 12)
spans = st.builds(Span, places, places, st.sampled_from(KINDS), st.sampled_from(["", "u", "a b"]))


@settings(max_examples=400, deadline=None)
@given(st.text("ab ", max_size=12), st.lists(spans, max_size=8), st.sets(places, max_size=4))
def test_text_is_kept_and_runs_stay_apart(text: str, marks: list[Span], cuts: set[int]) -> None:
    runs = Runs(text, marks)
    edges = sorted({0, len(text), *(c for c in cuts if c < len(text))})
    for start, end in pairwise(edges):
        parent: Any = element("s")
        runs.fill(parent, start, end)
        assert "".join(parent.itertext()) == text[start:end]
        for mark in parent.iter("hi", "ref"):
            kind = (mark.tag, mark.get("rend"), mark.get("type"))
            around = [(a.tag, a.get("rend"), a.get("type")) for a in mark.iterancestors()]
            assert kind not in around


@settings(max_examples=200, deadline=None)
@given(st.lists(st.builds(Span, places, places, st.just("break"), st.just("")), max_size=5))
def test_every_break_comes_once(marks: list[Span]) -> None:
    text, parent = "abcdefghijkl", element("p")
    runs = Runs(text, marks)
    for start, end in ((0, 4), (4, 5), (5, 12)):
        runs.fill(parent, start, end)
    assert len(parent.findall("lb")) == len(marks)


@settings(max_examples=200, deadline=None)
@given(st.text("ab [].…", max_size=12), st.lists(spans, max_size=6))
def test_words_are_whole_and_come_once(text: str, formats: list[Span]) -> None:
    """Whatever is formatted: the text is kept, no word is cut in two, no link is inside one."""
    parent: Any = element("s")
    Runs(text, formats).fill(
        parent, 0, len(text), found_in(text, 0, len(text), formats, "s", words=True)
    )
    assert "".join(parent.itertext()) == text
    words = list(parent.iter("w", "pc"))
    assert len({word.get(XML_ID) for word in words}) == len(words)
    for word in words:
        assert not list(word.iter("ref", "graphic", "gap"))
        assert "".join(word.itertext()).strip()
    outside = "".join(
        piece
        for e in parent.iter()
        if e.tag not in ("w", "pc") and not any(a.tag in ("w", "pc") for a in e.iterancestors())
        for piece in (e.text or "", *(child.tail or "" for child in e))
        if e.tag != "desc"
    )
    assert not outside.strip()
