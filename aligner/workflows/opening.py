"""Texts opened for work: read, their languages known, segmented; and what the user should hear of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aligner.model import Document, FileName, ReadError, ReadOptions, Source

if TYPE_CHECKING:
    from aligner.segmenting import SegmentOptions
    from aligner.workflows.reading import Trace

__all__ = ["Notices", "look_at", "open_document", "open_documents", "read_source"]

# a language is believed to be wrong from this probability on, in a text of so many characters
_SURE, _TELLING = 0.9, 200
_SIDES = 2
_CERTAIN = 0.6  # language probability below which the user is asked to check


@dataclass(slots=True)
class Notices:
    """Sentences for the user, in order; never errors. `tell`, where it is given, hears each as it comes."""

    lines: list[str] = field(default_factory=list)
    tell: Callable[[str], None] | None = None

    def add(self, line: str) -> None:
        """Once each."""
        if line not in self.lines:
            self.lines.append(line)
            if self.tell is not None:
                self.tell(line)


def read_source(name: str) -> Source:
    """The bytes that a user's name stands for: a file, `-` (standard input), `a.txt.gz`, and
    `book.zip:ch1.html`, a member of an archive.

    Raises ReadError where there are none, Malformed for a damaged archive.
    """
    from aligner.workflows.reading import open_source

    return open_source(name)


def open_document(
    source: Source,
    lang: str = "",
    *,
    read_options: ReadOptions | None = None,
    segment_options: SegmentOptions | None = None,
    from_format: str | None = None,
    notices: Notices | None = None,
) -> Document:
    """Read and segment one text; its language is detected where nobody says it.

    Raises ReadError or SegmentError (see `errors`); also where the text holds no segment.
    """
    return open_documents(
        [source],
        [lang],
        read_options=[read_options or ReadOptions()],
        segment_options=segment_options,
        from_format=from_format,
        notices=notices,
    )[0]


def look_at(
    file: str,
    lang: str = "",
    read_options: ReadOptions | None = None,
    *,
    from_format: str | None = None,
    meta: FileName | None = None,
    notices: Notices | None = None,
) -> tuple[Document, Trace | None]:
    """One text as it was understood, not segmented yet, its language found, and its trace in the
    file; for a look at it. Raises as `reading.read` and `metadata.described`.
    """
    from aligner.workflows import reading
    from aligner.workflows.metadata import described

    options, notices = read_options or ReadOptions(), notices or Notices()
    source = read_source(file)
    document = reading.read(source, options, from_format)
    trace = reading.trace(source, document, options, from_format)
    for line in reading.remarks(document):
        notices.add(line)
    if lang:
        document = document.with_lang(lang)
    elif not document.lang:
        detected, certainty = reading.detect_language(_text(document))
        notices.add(f"language {detected or 'unknown'} (detected, {certainty:.2f}); -s overrides")
        document = document.with_lang(detected)
    return (described([document], meta)[0] if meta is not None else document), trace


def open_documents(
    sources: Sequence[Source],
    langs: Sequence[str],
    *,
    read_options: Sequence[ReadOptions] = (),
    segment_options: SegmentOptions | None = None,
    from_format: str | None = None,
    notices: Notices | None = None,
) -> list[Document]:
    """Texts that translate each other, read so that the same parts of all are kept, and segmented.

    `langs`: one for each, "" to detect it; `read_options`: one for each, or none. Raises as
    `open_document`.
    """
    from aligner.workflows import reading

    notices = notices or Notices()
    options = read_options or [ReadOptions()] * len(sources)
    documents, remarks = reading.read_alike(sources, options, from_format)
    for line in (*remarks, *(line for document in documents for line in reading.remarks(document))):
        notices.add(line)
    doubts = [_surely_other(*one) for one in zip(documents, langs, strict=True)]
    for line in _doubted(documents, langs, doubts):
        notices.add(line)
    return [
        _segmented(document, lang, segment_options, notices)
        for document, lang in zip(documents, langs, strict=True)
    ]


def _text(document: Document) -> str:
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def _segmented(
    document: Document, lang: str, options: SegmentOptions | None, notices: Notices
) -> Document:
    from aligner import segmenting
    from aligner.workflows import reading

    if lang or document.lang:
        document = document.with_lang(lang or document.lang)
    else:
        detected, probability = reading.detect_language(_text(document))
        if not detected:
            raise ReadError(
                "the language cannot be told from the text",
                context=document.origin,
                hint="give it with -s or -t",
            )
        sure = "" if probability >= _CERTAIN else ", not sure: give it with -s or -t"
        notices.add(f"{document.origin}: language {detected} (detected{sure})")
        document = document.with_lang(detected)
    document = segmenting.segment(document, options or segmenting.SegmentOptions())
    if not document.segments:
        raise ReadError(
            "there is no text in it",
            context=document.origin,
            hint="an alignment needs text on both sides",
        )
    return document


def _surely_other(document: Document, named: str) -> str:
    """The language a text is surely in, where the user, or its file, says another one; else ""."""
    from aligner.languages.lookalikes import are_close
    from aligner.workflows import reading

    lang = named or document.lang
    text = _text(document) if lang else ""
    if len(text) < _TELLING or not reading.is_detectable(lang):
        return ""
    detected, probability = reading.detect_language(text)
    return detected if probability >= _SURE and not are_close(detected, lang) else ""


def _doubted(
    documents: Sequence[Document], langs: Sequence[str], doubts: Sequence[str]
) -> Iterator[str]:
    """Tell where texts are surely in other languages than was said; two of them may be swapped."""
    from aligner.languages.lookalikes import are_close

    two = len(documents) == _SIDES and all(langs) and all(doubts)
    if two and all(map(are_close, doubts, reversed(langs))):
        (one, its), (other, their) = zip((d.origin for d in documents), doubts, strict=True)
        yield (
            f"the texts look swapped: {one} looks like {its} and {other} like {their}, not like "
            f"{langs[0]} and {langs[1]}: name the files or the languages the other way round"
        )
        return
    for document, named, detected in zip(documents, langs, doubts, strict=True):
        if detected:
            who, todo = (
                ("was named", "name that") if named else ("is declared", "name it with -s or -t")
            )
            yield (
                f"{document.origin}: {named or document.lang} {who}, but the text looks like "
                f"{detected}: if it is, {todo}"
            )
