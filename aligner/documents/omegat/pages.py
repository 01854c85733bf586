"""Web pages as OmegaT parts them into texts.

The page is a row of tags and texts, no tree. A block's tag, a comment or what is no text (a script) ends
a text; all other tags stand in it: of those before its first words all from the first that closes
within it, of those behind its last words all up to the last that opened within it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from aligner.documents.html import declared_encoding
from aligner.documents.omegat.texts import FileTag, OmegatText, matching, numbered, text_of
from aligner.model import Source
from aligner.text.decoding import decode

__all__ = ["page_texts"]

_BLOCKS = frozenset(
    [
        *("ADDRESS", "BLOCKQUOTE", "BODY", "CENTER", "DIV", "H1", "H2", "H3", "H4", "H5", "H6"),
        *("HTML", "HEAD", "TITLE", "TABLE", "TR", "TD", "TH", "P", "PRE", "OL", "UL", "LI", "DL"),
        *("DT", "DD", "FORM", "TEXTAREA", "FIELDSET", "LEGEND", "LABEL", "SELECT", "OPTION", "HR"),
    ]
)
_INTACT = frozenset(("!DOCTYPE", "STYLE", "SCRIPT", "OBJECT", "EMBED"))
_PREFORMATTED = frozenset(("PRE", "TEXTAREA"))
_BLANK = "".join(map(chr, range(33)))  # Java's trim
_TOKEN = re.compile(
    r"<!--.*?-->"
    r"|<(?P<end>/?)(?P<name>[A-Za-z!?%][^\s<>/\"'=]*)"
    r"(?P<rest>(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>",
    re.DOTALL,
)
_CONTENT_TYPE = re.compile(r"http-equiv\s*=\s*[\"']?content-type\b", re.IGNORECASE)


class _Tag(NamedTuple):
    """One token; `name` "" for a text, "!--" for a comment."""

    name: str
    text: str
    is_end: bool = False
    is_empty: bool = False
    is_intact: bool = False


def page_texts(source: Source) -> list[OmegatText]:
    """The texts of a page. Raises as `text.decoding.decode`."""
    text = decode(source.data, source.name, declared=declared_encoding(source.data), notices=[])
    reading = _Reading()
    for token in _tokens(text):
        reading.take(token)
    reading.end_text()
    return reading.made


def _tokens(page: str) -> Iterator[_Tag]:
    at = 0
    while match := _TOKEN.search(page, at):
        if match.start() > at:
            yield _Tag("", page[at : match.start()])
        at = match.end()
        if match["name"] is None:
            yield _Tag("!--", "")
            continue
        name, rest = match["name"].upper(), match["rest"]
        is_end = bool(match["end"])
        intact = not is_end and (
            name in _INTACT or (name == "META" and _CONTENT_TYPE.search(rest) is not None)
        )
        yield _Tag(name, match[0], is_end, rest.rstrip().endswith("/"), intact)
        if intact and name in ("SCRIPT", "STYLE", "OBJECT") and not rest.rstrip().endswith("/"):
            closing = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(page, at)
            at = closing.start() if closing else at
    if at < len(page):
        yield _Tag("", page[at:])


class _Reading:
    """The page up to now: tags and texts before, of, and behind the words of the text that is open."""

    def __init__(self) -> None:
        self.made: list[OmegatText] = []
        self._before: list[str | FileTag] = []
        self._words: list[str | FileTag] = []
        self._after: list[str | FileTag] = []
        self._open = False
        self._is_preformatted = False

    def take(self, token: _Tag) -> None:
        """The next token."""
        if not token.name:
            # of HTML 4, which has no &apos;
            self._text(html.unescape(token.text.replace("&apos;", "&amp;apos;")))
        elif token.name == "!--":
            if self._open:
                self.end_text()
        elif token.is_intact:
            if self._open:
                self.end_text()
            self._before = []
        else:
            self._tag(token)

    def _text(self, text: str) -> None:
        self._open = self._open or bool(text.replace("\u00a0", " ").strip(_BLANK))
        if not self._open:
            self._before.append(text)
        elif text.strip(_BLANK):
            self._words += [*self._after, text]
            self._after = []
        else:
            self._after.append(text)

    def _tag(self, token: _Tag) -> None:
        is_block = token.name in _BLOCKS
        if is_block and self._open:
            self.end_text()
        if token.name in _PREFORMATTED:
            self._is_preformatted = not token.is_end
        letter = "br" if token.name == "BR" else token.name[0].lower()
        mark = FileTag(token.name, letter, "end" if token.is_end else "begin", token.is_empty)
        if self._open:
            self._after.append(mark)
        elif is_block:
            self._before = []
        else:
            self._before.append(mark)

    def end_text(self) -> None:
        """What is open is a text."""
        if not self._open:
            return
        items = [*self._before, *self._words, *self._after]
        low = len(self._before)
        high = low + len(self._words) - 1
        first, last = low, high
        for place in range(low):
            if isinstance(items[place], FileTag) and matching(items, place + 1, high + 1, 1) >= low:
                first = place
                break
        for place in range(len(items) - 1, high, -1):
            if isinstance(items[place], FileTag) and (
                low <= matching(items, place - 1, low - 1, -1) <= high
            ):
                last = place
                break
        compress = not self._is_preformatted
        self.made.append(text_of(numbered(items[first : last + 1]), compress=compress))
        self._before, self._words, self._after, self._open = [], [], [], False
