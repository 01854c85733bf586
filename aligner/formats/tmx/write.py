"""TMX 1.4b (LISA OSCAR, 2005): one `tu` a unit, one `tuv` a language; level 1, plain text, or
level 2 with inline codes (`options.inline`).

Decisions, each made by what clients accept (OmegaT, translate-toolkit, Poedit, Trados exports):

- no DOCTYPE: all clients tried load files without it, and a parser that resolves external
  entities fails on `SYSTEM "tmx14.dtd"` where that file is not beside the document; the files are
  valid against that DTD all the same (`xmllint --dtdvalid tmx14.dtd`)
- `srclang` is the real language: without it OmegaT and Poedit refuse the file
- language tags with hyphens, no white space in or around the text of `seg`, XML-illegal
  characters removed: each of these makes units useless in OmegaT without a message
- `tuid` is a hash of the texts and the documents, so that it survives insertions elsewhere;
  an ordinal follows where the same unit comes again
- `x-Origin` Alignment, so that Trados can apply its penalty; `x-ConfirmationLevel` Draft until a
  person has accepted or edited the bead
- `x-review` says where a person has edited; `x-segment-lengths` parts a variant of several
  segments again (code points of each)
- `creationdate` of header and unit is the time of export, where it may be known; that of a variant
  the day on which its text appeared
- a file name that ends in `.gz` is compressed; `options.split` starts a new file (`out.2.tmx`)
  before that many bytes (uncompressed)

Start reading from `write`; `tmx_units` makes the units.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from aligner.files import Sink
from aligner.files.compressed import opened
from aligner.files.xml_text import DECLARATION, Stream, attributes
from aligner.formats.options import WriteOptions
from aligner.formats.tmx.write_units import Made, UnitWriter, prop
from aligner.model import Alignment, AlignmentSet, ExportError, Signature, UsageError, as_set
from aligner.text.output import one_line, xml_safe

__all__ = ["left_out", "write", "write_pool"]


NULLS = ".nulls"
_END = "</body>\n</tmx>\n"


def write(alignment: Alignment | AlignmentSet, sink: Sink, options: WriteOptions) -> None:
    """Write TMX 1.4b; with `nulls="separate"` also a sibling `.nulls.tmx`.

    Raises UsageError for an unknown flavour, ExportError where the sink cannot be written.
    """
    alignments = as_set(alignment)
    units = UnitWriter(alignments, options)
    head = _head(alignments, units, options)
    _write(sink, "", head, (m for m in units.made() if _wanted(m, options)), options)
    if options.nulls == "separate":
        _write(sink, NULLS, head, (m for m in units.made() if m.languages == 1), options)


def write_pool(alignments: Iterable[Alignment], sink: Sink, options: WriteOptions) -> int:
    """Many alignments of the same two languages as one memory; returns the number of its units.

    The alignments are taken one at a time: a memory of any size needs no more than the largest.
    Raises UsageError where their languages differ, ExportError for none or a sink that fails.
    """
    count = 0

    def made(first: Alignment) -> Iterator[Made]:
        nonlocal count
        for one in chain([first], stream):
            if (one.source.lang, one.target.lang) != (first.source.lang, first.target.lang):
                raise UsageError(
                    f"{one.source.id} is {one.source.lang}-{one.target.lang}, others are "
                    f"{first.source.lang}-{first.target.lang}",
                    hint="write a memory for each pair of languages",
                )
            for unit in UnitWriter(as_set(one), options).made():
                if _wanted(unit, options):
                    count += 1
                    yield unit

    stream = iter(alignments)
    first = next(stream, None)
    if first is None:
        raise ExportError("there is nothing to write", hint="the filter lets nothing pass")
    alone = as_set(replace(first, signature=Signature()))
    _write(sink, "", _head(alone, UnitWriter(alone, options), options), made(first), options)
    return count


def left_out(alignment: Alignment | AlignmentSet, options: WriteOptions) -> Iterator[str]:
    """What of this alignment the file leaves out: nulls that are skipped, segments too long."""
    units = UnitWriter(as_set(alignment), options)
    long: list[str] = []
    nulls = 0
    for sides, texts in units.texts():
        filled = sum(1 for text in texts if text)
        if filled == 1 and options.nulls == "skip":
            nulls += 1
        elif units.is_long(texts):
            where = next(side[0].index + 1 for side in sides if side)
            long.append(str(where))
    if nulls:
        yield f"{nulls} segments without a counterpart (--nulls keep or separate writes them)"
    if long:
        shown = ", ".join(long[:10]) + (" ..." if len(long) > 10 else "")
        limit = units.flavour.limit
        yield f"{len(long)} units longer than {limit} characters (segments {shown})"


def _wanted(made: Made, options: WriteOptions) -> bool:
    return made.languages > 1 or options.nulls == "keep"


@dataclass(slots=True)
class _File:
    """One file of several: how it is named and how much is in it."""

    stem: str
    number: int = 1
    size: int = 0

    @property
    def suffix(self) -> str:
        """Suffix for the sink: the first file of a plain memory is the sink's own name."""
        if self.number > 1:
            return f"{self.stem}.{self.number}.tmx"
        return f"{self.stem}.tmx" if self.stem else ""


def _write(sink: Sink, stem: str, head: str, units: Iterator[Made], options: WriteOptions) -> None:
    """All units in as many files as it takes; a file has one unit at least."""
    frame = len(head.encode("utf-8", "backslashreplace")) + len(_END)
    file = _File(stem)
    with contextlib.ExitStack() as stack:
        out = stack.enter_context(_file(sink, file, head))
        for made in units:
            if options.split:
                size = len(made.text.encode("utf-8", "backslashreplace"))
                if file.size and frame + file.size + size > options.split:
                    out.write(_END)
                    stack.close()
                    file = _File(stem, file.number + 1)
                    out = stack.enter_context(_file(sink, file, head))
                file.size += size
            out.write(made.text)
        out.write(_END)


@contextlib.contextmanager
def _file(sink: Sink, file: _File, head: str) -> Iterator[Stream]:
    with opened(sink, file.suffix) as raw, Stream(raw) as out:
        out.write(head)
        yield out


def _head(alignments: AlignmentSet, units: UnitWriter, options: WriteOptions) -> str:
    """Everything before the units: `header` with what DTD and clients require."""
    tool = xml_safe(options.tool)
    props = [
        prop("x-signature", str(one.signature))
        for one in alignments.alignments
        if one.signature.parts
    ]
    props += [prop(f"x-{xml_safe(name)}", one_line(value)) for name, value in options.parameters]
    said = attributes(
        creationtool=tool,
        creationtoolversion=xml_safe(options.version),
        segtype="sentence",
        o__tmf=tool,
        adminlang="en",
        srclang=units.langs[0],
        datatype="html" if options.inline else "plaintext",
        creationdate=units.date,
    )
    header = f"<header{said}>{''.join(props)}</header>" if any(props) else f"<header{said}/>"
    return f'{DECLARATION}<tmx version="1.4">\n{header}\n<body>\n'
