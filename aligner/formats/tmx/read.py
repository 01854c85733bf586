"""Translation memories (.tmx, TMX 1.1-1.4b): a unit a `tu`, a side a language.

The header's `srclang` is the source where it is a real language, else the first language found.
Codes inside `seg` (bpt, ept, ph, it, ut) are not text; bold, italic, underline and links among them
become spans, `hi` and `sub` hold text; so are the tags that OmegaT writes as text into its own
memories (`<b0>`). Scores become confidences, ApprovedTranslation a status,
`note` a comment; other properties are counted in the list of what is dropped. A language that comes twice in a unit counts once; the rest is listed as dropped.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from aligner.files.xml import attribute, local, parse_xml, root_of
from aligner.formats.common.sides import Cell, SideRow, Sides, as_alignment, as_document
from aligner.model import (
    Alignment,
    AlignmentSet,
    Declined,
    Document,
    Dropped,
    ReadError,
    ReadOptions,
    Signature,
    Source,
)
from aligner.text.drafts import DEFAULTS, suffix_of
from aligner.text.rich import Rich

__all__ = ["OMEGAT_TAG", "SUFFIXES", "read", "read_alignment"]

SUFFIXES = (".tmx",)

_CODES = ("bpt", "ept", "ph", "it", "ut")
_KINDS = {
    "bold": "bold",
    "b": "bold",
    "italic": "italic",
    "i": "italic",
    "underlined": "underline",
    "ulined": "underline",
    "link": "link",
    "x-sup": "sup",
    "x-sub": "sub",
}
_AGAIN = "-x-again"
_SCORES = ("x-score", "score", "x-score:singlestring", "x-confidence")
# read above, or follows from what is read
_UNDERSTOOD = frozenset(
    [
        "x-score",
        "score",
        "x-confidence",
        "x-origin",
        "x-confirmationlevel",
        "x-review",
        "x-align-type",
        "type",
        "x-document",
        "source-document",
        "x-label",
        "x-segment-lengths",
        "x-signature",
        "x-context-pre",
        "x-context-post",
        "context_prev",
        "context_next",
        "aligned",
    ]
)
# OmegaT numbers the codes of a text and writes them so into its own memories: <b0>, </b0>, <br1/>
OMEGAT_TAG = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z]{1,3})\d{1,4}/?>")
_OMEGAT_KINDS = {"b": "bold", "i": "italic", "u": "underline"}
_HREF = re.compile(r"""href\s*=\s*["']([^"']*)""")


def read(source: Source, options: ReadOptions = DEFAULTS) -> Document:
    """One side of `source` as a document.

    Raises Declined for what is no TMX, Malformed for broken XML, UsageError for a side that is not
    in it, ReadError for one without text.
    """
    _decline(source)
    return read_text(source, options)


def read_text(source: Source, options: ReadOptions) -> Document:
    """As `read`, whatever the suffix."""
    return as_document(source, _sides(source, options), options)


def read_alignment(source: Source, options: ReadOptions = DEFAULTS) -> Alignment | AlignmentSet:
    """All languages of `source`; a set where there are more than two. Raises as `read`."""
    return as_alignment(source, _sides(source, options))


def _decline(source: Source) -> None:
    root = root_of(source.data)
    if root != "tmx" and (root or suffix_of(source.name) not in SUFFIXES):
        raise Declined(f"the root element is {f'<{root}>' if root else 'missing'}, not <tmx>")


def _sides(source: Source, options: ReadOptions) -> Sides:
    root = parse_xml(source.data, source.name, options.encoding)
    if local(root) != "tmx":
        raise Declined(f"the root element is <{local(root)}>, not <tmx>")
    header = root.find("{*}header")
    first = attribute(header, "srclang") if header is not None else ""
    tags = header is not None and attribute(header, "creationtool") == "OmegaT"
    rows: list[tuple[Any, dict[str, Cell]]] = []
    langs: dict[str, str] = {}
    dropped: list[Dropped] = []
    if first and first.lower() != "*all*":
        langs[_key(first)] = first.replace("_", "-")
    found = {_key(attribute(tuv, "lang")) for tuv in root.iter("{*}tuv")}
    for tu in root.iter("{*}tu"):
        cells: dict[str, Cell] = {}
        for number, tuv in enumerate(tu.iterfind("{*}tuv")):
            lang = attribute(tuv, "lang").strip().replace("_", "-")
            if len(found) == 1 and number == 1 and _key(lang) in cells:
                lang += _AGAIN  # a text and its edition in the same language
            seg = tuv.find("{*}seg")
            cell = _cell(seg, tags=tags) if seg is not None else Cell()
            cell = cell.parted(_property(tuv, "x-segment-lengths"))
            langs.setdefault(_key(lang), lang)
            if _key(lang) in cells and cell.text:
                dropped.append(Dropped(f"second variant in {lang}", cell.text, tuv.sourceline or 0))
                continue
            cells[_key(lang)] = cell
        rows.append((tu, cells))
    used = {key for _, cells in rows for key, cell in cells.items() if cell.text}
    langs = {key: lang for key, lang in langs.items() if key in used}
    if not langs:
        raise ReadError("the memory holds no text", context=source.name)
    order = list(langs)
    tagged = [langs[key].removesuffix(_AGAIN) for key in order]
    sides = Sides([langs[key] or "unknown" for key in order], tagged, dropped=dropped)
    sides.units = [_unit(tu, [cells.get(key, Cell()) for key in order]) for tu, cells in rows]
    sides.dropped += _strange(root)
    if header is not None:
        sides.signatures = [
            _signature(prop) for prop in header if attribute(prop, "type") == "x-signature"
        ]
    return sides


def _strange(root: Any) -> list[Dropped]:
    """Properties whose meaning is not known here, each name once with how often it comes."""
    counts = Counter(attribute(prop, "type") for prop in root.iter("{*}prop"))
    return [
        Dropped(f"property {name} ({count} times)", "")
        for name, count in counts.items()
        if name.lower().partition(":")[0] not in _UNDERSTOOD
    ]


def _signature(prop: Any) -> Signature:
    parts = ((prop.text or "").split("|")) if prop.text else []
    return Signature(tuple((n, v) for n, _, v in (part.partition(":") for part in parts)))


def _property(element: Any, name: str) -> str:
    return next((p.text or "" for p in element.iterfind("{*}prop") if p.get("type") == name), "")


def _key(lang: str) -> str:
    return lang.strip().lower().replace("_", "-")


def _unit(tu: Any, cells: list[Cell]) -> SideRow:
    props = [
        (attribute(prop, "type").lower(), " ".join("".join(prop.itertext()).split()))
        for prop in tu.iterfind("{*}prop")
    ]
    said = dict(props)
    approved = said.get("x-confirmationlevel") == "ApprovedTranslation"
    reviewed = "edited" if said.get("x-review") == "edited" else "accepted"
    notes = [" ".join("".join(note.itertext()).split()) for note in tu.iterfind("{*}note")]
    return SideRow(
        cells,
        key=attribute(tu, "tuid"),
        confidence=next((c for name in _SCORES if (c := _share(said.get(name, ""))) >= 0), None),
        status=reviewed if approved else "auto",
        labels=tuple(
            value for name, value in props if name.partition(":")[0] == "x-label" and value
        ),
        comment=" ".join(filter(None, notes)),
    )


def _share(text: str) -> float:
    """A number from 0 to 1, -1 for anything else."""
    return float(text) if re.fullmatch(r"[01](?:\.\d{1,9})?", text) and float(text) <= 1 else -1.0


def _cell(seg: Any, *, tags: bool) -> Cell:
    rich = Rich()
    if tags and not len(seg):
        _fill_tagged(rich, seg.text or "")
    else:
        _fill(rich, seg, {})
    return Cell(*rich.build())


def _fill_tagged(rich: Rich, text: str) -> None:
    at = 0
    for match in OMEGAT_TAG.finditer(text):
        rich.add(text[at : match.start()])
        at = match.end()
        kind = _OMEGAT_KINDS.get(match["name"])
        if kind and not match[0].endswith("/>"):
            (rich.close if match["close"] else rich.open)(kind)
    rich.add(text[at:])


def _fill(rich: Rich, element: Any, opened: dict[str, str]) -> None:
    rich.add(element.text or "")
    for child in element:
        tag = local(child)
        if tag in _CODES:
            _code(rich, child, tag, opened)
            for sub in child.iterfind("{*}sub"):
                rich.add(" ")
                _fill(rich, sub, {})
                rich.add(" ")
        else:
            _fill(rich, child, opened)
        rich.add(child.tail or "")


def _code(rich: Rich, code: Any, tag: str, opened: dict[str, str]) -> None:
    number, said = attribute(code, "i"), attribute(code, "type").lower()
    kind = _KINDS.get(said, "")
    href = _HREF.search(code.text or "")
    position = attribute(code, "pos")
    if tag == "ept":
        kind = opened.pop(number, "")
        if kind:
            rich.close(kind)
    elif kind and (tag == "bpt" or position == "begin"):
        rich.open(kind, href[1] if href and kind == "link" else "")
        if tag == "bpt":
            opened[number] = kind
    elif kind and position == "end":
        rich.close(kind)
    elif tag == "ph" and said in ("lb", "x-br"):
        rich.mark("break")
