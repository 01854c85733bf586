"""Subtitles in SubRip (.srt) and WebVTT (.vtt, W3C): a paragraph `cue` a cue, with its times.

- A cue is a time line and what follows it up to the next one; the number or name in the line above
  a time line is its `key`. Blank lines inside a cue are part of it.
- Lines of a cue that open with dashes are turns, one paragraph each, all with the cue's times; a
  cue that is nothing but a bracketed remark is `stage`. A VTT voice (`<v Ana>`) is the speaker.
- What stands outside cues (headers, NOTE, STYLE, REGION) and codes of position or colour are
  listed in `Document.dropped`.

Own reader: `pysubs2` leaves dialogue in one line and drops what it cannot read without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from aligner.documents.subtitles.cues import cue_drafts, milliseconds
from aligner.model import Declined, Document, Dropped, Malformed, ReadOptions, Source, UsageError
from aligner.text.decoding import decode
from aligner.text.drafts import DEFAULTS, make_document, suffix_of

__all__ = ["read", "read_srt", "read_vtt"]

_TIMES = re.compile(
    r"\s*(?P<start>[\d:.,]{4,16})\s*--?>\s*(?P<end>[\d:.,]{4,16})(?P<settings>(?:\s.*)?)$"
)
_SIDE_BLOCK = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")


@dataclass(slots=True)
class _Cue:
    line: int
    key: str
    times: tuple[int, int]
    settings: str
    text: list[str]


def read(source: Source, options: ReadOptions = DEFAULTS) -> Document:
    """`source` as a document; raises Declined for what shows no time lines, Malformed for a file
    without a readable cue, UsageError for segmented text.
    """
    suffix = suffix_of(source.name)
    head = source.data[:2000]
    if suffix not in (".srt", ".vtt") and not (
        head.lstrip(b"\xef\xbb\xbf").startswith(b"WEBVTT") or re.search(rb"\d,\d{3} --> \d", head)
    ):
        raise Declined(f"neither .srt nor .vtt ({suffix or 'no suffix'}), and no time lines")
    return read_text(source, options)


def read_text(source: Source, options: ReadOptions) -> Document:
    """As `read`, whatever the suffix; WebVTT where the file says so."""
    if options.segmented:
        raise UsageError("subtitles are not segmented text", hint="a cue is read as a paragraph")
    text = decode(source.data, source.name, encoding=options.encoding)
    vtt = text.startswith("WEBVTT") or suffix_of(source.name) == ".vtt"
    dropped: list[Dropped] = []
    cues = list(_cues(text.split("\n"), dropped, vtt=vtt))
    if not cues:
        raise Malformed(
            "there is no cue in it",
            context=source.name,
            hint="a cue has a line like 00:00:01,000 --> 00:00:02,500",
        )
    drafts = [
        draft
        for cue in cues
        for draft in cue_drafts(
            "\n".join(cue.text).strip(),
            cue.times,
            cue.key,
            entities=vtt,
            line=cue.line,
            dropped=dropped,
        )
    ]
    return make_document(source, drafts, dropped=dropped)


def _cues(lines: list[str], dropped: list[Dropped], *, vtt: bool) -> Iterator[_Cue]:
    """Cues in order; what belongs to none goes to `dropped`."""
    current: _Cue | None = None
    outside = "before the first cue"
    for number, line in enumerate(lines, start=1):
        times = _times(line)
        if times is not None:
            key = _take_key(current, dropped, vtt=vtt)
            if current is not None:
                yield current
            current = _Cue(number, key, times[0], times[1], [])
            outside = ""
            if times[1]:
                dropped.append(Dropped("position of a cue", times[1], number))
            continue
        after_blank = number == 1 or not lines[number - 2].strip()
        if vtt and after_blank and _SIDE_BLOCK.match(line):
            if current is not None:
                yield current
                current = None
            outside = line.split()[0]
        if current is not None:
            current.text.append(line)
        elif line.strip():
            dropped.append(Dropped(outside or "outside cues", line.strip(), number))
        elif outside in ("NOTE", "STYLE", "REGION"):
            outside = "outside cues"
    if current is not None:
        yield current


def _times(line: str) -> tuple[tuple[int, int], str] | None:
    match = _TIMES.match(line)
    if match is None:
        return None
    start, end = milliseconds(match["start"]), milliseconds(match["end"])
    if start is None or end is None:
        return None
    return (start, max(start, end)), match["settings"].strip()


def _take_key(before: _Cue | None, dropped: list[Dropped], *, vtt: bool) -> str:
    """The number or name above a time line; it was taken for text of the cue before it."""
    if before is None:
        last = dropped[-1] if dropped else None
        if last is None or last.reason not in ("before the first cue", "outside cues"):
            return ""
        if last.text.isdigit() or (vtt and not last.text.startswith("WEBVTT")):
            return dropped.pop().text
        return ""
    if not before.text:
        return ""
    key = before.text[-1].strip()
    above = before.text[-2].strip() if len(before.text) > 1 else ""
    if key and (key.isdigit() or (vtt and len(before.text) > 1)) and not above:
        before.text.pop()
        return key
    return ""


read_srt = read
read_vtt = read
