"""Reader of our own lossless format; its description is in `aligner.formats.json.write`.

A file from another program is declined; a damaged one is refused with line and column where the
JSON itself is broken, and with the place in words (`alignments[0].beads[12]`) where it reads but
breaks a promise: ranges that do not tile the segments, offsets outside a paragraph.
"""

from __future__ import annotations

import os
from typing import Any, NoReturn

from aligner.model import (
    Alignment,
    AlignmentSet,
    Bead,
    Crossing,
    Declined,
    Document,
    Header,
    InternalError,
    Malformed,
    Paragraph,
    Reading,
    ReadOptions,
    Segment,
    Signature,
    Source,
    Span,
    Unit,
    UsageError,
    WordLink,
    header_from_json,
    unit_from_json,
)
from aligner.runtime import places
from aligner.text.drafts import DEFAULTS
from aligner.text.notation import json_of
from aligner.text.wording import numbered

__all__ = ["FORMAT", "VERSION", "read", "read_alignment"]

FORMAT = "aligner-alignment"
VERSION = 1
_SPECIAL = {"inf": float("inf"), "-inf": float("-inf"), "nan": float("nan")}


def read(source: Source, options: ReadOptions = DEFAULTS) -> Document:
    """One text of the alignment, its segments as they are; raises as `read_alignment`, UsageError
    for a side that is not in it.
    """
    if not source.data[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        raise Declined("does not open with {")
    alignment = read_alignment(source)
    texts = alignment.documents if isinstance(alignment, AlignmentSet) else _both(alignment)
    side = options.side.lower()
    if side in ("", "source", "target"):
        return texts[side == "target"]
    for text in texts:
        if side in (text.lang.lower(), text.lang.lower().split("-")[0]):
            return text
    known = ", ".join(text.lang for text in texts)
    raise UsageError(
        f"there is no side {options.side!r} in it", context=source.name, hint=f"known: {known}"
    )


read_text = read


def _both(alignment: Alignment) -> tuple[Document, ...]:
    return alignment.source, alignment.target


def read_alignment(source: Source, options: ReadOptions = DEFAULTS) -> Alignment | AlignmentSet:
    """The alignment in a `.alignment.json` file, equal to the one that was written.

    Raises Declined for JSON of another kind, Malformed (with line where the JSON is broken) for
    a damaged file, a broken promise, or a version newer than this reader.
    """
    del options
    value = json_of(source.data, source.name)
    if not isinstance(value, dict) or value.get("format") != FORMAT:
        raise Declined(
            "not an alignment of ours", context=source.name, hint=f'no "format": "{FORMAT}" in it'
        )
    root = _Node(source.name, "", value)
    version = root.integer("version")
    if version > VERSION:
        raise Malformed(
            f"written by a newer aligner: format version {version}, this one reads up to {VERSION}",
            context=source.name,
            hint="update aligner",
        )
    if version < 1:
        root.fail(f"there is no format version {version}")
    try:
        return _alignment_or_set(root)
    except InternalError as error:
        # the model checks itself; what they refuse here is the file's fault, not ours
        raise Malformed(error.message, context=source.name) from error


class _Node:
    """An object of the file that knows where it stands, for messages."""

    def __init__(self, name: str, path: str, value: Any) -> None:
        self.name, self.path = name, path
        if not isinstance(value, dict):
            self.fail("should be an object")
        self.value: dict[str, Any] = value

    def fail(self, message: str) -> NoReturn:
        where = f"{self.path} " if self.path else ""
        raise Malformed(f"{where}{message}", context=self.name)

    def text(self, key: str, default: str | None = None) -> str:
        value = self.value.get(key, default)
        if not isinstance(value, str):
            self.fail(f"has no text {key!r}")
        return value

    def integer(self, key: str, default: int | None = None) -> int:
        value = self.value.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool):
            self.fail(f"has no whole number {key!r}")
        return value

    def number(self, key: str) -> float:
        value = self.value.get(key)
        if isinstance(value, str) and value in _SPECIAL:
            return _SPECIAL[value]
        if isinstance(value, bool) or not isinstance(value, int | float):
            self.fail(f"has no number {key!r}")
        try:
            return float(value)
        except OverflowError:
            self.fail(f"has a number {key!r} that is too large")

    def items(self, key: str) -> list[Any]:
        value = self.value.get(key, [])
        if not isinstance(value, list):
            self.fail(f"has no list {key!r}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        return tuple(self._all(key, self.items(key), str))

    def nodes(self, key: str) -> tuple[_Node, ...]:
        prefix = f"{self.path}.{key}" if self.path else key
        return tuple(
            _Node(self.name, f"{prefix}[{n}]", item) for n, item in enumerate(self.items(key))
        )

    def node(self, key: str) -> _Node:
        return _Node(self.name, f"{self.path}.{key}" if self.path else key, self.value.get(key))

    def row(self, key: str, value: Any, *types: type) -> list[Any]:
        """A list of exactly these types."""
        if not isinstance(value, list) or len(value) != len(types):
            self.fail(f"has a {key!r} that is not a list of {len(types)}")
        for item, kind in zip(value, types, strict=True):
            self._all(key, [item], kind)
        return value

    def range(self, key: str) -> range:
        start, stop = self.row(key, self.value.get(key), int, int)
        if not 0 <= start <= stop:
            self.fail(f"has a {key!r} that is no range of segments")
        return range(start, stop)

    def _all(self, key: str, values: list[Any], kind: type) -> list[Any]:
        for value in values:
            if not (_is_int(value) if kind is int else isinstance(value, kind)):
                self.fail(f"has a wrong value in {key!r}")
        return values


def _is_int(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _alignment_or_set(root: _Node) -> Alignment | AlignmentSet:
    documents = [_document(node) for node in root.nodes("documents")]
    units = [_unit(node) for node in root.nodes("units")]
    alignments = tuple(_alignment(node, documents, units) for node in root.nodes("alignments"))
    kind = root.text("kind")
    if kind == "set" and alignments:
        return AlignmentSet(alignments)
    if kind == "pair" and len(alignments) == 1:
        return alignments[0]
    return root.fail(f"holds {numbered(len(alignments), 'alignment')} and calls itself a {kind!r}")


def _document(node: _Node) -> Document:
    metadata = _Node(node.name, f"{node.path}.metadata", node.value.get("metadata", {}))
    paragraphs: list[Paragraph] = []
    count = 0
    for index, item in enumerate(node.nodes("paragraphs")):
        paragraphs.append(_paragraph(item, index, count))
        count += len(paragraphs[-1].segments)
    return Document(
        id=node.text("id"),
        lang=node.text("lang"),
        origin=places.brought_back(node.text("origin"), os.path.dirname(node.name)),  # noqa: PTH120
        title=node.text("title"),
        digest=node.text("digest"),
        paragraphs=tuple(paragraphs),
        metadata={key: metadata.texts(key) for key in metadata.value},
    )


def _paragraph(node: _Node, index: int, count: int) -> Paragraph:
    text = node.text("text")
    segments = []
    for number, item in enumerate(node.items("segments"), start=count):
        edited = isinstance(item, list) and len(item) > 2
        start, end, *first = node.row("segments", item, int, int, *([str] if edited else []))
        if not 0 <= start < end <= len(text):
            node.fail(f"has a segment {start}-{end} outside its text")
        segments.append(Segment(number, index, start, end, text[start:end], *first))
    spans = [Span(*node.row("spans", item, int, int, str, str)) for item in node.items("spans")]
    label = node.value.get("label")
    speaker = node.value.get("speaker")
    times = node.value.get("times")
    return Paragraph(
        index=index,
        kind=node.text("kind"),
        text=text,
        segments=tuple(segments),
        speaker=None if speaker is None else node.text("speaker"),
        label=None if label is None else _pair(node.row("label", label, int, int)),
        level=node.integer("level", 0),
        spans=tuple(spans),
        times=None if times is None else _pair(node.row("times", times, int, int)),
        key=node.text("key", ""),
    )


def _pair(values: list[int]) -> tuple[int, int]:
    return values[0], values[1]


def _header(node: _Node) -> Header:
    try:
        return header_from_json(node.value["header"])
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        return node.fail(f"has a header that is none ({type(error).__name__}: {error})")


def _unit(node: _Node) -> Unit:
    try:
        return unit_from_json(node.value)
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        return node.fail(f"is no unit ({type(error).__name__}: {error})")


def _alignment(node: _Node, documents: list[Document], units: list[Unit]) -> Alignment:
    sides = []
    for key in ("source", "target"):
        number = node.integer(key)
        if not 0 <= number < len(documents):
            node.fail(f"names document {number} of {len(documents)}")
        sides.append(documents[number])
    parts = [node.row("signature", item, str, str) for item in node.items("signature")]
    return Alignment(
        source=sides[0],
        target=sides[1],
        beads=tuple(_bead(item, units) for item in node.nodes("beads")),
        signature=Signature(tuple((name, value) for name, value in parts)),
        crossings=tuple(_crossing(item, sides) for item in node.nodes("crossings")),
        pins=node.texts("pins"),
        warnings=node.texts("warnings"),
        words=tuple(_word_link(node, item, sides) for item in node.items("words")),
        header=_header(node) if "header" in node.value else None,
    )


def _word_link(node: _Node, item: Any, sides: list[Document]) -> WordLink:
    if isinstance(item, list):
        item = [*item[:6], *(float(n) if _is_int(n) else n for n in item[6:])]
    sure = (float,) if isinstance(item, list) and len(item) > 7 else ()
    row = node.row("words", item, int, int, int, int, int, int, float, *sure)
    for document, (segment, start, end) in zip(sides, (row[:3], row[3:6]), strict=True):
        segments = document.segments
        if not (0 <= segment < len(segments) and 0 <= start < end <= len(segments[segment].text)):
            node.fail(f"links a word at {start}-{end} of segment {segment}, where there is none")
    return WordLink((row[0], row[1], row[2]), (row[3], row[4], row[5]), *row[6:])


def _bead(node: _Node, units: list[Unit]) -> Bead:
    number = node.integer("unit", -1)
    if not -1 <= number < len(units) or (number < 0 and "unit" in node.value):
        node.fail(f"names unit {number} of {len(units)}")
    try:
        return Bead(
            source=node.range("source"),
            target=node.range("target"),
            score=node.number("score"),
            confidence=None if node.value.get("confidence") is None else node.number("confidence"),
            quality=None if node.value.get("quality") is None else node.number("quality"),
            status=node.text("status", "auto"),
            labels=node.texts("labels"),
            comment=node.text("comment", ""),
            unit=units[number] if number >= 0 else None,
            other=_other(node),
        )
    except InternalError as error:
        node.fail(f"is refused: {error.message}")


def _other(node: _Node) -> Reading | None:
    """A bead's other division, None where it has none."""
    if "other" not in node.value:
        return None
    other = node.node("other")
    sizes = [other.row("sizes", item, int, int) for item in other.items("sizes")]
    return Reading(
        other.integer("beads"),
        tuple((a, b) for a, b in sizes),
        other.number("posterior"),
        other.number("here"),
    )


def _crossing(node: _Node, sides: list[Document]) -> Crossing:
    ranges = [node.range("source"), node.range("target")]
    for part, document in zip(ranges, sides, strict=True):
        if part.stop > len(document.segments):
            node.fail(f"reaches segment {part.stop - 1} of {len(document.segments)}")
    return Crossing(ranges[0], ranges[1], node.number("confidence"))
