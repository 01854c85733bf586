"""The interview of corpora/: the pages as read, the segments and beads of its gold."""

from __future__ import annotations

from dataclasses import replace

from aligner.engine.evaluating import load_gold
from aligner.model import Alignment, Bead, Document, Segment
from aligner.workflows.aligning import open_document, read_source
from tests.conftest import CORPORA

__all__ = ["interview"]


def interview() -> Alignment:
    folder = CORPORA / "interview"
    case = load_gold(folder)
    sides = [
        _segmented(open_document(read_source(str(folder / f"{lang}.html")), lang), gold)
        for lang, gold in (("es", case.source), ("en", case.target))
    ]
    beads, i, j = [], 0, 0
    for bead in case.gold:
        beads.append(Bead(range(i, i + len(bead.source)), range(j, j + len(bead.target)), 0.0, 0.9))
        i, j = i + len(bead.source), j + len(bead.target)
    return Alignment(sides[0], sides[1], tuple(beads))


def _segmented(document: Document, gold: tuple[str, ...] | list[str]) -> Document:
    """The paragraphs of the page, cut where the gold cuts them."""
    paragraphs, k = [], 0
    for paragraph in document.paragraphs:
        text, place, segments = paragraph.text.replace("\u00a0", " "), 0, []
        while paragraph.segments and k < len(gold):
            start = text.find(gold[k], place)
            if start < 0:
                break
            place = start + len(gold[k])
            segments.append(Segment(k, paragraph.index, start, place, paragraph.text[start:place]))
            k += 1
        paragraphs.append(replace(paragraph, segments=tuple(segments)))
    assert k == len(gold), gold[k]
    return replace(document, paragraphs=tuple(paragraphs))
