"""XLIFF 1.2 (OASIS 2008) and 2.0-2.2: source and target of every unit, in order.

1.2: `trans-unit`, parted by `mrk mtype="seg"` where the file is segmented; 2.x: `unit` is a
paragraph, its `segment`s are units that join. Inline codes (ph, x, bpt ... ) are not text, `g`,
`pc`, `mrk`, `sub` hold text; bold, italic, underline and links become spans. `alt-trans` and other
proposals are not text (listed as dropped). A target that a person approved (`approved="yes"`, state
final or signed-off) is `accepted`, or `edited` where our own writer says so. Confidence, labels and
lengths of segments are where `aligner.formats.xliff.write` and `xliff2` put them. `translate="no"` units are read like others: they are part of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from aligner.files.xml import attribute, local, parse_xml, root_of
from aligner.formats.common.sides import Cell, SideRow, Sides, as_alignment, as_document
from aligner.model import (
    PARAGRAPH_KINDS,
    Alignment,
    AlignmentSet,
    Declined,
    Document,
    Dropped,
    ReadError,
    ReadOptions,
    Source,
)
from aligner.text.drafts import DEFAULTS, suffix_of
from aligner.text.rich import Rich

__all__ = ["SUFFIXES", "read", "read_alignment"]

SUFFIXES = (".xlf", ".xliff", ".mxliff", ".sdlxliff", ".mqxliff")

_NO_TEXT = frozenset(("x", "bx", "ex", "ph", "bpt", "ept", "it", "sc", "ec", "sm", "em"))
_FINAL = ("final", "signed-off")
_KINDS = {
    "bold": "bold",
    "italic": "italic",
    "underlined": "underline",
    "underline": "underline",
    "link": "link",
    "fmt:b": "bold",
    "xlf:b": "bold",
    "fmt:i": "italic",
    "xlf:i": "italic",
    "xlf:u": "underline",
    "x-html-b": "bold",
    "x-html-strong": "bold",
    "x-html-i": "italic",
    "x-html-em": "italic",
}
_TYPES = {
    "header": "heading",
    "title": "heading",
    "heading": "heading",
    "listitem": "item",
    "cell": "cell",
    "caption": "caption",
    **{f"x-{kind}": kind for kind in PARAGRAPH_KINDS},
}


def read(source: Source, options: ReadOptions = DEFAULTS) -> Document:
    """One side of `source` as a document.

    Raises Declined for what is no XLIFF, Malformed for broken XML, UsageError for a side that is
    not in it, ReadError for one without text.
    """
    _decline(source)
    return read_text(source, options)


def read_text(source: Source, options: ReadOptions) -> Document:
    """As `read`, whatever the suffix."""
    return as_document(source, _sides(source, options), options)


def read_alignment(source: Source, options: ReadOptions = DEFAULTS) -> Alignment | AlignmentSet:
    """Source and target of `source`. Raises as `read`."""
    return as_alignment(source, _sides(source, options))


def _decline(source: Source) -> None:
    root = root_of(source.data)
    if root != "xliff" and (root or suffix_of(source.name) not in SUFFIXES):
        raise Declined(f"the root element is {f'<{root}>' if root else 'missing'}, not <xliff>")


def _sides(source: Source, options: ReadOptions) -> Sides:
    root = parse_xml(source.data, source.name, options.encoding)
    if local(root) != "xliff":
        raise Declined(f"the root element is <{local(root)}>, not <xliff>")
    second = attribute(root, "srcLang") or attribute(root, "version").startswith("2")
    if second:
        langs = [attribute(root, "srcLang"), attribute(root, "trgLang")]
    else:
        file = root.find("{*}file")
        names = ("source-language", "target-language")
        langs = [attribute(file, name) if file is not None else "" for name in names]
    sides = Sides(["source", "target"], [lang.replace("_", "-") for lang in langs])
    read_units = _units_2 if second else _units_1
    sides.units = [
        unit for unit in read_units(root, sides.dropped) if any(c.text for c in unit.cells)
    ]
    if not sides.units:
        raise ReadError("the file holds no unit with text", context=source.name)
    return sides


def _said(extra: list[tuple[str, str]]) -> dict[str, Any]:
    """Confidence and labels, as arguments of a SideRow."""
    share = next((value for name, value in extra if name == "confidence"), "")
    known = re.fullmatch(r"[01](?:\.\d{1,9})?", share) and float(share) <= 1
    return {
        "confidence": float(share) if known else None,
        "labels": tuple(value for name, value in extra if name == "label" and value),
    }


def _units_1(root: Any, dropped: list[Dropped]) -> Iterator[SideRow]:
    ours = any(attribute(tool, "tool-id") == "aligner" for tool in root.iter("{*}tool"))
    for element in root.iter("{*}trans-unit"):
        if attribute(element, "restype") == "x-gettext-domain-header":
            text = " ".join("".join(element.itertext()).split())
            dropped.append(Dropped("header of the catalogue", text, element.sourceline or 0))
            continue
        whole, target = element.find("{*}source"), element.find("{*}target")
        parted = element.find("{*}seg-source")
        for other in element.iterfind("{*}alt-trans"):
            text = " ".join("".join(other.itertext()).split())
            if text:
                dropped.append(Dropped("alt-trans", text, other.sourceline or 0))
        approved = attribute(element, "approved") == "yes" or (
            target is not None and attribute(target, "state") in _FINAL
        )
        extra = [
            (name, value.replace("%3B", ";").replace("%25", "%"))
            for name, _, value in (
                part.partition("=") for part in attribute(element, "extradata").split("; ")
            )
        ]
        edited = ours and target is not None and attribute(target, "state") == "final"
        base = SideRow(
            [],
            key=attribute(element, "id"),
            kind=_TYPES.get(attribute(element, "restype"), "para"),
            status=("edited" if edited else "accepted") if approved else "auto",
            comment=_notes(element),
            **_said(extra),
        )
        lengths = [dict(extra).get(f"{side}-lengths", "") for side in ("source", "target")]
        sources = _segments(parted) if parted is not None else {}
        if len(sources) > 1:
            targets = _segments(target) if target is not None else {}
            yield from _parted(base, sources, targets)
        else:
            yield replace(
                base,
                cells=[
                    _cell(part).parted(said)
                    for part, said in zip((whole, target), lengths, strict=True)
                ],
            )


def _parted(base: SideRow, sources: dict[str, Any], targets: dict[str, Any]) -> Iterator[SideRow]:
    """The segments of a unit, paired by their mid; targets that have no source come last."""
    first = True
    for mid in (*sources, *(mid for mid in targets if mid not in sources)):
        cells = [_cell(sources.get(mid)), _cell(targets.get(mid))]
        unit = replace(base, cells=cells, joins=not first)
        if not any(cell.text for cell in unit.cells):
            continue
        first = False
        yield unit


def _segments(element: Any) -> dict[str, Any]:
    return {
        attribute(mark, "mid"): mark
        for mark in element.iter("{*}mrk")
        if attribute(mark, "mtype") == "seg"
    }


def _notes(element: Any) -> str:
    notes = [" ".join("".join(note.itertext()).split()) for note in element.iterfind("{*}note")]
    return " ".join(filter(None, notes))


def _units_2(root: Any, dropped: list[Dropped]) -> Iterator[SideRow]:
    for element in root.iter("{*}unit"):
        for match in element.iterfind(".//{*}match"):
            text = " ".join("".join(match.itertext()).split())
            if text:
                dropped.append(Dropped("proposed match", text, match.sourceline or 0))
        # of the unit, by the standard; translate-toolkit writes them into the segment
        groups = [*element.iterfind("{*}notes"), *element.iterfind("{*}segment/{*}notes")]
        comment = " ".join(filter(None, map(_notes, groups)))
        extra = [
            (attribute(meta, "type"), meta.text or "")
            for group in element.iter("{*}metaGroup")
            if attribute(group, "category") == "aligner"
            for meta in group.iterfind("{*}meta")
        ]
        kind = dict(extra).get("kind", "para")
        lengths = [dict(extra).get(f"{side}-lengths", "") for side in ("source", "target")]
        first = True
        for part in element:
            if local(part) not in ("segment", "ignorable"):
                continue
            cells = [
                _cell(part.find(f"{{*}}{side}")).parted(said)
                for side, said in zip(("source", "target"), lengths, strict=True)
            ]
            if not any(cell.text for cell in cells):
                continue
            yield SideRow(
                cells,
                key=attribute(element, "id"),
                kind=kind if kind in PARAGRAPH_KINDS else "para",
                joins=not first,
                status=_status(part),
                comment=comment if first else "",
                **_said(extra),
            )
            first = False


def _status(segment: Any) -> str:
    if attribute(segment, "state") not in _FINAL:
        return "auto"
    return "edited" if attribute(segment, "subState") == "aligner:edited" else "accepted"


def _cell(element: Any) -> Cell:
    if element is None:
        return Cell()
    rich = Rich()
    _fill(rich, element)
    return Cell(*rich.build())


def _fill(rich: Rich, element: Any) -> None:
    rich.add(element.text or "")
    for child in element:
        tag = local(child)
        said = (attribute(child, "ctype") or attribute(child, "subType")).lower()
        said = said or attribute(child, "type").lower()
        kind = _KINDS.get(said, "")
        if tag in ("x", "ph") and said in ("lb", "fmt:lb", "xlf:lb"):
            rich.mark("break")
        elif tag == "cp":
            code = attribute(child, "hex")
            if len(code) <= 6 and all(c in "0123456789abcdefABCDEF" for c in code) and code:
                rich.add(chr(min(int(code, 16), 0x10FFFF)))
        elif tag in _NO_TEXT:
            for sub in child.iterfind("{*}sub"):
                rich.add(" ")
                _fill(rich, sub)
                rich.add(" ")
        elif kind:
            rich.open(kind)
            _fill(rich, child)
            rich.close(kind)
        else:
            _fill(rich, child)
        rich.add(child.tail or "")
