"""The words in a page's HTML, put into the language that is spoken.

What is between two tags, and what `aria-label`, `title` and `placeholder` say, is a text of its own;
`script` and `style` have none. The pages are ours: elements closed, attributes in double quotes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape

from aligner.text.speaking import spoken_tag, t

__all__ = ["html_texts", "spoken_html"]

_SKIPPED = re.compile(r"(<(?:script|style)\b.*?</(?:script|style)>|<!--.*?-->)", re.DOTALL)
_PART = re.compile(
    r'(?P<between>>)(?P<text>[^<>]+)(?=<)|(?P<name> (?:aria-label|title|placeholder)=")(?P<value>[^"]*)'
)
_LETTER = re.compile(r"[^\W\d_]{2,}")


def html_texts(html: str) -> list[str]:
    """The texts of a page, in order."""
    texts: list[str] = []

    def noted(text: str) -> str:
        texts.append(text)
        return text

    _replaced(html, noted)
    return texts


def spoken_html(html: str) -> str:
    """The page in the language that is spoken, which its root says."""
    if spoken_tag() == "en":
        return html
    return _replaced(html, t).replace('<html lang="en">', f'<html lang="{spoken_tag()}">', 1)


def _replaced(html: str, wording: Callable[[str], str]) -> str:
    def part(match: re.Match[str]) -> str:
        before = match["between"] or match["name"]
        text = match["text"] if match["between"] else match["value"]
        bare = " ".join(unescape(text).split())
        if not _LETTER.search(bare):
            return match[0]
        made = escape(wording(bare), quote=bool(match["name"]))
        lead, tail = (text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :])
        return f"{before}{lead}{made}{tail}"

    pieces = _SKIPPED.split(html)
    return "".join(p if n % 2 else _PART.sub(part, p) for n, p in enumerate(pieces))
