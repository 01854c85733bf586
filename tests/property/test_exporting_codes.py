"""Inline codes never change the text, and lie where the formatting lies."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from aligner.formats.common.inline_codes import coded
from aligner.model import Span
from aligner.text.output import joined, one_line, places
from tests.unit.formats.samples import document, export, one_to_one

RAW = st.text(alphabet=" ab\t\x01\u2028\u0085é\x0b\ufffe", min_size=1, max_size=12)
SPANS = st.lists(
    st.builds(
        Span,
        st.integers(0, 30),
        st.integers(0, 30),
        st.sampled_from(["bold", "italic", "break", "link", "image", "note"]),
        st.text(alphabet='a"<&\x01 ', max_size=3),
    ),
    max_size=5,
)


@given(RAW)
def test_places_follow_the_cleaning(text: str) -> None:
    found = places(text)
    cleaned = one_line(text)
    assert len(found) == len(text) + 1
    assert list(found) == sorted(found)
    for offset, character in enumerate(text):
        if not character.isspace() and found[offset] != found[offset + 1]:
            assert cleaned[found[offset]] == character


@given(st.lists(RAW, min_size=1, max_size=3), SPANS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_codes_leave_the_text_alone(tmp_path: Path, texts: list[str], spans: list[Span]) -> None:
    es = document("es", [("para", texts, {"spans": tuple(spans)})])
    text, codes = coded(es, es.segments)
    assert text == one_line(joined(es, es.segments))
    assert all(0 <= code.place <= len(text) for code in codes)
    opened: list[int] = []
    for code in codes:
        if code.role == "open":
            opened.append(code.pair)
        elif code.role == "close":
            opened.remove(code.pair)
    assert not opened
    alignment = one_to_one(es, es)
    plain: Any = etree.fromstring(export(alignment, "tmx", tmp_path)["out.tmx"])
    rich: Any = etree.fromstring(export(alignment, "tmx", tmp_path, inline=True)["out.tmx"])
    for code_of in rich.iter("bpt", "ept", "it", "ph"):
        code_of.text = ""
    assert ["".join(s.itertext()) for s in rich.iter("seg")] == [s.text for s in plain.iter("seg")]
    assert unicodedata.is_normalized("NFC", text)
