"""TEI P5 (Guidelines 4.x): texts with stable ids, what translates what in stand-off links.

- `view` one document as TEI sees it: its prefix of ids, its null marks, its speakers
- `header` teiHeader (chapter 2): sources, people, method, the program and its parameters
- `body` paragraphs as div, head, p, sp, list, quote, figure, note, stage (chapters 3, 4, 7)
- `inline` bold, italic, links inside and between segments
- `links` standOff with linkGrp and join (chapter 16)
- `layouts` how these make files: corpus, separate, parallel

Promises: valid against tei_all; concatenating the text of the element that carries a paragraph's
xml:id gives the paragraph's text (without characters XML forbids); a link has two pointers, one
a side; no id twice, even for two texts in one language; xml:lang is right on every text.

Start reading from `layouts.corpus`.
"""

from __future__ import annotations

from collections.abc import Iterator

from aligner.files import Sink
from aligner.formats.options import WriteOptions
from aligner.formats.tei.layouts import LAYOUTS
from aligner.formats.tei.view import lost_links
from aligner.model import Alignment, AlignmentSet, as_set

__all__ = ["losses", "write"]


def losses(alignment: Alignment | AlignmentSet, options: WriteOptions) -> Iterator[str]:
    """Links between words need words that are marked, links inside a text the place they lead to."""
    made = as_set(alignment)
    if not options.words and any(one.words for one in made.alignments):
        yield "links between words (--tei-words keeps them)"
    if any(lost_links(document) for document in made.documents):
        yield "where links lead whose place is not in the text (their words stay, marked as links)"


def write(alignment: Alignment | AlignmentSet, sink: Sink, options: WriteOptions) -> None:
    """Write TEI P5 in the layout of the options.

    Raises ExportError where the sink cannot hold the files of the layout.
    """
    LAYOUTS[options.layout](as_set(alignment), sink, options)
