"""A whole corpus in one go: pooled files of every kind, or a file a pair.

Formats: `tmx`, `moses`, `jsonl`, `parquet`, `tei` (one teiCorpus), `vertical` (Sketch Engine: one
.vert a language, and the map), `opus` (what OPUS publishes, see `opus`). Alignments are taken one at a
time; nothing but counters is kept.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from aligner.files import FileSink, scratch_folder, sink_of, storage
from aligner.files import output as output_to
from aligner.formats import WriteOptions, unit_writer
from aligner.model import Alignment, ExportError, Unit, UnitStream, UsageError
from aligner.workflows.corpus.units import units_of

__all__ = ["POOLED", "SEVERAL", "export_pairs", "export_pool"]

SEVERAL = ("moses", "vertical", "opus")  # of several files each


def export_pool(
    alignments: Iterable[Alignment], name: str, output: Path, options: WriteOptions | None = None
) -> int:
    """Everything in the format `name` (a key of POOLED); returns the number of alignments.

    `output` is the file (tmx, jsonl, parquet, tei) or the stem (moses: `corpus` -> `corpus.es`,
    `corpus.en`; vertical) or the folder (opus). Raises ExportError where there is nothing, or
    where alignments of several pairs of languages meet in a format for one.
    """
    if name not in POOLED:
        raise UsageError(f"{name!r} cannot be pooled", hint=f"known: {', '.join(POOLED)}")
    count = 0

    def counted() -> Iterator[Alignment]:
        nonlocal count
        for one in alignments:
            count += 1
            yield one

    POOLED[name](counted(), output, options or WriteOptions())
    if not count:
        raise ExportError("there is nothing to write")
    return count


def export_pairs(
    alignments: Iterable[Alignment], name: str, folder: Path, options: WriteOptions | None = None
) -> int:
    """A file (or the files of one format) for every alignment, named by its document."""
    from aligner import formats
    from aligner.workflows.corpus.building import written_suffix

    formats.WRITERS.load(name)
    storage.make_folder(folder)
    count = 0
    for stem, one in _named(alignments):
        sink = FileSink(folder / (stem + written_suffix(name)), stem=stem)
        try:
            formats.write(one, name, sink, options or WriteOptions())
            sink.commit()
        finally:
            sink.discard()
        count += 1
    if not count:
        raise ExportError("there is nothing to write")
    return count


def _named(alignments: Iterable[Alignment]) -> Iterator[tuple[str, Alignment]]:
    """Each with a file name of its own, made of its document's id."""
    taken: dict[str, int] = {}
    for one in alignments:
        stem = re.sub(r"[^\w.-]+", "_", one.source.id).strip(".") or "text"
        taken[stem] = taken.get(stem, 0) + 1
        yield (stem if taken[stem] == 1 else f"{stem}-{taken[stem]}"), one


def _one_pair(alignments: Iterator[Alignment]) -> Iterator[Alignment]:
    """The same alignments, all of one pair of languages."""
    known: tuple[str, str] | None = None
    for one in alignments:
        langs = (one.source.lang, one.target.lang)
        known = known or langs
        if langs != known:
            raise ExportError(
                f"{one.source.id} is {'-'.join(langs)}, others are {'-'.join(known)}",
                hint="choose one with -s and -t, or --per-pair",
            )
        yield one


def _tmx(alignments: Iterator[Alignment], output: Path, options: WriteOptions) -> None:
    from aligner.formats.tmx import write_pool

    sink = sink_of(output)
    try:
        write_pool(alignments, sink, options)
        sink.commit()
    finally:
        sink.discard()


def _both(alignments: Iterable[Alignment]) -> Iterator[Unit]:
    for one in alignments:
        yield from (unit for unit in units_of(one) if not unit.is_null)


def _moses(alignments: Iterator[Alignment], output: Path, options: WriteOptions) -> None:
    del options
    sink = FileSink(output, stem=output.name)
    try:
        with ExitStack() as stack:
            sides: list[Any] = []
            for unit in _both(_one_pair(alignments)):
                if not sides:
                    names = [unit.source_lang or "source", unit.target_lang or "target"]
                    sides = [stack.enter_context(sink.open(f".{name}")) for name in names]
                for side, text in zip(sides, (unit.source, unit.target), strict=True):
                    side.write(f"{text}\n".encode("utf-8", "replace"))
        sink.commit()
    finally:
        sink.discard()


