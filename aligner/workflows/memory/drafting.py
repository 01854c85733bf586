"""A text and what the memory has of it, as an alignment: what any writer takes (`memory pretranslate
letter.docx -o letter.xlf`); and which of both ways a file is pretranslated. Segments without a match have no counterpart, so that every format
shows in its own way what is left to translate.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

from aligner.files import is_stdout
from aligner.files import output as output_to
from aligner.memory import Match, Memory
from aligner.model import (
    AlignerError,
    Alignment,
    Bead,
    Document,
    Paragraph,
    ReadOptions,
    Segment,
    Source,
    UsageError,
)
from aligner.workflows import aligning
from aligner.workflows.memory.pretranslating import (
    Filled,
    best,
    fills,
    neighbours,
    pretranslate,
    usable,
)
from aligner.workflows.opening import Notices

__all__ = ["draft", "is_filled", "pretranslate_file"]

_LEAST = 75.0


def is_filled(file: str, output: Path, to: str | None = None) -> bool:
    """Whether the file itself is filled in, and not a draft of it made in another format. Raises as
    `pretranslating.fills`.
    """
    return to is None and fills(file, file if is_stdout(output) else str(output))


def pretranslate_file(
    opened: Callable[[], AbstractContextManager[Memory]],
    file: str,
    output: Path,
    *,
    to: str | None = None,
    source_lang: str = "",
    target_lang: str = "",
    least: float | None = None,
    include: frozenset[str] = frozenset(),
    notices: Notices | None = None,
) -> Filled:
    """Write the file with the matches of the memory in it; where another format is wanted, by `to` or
    the suffix of `output`, a draft to go on with. `opened` opens the memory, when the file is known to do.
    `include`: what of a word processor's file is text besides (`ReadOptions`).

    Raises as `pretranslating.pretranslate`, UsageError for a file of several texts, ExportError.
    """
    from aligner import formats

    source = aligning.read_source(file)
    if is_filled(file, output, to):
        with opened() as memory:
            data, filled = pretranslate(
                memory, source, source_lang, target_lang, least, notices, include
            )
        with output_to(output) as out:
            out.write(data)
        return filled
    name = to or formats.format_of(str(output))
    _refuse_several(source)
    document = aligning.open_document(
        source, source_lang, read_options=ReadOptions(include=include), notices=notices
    )
    score = _LEAST if least is None else least
    with opened() as memory:
        made, filled = draft(memory, document, source_lang, target_lang, score)
    # what is left to translate is what the file is for
    path = None if is_stdout(output) else output
    aligning.export(made, name, path, formats.WriteOptions(nulls="keep"))
    return filled


def _refuse_several(source: Source) -> None:
    """A draft of one text of a file would lose the others, and what is translated already."""
    from aligner.workflows import reading

    try:
        reading.read_alignment(source)
    except AlignerError:
        return  # one text
    raise UsageError(
        "the file holds texts side by side already: a draft of one would lose the others",
        context=source.name,
        hint="write the text to translate as a file of its own: aligner segment FILE --side source",
    )


def draft(
    memory: Memory,
    document: Document,
    source_lang: str = "",
    target_lang: str = "",
    least: float = _LEAST,
) -> tuple[Alignment, Filled]:
    """An alignment of a segmented text with its matches of at least `least`, and how many there are.

    A bead's confidence is the score of its match as a share; a fuzzy one says in its comment what
    the memory translated. Paragraphs keep their kinds. Raises StoreError where the memory has no
    such languages.
    """
    texts = [segment.text for segment in document.segments]
    langs = (source_lang or usable(memory, document.lang, target_lang), target_lang)
    filled = Filled(len(texts))
    matches: list[Match | None] = []
    for index, text in enumerate(texts):
        match = best(memory, langs, least, text, *neighbours(texts, index))
        matches.append(match)
        if match is not None:
            filled.count(match.is_exact)
    beads: list[Bead] = []
    paragraphs: list[Paragraph] = []
    made = 0
    for paragraph in document.paragraphs:
        pieces: list[str] = []
        for segment in paragraph.segments:
            match = matches[segment.index]
            here = range(made, made + (match is not None))
            beads.append(_bead(segment, here, match))
            if match is not None:
                words = unicodedata.normalize("NFC", match.unit.target)
                pieces.append(" ".join(words.split()))
                made = here.stop
        if pieces:
            paragraphs.append(_paragraph(paragraph, len(paragraphs), made - len(pieces), pieces))
    languages = [target_lang, *(m.unit.target_lang for m in matches if m is not None)]
    lang = next(filter(None, languages), "")
    target = Document(f"{document.id}-draft", lang, "", "", "", tuple(paragraphs))
    return Alignment(document, target, tuple(beads)), filled


def _bead(segment: Segment, target: range, match: Match | None) -> Bead:
    source = range(segment.index, segment.index + 1)
    if match is None:
        return Bead(source, target)
    share = min(match.score / 100.0, 1.0)
    comment = "" if match.is_exact else f"{match.score:.0f} % match of: {match.unit.source}"
    return Bead(source, target, confidence=share, comment=comment)


def _paragraph(like: Paragraph, number: int, first: int, pieces: list[str]) -> Paragraph:
    segments, at = [], 0
    for index, piece in enumerate(pieces, start=first):
        segments.append(Segment(index, number, at, at + len(piece), piece))
        at += len(piece) + 1
    return Paragraph(number, like.kind, " ".join(pieces), tuple(segments), level=like.level)
