"""Where a quoted run of words ends: at the marks that set an insertion off, not a word or two beside them.

"— an iron structure built by a Belgian firm — was closed": what was put in ends at the dash.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

__all__ = ["to_marks"]

Cut = tuple[int, int]

_BORDER = re.compile(r"[,;:.!?…]+[\"”»’)\]]*\s|[—–()\[\]。，；：！？、]|\s-\s")
_PAIRED = re.compile(r"[—–()\[\]]|\s-\s")
_FEW = 2  # words for which no mark is crossed
_LEAST = 3  # words that must stay
_WORTH = 0.5  # evidence of words for which a comma or a full stop is crossed nevertheless


def to_marks(
    text: str, spans: Sequence[Cut], worth: Sequence[float], first: int, last: int
) -> tuple[int, int]:
    """The run of words `first` to `last` (half-open), without one or two words that stand beyond a mark at
    an end, and with those that lack where marks enclose it. `spans`: code points of the words, `worth`: how
    much says that each has no partner. Words beyond a comma stay where they have none.
    """
    gaps = ["", *(text[a[1] : b[0]] for a, b in pairwise(spans)), ""]
    for cut in range(first + 1, min(first + _FEW, last - _LEAST) + 1):
        if _ends(gaps[cut], worth[first:cut]):
            first = cut
            break
    for cut in range(last - 1, max(last - _FEW, first + _LEAST) - 1, -1):
        if _ends(gaps[cut], worth[cut:last]):
            last = cut
            break
    paired = [k for k in range(first + 1, last) if _PAIRED.search(gaps[k])]
    if len(paired) == 1:  # one mark of a pair: the other one says which part is the insertion
        (cut,) = paired
        if _PAIRED.search(gaps[first]) and sum(worth[first:cut]) > sum(worth[cut:last]):
            last = cut
        elif _PAIRED.search(gaps[last]) and sum(worth[cut:last]) > sum(worth[first:cut]):
            first = cut
    left = next((k for k in range(first, first - _FEW - 1, -1) if _at(gaps, k)), None)
    right = next((k for k in range(last, last + _FEW + 1) if _at(gaps, k)), None)
    inner = any(_BORDER.search(gaps[k]) for k in range(first + 1, last))
    if left and right and right < len(spans) and not inner:
        return left, right
    return first, last


def _ends(gap: str, worth: Sequence[float]) -> bool:
    """Whether the run ends at a mark, the words beyond being worth so much."""
    if not _BORDER.search(gap):
        return False
    return bool(_PAIRED.search(gap)) or sum(worth) <= _WORTH


def _at(gaps: Sequence[str], place: int) -> bool:
    return 0 < place < len(gaps) - 1 and bool(_BORDER.search(gaps[place]))
