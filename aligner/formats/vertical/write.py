r"""Vertical text for Sketch Engine and NoSketch Engine (Manatee), one file a language, and for every
target the map of its m:n alignment.

    out.es.vert        <doc id="es" ...> <p type="para"> <s id="es.s1"> one token a line, <g/> where
                       no space stood
    out.es-en.map      `0\t0`, `1,3\t1` (a range, both ends in), `4\t-1` (nothing there)

Structure numbers are those of `s`, from 0: the corpora are to be compiled with ALIGNSTRUCT "s".
A structure of the target that nothing corresponds to has its own row (`-1\t5`). Tokens are made by
`words`; tags and lemmas are for the tools of each language to add.
"""

from __future__ import annotations

from aligner.files import Sink
from aligner.files.xml_text import TextStream, attributes, content
from aligner.formats.common.ids import prefixes, segment_id
from aligner.formats.common.pairs import pairs
from aligner.formats.options import WriteOptions
from aligner.model import Alignment, AlignmentSet, Document, as_set
from aligner.text.output import bcp47, one_line
from aligner.text.words import tokens

__all__ = ["write"]


def write(alignment: Alignment | AlignmentSet, sink: Sink, options: WriteOptions) -> None:
    """Write texts and maps. Raises ExportError where the sink holds one file only."""
    del options
    documents = as_set(alignment).documents
    for document, prefix in zip(documents, prefixes(documents), strict=True):
        with sink.open(f".{prefix}.vert") as raw, TextStream(raw) as out:
            _text(document, prefix, out)
    for pair in pairs(alignment):
        with sink.open(f".{pair.source}-{pair.target}.map") as raw, TextStream(raw) as out:
            for bead in pair.alignment.beads:
                out.write(f"{_numbers(bead.source)}\t{_numbers(bead.target)}\n")


def _numbers(side: range) -> str:
    if not side:
        return "-1"
    return str(side.start) if len(side) == 1 else f"{side.start},{side.stop - 1}"


def _text(document: Document, prefix: str, out: TextStream) -> None:
    data = {name: " ".join(values) for name, values in sorted(document.metadata.items())}
    known = {name: one_line(value) for name, value in data.items() if name.isidentifier()}
    known.pop("id", None)
    described = {
        "id": prefix,
        "lang": bcp47(document.lang),
        "title": one_line(document.title),
        **known,
    }
    out.write(f"<doc{attributes(**described)}>\n")
    for paragraph in document.paragraphs:
        if not paragraph.segments:
            continue
        speaker = one_line(paragraph.speaker or "")
        out.write(f"<p{attributes(type=paragraph.kind, speaker=speaker)}>\n")
        for segment in paragraph.segments:
            out.write(f'<s id="{segment_id(prefix, segment.index)}">\n')
            text = one_line(segment.text)
            for token in tokens(text):
                glue = "<g/>\n" if token.glued else ""
                out.write(f"{glue}{content(text[token.start : token.end])}\n")
            out.write("</s>\n")
        out.write("</p>\n")
    out.write("</doc>\n")
