"""Features of match beads; see `features` for what they are for.

All arrays run over bead starts of a cube and are cut to end cells at the end: a bead (a, b) that
ends at (i, j) begins at (i - a, j - b).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.engine.features.coarse import Chain
from aligner.engine.features.economy import economy
from aligner.engine.features.evidence import (
    CLASSES,
    COLON,
    EXCLAMATION,
    NO_MARK,
    QUESTION,
    Evidence,
)
from aligner.engine.features.rows import FeatureRows
from aligner.engine.features.similarity import MISSING, Cube

__all__ = ["MATCH_FEATURES", "Context", "Rivals", "features"]

Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]

_PLAIN = (
    "is 1-1",
    "is 1-2",
    "is 1-3",
    "is 2-2",
    "is 2-3",
    "is 1-4",
    "is 3-3",
    "segments beyond two",
    "segments of the smaller side beyond one",
    "distance",
    "distance squared",
    "distance x segments beyond two",
    "distance x log length",
    "distance above the document's",
    "distance x smaller side beyond one",
    "margin",
    "margin x segments beyond two",
    "margin x smaller side beyond one",
    "margin squared",
    "rival in the row",
    "rival in the column",
    "no rival",
    "least gain of an outer segment",
    "mean gain of an outer segment",
    "least gain below nothing",
    "gain of one more",
    "gain of one more above nothing",
    "gain over a cut",
    "gain over a cut below nothing",
    "shared across the cut",
    "least gain x segments beyond two",
    "gain of one more in a 1-1",
    "length",
    "length squared",
    "log length ratio",
    "length x segments beyond two",
    "log length",
    "shared numbers",
    "numbers of one side",
    "numbers differ",
    "shared names",
    "names of one side",
    "shared words",
    "shared words share",
    "question on both sides",
    "question on one side",
    "exclamation on one side",
    "colon on one side",
    "no end mark on one side",
    "no end mark on both sides",
    "quotation mark on one side",
    "dash on one side",
    "paragraph boundary inside one side",
    "paragraph boundaries inside both sides",
    "both begin a paragraph",
    "one begins a paragraph",
    "both end a paragraph",
    "one ends a paragraph",
    "kinds of paragraph differ",
)

# Where a feature bends: the score is piecewise linear in it, with a slope of its own above each
# knot; "1-1" and "larger" have knots of their own where a larger bead behaves differently.
_BENDS: tuple[tuple[str, str, tuple[float, ...], tuple[str, ...]], ...] = (
    ("distance", "distance", (0.35, 0.5, 0.65, 0.8), ("1-1", "larger")),
    ("least gain", "least gain of an outer segment", (0.03, 0.08, 0.16), ("larger",)),
    ("gain of one more", "gain of one more", (0.04, 0.1), ("1-1", "larger")),
    ("gain over a cut", "gain over a cut", (0.05, 0.12), ("larger",)),
    ("rival", "rival in the row", (0.0, 0.12), ("1-1", "larger")),
    ("length", "length", (1.0, 2.5), ("1-1", "larger")),
    ("log length ratio", "log length ratio", (0.4, 0.9), ("1-1", "larger")),
)
# (name, name of the feature that bends, form of bead, knot)
_KNOTS = tuple(
    (f"{label} above {knot:g} in a {form} bead", of, form, np.float32(knot))
    for label, of, knots, forms in _BENDS
    for form in forms
    for knot in knots
)
MATCH_FEATURES: tuple[str, ...] = _PLAIN + tuple(name for name, *_ in _KNOTS)

_PLACES = {name: place for place, name in enumerate(MATCH_FEATURES)}

_TYPE_FLAGS = ((1, 1), (1, 2), (1, 3), (2, 2), (2, 3), (1, 4), (3, 3))
_VARIANCE = 6.8  # Gale & Church 1993: variance of the target's length per source character


@dataclass(frozen=True, slots=True)
class Context:
    """What the features need of both texts: evidence, length ratio, the document's distance.

    Cumulative sums `chars` [N + 1] and `totals` [K][N + 1] of each side.
    """

    sides: tuple[Evidence, Evidence]
    chars: tuple[Floats, Floats]
    totals: tuple[Floats, Floats]
    starts: tuple[Floats, Floats]
    ratio: float
    distance: float
    paragraphs: float

    @classmethod
    def of(cls, source: Evidence, target: Evidence, path: Chain) -> Context:
        """The ratio is the median over the anchors of the chain, weighed against the totals'."""
        whole = float(target.chars_N.sum() / source.chars_N.sum())
        ratios = np.log(target.chars_N[path.target_K] / source.chars_N[path.source_K])
        # 20 anchors' worth of trust in the ratio of the whole texts
        weight = len(ratios) / (len(ratios) + 20.0)
        middle = float(np.median(ratios)) if len(ratios) else 0.0
        return cls(
            sides=(source, target),
            chars=(_running(source.chars_N), _running(target.chars_N)),
            totals=(_running(source.total_KN), _running(target.total_KN)),
            starts=(_running(source.start_N), _running(target.start_N)),
            ratio=float(np.exp(weight * middle + (1 - weight) * np.log(whole))),
            distance=1.0 - float(np.median(path.margin_K)) if len(path.margin_K) else 1.0,
            paragraphs=float(source.structured and target.structured),
        )


