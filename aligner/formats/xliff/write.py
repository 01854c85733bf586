"""XLIFF 1.2 (OASIS 2008): a `trans-unit` a bead, in order, the state of its target from the review.

- auto: needs-review-translation; accepted: signed-off; edited: final; both of a person's are
  `approved="yes"`
- a source without a counterpart is a unit without target; a target without a source, which XLIFF
  has no place for, is a unit with an empty source under `nulls="keep"`, else it is left out
- the kind of the paragraph is `restype`; confidence, labels and the lengths of a bead's segments
  are in `extradata` (`name=value; ...`, `%3B` for a semicolon), since every tool takes notes for
  what people wrote
- inline codes (`options.inline`): `g` where they nest, else `bpt`/`ept`; `it` for what goes on in
  another unit, `x` for breaks and images

Valid against the strict schema. XLIFF holds two languages: a set becomes a file a target.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aligner.files import Sink
from aligner.files.xml_text import DECLARATION, TextStream, attributes, content
from aligner.formats.common.altered import targets_alone
from aligner.formats.common.ids import segment_id
from aligner.formats.common.inline_codes import SpanCode, coded, nested, numbered
from aligner.formats.common.pairs import Pair, pairs
from aligner.formats.common.to_units import came_as_units, stream_of
from aligner.formats.options import WriteOptions
from aligner.formats.xliff.write_units import write_units
from aligner.model import Alignment, AlignmentSet, Bead, Document, Segment
from aligner.text.output import bcp47, joined, lengths, one_line, three_decimals, xml_safe

__all__ = ["STATES", "Side", "extra", "left_out", "losses", "rich_text", "write"]

STATES = {"auto": "needs-review-translation", "accepted": "signed-off", "edited": "final"}
_NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_RESTYPES = {
    "heading": "heading",
    "item": "listitem",
    "cell": "cell",
    "caption": "caption",
    "para": "",
}
_CTYPES = {
    "underline": "underlined",
    "break": "lb",
    "image": "image",
    "bold": "bold",
    "italic": "italic",
    "link": "link",
}

Side = tuple[Segment, ...]
Rich = tuple[str, tuple[SpanCode, ...]]


def write(alignment: Alignment | AlignmentSet, sink: Sink, options: WriteOptions) -> None:
    """Write XLIFF 1.2. Raises ExportError where the sink cannot hold the files of a set."""
    if came_as_units(alignment):
        write_units(stream_of(alignment), sink, options)
        return
    for pair in pairs(alignment):
        with sink.open(pair.suffix(".xlf")) as raw, TextStream(raw) as out:
            _write(pair, out, options)


def losses(alignment: Alignment | AlignmentSet, options: WriteOptions) -> Iterator[str]:
    """Kinds of the target's paragraphs."""
    del options
    other = 0
    for pair in pairs(alignment):
        one = pair.alignment
        for _, left, right in one.pairs():
            if left and right:
                kinds = one.source.paragraphs[left[0].paragraph].kind
                other += one.target.paragraphs[right[0].paragraph].kind != kinds
    if other:
        yield f"kinds of target paragraphs that are not those of their sources ({other})"


def left_out(alignment: Alignment | AlignmentSet, options: WriteOptions) -> Iterator[str]:
    """Targets without a source."""
    if options.nulls == "keep" or came_as_units(alignment):
        return
    if lost := sum(1 for p in pairs(alignment) for b in p.alignment.beads if not b.source):
        yield targets_alone(lost)


def _write(pair: Pair, out: TextStream, options: WriteOptions) -> None:
    source, target = pair.alignment.source, pair.alignment.target
    moment = options.moment()
    about = attributes(
        original=xml_safe(source.origin or source.id or "text"),
        source__language=bcp47(source.lang),
        target__language=bcp47(target.lang),
        datatype="html" if options.inline else "plaintext",
        date=f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment else "",
    )
    tool = attributes(
        tool__id=xml_safe(options.tool),
        tool__name=xml_safe(options.tool),
        tool__version=xml_safe(options.version),
    )
    out.write(f'{DECLARATION}<xliff xmlns="{_NAMESPACE}" version="1.2">\n<file{about}>\n')
    out.write(f"<header><tool{tool}/></header>\n<body>\n")
    for bead, left, right in pair.alignment.pairs():
        if left or options.nulls == "keep":
            out.write(_unit(pair, bead, (left, right), options))
    out.write("</body>\n</file>\n</xliff>\n")


