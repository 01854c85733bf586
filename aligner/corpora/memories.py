"""Files -> memory -> files: what a translation memory takes in and gives out."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, islice
from pathlib import Path
from typing import TYPE_CHECKING

from aligner import pipeline
from aligner.corpora.units import units_of
from aligner.errors import UsageError
from aligner.model import Alignment, Bead, Document, Paragraph, Segment
from aligner.units import Unit, parse_units

if TYPE_CHECKING:
    from aligner.exporting import WriteOptions
    from aligner.memory import Filter, Loaded, Memory

__all__ = ["alignments_of", "export_memory", "import_file", "read_units"]

_PART = 5000  # units an alignment: what is in memory at a time
_LARGE = 8_000_000  # bytes of a TMX whose reading is worth a process


def import_file(
    memory: Memory,
    path: Path,
    source_lang: str = "",
    target_lang: str = "",
    progress: Callable[[int], None] | None = None,
) -> Loaded:
    """Load a .tmx (streamed; a large one by a process of its own), .tmx.gz, a .jsonl of units or any
    alignment that can be read.

    An import of the same bytes that was killed is taken up where it was. Raises ReadError,
    Malformed or StoreError, UsageError where nobody says a language; what was read of a TMX before
    a broken place stays loaded.
    """
    from aligner.corpora.ahead import read_ahead
    from aligner.memory import load

    units: Iterable[Unit]
    large = _is_tmx(path) and path.is_file() and path.stat().st_size >= _LARGE
    units = (read_ahead if large else read_units)(path, source_lang, target_lang)
    units = _with_languages(units, path)
    digest = hashlib.sha256(f"{source_lang}\0{target_lang}\0".encode())
    try:
        with path.open("rb") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
    except OSError:
        pipeline.read_source(str(path))  # says what is wrong with it
    return load(memory, units, str(path), digest.hexdigest(), progress)


def _with_languages(units: Iterable[Unit], path: Path) -> Iterator[Unit]:
    """The units; a memory of unknown languages would answer nobody."""
    for unit in units:
        if not (unit.source_lang and unit.target_lang):
            side, option = ("target", "-t") if unit.source_lang else ("source", "-s")
            raise UsageError(
                f"the language of the {side} is not known",
                context=str(path),
                hint=f"the file does not say it: give {option}",
            )
        yield unit


def read_units(path: Path, source_lang: str = "", target_lang: str = "") -> Iterator[Unit]:
    """The units of one file: TMX, units as JSON lines, or an alignment of any format.

    Languages choose sides of a TMX; for the other formats they name what the file leaves open.
    """
    from dataclasses import replace

    from aligner import reading

    if _is_tmx(path):
        from aligner.reading.tmx_stream import stream_tmx

        yield from stream_tmx(path, source_lang, target_lang)
        return
    source = pipeline.read_source(str(path))
    if path.name.lower().endswith(".jsonl") and source.data.startswith(b'{"document"'):
        yield from parse_units(source.data.decode("utf-8", "replace").split("\n"), str(path))
        return
    document = path.name.split(".")[0]
    for unit in units_of(reading.read_alignment(source), document):
        yield replace(
            unit,
            source_lang=unit.source_lang or source_lang,
            target_lang=unit.target_lang or target_lang,
        )


def _is_tmx(path: Path) -> bool:
    return path.name.lower().endswith((".tmx", ".tmx.gz"))


def alignments_of(units: Iterable[Unit]) -> Iterator[Alignment]:
    """Units, grouped by document, as alignments that every writer takes; null units too.

    A document of more than 5,000 units comes in parts.
    """

    def group(unit: Unit) -> tuple[str, str, str, tuple[tuple[str, str], ...]]:
        metadata = tuple(sorted(unit.metadata.items()))
        return unit.source_lang, unit.target_lang, unit.document, metadata

    for _, members in groupby(units, key=group):
        rest = iter(members)
        while part := list(islice(rest, _PART)):
            yield _alignment(part)


def _alignment(units: list[Unit]) -> Alignment:
    beads: list[Bead] = []
    i = j = 0
    held: list[Unit] = []  # null units of the target wait for those of the source
    for unit in units:
        here, there = bool(unit.source), bool(unit.target)
        if not here and there:
            held.append(unit)
            continue
        if here and there:
            for waiting in held:
                beads.append(_bead(waiting, range(i, i), range(j, j + 1)))
                j += 1
            held.clear()
        if here or there:
            beads.append(_bead(unit, range(i, i + here), range(j, j + there)))
            i, j = i + here, j + there
    for waiting in held:
        beads.append(_bead(waiting, range(i, i), range(j, j + 1)))
        j += 1
    first = units[0]
    return Alignment(
        _document(first, first.source_lang, "source", [u.source for u in units if u.source]),
        _document(first, first.target_lang, "target", [u.target for u in units if u.target]),
        tuple(beads),
    )


def _bead(unit: Unit, source: range, target: range) -> Bead:
    return Bead(
        source,
        target,
        confidence=unit.confidence,
        status=unit.status,
        labels=unit.labels,
        comment=unit.comment,
    )


def _document(unit: Unit, lang: str, side: str, texts: list[str]) -> Document:
    paragraphs = []
    for number, raw in enumerate(texts):
        text = " ".join(unicodedata.normalize("NFC", raw).split())
        segment = Segment(number, number, 0, len(text), text)
        paragraphs.append(Paragraph(number, "para", text, (segment,)))
    name = unit.document or "memory"
    metadata = {key: (value,) for key, value in unit.metadata.items() if key != "origin"}
    digest = hashlib.sha256(f"{side}\0{name}\0{unit.number}".encode()).hexdigest()
    origin = unit.metadata.get("origin", "")
    return Document(name, lang, origin, "", digest, tuple(paragraphs), metadata)


def export_memory(
    memory: Memory, chosen: Filter, path: Path, options: WriteOptions | None = None
) -> int:
    """Write the units that pass as one TMX; returns how many. Memory use does not grow with them.

    Raises ExportError for none, UsageError where they are of several pairs of languages.
    """
    from aligner.exporting import WriteOptions
    from aligner.exporting.tmx import write_pool
    from aligner.files import sink_of
    from aligner.memory import stored_units

    sink = sink_of(path)
    try:
        count = write_pool(
            alignments_of(stored_units(memory, chosen)), sink, options or WriteOptions()
        )
        sink.commit()
    finally:
        sink.discard()
    return count
