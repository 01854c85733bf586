"""XCES alignment as OPUS publishes: `cesAlign` with links between sentence numbers, the texts beside.

    out.xces.xml            <linkGrp fromDoc="out.xces.es.xml" toDoc="out.xces.en.xml">
                            <link id="SL1" xtargets="1 2;1" certainty="0.973"/>
    out.xces.es.xml ...     <s id="1">...</s>  (`sentence_xml`)

- ids of the source come first, then of the target; a null bead has nothing on its side of `;`
- `certainty` is the confidence, so that `opus_read -a certainty -tr 0.9` filters
- a set has one `linkGrp` a target. `opus_read -af out.xml -dl FOLDER` finds the texts by name

The DTD that OPUS names (`dtd/xcesAlign.dtd`) is published nowhere; no reader checks against it.
"""

from __future__ import annotations

import itertools

from aligner.files import Sink
from aligner.files.xml_text import DECLARATION, TextStream, attributes
from aligner.formats.common.ids import prefixes
from aligner.formats.common.sentence_xml import write_text
from aligner.formats.options import WriteOptions
from aligner.model import Alignment, AlignmentSet, Bead, as_set
from aligner.text.output import three_decimals

__all__ = ["write"]

_DOCTYPE = '<!DOCTYPE cesAlign PUBLIC "-//CES//DTD XML cesAlign//EN" "">\n'


def write(alignment: Alignment | AlignmentSet, sink: Sink, options: WriteOptions) -> None:
    """Write links and texts. Raises ExportError where the sink holds one file only."""
    del options
    alignments = as_set(alignment)
    suffixes = [f".xces.{name}.xml" for name in prefixes(alignments.documents)]
    files = [sink.name(suffix) for suffix in suffixes]
    for document, suffix in zip(alignments.documents, suffixes, strict=True):
        write_text(sink, suffix, document, lambda s: str(s.index + 1))
    with sink.open() as raw, TextStream(raw) as out:
        out.write(f'{DECLARATION}{_DOCTYPE}<cesAlign version="1.0">\n')
        numbers = itertools.count(1)
        for one, file in zip(alignments.alignments, files[1:], strict=True):
            described = attributes(targType="s", fromDoc=files[0], toDoc=file)
            out.write(f"<linkGrp{described}>\n")
            for bead in one.beads:
                out.write(_link(next(numbers), bead))
            out.write("</linkGrp>\n")
        out.write("</cesAlign>\n")


def _link(number: int, bead: Bead) -> str:
    sides = (" ".join(str(k + 1) for k in side) for side in (bead.source, bead.target))
    confidence = "" if bead.confidence is None else three_decimals(bead.confidence)
    certainty = attributes(certainty=confidence)
    return f'<link id="SL{number}" xtargets="{";".join(sides)}"{certainty}/>\n'
