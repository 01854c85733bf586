"""So many units of a stream, each with the same chance, in their order (Vitter's algorithm R)."""

from __future__ import annotations

import random
from collections.abc import Iterable

from aligner.model import Unit

__all__ = ["sample_units"]


def sample_units(units: Iterable[Unit], count: int, seed: int = 0) -> list[Unit]:
    """`count` of the units (all where there are fewer); the same seed gives the same ones."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    kept: list[tuple[int, Unit]] = []
    for number, unit in enumerate(units):
        if len(kept) < count:
            kept.append((number, unit))
            continue
        place = draw.randint(0, number)
        if place < count:
            kept[place] = (number, unit)
    return [unit for _, unit in sorted(kept, key=lambda pair: pair[0])]
