"""Cells -> features of match beads: does what both sides say stay inside the bead?

Segments of few tokens ("Why?") say little either way, so every share is damped: `_DAMPING` of token
weight counts as if it were shared out as in an ordinary right bead (`_USUAL`).
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from aligner.engine.attribution.cells import Cells

__all__ = ["ATTRIBUTION_FEATURES", "TokenEvidence"]

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

_DAMPING = 0.5  # token weight: about one rare word, or three common ones
_USUAL = 0.85  # of what is attributed anywhere, how much falls inside a right bead
_PARTNERED = 0.6  # of a segment's weight, how much finds partners
_WORTH_NAMING = 0.03  # share of a segment's words
_DOOR = 2  # segments next door on the other side

_PLAIN = (
    "words with partners, least side",
    "words with partners, largest side",
    "words with partners squared",
    "words with partners x segments beyond two",
    "inside share, least side",
    "inside share, mean",
    "inside share squared",
    "inside share, log of the least",
    "inside share x segments beyond two",
    "inside share in a 1-1",
    "weight that goes elsewhere",
    "weight that goes elsewhere x segments beyond two",
    "links inside",
    "share of links inside",
    "links outside",
    "outer segments, least",
    "outer segments, mean",
    "outer segments below nothing",
    "outer segments, least weight",
    "outer segments x segments beyond two",
    "words of outer segments with partners, least",
    "words of outer segments with partners, mean",
    "pull of neighbours, largest",
    "pull of neighbours above nothing",
    "pull of neighbours, sum",
    "pull of neighbours in a 1-1",
)
_HINGES = (
    ("inside share, mean", (0.4, 0.6, 0.8)),
    ("outer segments, least", (0.1, 0.3)),
    ("pull of neighbours, largest", (-0.3, 0.2)),
    ("words with partners, least side", (0.2, 0.4)),
    ("words of outer segments with partners, least", (0.15, 0.3, 0.5)),
)
ATTRIBUTION_FEATURES: tuple[str, ...] = _PLAIN + tuple(
    f"{name} above {knot:g}" for name, knots in _HINGES for knot in knots
)


class TokenEvidence:
    """Sums over any rectangle of cells, and the features of beads."""

    def __init__(self, cells: Cells) -> None:
        self.cells = cells
        width = np.diff(cells.offset_N1)
        # running sums along each row, one number more than cells, so that any span is a difference
        self._start = cells.offset_N1[:-1] + np.arange(len(width))
        self._width = width
        self._running = tuple(
            self._run(values) for values in (cells.ours_C, cells.theirs_C, cells.links_C)
        )
        last = self._start + width
        self._ours_N = self._running[0][last]
        columns = np.concatenate(
            [np.arange(w) for w in width.tolist()] or [np.zeros(0, np.int64)]
        ) + np.repeat(cells.windows.low_N, width)
        count = len(cells.target_M)
        self._theirs_M: Doubles = np.bincount(columns, cells.theirs_C, count).astype(np.float64)
        self._links = (
            self._running[2][last],
            np.bincount(columns, cells.links_C, count).astype(np.float64),
        )

    def _run(self, values: Floats) -> Doubles:
        out = np.zeros(len(values) + len(self._width), np.float64)
        inside = np.ones(len(out), bool)
        inside[self._start] = False
        out[inside] = values
        np.cumsum(out, out=out)
        # what stood before each row is taken off again
        return np.asarray(out - np.repeat(out[self._start], self._width + 1))

    def share(self, source: range, target: range) -> tuple[float, float]:
        """Of the weight of these source segments, the part with partners in these target segments,
        and the same the other way round (0-1).
        """
        i0, i1, j0, j1 = (
            np.array([k]) for k in (source.start, source.stop, target.start, target.stop)
        )
        ours = float(self._box(0, i0, i1, j0, j1)[0])
        theirs = float(self._box(1, i0, i1, j0, j1)[0])
        whole = self.cells.source_N[source.start : source.stop].sum()
        other = self.cells.target_M[target.start : target.stop].sum()
        return ours / max(float(whole), 1e-9), theirs / max(float(other), 1e-9)

    def partners(self, side: int, index: int) -> tuple[tuple[int, float], ...]:
        """The segments of the other side where the words of a segment (side 0: source) find their
        partners, and the share of its words each holds (0-1), largest first; small ones left out.
        """
        windows = self.cells.windows
        if side == 0:
            first, values = int(windows.low_N[index]), self.cells.ours_C[self.cells.row(index)]
            whole = float(self.cells.source_N[index])
        else:
            rows = np.flatnonzero((windows.low_N <= index) & (windows.high_N > index))
            first = int(rows[0]) if len(rows) else 0
            place = self.cells.offset_N1[rows] + index - windows.low_N[rows]
            values = self.cells.theirs_C[place]
            whole = float(self.cells.target_M[index])
        shares = values / max(whole, 1e-9)
        order = np.argsort(-shares, kind="stable")
        return tuple(
            (first + int(k), float(shares[k])) for k in order if shares[k] >= _WORTH_NAMING
        )

    def features(self, i1: Ints, j1: Ints, a: Ints, b: Ints) -> Floats:
        """[E, F] of the match beads of a[e] and b[e] segments that end at (i1[e], j1[e])."""
        i0, j0 = i1 - a, j1 - b
        beyond = (a + b - 2).astype(np.float64)
        single = (beyond == 0).astype(np.float64)
        inside = self._box(0, i0, i1, j0, j1), self._box(1, i0, i1, j0, j1)
        whole = _spans(self.cells.source_N, i0, i1), _spans(self.cells.target_M, j0, j1)
        anywhere = _spans(self._ours_N, i0, i1), _spans(self._theirs_M, j0, j1)
        partnered = [
            (x + _DAMPING * _PARTNERED) / (w + _DAMPING) for x, w in zip(inside, whole, strict=True)
        ]
        within = [_damped(x, w) for x, w in zip(inside, anywhere, strict=True)]
        elsewhere = np.maximum(anywhere[0] + anywhere[1] - inside[0] - inside[1], 0)
        linked = self._box(2, i0, i1, j0, j1)
        all_links = _spans(self._links[0], i0, i1) + _spans(self._links[1], j0, j1)
        loose = np.maximum(all_links - 2 * linked, 0)
        out: dict[str, Doubles] = {}
        out["words with partners, least side"] = least = np.minimum(*partnered)
        out["words with partners, largest side"] = np.maximum(*partnered)
        out["words with partners squared"] = least**2
        out["words with partners x segments beyond two"] = least * beyond
        out["inside share, least side"] = low = np.minimum(*within)
        out["inside share, mean"] = mean = (within[0] + within[1]) / 2
        out["inside share squared"] = mean**2
        out["inside share, log of the least"] = np.log(low + 0.02)
        out["inside share x segments beyond two"] = mean * beyond
        out["inside share in a 1-1"] = mean * single
        out["weight that goes elsewhere"] = np.log1p(elsewhere)
        out["weight that goes elsewhere x segments beyond two"] = np.log1p(elsewhere) * beyond
        out["links inside"] = np.log1p(linked)
        out["share of links inside"] = _damped(2 * linked, all_links)
        out["links outside"] = np.log1p(loose)
        self._outer(i0, i1, j0, j1, beyond, out)
        self._neighbours(i0, i1, j0, j1, single, out)
        for name, knots in _HINGES:
            for knot in knots:
                out[f"{name} above {knot:g}"] = np.maximum(out[name] - knot, 0)
        return np.stack([out[name] for name in ATTRIBUTION_FEATURES], axis=1).astype(np.float32)

    def _outer(
        self, i0: Ints, i1: Ints, j0: Ints, j1: Ints, beyond: Doubles, out: dict[str, Doubles]
    ) -> None:
        """Do the first and last segments of a larger bead belong inside, or next door?"""
        first, last = (j0 - _DOOR, j0), (j1, j1 + _DOOR)
        above, below = (i0 - _DOOR, i0), (i1, i1 + _DOOR)
        shares, weights, covered, present = [], [], [], []
        for number, (place, door, size) in enumerate(
            (
                (i0, first, i1 - i0),
                (i1 - 1, last, i1 - i0),
                (j0, above, j1 - j0),
                (j1 - 1, below, j1 - j0),
            )
        ):
            if number < 2:
                here = self._box(0, place, place + 1, j0, j1)
                there = self._box(0, place, place + 1, *door)
                of, whole = self._ours_N[place], self.cells.source_N[place]
            else:
                here = self._box(1, i0, i1, place, place + 1)
                there = self._box(1, *door, place, place + 1)
                of, whole = self._theirs_M[place], self.cells.target_M[place]
            covered.append((here + _DAMPING * _PARTNERED) / (whole + _DAMPING))
            shares.append((here - there + _DAMPING * _USUAL) / (of + _DAMPING))
            weights.append(here - there)
            present.append(size > 1)
        held = np.stack(present)
        some = held.any(axis=0)
        share = np.where(held, np.stack(shares), np.inf).min(axis=0)
        weight = np.where(held, np.stack(weights), np.inf).min(axis=0)
        total = np.where(held, np.stack(shares), 0).sum(axis=0)
        least = np.where(some, share, 0.0)
        parts = np.stack(covered)
        out["words of outer segments with partners, least"] = np.where(
            some, np.where(held, parts, np.inf).min(axis=0), 0.0
        )
        out["words of outer segments with partners, mean"] = np.where(held, parts, 0).sum(
            axis=0
        ) / np.maximum(held.sum(axis=0), 1)
        out["outer segments, least"] = least
        out["outer segments, mean"] = total / np.maximum(held.sum(axis=0), 1)
        out["outer segments below nothing"] = np.minimum(least, 0)
        out["outer segments, least weight"] = np.clip(np.where(some, weight, 0.0), -3, 3)
        out["outer segments x segments beyond two"] = least * beyond

    def _neighbours(
        self, i0: Ints, i1: Ints, j0: Ints, j1: Ints, single: Doubles, out: dict[str, Doubles]
    ) -> None:
        """Are the four segments just outside drawn into the bead, or to their own side?"""
        far = np.full_like(i0, 1 << 40)
        near = np.full_like(i0, -1)
        pulls, present = [], []
        for side, place, own in (
            (0, i0 - 1, (near, j0)),
            (0, i1, (j1, far)),
            (1, j0 - 1, (near, i0)),
            (1, j1, (i1, far)),
        ):
            count = len(self._ours_N) if side == 0 else len(self._theirs_M)
            inside = (place >= 0) & (place < count)
            at = np.where(inside, place, 0)
            if side == 0:
                into = self._box(0, at, at + 1, j0, j1)
                away = self._box(0, at, at + 1, *own)
                of = self._ours_N[at]
            else:
                into = self._box(1, i0, i1, at, at + 1)
                start = np.maximum(own[0], 0)
                stop = np.minimum(own[1], len(self._ours_N))
                # own side of a target segment: the rows before or behind the bead that may see it
                start = np.maximum(start, i0 - _REACH)
                stop = np.minimum(stop, i1 + _REACH)
                away = self._box(1, start, stop, at, at + 1)
                of = self._theirs_M[at]
            pulls.append((into - away - _DAMPING * _USUAL) / (of + _DAMPING))
            present.append(inside)
        held = np.stack(present)
        some = held.any(axis=0)
        largest = np.where(held, np.stack(pulls), -np.inf).max(axis=0)
        largest = np.where(some, largest, -_USUAL)
        out["pull of neighbours, largest"] = largest
        out["pull of neighbours above nothing"] = np.maximum(largest, 0)
        out["pull of neighbours, sum"] = np.where(held, np.stack(pulls), -_USUAL).sum(axis=0)
        out["pull of neighbours in a 1-1"] = largest * single

    def _box(self, which: int, i0: Ints, i1: Ints, j0: Ints, j1: Ints) -> Doubles:
        """Sums of the cells of rows i0 .. i1 - 1 and columns j0 .. j1 - 1; outside windows nothing."""
        running, windows = self._running[which], self.cells.windows
        count = len(windows.low_N)
        out = np.zeros(len(i0), np.float64)
        for step in range(int((i1 - i0).max(initial=0))):
            row = i0 + step
            valid = (row < i1) & (row >= 0) & (row < count)
            row = np.where(valid, row, 0)
            low, width, start = windows.low_N[row], self._width[row], self._start[row]
            left = np.clip(j0 - low, 0, width)
            right = np.clip(j1 - low, left, width)
            out += np.where(valid, running[start + right] - running[start + left], 0.0)
        return out


_REACH = 6  # rows looked at for a target segment's own side


def _damped(part: Doubles, whole: Doubles) -> Doubles:
    return (part + _DAMPING * _USUAL) / (whole + _DAMPING)


def _spans(values: npt.NDArray[np.floating], start: Ints, stop: Ints) -> Doubles:
    running = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
    return running[stop] - running[start]
