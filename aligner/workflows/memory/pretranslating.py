"""A file whose segments the memory knows already, filled in.

- plain text: each segment that has a match becomes its translation, everything between and the
  other segments stay as they are (to see which, draft an alignment: `drafting`)
- XLIFF (`formats.xliff.fill`) and PO (`formats.po.fill`) know best how they are filled
- documents (`documents.filling`): DOCX, ODT, web pages, EPUB, Markdown, subtitles

Everything else of the file stays byte for byte (PO, text lines, documents) or element for element
(XLIFF).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING

from aligner.documents.filling import FILLED_SUFFIXES
from aligner.formats.common.filling import (
    Filled,
    Query,
    Suggest,
    Suggestion,
    inlined,
    with_placeholders,
)
from aligner.model import (
    Document,
    InternalError,
    Source,
    StoreError,
    UsageError,
)
from aligner.workflows import aligning

if TYPE_CHECKING:
    from aligner.memory import Match, Memory
    from aligner.workflows.opening import Notices

__all__ = ["Filled", "best", "fills", "in_place", "neighbours", "pretranslate", "usable"]

_XLIFF = (".xlf", ".xliff", ".mxliff", ".sdlxliff", ".mqxliff")
_CATALOGUE = (".po", ".pot")
_PLAIN = (".txt", ".text", "")
_LEAST, _EXACT = 75.0, 100.0
Find = Callable[[str, str, str], "Match | None"]  # text, before, after


def pretranslate(
    memory: Memory,
    source: Source,
    source_lang: str = "",
    target_lang: str = "",
    least: float | None = None,
    notices: Notices | None = None,
    include: frozenset[str] = frozenset(),
) -> tuple[bytes, Filled]:
    """The file with matches of at least `least` filled in, and what was filled; None: 75, in a document
    only what is exact, for nothing in it could say that it is not. `include`: what of a word processor's
    file is text besides (`ReadOptions`).

    Languages that nobody names are those that the file declares, or that its text is in. Raises
    ReadError or Malformed for a file that cannot be read, StoreError where the memory has no such
    languages.
    """

    def finder(declared_source: str, declared_target: str) -> Suggest:
        langs = source_lang or declared_source, target_lang or declared_target
        memory.either_way(*langs)  # raises where there are none
        return partial(suggestions, memory, langs, _LEAST if least is None else least)

    kind = _kind(source.name)
    if kind == _XLIFF:
        from aligner.formats.xliff import fill_xliff

        return fill_xliff(source, finder)
    if kind == _CATALOGUE:
        from aligner.formats.po import fill_catalogue

        return fill_catalogue(source, finder)
    if kind in FILLED_SUFFIXES:
        from aligner.workflows.memory.filling import fill_document

        langs = source_lang, target_lang
        return fill_document(memory, source, langs, least or _EXACT, notices, include)
    document = aligning.open_document(source, source_lang)
    langs = source_lang or usable(memory, document.lang, target_lang), target_lang
    memory.either_way(*langs)
    return _text(source, document, partial(best, memory, langs, least or _LEAST))


def usable(memory: Memory, detected: str, target_lang: str) -> str:
    """A language that was found out, where the memory has it; else "": a short text may have been
    taken for its neighbour.
    """
    try:
        memory.either_way(detected, target_lang)
    except StoreError:
        return ""
    return detected


def suggestions(
    memory: Memory, langs: tuple[str, str], least: float, query: Query
) -> list[Suggestion]:
    """Matches of a text, as it is with its native codes and without them, the best first."""
    from aligner.memory import find_matches

    bare = with_placeholders(query.source)
    matches: list[Match] = []
    # the same text once, with the codes that are not in it
    queries = {bare.text: bare.codes} | {inlined(query.source): ()}
    for text, codes in queries.items():
        matches += find_matches(
            memory,
            text,
            *langs,
            least=least,
            limit=5,
            before=query.before,
            after=query.after,
            context=query.context,
            codes=codes,
        )
    matches.sort(key=lambda match: -match.score)
    return [Suggestion(match.unit, match.score, match.is_exact) for match in matches]


def best(
    memory: Memory, langs: tuple[str, str], least: float, text: str, before: str, after: str
) -> Match | None:
    """The best match of a text between its neighbours, if any reaches `least`."""
    from aligner.memory import find_matches

    matches = find_matches(memory, text, *langs, least=least, limit=1, before=before, after=after)
    return matches[0] if matches else None


def fills(name: str, output: str) -> bool:
    """Whether a file is filled in as it is: its own kind is wanted back, and is one that can be.

    Raises UsageError where an XLIFF or PO is to become something else: what it holds already
    would be lost.
    """
    kind, wanted = _kind(name), _kind(output)
    if kind in (_XLIFF, _CATALOGUE) and wanted != kind:
        raise UsageError(
            "a file of units is filled in as what it is",
            context=output,
            hint=f"name the output *{PurePath(name).suffix}",
        )
    return kind is not None and wanted == kind


def in_place(name: str, output: str) -> bool:
    """Whether a document is filled in as it is, of which every segment that stays is listed."""
    return _kind(name) in FILLED_SUFFIXES and fills(name, output)


def _kind(name: str) -> tuple[str, ...] | None:
    suffix = PurePath(name.removesuffix(".gz")).suffix.lower()
    kinds = (_XLIFF, _CATALOGUE, _PLAIN, *FILLED_SUFFIXES)
    return next((kind for kind in kinds if suffix in kind), None)


def _text(source: Source, document: Document, find: Find) -> tuple[bytes, Filled]:
    from aligner.workflows.reading import trace

    texts = [segment.text for segment in document.segments]
    filled = Filled(len(texts))
    traced = trace(source, document, format="txt")
    if traced is None:
        raise InternalError("plain text has no trace", context=source.name)
    pieces, at = [], 0
    for segment in document.segments:
        places = traced.places[segment.paragraph][segment.start : segment.end]
        known = [place for place in places if place >= at]
        match = find(segment.text, *neighbours(texts, segment.index)) if known else None
        if match:
            filled.count(match.is_exact)
            pieces += [traced.text[at : known[0]], match.unit.target]
            at = known[-1] + 1
    return "".join([*pieces, traced.text[at:]]).encode("utf-8", "backslashreplace"), filled


def neighbours(texts: Sequence[str], index: int) -> tuple[str, str]:
    """The texts before and after one, "" at the ends."""
    return (
        texts[index - 1] if index else "",
        texts[index + 1] if index + 1 < len(texts) else "",
    )