@dataclass(frozen=True, slots=True)
class Rivals:
    """For every type the best similarity in each row and each column of the cube."""

    row: dict[tuple[int, int], Floats]
    column: dict[tuple[int, int], Floats]

    @classmethod
    def of(cls, block: Cube) -> Rivals:
        """One pass over the cube."""
        row, column = {}, {}
        for kind, similarity in block.raw.items():
            row[kind] = _best_other(similarity)
            column[kind] = _best_other(similarity.T).T
        return cls(row, column)


def _best_other(similarity: Floats) -> Floats:
    """For each cell the largest value of its row outside the cell itself."""
    if similarity.shape[1] < 2:
        return np.full_like(similarity, MISSING)
    top = np.partition(similarity, -2, axis=1)[:, -2:]
    best, second = top[:, 1:], top[:, :1]
    return np.where(similarity == best, second, best)


def features(
    context: Context,
    block: Cube,
    rivals: Rivals,
    shared: tuple[Floats, ...],
    kind: tuple[int, int],
    halo: int,
    values: Floats,
) -> None:
    """Fill `values` [F, R, B] (zeros) for the beads of one type that end in the block."""
    out = FeatureRows(_PLACES, values)
    a, b = kind
    rows, columns = block.shape
    cut = (slice(halo - a, rows - a), slice(halo - b, columns - b))
    here = (rows - halo, columns - halo)
    raw, level = block.raw[kind][cut], block.level[kind][cut]
    present = block.present[kind][cut]
    beyond, smaller = np.float32(a + b - 2), np.float32(min(a, b) - 1)
    for fewer, more in _TYPE_FLAGS:
        out[f"is {fewer}-{more}"] = (min(kind), max(kind)) == (fewer, more)
    out["segments beyond two"] = beyond
    out["segments of the smaller side beyond one"] = smaller

    distance = np.clip((1 - raw) / (1 - level), 0, 1.6)
    margin = np.clip(raw - level, -0.5, 1.0)
    row0, column0 = block.first_row + halo - a, block.first_column + halo - b
    chars_s = _span(context.chars[0], row0, here[0], a)[:, None]
    chars_t = _span(context.chars[1], column0, here[1], b)[None, :]
    log_length = np.log((chars_s + chars_t / context.ratio) / 200 + 0.05)
    out["distance"] = distance
    out["distance squared"] = distance**2
    out["distance x segments beyond two"] = distance * beyond
    out["distance x log length"] = distance * log_length
    out["distance above the document's"] = distance - context.distance
    out["distance x smaller side beyond one"] = distance * smaller
    out["margin"] = margin
    out["margin x segments beyond two"] = margin * beyond
    out["margin x smaller side beyond one"] = margin * smaller
    out["margin squared"] = margin * np.abs(margin)
    row_rival = np.clip(raw - rivals.row[kind][cut], -0.6, 0.6)
    column_rival = np.clip(raw - rivals.column[kind][cut], -0.6, 0.6)
    # the two sides' rivals enter together, so that the direction of the pair does not matter
    out["rival in the row"] = np.minimum(row_rival, column_rival)
    out["rival in the column"] = np.maximum(row_rival, column_rival)
    out["no rival"] = (row_rival > 0) & (column_rival > 0)
    economy(block, kind, halo, raw, out)
    _lengths(context, chars_s, chars_t, beyond, out)
    out["log length"] = log_length
    _lexical(context, shared, kind, halo, (row0, column0), here, out)
    _marks(context, kind, (row0, column0), here, out)
    if context.paragraphs:
        _paragraphs(context, kind, (row0, column0), here, out)
    form = "1-1" if kind == (1, 1) else "larger"
    for name, of, where, knot in _KNOTS:
        if where == form:
            np.maximum(out[of] - knot, 0, out=out[name])
    values *= present


