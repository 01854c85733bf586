"""DOCX and ODT as OmegaT parts them into texts.

A paragraph ends one text and starts the next; so does, in Word, a line break or a tab, in ODT a tab. All
other elements are tags of the text around them. Some hold nothing to translate and are one tag with all
that they hold (`intact`); some are a text of their own inside another (`aside`: notes, comments). Of Word
neighbouring tags are one (`<t0/>`), for a run there has many.

What stands before the first pair of tags that closes within the text, or behind the last one, is no part
of it.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import Any

from aligner.documents.omegat.texts import FileTag, OmegatText, matching, numbered, text_of
from aligner.files.archives import Package
from aligner.files.xml import parse_xml
from aligner.model import Source

__all__ = ["ODF", "WORD", "MarkupRules", "package_texts"]

_BLANK = "".join(map(chr, range(33)))  # Java's trim


@dataclass(frozen=True, slots=True)
class MarkupRules:
    """One format: `parts` are the members that are read, in this order, the rest names of elements.

    `letters`: what is shown of a name, otherwise its first letter. `joins`: neighbouring tags are one.
    `keeps_spaces`: white space stays as it is.
    """

    parts: tuple[re.Pattern[str], ...]
    paragraphs: frozenset[str]
    intact: frozenset[str]
    aside: frozenset[str] = frozenset()
    letters: dict[str, str] = field(default_factory=dict)
    joins: bool = False
    keeps_spaces: bool = False


WORD = MarkupRules(
    parts=tuple(
        map(
            re.compile,
            (
                r"document\.xml",
                r"comments\.xml",
                r"footnotes\.xml",
                r"endnotes\.xml",
                r"header\d+\.xml",
                r"footer\d+\.xml",
            ),
        )
    ),
    paragraphs=frozenset(("w:p", "w:tab", "w:br", "a:p", "si", "c:v", "Text")),
    intact=frozenset(
        [
            *("w:instrText", "mc:Fallback", "wp:align", "wp:posOffset", "wp14:pctWidth"),
            *("wp14:pctHeight", "w:fldChar"),
        ]
    ),
    joins=True,
    keeps_spaces=True,
)
ODF = MarkupRules(
    parts=tuple(map(re.compile, (r"content\.xml", r"styles\.xml", r"meta\.xml"))),
    paragraphs=frozenset(
        [
            *("text:p", "text:h", "dc:title", "dc:description", "dc:subject", "meta:keyword"),
            *("dc:language", "meta:user-defined", "text:tab"),
        ]
    ),
    intact=frozenset(
        [
            *("text:note-citation", "text:change", "text:tracked-changes", "office:scripts"),
            *("office:font-face-decls", "office:automatic-styles", "office:styles"),
            *("meta:generator", "meta:initial-creator", "meta:creation-date", "meta:print-date"),
            *("dc:creator", "dc:date", "dc:language", "meta:editing-cycles"),
            *("meta:editing-duration", "meta:user-defined"),
        ]
    ),
    aside=frozenset(("text:note", "text:footnote", "office:annotation")),
    letters={
        "text:line-break": "br",
        "text:a": "a",
        "text:span": "f",
        "text:s": "s",
        "text:alphabetical-index-mark": "i",
        "text:alphabetical-index-mark-start": "is",
        "text:alphabetical-index-mark-end": "ie",
        "text:tab-stop": "t",
        "text:user-defined": "ud",
        "text:sequence": "seq",
        "draw:image": "di",
        "draw:frame": "df",
        "draw:object-ole": "do",
        "text:bookmark": "bk",
        "text:bookmark-start": "bs",
        "text:bookmark-end": "be",
        "text:bookmark-ref": "bf",
        "text:reference-mark": "rm",
        "text:reference-mark-start": "rs",
        "text:reference-mark-end": "re",
        "text:reference-ref": "rf",
        "text:change": "tc",
        "text:change-start": "ts",
        "text:change-end": "te",
        "dc:creator": "dc",
        "dc:date": "dd",
        "text:note-citation": "nc",
        "text:note-body": "nb",
    },
)


def package_texts(source: Source, rules: MarkupRules) -> list[OmegatText]:
    """The texts of all parts of a package. Raises Malformed."""
    package = Package.of_document(source.data, source.name)
    made: list[OmegatText] = []
    for pattern in rules.parts:
        members = [
            name
            for name in package.names
            if pattern.fullmatch(posixpath.basename(name)) is not None
        ]
        for member in sorted(members, key=lambda name: (len(name), name)):
            root = parse_xml(package.read(member), f"{source.name}:{member}", whole=True)
            reading = _Reading(rules)
            reading.element(root)
            made += reading.finished()
    return made


class _Reading:
    """One part: its tags and texts as they come, gathered until a text ends."""

    def __init__(self, rules: MarkupRules) -> None:
        self._rules = rules
        self._main: list[str | FileTag] = []
        self._aside: list[list[str | FileTag]] = []
        self._intact: list[str | FileTag] | None = None
        self._intact_name = ""
        self._made: list[OmegatText] = []

    def finished(self) -> list[OmegatText]:
        """All texts."""
        self._flush()
        return self._made

    def element(self, element: Any) -> None:
        """An element with what it holds; libxml2 bounds the depth."""
        if not isinstance(element.tag, str):  # a comment or a processing instruction
            self._here().append(FileTag("!", "cp", "alone"))
            return
        name = _name(element)
        self._start(name)
        self._text(element.text)
        for child in element:
            self.element(child)
            self._text(child.tail)
        self._end(name)

    def _here(self) -> list[str | FileTag]:
        if self._intact is not None:
            return self._intact
        return self._aside[-1] if self._aside else self._main

    def _text(self, text: str | None) -> None:
        if not text:
            return
        here = self._here()
        if here and isinstance(here[-1], str):
            here[-1] += text
        else:
            here.append(text)

    def _start(self, name: str) -> None:
        rules = self._rules
        letter = rules.letters.get(name, name[0])
        if name in rules.aside:
            self._here().append(FileTag(name, letter, "alone"))
            self._aside.append([])
            return
        if name in rules.paragraphs and not self._aside and self._intact is None:
            self._flush()
        if self._intact is None and name in rules.intact:
            self._here().append(FileTag(name, letter, "alone"))
            self._intact, self._intact_name = [], name
        else:
            self._here().append(FileTag(name, letter, "begin"))

    def _end(self, name: str) -> None:
        rules = self._rules
        if self._intact is not None and name == self._intact_name:
            self._intact = None
        elif self._aside and name in rules.aside:
            self._translate(self._aside.pop())
        else:
            here = self._here()
            begin = FileTag(name, rules.letters.get(name, name[0]), "begin")
            if here and here[-1] == begin:
                here[-1] = begin._replace(role="alone")
            else:
                here.append(begin._replace(role="end"))
            if name in rules.paragraphs and not self._aside and self._intact is None:
                self._flush()

    def _flush(self) -> None:
        items, self._main = self._main, []
        self._translate(items)

    def _translate(self, items: list[str | FileTag]) -> None:
        if self._rules.joins:
            items = _joined(items)
        first, last = _bounds(items)
        if first <= last:
            spaced = self._rules.keeps_spaces and isinstance(items[0], FileTag)
            made = text_of(numbered(items[first : last + 1]), compress=not spaced)
            if made.text.strip():
                self._made.append(made)


def _joined(items: list[str | FileTag]) -> list[str | FileTag]:
    made: list[str | FileTag] = []
    for item in items:
        if isinstance(item, str):
            made.append(item)
        elif not made or isinstance(made[-1], str):
            made.append(FileTag("tag", "t", "alone"))
    return made


def _bounds(items: list[str | FileTag]) -> tuple[int, int]:
    """The first and the last item that are of the text; (0, -1) where there is none."""
    filled = [n for n, item in enumerate(items) if isinstance(item, str) and item.strip(_BLANK)]
    if not filled:
        return 0, -1
    start, end = filled[0], filled[-1]
    first, last = start, end
    for place in range(start):
        # OmegaT looks no further than the last text
        if _is(items[place], "begin") and matching(items, place + 1, end, 1) > start:
            first = place
            break
    for place in range(len(items) - 1, end, -1):
        if _is(items[place], "end") and start < matching(items, place - 1, start, -1) < end:
            last = place
            break
    return first, last


def _is(item: str | FileTag, role: str) -> bool:
    return isinstance(item, FileTag) and item.role == role


def _name(element: Any) -> str:
    tag = element.tag.rpartition("}")[2]
    return f"{element.prefix}:{tag}" if element.prefix else str(tag)
