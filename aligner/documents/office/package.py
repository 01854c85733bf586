"""What docx, odt and rtf share: runs of formatting, notes kept back to the end, the title."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from aligner.model import Dropped, Span
from aligner.text.notation import whole_number
from aligner.text.rich import Draft, Piece, Rich, clean

__all__ = ["BULLET", "Collector", "Style", "promote_title", "set_formats"]

BULLET = re.compile(r"[•‣▪◦·●■○▸]\s+(?=\S)")
_KINDS = (
    ("title", ("title", "titel", "book title")),
    ("standfirst", ("subtitle", "abstract", "lead")),
    ("byline", ("author", "byline", "signature")),
    ("caption", ("caption", "image caption", "table caption", "figure caption", "illustration")),
    (
        "quote",
        ("quote", "intense quote", "quotations", "block text", "block quotation", "blockquote"),
    ),
)
# kinds of what stands beside a text, in the order in which it follows
_BESIDE = {"headers": "box", "footers": "box", "comments": "note", "properties": "box"}
_FRONT = ("toc ", "contents ", "table of contents", "index heading", "toc heading")


@dataclass(frozen=True, slots=True)
class Style:
    """What a paragraph style says: a kind ("" for nothing), a level for headings."""

    kind: str = ""
    level: int = 0

    @classmethod
    def named(cls, name: str) -> Style:
        """The style of this name; names of built-in styles are English in every locale."""
        words = " ".join(name.lower().replace("_20_", " ").replace("_", " ").split())
        level = whole_number(words.removeprefix("heading "))
        if words.startswith("heading ") and level is not None:
            return cls("heading", min(max(level, 1), 6))
        if words.startswith(_FRONT):
            return cls("contents")
        return cls(next((kind for kind, names in _KINDS if words in names), ""))


@dataclass(slots=True)
class Collector:
    """The paragraphs of one text; notes wait for the end, as printed notes do, and behind them what a
    user asks for besides (`include`, see `ReadOptions`): headers, footers, comments, properties.
    """

    include: frozenset[str] = frozenset()
    drafts: list[Draft] = field(default_factory=list)
    notes: list[Draft] = field(default_factory=list)
    beside: list[Draft] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    copies: dict[int, list[Sequence[Piece]]] = field(default_factory=dict)  # see `FilePlaces`
    _once: dict[tuple[str, str], list[Sequence[Piece]]] = field(default_factory=dict)

    def add(self, rich: Rich, style: Style, note: str = "", *, bullets: bool = False) -> None:
        """The paragraph that `rich` holds, as a note where `note` is its id; with `bullets` one
        that opens with a printed bullet is an item without it.
        """
        text, spans = rich.build()
        if not text:
            return
        mark = BULLET.match(text) if bullets else None
        if mark:
            self.drop("bullet", mark[0])
            text = text[mark.end() :]
            spans = moved_spans(spans, -mark.end(), len(text))
            style = Style(style.kind or "item", style.level)
        if style.kind in ("heading", "title"):  # how headings look, not what they stress
            spans = tuple(
                s for s in spans if s.end - s.start < len(text) or s.kind not in ("bold", "italic")
            )
        if note:
            whole = (Span(0, len(text), "note", note), *spans)
            self.notes.append(Draft("note", text, whole, pieces=rich.pieces))
        elif style.kind == "contents":
            self.drop("table of contents", text)
        else:
            self.drafts.append(
                Draft(style.kind or "para", text, spans, style.level, pieces=rich.pieces)
            )

    def drop(
        self, reason: str, text: str, pieces: Sequence[Piece] = (), *, once: bool = False
    ) -> None:
        """Say that a text was left out, unless the user wants it; `pieces` is where it stands. `once`:
        what comes again is a copy.
        """
        words = clean(text)
        if not words:
            return
        if once and (reason, words) in self._once:
            self._once[reason, words].append(pieces)
            return
        again: list[Sequence[Piece]] = []
        if once:
            self._once[reason, words] = again
        if f"{reason}s" in self.include:
            self.copies[id(pieces)] = again
            kind = _BESIDE[f"{reason}s"]
            self.beside.append(Draft(kind, words, hint=f"{reason}s", pieces=pieces))
        else:
            self.dropped.append(Dropped(reason, words))

    def properties(self, values: Iterable[str]) -> None:
        """What the file says of itself, where the user wants it as text."""
        if "properties" in self.include:
            words = filter(None, map(clean, values))
            self.beside += [Draft("box", text, hint="properties") for text in dict.fromkeys(words)]

    def all(self, title: str = "") -> list[Draft]:
        """Everything in order, notes last, the title marked; `title` is what the file calls it."""
        promote_title(self.drafts, title)
        order = list(_BESIDE)
        beside = sorted(self.beside, key=lambda draft: order.index(draft.hint))
        for draft in beside:
            draft.hint = ""  # it says nothing of turns
        return [*self.drafts, *self.notes, *beside]


def moved_spans(spans: Iterable[Span], by: int, size: int) -> tuple[Span, ...]:
    """Spans moved by `by` code points and cut to a text of `size`."""
    moved = [(min(max(s.start + by, 0), size), min(max(s.end + by, 0), size), s) for s in spans]
    return tuple(
        Span(start, end, s.kind, s.value)
        for start, end, s in moved
        if start < end or s.start == s.end
    )


def promote_title(drafts: list[Draft], title: str = "") -> None:
    """Where no title is marked, a first paragraph that says what the file calls its title is it,
    or a first heading of level 1 that is the only one.
    """
    if any(draft.kind == "title" for draft in drafts) or not drafts:
        return
    tops = [draft for draft in drafts if draft.kind == "heading" and draft.level == 1]
    named = drafts[0].kind in ("heading", "para") and drafts[0].text == clean(title)
    if named or (len(tops) == 1 and tops[0] is drafts[0]):
        drafts[0].kind, drafts[0].level = "title", 0


def set_formats(rich: Rich, current: list[str], wanted: Iterable[str]) -> None:
    """Close what is open and not wanted, open what is wanted and not open; `current` follows."""
    target = list(dict.fromkeys(wanted))
    for kind in reversed([kind for kind in current if kind not in target]):
        rich.close(kind)
        current.remove(kind)
    for kind in target:
        if kind not in current:
            rich.open(kind)
            current.append(kind)
