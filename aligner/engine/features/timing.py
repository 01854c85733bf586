"""Subtitles: what is on the screen at one time is one text, in whatever language.

Two releases of a film may begin at other moments and run at other speeds (25 and 23.976 frames), so
the clocks are compared first: a line through the mid times of the coarse chain's anchors (Theil 1950,
Sen 1968), or the same clock. It is believed where most anchors agree with it. Then a match bead gets
up to `BONUS` nats, times the share that its two sides' times on screen have in common (intersection
over union). No gold alignment has times: the constants are set by hand.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from aligner.engine.features.coarse import Chain
from aligner.engine.features.evidence import Evidence

__all__ = ["BONUS", "NAME", "Clock", "clock"]

Floats = npt.NDArray[np.float64]

BONUS = 8.0  # nats, for beads whose sides are on screen at exactly one time
NAME = "time on screen in common"
_SURE = 0.1  # margin of the anchors that set the clock
_FEWEST = 3  # such anchors
_SHIFT = 4  # anchors from which the clocks may be put forward or back
_LINE = 8  # anchors from which a line is put through them
_NEAR = 1000.0  # ms that mid times may differ
_AGREEING = 0.6  # share of the anchors that must be so near
_SPEEDS = (0.9, 1.1)
_TOGETHER, _MOSTLY = 150.0, 0.8  # ms between beginnings; share of cues that begin together
_MOST = 400  # anchors that a line is put through


@dataclass(frozen=True, slots=True)
class Clock:
    """Times on screen of all segments on the target's clock, in ms: [N, 2] and [M, 2] start and end.

    NaN where a segment has none.
    """

    source_N2: Floats
    target_M2: Floats

    @property
    def name(self) -> str:
        """See `extras.Extra`."""
        return NAME

    @property
    def bonus(self) -> float:
        """See `extras.Extra`."""
        return BONUS

    def shares(self, rows: range, columns: range, a: int, b: int) -> npt.NDArray[np.float32]:
        """[R, B] for the beads of `a` and `b` segments that end at these cells; 0 outside the texts."""
        out = np.zeros((len(rows), len(columns)), np.float32)
        first, left = max(a - rows.start, 0), max(b - columns.start, 0)
        ends = np.arange(rows.start + first, rows.stop) - 1
        tops = np.arange(columns.start + left, columns.stop) - 1
        if len(ends) and len(tops):
            out[first:, left:] = _shares(
                self.source_N2[ends - a + 1, 0],
                self.source_N2[ends, 1],
                self.target_M2[tops - b + 1, 0],
                self.target_M2[tops, 1],
            )
        return out


def _shares(start: Floats, end: Floats, other_start: Floats, other_end: Floats) -> Floats:
    inside = np.minimum(end[:, None], other_end) - np.maximum(start[:, None], other_start)
    whole = np.maximum(end[:, None], other_end) - np.minimum(start[:, None], other_start)
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.clip(inside, 0.0, None) / whole
    return np.asarray(np.nan_to_num(share, nan=0.0, posinf=0.0), np.float64)


def clock(source: Evidence, target: Evidence, chain: Chain) -> Clock | None:
    """The times of both sides on one clock; None where there are none, or where they disagree."""
    ours, theirs = source.times_N2, target.times_N2
    if np.isnan(ours).all() or np.isnan(theirs).all():
        return None
    x, y = ours[chain.source_K].mean(axis=1), theirs[chain.target_K].mean(axis=1)
    known = ~np.isnan(x) & ~np.isnan(y) & (chain.margin_K >= _SURE)
    x, y = x[known], y[known]
    if len(x) < _FEWEST:
        # too few to set a clock by, but cues that begin together hardly do by chance
        return Clock(ours, theirs) if _coincide(ours, theirs) else None
    lines = [(1.0, 0.0)]
    if len(x) >= _SHIFT:
        lines.append((1.0, float(np.median(y - x))))
    if len(x) >= _LINE:
        lines.append(_line(x, y))
    agreeing = [float((abs(speed * x + delay - y) <= _NEAR).mean()) for speed, delay in lines]
    best = int(np.argmax(agreeing))
    if agreeing[best] < _AGREEING:
        return None
    speed, delay = lines[best]
    return Clock(speed * ours + delay, theirs)


def _coincide(ours: Floats, theirs: Floats) -> bool:
    """Whether most cues of either side begin with one of the other, on the clocks as they are."""
    a, b = (np.unique(side[~np.isnan(side[:, 0]), 0]) for side in (ours, theirs))
    apart = np.abs(a[:, None] - b)
    shares = (apart.min(axis=1) <= _TOGETHER).mean(), (apart.min(axis=0) <= _TOGETHER).mean()
    return min(len(a), len(b)) >= 2 and min(shares) >= _MOSTLY


def _line(x: Floats, y: Floats) -> tuple[float, float]:
    """Slope and intercept: medians, which wrong anchors do not move."""
    few = np.linspace(0, len(x) - 1, min(len(x), _MOST)).astype(np.int64)
    x, y = x[few], y[few]
    i, j = np.triu_indices(len(x), 1)
    apart = x[j] - x[i] > _NEAR
    slopes = (y[j] - y[i])[apart] / (x[j] - x[i])[apart]
    speed = float(np.clip(np.median(slopes), *_SPEEDS)) if len(slopes) else 1.0
    return speed, float(np.median(y - speed * x))
