"""Markdown and subtitles, which are filled as the plain text that they are: where the words stand is
told by `text.trace`.

A translation takes the lines of a cue that its words had; signs that Markdown would take for marks are
escaped in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence

from aligner.documents.filling.looks import edited
from aligner.documents.filling.regions import Edit, Stretch, TextRegion, grouped
from aligner.documents.filling.written import Written
from aligner.model import Document, ReadError, ReadOptions, Source, Span
from aligner.text.drafts import suffix_of
from aligner.text.trace import trace

__all__ = ["PLAIN_SUFFIXES", "PlainFile"]

_MARKDOWN = (".md", ".mdx", ".markdown", ".mkd", ".qmd", ".rmd")
_CUES = (".srt", ".vtt")
PLAIN_SUFFIXES: tuple[tuple[str, ...], ...] = (_MARKDOWN, (".srt",), (".vtt",))

# between two words of one text: the next line, with the marks of a quote; what escapes a sign
_FLOW = re.compile(r"(?:(?<=&)(?:amp|#38|#x26);)?\s*(?:\n[ \t>]*)?\\?")
_AMPERSAND = re.compile(r"(?<=&)(?:amp|#38|#x26);")
_REFERENCE = re.compile(r"\s*&(?:#?\w{1,32});\s*")
# marks around words: emphasis, code, links, the same as tags of HTML; tags of cues
_MARKS = re.compile(
    r"(?:[*_~`\[\s\\]|\]\((?:[^()\n]|\([^()\n]{0,500}\)){0,2000}\)|\](?:\[[^\[\]\n]{0,200}\])?"
    r"|</?(?:a|abbr|b|code|em|i|kbd|mark|s|small|span|strong|sub|sup|u)\b[^<>\n]*>)+",
    re.IGNORECASE,
)
_TAGS = re.compile(r"(?:</?(?:i|b|u|em|strong|font|c|v|lang)\b[^<>\n]*>|\s)+", re.IGNORECASE)
_SIGNS = re.compile(r"[\\`*\[\]<]|(?<!\w)_|_(?!\w)|~~")
_OPENING = re.compile(r"(?:[#>+-](?=\s|$)|(?P<number>\d{1,9})(?P<stop>[.)])(?=\s|$))")


class PlainFile:
    """See `OpenFile`."""

    def __init__(self, source: Source, options: ReadOptions) -> None:
        self._is_cues = suffix_of(source.name) in _CUES
        self._references = suffix_of(source.name) == ".vtt"
        self.document: Document
        lines: list[range | None] = []
        if self._is_cues:
            self.document = _cues()(source, options)
        else:
            self.document, lines = _markdown()(source, options)
        self.told: list[str] = []
        traced = trace(source, self.document, options, lines)
        self._text = traced.text
        self._places = traced.places
        written = Written.of(source.data, text=self._text)
        if written is None:
            raise ReadError(
                "its encoding is not sure: what is filled in could damage the rest",
                context=source.name,
                hint="save it as UTF-8 first",
            )
        self._written, self._name = written, source.name
        self._edits: list[Edit] = []

    def region(self, paragraph: int, start: int, end: int) -> TextRegion | None:
        """See `OpenFile`."""
        places = self._places[paragraph]
        text = self.document.paragraphs[paragraph].text
        spans = self.document.paragraphs[paragraph].spans
        if not (start < end) or places[start] < 0 or places[end - 1] < 0:
            return None
        stretches: list[Stretch] = []
        missed = 0
        for at in range(start, end):
            place = places[at]
            if place < 0:
                missed += not text[at].isspace()
                if stretches:
                    stretches[-1] = stretches[-1]._replace(text=stretches[-1].text + text[at])
                continue
            look = _look(spans, at)
            if not stretches:
                stretches.append(Stretch(place, place + 1, text[at], look))
                continue
            last = stretches[-1]
            if place < last.end:
                return None
            gap = self._text[last.end : place]
            flows = (_REFERENCE if missed else _FLOW).fullmatch(self._text, last.end, place)
            if missed and not flows:
                return None
            missed = 0
            if flows and (look == last.look or not gap):
                stretches[-1] = last._replace(end=place + 1, text=last.text + text[at])
                continue
            marks = _TAGS if self._is_cues else _MARKS
            point = marks.fullmatch(gap) is None or _has_point(spans, at, is_cue=self._is_cues)
            if look == last.look and not point:
                look = (look, place)  # marks that no span stands for
            stretches.append(Stretch(place, place + 1, text[at], look, point=point))
        if any(
            _has_point(spans, at, is_cue=self._is_cues) for at in range(start + 1, end)
        ) and not any(stretch.point for stretch in stretches):
            return None
        if rest := _AMPERSAND.match(self._text, stretches[-1].end):
            stretches[-1] = stretches[-1]._replace(end=rest.end())
        return grouped("", _spread(self._text, stretches))

    def put(self, region: TextRegion, texts: Sequence[str]) -> None:
        """See `OpenFile`."""
        for group, text in zip(region.groups, texts, strict=True):
            for number, stretch in enumerate(group.stretches):
                made = self._made(text, stretch) if number == 0 else ""
                if made and not self._is_cues:
                    made += self._named(stretch)
                self._edits.append(Edit(stretch.start, stretch.end, made))

    def data(self) -> bytes:
        """See `OpenFile`."""
        moved = _raw_places(self._written.raw)
        edits = [Edit(moved[e.start], moved[e.end], e.text) for e in self._edits]
        if "\r\n" in self._written.raw:
            edits = [edit._replace(text=edit.text.replace("\n", "\r\n")) for edit in edits]
        data, encoding = self._written.encoded(edited(self._written.raw, edits))
        if encoding != self._written.encoding:
            lacks = f"for {self._written.encoding} has not all characters of the translation"
            self.told = [f"{self._name}: written as UTF-8, {lacks}"]
        return data

    def _named(self, stretch: Stretch) -> str:
        """A link of Markdown whose address stands elsewhere, under its words, keeps these as its name."""
        text = self._text
        around = text[stretch.start - 1 : stretch.start], text[stretch.end : stretch.end + 2]
        if around[0] != "[" or around[1][:1] != "]" or around[1] in ("](", "]:"):
            return ""
        name = text[stretch.start : stretch.end]
        if around[1] != "][":
            return f"][{name}"
        if text[stretch.end + 2 : stretch.end + 3] == "]":
            self._edits.append(Edit(stretch.end + 2, stretch.end + 2, name))
        return ""

    def _made(self, text: str, stretch: Stretch) -> str:
        if self._is_cues:
            text = self._written.escaped(text) if self._references else text
            count = self._text.count("\n", stretch.start, stretch.end) + 1
            return _in_lines(text, count) if count > 1 else text
        text = _SIGNS.sub(lambda match: f"\\{match[0]}", text)
        line = self._text.rfind("\n", 0, stretch.start) + 1
        row = self._text[line : stretch.start]
        if "|" in row or self._text[stretch.end : stretch.end + 2].strip().startswith("|"):
            text = text.replace("|", "\\|")
        if not row.strip(" \t>*+-0123456789.)"):
            text = (
                _OPENING.sub(
                    lambda m: f"{m['number']}\\{m['stop']}" if m["number"] else f"\\{m[0]}",
                    text,
                    count=1,
                )
                if _OPENING.match(text)
                else text
            )
        return text


def _cues() -> Callable[[Source, ReadOptions], Document]:
    from aligner.documents.subtitles.read import read_text

    return read_text


def _markdown() -> Callable[[Source, ReadOptions], tuple[Document, list[range | None]]]:
    from aligner.documents.markdown.read import read_lines

    return read_lines


def _look(spans: Sequence[Span], at: int) -> Hashable:
    return frozenset(
        (span.kind, span.value)
        for span in spans
        if span.start <= at < span.end and span.kind != "note"
    )


def _has_point(spans: Sequence[Span], at: int, *, is_cue: bool) -> bool:
    """Whether a note, a picture or a line break stands here; lines of a cue are laid out anew."""
    return any(
        span.start == span.end == at
        and (span.kind in ("note", "image", "tab") or (span.kind == "break" and not is_cue))
        for span in spans
    )


def _spread(text: str, stretches: list[Stretch]) -> list[Stretch]:
    """The stretches with the white space at their inner ends, so that it is replaced with them."""
    out = []
    for number, one in enumerate(stretches):
        start, end = one.start, one.end
        if number:
            floor = stretches[number - 1].end
            while start > floor and text[start - 1].isspace():
                start -= 1
        if number < len(stretches) - 1:
            ceiling = stretches[number + 1].start
            while end < ceiling and text[end].isspace():
                end += 1
            if end == ceiling:
                end = one.end
        out.append(one._replace(start=start, end=end))
    return out


def _raw_places(raw: str) -> Sequence[int]:
    """Of each place of a text with even line ends its place in the file."""
    places = [at for at, sign in enumerate(raw) if sign != "\n" or raw[at - 1 : at] != "\r"]
    if raw.startswith("\ufeff"):
        places = places[1:]
    return [*places, len(raw)]


def _in_lines(text: str, count: int) -> str:
    """The words of a cue in as many lines as it had, about equally long."""
    words = text.split()
    lines: list[str] = []
    rest = sum(map(len, words)) + len(words) - 1
    for left in range(count, 0, -1):
        line = ""
        while words and (left == 1 or not line or len(line) + len(words[0]) / 2 < rest / left):
            line = f"{line} {words.pop(0)}" if line else words.pop(0)
        if line:
            lines.append(line)
        rest -= len(line) + 1
    return "\n".join(lines)
