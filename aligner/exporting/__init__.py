"""Alignment -> files. Writers stream, read no clock unless told to, and never leave half a file.

- `tmx` TMX 1.4b for translation memories, one unit a bead, any number of languages
- `tei` TEI P5 for scholarly editions: texts with stable ids, links stand-off
- `beads` the plain index notation that evaluation tools read
- `tsv` a table for spreadsheets and scripts
- `json` our own lossless format (`.alignment.json`), one bead a line

Every writer has the shape `write(alignment, sink, options) -> None` and is loaded on use from
`WRITERS`; a sink is a file with named siblings (`aligner.files`), committed by the caller when
all its outputs are complete.

Start reading from `units.units` (what a translation unit is) and `tmx.write`.
"""

from __future__ import annotations

from aligner.errors import UsageError
from aligner.exporting.options import WriteOptions
from aligner.files import Sink
from aligner.model import Alignment, AlignmentSet
from aligner.registry import Table

__all__ = ["SUFFIXES", "WRITERS", "WriteOptions", "format_of", "write"]

WRITERS = Table(
    kind="output format",
    group="aligner.writers",
    entries={
        "tmx": "aligner.exporting.tmx:write",
        "tei": "aligner.exporting.tei:write",
        "beads": "aligner.exporting.beads:write",
        "tsv": "aligner.exporting.tsv:write",
        "json": "aligner.exporting.alignment_json:write",
    },
)

SUFFIXES = {
    ".tmx": "tmx",
    ".tmx.gz": "tmx",
    ".tei.xml": "tei",
    ".beads": "beads",
    ".tsv": "tsv",
    ".alignment.json": "json",
}


def format_of(path_name: str) -> str:
    """The format that a file name asks for; the longest suffix wins, case does not count.

    Raises UsageError, naming the known suffixes, where there is none.
    """
    name = path_name.lower()
    for suffix in sorted(SUFFIXES, key=len, reverse=True):
        if name.endswith(suffix):
            return SUFFIXES[suffix]
    raise UsageError(
        "the name does not say which format to write",
        context=path_name,
        hint=f"known suffixes: {', '.join(SUFFIXES)}; or name the format with --to",
    )


def write(
    alignment: Alignment | AlignmentSet,
    format: str,  # noqa: A002 - the word users know
    sink: Sink,
    options: WriteOptions | None = None,
) -> None:
    """Write one format into a sink. The caller commits; on any error the sink is emptied.

    Raises UsageError for a format nobody knows, ExportError where the sink cannot hold it.
    """
    try:
        writer = WRITERS.load(format)
        writer(alignment, sink, options or WriteOptions())
    except BaseException:
        sink.discard()
        raise
