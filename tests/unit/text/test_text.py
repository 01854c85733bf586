"""The policy for characters, and spans that follow it."""

from __future__ import annotations

import unicodedata

import pytest

from aligner.model import Span
from aligner.text.rich import Draft, Rich, clean, dropped_parts, weight


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("  a \t b\n", "a b"),
        ("cafe\u0301", "café"),
        ("ex\u00adcelente", "excelente"),
        ("a\u200bb\u2060c\ufeffd", "abcd"),
        ("\u202bعربي\u202c\u200f", "عربي"),
        ("می\u200cخواهم", "می\u200cخواهم"),  # Persian is spelt with the zero-width non-joiner
        ("👩\u200d🔬", "👩\u200d🔬"),
        ("«\u00a0oui\u00a0»", "«\u00a0oui\u00a0»"),
        ("10\u202f000", "10\u202f000"),
        ("a\u00a0 b", "a b"),
        ("\u00a0a\u00a0", "a"),
        ("a\u2028b\u0085c\x0cd", "a b c d"),
        ("汉字\n 汉字，\n字", "汉字汉字，字"),
        ("汉字\nword", "汉字 word"),
        ("한국어\n문장", "한국어 문장"),
        ("\u3000\u3000老周", "老周"),
        ("a\x00\x07b\ufffe\ud800c", "abc"),
        ("\ue000", "\ue000"),
        ("[Laughs] (..) […]", "[Laughs] (..) […]"),
    ],
)
def test_clean(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned
    rich = Rich()
    rich.add(raw)
    assert rich.build()[0] == cleaned


def test_dropped_parts_are_listed() -> None:
    assert dropped_parts("a\u00adb \u200b\u200bc") == [(1, "\u00ad"), (4, "\u200b\u200b")]


def test_weight_of_chinese() -> None:
    assert weight("ab") == 2
    assert weight("汉字") == 6


def test_spans_leave_white_space_out() -> None:
    rich = Rich()
    rich.add(" a ")
    rich.open("bold")
    rich.add("  b ")
    rich.close("bold")
    rich.open("italic")
    rich.add(" ")
    rich.close("italic")
    rich.add("c ")
    assert rich.build() == ("a b c", (Span(2, 3, "bold"),))


def test_unclosed_and_crossed_formatting() -> None:
    rich = Rich()
    rich.open("bold")
    rich.add("a")
    rich.open("italic")
    rich.add("b")
    rich.close("bold")
    rich.close("sub")
    rich.add("c")
    assert rich.build() == ("abc", (Span(0, 2, "bold"), Span(1, 3, "italic")))


def test_accent_across_formatting_keeps_offsets_inside() -> None:
    rich = Rich()
    rich.add("e")
    rich.open("bold")
    rich.add("\u0301 solo")
    text, spans = rich.build()
    assert text == "é solo"
    assert unicodedata.is_normalized("NFC", text)
    assert all(0 <= span.start <= span.end <= len(text) for span in spans)


def test_covered() -> None:
    assert Draft("para", "«¿Sí?»", (Span(1, 4, "bold"),)).covered("bold")
    assert not Draft("para", "¿Sí? No", (Span(0, 4, "bold"),)).covered("bold")
    assert not Draft("para", "…").covered("bold")
