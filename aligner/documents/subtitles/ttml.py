"""Subtitles in TTML (.ttml, .dfxp, .itt; W3C TTML1 and 2, IMSC, EBU-TT): a paragraph `cue` a `p`.

- A `p` without times whose spans show one after the other is a cue a span; spans that stay on screen
  together (words that come one by one) are one cue. Cues are put in the order of their times.
- `br`, and a line end under `xml:space="preserve"`, is a line break; dialogue and remarks are told as
  in other subtitles; `ttm:agent` is the speaker. Ruby goes, and what is never shown, both listed in
  `Document.dropped`, as is metadata that is not the document's.
- A file with a `div` a language holds several texts: `options.side` picks one.
- A cue whose times cannot be read keeps its words; one without an end stays until the next one.

Own reader: `pysubs2` knows offsets and clock times of media only, no styles, no nesting.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from aligner.documents.subtitles.cues import by_speaker
from aligner.documents.subtitles.read import told_of_times
from aligner.documents.subtitles.ttml_styles import Styles, formats, is_hidden, is_reading
from aligner.documents.subtitles.ttml_times import Shown, TimeBase, of_child, of_content
from aligner.files.xml import XML_ID, XML_LANG, attribute, local, parse_xml, root_of, texts_of
from aligner.model import Declined, Document, Dropped, Malformed, ReadOptions, Source, UsageError
from aligner.text.claimed import by_claim
from aligner.text.drafts import DEFAULTS, make_document, suffix_of
from aligner.text.rich import Draft, Rich, clean

__all__ = ["SUFFIXES", "read"]

SUFFIXES = (".ttml", ".dfxp", ".itt")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_NO_TEXT = frozenset(("metadata", "set", "animate", "image", "audio", "chunk", "data", "region"))
_BINARY = frozenset(("image", "audio", "chunk", "data", "font"))


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text of a cue with its formatting and the times of the innermost span that has any; a line
    break where `text` is None.
    """

    text: str | None
    kinds: tuple[str, ...] = ()
    shown: Shown | None = None


@dataclass(slots=True)
class _Cue:
    """One `p`: what it says, when it shows as a whole, and where it stands."""

    line: int
    key: str
    lang: str
    shown: Shown
    pieces: list[_Piece] = field(default_factory=list)
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """What an element has from those around it."""

    shown: Shown
    values: dict[str, str]
    lang: str
    preserve: bool
    timed: bool = False  # whether any of them has times
    speaker: str = ""


def read(source: Source, options: ReadOptions = DEFAULTS) -> Document:
    """`source` as a document.

    Raises Declined for another format, Malformed for broken XML and for a file without a cue,
    UsageError for segmented text and for a side that is not there.
    """
    suffix = suffix_of(source.name)
    if suffix not in SUFFIXES and root_of(source.data) != "tt":
        raise Declined(f"the suffix {suffix or '(none)'} is not one of {', '.join(SUFFIXES)}")
    return read_text(source, options)


def read_text(source: Source, options: ReadOptions) -> Document:
    """As `read`, whatever the suffix."""
    if options.segmented:
        raise UsageError("subtitles are not segmented text", hint="a cue is read as a paragraph")
    root = parse_xml(source.data, source.name, options.encoding)
    if local(root) != "tt":
        raise Declined(f"its root element is {local(root)}, not tt")
    metadata, title = _metadata(root)
    parser = _Parser(root, {title, *(value for values in metadata.values() for value in values)})
    cues = parser.cues()
    if not cues:
        images = any(local(e) == "image" or attribute(e, "backgroundImage") for e in root.iter())
        raise Malformed(
            "its subtitles are images" if images else "there is no cue in it",
            context=source.name,
            hint="recognise their text (OCR)" if images else "a cue is a p that holds text",
        )
    langs = list(dict.fromkeys(cue.lang for cue in cues))
    lang = langs[_pick(langs, options.side, source.name)]
    others = [one or "no language" for one in langs if one != lang]
    drafts: list[Draft] = []
    endless: list[Draft] = []
    for cue in _in_time(cues):
        made = _drafts(cue)
        if cue.lang != lang:
            name = f"the {cue.lang or 'other'} side"
            parser.dropped += [Dropped(name, draft.text, cue.line) for draft, _ in made]
            continue
        endless += [draft for draft, ends in made if not ends]
        drafts += [draft for draft, _ in made]
    _until_the_next(drafts, endless)
    notices = list(told_of_times(source.name, parser.damaged))
    timeless = sum(draft.times is None for draft in drafts)
    if timeless and not parser.damaged:
        notices.append(f"{source.name}: {_count(timeless)} no times")
    if endless:
        notices.append(
            f"{source.name}: {_count(len(endless))} no end: each stays until the next begins"
        )
    if others and not options.side:
        notices.append(f"{source.name}: there is text in {', '.join(others)} too; --side picks it")
    return make_document(
        source,
        [part for draft in drafts for part in by_speaker(draft)],
        title=title,
        lang=lang,
        doubt=by_claim,
        metadata=metadata,
        dropped=parser.dropped,
        notices=notices,
    )