def _lengths(
    context: Context,
    chars_s: Floats,
    chars_t: Floats,
    beyond: np.float32,
    out: FeatureRows,
) -> None:
    expected = chars_s * np.float32(context.ratio)
    spread = np.sqrt(np.maximum((expected + chars_t) / 2, 1) * np.float32(_VARIANCE))
    delta = np.clip(np.abs(chars_t - expected) / spread, 0, 6)
    out["length"] = delta
    out["length squared"] = delta**2 / 6
    out["log length ratio"] = np.clip(np.abs(np.log((chars_t + 3) / (expected + 3))), 0, 3)
    out["length x segments beyond two"] = delta * beyond


def _lexical(
    context: Context,
    shared: tuple[Floats, ...],
    kind: tuple[int, int],
    halo: int,
    origin: tuple[int, int],
    here: tuple[int, int],
    out: FeatureRows,
) -> None:
    a, b = kind
    top, left = halo - a, halo - b
    both, only, total = [], [], []
    for number, sums in enumerate(shared):
        low = slice(top, top + here[0])
        far = slice(top + a, top + a + here[0])
        near = slice(left, left + here[1])
        right = slice(left + b, left + b + here[1])
        box = sums[far, right] - sums[low, right] - sums[far, near] + sums[low, near]
        of_s = _span(context.totals[0][number], origin[0], here[0], a)[:, None]
        of_t = _span(context.totals[1][number], origin[1], here[1], b)[None, :]
        # an item that stands twice on one side counts once: no more than either side holds
        box = np.clip(box, 0, np.minimum(of_s, of_t))
        both.append(box)
        only.append(of_s + of_t - 2 * box)
        total.append(of_s + of_t)
    numbers, names, words = range(len(CLASSES))
    out["shared numbers"] = np.log1p(both[numbers])
    out["numbers of one side"] = np.log1p(np.maximum(only[numbers], 0))
    out["numbers differ"] = only[numbers] > 0.5
    out["shared names"] = np.log1p(both[names])
    out["names of one side"] = np.log1p(np.maximum(only[names], 0))
    out["shared words"] = np.log1p(both[words])
    out["shared words share"] = 2 * both[words] / (total[words] + 1)


