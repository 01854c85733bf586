"""LinkedUnit units -> candidates."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

__all__ = ["Candidate", "LinkedUnit", "extract_candidates"]

_LONGEST = 5  # words of a group
_GENERAL = -8.5  # log probability from which on a word of general language starts and ends no term
_FREQUENT = 0.008  # share of the words here from which on it does not either, unless it is
_RARE = -11.0  # as rare as this in general
_WEIRD = 5.0  # log ratio above which a word is rare enough: serial numbers are rarer than terms
_SAME = 0.4  # of its score a group keeps that is not translated: names and codes come last
_SHORTEST = 2  # letters of a term of one word, where the script has letters
_CONTEXTS = 1
LogProbability = Callable[[Sequence[str]], Sequence[float]]
WordGroup = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinkedUnit:
    """One unit: its words on both sides (punctuation too) and links between them by number."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    links: tuple[tuple[int, int], ...]
    context: tuple[str, str] = ("", "")
    document: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """`frequency`: units in which both stand for each other; `dice` 0-1 for how exclusively;
    `score` orders the list. `variants`: other translations, with their frequencies.
    """

    source: str
    target: str
    frequency: int
    source_frequency: int
    target_frequency: int
    dice: float
    score: float
    context: tuple[str, str] = ("", "")
    document: str = ""
    variants: tuple[tuple[str, int], ...] = ()


@dataclass(slots=True)
class _Seen:
    """What is known of a pair of groups: how often, in which spelling, and where first."""

    count: int = 0
    source: Counter[str] = field(default_factory=Counter)
    target: Counter[str] = field(default_factory=Counter)
    first: LinkedUnit | None = None


def extract_candidates(
    units: Iterable[LinkedUnit],
    general: tuple[LogProbability, LogProbability],
    least: int = 3,
    limit: int = 500,
) -> list[Candidate]:
    """The best candidates first, at most `limit`; a source group comes once, with its most frequent
    translation. `general` gives log probabilities (natural) of words in each language at large.
    """
    kept = list(units)
    content = [
        _Content(
            Counter(w.casefold() for u in kept for w in (u.source, u.target)[side]), general[side]
        )
        for side in (0, 1)
    ]
    pairs: dict[tuple[WordGroup, WordGroup], _Seen] = defaultdict(_Seen)
    counts: tuple[Counter[WordGroup], Counter[WordGroup]] = (Counter(), Counter())
    for unit in kept:
        for side, words in enumerate((unit.source, unit.target)):
            counts[side].update({g for _, _, g in _groups(words, content[side])})
        here: set[tuple[WordGroup, WordGroup]] = set()
        for (a, b), (c, d) in _phrases(unit, content):
            key = (_folded(unit.source[a:b]), _folded(unit.target[c:d]))
            seen = pairs[key]
            seen.source[" ".join(unit.source[a:b])] += 1
            seen.target[" ".join(unit.target[c:d])] += 1
            seen.first = seen.first or unit
            here.add(key)
        for key in here:
            pairs[key].count += 1
    return _ranked(pairs, counts, content, least)[:limit]


class _Content:
    """Which words carry content on one side, and how much rarer they are in general."""

    def __init__(self, counts: Counter[str], general: LogProbability) -> None:
        total = max(1, sum(counts.values()))
        words = [w for w in counts if any(c.isalpha() for c in w)]
        self._weird: dict[str, float] = {}
        for word, at_large in zip(words, general(words), strict=True):
            share = counts[word] / total
            if at_large < _GENERAL and (share < _FREQUENT or at_large < _RARE):
                self._weird[word] = min(_WEIRD, max(0.0, math.log(share) - at_large))

    def __contains__(self, word: str) -> bool:
        return word in self._weird

    def weirdness(self, group: WordGroup) -> float:
        """Mean log ratio of the frequencies here and at large, over the words of content."""
        values = [self._weird[word] for word in group if word in self._weird]
        return sum(values) / max(1, len(values))


def _groups(words: Sequence[str], content: _Content) -> Iterator[tuple[int, int, WordGroup]]:
    """Spans of 1 to 5 words that start and end with content and hold no punctuation."""
    folded = [word.casefold() for word in words]
    for start, word in enumerate(folded):
        if word not in content:
            continue
        for stop in range(start + 1, min(start + _LONGEST, len(folded)) + 1):
            last = folded[stop - 1]
            if not any(char.isalnum() for char in last):
                break
            if last in content:
                yield start, stop, tuple(folded[start:stop])


def _phrases(
    unit: LinkedUnit, content: Sequence[_Content]
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Pairs of spans whose links all stay inside, both of them groups."""
    forth: dict[int, list[int]] = defaultdict(list)
    back: dict[int, list[int]] = defaultdict(list)
    for i, j in unit.links:
        forth[i].append(j)
        back[j].append(i)
    ends = {(c, d) for c, d, _ in _groups(unit.target, content[1])}
    for a, b, group in _groups(unit.source, content[0]):
        reached = [j for i in range(a, b) for j in forth.get(i, ())]
        if not reached or (len(group) == 1 and len(group[0]) < _SHORTEST):
            continue
        c, d = min(reached), max(reached) + 1
        if (c, d) in ends and all(a <= i < b for j in range(c, d) for i in back.get(j, ())):
            yield (a, b), (c, d)


def _ranked(
    pairs: dict[tuple[WordGroup, WordGroup], _Seen],
    counts: tuple[Counter[WordGroup], Counter[WordGroup]],
    content: Sequence[_Content],
    least: int,
) -> list[Candidate]:
    by_source: dict[WordGroup, list[tuple[WordGroup, _Seen]]] = defaultdict(list)
    for (source, target), seen in pairs.items():
        by_source[source].append((target, seen))
    nested = _nested({group for group, n in counts[0].items() if n >= least}, counts[0])
    made = []
    for source, translations in by_source.items():
        translations.sort(key=lambda item: (-item[1].count, item[0]))
        target, seen = translations[0]
        if seen.count < least or seen.first is None:
            continue
        frequency = (counts[0][source], counts[1][target])
        dice = 2 * seen.count / sum(frequency)
        c_value = math.log2(len(source) + 1) * (frequency[0] - nested.get(source, 0.0))
        weird = content[0].weirdness(source)
        score = math.log1p(max(0.0, c_value)) * weird * dice
        if source == target:
            score *= _SAME
        if score <= 0:
            continue
        made.append(
            Candidate(
                seen.source.most_common(1)[0][0],
                seen.target.most_common(1)[0][0],
                seen.count,
                *frequency,
                round(dice, 3),
                round(score, 3),
                seen.first.context,
                seen.first.document,
                tuple((" ".join(t), s.count) for t, s in translations[1:4] if s.count > 1),
            )
        )
    made.sort(key=lambda c: (-c.score, c.source, c.target))
    return made


def _nested(groups: set[WordGroup], counts: Counter[WordGroup]) -> dict[WordGroup, float]:
    """For groups inside longer ones: the mean frequency of these (the second term of C-value)."""
    longer: dict[WordGroup, list[int]] = defaultdict(list)
    for group in groups:
        inner = {
            group[a:b]
            for a in range(len(group))
            for b in range(a + 1, len(group) + 1)
            if b - a < len(group)
        }
        for part in inner:
            longer[part].append(counts[group])
    return {part: sum(counts_of) / len(counts_of) for part, counts_of in longer.items()}


def _folded(words: Sequence[str]) -> WordGroup:
    return tuple(word.casefold() for word in words)
