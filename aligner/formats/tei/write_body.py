"""Paragraphs as TEI: `div` by headings, then one element a paragraph (chapters 3, 4 and 7).

The element with a paragraph's xml:id holds exactly its text: `p`, `head`, `item`, or `sp` where
the speaker's label is printed in the paragraph, since the label goes to `speaker`. A dash names
nobody: it is a `pc` in the paragraph. A speech of several paragraphs is an `sp` each, for that
reason; those after the first point back by `prev`.

A text that says when it was spoken (subtitles, transcripts) is a transcription of speech (chapter
8): `u` with `start` and `end` on a `timeline`, and `[Laughs]` an `incident`. In an edited interview
speeches are `sp`, and such a segment stands in a `stage`. `u` has no place for a printed speaker:
the label stays text before the first segment, `who` says whose it is.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby
from typing import Any

from aligner.files.xml_file import XML_ID
from aligner.formats.common.ids import segment_id
from aligner.formats.tei.inline import Runs
from aligner.formats.tei.markup import add_text, element
from aligner.formats.tei.view import View
from aligner.formats.tei.words import TURN_MARK, is_direction, marks
from aligner.model import Paragraph, Segment
from aligner.text.turns import notice_by, notices_in

__all__ = ["write_text"]

# kinds whose neighbours of the same kind share one element
_GROUPED = frozenset({"item", "cell", "quote", "box"})
# allowed only before the first paragraph of a division
_OPENERS = frozenset({"title", "standfirst", "byline"})
# kinds that are speech in a transcription
_SPOKEN = frozenset({"para", "turn", "cue", "stage"})
_DASHES = "-‐‑–—― \xa0\u202f"


def write_text(xml: Any, view: View) -> None:
    """The element `text` of one document, written as it goes."""
    attributes = {"xml:id": f"{view.prefix}.text", "xml:lang": view.lang}
    with xml.element("text", attributes), contextlib.ExitStack() as stack:
        if view.transcript:
            xml.write(_timeline(view))
            xml.write("\n")
        stack.enter_context(xml.element("body"))
        divisions = _Divisions(xml, stack)
        for kind, group in groupby(view.document.paragraphs, key=lambda p: p.kind):
            if kind in _GROUPED:
                divisions.block(_GROUPS[kind](view, list(group)))
                continue
            for paragraph in group:
                if kind == "heading" or (kind == "title" and not divisions.fresh):
                    divisions.open(paragraph.level or 1)
                    divisions.opener(_simple("head", view, paragraph))
                elif kind in _OPENERS and divisions.fresh:
                    divisions.opener(_opener(view, paragraph))
                else:
                    divisions.block(_BLOCKS.get(kind, _plain)(view, paragraph))


class _Divisions:
    """The open `div` elements: a heading closes those of its level and deeper.

    All stands in one outer division, so that a text of captions only, or of nothing, is valid.
    """

    def __init__(self, xml: Any, stack: contextlib.ExitStack) -> None:
        self._xml = xml
        self._stack = stack
        self._levels: list[tuple[int, contextlib.ExitStack]] = []
        self.fresh = True
        stack.enter_context(xml.element("div"))
        xml.write("\n")
        # closed before the outer one, whatever happens
        stack.callback(self._close, 0)

    def open(self, level: int) -> None:
        """Start a division under those of a lower level."""
        self._close(level)
        own = contextlib.ExitStack()
        own.enter_context(self._xml.element("div"))
        self._xml.write("\n")
        self._levels.append((level, own))
        self.fresh = True

    def opener(self, made: Any) -> None:
        """Write something that stands before the paragraphs of a division."""
        self._xml.write(made)
        self._xml.write("\n")

    def block(self, made: Any) -> None:
        """Write a paragraph or what stands like one."""
        self.opener(made)
        self.fresh = False

    def _close(self, level: int) -> None:
        while self._levels and self._levels[-1][0] >= level:
            self._levels.pop()[1].close()
            self._xml.write("\n")


def _content(parent: Any, view: View, paragraph: Paragraph, runs: Runs, start: int = 0) -> None:
    """Segments as `s`, what stands between them as it is."""
    cursor = start
    notices = _notices(paragraph)
    holder, until = parent, -1
    for segment in paragraph.segments:
        if cursor >= until:
            holder, until = parent, -1
        if cursor < segment.start:
            runs.fill(holder, cursor, segment.start)
        if segment.start in notices:
            until, who = notices[segment.start]
            holder = element("note", {"place": "inline", "type": who})
            parent.append(holder)
        attributes = {XML_ID: segment_id(view.prefix, segment.index)}
        mark = view.marks.get(segment.index)
        if mark is not None:
            attributes["ana"] = " ".join(f"{view.home}#{name}" for name in mark.categories)
            attributes["cert"] = mark.cert
        elif segment.index in view.labels:
            attributes["ana"] = " ".join(f"{view.home}#{n}" for n in view.labels[segment.index])
        attributes["corresp"] = " ".join(view.counterparts.get(segment.index, ()))
        made = element("s", attributes)
        outer = made
        if holder is parent and _directs(paragraph, segment):
            if view.transcript:
                _describe(made, runs, segment)
            else:
                outer = element("stage", None, made)
        if not len(made):
            name = attributes[XML_ID]
            span = (segment.start, segment.end)
            inner = marks(paragraph.text, *span, paragraph.spans, name, words=view.words)
            runs.fill(made, *span, inner)
        holder.append(outer)
        cursor = segment.end
    if cursor < len(paragraph.text):
        runs.fill(parent, cursor, len(paragraph.text))


def _notices(paragraph: Paragraph) -> dict[int, tuple[int, str]]:
    """Notices in brackets that are whole segments: by the start of the first one, the end of the last
    one and who says it.
    """
    if paragraph.kind == "note":
        return {}
    text = paragraph.text
    starts = {segment.start for segment in paragraph.segments}
    ends = {segment.end for segment in paragraph.segments}
    notices: dict[int, tuple[int, str]] = {}
    for start, end, who in notices_in(text):
        last = end if end in ends else end + text[end:].startswith(".")
        if start in starts and last in ends:
            notices[start] = (last, who)
    return notices


def _directs(paragraph: Paragraph, segment: Segment) -> bool:
    """True for a segment that says what happens while somebody speaks."""
    if paragraph.kind == "stage":
        return False  # all of it does
    spoken = paragraph.kind in ("turn", "cue") or paragraph.speaker is not None
    return spoken and is_direction(segment.text)


def _describe(made: Any, runs: Runs, segment: Segment) -> None:
    """`incident`; the description is plain text, since `desc` holds no line break or image."""
    run = element("desc")
    runs.fill(run, segment.start, segment.end)
    made.append(element("incident", None, element("desc", None, "".join(run.itertext()))))


def _simple(tag: str, view: View, paragraph: Paragraph, **attributes: str) -> Any:
    made = element(tag, {XML_ID: view.paragraph(paragraph.index), **attributes})
    _content(made, view, paragraph, Runs(paragraph.text, paragraph.spans, view.notes, view.places))
    return made


def _timeline(view: View) -> Any:
    """All starts and ends, in milliseconds from the start of the recording."""
    times = [time for p in view.document.paragraphs for time in p.times or ()]
    zero = f"#{view.moment(0)}"
    return element(
        "timeline",
        {XML_ID: f"{view.prefix}.timeline", "unit": "ms", "origin": zero},
        element("when", {XML_ID: view.moment(0)}),
        *(
            element("when", {XML_ID: view.moment(time), "interval": str(time), "since": zero})
            for time in sorted(set(times))
            if time > 0
        ),
    )


def _utterance(view: View, paragraph: Paragraph) -> Any:
    start, end = paragraph.times or (None, None)
    duration = {
        "start": "" if start is None else f"#{view.moment(start)}",
        "end": "" if end is None else f"#{view.moment(end)}",
    }
    return _simple("u", view, paragraph, **_who(view, paragraph), **duration)


def _plain(view: View, paragraph: Paragraph) -> Any:
    """A `p`, an `sp` where somebody is known to speak, or a `u` of a transcription."""
    if view.transcript and paragraph.kind in _SPOKEN:
        return _utterance(view, paragraph)
    label = _printed_label(paragraph)
    if paragraph.speaker is None:
        return _of_nobody(view, paragraph, label)
    who = {XML_ID: _speech_id(view, paragraph), **_who(view, paragraph)}
    who["prev"] = _speech_before(view, paragraph)
    if label is None:
        return element("sp", who, _simple("p", view, paragraph))
    if not _names_somebody(paragraph.text[:label]):
        return element("sp", who, _with_dash(view, paragraph, label))
    runs = Runs(paragraph.text, paragraph.spans, view.notes, view.places)
    text = paragraph.text
    made = element("sp", who)
    name = len(text[:label].rstrip(_DASHES))
    parting = text[name:label]  # a dash after a name is one before the speech
    dash = label - len(parting.lstrip()) if parting.strip() else label
    speech = label + len(text[label:]) - len(text[label:].lstrip())
    speaker = element("speaker")
    runs.fill(speaker, 0, name)
    made.append(speaker)
    add_text(made, text[name : speech if dash == label else dash])
    p = element("p")
    if dash != label:
        runs.fill(p, dash, speech, [(dash, len(text[:speech].rstrip()), TURN_MARK)])
    _content(p, view, paragraph, runs, speech)
    made.append(p)
    return made


def _with_dash(view: View, paragraph: Paragraph, label: int) -> Any:
    """A `p` that opens with the dash of a turn."""
    runs = Runs(paragraph.text, paragraph.spans, view.notes, view.places)
    p = element("p", {XML_ID: view.paragraph(paragraph.index)})
    dash = len(paragraph.text[:label].rstrip())
    runs.fill(p, 0, label, [(0, dash, TURN_MARK)] if dash else ())
    _content(p, view, paragraph, runs, label)
    return p


def _of_nobody(view: View, paragraph: Paragraph, label: int | None) -> Any:
    """A paragraph of which nobody knows who speaks it: a speech is somebody's. Its dash is marked all the
    same, as is what the type shows to be a turn.
    """
    if paragraph.kind != "turn":
        return _simple("p", view, paragraph)
    if label is not None and not _names_somebody(paragraph.text[:label]):
        return _with_dash(view, paragraph, label)
    return _simple("p", view, paragraph, rend="turn")


def _names_somebody(label: str) -> bool:
    """False for a dash, or a bullet, that only says that somebody else speaks."""
    return any(map(str.isalnum, label))


def _speech_id(view: View, paragraph: Paragraph) -> str:
    """Id of the `sp`: the paragraph's, where the `sp` holds its text."""
    label = _printed_label(paragraph)
    if label is not None and _names_somebody(paragraph.text[:label]):
        return view.paragraph(paragraph.index)
    return view.speech(paragraph.index)


