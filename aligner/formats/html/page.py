"""The page around the rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from aligner.files import Sink
from aligner.files.xml_text import TextStream, attribute, content
from aligner.formats.common.ids import prefixes, segment_id
from aligner.formats.html.row import DOUBT, crossed, linked_words, row
from aligner.formats.html.style import STYLE
from aligner.formats.options import WriteOptions
from aligner.languages.scripts import is_right_to_left
from aligner.model import Alignment, AlignmentSet, Document, Row, as_set, rows_of
from aligner.text.output import bcp47, one_line, three_decimals, xml_safe
from aligner.text.wording import numbered

__all__ = ["write"]

# a list of more than this is no help
_LISTED = 200


def write(alignment: Alignment | AlignmentSet, sink: Sink, options: WriteOptions) -> None:
    """Write the page. Raises ExportError where the sink cannot be written."""
    alignments = as_set(alignment)
    documents = alignments.documents
    names = prefixes(documents)
    rows, doubts = _places(rows_of(alignments), names)
    crossings = crossed(alignments, names)
    words = linked_words(alignments, names)
    with sink.open() as raw, TextStream(raw) as out:
        out.write(_top(alignments, options))
        out.write(_doubts(doubts))
        out.write(_table_head(documents))
        for number, unit in enumerate(rows_of(alignments), start=1):
            made = row(number, unit, documents, names, crossings, rows, words)
            out.write(xml_safe(made))
        out.write("</tbody>\n</table>\n</main>\n</body>\n</html>\n")


def _places(
    units: Iterator[Row], names: Sequence[str]
) -> tuple[dict[str, int], list[tuple[int, float]]]:
    """Rows of all segments, and the rows whose confidence is low."""
    rows: dict[str, int] = {}
    doubts: list[tuple[int, float]] = []
    for number, unit in enumerate(units, start=1):
        for name, side in zip(names, unit.sides, strict=True):
            rows.update({segment_id(name, segment.index): number for segment in side})
        confidence = unit.confidence
        if confidence is not None and confidence < DOUBT:
            doubts.append((number, confidence))
    return rows, doubts


def _title(document: Document) -> str:
    titles = [document.title, *(p.text for p in document.paragraphs if p.kind == "title")]
    return next((one_line(t) for t in titles if t.strip()), one_line(document.id))


def _top(alignments: AlignmentSet, options: WriteOptions) -> str:
    documents = alignments.documents
    title = content(" · ".join(_title(d) for d in documents) or "Aligned texts")
    facts = "".join(_facts(alignments, options))
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n"
        f'<a class="skip" href="#texts">Skip to the texts</a>\n<header>\n<h1>{title}</h1>\n'
        f"<details><summary>About these texts</summary>\n<dl>\n{facts}</dl>\n</details>\n</header>\n"
    )


def _facts(alignments: AlignmentSet, options: WriteOptions) -> Iterator[str]:
    for document in alignments.documents:
        data = [f"{name}: {', '.join(v)}" for name, v in sorted(document.metadata.items()) if v]
        count = len(document.segments)
        shown = [
            _title(document),
            bcp47(document.lang),
            numbered(count, "segment"),
            document.origin,
            *data,
        ]
        yield _fact("text", " — ".join(one_line(s) for s in shown if s))
    for one in alignments.alignments:
        beads = [bead for bead in one.beads if not bead.is_null]
        nulls = len(one.beads) - len(beads)
        counts = {"bead": len(beads), "null": nulls, "crossing": len(one.crossings)}
        yield _fact("alignment", ", ".join(numbered(n, word) for word, n in counts.items()))
        if one.signature.parts:
            yield _fact("made by", one_line(str(one.signature)))
        for warning in one.warnings:
            yield _fact("warning", one_line(warning))
    moment = options.moment()
    if moment:
        yield _fact("written", f"{moment:%Y-%m-%d %H:%M} UTC")


def _fact(name: str, value: str) -> str:
    return f"<dt>{name}</dt><dd>{content(value)}</dd>\n"


def _doubts(doubts: list[tuple[int, float]]) -> str:
    if not doubts:
        return '<main id="texts">\n'
    items = "".join(
        f'<li><a href="#r{number}">row {number}</a> ({three_decimals(confidence)})</li>'
        for number, confidence in doubts[:_LISTED]
    )
    more = f"<p>and {len(doubts) - _LISTED} more</p>" if len(doubts) > _LISTED else ""
    return (
        f'<nav aria-label="Doubtful beads">\n<details><summary>{len(doubts)} doubtful (confidence'
        f' below {DOUBT})</summary>\n<ul class="doubts">{items}</ul>{more}\n</details>\n</nav>\n'
        '<main id="texts">\n'
    )


def _table_head(documents: Sequence[Document]) -> str:
    heads = []
    for document in documents:
        tag = bcp47(document.lang)
        lang = "" if tag == "und" else f' lang="{attribute(tag)}"'
        direction = "rtl" if is_right_to_left(document.lang) else "ltr"
        title = content(_title(document))
        heads.append(f'<th scope="col"{lang} dir="{direction}">{title} ({tag})</th>')
    return (
        f'<table>\n<colgroup><col class="meta"><col span="{len(documents)}"></colgroup>\n'
        f'<thead><tr><th scope="col">Bead</th>{"".join(heads)}</tr></thead>\n<tbody>\n'
    )
