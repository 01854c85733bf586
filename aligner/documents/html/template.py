"""Pages made from one template are evidence for each other: what stands in the same place of it is the
article on both, or on neither.

A place is the chain of elements around a paragraph with their class names, without those that theme
and taxonomy write and without numbers. Two pages share a template where most of the running text of
each stands in places that the other has too. Where one page then keeps most of what is in such a
place and the other drops most of it, all of the evidence together decides for both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import Any, NamedTuple

from aligner.documents.html.evidence import ENOUGH, running_weight
from aligner.documents.html.names import template_names
from aligner.documents.html.walk import Block

__all__ = ["Templates", "places_of"]

_SHARED = 0.5  # share of the running text of each page in places of the other: one template
_MOST = 0.75  # share of a place's text that is kept, or dropped, for the page to have decided
_LEAST = 60  # weight of the text of a place on each side that is worth deciding
_ODD = 0.9  # share of links from which a paragraph says nothing of its place
_LONG = 300  # weight from which a paragraph counts no more


class _SharedPlace(NamedTuple):
    """A place that two pages of one template have: the pages, and its paragraphs in each."""

    pages: tuple[int, int]
    numbers: tuple[list[int], list[int]]


def places_of(blocks: Sequence[Block]) -> list[str]:
    """The place of each paragraph in the template of its page."""
    known: dict[Any, str] = {}
    return [_place(block.element, known) for block in blocks]


def _place(element: Any, known: dict[Any, str]) -> str:
    waiting = []
    while element is not None and element not in known:
        waiting.append(element)
        element = element.getparent()
    place = known[element] if element is not None else ""
    for one in reversed(waiting):
        tag = one.tag if isinstance(one.tag, str) else ""
        place = known[one] = f"{place}/{tag}{template_names(one.get('class') or '')}"
    return place


class Templates:
    """The places that pages share, each page by its paragraphs."""

    def __init__(self, pages: Sequence[Sequence[Block]]) -> None:
        self._pages = pages
        self._shared = list(_shared(pages))

    def agreed(self, scores: Sequence[Sequence[float]]) -> list[list[float]]:
        """The scores of each page, those of places that the pages judge differently made to agree."""
        made = [list(score) for score in scores]
        for place in self._shared:
            if self._shares(place, lambda page, i: scores[page][i] > ENOUGH) is None:
                continue
            sums = [
                _evidence(self._pages[page], numbers, scores[page])
                for page, numbers in zip(*place, strict=True)
            ]
            together = sum(evidence for evidence, _ in sums) / sum(weight for _, weight in sums)
            for page, numbers, (evidence, weight) in zip(*place, sums, strict=True):
                for i in numbers:
                    made[page][i] += together - evidence / weight
        return made

    def untold(self, chosen: Sequence[Sequence[Block]]) -> Iterator[tuple[int, int, list[Block]]]:
        """(page, other page, its paragraphs) for places that the other page keeps and this one drops;
        `chosen`: the paragraphs that stay of each page.
        """
        kept = [{id(block) for block in blocks} for blocks in chosen]
        dropped: dict[tuple[int, int], list[int]] = {}
        for place in self._shared:
            shares = self._shares(place, lambda page, i: id(self._pages[page][i]) in kept[page])
            if shares is not None:
                less = shares.index(min(shares))
                pages = place.pages[less], place.pages[1 - less]
                dropped.setdefault(pages, []).extend(place.numbers[less])
        for (page, other), numbers in sorted(dropped.items()):
            blocks = [self._pages[page][i] for i in sorted(numbers)]
            yield page, other, [b for b in blocks if running_weight(b) and id(b) not in kept[page]]

    def _shares(
        self, place: _SharedPlace, kept: Callable[[int, int], bool]
    ) -> tuple[float, float] | None:
        """How much of a place's text each page keeps, where one has decided for it and the other
        against it; None elsewhere.
        """
        shares = []
        for page, numbers in zip(*place, strict=True):
            weights = [(running_weight(self._pages[page][i]), kept(page, i)) for i in numbers]
            whole = sum(weight for weight, _ in weights)
            if whole < _LEAST:
                return None
            shares.append(sum(weight for weight, stays in weights if stays) / whole)
        if min(shares) > 1 - _MOST or max(shares) < _MOST:
            return None
        return shares[0], shares[1]


def _shared(pages: Sequence[Sequence[Block]]) -> Iterator[_SharedPlace]:
    """The places of each two pages that are made from one template."""
    held = [_by_place(blocks) for blocks in pages]
    for one, other in combinations(range(len(pages)), 2):
        both = [place for place in held[one] if place in held[other]]
        if all(
            sum(running_weight(pages[page][i]) for place in both for i in held[page][place])
            > _SHARED * sum(map(running_weight, pages[page]))
            for page in (one, other)
        ):
            for place in both:
                yield _SharedPlace((one, other), (held[one][place], held[other][place]))


def _by_place(blocks: Sequence[Block]) -> dict[str, list[int]]:
    held: dict[str, list[int]] = {}
    for i, place in enumerate(places_of(blocks)):
        held.setdefault(place, []).append(i)
    return held


def _evidence(
    blocks: Sequence[Block], numbers: Sequence[int], scores: Sequence[float]
) -> tuple[float, int]:
    """(scores times weights, weights) of the paragraphs that say something of their place."""
    weights = [
        (min(blocks[i].weight, _LONG), scores[i])
        for i in numbers
        if blocks[i].linked <= _ODD * blocks[i].weight
    ]
    return sum(weight * score for weight, score in weights), sum(weight for weight, _ in weights)
