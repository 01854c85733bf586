r"""Gettext catalogues (.po, .pot): `msgid` is the source, `msgstr` the target.

Standard: the PO format of GNU gettext. `msgctxt` is the unit's key, `fuzzy` a label, a translator's
comment (`# `) the bead's comment. Of a plural, the singular goes with the first form and
`msgid_plural` with the last; forms between them, obsolete entries (`#~`), other comments and the
header are listed in `Document.dropped`. The header's Language is the target's.

Own reader: `polib`, the library for it, opens a file of this machine where a catalogue's text
happens to be a path.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from aligner.formats.common.sides import Cell, SideRow, Sides, as_alignment, as_document
from aligner.model import (
    Alignment,
    AlignmentSet,
    Declined,
    Document,
    Dropped,
    Malformed,
    ReadError,
    ReadOptions,
    Source,
)
from aligner.text.decoding import decode
from aligner.text.drafts import DEFAULTS, suffix_of

__all__ = ["SUFFIXES", "read", "read_alignment"]

SUFFIXES = (".po", ".pot")

_LINE = re.compile(
    r"\s*(?:(?P<word>msgctxt|msgid_plural|msgid|msgstr)\s*(?:\[(?P<number>\d{1,2})\])?\s*)?"
    r'"(?P<text>(?:[^"\\]|\\.)*)"\s*$'
)
_ESCAPE = re.compile(r"\\(?:(?P<octal>[0-7]{1,3})|x(?P<hex>[0-9A-Fa-f]{1,2})|(?P<sign>.))")
_SIGNS = {"n": "\n", "t": "\t", "r": "\r", "a": "", "b": "", "v": "\v", "f": "\f"}
_CHARSET = re.compile(rb"charset=([\w.:-]+)")
_LANGUAGE = re.compile(r"^Language:[^\S\n]*([A-Za-z]{2,3}(?:[_-][\w-]+)?)", re.MULTILINE)
_SOURCE = re.compile(r"^X-Source-Language:[^\S\n]*([A-Za-z]{2,3}(?:[_-][\w-]+)?)", re.MULTILINE)


@dataclass(slots=True)
class _Entry:
    line: int
    texts: dict[str, list[str]] = field(default_factory=dict)
    comments: list[tuple[int, str]] = field(default_factory=list)
    flags: str = ""

    def get(self, word: str) -> str:
        return "".join(self.texts.get(word, ()))


def read(source: Source, options: ReadOptions = DEFAULTS) -> Document:
    """One side of `source` as a document.

    Raises Declined for what is no catalogue, Malformed with its line for what is broken,
    UsageError for a side that is not in it, ReadError for one without text.
    """
    if suffix_of(source.name) not in SUFFIXES and not re.search(
        rb'^msgid\s+"', source.data[:20_000], re.MULTILINE
    ):
        raise Declined(f"the suffix is not one of {', '.join(SUFFIXES)} and no line opens msgid")
    return read_text(source, options)


def read_text(source: Source, options: ReadOptions) -> Document:
    """As `read`, whatever the suffix."""
    return as_document(source, _sides(source, options), options)


def read_alignment(source: Source, options: ReadOptions = DEFAULTS) -> Alignment | AlignmentSet:
    """Source and target of `source`. Raises as `read`."""
    return as_alignment(source, _sides(source, options))


def _sides(source: Source, options: ReadOptions) -> Sides:
    charset = _CHARSET.search(source.data[:20_000])
    declared = charset[1].decode("ascii") if charset else ""
    text = decode(source.data, source.name, encoding=options.encoding, declared=declared)
    sides = Sides(["source", "target"], ["", ""])
    for entry in _entries(text.split("\n"), source.name, sides.dropped):
        sides.dropped += [Dropped("comment", text, line) for line, text in entry.comments]
        if not entry.get("msgid") and "msgctxt" not in entry.texts:
            header = entry.get("msgstr0")
            found, origin = _LANGUAGE.search(header), _SOURCE.search(header)
            sides.langs = [m[1].replace("_", "-") if m else "" for m in (origin, found)]
            sides.dropped.append(Dropped("header of the catalogue", header.strip(), entry.line))
            continue
        sides.units += _units(entry, sides.dropped)
    if not sides.units:
        raise ReadError("the catalogue holds no message", context=source.name)
    return sides


def _units(entry: _Entry, dropped: list[Dropped]) -> Iterator[SideRow]:
    forms = [entry.get(name) for name in sorted(entry.texts) if name.startswith("msgstr")]
    comment = " ".join(c[1:].strip() for _, c in entry.comments if c.startswith(("# ", "#\t")))
    labels = ("fuzzy",) if "fuzzy" in entry.flags else ()
    key = entry.get("msgctxt")
    rows = [(entry.get("msgid"), forms[0] if forms else "")]
    if "msgid_plural" in entry.texts:
        rows.append((entry.get("msgid_plural"), forms[-1] if len(forms) > 1 else ""))
        between = forms[1:-1]
    else:
        between = forms[1:]
    dropped += [Dropped("plural form", form, entry.line) for form in between if form.strip()]
    for source, target in rows:
        cells = [Cell.of(source), Cell.of(target)]
        if any(cell.text for cell in cells):
            yield SideRow(cells, key=key, labels=labels, comment=comment)


def _entries(lines: list[str], name: str, dropped: list[Dropped]) -> Iterator[_Entry]:
    entry = _Entry(1)
    word = ""
    for number, line in enumerate(lines, start=1):
        bare = line.strip()
        if not bare or bare.startswith("#"):
            if entry.texts:
                yield entry
                entry, word = _Entry(number), ""
            if bare.startswith("#~"):
                dropped.append(Dropped("obsolete entry", bare, number))
            elif bare:
                entry.comments.append((number, bare))
                entry.flags += bare if bare.startswith("#,") else ""
            continue
        match = _LINE.match(line)
        if match is None or not (match["word"] or word):
            raise Malformed(
                "not a line of a catalogue", context=name, line=number, excerpt=bare[:60]
            )
        if match["word"]:
            said = match["word"] + (
                f"{int(match['number'] or 0)}" if match["word"] == "msgstr" else ""
            )
            if said in entry.texts or (said in ("msgid", "msgctxt") and "msgstr0" in entry.texts):
                yield entry
                entry = _Entry(number)
            entry.line = entry.line if entry.texts else number
            word = said
        entry.texts.setdefault(word, []).append(_unescaped(match["text"]))
    if entry.texts or entry.comments:
        yield entry


def _unescaped(text: str) -> str:
    def character(match: re.Match[str]) -> str:
        if match["octal"]:
            return chr(int(match["octal"], 8))
        if match["hex"]:
            return chr(int(match["hex"], 16))
        return _SIGNS.get(match["sign"], match["sign"])

    return _ESCAPE.sub(character, text) if "\\" in text else text
