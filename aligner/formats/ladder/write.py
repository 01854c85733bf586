r"""hunalign's ladder: rungs `i\tj\tscore`, each where a bead starts; the last is the end of both.

The texts are not in it: positions count the segments of each document. The score is the confidence
of the bead that starts at the rung, empty where nobody estimated one; hunalign's own are costs and
must not be compared with it. A null run of both sides is read by hunalign as one bead.
"""

from __future__ import annotations

from aligner.files import Sink
from aligner.formats.common.pairs import pairs
from aligner.formats.options import WriteOptions
from aligner.model import Alignment, AlignmentSet
from aligner.text.output import three_decimals

__all__ = ["write"]


def write(alignment: Alignment | AlignmentSet, sink: Sink, options: WriteOptions) -> None:
    """Write one rung a line. Raises ExportError where the sink cannot be written."""
    del options
    for pair in pairs(alignment):
        i = j = 0
        with sink.open(pair.suffix(".ladder")) as out:
            for bead in pair.alignment.beads:
                confidence = "" if bead.confidence is None else three_decimals(bead.confidence)
                out.write(f"{i}\t{j}\t{confidence}\n".encode())
                i, j = i + len(bead.source), j + len(bead.target)
            out.write(f"{i}\t{j}\t\n".encode())