def _speech_before(view: View, paragraph: Paragraph) -> str:
    """Pointer to the speech that this paragraph goes on with, "" where it opens one."""
    before = view.document.paragraphs[paragraph.index - 1] if paragraph.index else None
    goes_on = paragraph.kind == "para" and before is not None and before.kind in ("turn", "para")
    if not goes_on or before is None or before.speaker != paragraph.speaker:
        return ""
    return f"#{_speech_id(view, before)}"


def _printed_label(paragraph: Paragraph) -> int | None:
    """Where the printed label of the speaker ends; None where the paragraph prints none."""
    if paragraph.label is None:
        return None
    end = paragraph.label[1]
    first = paragraph.segments[0].start if paragraph.segments else len(paragraph.text)
    return end if 0 < end <= first else None


def _who(view: View, paragraph: Paragraph) -> dict[str, str]:
    return {"who": view.who(paragraph.speaker)} if paragraph.speaker is not None else {}


def _opener(view: View, paragraph: Paragraph) -> Any:
    if paragraph.kind == "title":
        return _simple("head", view, paragraph, type="main")
    if paragraph.kind == "byline":
        return _simple("byline", view, paragraph)
    return element("argument", {"rend": "standfirst"}, _simple("p", view, paragraph))


def _rendered(view: View, paragraph: Paragraph) -> Any:
    """A standfirst or byline in the middle of a text, where TEI has no place for its element."""
    return _simple("p", view, paragraph, rend=paragraph.kind)


