"""Subtitles, a file for each language beside the others: `film.es.srt`, `film.en.srt`.

SubRip as players read it: numbers, times with a comma, `<i>`, `<b>`, `<u>`. WebVTT (W3C): times with
a point, `&`, `<` and `>` as entities, speakers as voices. `timing` says when each text shows.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from aligner.files import Sink
from aligner.formats.common.ids import prefixes
from aligner.formats.common.runs import kinds_beyond
from aligner.formats.options import WriteOptions
from aligner.formats.subtitles.timing import Cue, SpokenLine, cues_of, cues_of_all, without_time
from aligner.model import Alignment, AlignmentSet, Document, ExportError, Paragraph, as_set
from aligner.text.wording import numbered

__all__ = [
    "clock",
    "losses",
    "pieces_of",
    "timed_cues",
    "timed_texts",
    "write_both_srt",
    "write_both_vtt",
]
__all__ += ["write_srt", "write_vtt"]

_TAGS = {"bold": "b", "italic": "i", "underline": "u"}


def write_srt(alignment: Alignment | AlignmentSet, sink: Sink, _options: WriteOptions) -> None:
    """SubRip. Raises ExportError where no text has times, or the sink holds one file only."""
    _write(alignment, sink, ".srt", vtt=False)


def write_vtt(alignment: Alignment | AlignmentSet, sink: Sink, _options: WriteOptions) -> None:
    """WebVTT. Raises as `write_srt`."""
    _write(alignment, sink, ".vtt", vtt=True)


def write_both_srt(alignment: Alignment | AlignmentSet, sink: Sink, _options: WriteOptions) -> None:
    """SubRip with the lines of all texts in every cue. Raises ExportError where no text has times."""
    _write_both(alignment, sink, vtt=False)


def write_both_vtt(alignment: Alignment | AlignmentSet, sink: Sink, _options: WriteOptions) -> None:
    """WebVTT with the lines of all texts in every cue. Raises as `write_both_srt`."""
    _write_both(alignment, sink, vtt=True)


def losses(alignment: Alignment | AlignmentSet, _options: WriteOptions) -> Iterator[str]:
    """Formatting that subtitles lack, and text that stands with the cue before it."""
    alignments = as_set(alignment)
    if kinds := kinds_beyond(alignment, _TAGS):
        yield f"formatting beyond bold, italic and underline ({kinds})"
    loose = sum(without_time(alignments, n) for n in range(len(alignments.documents)))
    if loose:
        yield numbered(
            loose,
            "piece of text has no time: it stands with the cue before it",
            "pieces of text have no time: they stand with the cue before them",
        )


def _write(alignment: Alignment | AlignmentSet, sink: Sink, suffix: str, *, vtt: bool) -> None:
    for name, _, cues in timed_texts(alignment, sink):
        with sink.open(f".{name}{suffix}") as out:
            if vtt:
                out.write(b"WEBVTT\n\n")
            for number, cue in enumerate(cues, start=1):
                out.write(_cue(number, cue, vtt=vtt).encode("utf-8", "backslashreplace"))


def _write_both(alignment: Alignment | AlignmentSet, sink: Sink, *, vtt: bool) -> None:
    cues = timed_cues(alignment, sink)
    with sink.open() as out:
        if vtt:
            out.write(b"WEBVTT\n\n")
        for number, cue in enumerate(cues, start=1):
            out.write(_cue(number, cue, vtt=vtt).encode("utf-8", "backslashreplace"))


def timed_cues(alignment: Alignment | AlignmentSet, sink: Sink) -> list[Cue]:
    """The cues of all texts together. Raises ExportError where none has times."""
    made = cues_of_all(as_set(alignment))
    if not made:
        raise _no_times(sink)
    return made


def _no_times(sink: Sink) -> ExportError:
    return ExportError(
        "no text of this alignment has times, as subtitles need them",
        context=sink.name(),
        hint="align subtitles (.srt, .vtt, .ass, .ttml), or a text with subtitles",
    )


def timed_texts(
    alignment: Alignment | AlignmentSet, sink: Sink
) -> Iterator[tuple[str, Document, list[Cue]]]:
    """Each text with the prefix of its file and its cues. Raises ExportError where none has times."""
    alignments = as_set(alignment)
    every = [cues_of(alignments, number) for number in range(len(alignments.documents))]
    if not any(every):
        raise _no_times(sink)
    documents = alignments.documents
    yield from zip(prefixes(documents), documents, every, strict=True)


def _cue(number: int, cue: Cue, *, vtt: bool) -> str:
    start, end = cue.times or (0, 0)
    point = "." if vtt else ","
    body = "\n".join(_line(line, vtt=vtt) for line in cue.lines)
    return f"{number}\n{clock(start, point)} --> {clock(end, point)}\n{body}\n\n"


def clock(milliseconds: int, point: str = ".") -> str:
    """A moment of a film: 00:01:02.345."""
    seconds, part = divmod(milliseconds, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{point}{part:03}"


def _line(line: SpokenLine, *, vtt: bool) -> str:
    paragraph = line.paragraph
    if paragraph is None:
        return _plain(line.text, vtt=vtt)
    text = _marked(paragraph, vtt=vtt)
    named = paragraph.speaker and paragraph.label is None
    return f"<v {_plain(paragraph.speaker or '', vtt=True)}>{text}" if vtt and named else text


def _plain(text: str, *, vtt: bool) -> str:
    if vtt:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("-->", "->")  # which would be read as times


def _marked(paragraph: Paragraph, *, vtt: bool) -> str:
    """The text with tags and line ends."""
    pieces: list[str] = []
    for text, kinds in pieces_of(paragraph):
        tags = [_TAGS[kind] for kind in kinds]
        opened = "".join(f"<{tag}>" for tag in tags)
        closed = "".join(f"</{tag}>" for tag in reversed(tags))
        pieces.append("\n" if text is None else f"{opened}{_plain(text, vtt=vtt)}{closed}")
    return "".join(pieces)


def pieces_of(paragraph: Paragraph) -> Iterator[tuple[str | None, list[str]]]:
    """The text cut at every border of its formatting, so that tags nest, each piece with the kinds
    that hold for it; None for a line end.
    """
    spans = [s for s in paragraph.spans if s.kind in _TAGS and s.start < s.end]
    ends = {s.start for s in paragraph.spans if s.kind == "break"}
    borders = {0, len(paragraph.text), *ends, *(x for s in spans for x in (s.start, s.end))}
    for start, end in itertools.pairwise(sorted(borders)):
        piece = paragraph.text[start:end]
        if start in ends:
            yield None, []
            piece = piece.removeprefix(" ")
        if piece:
            yield piece, [s.kind for s in spans if s.start <= start and end <= s.end]
