"""`.alignment.json`: that every number of it means something, so that reading it back cannot fail.

The codes, with severity and meaning, are in `validate_codes`.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import count
from typing import Any

from aligner.formats.json.lines import Path, lines_of
from aligner.formats.json.validate_codes import CODES
from aligner.formats.validation.fault import Fault
from aligner.languages.tags import wrong_tag
from aligner.model import PARAGRAPH_KINDS, STATUSES
from aligner.text.wording import numbered

__all__ = ["check_json"]

_FORMAT = "aligner-alignment"
_VERSION = 1
_Row = tuple[str, Path, str, str, str]  # code, path, unit, reason, advice


def check_json(data: bytes) -> Iterator[Fault]:
    """All findings, in the order of their lines."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        start = data.rfind(b"\n", 0, error.start) + 1
        column = len(data[start : error.start].decode("utf-8")) + 1
        line = data.count(b"\n", 0, start) + 1
        reason = f"the byte 0x{data[error.start]:02X} at column {column} is not UTF-8"
        yield _fault("J001", line, "", reason, "save the file as UTF-8", column)
        return
    doubled: list[str] = []
    try:
        root = json.loads(text, object_pairs_hook=lambda pairs: _object(pairs, doubled))
    except json.JSONDecodeError as error:
        reason = f"not JSON: {error.msg} (column {error.colno})"
        advice = "correct it; nothing after it is checked"
        yield _fault("J001", error.lineno, "", reason, advice, error.colno)
        return
    except RecursionError:
        yield _fault("J001", 0, "", "lists are nested without end", "this is no alignment")
        return
    for key in doubled:
        line = _line_of_double(text, key)
        yield _fault("J002", line, "", f"the key {key!r} comes twice in one object", "keep one")
    rows = list(_check(root))
    lines = lines_of(text, [path for _, path, *_ in rows])
    made = [
        _fault(code, lines[path], unit, reason, advice) for code, path, unit, reason, advice in rows
    ]
    yield from sorted(made, key=lambda fault: fault.line)


def _fault(code: str, line: int, unit: str, reason: str, advice: str, column: int = 0) -> Fault:
    return Fault(code, line, unit, reason, advice, CODES[code].severity, column)