def _caption(view: View, paragraph: Paragraph) -> Any:
    return element("figure", None, _simple("head", view, paragraph))


def _note(view: View, paragraph: Paragraph) -> Any:
    """A note stands where the file had it; `n` is the name that its mark in the text has, without
    one it belongs to the place where it stands.
    """
    whole = (0, len(paragraph.text))
    name = next(
        (s.value for s in paragraph.spans if s.kind == "note" and (s.start, s.end) == whole), ""
    )
    rest = tuple(
        s for s in paragraph.spans if (s.kind, s.value, s.start, s.end) != ("note", name, *whole)
    )
    place = "bottom" if name in view.marked else "inline"
    who = notice_by(paragraph.text)
    return _simple("note", view, replace(paragraph, spans=rest), place=place, n=name, type=who)


def _stage(view: View, paragraph: Paragraph) -> Any:
    if view.transcript:
        return _utterance(view, paragraph)
    return _simple("stage", view, paragraph)


_BLOCKS: dict[str, Callable[[View, Paragraph], Any]] = {
    "standfirst": _rendered,
    "byline": _rendered,
    "caption": _caption,
    "note": _note,
    "stage": _stage,
}


def _items(view: View, group: list[Paragraph]) -> Any:
    return element("list", None, *_lines(_simple("item", view, p) for p in group))


def _cells(view: View, group: list[Paragraph]) -> Any:
    row = element("row", None, *_lines(_simple("cell", view, p) for p in group))
    return element("table", None, row)


def _quote(view: View, group: list[Paragraph]) -> Any:
    return element("quote", None, *(_simple("p", view, p) for p in group))


def _box(view: View, group: list[Paragraph]) -> Any:
    body = element("body", None, *_lines(_plain(view, p) for p in group))
    return element("floatingText", {"type": "box"}, body)


def _lines(made: Iterator[Any]) -> Iterator[Any]:
    """Each element on a line of its own; only where TEI allows no text in between."""
    yield "\n"
    for one in made:
        yield one
        yield "\n"


_GROUPS: dict[str, Callable[[View, list[Paragraph]], Any]] = {
    "item": _items,
    "cell": _cells,
    "quote": _quote,
    "box": _box,
}
