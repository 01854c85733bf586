"""A table for spreadsheets: the columns of `tsv`, separated by commas (RFC 4180), with a byte order
mark so that Excel reads UTF-8.

A cell that a spreadsheet would take for a formula (it starts with `=`, `+`, `-`, `@`, their
full-width forms, a tab or a line break) gets an apostrophe before it, as OWASP advises: a text from
the web must not run a command on a translator's machine. Texts are else as they are.
"""

from __future__ import annotations

import csv
import io
import re

from aligner.files import Sink
from aligner.formats.common.ids import prefixes
from aligner.formats.common.to_units import came_as_units, stream_of
from aligner.formats.options import WriteOptions
from aligner.formats.tables.write_tsv import has_quality, header, losses, row
from aligner.model import Alignment, AlignmentSet, as_set, rows_of

__all__ = ["DANGER", "FORMULA", "losses", "safe", "write"]

FORMULA = tuple("=+-@＝＋－＠\t\r\n")
# apostrophes before it too, so that one can always be taken away again
DANGER = re.compile(f"'*[ \xa0]*[{re.escape(''.join(FORMULA))}]")


def write(alignment: Alignment | AlignmentSet, sink: Sink, options: WriteOptions) -> None:
    """Write the table. Raises ExportError where the sink cannot be written."""
    if came_as_units(alignment):
        from aligner.formats.tables.write_units import write_csv_units  # it writes with `row`

        write_csv_units(stream_of(alignment), sink, options)
        return
    alignments = as_set(alignment)
    documents = alignments.documents
    names = prefixes(documents)
    with sink.open() as raw:
        raw.write(b"\xef\xbb\xbf")
        out = io.TextIOWrapper(raw, "utf-8", errors="replace", newline="")
        try:
            table = csv.writer(out, lineterminator="\r\n")
            rated = has_quality(alignments)
            table.writerow(header(len(documents), rated=rated))
            for number, unit in enumerate(rows_of(alignments), start=1):
                table.writerow(map(safe, row(number, unit, documents, names, rated=rated)))
        finally:
            out.detach()


def safe(cell: str) -> str:
    """The cell as no spreadsheet takes it for a formula."""
    cell = cell.replace("\0", "")
    return f"'{cell}" if DANGER.match(cell) else cell
