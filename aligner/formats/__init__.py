"""Alignment -> files. Writers stream, read no clock unless told to, and never leave half a file.

- `tmx` TMX 1.4b for translation memories, one unit a bead, any number of languages
- `xliff`, `xliff2` XLIFF 1.2 and 2.1 for translation tools, the state from the review
- `tei` TEI P5 for scholarly editions: texts with stable ids, links stand-off
- `xces`, `intertext`, `vertical`, `conllu` for corpus tools (OPUS, InterText, Sketch Engine, UD)
- `moses` plain parallel text, one file a language
- `beads`, `ladder` plain index notations that evaluation tools read
- `tsv`, `csv`, `xlsx`, `jsonl` tables for spreadsheets and scripts
- `html` one page to read, side by side
- `json` our own lossless format (`.alignment.json`), one bead a line

Every writer has the shape `write(alignment, sink, options) -> None` and is loaded on use from
`WRITERS`; a sink is a file with named siblings (`aligner.files`), committed by the caller when
all its outputs are complete. What a format cannot hold, `losses` says in words.

Start reading from `units.units` (what a translation unit is) and `tmx.write`.
"""

from __future__ import annotations

from aligner.files import Sink
from aligner.formats.losses import left_out as _left_out
from aligner.formats.losses import losses as _losses
from aligner.formats.options import WriteOptions
from aligner.model import Alignment, AlignmentSet, UsageError
from aligner.registry import Table

__all__ = ["SUFFIXES", "WRITERS", "WriteOptions", "format_of", "left_out", "losses", "write"]

WRITERS = Table(
    kind="output format",
    group="aligner.writers",
    entries={
        "tmx": "aligner.formats.tmx.write:write",
        "tei": "aligner.formats.tei.write:write",
        "beads": "aligner.formats.beads.write:write",
        "tsv": "aligner.formats.tables.write_tsv:write",
        "xliff": "aligner.formats.xliff.write:write",
        "xliff2": "aligner.formats.xliff.write2:write",
        "xces": "aligner.formats.xces.write:write",
        "intertext": "aligner.formats.intertext.write:write",
        "vertical": "aligner.formats.vertical.write:write",
        "conllu": "aligner.formats.conllu.write:write",
        "html": "aligner.formats.html:write",
        "xlsx": "aligner.formats.xlsx.write:write",
        "csv": "aligner.formats.tables.write_csv:write",
        "jsonl": "aligner.formats.jsonl.write:write",
        "json": "aligner.formats.json.write:write",
        "moses": "aligner.formats.moses.write:write",
        "ladder": "aligner.formats.ladder.write:write",
    },
    extras={"xlsx": "xlsx"},
)

SUFFIXES = {
    ".tmx": "tmx",
    ".tmx.gz": "tmx",
    ".tei.xml": "tei",
    ".beads": "beads",
    ".tsv": "tsv",
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".html": "html",
    ".xlf": "xliff",
    ".xliff": "xliff",
    ".xliff2": "xliff2",
    ".xces.xml": "xces",
    ".intertext.xml": "intertext",
    ".vert": "vertical",
    ".conllu": "conllu",
    ".jsonl": "jsonl",
    ".moses": "moses",
    ".ladder": "ladder",
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


def losses(
    alignment: Alignment | AlignmentSet,
    format: str,  # noqa: A002
    options: WriteOptions | None = None,
) -> tuple[str, ...]:
    """What the format would not hold of this alignment, one sentence each; () where it holds all.

    Raises UsageError for a format nobody knows, or a flavour.
    """
    WRITERS.load(format)
    return _losses(WRITERS, format, alignment, options or WriteOptions())


def left_out(
    alignment: Alignment | AlignmentSet,
    format: str,  # noqa: A002
    options: WriteOptions | None = None,
) -> tuple[str, ...]:
    """Texts that the format would not have though it could hold them; raises as `losses`."""
    WRITERS.load(format)
    return _left_out(WRITERS, format, alignment, options or WriteOptions())
