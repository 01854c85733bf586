"""`aligner segment`: how a text is split, so that a user sees it before aligning."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli.common.texts import (
    Abbreviations,
    Encoding,
    FixMojibake,
    FromFormat,
    HtmlBody,
    Include,
    MemoryLimit,
    Paragraphs,
    Segmented,
    Segmenter,
    SidesOption,
    Srx,
    TimeLimit,
    check_language,
    each_read_options,
    limits_of,
    segment_options,
)
from aligner.cli.ui import tell
from aligner.model import Document, Paragraph, Segment, UsageError

if TYPE_CHECKING:
    from aligner.workflows.reading import Trace

__all__ = ["segment"]

_FORMS = ("text", "json", "view")
_COLOURS = ("\x1b[46;30m", "\x1b[43;30m")  # black on cyan, black on yellow: told apart by all
_OFF = "\x1b[0m"


def segment(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="A text in any known format; - is standard input.",
            show_default=False,
        ),
    ],
    source: Annotated[
        str, typer.Option("-s", "--source-lang", help="Language (BCP 47); detected if absent.")
    ] = "",
    to: Annotated[
        str,
        typer.Option(
            "--to",
            help="text: one segment a line, blank line = paragraph; json: offsets; view: the text "
            "with its segments marked.",
        ),
    ] = "text",
    segmenter: Segmenter = "srx",
    srx: Srx = None,
    abbreviations: Abbreviations = None,
    segmented: Segmented = False,
    paragraphs: Paragraphs = False,
    from_format: FromFormat = None,
    encoding: Encoding = None,
    html_body: HtmlBody = "article",
    include: Include = None,
    side: SidesOption = None,
    fix_mojibake: FixMojibake = False,
    time_limit: TimeLimit = 0.0,
    memory: MemoryLimit = "",
) -> None:
    """Print the segments of a text.

    In json start and end are code points in the text of the paragraph, half-open; line and offset
    (code points, of plain-text formats) say where the segment begins in the decoded file. The view
    marks segments with colours on a terminal, and with ⟦ ⟧ elsewhere.
    """
    from aligner.segmenting import segment as split
    from aligner.workflows.opening import Notices, look_at

    if to not in _FORMS:
        raise UsageError(f"there is no output format {to!r}", hint=f"known: {', '.join(_FORMS)}")
    limits = limits_of(time_limit, memory)
    options = segment_options(
        segmenter, srx, abbreviations, limits, paragraphs=paragraphs, segmented=segmented
    )
    (read_options,) = each_read_options(
        1,
        encoding=encoding,
        segmented=segmented,
        html_body=html_body,
        fix_mojibake=fix_mojibake,
        sides=side or [],
        limits=limits,
        include=include or [],
    )
    check_language(source)
    notices = Notices()
    document, trace = look_at(file, source, read_options, from_format=from_format, notices=notices)
    for line in notices.lines:
        tell(line)
    document = split(document, options)
    forms = {
        "text": _as_text(document),
        "json": _as_json(document, trace),
        "view": _as_view(document),
    }
    for line in forms[to]:
        print(line)


def _as_text(document: Document) -> Iterator[str]:
    """One segment a line, a blank line between paragraphs."""
    first = True
    for paragraph in document.paragraphs:
        if paragraph.segments:
            if not first:
                yield ""
            first = False
            yield from (s.text for s in paragraph.segments)


def _as_json(document: Document, trace: Trace | None) -> Iterator[str]:
    rows = [
        {
            "segment": s.index,
            "paragraph": s.paragraph,
            "kind": document.paragraphs[s.paragraph].kind,
            "start": s.start,
            "end": s.end,
            **_place(s, trace),
            "text": s.text,
        }
        for s in document.segments
    ]
    body = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    yield from ["[", body, "]"] if rows else ["[]"]


def _place(s: Segment, trace: Trace | None) -> dict[str, int]:
    place = trace.place(s.paragraph, s.start, s.end) if trace is not None else None
    return {"line": place[0], "offset": place[1]} if place else {}


def _as_view(document: Document) -> Iterator[str]:
    """Every paragraph with its segments marked in turn; what lies in none stays bare."""
    import os

    colours = sys.stdout.isatty() and "NO_COLOR" not in os.environ
    for paragraph in document.paragraphs:
        yield f"{paragraph.index + 1:>4} {paragraph.kind:10} {_marked(paragraph, colours=colours)}"


def _marked(paragraph: Paragraph, *, colours: bool) -> str:
    parts, at = [], 0
    for s in paragraph.segments:
        parts.append(paragraph.text[at : s.start])
        parts.append(_mark(s, colours=colours))
        at = s.end
    return "".join(parts) + paragraph.text[at:]


def _mark(s: Segment, *, colours: bool) -> str:
    return f"{_COLOURS[s.index % 2]}{s.text}{_OFF}" if colours else f"⟦{s.text}⟧"
