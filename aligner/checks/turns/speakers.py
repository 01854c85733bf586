"""The checks of turns: who speaks, and in which order.

Labels ("Q:", "Marroquín:") are learned over the whole file or article: which label of the target
stands where which label of the source does. The usual labels of questions and answers are known
beforehand, so that a file in which many are wrong does not teach the wrong ones.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from aligner.checks.common import Hit, SumsOf, base, fold, word_table

__all__ = ["Labels", "Turn", "check_order", "check_speaker", "check_turn_count", "turns_of"]

TURN = "¶"
_LABEL = re.compile(r"\s*([^\W\d_][^:：¶.?!\n]{0,40}?)\s*[:：]\s+|\s*([^\W\d_]{1,10})[：]")
_PRIOR = 50  # how often the usual labels count as seen
_SURE = 0.75  # share of a label's partners that makes it known
_MARGIN = 0.10  # how much better crossed turns must fit than those in order


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a text: its code points, its label ("" without one) and where that stands."""

    start: int
    end: int
    label: str
    label_end: int


def turns_of(text: str, *, inner: bool = True) -> list[Turn]:
    """The turns of a text, separated by ¶; labels only where `inner` and one stands there."""
    made, last = [], 0
    for piece in text.split(TURN):
        start = last + len(piece) - len(piece.lstrip())
        match = _LABEL.match(text, start) if inner else None
        label = (match[1] or match[2]) if match else ""
        if match and (len(label.split()) > 4 or match.end() > last + len(piece)):
            match, label = None, ""
        made.append(Turn(start, last + len(piece.rstrip()), label, match.end() if match else start))
        last += len(piece) + 1
    return made


@dataclass(slots=True)
class Labels:
    """Which labels of both sides go together."""

    seen: Counter[tuple[str, str]] = field(default_factory=Counter)
    source_lang: str = ""
    target_lang: str = ""

    def learn(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Count the labels of turns that stand beside each other."""
        for a, b in pairs:
            if a and b:
                self.seen[fold(a), fold(b)] += 1

    def partner(self, label: str) -> str:
        """The target label of a source label, "" where it is not known."""
        key = fold(label)
        counts: Counter[str] = Counter()
        for (a, b), count in self.seen.items():
            if a == key:
                counts[b] += count
        for role in ("question", "answer"):
            if key in _role(role, self.source_lang):
                for (a, b), count in self.seen.items():
                    if a == key and b in _role(role, self.target_lang):
                        counts[b] += _PRIOR * count
        if not counts:
            return ""
        best, count = counts.most_common(1)[0]
        return best if count >= _SURE * counts.total() and count > 1 else ""


def _role(role: str, lang: str) -> frozenset[str]:
    table = word_table("labels")[role]
    return frozenset(fold(word) for word in (*table.get(base(lang), ()), *table["*"]))


def check_speaker(source: str, target: str, labels: Labels) -> Iterator[Hit]:
    """A turn carries the label of somebody else."""
    left, right = turns_of(source), turns_of(target)
    if len(left) != len(right):
        return
    wrong = []
    for a, b in zip(left, right, strict=True):
        if a.label and b.label:
            known = labels.partner(a.label)
            if known and known != fold(b.label):
                wrong.append((a, b))
    if wrong:
        shown = "; ".join(f"{a.label} is printed as {b.label}" for a, b in wrong)
        yield Hit(
            "speaker",
            "critical",
            0.95,
            f"another speaker: {shown}",
            tuple((a.start, a.label_end) for a, _ in wrong),
            tuple((b.start, b.label_end) for _, b in wrong),
            " ".join(f"{fold(a.label)}>{fold(b.label)}" for a, b in wrong),
        )


def check_turn_count(source: str, target: str, sums_of: SumsOf) -> Iterator[Hit]:
    """A turn is missing, or there is one too many: the one that fits nothing on the other side."""
    left, right = turns_of(source), turns_of(target)
    left = [turn for turn in left if source[turn.start : turn.end].strip()]
    right = [turn for turn in right if target[turn.start : turn.end].strip()]
    if len(left) == len(right) or not left or not right:
        return
    omitted = len(left) > len(right)
    many, text, other = (left, source, target) if omitted else (right, target, source)
    sums = sums_of([text[turn.start : turn.end] for turn in many] + [other])
    whole = sums.vector(len(many))
    fit = [float(sums.vector(row) @ whole) for row in range(len(many))]
    missing = abs(len(left) - len(right))
    for row in sorted(sorted(range(len(many)), key=lambda k: fit[k])[:missing]):
        turn = many[row]
        span = ((turn.start, turn.end),)
        words = text[turn.start : turn.end]
        shown = words if len(words) < 90 else f"{words[:89].rstrip()}…"
        yield Hit(
            "omitted-segment" if omitted else "added-segment",
            "major",
            0.95,
            f"{len(left)} turns in the source, {len(right)} in the translation: "
            f"“{shown}” has no counterpart",
            span if omitted else (),
            () if omitted else span,
            words[:120],
        )


def check_order(source: str, target: str, sums_of: SumsOf) -> Iterator[Hit]:
    """Turns stand in another order: crossed they fit much better than side by side."""
    left, right = turns_of(source), turns_of(target)
    if len(left) != len(right) or len(left) < 2:
        return
    texts = [source[a.label_end : a.end] for a in left] + [
        target[b.label_end : b.end] for b in right
    ]
    if any(not text.strip() for text in texts):
        return
    sums = sums_of(texts)
    count = len(left)
    vectors = [sums.vector(row) for row in range(2 * count)]
    fit = [[float(vectors[i] @ vectors[count + j]) for j in range(count)] for i in range(count)]
    for i in range(count - 1):
        straight = fit[i][i] + fit[i + 1][i + 1]
        crossed = fit[i][i + 1] + fit[i + 1][i]
        if crossed > straight + 2 * _MARGIN:
            yield Hit(
                "turn-order",
                "major",
                0.9,
                "two turns stand in the other order",
                ((left[i].start, left[i].end), (left[i + 1].start, left[i + 1].end)),
                ((right[i].start, right[i].end), (right[i + 1].start, right[i + 1].end)),
                f"turns {i + 1} {i + 2}",
            )
