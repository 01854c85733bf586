"""What a person looks for in a memory: words, stars, other endings, expressions, scripts without spaces."""

from __future__ import annotations

import pytest

from aligner.memory.query import SearchQuery, required, sides_of
from aligner.model import UsageError


@pytest.mark.parametrize(
    ("text", "options", "said"),
    [
        ("a", {"regex": True, "forms": True}, "--forms is for words"),
        (" ", {}, "the query is empty"),
        ("a(", {"regex": True}, "the regular expression is broken"),
    ],
)
def test_what_nobody_can_look_for(text: str, options: dict[str, bool], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        SearchQuery.of(text, **options)
    with pytest.raises(UsageError, match="there is no side 'left'"):
        sides_of("left")


@pytest.mark.parametrize(
    ("query", "options", "text", "found"),
    [
        ("sea", {}, "The sea, the Sea, the seaside", ["sea", "Sea"]),
        ("sea*", {}, "The sea and the seaside", ["sea", "seaside"]),
        ("*side", {}, "A seaside side", ["seaside", "side"]),
        ("harbours", {"forms": True}, "a harbour, two harbours", ["harbour", "harbours"]),
        ("sea salt", {"apart": True}, "salt of the sea", ["salt", "sea"]),
        ("sea salt", {"apart": True}, "the sea", []),
        ("se.", {"regex": True}, "the sea set", ["sea", "set"]),
        ("x*", {"regex": True}, "no match of any length", []),
        ("世界", {}, "你好世界。", ["世界"]),
        ("世*", {"forms": True}, "世界", ["世界"]),
        ("...", {}, "and so on ...", ["..."]),
    ],
)
def test_where_it_is_found(
    query: str, options: dict[str, bool], text: str, found: list[str]
) -> None:
    asked = SearchQuery.of(query, **options)
    assert [text[a:b] for a, b in asked.spans(text)] == found


@pytest.mark.parametrize(
    ("pattern", "terms"),
    [
        (r"\bsea\b (salt|sand)", []),
        (r"\bsea\b.*(x)y", ['"sea"']),
        (r"\bsea [abc]+ salt\b", ['"sea"', '"salt"']),
        (r"\bse{1,2}a", ['"s" *']),
        (r"(?i)sea", []),
        (r"\bsea\.\s", ['"sea"']),
        ("[", []),
    ],
)
def test_terms_that_an_expression_needs(pattern: str, terms: list[str]) -> None:
    """They may only narrow: what is left out costs time, what is wrong would hide a match."""
    assert required(pattern) == terms


def test_an_expression_in_a_script_without_spaces() -> None:
    assert required("世界和平")[0].startswith('"')
