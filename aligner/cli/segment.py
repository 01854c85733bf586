"""`aligner segment`: how a text is split, so that a user sees it before aligning."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from aligner.errors import UsageError
from aligner.model import Document, ReadOptions

__all__ = ["segment"]

_FORMS = ("text", "json")


def segment(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="A text in any known format; - is standard input.")
    ],
    source: Annotated[
        str, typer.Option("-s", "--source-lang", help="Language (BCP 47); detected if absent.")
    ] = "",
    to: Annotated[
        str,
        typer.Option(
            "--to", help="text: one segment a line, blank line = paragraph; json: offsets."
        ),
    ] = "text",
    segmented: Annotated[
        bool, typer.Option("--segmented", help="FILE has one segment a line: keep its segments.")
    ] = False,
    srx: Annotated[
        Path | None, typer.Option("--srx", help="SRX 2.0 rules to use in the place of ours.")
    ] = None,
    abbreviations: Annotated[
        Path | None,
        typer.Option("--abbreviations", help="Abbreviations, one a line: no segment ends there."),
    ] = None,
    segmenter: Annotated[
        str, typer.Option("--segmenter", help="srx, or sentencex (fast, optional part).")
    ] = "srx",
    encoding: Annotated[
        str | None, typer.Option("--encoding", help="Encoding of FILE, where it is not found out.")
    ] = None,
) -> None:
    """Print the segments of a text.

    Offsets of json are code points in the text of the paragraph, half-open.
    """
    from aligner import pipeline
    from aligner.cli.align import check_language
    from aligner.reading import read
    from aligner.segmenting import SegmentOptions
    from aligner.segmenting import segment as split

    if to not in _FORMS:
        raise UsageError(f"there is no output format {to!r}", hint=f"known: {', '.join(_FORMS)}")
    check_language(source)
    options = SegmentOptions(segmenter=segmenter, srx=srx, abbreviations=abbreviations)
    document = read(pipeline.read_source(file), ReadOptions(encoding=encoding, segmented=segmented))
    document = split(_with_language(document, source), options)
    lines = _as_json(document) if to == "json" else _as_text(document)
    for line in lines:
        print(line)


def _with_language(document: Document, wanted: str) -> Document:
    """What the user says, else what the file declares, else a guess that is printed."""
    if wanted:
        return document.with_lang(wanted)
    if document.lang:
        return document
    from aligner.reading import detect_language

    lang, certainty = detect_language("\n".join(p.text for p in document.paragraphs))
    name = lang or "unknown"
    print(f"aligner: language {name} (detected, {certainty:.2f}); -s overrides", file=sys.stderr)
    return document.with_lang(lang)


def _as_text(document: Document) -> list[str]:
    """One segment a line, a blank line between paragraphs."""
    blocks = [[s.text for s in p.segments] for p in document.paragraphs if p.segments]
    return "\n\n".join("\n".join(block) for block in blocks).split("\n") if blocks else []


def _as_json(document: Document) -> list[str]:
    rows = [
        {"paragraph": s.paragraph, "start": s.start, "end": s.end, "text": s.text}
        for s in document.segments
    ]
    body = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    return ["[", body, "]"] if rows else ["[]"]
