"""The words of an XLIFF file that are no text of its units: notes, proposals, contexts, native codes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Any

from aligner.files.xml import local
from aligner.formats.common.from_units import native_codes, texts_of_codes
from aligner.formats.xliff.inline import DELETED, is_segment
from aligner.formats.xliff.segments import words_outside
from aligner.model import Dropped, Unit

__all__ = ["TOLD_BY_READER", "outside"]

# what those who read the texts tell of them
TOLD_BY_READER = frozenset(["tracked deletion", "text inside an inline code"])

_UNITS = ("trans-unit", "segment", "ignorable")
_PARTS = ("segment", "ignorable", "notes", "matches")  # of a unit of 2.x
_AROUND = ("xliff", "file", "body", "header", "group", "bin-unit", "trans-unit", "unit", *_PARTS)
_TEXTS = ("source", "target", "seg-source")
_CATALOGUE = "x-gettext-domain-header"
_REASONS = {"match": "proposed match", "data": "native code (originalData)"}
# properties of units that are a second wording of their text
_SECOND = ("source", "seg-source")
_GAPS = ("gap", "tail")
_TAG = re.compile(r"<[^<>]*>")


def outside(root: Any, units: Iterable[Unit]) -> Iterator[Dropped]:
    """What stands around the units, what their codes hold and segments leave between them."""
    units = list(units)
    yield from _around(root)
    made = {unit.id for unit in units}
    for element in root.iter("{*}unit"):
        if element.get("id", "") not in made:  # codes between segments that are not there
            for text in element.iter("{*}source", "{*}target"):
                if local(text.getparent()) in _UNITS:
                    yield from _words("codes of a unit without text", " ".join(text.itertext()))
    for unit in units:
        for name, xml in unit.properties:
            if name in _SECOND:
                yield from _words(f"another wording of the source ({name})", _plain(xml))
            elif name in _GAPS:
                yield from _words("text between segments", _plain(xml))
        if not any(variant.text.strip() for variant in unit.variants):
            yield from texts_of_codes([unit])
        for variant in unit.variants:
            kept = (c for c in variant.codes if dict(c.attributes).get("mtype") not in DELETED)
            yield from native_codes(variant._replace(codes=tuple(kept)))
            gaps = " ".join(_plain(xml) for name, xml in variant.properties if name in _GAPS)
            yield from _words("text between segments", gaps)


def _plain(xml: str) -> str:
    return unescape(_TAG.sub(" ", xml))


def _around(element: Any) -> Iterator[Dropped]:
    yield from _words(f"text in {local(element)}", element.text or "")
    read: set[str] = set()
    for child in element:
        tag = local(child)
        if tag in _TEXTS and tag not in read and local(element) in _UNITS:
            read.add(tag)
            if tag == "target" and _is_passed_over(child, element):
                yield from _words("codes of a target without text", " ".join(child.itertext()))
        elif _goes_on(local(element), child, tag):
            yield from _around(child)
        elif tag:
            catalogue = child.get("restype") == _CATALOGUE
            reason = "header of the catalogue" if catalogue else _REASONS.get(tag, tag)
            yield from _words(reason, " ".join(child.itertext()), child.sourceline or 0)
        yield from _words(f"text in {local(element)}", child.tail or "")


def _is_passed_over(target: Any, unit: Any) -> bool:
    """A target of codes only, beside a source that is parted into segments."""
    parted = any(is_segment(one) for seg in unit.iterfind("{*}seg-source") for one in seg.iter())
    return parted and not any(map(is_segment, target.iter())) and not words_outside(target)


def _goes_on(above: str, element: Any, tag: str) -> bool:
    """Whether texts that are read stand in an element; in a unit only where its segments are."""
    if above in _UNITS or element.get("restype") == _CATALOGUE:
        return False
    if above == "unit":
        return tag in _PARTS
    return tag in _AROUND or next(element.iter("{*}trans-unit", "{*}unit"), None) is not None


def _words(reason: str, text: str, line: int = 0) -> Iterator[Dropped]:
    words = " ".join(text.split())
    if words:
        yield Dropped(reason, words, line)
