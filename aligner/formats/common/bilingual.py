"""Files of a source and a target (xliff, po) as documents and alignments, by way of their units."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from aligner.formats.common.from_units import sides_of
from aligner.formats.common.sides import Cell, Sides
from aligner.model import Dropped, Header, Source, Unit, UnitStream

__all__ = ["Contents", "sides"]


@dataclass(slots=True)
class Contents:
    """A file opened: its header, its units, the texts that are no unit's (`dropped`), and those that
    are said of the units or of the file (`beside`: notes, comments); both are whole at the end.
    """

    header: Header
    units: Iterator[Unit]
    dropped: list[Dropped] = field(default_factory=list)
    beside: list[Dropped] = field(default_factory=list)
    kept: frozenset[str] = frozenset()  # as in `UnitStream`
    root: Any = None  # of the tree that was read, where the file is XML

    def stream(self) -> UnitStream:
        """The same for those who count what is not taken."""
        made = UnitStream((), self.header, kept=self.kept)

        def units() -> Iterator[Unit]:
            yield from self.units
            made.dropped.update(part.reason for part in self.dropped)

        made.units = units()
        return made


def sides(contents: Contents, source: Source) -> Sides:
    """Source and target as columns, the target also where nothing is translated yet.

    What is said beside them is listed. Raises ReadError where no unit holds text.
    """
    units = list(contents.units)
    made = sides_of(UnitStream(units, contents.header), source.name)
    made.dropped += contents.dropped
    made.beside += contents.beside
    for row in made.units:
        row.key = row.key or (row.unit.context if row.unit else "")
    if len(made.names) == 1:
        made.names, made.langs = _both(units, made)
        is_source = any(unit.source.strip() for unit in units)
        for row in made.units:
            row.cells = [row.cells[0], Cell()] if is_source else [Cell(), row.cells[0]]
    return made


def _both(units: list[Unit], made: Sides) -> tuple[list[str], list[str]]:
    """Names and languages of two sides, of which only one holds text."""
    langs = next(([v.lang for v in unit.variants[:2]] for unit in units), made.langs * 2)
    return [lang or name for lang, name in zip(langs, ("source", "target"), strict=True)], langs
