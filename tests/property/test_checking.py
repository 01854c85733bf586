"""Properties of the checks that need no model: spans lie in their texts, equal texts agree."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aligner.checks.common.tokens import words
from aligner.checks.marks import check_brackets, check_links, check_question, check_quotation
from aligner.checks.names.acronyms import acronyms_of
from aligner.checks.names.capitals import names_of
from aligner.checks.quantities.comparing import check_quantities
from aligner.checks.quantities.reading import quantities
from aligner.checks.turns.speakers import turns_of

LANGS = ("en", "es", "fr", "de", "it", "pt", "zh", "ru", "ja", "ar", "tr")
PIECES = st.sampled_from(
    (
        "12",
        "1,412",
        "2.3",
        "-5",
        "10:30",
        "3 p.m.",
        "38 %",
        "$5m",
        "catorce",
        "two hundred",
        "mil",
        "marzo",
        "Monday",
        "km",
        "feet",
        "and",
        "y",
        "«",
        "”",
        "'",
        "?",
        "[",
        "]",
        "¶",
        "P:",
        "UN",
        "EE. UU.",
        "XIV",
        "三",
        "百分之五",
        "двадцать",
        "½",
        "a",
        "the",
        ".",
        "-",
        "http://x.org",
        "Ana",
    )
)
TEXTS = st.lists(PIECES | st.text(max_size=6), max_size=12).map(" ".join)
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@QUICK
@given(TEXTS, st.sampled_from(LANGS))
def test_everything_read_lies_in_the_text_in_order(text: str, lang: str) -> None:
    for found in (words(text), names_of(text, lang), acronyms_of(text, lang)):
        last = 0
        for one in found:
            assert last <= one.start < one.end <= len(text)
            last = one.start
    for quantity in quantities(text, lang):
        assert 0 <= quantity.start < quantity.end <= len(text)
        assert quantity.values


@QUICK
@given(TEXTS, st.sampled_from(LANGS))
def test_a_text_agrees_with_itself(text: str, lang: str) -> None:
    assert [hit for hit in check_quantities(text, text, lang, lang) if hit.severity != "note"] == []
    for check in (
        check_question,
        check_quotation,
        check_brackets,
        check_links,
    ):
        assert list(check(text, text, lang, lang)) == []


@QUICK
@given(TEXTS, TEXTS, st.sampled_from(LANGS), st.sampled_from(LANGS))
def test_spans_of_evidence_lie_in_their_texts(source: str, target: str, a: str, b: str) -> None:
    for check in (
        check_quantities,
        check_question,
        check_quotation,
        check_brackets,
        check_links,
    ):
        for hit in check(source, target, a, b):
            assert hit.source or hit.target
            for text, spans in ((source, hit.source), (target, hit.target)):
                assert all(0 <= start < end <= len(text) for start, end in spans)
            assert 0 <= hit.confidence <= 1


@QUICK
@given(TEXTS)
def test_turns_tile_the_text(text: str) -> None:
    found = turns_of(text)
    assert len(found) == text.count("¶") + 1
    for turn in found:
        assert turn.start <= turn.label_end <= max(turn.end, turn.label_end)


@pytest.mark.parametrize("value", [1, 7, 14, 21, 40, 99, 100, 101, 345, 999, 1000, 2435, 10_000])
@pytest.mark.parametrize("lang", ["en", "es", "fr", "de", "it", "pt", "ru", "tr"])
def test_what_icu_spells_is_read_back(value: int, lang: str) -> None:
    icu = pytest.importorskip("icu4py.messageformat", reason="pip install icu4py")
    spelled = icu.MessageFormat("{n,spellout}", lang).format({"n": value})
    values = [v for quantity in quantities(spelled, lang) for v in quantity.values]
    assert values == [value]
