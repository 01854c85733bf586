"""Pins: beads that must hold and cuts that no bead crosses.

A pin file has one pin a line: a bead in the field's notation, `[3, 4]:[5]` (an empty side pins
nulls), or `cut 12:14`: the path passes the cell between source segments 11 and 12 and target
segments 13 and 14; these count from 0. `s4 s5:t6` is the bead of the first line as people count and
as reports show it, from 1; `s4-s6:t6` names a stretch, `s4:` and `:t6` pin nulls. `#` begins a
comment. Pins become a mask over the potentials; everything else
is the best alignment given them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from aligner.engine.lattice import (
    NULL_TYPES,
    TYPES,
    Potentials,
    ScoreBlock,
    bead_of,
    kind_of,
)
from aligner.model import AlignError, Malformed

__all__ = ["Pin", "apply_pins", "cells_of", "join_pinned", "parse_pins"]

_BEAD = re.compile(r"\[([\d,\s]*)\]\s*:\s*\[([\d,\s]*)\]")
_SHOWN = re.compile(r"((?:s\d{1,9}[-,\s]*)*):\s*((?:t\d{1,9}[-,\s]*)*)", re.ASCII)
_STRETCH = re.compile(r"[st](\d{1,9})(?:\s*-\s*[st](\d{1,9}))?", re.ASCII)
_MOST = 100_000  # segments of one stretch, far beyond any bead
_CUT = re.compile(r"cut\s+(\d+)\s*:\s*(\d+)")
_NONE = np.float32(-1e30)


@dataclass(frozen=True, slots=True)
class Pin:
    """A rectangle that is one bead (`is_bead`) or a cut, where both ranges are empty.

    `line` is where it stands in the file (0 where there is none), `text` the pin as files hold it,
    counted from 0.
    """

    source: range
    target: range
    is_bead: bool
    line: int
    text: str

    @property
    def is_null(self) -> bool:
        """True for a pinned bead with one empty side."""
        return self.is_bead and (not self.source or not self.target)


def parse_pins(text: str, name: str, source_count: int, target_count: int) -> tuple[Pin, ...]:
    """The pins of a file, in text order.

    Raises Malformed with the line for a pin that cannot be read, leaves the texts, has a gap in
    its segments, or contradicts another one.
    """
    pins: list[Pin] = []
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.split("#")[0].strip()
        if not line:
            continue
        pins.append(_parse(line, name, number, (source_count, target_count)))
    _check(pins, name)
    return tuple(pins)


def _parse(line: str, name: str, number: int, counts: tuple[int, int]) -> Pin:
    def wrong(message: str, hint: str = "") -> Malformed:
        return Malformed(message, context=name, line=number, excerpt=line, hint=hint)

    bead, cut = _BEAD.fullmatch(line), _CUT.fullmatch(line)
    if cut:
        i, j = int(cut[1]), int(cut[2])
        if i > counts[0] or j > counts[1]:
            raise wrong(f"the cut leaves the texts of {counts[0]} and {counts[1]} segments")
        return Pin(range(i, i), range(j, j), is_bead=False, line=number, text=line)
    people = None if bead else _SHOWN.fullmatch(line)
    notation = bead or people
    if not notation:
        raise wrong(
            "this is not a pin", "write [3, 4]:[5] or cut 12:14, or s4 s5:t6 as people count"
        )
    from_ = 0 if bead else 1
    sides = []
    for body, count, side in zip(notation.groups(), counts, ("source", "target"), strict=True):
        numbers = sorted(_listed(body) if people else _numbers(body))
        if people and numbers and numbers[0] < 0:
            raise wrong(f"there is no {side} segment 0: s and t count from 1")
        if numbers and numbers != list(range(numbers[0], numbers[0] + len(numbers))):
            raise wrong(f"the {side} segments of a pinned bead must be neighbours, each once")
        if numbers and numbers[-1] >= count:
            raise wrong(
                f"there is no {side} segment {numbers[-1] + from_}: "
                f"they run from {from_} to {count - 1 + from_}"
            )
        sides.append(range(numbers[0], numbers[-1] + 1) if numbers else range(0))
    if not sides[0] and not sides[1]:
        raise wrong("the pinned bead is empty on both sides")
    text = line if bead else ":".join(f"[{', '.join(map(str, side))}]" for side in sides)
    return Pin(sides[0], sides[1], is_bead=True, line=number, text=text)


def _numbers(body: str) -> list[int]:
    return [int(part) for part in body.replace(",", " ").split()]


def _listed(body: str) -> list[int]:
    """Segments from 0 of "s4 s5" or "s4-s6", which count from 1."""
    numbers: list[int] = []
    for match in _STRETCH.finditer(body):
        first, last = int(match[1]) - 1, int(match[2] or match[1]) - 1
        first, last = min(first, last), max(first, last)
        numbers += range(first, min(last, first + _MOST) + 1)
    return numbers


def _check(pins: Sequence[Pin], name: str) -> None:
    """No two pins may hold one segment or order the texts differently."""

    def clash(one: Pin, other: Pin) -> Malformed:
        first, second = sorted((one, other), key=lambda pin: pin.line)
        return Malformed(
            f"the pin cannot hold together with line {first.line} «{first.text}»",
            context=name,
            line=second.line,
            excerpt=second.text,
            hint="beads keep the order of both texts and hold each segment once",
        )

    seen: tuple[dict[int, Pin], dict[int, Pin]] = ({}, {})
    for pin in pins:
        for side, held in zip((pin.source, pin.target), seen, strict=True):
            for segment in side if pin.is_bead else ():
                if segment in held:
                    raise clash(pin, held[segment])
                held[segment] = pin
    fixed = sorted(
        (pin for pin in pins if not pin.is_null), key=lambda p: (p.source.start, p.source.stop)
    )
    furthest: Pin | None = None
    for pin in fixed:
        if furthest is not None and (
            pin.target.start < furthest.target.stop or pin.source.start < furthest.source.stop
        ):
            raise clash(pin, furthest)
        if furthest is None or pin.target.stop >= furthest.target.stop:
            furthest = pin


def cells_of(pins: Sequence[Pin]) -> tuple[tuple[int, int], ...]:
    """Cells (row, column) every path must pass: both corners of pinned beads, and the cuts."""
    cells = set()
    for pin in pins:
        if not pin.is_null:
            cells.add((pin.source.start, pin.target.start))
            cells.add((pin.source.stop, pin.target.stop))
    return tuple(sorted(cells))


def apply_pins(potentials: Potentials, pins: Sequence[Pin]) -> Potentials:
    """The potentials with every bead forbidden that breaks a pin.

    A pinned bead too large for the lattice leaves its rectangle free; `join_pinned` makes it one
    bead afterwards. Raises AlignError where a pinned cell lies outside the band.
    """
    if not pins:
        return potentials
    cells = cells_of(pins)
    blocks = []
    covered = set()
    for block in potentials:
        values = block.values_RBT.copy()
        for cell in cells:
            _through(values, block, cell)
            if _holds(block, cell):
                covered.add(cell)
        for pin in pins:
            if pin.is_bead:
                _only(values, block, pin)
        blocks.append(ScoreBlock(block.first_row, block.first_column, values))
    for cell in cells:
        if cell not in covered:
            raise AlignError(f"the pinned place {cell[0]}:{cell[1]} lies outside the band")
    return Potentials(potentials.source_count, potentials.target_count, tuple(blocks))


def _holds(block: ScoreBlock, cell: tuple[int, int]) -> bool:
    row, column = cell[0] - block.first_row, cell[1] - block.first_column
    return 0 <= row < block.rows and 0 <= column < block.columns


def _grids(block: ScoreBlock) -> tuple[np.ndarray, np.ndarray]:
    row = np.arange(block.first_row, block.first_row + block.rows)[:, None]
    column = np.arange(block.first_column, block.first_column + block.columns)[None, :]
    return row, column


def _through(values: np.ndarray, block: ScoreBlock, cell: tuple[int, int]) -> None:
    """Forbid every cell and every bead that cannot lie on a path through `cell`."""
    row, column = _grids(block)
    i, j = cell
    off = ((row < i) & (column > j)) | ((row > i) & (column < j))
    values[off] = _NONE
    for kind in range(values.shape[2]):
        a, b = bead_of(kind)
        # the bead begins before the cell and ends behind it, on one side at least
        over = ((row - a < i) & (row > i)) | ((column - b < j) & (column > j))
        # it begins on one side of the cell and ends on the other
        over |= ((row - a < i) | (column - b < j)) & ((row > i) | (column > j))
        values[:, :, kind][over] = _NONE


def _only(values: np.ndarray, block: ScoreBlock, pin: Pin) -> None:
    """Forbid every other bead that holds a segment of the pinned one."""
    row, column = _grids(block)
    size = (len(pin.source), len(pin.target))
    wanted = kind_of(size, values.shape[2])
    if not pin.is_null and wanted is None:
        return  # larger than the lattice: its two corners hold it
    for kind in range(values.shape[2]):
        a, b = bead_of(kind)
        holds = (row - a < pin.source.stop) & (row > pin.source.start) & bool(a)
        holds = holds | ((column - b < pin.target.stop) & (column > pin.target.start) & bool(b))
        if pin.is_null:
            if kind < NULL_TYPES:
                continue
            values[:, :, kind][np.broadcast_to(holds, values.shape[:2])] = _NONE
            continue
        keep = (row == pin.source.stop) & (column == pin.target.stop) & (kind == wanted)
        values[:, :, kind][holds & ~keep] = _NONE


def join_pinned(
    ranges: Sequence[tuple[range, range]], pins: Sequence[Pin], types: int = TYPES
) -> tuple[tuple[tuple[range, range], tuple[int, ...]], ...]:
    """The beads of a path, those inside one large pinned bead made one: (bead, steps it came from)."""
    large = {
        (pin.source.start, pin.target.start): pin
        for pin in pins
        if pin.is_bead
        and not pin.is_null
        and kind_of((len(pin.source), len(pin.target)), types) is None
    }
    out: list[tuple[tuple[range, range], tuple[int, ...]]] = []
    i = j = 0
    inside: Pin | None = None
    for number, (source, target) in enumerate(ranges):
        inside = large.get((i, j), inside)
        i, j = i + len(source), j + len(target)
        if inside is None:
            out.append(((source, target), (number,)))
            continue
        whole = (inside.source, inside.target)
        if out and out[-1][0] == whole:
            out[-1] = (whole, (*out[-1][1], number))
        else:
            out.append((whole, (number,)))
        if (i, j) == (inside.source.stop, inside.target.stop):
            inside = None
    return tuple(out)
