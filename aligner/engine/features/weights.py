"""Weights of the linear score, and potentials from features.

    score(bead) = w . phi(bead),    w = trust * w_seeing + (1 - trust) * w_blind

`trust` says how far the vectors of this very pair can be believed (0: the encoder does not know
one of the languages). Weights are JSON: four named vectors, feature names beside the numbers, and
what they were trained on; a fifth one, which may be absent, for the second pass (`rescoring`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from aligner.engine.attribution import ATTRIBUTION_FEATURES
from aligner.engine.features.beads import BlockFeatures, Blocks
from aligner.engine.features.matches import MATCH_FEATURES
from aligner.engine.features.nulls import NULL_FEATURES
from aligner.engine.lattice import (
    NULL_TYPES,
    TARGET_OPEN,
    Potentials,
    ScoreBlock,
)
from aligner.files.shipped import shipped_text
from aligner.model import ModelError
from aligner.runtime import forks

__all__ = [
    "PARTS",
    "SECOND_FEATURES",
    "UNEVEN",
    "Weights",
    "block_values",
    "parse_weights",
    "potentials",
    "shipped_weights",
    "trust",
]

Floats = npt.NDArray[np.float32]

PARTS = ("seeing", "blind")
UNEVEN = "uneven"  # part for texts whose segments are much longer on one side; may be absent
# of the second pass: the first pass's score, what it gives by type, what the first pass held of the
# segments themselves, and token attribution
SECOND_FEATURES: tuple[str, ...] = (
    "first pass, match",
    "first pass, null",
    "match",
    "1-1",
    "segments beyond two",
    "null",
    "opens a run of nulls",
    "segments without a partner in the first pass",
    "partner in the first pass",
    *ATTRIBUTION_FEATURES,
)
_FORMAT = 1
_HINT = "train weights for this version with `aligner train`"
_IMPOSSIBLE = np.float32(-1e30)
_MANY = 64  # blocks of rows from which on processes share them
_SPAN = 16  # neighbouring blocks, whose vectors are made together


@dataclass(frozen=True, slots=True)
class Weights:
    """`match[part]` [F] and `null[part]` [G] for each of `PARTS`; `about` is free text and figures.

    The part UNEVEN, where it is there, scores texts with large beads, whatever the trust.

    `second` holds the weights of SECOND_FEATURES by name; without them there is no second pass.
    `reliability` maps raw posteriors to calibrated confidences: knots (posterior, confidence) for
    match beads and for null beads, of each pass; empty means that posteriors stand as they are.
    """

    match: Mapping[str, npt.NDArray[np.float64]]
    null: Mapping[str, npt.NDArray[np.float64]]
    about: Mapping[str, Any] = field(default_factory=dict)
    reliability: Mapping[str, tuple[tuple[float, float], ...]] = field(default_factory=dict)
    second: Mapping[str, float] = field(default_factory=dict)
    _made: dict[str, str] = field(init=False, default_factory=dict, repr=False, compare=False)

    @property
    def encoder(self) -> str:
        """What `embedding.model_of` says of the encoder they were trained for; "" where they do not
        say it.
        """
        return str(self.about.get("encoder", ""))

    @property
    def knows_uneven(self) -> bool:
        """Whether there are weights for texts with large beads."""
        return UNEVEN in self.match

    def mixed(self, trust: float, *, uneven: bool = False) -> tuple[Floats, Floats]:
        """Match and null weights for a pair whose vectors deserve this much trust (0-1), or for one
        with large beads.
        """
        if uneven and self.knows_uneven:
            return self.match[UNEVEN].astype(np.float32), self.null[UNEVEN].astype(np.float32)
        return tuple(  # type: ignore[return-value]
            (trust * table["seeing"] + (1 - trust) * table["blind"]).astype(np.float32)
            for table in (self.match, self.null)
        )

    def calibrated(self, posterior: float, *, null: bool, curve: str = "") -> float:
        """The confidence of a bead with that posterior (piecewise linear between the knots);
        `curve`: "second" for the second pass, UNEVEN for texts with large beads.
        """
        kind = "null" if null else "match"
        knots = self.reliability.get(f"{curve} {kind}" if curve else kind, ())
        if not knots:
            return posterior
        x, y = zip(*knots, strict=True)
        return float(np.interp(posterior, x, y))

    @property
    def digest(self) -> str:
        """8 hex digits that identify the numbers."""
        if "digest" not in self._made:  # every pair of a corpus asks
            self._made["digest"] = hashlib.sha256(self.dumps().encode()).hexdigest()[:8]
        return self._made["digest"]

    def dumps(self) -> str:
        """JSON, six significant digits, one feature a line."""

        def named(names: tuple[str, ...], vector: npt.NDArray[np.float64]) -> dict[str, float]:
            return {n: float(f"{v:.6g}") for n, v in zip(names, vector, strict=True)}

        second = {n: float(f"{v:.6g}") for n, v in self.second.items()}
        return json.dumps(
            {
                "format": _FORMAT,
                "about": dict(self.about),
                "reliability": {k: [list(knot) for knot in v] for k, v in self.reliability.items()},
                "match": {p: named(MATCH_FEATURES, v) for p, v in self.match.items()},
                "null": {p: named(NULL_FEATURES, v) for p, v in self.null.items()},
                **({"second": second} if second else {}),
            },
            ensure_ascii=False,
            indent=1,
        )


def _same_names(given: set[str], wanted: set[str], name: str) -> None:
    odd = sorted(given ^ wanted)
    if odd:
        raise ModelError(
            f"the weights are for other features (such as {odd[0]!r})", context=name, hint=_HINT
        )


def parse_weights(text: str, name: str) -> Weights:
    """Weights from JSON; `name` is the file's name for messages.

    Raises ModelError where the text is not weights or was made for other features.
    """
    hint = _HINT
    try:
        data = json.loads(text)
        if data["format"] != _FORMAT:
            raise ModelError(f"weights of format {data['format']!r}", context=name, hint=hint)
        tables = []
        for key, names in (("match", MATCH_FEATURES), ("null", NULL_FEATURES)):
            table = {}
            for part in (*PARTS, UNEVEN) if UNEVEN in data[key] else PARTS:
                numbers = data[key][part]
                _same_names(set(numbers), set(names), name)
                table[part] = np.array([float(numbers[n]) for n in names])
            tables.append(table)
        if tables[0].keys() != tables[1].keys():
            raise ModelError(f"only half of the part {UNEVEN!r} is there", context=name, hint=hint)
        reliability = {
            k: tuple((float(x), float(y)) for x, y in knots)
            for k, knots in data["reliability"].items()
        }
        second = {str(n): float(v) for n, v in data.get("second", {}).items()}
        if second:
            _same_names(set(second), set(SECOND_FEATURES), name)
            second = {feature: second[feature] for feature in SECOND_FEATURES}
        return _sound(Weights(tables[0], tables[1], data["about"], reliability, second))
    except (
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        RecursionError,
        OverflowError,
    ) as error:
        raise ModelError(f"this is not a weights file ({error})", context=name, hint=hint) from None


def _sound(weights: Weights) -> Weights:
    """The weights themselves. Raises TypeError or ValueError for what no training gives."""
    if not isinstance(weights.about, dict):
        raise TypeError("what it says about itself is no object")
    if not isinstance(weights.about.get("encoder", ""), str):
        raise TypeError("the name of its encoder is no text")
    numbers = [*weights.second.values()]
    numbers += [x for knots in weights.reliability.values() for x in chain(*knots)]
    rows = [*weights.match.values(), *weights.null.values(), np.array(numbers)]
    if not all(np.isfinite(row).all() for row in rows):
        raise ValueError("a weight is not a finite number")
    return weights


def shipped_weights() -> Weights:
    """The weights that come with the package.

    Raises ModelError where the file is missing or damaged.
    """
    text = shipped_text("aligner.engine.features", "weights.json")
    return parse_weights(text, "aligner/engine/features/weights.json")


def trust(covers_source: float, covers_target: float, separation: float = 0.0) -> float:
    """How far to believe the vectors (0-1), from how well the encoder knows the two languages.

    0 up to a retrieval precision of .1, 1 from .9 on: the weaker side decides. A separation
    measured on the pair itself (`Blocks.separation`) can raise it, never lower it: two unrelated
    texts show no separation in any language.
    """
    known = (min(covers_source, covers_target) - 0.1) / 0.8
    measured = (separation - 0.25) / 0.1
    return min(1.0, max(0.0, known, measured))


def potentials(
    blocks: Blocks,
    weights: Weights,
    trust_in_vectors: float,
    progress: Callable[[int, int], None] = lambda *_: None,
) -> Potentials:
    """Scores of all beads in the band, in nats; `progress` hears rows done and rows in all."""
    mixed = weights.mixed(trust_in_vectors, uneven=blocks.uneven)
    windows = list(blocks.windows())
    rows = blocks.source.count

    def made(number: int) -> Floats:
        part = blocks.part(*windows[number])
        values = block_values(part, *mixed)
        _add_extras(blocks, part, values)
        return values

    def told(number: int) -> None:
        progress(min(windows[number - 1][1], rows) if number else 0, rows)

    if len(windows) >= _MANY and blocks.can_be_copied and forks.possible():
        types = NULL_TYPES + len(blocks.sizes)
        shapes = [(stop - first, high - low, types) for first, stop, (low, high) in windows]
        arrays = forks.shared_arrays(shapes)

        def work(number: int) -> None:
            arrays[number][:] = made(number)

        forks.work_off(len(windows), _SPAN, work, told)
    else:
        arrays = []
        for number in range(len(windows)):
            arrays.append(made(number))
            told(number + 1)
    return Potentials(
        rows,
        blocks.target.count,
        tuple(
            ScoreBlock(first, low, values)
            for (first, _, (low, _)), values in zip(windows, arrays, strict=True)
        ),
    )


def _add_extras(blocks: Blocks, part: BlockFeatures, values: Floats) -> None:
    """Add what the beads of a block get for evidence set by hand."""
    rows = range(part.first_row, part.first_row + part.shape[0])
    columns = range(part.first_column, part.first_column + part.shape[1])
    for extra in blocks.extras:
        for kind, (a, b) in enumerate(blocks.sizes, start=NULL_TYPES):
            values[:, :, kind] += extra.bonus * extra.shares(rows, columns, a, b)


def block_values(part: BlockFeatures, match: Floats, null: Floats) -> Floats:
    """W . phi for every bead of a block: [R, B, T]."""
    rows, columns = part.shape
    out = np.empty((rows, columns, NULL_TYPES + len(part.match_TFRB)), np.float32)
    flat = part.match_TFRB.reshape(len(part.match_TFRB), len(match), -1)
    scores = np.matmul(match, flat).reshape(-1, rows, columns)
    out[:, :, NULL_TYPES:] = np.where(part.possible_TRB, scores, _IMPOSSIBLE).transpose(1, 2, 0)
    flat = part.null_TGRB.reshape(NULL_TYPES, len(null), -1)
    out[:, :, :NULL_TYPES] = np.matmul(null, flat).reshape(-1, rows, columns).transpose(1, 2, 0)
    if part.first_row == 0:  # no source segment ends at the top, no target segment at the left
        out[0, :, :TARGET_OPEN] = _IMPOSSIBLE
    if part.first_column == 0:
        out[:, 0, TARGET_OPEN:NULL_TYPES] = _IMPOSSIBLE
    return out
