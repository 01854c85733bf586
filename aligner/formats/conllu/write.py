"""Parallel text in the shape of CoNLL-U (Universal Dependencies): one file a language, one token a
line, ten columns of which form and SpaceAfter are known.

    # newdoc id = es
    # newpar id = es.p1
    # sent_id = es.s1
    # align = en.s1 en.s2
    # confidence = 0.973
    # text = La casa vacía.
    1   La   _   _ ...

`align` names the counterparts (empty: none) as ids of the other files; with several targets those of
all. Tokens are made by `words`; the other columns are for parsers to fill. A sentence without any
token has one, `_`, as the format wants.
"""

from __future__ import annotations

from aligner.files import Sink
from aligner.files.xml_text import TextStream
from aligner.formats.common.ids import prefixes, segment_id
from aligner.formats.options import WriteOptions
from aligner.model import Alignment, AlignmentSet, Document, as_set
from aligner.text.output import one_line, three_decimals
from aligner.text.words import tokens

__all__ = ["write"]


def write(alignment: Alignment | AlignmentSet, sink: Sink, options: WriteOptions) -> None:
    """Write a file a language. Raises ExportError where the sink holds one file only."""
    del options
    alignments = as_set(alignment)
    documents = alignments.documents
    names = prefixes(documents)
    links = _links(alignments, names)
    for document, name, linked in zip(documents, names, links, strict=True):
        with sink.open(f".{name}.conllu") as raw, TextStream(raw) as out:
            _text(document, name, linked, out)


class _Link:
    """What one segment is aligned with, and the weakest confidence of that."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.confidence: float | None = None

    def add(self, ids: list[str], confidence: float | None) -> None:
        self.ids += ids
        known = [c for c in (self.confidence, confidence) if c is not None]
        self.confidence = min(known) if known else None


def _links(alignments: AlignmentSet, names: tuple[str, ...]) -> list[list[_Link]]:
    links = [[_Link() for _ in document.segments] for document in alignments.documents]
    for number, one in enumerate(alignments.alignments, start=1):
        for bead in one.beads:
            for i in bead.source:
                ids = [segment_id(names[number], j) for j in bead.target]
                links[0][i].add(ids, bead.confidence)
            for j in bead.target:
                ids = [segment_id(names[0], i) for i in bead.source]
                links[number][j].add(ids, bead.confidence)
    return links


def _text(document: Document, prefix: str, links: list[_Link], out: TextStream) -> None:
    out.write(f"# newdoc id = {prefix}\n")
    for paragraph in document.paragraphs:
        for segment in paragraph.segments:
            if segment is paragraph.segments[0]:
                out.write(f"# newpar id = {prefix}.p{paragraph.index + 1}\n")
                out.write(f"# kind = {paragraph.kind}\n")
                if paragraph.speaker is not None:
                    out.write(f"# speaker = {one_line(paragraph.speaker)}\n")
            link = links[segment.index]
            out.write(f"# sent_id = {segment_id(prefix, segment.index)}\n")
            out.write(f"# align = {' '.join(link.ids)}".rstrip() + "\n")
            if link.confidence is not None:
                out.write(f"# confidence = {three_decimals(link.confidence)}\n")
            text = one_line(segment.text)
            out.write(f"# text = {text}".rstrip() + "\n")
            out.write("".join(_rows(text)) + "\n")


def _rows(text: str) -> list[str]:
    words = list(tokens(text))
    rows = []
    for number, token in enumerate(words, start=1):
        glued = number < len(words) and words[number].glued
        form = text[token.start : token.end]
        misc = "SpaceAfter=No" if glued else "_"
        rows.append(f"{number}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}\n")
    return rows or ["1\t_\t_\t_\t_\t_\t_\t_\t_\t_\n"]
