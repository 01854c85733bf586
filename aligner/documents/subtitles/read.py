"""Subtitles in SubRip (.srt) and WebVTT (.vtt, W3C): a paragraph `cue` a cue, with its times.

- A cue is a time line and what follows it up to the next one; the number or name in the line above
  a time line is its `key`, blank lines between or not. Blank lines inside a cue are part of it.
- A time line that is damaged, or missing under its number, costs the cue its times, never its words;
  `Document.notices` says so.
- Lines of a cue that open with dashes are turns, one paragraph each, all with the cue's times; a
  cue that is nothing but a bracketed remark is `stage`. A VTT voice (`<v Ana>`) is the speaker.
- What stands outside cues (headers, NOTE, STYLE, REGION) and codes of position or colour are
  listed in `Document.dropped`.

Own reader: `pysubs2` leaves dialogue in one line and drops what it cannot read without a word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from aligner.documents.subtitles.cues import cue_drafts
from aligner.documents.subtitles.stamps import Stamp, stamp_of
from aligner.model import Declined, Document, Dropped, Malformed, ReadOptions, Source, UsageError
from aligner.text.claimed import by_claim
from aligner.text.decoding import decode
from aligner.text.drafts import DEFAULTS, make_document, suffix_of

__all__ = ["read", "told_of_times"]

_SIDE_BLOCK = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
_LANGUAGE = re.compile(r"^Language:\s*(\S+)\s*$", re.MULTILINE)
_HEAD = 2000
_DIGITS = 7  # of a cue's number
_SHOWN = 3  # damaged stamps that a notice names


@dataclass(slots=True)
class _Cue:
    line: int
    key: str
    stamp: Stamp
    text: list[str] = field(default_factory=list)


def read(source: Source, options: ReadOptions = DEFAULTS) -> Document:
    """`source` as a document; raises Declined for what shows no time lines, Malformed for a file
    without a readable cue, UsageError for segmented text.
    """
    suffix = suffix_of(source.name)
    head = source.data[:_HEAD]
    if suffix not in (".srt", ".vtt") and not (
        head.lstrip(b"\xef\xbb\xbf").startswith(b"WEBVTT") or re.search(rb"\d,\d{3} --> \d", head)
    ):
        raise Declined(f"neither .srt nor .vtt ({suffix or 'no suffix'}), and no time lines")
    return read_text(source, options)


def read_text(source: Source, options: ReadOptions) -> Document:
    """As `read`, whatever the suffix; WebVTT where the file says so."""
    if options.segmented:
        raise UsageError("subtitles are not segmented text", hint="a cue is read as a paragraph")
    notices: list[str] = []
    text = decode(source.data, source.name, encoding=options.encoding, notices=notices)
    vtt = text.startswith("WEBVTT") or suffix_of(source.name) == ".vtt"
    parser = _Parser(text.split("\n"), vtt=vtt)
    cues = list(parser.cues())
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
            cue.stamp.times,
            cue.key,
            entities=vtt,
            line=cue.line,
            dropped=parser.dropped,
        )
    ]
    declared = _LANGUAGE.search(text[:_HEAD].split("\n\n")[0]) if vtt else None
    return make_document(
        source,
        drafts,
        lang=declared[1] if declared else "",
        doubt=by_claim,
        dropped=parser.dropped,
        notices=[*notices, *told_of_times(source.name, parser.damaged)],
    )


def told_of_times(name: str, damaged: list[tuple[int, str]]) -> Iterator[str]:
    """The sentence about cues whose times cannot be read: (line, what stands there) of each."""
    if not damaged:
        return
    shown = ", ".join(f"line {line} «{stamp}»" for line, stamp in damaged[:_SHOWN])
    more = f" and {len(damaged) - _SHOWN} more" if len(damaged) > _SHOWN else ""
    count = "1 cue has" if len(damaged) == 1 else f"{len(damaged)} cues have"
    yield f"{name}: {count} no times that can be read, its words are kept: {shown}{more}"


class _Parser:
    """The lines of a file as cues; what belongs to none goes to `dropped`."""

    def __init__(self, lines: list[str], *, vtt: bool) -> None:
        self.dropped: list[Dropped] = []
        self.damaged: list[tuple[int, str]] = []
        self._lines = lines
        self._vtt = vtt
        self._stamps = {
            at: stamp
            for at, line in enumerate(lines)
            if (stamp := stamp_of(line, after_number=self._number_above(at)))
        }
        keyed = [at for at in self._stamps if self._key_line(at) >= 0]
        apart = [at for at in keyed if self._key_line(at) < at - 1]
        self._numbered = 2 * len(keyed) > len(self._stamps)
        self._apart = 2 * len(apart) > len(self._stamps)  # a blank line after every line
        self._last = 0  # number of the last cue

    def cues(self) -> Iterator[_Cue]:
        """All cues in order."""
        keys = {self._key_line(at): at for at in self._stamps}  # -1 is no line
        current: _Cue | None = None
        outside = "before the first cue"
        for at, line in enumerate(self._lines):
            opened = self._opened(at)
            if opened is not None:
                if current is not None:
                    yield current
                current, outside = opened, ""
                continue
            if at in keys and self._is_key(at, keys[at]):
                continue
            if self._vtt and self._after_blank(at) and _SIDE_BLOCK.match(line):
                if current is not None:
                    yield current
                    current = None
                outside = line.split()[0]
            if current is not None:
                current.text.append(line)
            elif line.strip():
                self.dropped.append(Dropped(outside or "outside cues", line.strip(), at + 1))
            elif outside in ("NOTE", "STYLE", "REGION"):
                outside = "outside cues"
        if current is not None:
            yield current

    def _opened(self, at: int) -> _Cue | None:
        """The cue that begins in this line: a time line, or a number whose time line is missing."""
        stamp, line = self._stamps.get(at), self._lines[at].strip()
        if stamp is not None:
            above = self._key_line(at)
            key = self._lines[above].strip() if above >= 0 and self._is_key(above, at) else ""
            self._last = int(key) if key.isdecimal() else self._last
            if stamp.settings:
                self.dropped.append(Dropped("position of a cue", stamp.settings, at + 1))
            if stamp.times is None:
                self.dropped.append(Dropped("damaged time stamp", line, at + 1))
                self.damaged.append((at + 1, line))
            return _Cue(at + 1, key, stamp)
        if self._misses_times(at):
            self._last = int(line)
            self.damaged.append((at + 1, line))
            return _Cue(at + 1, line, Stamp(None))
        return None

    def _misses_times(self, at: int) -> bool:
        """A number that goes on the count of cues, above text instead of times."""
        line = self._lines[at].strip()
        below = self._lines[at + 1 : at + 2]
        return (
            self._numbered
            and line.isdecimal()
            and len(line) < _DIGITS
            and int(line) == self._last + 1
            and self._after_blank(at)
            and bool(below and below[0].strip())
            and at + 1 not in self._stamps
        )

    def _key_line(self, at: int) -> int:
        """Index of the line above a time line that may hold its key, -1 where there is none."""
        above = at - 1
        while above >= 0 and not self._lines[above].strip():
            above -= 1
        if above < 0 or above in self._stamps:
            return -1
        line = self._lines[above].strip()
        near = above == at - 1
        if line.isdecimal() or (self._vtt and near and not _is_header(line)):
            return above
        return -1

    def _is_key(self, above: int, at: int) -> bool:
        """Whether a line belongs to the time line below it, not to the text of the cue before."""
        line = self._lines[above].strip()
        if above == at - 1 and self._after_blank(above):
            return True
        next_one = line.isdecimal() and len(line) < _DIGITS and int(line) == self._last + 1
        usual = self._numbered if above == at - 1 else self._apart
        return next_one or (line.isdecimal() and usual)

    def _number_above(self, at: int) -> bool:
        return at > 0 and self._lines[at - 1].strip().isdecimal() and self._after_blank(at - 1)

    def _after_blank(self, at: int) -> bool:
        return at == 0 or not self._lines[at - 1].strip()


def _is_header(line: str) -> bool:
    return line.startswith("WEBVTT") or _SIDE_BLOCK.match(line) is not None
