"""Subtitles in TTML, a file for each language beside the others: `film.es.ttml`, `film.en.ttml`.

Standard: W3C TTML1, in what IMSC 1.1 allows of it: clock times of media, `span` with the style of its
letters, `br`, the speakers as agents.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from aligner.files import Sink
from aligner.formats.options import WriteOptions
from aligner.formats.subtitles.timing import Cue, SpokenLine
from aligner.formats.subtitles.write import clock, pieces_of, timed_texts
from aligner.model import Alignment, AlignmentSet, Document
from aligner.text.output import xml_safe

__all__ = ["write_ttml"]

_STYLES = {
    "bold": 'tts:fontWeight="bold"',
    "italic": 'tts:fontStyle="italic"',
    "underline": 'tts:textDecoration="underline"',
}
_NAMESPACES = (
    'xmlns="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling" '
    'xmlns:ttm="http://www.w3.org/ns/ttml#metadata"'
)


def write_ttml(alignment: Alignment | AlignmentSet, sink: Sink, _options: WriteOptions) -> None:
    """TTML. Raises ExportError where no text has times, or the sink holds one file only."""
    for name, document, cues in timed_texts(alignment, sink):
        with sink.open(f".{name}.ttml") as out:
            for line in _lines(document, cues):
                out.write(f"{line}\n".encode())


def _lines(document: Document, cues: Sequence[Cue]) -> Iterator[str]:
    named = (_speaker(line) for cue in cues for line in cue.lines)
    agents = {name: f"a{number}" for number, name in enumerate(dict.fromkeys(filter(None, named)))}
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f"<tt {_NAMESPACES} xml:lang={quoteattr(document.lang)}>"
    yield "<head><metadata>"
    if document.title:
        yield f"<ttm:title>{_text(document.title)}</ttm:title>"
    for name, key in agents.items():
        yield (
            f'<ttm:agent xml:id="{key}" type="person"><ttm:name type="full">{_text(name)}'
            "</ttm:name></ttm:agent>"
        )
    yield "</metadata></head>"
    yield "<body><div>"
    for cue in cues:
        yield from _cue(cue, agents)
    yield "</div></body></tt>"


def _cue(cue: Cue, agents: dict[str, str]) -> Iterator[str]:
    start, end = cue.times or (0, 0)
    names = list(dict.fromkeys(filter(None, map(_speaker, cue.lines))))
    who = f' ttm:agent="{agents[names[0]]}"' if len(names) == 1 else ""
    lines = []
    for line in cue.lines:
        own = "" if who else agents.get(_speaker(line), "")
        lines.append(f'<span ttm:agent="{own}">{_line(line)}</span>' if own else _line(line))
    body = "<br/>".join(lines)
    yield f'<p begin="{clock(start)}" end="{clock(end)}"{who}>{body}</p>'


def _speaker(line: SpokenLine) -> str:
    """The name that is said beside the text, not in it."""
    paragraph = line.paragraph
    return (paragraph.speaker or "") if paragraph and paragraph.label is None else ""


def _line(line: SpokenLine) -> str:
    if line.paragraph is None:
        return _text(line.text)
    made = []
    for text, kinds in pieces_of(line.paragraph):
        styles = " ".join(_STYLES[kind] for kind in dict.fromkeys(kinds))
        words = "<br/>" if text is None else _text(text)
        made.append(f"<span {styles}>{words}</span>" if styles else words)
    return "".join(made)


def _text(text: str) -> str:
    return escape(xml_safe(text))
