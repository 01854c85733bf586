"""A document whose segments become their translations, the rest of the file as it was.

What is written is read again, and paragraphs that would be read otherwise than they should stay as they
were; so nothing that a format makes of a text goes unseen.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from aligner.documents.filling import OpenFile, open_file, placed
from aligner.formats.common.filling import Filled, LeftSegment
from aligner.model import Document, InternalError, ReadOptions, Segment, Source, text_key
from aligner.workflows import aligning
from aligner.workflows.memory.pretranslating import neighbours, usable
from aligner.workflows.word_links import word_linker

if TYPE_CHECKING:
    from aligner.memory import Match, Memory
    from aligner.workflows.opening import Notices

__all__ = ["fill_document"]

# of writing a document and reading it again: how many paragraphs on each side of one that is read
# otherwise are left alone, for what one says may change how another is read
_ROUNDS = (0, 0, 1, 4, 20, 1_000_000, 0)
_SAME = 99.0  # the very text, of which the memory is not sure
_NO_MATCH = "no match"
_SEVERAL = "several translations, and nothing says which is meant"
_NOWHERE = "its words stand in no place of the file that is sure"
_NO_LOOK = "it is not clear which words of the translation take its formatting, notes or breaks"
_OTHERWISE = "in the file the translation would be read otherwise"


def fill_document(
    memory: Memory,
    source: Source,
    langs: tuple[str, str],
    least: float,
    notices: Notices | None = None,
    include: frozenset[str] = frozenset(),
) -> tuple[bytes, Filled]:
    """The document with its matches of at least `least` filled in, and what was filled and left.

    Of a web page everything that is shown is filled in, menus too; of a word processor's file also
    what `include` names. Raises as
    `pretranslating.pretranslate`.
    """
    options = ReadOptions(html_body="full", include=include)
    document = aligning.open_document(source, langs[0], read_options=options, notices=notices)
    filling = _Filling(memory, document, langs, least)
    for around in _ROUNDS:
        file = open_file(source, options)
        texts, filled = filling.fill(file)
        data = file.data()
        other = _read_otherwise(texts, open_file(Source(source.name, data), options).document)
        if not other:
            for line in file.told if notices is not None else ():
                notices.add(line)  # type: ignore[union-attr]
            return data, filled
        reach = range(-min(around, len(texts)), min(around, len(texts)) + 1)
        filling.banned |= {number + k for number in other for k in reach}
    raise InternalError("what was filled in is not read again", context=source.name)


class _Outcome(NamedTuple):
    """What became of a segment: its translation, or why it stays as it is."""

    text: str = ""
    reason: str = ""
    is_exact: bool = False
    is_linked: bool = False


class _Filling:
    """One document and its matches; `banned`: numbers of paragraphs that are left alone."""

    def __init__(
        self, memory: Memory, document: Document, langs: tuple[str, str], least: float
    ) -> None:
        self.banned: set[int] = set()
        self._memory, self._document, self._least = memory, document, least
        self._langs = langs[0] or usable(memory, document.lang, langs[1]), langs[1]
        memory.either_way(*self._langs)  # raises where there are none
        self._texts = [segment.text for segment in document.segments]
        self._known: dict[int, list[Match]] = {}
        self._linked = word_linker((document.lang, self._langs[1]))

    def fill(self, file: OpenFile) -> tuple[list[str], Filled]:
        """The paragraphs that the file should be read as, and what was filled."""
        filled = Filled(len(self._texts))
        made: list[str] = []
        for paragraph in self._document.paragraphs:
            pieces, at = [], 0
            for segment in paragraph.segments:
                outcome = self._outcome(file, segment)
                number = segment.index + 1
                if outcome.reason:
                    filled.rest.append(LeftSegment(number, segment.text, outcome.reason))
                    filled.left.update([outcome.reason] * (outcome.reason != _NO_MATCH))
                    continue
                filled.count(outcome.is_exact)
                filled.linked += [number] * outcome.is_linked
                pieces += [paragraph.text[at : segment.start], outcome.text]
                at = segment.end
            made.append("".join([*pieces, paragraph.text[at:]]))
        return made, filled

    def _outcome(self, file: OpenFile, segment: Segment) -> _Outcome:
        matches = self._matches(segment)
        if not matches:
            return _Outcome(reason=_NO_MATCH)
        if matches[0].kind == "ambiguous":
            return _Outcome(reason=_SEVERAL)
        if segment.paragraph in self.banned:
            return _Outcome(reason=_OTHERWISE)
        region = file.region(segment.paragraph, segment.start, segment.end)
        if region is None:
            return _Outcome(reason=_NOWHERE)
        for link in (None, self._linked):
            for match in matches:
                made = placed(region, match.unit, link)
                if made is not None:
                    file.put(region, made.texts)
                    text = "".join(made.texts)
                    return _Outcome(text, "", match.is_exact, made.is_linked)
        return _Outcome(reason=_NO_LOOK)

    def _matches(self, segment: Segment) -> list[Match]:
        """What the memory has of a segment that may be filled in, or its several translations."""
        if segment.index not in self._known:
            from aligner.memory import find_matches

            before, after = neighbours(self._texts, segment.index)
            there = find_matches(
                self._memory,
                segment.text,
                *self._langs,
                least=min(self._least, _SAME),
                limit=5,
                before=before,
                after=after,
            )
            exact = [match for match in there if match.is_exact]
            self._known[segment.index] = [
                match
                for match in exact or there
                if match.kind == "ambiguous" or match.score >= self._least
            ]
        return self._known[segment.index]


def _read_otherwise(expected: Sequence[str], document: Document) -> set[int]:
    """Numbers of the paragraphs that a document does not have as they should be."""
    wanted = [text_key(text) for text in expected]
    there = [text_key(paragraph.text) for paragraph in document.paragraphs]
    if "".join(wanted) == "".join(there):
        return set()
    matcher = SequenceMatcher(None, wanted, there, autojunk=False)
    same = {a + k for a, _, size in matcher.get_matching_blocks() for k in range(size)}
    return set(range(len(wanted))) - same