def _unit(pair: Pair, bead: Bead, sides: tuple[Side, Side], options: WriteOptions) -> str:
    documents = (pair.alignment.source, pair.alignment.target)
    prefix, first = (pair.source, sides[0]) if sides[0] else (pair.target, sides[1])
    document = documents[0] if sides[0] else documents[1]
    kind = document.paragraphs[first[0].paragraph].kind
    rich = [
        rich_text(document, side, options) for document, side in zip(documents, sides, strict=True)
    ]
    numbers = numbered([codes for _, codes in rich])
    about = attributes(
        id=segment_id(prefix, first[0].index),
        approved="" if bead.status == "auto" or not sides[1] else "yes",
        restype=_RESTYPES.get(kind, f"x-{kind}"),
        extradata=_extra(bead, sides),
    )
    source, target = (_inline(text, codes, numbers) for text, codes in rich)
    pieces = [f"<trans-unit{about}><source>{source}</source>"]
    if sides[1]:
        state = STATES[bead.status]
        pieces.append(f'<target state="{state}">{target}</target>')
    if bead.comment:
        pieces.append(f"<note>{content(one_line(bead.comment))}</note>")
    return "".join([*pieces, "</trans-unit>\n"])


def rich_text(document: Document, side: Side, options: WriteOptions) -> Rich:
    """Text of a side, with codes where the user wants them."""
    if not side:
        return "", ()
    return coded(document, side) if options.inline else (one_line(joined(document, side)), ())


def extra(bead: Bead, sides: tuple[Side, Side]) -> list[tuple[str, str]]:
    """What XLIFF has no place of its own for: names and values."""
    pairs = [] if bead.confidence is None else [("confidence", three_decimals(bead.confidence))]
    pairs += [] if bead.quality is None else [("quality", three_decimals(bead.quality))]
    pairs += [("label", one_line(label)) for label in bead.labels]
    pairs += [
        (f"{name}-lengths", lengths(side))
        for name, side in zip(("source", "target"), sides, strict=True)
    ]
    return [(name, value) for name, value in pairs if value]


def _extra(bead: Bead, sides: tuple[Side, Side]) -> str:
    escaped = str.maketrans({"%": "%25", ";": "%3B"})
    return "; ".join([f"{name}={value.translate(escaped)}" for name, value in extra(bead, sides)])


def _inline(text: str, codes: Sequence[SpanCode], numbers: dict[tuple[str, int], int]) -> str:
    nest = nested(codes)
    pieces = []
    cursor = 0
    for code in codes:
        pieces += [content(text[cursor : code.place]), _code(code, numbers, nest=nest)]
        cursor = code.place
    return "".join([*pieces, content(text[cursor:])])


def _code(code: SpanCode, numbers: dict[tuple[str, int], int], *, nest: bool) -> str:
    number = numbers[code.kind, code.ordinal]
    kind = _CTYPES.get(code.kind, f"x-{code.kind}")
    markup = content(xml_safe(code.markup))
    pair = f'id="{number}" rid="{number}"'
    match code.role:
        case "open":
            if nest:
                return f'<g id="{number}" ctype="{kind}">'
            return f'<bpt {pair} ctype="{kind}">{markup}</bpt>'
        case "close":
            return "</g>" if nest else f"<ept {pair}>{markup}</ept>"
        case "point":
            return f'<x id="{number}" ctype="{kind}"/>'
        case role:
            position = "open" if role == "begin" else "close"
            return f'<it id="{number}" pos="{position}" ctype="{kind}">{markup}</it>'
