"""Beads as text, the notation of vecalign and of our gold: `[0, 1]:[0]:0.973`, null side `[]`.

Indexes are 0-based over each document. The third field is the confidence with three decimals; it
is absent where nobody estimated one. Readers that expect a cost there must not compare the two.
"""

from __future__ import annotations

from aligner.files import Sink
from aligner.formats.common.pairs import pairs
from aligner.formats.options import WriteOptions
from aligner.model import Alignment, AlignmentSet
from aligner.text.output import three_decimals

__all__ = ["write"]


def write(alignment: Alignment | AlignmentSet, sink: Sink, options: WriteOptions) -> None:
    """Write one bead a line.

    The notation holds two texts: of a set with several targets each alignment becomes a sibling
    (`out.es-en.beads`, `out.es-fr.beads`). Raises ExportError where the sink cannot hold these.
    """
    del options
    for pair in pairs(alignment):
        with sink.open(pair.suffix(".beads")) as out:
            for bead in pair.alignment.beads:
                line = f"{list(bead.source)}:{list(bead.target)}"
                if bead.confidence is not None:
                    line += f":{three_decimals(bead.confidence)}"
                out.write(f"{line}\n".encode())
