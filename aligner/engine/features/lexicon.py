"""A lexicon that a pair of texts teaches about itself, for languages the encoder does not know.

The confident beads of a first pass are a small parallel text. Words (first five letters, see
`evidence`) that keep company in it are linked by Dunning's (1993) likelihood ratio and Melamed's
(1997) competitive linking; in a second pass linked words count as shared words. Nothing is looked
up anywhere: a text of fifty beads teaches a few dozen words, a novel some thousands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from aligner.engine.features.evidence import CLASSES, Evidence

__all__ = ["Lexicon", "learn", "translated"]

Lexicon = dict[int, int]  # hash of a word of the target -> hash of the source's word

_CLASSES = tuple(CLASSES.index(name) for name in ("name", "word"))
_TOGETHER = 3  # beads that two words must share
_DICE = 0.5
_RATIO = 12.0  # twice the log-likelihood ratio; chance passes it once in 2,000 pairs
_COMMON = 0.2  # share of the beads above which a word is too common to be linked


def learn(
    source: Evidence, target: Evidence, beads: Sequence[tuple[range, range]]
) -> tuple[Lexicon, Lexicon]:
    """Links of names and of words, from beads that can be believed (segment ranges).

    Linear in the words of the beads times the words of a bead's other side. The same beads give
    the same links.
    """
    return tuple(  # type: ignore[return-value]
        _links(
            _by_segment(source.items[k], source.count),
            _by_segment(target.items[k], target.count),
            beads,
        )
        for k in _CLASSES
    )


def translated(target: Evidence, lexicons: tuple[Lexicon, Lexicon]) -> Evidence:
    """The target's evidence with every linked word replaced by the source's word."""
    items = list(target.items)
    for k, lexicon in zip(_CLASSES, lexicons, strict=True):
        segment, key, weight = items[k]
        renamed = np.array([lexicon.get(int(one), int(one)) for one in key], np.int64)
        items[k] = (segment, renamed, weight)
    return replace(target, items=tuple(items))


def _by_segment(
    items: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.float32]], count: int
) -> list[list[int]]:
    out: list[list[int]] = [[] for _ in range(count)]
    for segment, key in zip(items[0].tolist(), items[1].tolist(), strict=True):
        out[segment].append(key)
    return out


def _links(
    source: list[list[int]], target: list[list[int]], beads: Sequence[tuple[range, range]]
) -> Lexicon:
    alone_s: Counter[int] = Counter()
    alone_t: Counter[int] = Counter()
    together: Counter[tuple[int, int]] = Counter()
    sides = [(_words(source, a), _words(target, b)) for a, b in beads]
    for left, right in sides:
        alone_s.update(left)
        alone_t.update(right)
    most = max(_TOGETHER, _COMMON * len(beads))

    def usable(count: int) -> bool:
        return _TOGETHER <= count <= most

    for left, right in sides:
        rare = [t for t in right if usable(alone_t[t])]
        together.update((s, t) for s in left if usable(alone_s[s]) for t in rare)
    scored = []
    for (s, t), both in together.items():
        if both < _TOGETHER or 2 * both < _DICE * (alone_s[s] + alone_t[t]):
            continue
        ratio = _likelihood_ratio(both, alone_s[s], alone_t[t], len(beads))
        if ratio >= _RATIO:
            scored.append((-ratio, s, t))
    links: Lexicon = {}
    taken: set[int] = set()
    for _, s, t in sorted(scored):
        if s not in taken and t not in links:
            links[t] = s
            taken.add(s)
    # a word that is the same on both sides is a cognate already
    return {t: s for t, s in links.items() if t not in alone_s}


def _words(rows: list[list[int]], segments: Iterable[int]) -> list[int]:
    return sorted({key for segment in segments for key in rows[segment]})


def _likelihood_ratio(both: int, left: int, right: int, total: int) -> float:
    """Twice Dunning's log-likelihood ratio of two words in `total` beads."""
    observed = np.array(
        [[both, left - both], [right - both, total - left - right + both]], np.float64
    )
    expected = observed.sum(axis=1, keepdims=True) * observed.sum(axis=0) / total
    seen = observed > 0
    return float(2 * np.sum(observed[seen] * np.log(observed[seen] / expected[seen])))
