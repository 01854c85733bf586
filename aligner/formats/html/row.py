"""One unit as a row of the table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aligner.files.xml_text import attribute, content
from aligner.formats.common.ids import segment_id
from aligner.formats.common.inline_codes import SpanCode, coded, nested
from aligner.languages.scripts import is_right_to_left
from aligner.model import AlignmentSet, Document, Row, Segment
from aligner.text.output import bcp47, three_decimals

__all__ = ["DOUBT", "Crossed", "crossed", "level", "linked_words", "row"]

DOUBT = 0.5
_SURE = 0.8
# formatting that is shown; links of a text are not followed from a report about it
_SHOWN = {"bold": "b", "italic": "i", "underline": "u", "sup": "sup", "sub": "sub", "code": "code"}


@dataclass(frozen=True, slots=True)
class Crossed:
    """A crossing seen from a segment: its number, the ids it leads to, its confidence."""

    number: int
    ids: tuple[str, ...]
    confidence: float


def crossed(alignments: AlignmentSet, names: Sequence[str]) -> dict[str, list[Crossed]]:
    """Crossings by the id of the first segment on either side."""
    by_segment: dict[str, list[Crossed]] = {}
    number = 0
    for which, one in enumerate(alignments.alignments, start=1):
        for crossing in one.crossings:
            sides = (
                tuple(segment_id(names[0], i) for i in crossing.source),
                tuple(segment_id(names[which], j) for j in crossing.target),
            )
            if not all(sides):
                continue
            number += 1
            for here, there in (sides, sides[::-1]):
                seen = Crossed(number, there, crossing.confidence)
                by_segment.setdefault(here[0], []).append(seen)
    return by_segment


def level(confidence: float) -> str:
    """The class of a confidence, which decides its colour."""
    return "low" if confidence < DOUBT else "mid" if confidence < _SURE else "high"


def row(
    number: int,
    unit: Row,
    documents: Sequence[Document],
    names: Sequence[str],
    crossings: dict[str, list[Crossed]],
    rows: dict[str, int],
    words: dict[str, list[tuple[str, str]]],
) -> str:
    """The element `tr`; `rows` says in which row each segment is, `words` holds the word links of
    each source segment.
    """
    sides = list(zip(documents, names, unit.sides, strict=True))
    kind = next(d.paragraphs[s[0].paragraph].kind for d, _, s in sides if s)
    classes = f"{kind} null" if unit.is_null else kind
    cells = "".join(
        _cell(document, name, side, crossings, rows)
        if side
        else '<td class="none">no counterpart</td>'
        for document, name, side in sides
    )
    linked = "".join(_word_links(sides[0][1], unit, words))
    head = f'<th scope="row">{_head(number, unit)}{linked}</th>'
    return f'<tr id="r{number}" class="{classes}">{head}{cells}</tr>\n'


def linked_words(
    alignments: AlignmentSet, names: Sequence[str]
) -> dict[str, list[tuple[str, str]]]:
    """Word links as pairs of words, by the id of the source segment; of all targets."""
    by_segment: dict[str, list[tuple[str, str]]] = {}
    for one in alignments.alignments:
        source, target = one.source.segments, one.target.segments
        for word in one.words:
            (i, a, b), (j, c, d) = word.source, word.target
            pair = (source[i].text[a:b], target[j].text[c:d])
            by_segment.setdefault(segment_id(names[0], i), []).append(pair)
    return by_segment


def _word_links(name: str, unit: Row, words: dict[str, list[tuple[str, str]]]) -> Iterator[str]:
    pairs = [p for s in unit.sides[0] for p in words.get(segment_id(name, s.index), ())]
    # punctuation goes with punctuation: nothing to learn from it
    shown = [p for p in pairs if any(c.isalnum() for c in "".join(p))]
    if shown:
        items = "".join(f"<li>{content(one)} = {content(other)}</li>" for one, other in shown)
        yield f'<details class="said"><summary>words</summary><ul>{items}</ul></details>'


def _head(number: int, unit: Row) -> str:
    pieces = [f'<a href="#r{number}">{number}</a> {unit.kind}']
    confidence = unit.confidence
    if confidence is not None:
        share = round(confidence * 100)
        text = three_decimals(confidence)
        pieces.append(
            f'<br><span class="{level(confidence)}"><span class="conf" aria-hidden="true">'
            f'<i style="width:{share}%"></i></span> {text}</span>'
        )
    status = unit.status
    if status != "auto":
        pieces.append(f'<span class="said">{status}</span>')
    pieces += [f'<span class="said">{content(label)}</span>' for label in unit.labels]
    pieces += [f'<span class="said">“{content(comment)}”</span>' for comment in unit.comments]
    return " ".join(pieces)


def _cell(
    document: Document,
    name: str,
    side: Sequence[Segment],
    crossings: dict[str, list[Crossed]],
    rows: dict[str, int],
) -> str:
    direction = "rtl" if is_right_to_left(document.lang) else "ltr"
    lang = "" if bcp47(document.lang) == "und" else f' lang="{attribute(bcp47(document.lang))}"'
    paragraph = document.paragraphs[side[0].paragraph]
    starts = side[0] is paragraph.segments[0]
    who = paragraph.speaker if starts else None
    speaker = f'<span class="speaker">{content(who)}</span> ' if who else ""
    marks = "".join(_marks(name, side, crossings, rows))
    return f'<td{lang} dir="{direction}">{speaker}{_text(document, side)}{marks}</td>'


def _marks(
    name: str,
    side: Sequence[Segment],
    crossings: dict[str, list[Crossed]],
    rows: dict[str, int],
) -> Iterator[str]:
    for segment in side:
        for seen in crossings.get(segment_id(name, segment.index), ()):
            place = rows[seen.ids[0]]
            yield (
                f'<span class="said" lang="en" dir="ltr">⤨ crossing {seen.number}: see '
                f'<a href="#r{place}">row {place}</a> ({three_decimals(seen.confidence)})</span>'
            )


def _text(document: Document, side: Sequence[Segment]) -> str:
    text, codes = coded(document, side)
    shown = [c for c in codes if c.kind in _SHOWN and c.role in ("open", "close")]
    if not nested(shown):
        shown = []
    pieces = []
    cursor = 0
    for code in shown:
        pieces += [content(text[cursor : code.place]), _tag(code)]
        cursor = code.place
    return "".join([*pieces, content(text[cursor:])])


def _tag(code: SpanCode) -> str:
    return f"<{'/' if code.role == 'close' else ''}{_SHOWN[code.kind]}>"
