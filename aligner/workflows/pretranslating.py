"""A file whose segments the memory knows already, filled in.

- plain text: each segment that has a match becomes its translation, everything between and the
  other segments stay as they are (to see which, draft an alignment: `drafting`)
- XLIFF 1.2 and 2.x: empty targets are filled; 1.2 says `state-qualifier` exact-match or
  fuzzy-match, 2.x state translated or initial. A source with inline codes gets its match as
  `alt-trans` (1.2) only: a target without the codes would lose them.
- PO: empty `msgstr` are filled, `fuzzy` is set below 100; plurals are left alone

Everything else of the file stays byte for byte (PO, text lines) or element for element (XLIFF).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from aligner.model import Document, InternalError, Source, StoreError, UsageError
from aligner.workflows import aligning

if TYPE_CHECKING:
    from aligner.memory import Match, Memory

__all__ = ["Filled", "best", "fills", "neighbours", "pretranslate", "usable"]

_XLIFF = (".xlf", ".xliff", ".mxliff", ".sdlxliff", ".mqxliff")
_CATALOGUE = (".po", ".pot")
_PLAIN = (".txt", ".text", "")
Find = Callable[[str, str, str], "Match | None"]  # text, before, after
Finder = Callable[[str, str], Find]  # of the languages that a file declares
_FROM = re.compile(r"\"X-Source-Language:\s*([A-Za-z]{2,3}(?:[_-]\w+)?)")
_INTO = re.compile(r"\"Language:\s*([A-Za-z]{2,3}(?:[_-]\w+)?)")
_HEADER = 8192  # bytes of a catalogue in which its header is


@dataclass(slots=True)
class Filled:
    """How many segments there were, and how many of them were filled; `plural`: entries with plural
    forms, which are left alone.
    """

    segments: int = 0
    exact: int = 0
    fuzzy: int = 0
    proposed: int = 0
    plural: int = 0

    def count(self, match: Match) -> None:
        """Count a filled segment."""
        if match.is_exact:
            self.exact += 1
        else:
            self.fuzzy += 1


def pretranslate(
    memory: Memory, source: Source, source_lang: str = "", target_lang: str = "", least: float = 75
) -> tuple[bytes, Filled]:
    """The file with matches of at least `least` filled in, and what was filled.

    Languages that nobody names are those that the file declares, or that its text is in. Raises
    ReadError or Malformed for a file that cannot be read, StoreError where the memory has no such
    languages.
    """

    def finder(declared_source: str, declared_target: str) -> Find:
        langs = source_lang or declared_source, target_lang or declared_target
        memory.either_way(*langs)  # raises where there are none
        return partial(best, memory, langs, least)

    kind = _kind(source.name)
    if kind == _XLIFF:
        return _xliff(source, finder)
    if kind == _CATALOGUE:
        return _catalogue(source, finder)
    document = aligning.open_document(source, source_lang)
    lang = source_lang or usable(memory, document.lang, target_lang)
    return _text(source, document, finder(lang, ""))


def usable(memory: Memory, detected: str, target_lang: str) -> str:
    """A language that was found out, where the memory has it; else "": a short text may have been
    taken for its neighbour.
    """
    try:
        memory.either_way(detected, target_lang)
    except StoreError:
        return ""
    return detected


def best(
    memory: Memory, langs: tuple[str, str], least: float, text: str, before: str, after: str
) -> Match | None:
    """The best match of a text between its neighbours, if any reaches `least`."""
    from aligner.memory import find_matches

    matches = find_matches(memory, text, *langs, least=least, limit=1, before=before, after=after)
    return matches[0] if matches else None


def fills(name: str, output: str) -> bool:
    """Whether a file is filled in as it is: its own kind is wanted back, and is one of the three.

    Raises UsageError where an XLIFF or PO is to become something else: what it holds already
    would be lost.
    """
    kind, wanted = _kind(name), _kind(output)
    if kind in (_XLIFF, _CATALOGUE) and wanted != kind:
        raise UsageError(
            "a file of units is filled in as what it is",
            context=output,
            hint=f"name the output *{PurePath(name).suffix}",
        )
    return kind is not None and wanted == kind


def _kind(name: str) -> tuple[str, ...] | None:
    suffix = PurePath(name.removesuffix(".gz")).suffix.lower()
    kinds = (_XLIFF, _CATALOGUE, _PLAIN)
    return next((kind for kind in kinds if suffix in kind), None)


def _text(source: Source, document: Document, find: Find) -> tuple[bytes, Filled]:
    from aligner.workflows.reading import trace

    texts = [segment.text for segment in document.segments]
    filled = Filled(len(texts))
    traced = trace(source, document, format="txt")
    if traced is None:
        raise InternalError("plain text has no trace", context=source.name)
    pieces, at = [], 0
    for segment in document.segments:
        places = traced.places[segment.paragraph][segment.start : segment.end]
        known = [place for place in places if place >= at]
        match = find(segment.text, *neighbours(texts, segment.index)) if known else None
        if match:
            filled.count(match)
            pieces += [traced.text[at : known[0]], match.unit.target]
            at = known[-1] + 1
    return "".join([*pieces, traced.text[at:]]).encode("utf-8", "backslashreplace"), filled


def neighbours(texts: Sequence[str], index: int) -> tuple[str, str]:
    """The texts before and after one, "" at the ends."""
    return (
        texts[index - 1] if index else "",
        texts[index + 1] if index + 1 < len(texts) else "",
    )


def _xliff(source: Source, finder: Finder) -> tuple[bytes, Filled]:
    from lxml import etree

    from aligner.files.xml import attribute, local, parse_xml

    root = parse_xml(source.data, source.name)
    if local(root) != "xliff":
        raise UsageError(f"the root element is <{local(root)}>, not <xliff>", context=source.name)
    second = attribute(root, "version").startswith("2")
    names = ("srcLang", "trgLang") if second else ("source-language", "target-language")
    declaring = root if second else next(root.iter("{*}file"), root)
    find = finder(attribute(declaring, names[0]), attribute(declaring, names[1]))
    units = list(root.iter("{*}segment" if second else "{*}trans-unit"))
    texts = [_plain(unit.find("{*}source")) for unit in units]
    filled = Filled(len(units))
    for index, unit in enumerate(units):
        target = unit.find("{*}target")
        if not texts[index] or attribute(unit, "translate") == "no":
            continue
        if target is not None and "".join(target.itertext()).strip():
            continue
        match = find(texts[index], *neighbours(texts, index))
        if match is None:
            continue
        if len(unit.find("{*}source")):
            if not second:
                _propose(etree, unit, match)
                filled.proposed += 1
            continue
        filled.count(match)
        _fill(etree, unit, target, match, second=second)
    return etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True), filled


def _plain(element: Any) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())


def _fill(etree: Any, unit: Any, target: Any, match: Match, *, second: bool) -> None:
    space = unit.tag[: unit.tag.find("}") + 1]
    if target is None:
        target = etree.Element(f"{space}target")
        before = unit.find("{*}seg-source")
        before = before if before is not None else unit.find("{*}source")
        target.tail = before.tail
        before.addnext(target)
    target.text = match.unit.target
    same = match.is_exact
    if second:
        unit.set("state", "translated" if same else "initial")
    else:
        target.set("state", "translated" if same else "needs-review-translation")
        target.set("state-qualifier", "exact-match" if same else "fuzzy-match")


def _propose(etree: Any, unit: Any, match: Match) -> None:
    space = unit.tag[: unit.tag.find("}") + 1]
    quality = f"{min(match.score, 100.0):.0f}%"
    proposal = etree.SubElement(unit, f"{space}alt-trans", {"match-quality": quality})
    etree.SubElement(proposal, f"{space}source").text = match.unit.source
    etree.SubElement(proposal, f"{space}target").text = match.unit.target


_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"\s*$')
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_UNESCAPE = re.compile(r"\\(.)")
_SIGNS = {"n": "\n", "t": "\t", "r": "\r"}


@dataclass(slots=True)
class _Entry:
    """Line numbers and text of one entry of a catalogue."""

    first: int
    flags: int = -1
    msgid: str | None = None
    msgstr: str | None = None
    msgstr_lines: tuple[int, int] = (0, 0)
    plural: bool = False


def _catalogue(source: Source, finder: Finder) -> tuple[bytes, Filled]:
    header = source.data[:_HEADER].decode("utf-8", "replace")
    declared = [
        header_line[1].replace("_", "-") if (header_line := pattern.search(header)) else ""
        for pattern in (_FROM, _INTO)
    ]
    find = finder(declared[0], declared[1])
    lines = source.data.decode("utf-8", "surrogateescape").split("\n")
    every = [entry for entry in _entries(lines) if entry.msgid]
    entries = [entry for entry in every if not entry.plural and entry.msgstr is not None]
    texts = [" ".join((entry.msgid or "").split()) for entry in entries]
    filled = Filled(len(every), plural=sum(entry.plural for entry in every))
    changes: list[tuple[_Entry, Match]] = []
    for index, entry in enumerate(entries):
        if entry.msgstr:
            continue
        match = find(texts[index], *neighbours(texts, index))
        if match:
            filled.count(match)
            changes.append((entry, match))
    for entry, match in reversed(changes):
        start, stop = entry.msgstr_lines
        lines[start:stop] = [f'msgstr "{_escaped(_like(entry.msgid or "", match.unit.target))}"']
        if not match.is_exact:
            if entry.flags >= 0:
                lines[entry.flags] = lines[entry.flags].replace("#,", "#, fuzzy,", 1)
            else:
                lines.insert(entry.first, "#, fuzzy")
    return "\n".join(lines).encode("utf-8", "surrogateescape"), filled


def _entries(lines: list[str]) -> list[_Entry]:
    out: list[_Entry] = []
    entry: _Entry | None = None
    word = ""
    flags = -1
    for number, raw in enumerate(lines):
        line = raw.strip()
        if line.startswith("#,"):
            flags = number
        if not line:
            entry, word, flags = None, "", -1
            continue
        if line.startswith("#"):
            continue
        head, _, _ = line.partition('"')
        keyword = head.strip()
        if keyword in ("msgctxt", "msgid") and (entry is None or entry.msgid is not None):
            entry = _Entry(number, flags)
            out.append(entry)
        if entry is None:
            continue
        word = keyword or word
        string = _STRING.search(line)
        text = _unescaped(string[1]) if string else ""
        if word == "msgid":
            entry.msgid = (entry.msgid or "") + text
        elif word == "msgid_plural" or word.startswith("msgstr["):
            entry.plural = True
        elif word == "msgstr":
            start = number if keyword else entry.msgstr_lines[0]
            entry.msgstr = ("" if keyword else entry.msgstr or "") + text
            entry.msgstr_lines = (start, number + 1)
    return out


def _like(source: str, target: str) -> str:
    """The translation with the line breaks at both ends that gettext wants to be the same."""
    lead = "\n" if source.startswith("\n") else ""
    tail = "\n" if source.endswith("\n") else ""
    return f"{lead}{target}{tail}"


def _escaped(text: str) -> str:
    return "".join(_ESCAPES.get(char, char) for char in text)


def _unescaped(text: str) -> str:
    return _UNESCAPE.sub(lambda match: _SIGNS.get(match[1], match[1]), text)
