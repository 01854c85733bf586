"""Segments that are the same text on both sides: code, addresses, figures, what nobody translates.

A text that stands as often on one side as on the other is taken in order, first with first. Of the
211 such pairs in the gold 210 are inside one bead (log odds 5); vectors see their likeness too, so
that `BONUS` is less. A run of such lines looks like a run of nulls to weights that have not met code.
"""

from __future__ import annotations

from collections import defaultdict

from aligner.engine.features.evidence import Evidence

__all__ = ["BONUS", "NAME", "same_texts"]

BONUS = 3.0  # nats for each pair in a bead
NAME = "the same text on both sides"


def same_texts(source: Evidence, target: Evidence) -> tuple[tuple[int, int], ...]:
    """Segments (i, j) in the order of i. White space and the separators of numbers do not count;
    a segment without two letters or digits is none.
    """
    ours, theirs = _places(source), _places(target)
    return tuple(
        sorted(
            pair
            for key, places in ours.items()
            if len(places) == len(theirs.get(key, ()))
            for pair in zip(places, theirs[key], strict=True)
        )
    )


def _places(evidence: Evidence) -> dict[int, list[int]]:
    places: dict[int, list[int]] = defaultdict(list)
    for index, key in enumerate(evidence.text_N.tolist()):
        if key:
            places[key].append(index)
    return places
