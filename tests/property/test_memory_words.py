"""What the memory indexes: words of the query are those of the index; expressions lose no match."""

from __future__ import annotations

import re
import sqlite3

from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.memory.concordance import required
from aligner.memory.schema import SCHEMA
from aligner.memory.words import indexed, key_of, words_of

# letters of many scripts, marks and signs; not every code point: SQLite 3.40 knows Unicode 6.1
TEXTS = st.text(
    st.sampled_from("abZ é'ñ-_.,1２9 ßİıǅ語言港口ไทย\u3042ЖФя \u0301\u0307\u0327ﬁ²٣हिन्दीعَرَ한글"),
    max_size=30,
)


@settings(deadline=None, max_examples=200)
@given(TEXTS)
def test_the_index_has_the_words_that_are_asked_for(text: str) -> None:
    database = sqlite3.connect(":memory:")
    for statement in SCHEMA.split(";\n"):
        if "VIRTUAL TABLE source" in statement:
            database.execute(statement)
    database.execute("INSERT INTO source_words (rowid, words) VALUES (1, ?)", (indexed(text),))
    known = {row[0] for row in database.execute("SELECT term FROM source_vocabulary")}
    assert set(words_of(text)) == known


@given(TEXTS)
def test_white_space_does_not_count_for_a_key(text: str) -> None:
    assert key_of(1, text) == key_of(1, f"  {'  '.join(text.split())} ")
    assert key_of(1, text + "x") != key_of(1, text)


PARTS = st.lists(
    st.sampled_from(
        ["river", "stone", r"\b", r"\w+", " ", "s?", "x*", "[ab]", "(no)", r"\.", "t+"]
    ),
    min_size=1,
    max_size=6,
)
SENTENCES = st.lists(
    st.sampled_from(["river", "rivers", "stone", "a", "no", ".", "t", "tt", "xstone"]), max_size=7
)


@settings(deadline=None, max_examples=300)
@given(PARTS, SENTENCES)
def test_required_terms_are_in_every_match(parts: list[str], words: list[str]) -> None:
    pattern, text = "".join(parts), " ".join(words)
    if not re.search(pattern, text, re.IGNORECASE):
        return
    there = words_of(text)
    for term in required(pattern):
        word = term.split('"')[1]
        if term.endswith("*"):
            assert any(one.startswith(word) for one in there)
        else:
            assert word in there