def _count(number: int) -> str:
    return "1 cue has" if number == 1 else f"{number} cues have"


def _pick(langs: list[str], side: str, name: str) -> int:
    """Number of the language that the user means. Raises UsageError where there is none."""
    wanted = side.strip().lower().replace("_", "-")
    if wanted in ("", "source") or len(langs) == 1:
        return 0
    if wanted == "target":
        return 1
    tags = [lang.lower() for lang in langs]
    for known in (tags, [tag.split("-")[0] for tag in tags]):
        if wanted in known:
            return known.index(wanted)
    raise UsageError(
        f"there is no side {side!r} in it", context=name, hint=f"known: {', '.join(langs)}"
    )


def _in_time(cues: list[_Cue]) -> list[_Cue]:
    """In the order of their times; one without stays behind the one before it in the file."""
    order = []
    last = Shown().begin
    for cue in cues:
        last = cue.shown.begin if cue.shown.timed else last
        order.append((last, cue))
    return [cue for _, cue in sorted(order, key=lambda entry: entry[0])]


def _until_the_next(drafts: list[Draft], endless: list[Draft]) -> None:
    """An end for cues that have none."""
    waiting = {id(draft) for draft in endless}
    begins = sorted({draft.times[0] for draft in drafts if draft.times})
    following = dict(itertools.pairwise(begins))
    for draft in drafts:
        if id(draft) in waiting and draft.times:
            draft.times = (draft.times[0], following.get(draft.times[0], draft.times[0]))


class _Parser:
    """The body of a file as cues; what belongs to none goes to `dropped`."""

    def __init__(self, root: Any, known: set[str]) -> None:
        self.dropped: list[Dropped] = []
        self.damaged: list[tuple[int, str]] = []
        self._root = root
        self._clock = TimeBase(root)
        self._styles = Styles(root)
        self._agents = {
            str(agent.get(XML_ID)): next(texts_of(agent, "name"), "")
            for agent in root.iter()
            if local(agent) == "agent" and agent.get(XML_ID)
        }
        self._known = known  # words that the document has elsewhere
        self._cues: list[_Cue] = []

    def cues(self) -> list[_Cue]:
        """All cues that hold text, in document order."""
        root = self._root
        place = _Place(
            Shown(), {}, root.get(XML_LANG, "").strip(), root.get(_SPACE, "") == "preserve"
        )
        for child in root.iterchildren("{*}body"):
            self._block(child, place, None, 0)
        cues = [
            cue for cue in self._cues if any((piece.text or "").strip() for piece in cue.pieces)
        ]
        self._known |= {cue.speaker for cue in cues if cue.speaker}
        for child in root:
            if local(child) != "body":
                self._metadata(child)
        return cues

    def _metadata(self, element: Any) -> None:
        """The words of the head that no field of the document takes."""
        for inner in element.iter():
            words = "" if local(inner) in _BINARY else clean(inner.text or "")
            if words and words not in self._known:
                reason = f"metadata ({local(inner)})"
                self.dropped.append(Dropped(reason, words, inner.sourceline or 0))

    def _leave_out(self, reason: str, element: Any) -> None:
        words = "" if local(element) in _BINARY else clean(" ".join(element.itertext()))
        if words:
            self.dropped.append(Dropped(reason, words, element.sourceline or 0))

    def _within(self, element: Any, place: _Place, before: Shown | None) -> _Place:
        shown = of_child(self._clock, element, place.shown, before)
        line = element.sourceline or 0
        for expression in shown.damaged:
            self.dropped.append(Dropped("damaged time stamp", expression, line))
            self.damaged.append((line, expression))
        return _Place(
            shown,
            self._styles.of(element, place.values),
            element.get(XML_LANG, place.lang).strip(),
            element.get(_SPACE, "preserve" if place.preserve else "") == "preserve",
            place.timed or shown.timed,
            self._speaker(element) or place.speaker,
        )

    def _speaker(self, element: Any) -> str:
        """The name of the agent that an element says it is by."""
        agents = attribute(element, "agent").split()
        return next(filter(None, (self._agents.get(agent, "") for agent in agents)), "")

    def _block(self, element: Any, place: _Place, before: Shown | None, depth: int) -> Shown:
        """`body`, `div` or `p`; what it says of its times."""
        inside = self._within(element, place, before)
        if is_hidden(element, inside.values):
            self._leave_out("not shown", element)
            return inside.shown
        if local(element) == "p":
            return of_content(inside.shown, self._paragraph(element, inside, place))
        if depth > 1:  # a language of a part is not that of a text
            inside = replace(inside, lang=place.lang)
        contents = [Shown(inside.shown.begin, inside.shown.begin)]
        in_turn = element.get("timeContainer") == "seq"
        for child in element:
            name = local(child)
            if name in ("div", "p"):
                last = contents[-1] if in_turn else None
                contents.append(self._block(child, inside, last, depth + 1))
            else:
                self._leave_out(
                    f"{'metadata' if _is_metadata(child) else 'outside cues'} ({name})", child
                )
            self._outside(child.tail, child)
        self._outside(element.text, element)
        return of_content(inside.shown, contents)

    def _outside(self, text: str | None, element: Any) -> None:
        words = clean(text or "")
        if words:
            self.dropped.append(Dropped("outside cues", words, element.sourceline or 0))

    def _paragraph(self, element: Any, place: _Place, around: _Place) -> list[Shown]:
        """The cues of a `p`; when its spans show."""
        shown = replace(place.shown, timed=place.timed)
        cue = _Cue(element.sourceline or 0, element.get(XML_ID, "").strip(), around.lang, shown)
        self._spans(element, place, cue, None)
        own = place.shown.timed and element.get("timeContainer") != "seq"
        self._cues += [cue] if own else _parted(cue)
        return [piece.shown for piece in cue.pieces if piece.shown is not None]

    def _spans(self, element: Any, place: _Place, cue: _Cue, shown: Shown | None) -> None:
        """The text of a `p` or `span` in pieces."""
        cue.speaker = cue.speaker or place.speaker or None
        kinds = tuple(formats(place.values))
        self._text(element.text, kinds, cue, shown, preserve=place.preserve)
        last = Shown(place.shown.begin, place.shown.begin)
        in_turn = element.get("timeContainer") == "seq"
        for child in element:
            if local(child) == "br":
                cue.pieces.append(_Piece(None))
                if child.text or len(child):  # it may hold none, yet words are words
                    self._spans(child, self._within(child, place, None), cue, shown)
            elif local(child) in _NO_TEXT or _is_metadata(child):
                self._leave_out(f"metadata ({local(child)})", child)
            else:
                inside = self._within(child, place, last if in_turn else None)
                last = of_content(inside.shown, ())
                if is_reading(inside.values):
                    self._leave_out("reading above the text (ruby)", child)
                elif is_hidden(child, inside.values):
                    self._leave_out("not shown", child)
                else:
                    timed = inside.shown if inside.shown.timed or in_turn else shown
                    self._spans(child, inside, cue, timed)
            self._text(child.tail, kinds, cue, shown, preserve=place.preserve)

    def _text(
        self,
        text: str | None,
        kinds: tuple[str, ...],
        cue: _Cue,
        shown: Shown | None,
        *,
        preserve: bool,
    ) -> None:
        for number, line in enumerate((text or "").split("\n") if preserve else [text or ""]):
            if number:
                cue.pieces.append(_Piece(None))
            if line:
                cue.pieces.append(_Piece(line, kinds, shown))