def _units(name: str) -> Callable[[Iterator[Alignment], Path, WriteOptions], None]:
    """What writes all units in a format that is written unit by unit."""

    def write(alignments: Iterator[Alignment], output: Path, options: WriteOptions) -> None:
        write_units = unit_writer(name)
        sink = sink_of(output)
        try:
            units = (unit for one in alignments for unit in units_of(one))
            write_units(UnitStream(units), sink, options)
            sink.commit()
        finally:
            sink.discard()

    return write


def _written(one: Alignment, name: str, stem: str, options: WriteOptions) -> dict[str, bytes]:
    """The files that a writer makes of one alignment."""
    from aligner import formats
    from aligner.workflows.corpus.building import written_suffix

    with scratch_folder() as folder:
        sink = FileSink(Path(folder, stem + written_suffix(name)), stem=stem)
        formats.write(one, name, sink, options)
        return {path.name: path.read_bytes() for path in sink.commit()}


def _vertical(alignments: Iterator[Alignment], output: Path, options: WriteOptions) -> None:
    from aligner.files.xml_text import attribute

    sink = FileSink(output, stem=output.name)
    offsets = [0, 0]
    try:
        with ExitStack() as stack:
            files: dict[str, Any] = {}
            for one in _one_pair(alignments):
                for name, data in sorted(_written(one, "vertical", "x", options).items()):
                    suffix = name[1:]
                    if suffix not in files:
                        files[suffix] = stack.enter_context(sink.open(suffix))
                    if suffix.endswith(".map"):
                        rows = (line.split("\t") for line in data.decode().splitlines())
                        moved = ["\t".join(_moved(row, offsets)) for row in rows]
                        files[suffix].write(
                            "".join(f"{row}\n" for row in moved).encode("utf-8", "backslashreplace")
                        )
                    else:
                        named = f'<doc id="{attribute(one.source.id)}"'
                        text = _renamed(data.decode(), named)
                        files[suffix].write(text.encode("utf-8", "backslashreplace"))
                offsets[0] += len(one.source.segments)
                offsets[1] += len(one.target.segments)
        sink.commit()
    finally:
        sink.discard()


def _renamed(text: str, start: str) -> str:
    """The text with another start tag up to the end of the document's id."""
    return start + re.sub(r'\A<doc id="[^"]*"', "", text)


def _moved(row: list[str], offsets: list[int]) -> Iterator[str]:
    """Structure numbers of one document as those of the whole corpus."""
    for cell, offset in zip(row, offsets, strict=True):
        yield cell if cell == "-1" else ",".join(str(int(n) + offset) for n in cell.split(","))


def _opus(alignments: Iterator[Alignment], output: Path, options: WriteOptions) -> None:
    from aligner.workflows.corpus.opus import write_opus

    del options
    write_opus(_named(alignments), output)


_TEI = "http://www.tei-c.org/ns/1.0"
_ID = "{http://www.w3.org/XML/1998/namespace}id"


def _tei(alignments: Iterator[Alignment], output: Path, options: WriteOptions) -> None:
    """One `teiCorpus` whose members are the teiCorpus of every pair; ids get the member's number
    in front, and so do the pointers to them.
    """
    from lxml import etree

    from aligner.files.xml_text import DECLARATION, content

    with output_to(output) as out:
        out.write(DECLARATION.encode())
        title = content(output.name.split(".")[0])
        out.write(
            f'<teiCorpus xmlns="{_TEI}"><teiHeader><fileDesc><titleStmt><title>{title}</title>'
            "</titleStmt><publicationStmt><p>Made by aligner.</p></publicationStmt><sourceDesc>"
            "<p>The sources are in the header of each member.</p></sourceDesc></fileDesc>"
            "</teiHeader>\n".encode("utf-8", "backslashreplace")
        )
        for number, one in enumerate(alignments, start=1):
            (data,) = _written(one, "tei", "x", options).values()
            root = etree.fromstring(data)
            for element in root.iter(etree.Element):
                for name, raw in element.attrib.items():
                    value = str(raw)
                    if name == _ID:
                        element.set(name, f"d{number}.{value}")
                    elif "#" in value:
                        element.set(name, re.sub(r"(?<!\S)#(?=\S)", f"#d{number}.", value))
            out.write(etree.tostring(root, encoding="UTF-8"))
            out.write(b"\n")
        out.write(b"</teiCorpus>\n")


POOLED: dict[str, Callable[[Iterator[Alignment], Path, WriteOptions], None]] = {
    "tmx": _tmx,
    "moses": _moses,
    "jsonl": _units("jsonl"),
    "parquet": _units("parquet"),
    "tei": _tei,
    "vertical": _vertical,
    "opus": _opus,
}