def _marks(
    context: Context,
    kind: tuple[int, int],
    origin: tuple[int, int],
    here: tuple[int, int],
    out: FeatureRows,
) -> None:
    source, target = context.sides
    first = (np.arange(here[0]) + origin[0], np.arange(here[1]) + origin[1])
    last = (first[0] + kind[0] - 1, first[1] + kind[1] - 1)
    end_s, end_t = _at(source.end_N, last[0])[:, None], _at(target.end_N, last[1])[None, :]
    out["question on both sides"] = (end_s == QUESTION) & (end_t == QUESTION)
    out["question on one side"] = (end_s == QUESTION) != (end_t == QUESTION)
    out["exclamation on one side"] = (end_s == EXCLAMATION) != (end_t == EXCLAMATION)
    out["colon on one side"] = (end_s == COLON) != (end_t == COLON)
    out["no end mark on one side"] = (end_s == NO_MARK) != (end_t == NO_MARK)
    out["no end mark on both sides"] = (end_s == NO_MARK) & (end_t == NO_MARK)
    quote = [
        np.logical_or.reduce([_at(side.quote_N, begin + offset) for offset in range(width)])
        for side, begin, width in zip(context.sides, first, kind, strict=True)
    ]
    out["quotation mark on one side"] = quote[0][:, None] != quote[1][None, :]
    dashes = _at(source.dash_N, first[0])[:, None], _at(target.dash_N, first[1])[None, :]
    out["dash on one side"] = dashes[0] != dashes[1]


def _paragraphs(
    context: Context,
    kind: tuple[int, int],
    origin: tuple[int, int],
    here: tuple[int, int],
    out: FeatureRows,
) -> None:
    source, target = context.sides
    # boundaries strictly inside a side: starts among its segments after the first
    inner_s, inner_t = (
        _span(starts, begin + 1, size, width - 1)
        for starts, begin, size, width in zip(context.starts, origin, here, kind, strict=True)
    )
    boundaries = inner_s[:, None], inner_t[None, :]
    out["paragraph boundary inside one side"] = np.abs(boundaries[0] - boundaries[1])
    out["paragraph boundaries inside both sides"] = np.minimum(*boundaries)
    first_s, first_t = np.arange(here[0]) + origin[0], np.arange(here[1]) + origin[1]
    begins = _at(source.start_N, first_s)[:, None], _at(target.start_N, first_t)[None, :]
    out["both begin a paragraph"] = begins[0] & begins[1]
    out["one begins a paragraph"] = begins[0] != begins[1]
    ends = (
        _at(source.start_N, first_s + kind[0], outside=1)[:, None],
        _at(target.start_N, first_t + kind[1], outside=1)[None, :],
    )
    out["both end a paragraph"] = ends[0] & ends[1]
    out["one ends a paragraph"] = ends[0] != ends[1]
    kinds = _at(source.kind_N, first_s)[:, None], _at(target.kind_N, first_t)[None, :]
    out["kinds of paragraph differ"] = kinds[0] != kinds[1]


def _running(values: npt.NDArray[np.generic]) -> Floats:
    """Cumulative sums with a leading zero along the last axis."""
    sums = np.cumsum(values, axis=-1, dtype=np.float64)
    lead = np.zeros((*sums.shape[:-1], 1))
    return np.concatenate((lead, sums), axis=-1)


def _span(running: Floats, first: int, size: int, width: int) -> Floats:
    """Sums of `width` values from first, first + 1, ...; places outside the text are cut off."""
    last = running.shape[-1] - 1
    places = np.arange(first, first + size)
    # np.clip looks up the limits of the type first, which takes longer than the work on so few
    begin = np.minimum(np.maximum(places, 0), last)
    end = np.minimum(np.maximum(places + width, 0), last)
    return np.asarray(running[..., end] - running[..., begin], np.float32)


def _at(values: npt.NDArray[np.generic], index: npt.NDArray[np.int64], outside: int = 0) -> Bools:
    """values[index], `outside` where the index leaves the text."""
    inside = (index >= 0) & (index < len(values))
    taken = values[np.where(inside, index, 0)]
    return np.where(inside, taken, np.asarray(outside, values.dtype))
