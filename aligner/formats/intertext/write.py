"""InterText: alignments between texts whose sentences are numbered in their paragraphs (`1:2`).

    out.intertext.xml       <linkGrp toDoc="out.intertext.en.xml" fromDoc="out.intertext.es.xml">
                            <link type="1-2" xtargets="1:1 1:2;1:1" status="man"/>
    out.intertext.es.xml    <s id="1:1">...</s>

The first ids are those of `toDoc`, the other way round than in XCES, and `type` counts in the same
order. Status: `auto`, or `man` where a person accepted or edited. One file a pair of languages
(`out.intertext.es-en.xml`); the sink's own name is that of a single pair.
"""

from __future__ import annotations

from collections.abc import Iterator

from aligner.files import Sink
from aligner.files.xml_text import DECLARATION, TextStream, attributes
from aligner.formats.common.ids import prefixes
from aligner.formats.common.pairs import Pair, pairs
from aligner.formats.common.sentence_xml import write_text
from aligner.formats.options import WriteOptions
from aligner.model import Alignment, AlignmentSet, Document, Segment, as_set
from aligner.text.wording import numbered

__all__ = ["losses", "write"]


def write(alignment: Alignment | AlignmentSet, sink: Sink, options: WriteOptions) -> None:
    """Write links and texts. Raises ExportError where the sink holds one file only."""
    del options
    documents = as_set(alignment).documents
    names = [_names(document) for document in documents]
    for document, prefix, ids in zip(documents, prefixes(documents), names, strict=True):
        write_text(sink, f".intertext.{prefix}.xml", document, lambda s, ids=ids: ids[s.index])  # type: ignore[misc]
    for pair, ids in zip(pairs(alignment), names[1:], strict=True):
        with sink.open(pair.suffix(".xml", ".intertext")) as raw, TextStream(raw) as out:
            _links(pair, (names[0], ids), sink, out)


def losses(alignment: Alignment | AlignmentSet, options: WriteOptions) -> Iterator[str]:
    """`man` says that a person was there, not what was done."""
    del options
    edited = sum(b.status == "edited" for pair in pairs(alignment) for b in pair.alignment.beads)
    if edited:
        edits = numbered(
            edited,
            "bead was edited and not only accepted",
            "beads were edited and not only accepted",
        )
        yield f"which {edits}"


def _names(document: Document) -> list[str]:
    """`paragraph:sentence` of every segment, both counted from 1."""
    numbers = {p.index: n for n, p in enumerate(document.paragraphs, start=1)}
    first: dict[int, int] = {}

    def name(segment: Segment) -> str:
        start = first.setdefault(segment.paragraph, segment.index)
        return f"{numbers[segment.paragraph]}:{segment.index - start + 1}"

    return [name(segment) for segment in document.segments]


def _links(pair: Pair, names: tuple[list[str], list[str]], sink: Sink, out: TextStream) -> None:
    files = [sink.name(f".intertext.{name}.xml") for name in (pair.target, pair.source)]
    described = attributes(toDoc=files[0], fromDoc=files[1])
    out.write(f"{DECLARATION}<linkGrp{described}>\n")
    for bead in pair.alignment.beads:
        left = " ".join(names[1][j] for j in bead.target)
        right = " ".join(names[0][i] for i in bead.source)
        status = "auto" if bead.status == "auto" else "man"
        kind = f"{len(bead.target)}-{len(bead.source)}"
        out.write(f'<link type="{kind}" xtargets="{left};{right}" status="{status}"/>\n')
    out.write("</linkGrp>\n")
