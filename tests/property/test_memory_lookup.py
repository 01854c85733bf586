"""Fuzzy lookup against brute force over all that shares one of the query's rarest words."""

from __future__ import annotations

import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from aligner.memory import Memory, find_matches, load_units
from aligner.memory.lookup import _RAREST
from aligner.memory.words import words_of
from aligner.model import Unit

WORDS = ["the", "lamp", "lamps", "harbour", "harbor", "señal", "Señales", "a", "gate", "17", "港口"]
TEXTS = st.lists(st.sampled_from([*WORDS, "—", "end."]), min_size=1, max_size=10).map(" ".join)


@settings(deadline=None, max_examples=60)
@given(st.lists(TEXTS, min_size=1, max_size=30, unique=True), st.lists(TEXTS, max_size=6))
def test_nothing_better_shares_a_rare_word(sources: list[str], queries: list[str]) -> None:
    counts = Counter(word for text in sources for word in set(words_of(text)))
    with tempfile.TemporaryDirectory() as folder, Memory(Path(folder, "m"), write=True) as memory:
        load_units(
            memory,
            [Unit.of("en", "es", s, f"t{n}", "d", n) for n, s in enumerate(sources)],
            "a",
            "a",
        )
        for query in queries:
            known = [word for word in set(words_of(query)) if counts[word]]
            rarest = set(sorted(known, key=lambda word: (counts[word], word))[:_RAREST])
            scores = [
                100.0 if text == query else min(round(fuzz.ratio(query, text), 1), 99.0)
                for text in sources
                if text == query or rarest & set(words_of(text))
            ]
            expected = sorted((s for s in scores if s >= 60), reverse=True)[:5]
            assert [match.score for match in find_matches(memory, query, least=60)] == expected
