"""Units for tests: one with other values, the two texts and languages by name."""

from __future__ import annotations

from typing import Any

from aligner.model import Unit


def changed(unit: Unit, **values: Any) -> Unit:
    """The unit of two variants with other values; `source`, `target`, `source_lang`, `target_lang` too."""
    variants = list(unit.variants)
    for place, side in enumerate(("source", "target")):
        if side in values:
            variants[place] = variants[place]._replace(text=values.pop(side))
        if f"{side}_lang" in values:
            variants[place] = variants[place]._replace(lang=values.pop(f"{side}_lang"))
    return unit._replace(variants=tuple(variants), **values)
