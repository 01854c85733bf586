"""What the memory indexes: words of the query are those of the index; expressions lose no match."""

from __future__ import annotations

import re
import sqlite3

from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.memory.query import required
from aligner.memory.schema import SCHEMA
from aligner.memory.words import _ALIKE, indexed, key_of, keys_of, words_of

# letters of many scripts, marks and signs; not every code point: SQLite 3.40 knows Unicode 6.1
TEXTS = st.text(
    st.sampled_from("abZ é'ñ-_.,1２9 ßİıǅ語言港口ไทย\u3042ЖФя \u0301\u0307\u0327ﬁ²٣हिन्दीعَرَ한글"),
    max_size=30,
)


def terms(texts: list[str]) -> set[str]:
    """What FTS5 makes of them."""
    database = sqlite3.connect(":memory:")
    for statement in SCHEMA.split(";\n"):
        if "VIRTUAL TABLE source" in statement:
            database.execute(statement)
    database.execute("CREATE VIRTUAL TABLE vocabulary USING fts5vocab(source_words, row)")
    insert = "INSERT INTO source_words (rowid, words) VALUES (?, ?)"
    database.executemany(insert, list(enumerate(texts)))
    return {row[0] for row in database.execute("SELECT term FROM vocabulary")}


@settings(deadline=None, max_examples=200)
@given(TEXTS)
def test_the_index_has_the_words_that_are_asked_for(text: str) -> None:
    assert set(words_of(text)) == terms([indexed(text)])


def test_fts5_finds_the_words_of_latin_greek_and_cyrillic_by_itself() -> None:
    alike = [chr(code) for code in range(0x3000) if _ALIKE.fullmatch(chr(code))]
    assert len(alike) > 600
    assert {"ñ", "Ω", "ς", "Ж", "ё", "—", "…", "’"} < set(alike)
    assert not {"ß", "İ", "ǰ", "\u0301", "ΐ", "港", "न"} & set(alike)
    texts = [f"{a}x{a} y{a}y {a} {a}{a}z" for a in alike]
    assert terms(texts) == {w for t in texts for w in words_of(t)}
    assert [indexed(text) for text in texts] == texts


@given(TEXTS)
def test_white_space_does_not_count_for_a_key(text: str) -> None:
    assert key_of(1, text) == key_of(1, f"  {'  '.join(text.split())} ")
    assert key_of(1, text + "x") != key_of(1, text)
    spaced = "\t" + text.replace(" ", " \n ") + "\u00a0"
    assert keys_of(1, text, text) == keys_of(1, spaced, spaced)
    assert keys_of(1, text, "")[0] == key_of(1, text)


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
