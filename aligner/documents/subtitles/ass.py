r"""Subtitles in Advanced SubStation Alpha (.ass, .ssa): a paragraph `cue` a Dialogue line.

Cues are put in the order of their times, since editors write them in any. `Name` is the speaker,
`\N` a line break; codes in braces become spans or go, drawings and Comment lines go, all listed in
`Document.dropped`. The script's title is the document's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from aligner.documents.subtitles.cues import cue_drafts
from aligner.documents.subtitles.read import told_of_times
from aligner.documents.subtitles.stamps import milliseconds
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
_COMMENT = re.compile(r"\{([^{}\\]+)\}")  # braces that hold no code
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
    notices: list[str] = []
    text = decode(source.data, source.name, encoding=options.encoding, notices=notices)
    dropped: list[Dropped] = []
    damaged: list[tuple[int, str]] = []
    title = re.search(r"^Title:[^\S\n]*(.*)$", text[:20_000], re.MULTILINE)
    drafts = _in_time(_drafts(text.split("\n"), dropped, damaged))
    if not drafts:
        raise Malformed(
            "there is no cue in it",
            context=source.name,
            hint="a cue is a line that opens with Dialogue:",
        )
    return make_document(
        source,
        drafts,
        title=title[1].strip() if title else "",
        dropped=dropped,
        notices=[*notices, *told_of_times(source.name, damaged)],
    )


def _in_time(drafts: Iterable[Draft]) -> list[Draft]:
    """In the order of their times; one without stays behind the one before it in the file."""
    order: list[tuple[tuple[int, int], Draft]] = []
    last = (0, 0)
    for draft in drafts:
        last = draft.times or last
        order.append((last, draft))
    return [draft for _, draft in sorted(order, key=lambda entry: entry[0])]


def _drafts(
    lines: list[str], dropped: list[Dropped], damaged: list[tuple[int, str]]
) -> Iterator[Draft]:
    columns = _COLUMNS
    section = ""
    for number, printed in enumerate(lines, start=1):
        line = printed.strip(" \t")
        word, _, rest = line.partition(":")
        if line.startswith("["):
            section = line.strip().lower()
        elif word == "Format" and section == "[events]":
            named = [name.strip().lower() for name in rest.split(",")]
            columns = named if {"start", "end", "text"} <= set(named) else columns
        elif word == "Dialogue":
            yield from _cue(rest, columns, number, dropped, damaged)
        elif line.strip():
            reason = "comment" if word == "Comment" else "settings of the script"
            dropped.append(Dropped(reason, line.strip(), number))


def _cue(
    rest: str,
    columns: list[str],
    number: int,
    dropped: list[Dropped],
    damaged: list[tuple[int, str]],
) -> Iterator[Draft]:
    values = rest.split(",", len(columns) - 1)
    cell = dict(zip(columns, values, strict=False))
    start, end = milliseconds(cell.get("start", "")), milliseconds(cell.get("end", ""))
    if "text" not in cell:
        dropped.append(Dropped("a cue without text", rest.strip(), number))
        return
    times = None if start is None or end is None else (start, max(start, end))
    if times is None:
        stamp = f"{cell.get('start', '')},{cell.get('end', '')}"
        dropped.append(Dropped("damaged time stamp", stamp, number))
        damaged.append((number, stamp))
    text = cell["text"]
    dropped += [Dropped("drawing", drawing[0], number) for drawing in _DRAWING.finditer(text)]
    text = _DRAWING.sub("", text)
    dropped += [Dropped("comment", comment[1], number) for comment in _COMMENT.finditer(text)]
    text = _COMMENT.sub("", text)
    text = text.replace("\\N", "\n").replace("\\n", "\n").replace("\\h", "\u00a0").strip()
    speaker = cell.get("name", "").strip() or None
    yield from cue_drafts(text, times, speaker=speaker, line=number, dropped=dropped)