def _object(pairs: list[tuple[str, Any]], doubled: list[str]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                doubled.append(key)
            seen.add(key)
    return made


def _line_of_double(text: str, key: str) -> int:
    """The line where one object holds `key` again; found by looking at each line, then at all."""
    mark = json.dumps(key, ensure_ascii=False) + ":"
    for number, line in enumerate(text.split("\n"), start=1):
        if line.count(mark) > 1:
            return number
    return text.count("\n", 0, max(text.rfind(mark), 0)) + 1


def _check(root: Any) -> Iterator[_Row]:
    if not isinstance(root, dict) or root.get("format") != _FORMAT:
        yield "J003", (), "", "this is no alignment", f'it starts with {{"format": "{_FORMAT}"'
        return
    if root.get("version") != _VERSION:
        shown = repr(root.get("version"))
        yield "J004", ("version",), "", f"version {shown} is not known", "use a newer aligner"
        return
    documents: Any = root.get("documents")
    alignments: Any = root.get("alignments")
    for key, value in (("documents", documents), ("alignments", alignments)):
        if not isinstance(value, list) or not value:
            yield (
                "J101",
                (key,),
                "",
                f"{key!r} must be a list that holds something",
                "write it anew",
            )
            return
    names: set[tuple[str, str]] = set()
    sizes: list[int] = []
    for number, document in enumerate(documents):
        at: Path = ("documents", number)
        if not isinstance(document, dict):
            yield "J101", at, "", "a document must be an object", "write it anew"
            sizes.append(0)
            continue
        name = str(document.get("id", ""))
        lang = str(document.get("lang", ""))
        # es/1.txt and en/1.txt are both "1": the language tells them apart
        if (name, lang) in names:
            reason = f"the id {name!r} is that of an earlier document in the same language"
            yield "J202", (*at, "id"), name, reason, "give each its own"
        names.add((name, lang))
        wrong = wrong_tag(lang)
        if wrong is not None:
            yield "J201", (*at, "lang"), name, *wrong
        size = count()
        yield from _paragraphs(document, at, name, size)
        sizes.append(next(size))
    for number, alignment in enumerate(alignments):
        yield from _alignment(alignment, ("alignments", number), sizes)


def _paragraphs(
    document: Mapping[str, Any], at: Path, name: str, size: Iterator[int]
) -> Iterator[_Row]:
    paragraphs = document.get("paragraphs")
    if not isinstance(paragraphs, list):
        yield "J101", at, name, "a document must have a list of paragraphs", "write it anew"
        return
    for number, paragraph in enumerate(paragraphs):
        here: Path = (*at, "paragraphs", number)
        unit = f"{name} p{number + 1}"
        text = paragraph.get("text") if isinstance(paragraph, dict) else None
        if not isinstance(text, str):
            yield "J101", here, unit, "a paragraph must have a text", "add it"
            continue
        kind = paragraph.get("kind")
        if kind not in PARAGRAPH_KINDS:
            known = ", ".join(PARAGRAPH_KINDS)
            yield "J203", here, unit, f"there is no kind of paragraph {kind!r}", f"one of {known}"
        if "\n" in text:
            yield "J206", here, unit, "there is a line break in the paragraph", "write a space"
        if not unicodedata.is_normalized("NFC", text):
            yield "J207", here, unit, "the text is not in normalization form C", "normalize it"
        yield from _segments(paragraph, text, here, unit, size)


def _segments(
    paragraph: Mapping[str, Any], text: str, here: Path, unit: str, size: Iterator[int]
) -> Iterator[_Row]:
    end = 0
    segments = paragraph.get("segments") or ()
    if not isinstance(segments, list | tuple):
        yield "J101", (*here, "segments"), unit, "segments must be a list", "write it anew"
        return
    for number, pair in enumerate(segments):
        place: Path = (*here, "segments", number)
        name = f"{unit} s{next(size) + 1}"
        edited = isinstance(pair, list) and len(pair) == 3 and isinstance(pair[2], str)
        if not _is_pair(pair[:2] if edited else pair):
            reason = "a segment is [start, end] or [start, end, first wording]"
            yield "J101", place, name, reason, "write two whole numbers"
            continue
        start, stop = pair[:2]
        if not 0 <= start <= stop <= len(text):
            reason = (
                f"the segment {start}-{stop} lies outside its paragraph of "
                f"{numbered(len(text), 'character')}"
            )
            yield "J204", place, name, reason, "count in code points, end after the last one"
        elif not text[start:stop].strip():
            yield "J205", place, name, "the segment is empty", "remove it and renumber the beads"
        elif start < end:
            yield "J204", place, name, "the segment begins before the last one ends", "correct it"
        end = max(end, stop)


def _is_pair(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(isinstance(n, int) and not isinstance(n, bool) for n in value)
    )


def _alignment(alignment: Any, at: Path, sizes: list[int]) -> Iterator[_Row]:
    if not isinstance(alignment, dict):
        yield "J101", at, "", "an alignment must be an object", "write it anew"
        return
    limits = []
    for side in ("source", "target"):
        number = alignment.get(side)
        if not isinstance(number, int) or not 0 <= number < len(sizes):
            reason = f"the {side} is document {number!r}, which is not there"
            yield "J301", (*at, side), "", reason, f"there are {len(sizes)}, counted from 0"
            return
        limits.append(sizes[number])
    places = [0, 0]
    after_target_null = False
    beads = alignment.get("beads")
    for number, bead in enumerate(beads if isinstance(beads, list) else ()):
        here: Path = (*at, "beads", number)
        unit = f"bead {number + 1}"
        wrong = list(_bead(bead, here, unit, limits))
        yield from wrong
        if any(code in ("J101", "J302") for code, *_ in wrong):
            return  # the order of what follows would be judged by a wrong place
        yield from _order(bead, here, unit, places)
        source, target = (bead[side][0] < bead[side][1] for side in ("source", "target"))
        if after_target_null and not target:
            advice = "put the nulls of the source first"
            yield "J304", here, unit, "a null of the source comes after one of the target", advice
        after_target_null = not source
    for side, place, limit in zip(("source", "target"), places, limits, strict=True):
        if place != limit:
            reason = f"the beads end at {side} segment {place} of {limit}"
            yield "J303", (*at, "beads"), "", reason, "every segment is in one bead"
    crossings = alignment.get("crossings") or ()
    if not isinstance(crossings, list | tuple):
        yield "J101", (*at, "crossings"), "", "crossings must be a list", "write it anew"
        return
    for number, crossing in enumerate(crossings):
        here = (*at, "crossings", number)
        yield from _ranges(crossing, here, f"crossing {number + 1}", limits)


def _order(bead: Mapping[str, Any], here: Path, unit: str, places: list[int]) -> Iterator[_Row]:
    for k, side in enumerate(("source", "target")):
        start, stop = bead[side]
        if start == stop:
            continue
        if start != places[k]:
            what = "leaves out" if start > places[k] else "takes again"
            reason = f"the bead {what} {side} segments: {start} after {places[k]}"
            yield "J303", here, unit, reason, "every segment is in one bead, in order"
        places[k] = stop


def _bead(bead: Any, here: Path, unit: str, limits: list[int]) -> Iterator[_Row]:
    yield from _ranges(bead, here, unit, limits)
    if not isinstance(bead, dict):
        return
    for name in ("confidence", "quality"):
        value = bead.get(name)
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if value is not None and not (number and 0 <= float(value) <= 1):
            reason = f"{name} {value!r} is no probability"
            yield "J305", here, unit, reason, "a number from 0 to 1, or null"
    status = bead.get("status", "auto")
    if status not in STATUSES:
        reason = f"there is no status {status!r}"
        yield "J306", here, unit, reason, f"one of {', '.join(STATUSES)}"


def _ranges(item: Any, here: Path, unit: str, limits: list[int]) -> Iterator[_Row]:
    if not isinstance(item, dict) or not all(_is_pair(item.get(s)) for s in ("source", "target")):
        reason = "source and target must be [start, stop]"
        yield "J101", here, unit, reason, "write two whole numbers a side"
        return
    empty = 0
    for side, limit in zip(("source", "target"), limits, strict=True):
        start, stop = item[side]
        empty += start == stop
        if not 0 <= start <= stop <= limit:
            reason = f"{side} segments {start}-{stop} are not there; it has {limit}"
            yield "J302", here, unit, reason, "ranges are half-open and count from 0"
    if empty == 2:
        yield "J307", here, unit, "the bead is empty on both sides", "remove it"
