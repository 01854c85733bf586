"""What the words of a paragraph themselves say for and against it: facts for `evidence`, by name."""

from __future__ import annotations

from aligner.documents.html.phrases import (
    ABOUT_COMMENTS,
    CALL,
    CREDIT,
    DATE_LINE,
    MORE,
    POINTER,
    POINTER_HEADING,
    PROMPT,
    RIGHTS,
    SENTENCE_END,
    YOUR_ACCOUNT,
)

__all__ = ["facts_of_text"]

_KINDS = frozenset(
    ["heading", "item", "cell", "caption", "quote", "byline", "standfirst", "box", "note"]
)
_OF_THE_SITE = 400  # characters up to which a paragraph may be about the site and not the subject
_CREDIT = 120  # the same for who took a picture
_SITE = (
    ("call", CALL),
    ("rights", RIGHTS),
    ("about comments", ABOUT_COMMENTS),
    ("your account", YOUR_ACCOUNT),
)


# facts that hold where a pattern matches at the start of a text that is not longer
_OPENINGS = (
    ("prompt", PROMPT, 220),
    ("pointer", POINTER, 300),
    ("date line", DATE_LINE, 89),
    ("credit", CREDIT, _CREDIT),
    ("more, short", MORE, _CREDIT),
)


def facts_of_text(kind: str, level: int, text: str) -> list[str]:
    """Names of the facts that hold of a paragraph of this kind, level of heading and text."""
    size = len(text)
    names = [f"kind {kind}"] if kind in _KINDS else []
    if kind == "heading":
        if level == 1:
            names.append("kind h1")
        if POINTER_HEADING.match(text):
            names.append("pointer heading")
    if SENTENCE_END.search(text[-4:]):
        names.append("sentence end")
    if text.endswith(":"):
        names.append("colon")
    if "©" in text or "opyright" in text:
        names.append("copyright")
    if not any(map(str.isalnum, text[:200])):
        names.append("no letters")
    if size <= _OF_THE_SITE:
        names += [name for name, pattern in _SITE if pattern.search(text)]
        names += [name for name, pattern, most in _OPENINGS if size <= most and pattern.match(text)]
        if size > _CREDIT and MORE.match(text):
            names.append("more")
    return names
