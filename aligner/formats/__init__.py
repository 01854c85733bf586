"""Files that hold several texts, read and written. Writers stream, read no clock unless told to, and never leave half a file.

- `tmx` TMX 1.4b for translation memories, one unit a bead, any number of languages
- `xliff`, `xliff2` XLIFF 1.2 and 2.1 for translation tools, the state from the review
- `tei` TEI P5 for scholarly editions: texts with stable ids, links stand-off
- `xces`, `intertext`, `vertical`, `conllu` for corpus tools (OPUS, InterText, Sketch Engine, UD)
- `moses` plain parallel text, one file a language
- `srt`, `vtt`, `ttml` subtitles, one file a language; what has no times takes them through the beads;
  `both-srt`, `both-vtt`, `ass` all languages in every cue
- `docx`, `odt` texts side by side for people with word processors; `epub` a bilingual book
- `beads`, `ladder` plain index notations that evaluation tools read
- `tsv`, `csv`, `xlsx`, `jsonl`, `parquet` tables for spreadsheets and scripts
- `html` one page to read, side by side
- `json` our own lossless format (`.alignment.json`), one bead a line

Each is a package with `read`, `write`, `validate`, `stream` where that applies, and declares a
`Format` (`base`): names, suffixes, what it can hold. Every writer has the shape
`write(alignment, sink, options) -> None`; a sink is a file with named siblings (`aligner.files`),
committed by the caller when all its outputs are complete. What a format cannot hold, `losses` says
in words.

Start reading from `base`, then `tmx`.
"""

from __future__ import annotations

from aligner.files import Sink
from aligner.formats.base import (
    FOREIGN,
    WORDS,
    AlignmentReader,
    Format,
    LinkReader,
    UnitWriter,
    Writer,
)
from aligner.formats.beads import BEADS
from aligner.formats.conllu import CONLLU
from aligner.formats.epub import EPUB
from aligner.formats.html import HTML
from aligner.formats.intertext import INTERTEXT
from aligner.formats.json import JSON
from aligner.formats.jsonl import JSONL
from aligner.formats.ladder import LADDER
from aligner.formats.lost import UnitLosses
from aligner.formats.lost import left_out as _left_out
from aligner.formats.lost import losses as _losses
from aligner.formats.moses import MOSES
from aligner.formats.office import DOCX, ODT
from aligner.formats.options import WriteOptions, parse_size
from aligner.formats.origins import placed
from aligner.formats.parquet import PARQUET
from aligner.formats.po import PO
from aligner.formats.subtitles import ASS, BOTH_SRT, BOTH_VTT, SRT, TTML, VTT
from aligner.formats.tables import CSV, TSV
from aligner.formats.tei import TEI
from aligner.formats.tmx import TMX
from aligner.formats.vertical import VERTICAL
from aligner.formats.xces import XCES
from aligner.formats.xliff import XLIFF, XLIFF2
from aligner.formats.xlsx import XLSX
from aligner.model import Alignment, AlignmentSet, UsageError, as_set
from aligner.registry import Table, imported

__all__ = [
    "ALIGNMENTS",
    "FOREIGN",
    "FORMATS",
    "LINKED",
    "SUFFIXES",
    "WORDS",
    "WRITERS",
    "Format",
    "UnitLosses",
    "WriteOptions",
    "fitting",
    "format_of",
    "left_out",
    "losses",
    "parse_size",
    "unit_writer",
    "write",
]

FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        TMX,
        TEI,
        BEADS,
        TSV,
        XLIFF,
        XLIFF2,
        XCES,
        INTERTEXT,
        VERTICAL,
        CONLLU,
        HTML,
        XLSX,
        CSV,
        JSONL,
        PARQUET,
        JSON,
        MOSES,
        LADDER,
        SRT,
        VTT,
        TTML,
        BOTH_SRT,
        BOTH_VTT,
        ASS,
        PO,
        DOCX,
        ODT,
        EPUB,
    )
}
_EXTRAS = {name: one.extra for name, one in FORMATS.items() if one.extra}
WRITERS: Table[Writer] = Table(
    kind="output format",
    group="aligner.writers",
    entries={name: one.write for name, one in FORMATS.items() if one.write},
    extras=_EXTRAS,
)
# in the order in which a file of unknown kind is offered to them
_ASKED = ("json", "tmx", "xliff", "tei", "po", "tsv", "csv", "jsonl", "parquet", "xlsx")
ALIGNMENTS: Table[AlignmentReader] = Table(
    kind="alignment format",
    group="aligner.alignment_readers",
    entries={name: load for name in _ASKED if (load := FORMATS[name].read_alignment)},
    extras=_EXTRAS,
)
LINKED: Table[LinkReader] = Table(
    kind="format of links",
    group="aligner.link_readers",
    entries={name: one.read_links for name, one in FORMATS.items() if one.read_links},
)

SUFFIXES = {suffix: name for name, one in FORMATS.items() for suffix in one.suffixes}


def format_of(path_name: str) -> str:
    """The format that a file name asks for; the longest suffix wins, case does not count.

    Raises UsageError, naming the known suffixes, where there is none.
    """
    name = path_name.lower()
    for suffix in sorted(SUFFIXES, key=len, reverse=True):
        if name.endswith(suffix):
            return SUFFIXES[suffix]
    last = name.rpartition(".")[2]
    known = ", ".join(SUFFIXES)
    several = [suffix for suffix in SUFFIXES if suffix.endswith(f".{last}")]
    raise UsageError(
        "the name does not say which format to write",
        context=path_name,
        hint=f".{last} may be {', '.join(several)}; or name the format with --to"
        if several
        else f"known suffixes: {known}; or name the format with --to",
    )


def unit_writer(name: str) -> UnitWriter:
    """What writes units one at a time in the format `name`, a key of FORMATS.

    Raises UsageError for a format that is not written so, MissingExtra where its library is absent.
    """
    form = FORMATS[name]
    if form.write_units is None:
        raise UsageError(f"{name} is not written unit by unit")
    return imported(form.write_units, f"output format {name!r}", form.extra)


def fitting(alignment: Alignment | AlignmentSet) -> list[str]:
    """The output formats that this alignment can be written in: subtitles only where it has times."""
    texts = as_set(alignment).documents
    timed = any(paragraph.times for text in texts for paragraph in text.paragraphs)
    return [
        name
        for name in WRITERS.names()
        if timed or name not in FORMATS or not FORMATS[name].needs_times
    ]


def write(
    alignment: Alignment | AlignmentSet,
    format: str,  # noqa: A002 - the word users know
    sink: Sink,
    options: WriteOptions | None = None,
) -> None:
    """Write one format into a sink. The caller commits; on any error the sink is emptied.

    Absolute paths of texts do not enter the files (`origins`). Raises UsageError for a format nobody knows, ExportError where the sink cannot hold it.
    """
    try:
        writer = WRITERS.load(format)
        told = placed(alignment, sink.folder, seen_from_file=format == JSON.name)
        writer(told, sink, options or WriteOptions())
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
    return _losses(FORMATS.get(format), alignment, options or WriteOptions())


def left_out(
    alignment: Alignment | AlignmentSet,
    format: str,  # noqa: A002
    options: WriteOptions | None = None,
) -> tuple[str, ...]:
    """Texts that the format would not have though it could hold them; raises as `losses`."""
    WRITERS.load(format)
    return _left_out(FORMATS.get(format), alignment, options or WriteOptions())
