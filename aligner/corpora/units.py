"""Alignments -> units, which corpus tools, memories and terms live on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from aligner import pipeline
from aligner.errors import UsageError
from aligner.model import Alignment, AlignmentSet
from aligner.units import Unit

__all__ = ["corpus_alignments", "corpus_units", "units_of"]


def units_of(alignment: Alignment | AlignmentSet, document: str = "") -> Iterator[Unit]:
    """The units of an alignment, nulls included, each with its neighbours on the source side.

    A set gives the units of its alignments one after the other. `document` names them; the id of
    the source document where it is "".
    """
    from aligner.exporting.text import joined, one_line
    from aligner.exporting.units import as_set, units

    for one in as_set(alignment).alignments:
        source, target = one.source, one.target
        segments = source.segments
        metadata = {name: "; ".join(source.metadata[name]) for name in sorted(source.metadata)}
        if source.origin:
            metadata["origin"] = source.origin
        for number, unit in enumerate(units(as_set(one)), start=1):
            left, right = unit.sides
            before = left[0].index - 1 if left else -1
            after = left[-1].index + 1 if left else len(segments)
            yield Unit(
                source.lang,
                target.lang,
                one_line(joined(source, left)) if left else "",
                one_line(joined(target, right)) if right else "",
                document or source.id,
                number,
                unit.kind,
                unit.confidence,
                unit.status,
                unit.labels,
                " ".join(unit.comments),
                one_line(segments[before].text) if before >= 0 else "",
                one_line(segments[after].text) if after < len(segments) else "",
                metadata,
            )


def corpus_units(paths: Sequence[Path]) -> Iterator[Unit]:
    """The units of corpora: folders that `corpus build` made, lines of JSON, TMX, alignments."""
    from aligner.corpora.memories import read_units

    for path in paths:
        if not path.is_dir():
            yield from read_units(path)
            continue
        for file in _built(path):
            yield from units_of(_read(file), file.name.removesuffix(".alignment.json"))


def corpus_alignments(paths: Sequence[Path]) -> Iterator[Alignment]:
    """The same as alignments, one at a time: whole from a folder, made of units from the rest."""
    from dataclasses import replace

    from aligner.corpora.memories import alignments_of, read_units
    from aligner.exporting.units import as_set

    for path in paths:
        if not path.is_dir():
            yield from alignments_of(read_units(path))
            continue
        for file in _built(path):
            name = file.name.removesuffix(".alignment.json")
            for one in as_set(_read(file)).alignments:
                # texts of one corpus are named by their pair: two may be called index.html
                yield replace(one, source=replace(one.source, id=name))


def _built(folder: Path) -> list[Path]:
    found = sorted(folder.glob("pairs/*/*.alignment.json"))
    if not found:
        raise UsageError("no alignment is in it", context=str(folder), hint="aligner corpus build")
    return found


def _read(path: Path) -> Alignment | AlignmentSet:
    from aligner.reading import read_alignment

    return read_alignment(pipeline.read_source(str(path)), "json")
