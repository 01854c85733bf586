"""What two versions of one text have in common, word by word, and where segments end in it.

Words that come once in both versions, with their neighbours, are anchors (patience diff); between
anchors `difflib` finds the longest common runs. A short run that matches across a large insertion
is chance ("the", "de") and is dropped.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

__all__ = ["common_offsets", "match_words"]

_WORDS = re.compile(
    # one character a word where a script writes no spaces
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]|"
    r"[^\W\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]+|\S"
)
_ANCHOR = 3  # words in a row that make an anchor
_CHANCE = 2  # runs of so few words may be chance
_LOPSIDED = 5  # ... beside a gap that differs by so many words
_Match = tuple[int, int, int]  # first word here, first word there, how many


def common_offsets(one: Sequence[str], two: Sequence[str]) -> tuple[list[int], list[int]]:
    """Where the segments of two versions end, counted in the characters they have in common.

    Each list starts with 0; entry k is the end of segment k - 1. The last entries are equal: the
    number of common characters, white space ignored.
    """
    words_one, ends_one = _words(one)
    words_two, ends_two = _words(two)
    common_one, common_two = bytearray(len(words_one)), bytearray(len(words_two))
    for a, b, size in match_words(words_one, words_two):
        common_one[a : a + size] = common_two[b : b + size] = b"\x01" * size
    return _offsets(words_one, ends_one, common_one), _offsets(words_two, ends_two, common_two)


def _words(segments: Sequence[str]) -> tuple[list[str], list[int]]:
    words: list[str] = []
    ends = []
    for segment in segments:
        words += _WORDS.findall(unicodedata.normalize("NFC", segment))
        ends.append(len(words))
    return words, ends


def _offsets(words: Sequence[str], ends: Sequence[int], common: bytearray) -> list[int]:
    running = [0]
    for word, shared in zip(words, common, strict=True):
        running.append(running[-1] + len(word) * shared)
    return [0, *(running[end] for end in ends)]


def match_words(one: Sequence[str], two: Sequence[str]) -> list[_Match]:
    """Runs of equal words, increasing on both sides."""
    head = 0
    while head < min(len(one), len(two)) and one[head] == two[head]:
        head += 1
    tail = 0
    while tail < min(len(one), len(two)) - head and one[-1 - tail] == two[-1 - tail]:
        tail += 1
    anchors = [
        (head + a, head + b)
        for a, b in _anchors(one[head : len(one) - tail], two[head : len(two) - tail])
    ]
    matches: list[_Match] = [(0, 0, head)]
    last_one = last_two = head
    for a, b in (*anchors, (len(one) - tail, len(two) - tail)):
        here, there = one[last_one:a], two[last_two:b]
        if here == there:
            matches.append((last_one, last_two, len(here)))
        elif here and there:
            matcher = difflib.SequenceMatcher(None, here, there, autojunk=False)
            blocks = matcher.get_matching_blocks()
            matches += [(last_one + i, last_two + j, size) for i, j, size in blocks]
        last_one, last_two = a, b
    matches.append((len(one) - tail, len(two) - tail, tail))
    return _without_chance(_joined(matches), len(one), len(two))


def _anchors(one: Sequence[str], two: Sequence[str]) -> list[tuple[int, int]]:
    """Places of word runs that come once in both, the longest chain in the order of both."""
    places_one, places_two = _unique(one), _unique(two)
    pairs = [(a, places_two[run]) for run, a in places_one.items() if run in places_two]
    tops: list[int] = []  # smallest end of a chain of each length
    chain_ends: list[int] = []
    before: list[int] = []
    for index, (_, b) in enumerate(pairs):
        length = bisect_left(tops, b)
        before.append(chain_ends[length - 1] if length else -1)
        if length == len(tops):
            tops.append(b)
            chain_ends.append(index)
        else:
            tops[length] = b
            chain_ends[length] = index
    chain: list[tuple[int, int]] = []
    index = chain_ends[-1] if chain_ends else -1
    while index >= 0:
        chain.append(pairs[index])
        index = before[index]
    return chain[::-1]


def _unique(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    """Runs of _ANCHOR words that come once, with their places, in order."""
    runs = [tuple(words[i : i + _ANCHOR]) for i in range(len(words) - _ANCHOR + 1)]
    counts = Counter(runs)
    return {run: i for i, run in enumerate(runs) if counts[run] == 1}


def _joined(matches: Sequence[_Match]) -> list[_Match]:
    """Runs that touch on both sides as one, empty ones left out."""
    joined: list[_Match] = []
    for a, b, size in matches:
        if not size:
            continue
        if joined:
            c, d, length = joined[-1]
            if (c + length, d + length) == (a, b):
                joined[-1] = (c, d, length + size)
                continue
        joined.append((a, b, size))
    return joined


def _without_chance(matches: Sequence[_Match], one: int, two: int) -> list[_Match]:
    """Without short runs beside a gap that is much longer on one side than on the other."""
    kept: list[_Match] = []
    for index, (a, b, size) in enumerate(matches):
        if size <= _CHANCE:
            c, d, length = kept[-1] if kept else (0, 0, 0)
            after = matches[index + 1] if index + 1 < len(matches) else (one, two, 0)
            left = abs((a - c - length) - (b - d - length))
            right = abs((after[0] - a) - (after[1] - b))
            if left >= _LOPSIDED and right >= _LOPSIDED:
                continue
        kept.append((a, b, size))
    return kept
