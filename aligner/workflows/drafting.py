"""A text and what the memory has of it, as an alignment: what any writer takes (`memory pretranslate
letter.docx -o letter.xlf`). Segments without a match have no counterpart, so that every format
shows in its own way what is left to translate.
"""

from __future__ import annotations

import unicodedata

from aligner.memory import Match, Memory
from aligner.model import Alignment, Bead, Document, Paragraph, Segment
from aligner.workflows.pretranslating import Filled, best, neighbours, usable

__all__ = ["draft"]


def draft(
    memory: Memory,
    document: Document,
    source_lang: str = "",
    target_lang: str = "",
    least: float = 75,
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
