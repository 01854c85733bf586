"""XLIFF 2.1 (OASIS 2018): a `unit` a run of beads inside one pair of paragraphs, a `segment` a bead.

- state: auto is `translated`, accepted and edited are `final`, told apart by `subState`
  (`aligner:accepted`); a source without a counterpart is `initial` and has no target
- a target without a source is a segment with an empty source under `nulls="keep"`, else left out
- confidence, labels and the lengths of a bead's segments are in the metadata module (`mda:meta`), comments in `notes`; both belong to
  a unit, so a bead that has one is a unit of its own
- inline codes (`options.inline`): `pc` where they nest, else `sc`/`ec`; lone ones are `isolated`;
  the original code stands in `originalData`

Valid against the core schema and that of the metadata module. A set becomes a file a target.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from aligner.files import Sink
from aligner.files.xml_text import DECLARATION, TextStream, attributes, content
from aligner.formats.common.ids import segment_id
from aligner.formats.common.inline_codes import SpanCode, nested, numbered
from aligner.formats.common.pairs import Pair, pairs
from aligner.formats.common.to_units import came_as_units, stream_of
from aligner.formats.options import WriteOptions
from aligner.formats.xliff.write import extra, left_out, losses, rich_text
from aligner.formats.xliff.write_units2 import write_units
from aligner.model import Alignment, AlignmentSet, Bead, Segment
from aligner.text.output import bcp47, one_line, xml_safe

__all__ = ["left_out", "losses", "write"]

# units are the paragraphs' parts, but for what stands between segments
_CORE = "urn:oasis:names:tc:xliff:document:2.0"
_META = "urn:oasis:names:tc:xliff:metadata:2.0"
_KINDS = {
    "bold": ("fmt", "xlf:b"),
    "italic": ("fmt", "xlf:i"),
    "underline": ("fmt", "xlf:u"),
    "break": ("fmt", "xlf:lb"),
    "link": ("link", ""),
    "image": ("image", ""),
}

Row = tuple[Bead, tuple[Segment, ...], tuple[Segment, ...]]


def write(alignment: Alignment | AlignmentSet, sink: Sink, options: WriteOptions) -> None:
    """Write XLIFF 2.1. Raises ExportError where the sink cannot hold the files of a set."""
    if came_as_units(alignment):
        write_units(stream_of(alignment), sink, options)
        return
    for pair in pairs(alignment):
        with sink.open(pair.suffix(".xliff2")) as raw, TextStream(raw) as out:
            _write(pair, out, options)


def _write(pair: Pair, out: TextStream, options: WriteOptions) -> None:
    source, target = pair.alignment.source, pair.alignment.target
    root = attributes(
        xmlns=_CORE,
        xmlns_mda=_META,
        version="2.1",
        srcLang=bcp47(source.lang),
        trgLang=bcp47(target.lang),
    )
    original = attributes(original=xml_safe(source.origin or source.id))
    out.write(f'{DECLARATION}<xliff{root}>\n<file id="f1"{original}>\n')
    rows = [row for row in pair.alignment.pairs() if row[1] or options.nulls == "keep"]
    for number, (_, group) in enumerate(groupby(rows, _key), start=1):
        out.write(_unit(pair, number, list(group), options))
    if not rows:
        # the schema wants a unit or a group in every file
        out.write('<group id="empty"/>\n')
    out.write("</file>\n</xliff>\n")


def _key(row: Row) -> tuple[int, ...]:
    """Equal for neighbours that share a unit: one paragraph a side, nothing said of the bead."""
    bead, *sides = row
    places = [{s.paragraph for s in side} for side in sides]
    if bead.comment or extra(bead, (row[1], row[2])):
        return (-1, bead.source.start, bead.target.start)
    if any(len(place) != 1 for place in places):
        return (-2, bead.source.start, bead.target.start)
    return tuple(place.pop() for place in places)


def _unit(pair: Pair, number: int, rows: list[Row], options: WriteOptions) -> str:
    data: dict[str, str] = {}
    segments = [_segment(pair, n, row, options, data) for n, row in enumerate(rows, start=1)]
    bead, left, right = rows[0]
    metas = "".join(_meta(name, value) for name, value in extra(bead, (left, right)))
    kind = _kind(pair, rows[0])
    if kind != "para":
        metas += _meta("kind", kind)
    pieces = [f'<unit id="u{number}"{attributes(name=_name(pair, left))}>']
    if metas:
        group = f'<mda:metaGroup category="aligner">{metas}</mda:metaGroup>'
        pieces.append(f"<mda:metadata>{group}</mda:metadata>")
    if bead.comment:
        pieces.append(f"<notes><note>{content(one_line(bead.comment))}</note></notes>")
    if data:
        made = "".join(f'<data id="{name}">{content(text)}</data>' for text, name in data.items())
        pieces.append(f"<originalData>{made}</originalData>")
    return "".join([*pieces, *segments, "</unit>\n"])


def _name(pair: Pair, side: Sequence[Segment]) -> str:
    return segment_id(pair.source, side[0].index) if side else ""


def _kind(pair: Pair, row: Row) -> str:
    _, left, right = row
    document = pair.alignment.source if left else pair.alignment.target
    return document.paragraphs[(left or right)[0].paragraph].kind


def _meta(name: str, value: str) -> str:
    return f'<mda:meta type="{name}">{content(value)}</mda:meta>'


def _segment(pair: Pair, number: int, row: Row, options: WriteOptions, data: dict[str, str]) -> str:
    bead, left, right = row
    state = "initial" if not right else "translated" if bead.status == "auto" else "final"
    sub = "" if state != "final" else f"aligner:{bead.status}"
    rich = [
        rich_text(pair.alignment.source, left, options),
        rich_text(pair.alignment.target, right, options),
    ]
    numbers = numbered([codes for _, codes in rich])
    source, target = (
        "".join(_inline(text, codes, numbers, f"s{number}-", data)) for text, codes in rich
    )
    shown = f"<target>{target}</target>" if right else ""
    about = attributes(id=f"s{number}", state=state, subState=sub)
    return f"<segment{about}><source>{source}</source>{shown}</segment>"


def _inline(
    text: str,
    codes: Sequence[SpanCode],
    numbers: dict[tuple[str, int], int],
    prefix: str,
    data: dict[str, str],
) -> Iterator[str]:
    nest = nested(codes)
    ends = {code.pair: code for code in codes if code.role == "close"}
    cursor = 0
    for code in codes:
        yield content(text[cursor : code.place])
        cursor = code.place
        name = f"{prefix}{numbers[code.kind, code.ordinal]}"
        yield _code(code, ends.get(code.pair), name, data, nest=nest)
    yield content(text[cursor:])


def _code(
    code: SpanCode, end: SpanCode | None, name: str, data: dict[str, str], *, nest: bool
) -> str:
    kind, sub = _KINDS.get(code.kind, ("other", f"aligner:{code.kind}"))
    typed = attributes(type=kind, subType=sub)
    original = _data(code, data)
    match code.role:
        case "open" if nest and end is not None:
            ref = f'dataRefStart="{original}" dataRefEnd="{_data(end, data)}"'
            return f'<pc id="{name}" {ref}{typed}>'
        case "open":
            return f'<sc id="{name}" dataRef="{original}"{typed}/>'
        case "close":
            return "</pc>" if nest else f'<ec startRef="{name}" dataRef="{original}"/>'
        case "point":
            return f'<ph id="{name}" dataRef="{original}"{typed}/>'
        case "begin":
            return f'<sc id="{name}" isolated="yes" dataRef="{original}"{typed}/>'
        case _:
            return f'<ec id="{name}" isolated="yes" dataRef="{original}"{typed}/>'


def _data(code: SpanCode, data: dict[str, str]) -> str:
    return data.setdefault(xml_safe(code.markup), f"d{len(data) + 1}")
