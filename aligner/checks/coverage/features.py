"""How much of one text is covered by the other: ablation, word cover, length.

Take a run of words out of A: where the similarity to B rises, B lacks what the run says. The
runs tried are clauses (between marks) and windows of several widths; with prefix sums each costs
one small matrix product. Beside it stands the cover of single words: each word's vector in its
context against those of the other side.

What a finding quotes is that run and the words beside it that have no partner either
(`with_lone_words`).

Start reading from `coverage_features`. Symmetric: omissions are the uncovered runs of the source,
additions those of the target.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from aligner.checks.common import Cut, PairVectors, SideTokens, is_cjk, letters_in
from aligner.checks.coverage.marks import to_marks

__all__ = ["COVERAGE_FEATURES", "Uncovered", "coverage_features", "with_lone_words"]

Floats = npt.NDArray[np.float32]

_WIDTHS = (4, 8, 14)
_MARK = re.compile(r"[,;:.!?…—–()\[\]«»“”\"、。，；：！？¿¡]|\s-\s")
_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_CLAUSE_WORDS, _CLAUSE_SHARE = 4, 0.4  # of a clause whose gain is believed by itself
_SHARED, _NEARLY = 0.5, 0.6  # of a clause and a window that are one piece of evidence
# chance of no partner from which on a word beside an uncovered run belongs to it: on added and omitted
# sentences .35 to .6 quote nearly the same (docs/fidelity.md)
_LONE = 0.45
_BORDER = 0.5  # of such weight must be what is taken across a mark
_LONG = 240  # words looked at; a longer text is no segment

COVERAGE_FEATURES = (
    "gain",
    "gain_share",
    "span_cover",
    "worst_cover",
    "mean_cover",
    "length",
    "similarity",
    "other_gain",
    "other_worst",
    "other_mean",
    "span_width",
    "only_similarity",
    "gain_rate",
    "sentences",
    "worst_long",
    "clause_gain",
    "bare_mass",
    "lone_share",
    "lone_mass",
    "missing",
    "other_bare_mass",
    "other_lone_share",
)


@dataclass(frozen=True, slots=True)
class Uncovered:
    """The features of COVERAGE_FEATURES by name and the run of code points that fits worst.

    `clause`: the same for the clause that fits worst, `clause_gain` the rise without it.
    """

    values: Mapping[str, float]
    start: int
    end: int
    clause: Cut = (0, 0)
    clause_gain: float = 0.0

    def as_clause(self) -> Uncovered:
        """With the clause as evidence."""
        return replace(self, start=self.clause[0], end=self.clause[1])


@dataclass(frozen=True, slots=True)
class _Seen:
    words: list[Cut]  # token ranges
    spans: list[Cut]  # code points
    cuts: list[tuple[int, int]]  # word ranges
    clauses: int  # how many of the cuts are clauses
    gains: Floats
    cover: Floats
    weight: Floats
    chars: int
    lone: Floats  # 1 where no word of the other side has this one as its best


def coverage_features(
    pair: PairVectors, source: str, target: str, source_lang: str, target_lang: str, ratio: float
) -> tuple[Uncovered, Uncovered]:
    """(omission, addition); `ratio` is the usual log of target by source length."""
    a, b = pair.source, pair.target
    va, vb = a.vector(), b.vector()
    base = float(va @ vb)
    words = _words(a, source, source_lang), _words(b, target, target_lang)
    if not words[0][0] or not words[1][0]:
        nothing = Uncovered(dict.fromkeys(COVERAGE_FEATURES, 0.0), 0, 0)
        return nothing, nothing
    alone = a.only(words[0][0]), b.only(words[1][0])
    likeness = alone[0] @ alone[1].T
    seen = (
        _look(a, source, words[0], vb, base, likeness.max(axis=1), _lone(likeness)),
        _look(b, target, words[1], va, base, likeness.max(axis=0), _lone(likeness.T)),
    )
    length = np.log((seen[1].chars + 5) / (seen[0].chars + 5)) - ratio
    ends = _sentences(source), _sentences(target)
    return (
        _row(seen[0], seen[1], a, vb, base, -float(length), ends[0] - ends[1]),
        _row(seen[1], seen[0], b, va, base, float(length), ends[1] - ends[0]),
    )


def with_lone_words(
    one: Uncovered, side: SideTokens, other: SideTokens, text: str, lang: str
) -> Uncovered:
    """The run with the words to its left and right that have no partner in the other text, as
    far as they outweigh those between that have one.
    """
    chances = side.without_partner(other)
    tokens, spans = _words(side, text, lang)
    inside = [k for k, (a, b) in enumerate(spans) if a >= one.start and b <= one.end]
    if chances is None or not inside:
        return one
    chance, weight = chances
    worth = [float((weight[i:j] * (chance[i:j] - _LONE)).sum()) for i, j in tokens]
    # what it costs to pass from a word to the next: nothing inside a clause
    borders = [
        _BORDER * bool(_MARK.search(text, spans[k][1], spans[k + 1][0]))
        for k in range(len(spans) - 1)
    ]
    first, last = inside[0], inside[-1] + 1
    left = _reach(np.subtract(worth[:first], borders[:first]).tolist()[::-1])
    right = _reach(np.subtract(worth[last:], borders[last - 1 :]).tolist())
    first, last = to_marks(text, spans, worth, first - left, last + right)
    return replace(one, start=spans[first][0], end=spans[last - 1][1])


def _reach(worth: Sequence[float]) -> int:
    """How many of the first values have the largest sum; the fewest of equals."""
    best, total, reach = 0.0, 0.0, 0
    for count, value in enumerate(worth, start=1):
        total += value
        if total > best:
            best, reach = total, count
    return reach


def _lone(likeness: Floats) -> Floats:
    """[n, m] -> [n]: 0 where a word is, within one place, the best match of its own best match."""
    best = likeness.argmax(axis=1)
    back = likeness.argmax(axis=0)[best]
    return np.asarray(np.abs(back - np.arange(len(best))) > 1, np.float32)


def _mass(values: Floats) -> float:
    """The largest sum over a run of neighbouring words (Kadane)."""
    best = run = 0.0
    for value in values.tolist():
        run = max(0.0, run + value)
        best = max(best, run)
    return best


def _sentences(text: str) -> int:
    return len(re.findall(r"[.!?…。！？]+[\"”’»)]*(?=\s|$)", text))


def _words(side: SideTokens, text: str, lang: str) -> tuple[list[Cut], list[Cut]]:
    """Token ranges and code points of the words of a text; in CJK tokens do for words."""
    tokens = side.tokens
    if is_cjk(lang):
        kept = [k for k, (x, y) in enumerate(tokens) if y > x and any(map(str.isalnum, text[x:y]))]
        return [(k, k + 1) for k in kept][:_LONG], [tokens[k] for k in kept][:_LONG]
    ranges: list[Cut] = []
    spans: list[Cut] = []
    k = 0
    for match in _WORD.finditer(text):
        while k < len(tokens) and tokens[k][1] <= match.start():
            k += 1
        last = k
        while last < len(tokens) and tokens[last][0] < match.end():
            last += 1
        if last > k:
            ranges.append((k, last))
            spans.append(match.span())
    return ranges[:_LONG], spans[:_LONG]


def _look(
    side: SideTokens,
    text: str,
    words: tuple[list[Cut], list[Cut]],
    other: Floats,
    base: float,
    cover: Floats,
    lone: Floats,
) -> _Seen:
    tokens, spans = words
    count = len(tokens)
    clauses = _clauses(text, spans)
    step = 1 if count < 16 else 2 if count < 40 else 3
    windows = [
        (first, first + width)
        for width in _WIDTHS
        if width < count
        for first in range(0, count - width + 1, step)
    ]
    cuts = [*clauses, *windows] or [(0, count)]
    vectors = side.without([(tokens[i][0], tokens[j - 1][1]) for i, j in cuts])
    gains = np.asarray(vectors @ other - base, np.float32)
    # a word's letters say how much it weighs: articles weigh little
    weight = np.array([min(8, max(1, y - x - 1)) for x, y in spans], np.float32)
    return _Seen(tokens, spans, cuts, len(clauses), gains, cover, weight, letters_in(text), lone)


def _clauses(text: str, spans: list[Cut]) -> list[tuple[int, int]]:
    """Word ranges between marks, and pairs of neighbouring ones; never the whole text."""
    borders = [0]
    borders += [k for k in range(1, len(spans)) if _MARK.search(text, spans[k - 1][1], spans[k][0])]
    borders.append(len(spans))
    clauses = []
    for reach in (1, 2):
        for k in range(len(borders) - reach):
            piece = (borders[k], borders[k + reach])
            if 0 < piece[1] - piece[0] < len(spans):
                clauses.append(piece)
    return clauses


def _row(
    seen: _Seen,
    other: _Seen,
    side: SideTokens,
    far: Floats,
    base: float,
    length: float,
    sentences: int,
) -> Uncovered:
    best = int(np.argmax(seen.gains))
    first, last = seen.cuts[best]
    weight, cover = seen.weight, seen.cover
    inside = float(np.average(cover[first:last], weights=weight[first:last]))
    tokens = seen.words[first][0], seen.words[last - 1][1]
    alone = float(side.only([tokens])[0] @ far)
    share = float(weight[first:last].sum() / weight.sum())
    gain = float(seen.gains[best])
    clause, where, part, i, j = 0.0, (0, 0), 1.0, 0, 0
    if seen.clauses:
        worst = int(np.argmax(seen.gains[: seen.clauses]))
        i, j = seen.cuts[worst]
        part = float(weight[i:j].sum() / weight.sum())
        clause = float(seen.gains[worst])
        where = (seen.spans[i][0], seen.spans[j - 1][1])
    values = {
        "gain": gain,
        "gain_share": gain / max(0.05, 1 - base),
        "span_cover": inside,
        "worst_cover": _worst(cover, weight, 4),
        "mean_cover": float(np.average(cover, weights=weight)),
        "length": length,
        "similarity": base,
        "other_gain": float(other.gains.max()),
        "other_worst": _worst(other.cover, other.weight, 4),
        "other_mean": float(np.average(other.cover, weights=other.weight)),
        "span_width": share,
        "only_similarity": alone,
        "gain_rate": gain / max(share, 0.05),
        "sentences": float(np.clip(sentences, -2, 2)),
        "worst_long": _worst(cover, weight, 8),
        "clause_gain": clause,
        "bare_mass": _bare(seen),
        "lone_share": float(np.average(seen.lone, weights=weight)),
        "lone_mass": _mass((seen.lone - 0.5) * weight) / 10,
        "missing": float(np.clip(length, -1.0, 1.0)) * min(seen.chars, 400) / 40,
        "other_bare_mass": _bare(other),
        "other_lone_share": float(np.average(other.lone, weights=other.weight)),
    }
    fits = j - i >= _CLAUSE_WORDS and part <= _CLAUSE_SHARE
    first, last = _whole_clause(seen, first, last, gain)
    return Uncovered(
        values, seen.spans[first][0], seen.spans[last - 1][1], where, clause if fits else 0.0
    )


def _whole_clause(seen: _Seen, first: int, last: int, gain: float) -> tuple[int, int]:
    """The clause that a window lies in or cuts, where taking it out says nearly as much: evidence ends
    where a person would end it.
    """
    like = []
    for (i, j), rise in zip(seen.cuts[: seen.clauses], seen.gains, strict=False):
        shared = min(j, last) - max(i, first)
        if shared >= _SHARED * max(j - i, last - first) and rise >= _NEARLY * gain:
            like.append((float(rise), i, j))
    return max(like)[1:] if like else (first, last)


def _bare(seen: _Seen) -> float:
    """How many letters in a row have no cover, those that are covered counted against them."""
    middle = float(np.average(seen.cover, weights=seen.weight))
    return _mass((middle - 0.08 - seen.cover) * seen.weight) / 3


def _worst(cover: Floats, weight: Floats, width: int) -> float:
    """The lowest weighted mean over `width` neighbouring words."""
    width = min(width, len(cover))
    top = np.convolve(cover * weight, np.ones(width), "valid")
    return float((top / np.convolve(weight, np.ones(width), "valid")).min())