def _is_metadata(element: Any) -> bool:
    return local(element) == "metadata" or "metadata" in str(element.tag).partition("}")[0]


def _parted(cue: _Cue) -> Iterator[_Cue]:
    """A cue for each span where they show one after the other; else one from the first to the last."""
    parts: list[_Cue] = []
    for piece in cue.pieces:
        blank = piece.text is None or not piece.text.strip()
        if piece.shown is None and not blank:
            parts = []
            break
        if piece.shown is not None and (not parts or parts[-1].shown != piece.shown):
            parts.append(replace(cue, shown=piece.shown, pieces=[]))
        if parts:
            parts[-1].pieces.append(piece)
    if len(parts) > 1 and all(
        one.shown.end is not None and one.shown.end <= other.shown.begin
        for one, other in itertools.pairwise(parts)
    ):
        yield from parts
        return
    spans = [piece.shown for piece in cue.pieces if piece.shown is not None]
    if spans and not cue.shown.timed:
        ends = [one.end for one in spans if one.end is not None]
        cue.shown = Shown(
            min(one.begin for one in spans), max(ends) if len(ends) == len(spans) else None, True
        )
    yield cue


def _drafts(cue: _Cue) -> list[tuple[Draft, bool]]:
    """The cue as a paragraph, and whether it has an end; nothing where it holds no text."""
    rich = Rich()
    active: tuple[str, ...] = ()
    for piece in cue.pieces:
        if piece.text is None:
            rich.mark("break")
            continue
        for kind in active:
            if kind not in piece.kinds:
                rich.close(kind)
        for kind in piece.kinds:
            if kind not in active:
                rich.open(kind)
        active = piece.kinds
        rich.add(piece.text)
    text, spans = rich.build()
    if not text:
        return []
    begin, end = cue.shown.milliseconds()
    times = (begin, begin if end is None else end) if cue.shown.timed else None
    draft = Draft("cue", text, spans, speaker=cue.speaker, times=times, key=cue.key)
    return [(draft, end is not None or times is None)]


def _metadata(root: Any) -> tuple[dict[str, tuple[str, ...]], str]:
    """What the head says of the document, and its title."""
    heads = [child for child in root if local(child) == "head"]
    known = {
        name: tuple(texts_of(heads[0], element))[:1] if heads else ()
        for name, element in (
            ("title", "title"),
            ("programme", "documentOriginalProgrammeTitle"),
            ("description", "desc"),
            ("licence", "copyright"),
        )
    }
    titles = (*known.pop("title"), *known.pop("programme"))
    return known, titles[0] if titles else ""
