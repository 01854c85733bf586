"""Texts opened for work: read, their languages known, segmented; and what the user should hear of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aligner.model import Document, ReadError, ReadOptions, Source

if TYPE_CHECKING:
    from aligner.segmenting import SegmentOptions

__all__ = ["Notices", "open_document", "open_documents", "read_source"]

# a language is believed to be wrong from this probability on, in a text of so many characters
_SURE, _TELLING = 0.9, 200
_CERTAIN = 0.6  # language probability below which the user is asked to check


@dataclass(slots=True)
class Notices:
    """Sentences for the user, in order; never errors."""

    lines: list[str] = field(default_factory=list)

    def add(self, line: str) -> None:
        """Once each."""
        if line not in self.lines:
            self.lines.append(line)


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
    return [
        _segmented(document, lang, segment_options, notices)
        for document, lang in zip(documents, langs, strict=True)
    ]


def _segmented(
    document: Document, lang: str, options: SegmentOptions | None, notices: Notices
) -> Document:
    from aligner import segmenting
    from aligner.workflows import reading

    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    if lang or document.lang:
        _doubt(document, lang, text, notices)
        document = document.with_lang(lang or document.lang)
    else:
        detected, probability = reading.detect_language(text)
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


def _doubt(document: Document, named: str, text: str, notices: Notices) -> None:
    """Tell where a text is surely in another language than the user, or its file, says."""
    from aligner.languages.lookalikes import are_close
    from aligner.workflows import reading

    lang = named or document.lang
    if len(text) < _TELLING or not reading.is_detectable(lang):
        return
    detected, probability = reading.detect_language(text)
    if probability >= _SURE and not are_close(detected, lang):
        who, todo = (
            ("was named", "name that") if named else ("is declared", "name it with -s or -t")
        )
        notices.add(
            f"{document.origin}: {lang} {who}, but the text looks like {detected}: if it is, {todo}"
        )
