"""What a negation negates, and whether the other side says just that.

Where a negation was dropped or put in, the words beside it still have their like on the other side: "no
está equilibrada", "is balanced". Where it is only said otherwise ("feels off"), they have none, or the
like is nearer with the negation than without it. Both are measured on the few words around the negation
against runs of words of the other side; in the vector of a whole sentence they hardly show.
"""

from __future__ import annotations

import re

from aligner.checks.common import SideTokens, Spans, Word, words

__all__ = ["Scope", "scope_of"]

_AFTER, _BEFORE = 3, 1  # words of the scope behind and before a negation
_LONGEST = 4  # words of a run of the other side
_FAR = 60  # words of the other side that are looked at, those nearest to the same place
_STOP = re.compile(r"[.!?;:…¶]")


class Scope:
    """`fit`: how near the words beside the negation come to a run of the other side (0-1); `gain`: how
    much nearer than with the negation.
    """

    __slots__ = ("fit", "gain")

    def __init__(self, fit: float = 0.0, gain: float = 0.0) -> None:
        self.fit, self.gain = fit, gain


def scope_of(
    texts: tuple[str, str], spans: Spans, near: SideTokens, far: SideTokens, place: float = 0.5
) -> Scope:
    """The scope of that negation of `texts[0]` that the other side is likeliest to lack; an empty one
    where nothing is negated.
    """
    text, other = texts
    runs = _runs(other, far, spans[0][0] / max(1, len(text)) if spans else place)
    own = [w for w in words(text) if w.is_word]
    best = Scope()
    if not runs:
        return best
    against = far.only(runs)
    for span in _joined(spans, text):
        beside = _beside(own, span, spans, text)
        if not beside:
            continue
        bare = [near.cut(a, b) for a, b in beside]
        first, last = min(beside[0][0], span[0]), max(beside[-1][1], span[1])
        cuts = [*(cut for cut in bare if cut[1] > cut[0]), near.cut(first, last)]
        likeness = (near.only(cuts) @ against.T).max(axis=1)
        if len(likeness) < 2:
            continue
        fit, whole = float(likeness[:-1].max()), float(likeness[-1])
        if fit - whole >= best.gain or best.fit == 0:
            best = Scope(fit, fit - whole)
    return best


def _joined(spans: Spans, text: str) -> list[tuple[int, int]]:
    """Negations that stand close by in one clause are one: "ne ... pas", "no ... nada"."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if joined and start - joined[-1][1] < 20 and not _STOP.search(text, joined[-1][1], start):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _beside(
    own: list[Word], span: tuple[int, int], spans: Spans, text: str
) -> list[tuple[int, int]]:
    """The words after a negation, and those with the one before it, in its clause."""
    negating = {a for a, _ in spans}
    before = [w for w in own if w.end <= span[0] and w.start not in negating][-_BEFORE:]
    inside = [w for w in own if span[0] <= w.start < span[1] and w.start not in negating]
    after = [w for w in own if w.start >= span[1] and w.start not in negating][:_AFTER]
    after = [w for w in after if not _STOP.search(text, span[1], w.start)]
    before = [w for w in before if not _STOP.search(text, w.end, span[0])]
    stretch = [*inside, *after]
    made = []
    if stretch:
        made.append((stretch[0].start, stretch[-1].end))
    if len(stretch) > 1 and before:
        made.append((stretch[0].start, stretch[-2].end))
    elif before and not stretch:
        made.append((before[0].start, before[-1].end))
    return sorted(made)


def _runs(other: str, far: SideTokens, place: float) -> list[tuple[int, int]]:
    tokens = [w for w in words(other) if w.is_word]
    if len(tokens) > _FAR:
        middle = int(place * len(tokens))
        first = min(max(0, middle - _FAR // 2), len(tokens) - _FAR)
        tokens = tokens[first : first + _FAR]
    cuts = [far.cut(w.start, w.end) for w in tokens]
    cuts = [cut for cut in cuts if cut[1] > cut[0]]
    return [
        (cuts[k][0], cuts[k + n - 1][1])
        for n in range(1, _LONGEST + 1)
        for k in range(len(cuts) - n + 1)
    ]
