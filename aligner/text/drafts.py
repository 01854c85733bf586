"""Drafts to a Document: the last step of every reader."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any, NamedTuple
from urllib.parse import unquote

from aligner.model import Document, Dropped, Paragraph, ReadError, ReadOptions, Segment, Source
from aligner.text.claimed import known_tag
from aligner.text.rich import Draft, Piece, clean
from aligner.text.turns import find_turns, split_at_breaks, translator_of

__all__ = ["DEFAULTS", "FilePlaces", "make_document", "make_segmented", "places_named", "suffix_of"]

Doubt = Callable[[str, str, str], tuple[str, str]]  # declared, text, origin -> language, notice

DEFAULTS = ReadOptions()


_NO_COPIES: Mapping[int, Sequence[Sequence[Piece]]] = {}


class FilePlaces(NamedTuple):
    """A document, of each of its paragraphs the pieces that it was built of, and the roots of the parts
    of the file that hold them, by member ("" for a file of one part). `copies`: by the identity of
    pieces those of the same words elsewhere (a header of left pages and of right ones).
    """

    document: Document
    pieces: Sequence[Sequence[Piece]]
    roots: Mapping[str, Any]
    copies: Mapping[int, Sequence[Sequence[Piece]]] = _NO_COPIES


_FRONT = 6  # paragraphs among which the byline is
_BY = 6  # characters beside the name: "Por ", "By ", a stop


def suffix_of(name: str) -> str:
    """The suffix of a file name in lower case with its dot, "" without one; .gz does not count."""
    path = PurePath(name.lower())
    return path.with_suffix("").suffix if path.suffix == ".gz" else path.suffix


def make_document(
    source: Source,
    drafts: Iterable[Draft],
    *,
    title: str = "",
    lang: str = "",
    doubt: Doubt | None = None,
    metadata: Mapping[str, Iterable[str]] | None = None,
    dropped: Iterable[Dropped] = (),
    notices: Iterable[str] = (),
    places: list[Sequence[Piece]] | None = None,
) -> Document:
    """The document of `drafts` in order, turns found, paragraphs numbered, no segments yet.

    `lang` is what the file declares; `doubt` how far that is believed (see `aligner.text.claimed`).
    `places` is filled with the pieces that each paragraph was built of.

    Raises ReadError where no draft holds text.
    """
    parts = [part for draft in drafts for part in split_at_breaks(draft) if part.text]
    if not parts:
        raise ReadError("the file holds no text", context=source.name, hint="is it the right file?")
    parts = find_turns(parts)
    known = {key: tuple(values) for key, values in (metadata or {}).items()}
    _mark_byline(parts[:_FRONT], known.get("author", ()))
    for draft in parts:
        who = translator_of(draft.text) if draft.kind in ("para", "byline", "note") else ""
        if who:
            draft.kind = "byline" if draft.kind == "para" else draft.kind
            known.setdefault("translator", (who,))
    if places is not None:
        places += [draft.pieces for draft in parts]
    told = list(notices)
    lang = known_tag(lang)
    if lang and doubt is not None:
        lang, why = doubt(lang, "\n".join(draft.text for draft in parts), source.name)
        told += [why] if why else []
    return Document(
        id=_identity(source),
        lang=lang,
        origin=source.name,
        title=title or next((draft.text for draft in parts if draft.kind == "title"), ""),
        digest=hashlib.sha256(source.data).hexdigest(),
        paragraphs=tuple(_paragraph(number, draft) for number, draft in enumerate(parts)),
        metadata={key: values for key, values in known.items() if values},
        dropped=tuple(dropped),
        notices=tuple(told),
    )


def places_named(drafts: Iterable[Draft]) -> frozenset[str]:
    """The places of the same text that links in it name (`#place`)."""
    links = (span.value for draft in drafts for span in draft.spans if span.kind == "link")
    return frozenset(unquote(link[1:]) for link in links if link.startswith("#"))


def _mark_byline(drafts: list[Draft], authors: tuple[str, ...]) -> None:
    """A first paragraph that says no more than who wrote the text is its byline."""
    for draft in drafts:
        words = draft.text.casefold()
        if draft.kind == "para" and any(
            author.casefold() in words and len(words) <= len(author) + _BY for author in authors
        ):
            draft.kind = "byline"


def make_segmented(
    source: Source, groups: Iterable[list[str]], *, notices: Iterable[str] = ()
) -> Document:
    """A document whose segments are given: each group of lines is one paragraph.

    The paragraph's text is the cleaned lines joined by one space. Raises ReadError without text.
    """
    paragraphs: list[Paragraph] = []
    count = 0
    for group in groups:
        lines = [line for line in map(clean, group) if line]
        if not lines:
            continue
        text, segments = "", []
        for line in lines:
            start = len(text) + 1 if text else 0
            text = f"{text} {line}" if text else line
            segments.append(Segment(count, len(paragraphs), start, start + len(line), line))
            count += 1
        paragraphs.append(Paragraph(len(paragraphs), "para", text, tuple(segments)))
    if not paragraphs:
        raise ReadError("the file holds no text", context=source.name, hint="is it the right file?")
    return Document(
        id=_identity(source),
        lang="",
        origin=source.name,
        title="",
        digest=hashlib.sha256(source.data).hexdigest(),
        paragraphs=tuple(paragraphs),
        notices=tuple(notices),
    )


def _identity(source: Source) -> str:
    return PurePath(source.name).stem or "text"


def _paragraph(number: int, draft: Draft) -> Paragraph:
    return Paragraph(
        index=number,
        kind=draft.kind,
        text=draft.text,
        speaker=draft.speaker,
        label=draft.label,
        level=draft.level,
        spans=draft.spans,
        times=draft.times,
        key=draft.key,
    )
