"""Pages made from one template are evidence for each other: what stands in the same place of it is the
article on both, or on neither.

A place is the chain of elements around a paragraph with their class names, without those that theme
and taxonomy write and without numbers. Two pages share a template where most of the running text of
each stands in places that the other has too. Where one page then keeps most of what is in such a
place and the other drops most of it, all of the evidence together decides for both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from aligner.documents.html.evidence import ENOUGH, running_weight
from aligner.documents.html.names import template_names
from aligner.documents.html.walk import Block

__all__ = ["agreed", "places_of", "untold"]

_SHARED = 0.5  # share of the running text of each page in places of the other: one template
_MOST = 0.75  # share of a place's text that is kept, or dropped, for the page to have decided
_LEAST = 60  # weight of the text of a place on each side that is worth deciding
_ODD = 0.9  # share of links from which a paragraph says nothing of its place
_LONG = 300  # weight from which a paragraph counts no more


@dataclass(slots=True)
class _Held:
    """What one page has in one place: its paragraphs, by number."""

    places: list[int] = field(default_factory=list)
    weight: int = 0  # of running text
    kept: int = 0
    evidence: float = 0.0  # scores times weights
    counted: int = 0

    def add(self, number: int, block: Block, score: float) -> None:
        self.places.append(number)
        if block.linked > _ODD * block.weight:
            return
        weight = running_weight(block)
        self.weight += weight
        self.kept += weight * (score > ENOUGH)
        capped = min(block.weight, _LONG)
        self.evidence += capped * score
        self.counted += capped

    @property
    def share(self) -> float:
        return self.kept / max(self.weight, 1)


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


def agreed(
    pages: Sequence[Sequence[Block]], scores: Sequence[Sequence[float]]
) -> list[list[float]]:
    """The scores of each page, those of places that the pages judge differently made to agree."""
    held = [_held(blocks, score) for blocks, score in zip(pages, scores, strict=True)]
    made = [list(score) for score in scores]
    for one, other in _templates(held):
        for place in sorted(held[one].keys() & held[other].keys()):
            sides = (held[one][place], held[other][place])
            if _agree(*sides):
                continue
            counted = sum(side.counted for side in sides)
            together = sum(side.evidence for side in sides) / counted
            for number, side in zip((one, other), sides, strict=True):
                shift = together - side.evidence / side.counted
                for i in side.places:
                    made[number][i] += shift
    return made


def untold(
    pages: Sequence[Sequence[Block]], kept: Sequence[Sequence[Block]]
) -> Iterator[tuple[int, int, list[Block]]]:
    """(page, other page, its paragraphs) for the places that the other page keeps and this one drops."""
    marks = [{id(block) for block in chosen} for chosen in kept]
    held = [
        _held(blocks, [2 * ENOUGH if id(block) in mark else -ENOUGH for block in blocks])
        for blocks, mark in zip(pages, marks, strict=True)
    ]
    for one, other in _templates(held):
        for first, second in ((one, other), (other, one)):
            dropped = [
                pages[first][i]
                for place in held[first].keys() & held[second].keys()
                if held[first][place].share < held[second][place].share
                and not _agree(held[first][place], held[second][place])
                for i in held[first][place].places
                if running_weight(pages[first][i])
            ]
            if dropped:
                order = {id(block): i for i, block in enumerate(pages[first])}
                yield first, second, sorted(dropped, key=lambda block: order[id(block)])


def _agree(one: _Held, other: _Held) -> bool:
    """False where one page has decided for a place and the other against it."""
    if min(one.weight, other.weight) < _LEAST:
        return True
    low, high = sorted((one.share, other.share))
    return low > 1 - _MOST or high < _MOST


def _held(blocks: Sequence[Block], scores: Sequence[float]) -> dict[str, _Held]:
    held: dict[str, _Held] = {}
    for i, (block, place) in enumerate(zip(blocks, places_of(blocks), strict=True)):
        held.setdefault(place, _Held()).add(i, block, scores[i])
    return held


def _templates(held: Sequence[dict[str, _Held]]) -> Iterator[tuple[int, int]]:
    """Pairs of pages that are made from one template."""
    for one in range(len(held)):
        for other in range(one + 1, len(held)):
            both = held[one].keys() & held[other].keys()
            if all(
                sum(page[place].weight for place in both)
                > _SHARED * sum(place.weight for place in page.values())
                for page in (held[one], held[other])
            ):
                yield one, other
