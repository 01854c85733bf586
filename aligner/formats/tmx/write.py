"""TMX 1.4b (LISA OSCAR, 2005): one `tu` a unit, one `tuv` a language; level 1, plain text, or
level 2 with inline codes.

Units of TMX come back as they were, under the header that they had. What is written for others,
each decision made by what clients accept (OmegaT, translate-toolkit, Poedit, Trados exports):

- no DOCTYPE: all clients tried load files without it, and a parser that resolves external
  entities fails on `SYSTEM "tmx14.dtd"` where that file is not beside the document; the files are
  valid against that DTD all the same (`xmllint --dtdvalid tmx14.dtd`)
- `srclang` is the real language: without it OmegaT and Poedit refuse the file
- language tags with hyphens, XML-illegal characters removed, the texts of an alignment on one line
  without white space around: each of these makes units useless in OmegaT without a message
- `x-Origin` Alignment for what was aligned, so that Trados can apply its penalty, with
  `x-ConfirmationLevel` Draft until a person has accepted or edited the bead
- `x-review` says where a person has edited; `x-segment-lengths` parts a variant of several
  segments again (code points of each)
- `creationdate` of header and unit is the time of export, where it may be known; that of a variant
  the day on which its text appeared
- a file name that ends in `.gz` is compressed; `options.split` starts a new file (`out.2.tmx`)
  before that many bytes (uncompressed)

Start reading from `write_units`; `tu` makes the units.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from types import TracebackType
from typing import Self

from aligner.files import Sink
from aligner.files.compressed import opened
from aligner.files.xml_text import DECLARATION, TextStream, attribute
from aligner.formats.common.to_units import units_of
from aligner.formats.options import WriteOptions
from aligner.formats.tmx.codes import TAGGED, TagWriter
from aligner.formats.tmx.flavours import flavour
from aligner.formats.tmx.marks import Marks, marks_of, without_marks
from aligner.formats.tmx.properties import FORM
from aligner.formats.tmx.tu import Made, TuWriter, prop, written_notes, written_properties
from aligner.languages.tags import primary
from aligner.model import (
    Alignment,
    AlignmentSet,
    ExportError,
    Header,
    Unit,
    UnitStream,
    UsageError,
    as_set,
    rows_of,
)
from aligner.text.output import bcp47, joined, one_line, xml_safe
from aligner.text.wording import Forms, numbered

__all__ = ["left_out", "write", "write_pool", "write_units"]

NULLS = ".nulls"
ALONE = (
    "segment without a counterpart (--nulls keep or separate writes it)",
    "segments without a counterpart (--nulls keep or separate writes them)",
)
_END = "</body>\n</tmx>\n"
Pairs = tuple[tuple[str, str], ...]


def write_units(stream: UnitStream, sink: Sink, options: WriteOptions) -> int:
    """Write TMX 1.4b; returns how many units. With `nulls="separate"` those in one language, which
    came from no TMX, go to a sibling `.nulls.tmx`.

    Raises UsageError for an unknown flavour, ExportError where the sink cannot be written, and what
    the stream raises.
    """
    units = iter(stream)
    first = next(units, None)
    header = stream.header
    if header.form != FORM:  # the words of another format
        lang = header.source_lang or (first.source_lang if first is not None else "")
        header = Header(source_lang=lang)
    writer = TuWriter(options, _tags(header))
    started = chain([first], units) if first is not None else units
    made = writer.made(started, left=stream.altered)
    return _write(sink, _head(header, writer, options), made, options, stream.altered)


def write(
    alignment: Alignment | AlignmentSet,
    sink: Sink,
    options: WriteOptions,
    units: Iterable[Unit] | None = None,
) -> None:
    """Write an alignment as `write_units` writes its units; raises as that. `units`: its units with
    tags of OmegaT's in them, which are written as text, as OmegaT writes them.
    """
    alignments = as_set(alignment)
    documents = alignments.documents
    signatures = tuple(
        ("x-signature", str(one.signature)) for one in alignments.alignments if one.signature.parts
    )
    header = Header(source_lang=documents[0].lang, properties=signatures)
    if units is not None:
        header = replace(header, properties=(*signatures, TAGGED))
    writer = TuWriter(options, TagWriter(omegat=units is not None))
    made = writer.made(units_of(alignments) if units is None else units, documents)
    _write(sink, _head(header, writer, options), made, options)


def write_pool(alignments: Iterable[Alignment], sink: Sink, options: WriteOptions) -> int:
    """Many alignments of the same two languages as one memory; returns the number of its units.

    The alignments are taken one at a time: a memory of any size needs no more than the largest.
    Raises UsageError where their languages differ, ExportError for none or a sink that fails.
    """
    stream = iter(alignments)
    first = next(stream, None)
    if first is None:
        raise ExportError("there is nothing to write", hint="the filter lets nothing pass")
    pair = (primary(first.source.lang), primary(first.target.lang))
    writer = TuWriter(options)

    def made() -> Iterator[Made]:
        for one in chain([first], stream):
            if (primary(one.source.lang), primary(one.target.lang)) != pair:
                raise UsageError(
                    f"{one.source.id} is {one.source.lang}-{one.target.lang}, others are "
                    f"{first.source.lang}-{first.target.lang}",
                    hint="write a memory for each pair of languages",
                )
            yield from writer.made(units_of(one), (one.source, one.target))

    head = _head(Header(source_lang=first.source.lang), writer, options)
    return _write(sink, head, made(), options)


def left_out(alignment: Alignment | AlignmentSet, options: WriteOptions) -> Iterator[str]:
    """What of this alignment the file leaves out: nulls that are skipped, segments too long."""
    alignments = as_set(alignment)
    limit = flavour(options.flavour).limit
    long: list[str] = []
    nulls = 0
    for row in rows_of(alignments):
        texts = [
            one_line(joined(document, side)) if side else ""
            for document, side in zip(alignments.documents, row.sides, strict=True)
        ]
        if len(texts) - texts.count("") == 1 and options.nulls == "skip":
            nulls += 1
        elif limit and any(len(text) > limit for text in texts):
            long.append(str(next(side[0].index + 1 for side in row.sides if side)))
    if nulls:
        yield numbered(nulls, *ALONE)
    if long:
        shown = ", ".join(long[:10]) + (" ..." if len(long) > 10 else "")
        units = numbered(len(long), "unit", "units")
        yield f"{units} longer than {limit} characters (segments {shown})"


class _Files:
    """The file of a memory, or the several that `options.split` makes of it.

    The first of a plain memory has the sink's own name; each has one unit at least.
    """

    def __init__(self, sink: Sink, stem: str, head: str, split: int) -> None:
        self._sink, self._stem, self._head, self._split = sink, stem, head, split
        self._frame = len(head.encode("utf-8", "backslashreplace")) + len(_END)
        self._number = 1
        self._size = 0
        self._stack = contextlib.ExitStack()
        self._out = self._start()

    def _start(self) -> TextStream:
        number = f".{self._number}" if self._number > 1 else ""
        suffix = f"{self._stem}{number}.tmx" if self._stem or number else ""
        raw = self._stack.enter_context(opened(self._sink, suffix))
        out = self._stack.enter_context(TextStream(raw))
        out.write(self._head)
        return out

    def write(self, text: str) -> None:
        """Add a unit."""
        if self._split:
            size = len(text.encode("utf-8", "backslashreplace"))
            if self._size and self._frame + self._size + size > self._split:
                self._out.write(_END)
                self._stack.close()
                self._number += 1
                self._size = 0
                self._out = self._start()
            self._size += size
        self._out.write(text)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if kind is None:
            self._out.write(_END)
        self._stack.__exit__(kind, error, trace)


def _write(
    sink: Sink,
    head: str,
    units: Iterator[Made],
    options: WriteOptions,
    left: Counter[Forms] | None = None,
) -> int:
    """All units in as many files as it takes; `left` counts those that the user does not want."""
    count = 0
    with contextlib.ExitStack() as stack:
        out = stack.enter_context(_Files(sink, "", head, options.split))
        apart = None
        if options.nulls == "separate":
            apart = stack.enter_context(_Files(sink, NULLS, head, options.split))
        for text, alone in units:
            if not alone or options.nulls == "keep":
                out.write(text)
            elif apart is not None:
                apart.write(text)
            else:
                if left is not None:
                    left[ALONE] += 1
                continue
            count += 1
    return count


def _tags(header: Header) -> TagWriter:
    declared = dict(header.attributes) if header.form == FORM else {}
    prefixes = [name.removeprefix("xmlns:") for name in declared if name.startswith("xmlns:")]
    omegat = declared.get("creationtool") == "OmegaT" or TAGGED in header.properties
    return TagWriter(omegat=omegat, prefixes=prefixes)


def _head(header: Header, writer: TuWriter, options: WriteOptions) -> str:
    """Everything before the units: `header` with what DTD and clients require."""
    tool = xml_safe(options.tool)
    values = {
        "creationtool": tool,
        "creationtoolversion": xml_safe(options.version),
        "segtype": "sentence",
        "o-tmf": tool,
        "adminlang": "en",
        "srclang": bcp47(header.source_lang) if header.source_lang else "*all*",
        "datatype": "html" if options.inline else "plaintext",
    }
    if writer.date:
        values["creationdate"] = writer.date
    root = ""
    marks: Marks = {}
    if header.form == FORM:
        marks = marks_of(header.attributes, header.properties, header.notes)
        attributes = without_marks(header.attributes)
        own = [(n, v) for n, v in attributes if not n.startswith("xmlns")]
        missing = [(n, v) for n, v in values.items() if n not in dict(own)]
        root = _attributes([p for p in attributes if p[0].startswith("xmlns")])
        values = dict([*own, *missing])
    inside = [
        written_notes(header.notes, marks),
        header.content,
        written_properties(header.properties, marks),
        *(prop(f"x-{xml_safe(name)}", one_line(value)) for name, value in options.parameters),
    ]
    made = _attributes(values.items())
    filled = f"<header{made}>{''.join(inside)}</header>" if any(inside) else f"<header{made}/>"
    return f'{DECLARATION}<tmx version="1.4"{root}>\n{filled}\n<body>\n'


def _attributes(pairs: Iterable[tuple[str, str]]) -> str:
    return "".join([f' {name}="{attribute(value)}"' for name, value in pairs])
