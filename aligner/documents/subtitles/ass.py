r"""Subtitles in Advanced SubStation Alpha (.ass, .ssa): a paragraph `cue` a Dialogue line.

Cues are put in the order of their times, since editors write them in any. `Name` is the speaker,
`\N` a line break; codes in braces become spans or go, drawings and Comment lines go, all listed in
`Document.dropped`. The script's title is the document's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.documents.subtitles.cues import cue_drafts, milliseconds
from aligner.model import Declined, Document, Dropped, Malformed, ReadOptions, Source, UsageError
from aligner.text.decoding import decode
from aligner.text.drafts import DEFAULTS, make_document, suffix_of
from aligner.text.rich import Draft

__all__ = ["SUFFIXES", "read"]

SUFFIXES = (".ass", ".ssa")

_COLUMNS = [
    "layer",
    "start",
    "end",
    "style",
    "name",
    "marginl",
    "marginr",
    "marginv",
    "effect",
    "text",
]
_DRAWING = re.compile(r"\{[^{}]*\\p[1-9]\d*\b[^{}]*\}.*?(?:\{[^{}]*\\p0[^{}]*\}|$)")


def read(source: Source, options: ReadOptions = DEFAULTS) -> Document:
    """`source` as a document; raises Declined for another format, Malformed for a file without a
    readable cue, UsageError for segmented text.
    """
    suffix = suffix_of(source.name)
    if suffix not in SUFFIXES and b"[Script Info]" not in source.data[:200]:
        raise Declined(f"the suffix {suffix or '(none)'} is not one of {', '.join(SUFFIXES)}")
    return read_text(source, options)


def read_text(source: Source, options: ReadOptions) -> Document:
    """As `read`, whatever the suffix."""
    if options.segmented:
        raise UsageError("subtitles are not segmented text", hint="a cue is read as a paragraph")
    text = decode(source.data, source.name, encoding=options.encoding)
    dropped: list[Dropped] = []
    title = re.search(r"^Title:[^\S\n]*(.*)$", text[:20_000], re.MULTILINE)
    drafts = sorted(_drafts(text.split("\n"), dropped), key=lambda draft: draft.times or (0, 0))
    if not drafts:
        raise Malformed(
            "there is no cue in it",
            context=source.name,
            hint="a cue is a line that opens with Dialogue:",
        )
    return make_document(source, drafts, title=title[1].strip() if title else "", dropped=dropped)


def _drafts(lines: list[str], dropped: list[Dropped]) -> Iterator[Draft]:
    columns = _COLUMNS
    section = ""
    for number, line in enumerate(lines, start=1):
        word, _, rest = line.partition(":")
        if line.startswith("["):
            section = line.strip().lower()
        elif word == "Format" and section == "[events]":
            named = [name.strip().lower() for name in rest.split(",")]
            columns = named if {"start", "end", "text"} <= set(named) else columns
        elif word == "Dialogue":
            yield from _cue(rest, columns, number, dropped)
        elif line.strip():
            reason = "comment" if word == "Comment" else "settings of the script"
            dropped.append(Dropped(reason, line.strip(), number))


def _cue(rest: str, columns: list[str], number: int, dropped: list[Dropped]) -> Iterator[Draft]:
    values = rest.split(",", len(columns) - 1)
    cell = dict(zip(columns, values, strict=False))
    start, end = milliseconds(cell.get("start", "")), milliseconds(cell.get("end", ""))
    if start is None or end is None or "text" not in cell:
        dropped.append(Dropped("a cue without times", rest.strip(), number))
        return
    text = cell["text"]
    dropped += [Dropped("drawing", drawing[0], number) for drawing in _DRAWING.finditer(text)]
    text = _DRAWING.sub("", text)
    text = text.replace("\\N", "\n").replace("\\n", "\n").replace("\\h", "\u00a0").strip()
    speaker = cell.get("name", "").strip() or None
    times = (start, max(start, end))
    yield from cue_drafts(text, times, speaker=speaker, line=number, dropped=dropped)
