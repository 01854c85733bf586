"""What comes into the article of a page, or goes out of it, together with others: the notes of a text,
the cells of a table, captions, boxes that editors put in and boxes that ask for something.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any

from aligner.documents.html.evidence import is_call, running_weight
from aligner.documents.html.names import kinds_of
from aligner.documents.html.walk import Block

__all__ = [
    "above_of",
    "around_calls",
    "beside",
    "is_caption",
    "is_inset",
    "notes",
    "rest_of_tables",
    "under_other_headings",
]

_BESIDE = -1.0  # the same for running text beside more of the article's
_OTHER = -3.5  # and below which a heading surely is of something else
_MOST = 0.3  # share of an element's running text that speaks for the rest of it
_CAPTIONED = 40  # weight from which words below a picture say what is on it
_CALL_MAX = 400  # weight of the words of a box that asks for something


def notes(blocks: list[Block], chosen: set[int]) -> set[int]:
    """The notes that the article's paragraphs refer to."""
    named = {
        span.value
        for i in chosen
        for span in blocks[i].draft.spans
        if span.kind == "note" and span.start == span.end
    }
    return {
        i
        for i, block in enumerate(blocks)
        if block.draft.kind == "note"
        and any(span.kind == "note" and span.value in named for span in block.draft.spans)
    }


def under_other_headings(
    blocks: list[Block], score: list[float], parents: list[Any], chosen: set[int]
) -> set[int]:
    """What stands, in an element of its own, below a heading that is surely not of the article."""
    held: dict[Any, list[int]] = {}
    for i in sorted(chosen):
        held.setdefault(parents[i], []).append(i)
    largest = max(held, key=lambda one: sum(blocks[i].weight for i in held[one]))
    gone: set[int] = set()
    for parent, places in held.items():
        first = places[0] - 1
        if (
            parent is not largest
            and first >= 0
            and parents[first] is parent
            and blocks[first].draft.kind == "heading"
            and score[first] < _OTHER
        ):
            gone.update(places)
    return gone


def around_calls(blocks: list[Block], parents: list[Any], chosen: set[int]) -> set[int]:
    """The words of a small box that ends in a link to the shop, the letter or the membership."""
    held: dict[Any, int] = {}
    for i in chosen:
        held[parents[i]] = held.get(parents[i], 0) + blocks[i].weight
    largest = max(held, key=lambda one: held[one])
    calls = {
        place
        for block, parent in zip(blocks, parents, strict=True)
        if block.linked > 0.8 * block.weight and is_call(block)
        for place in (block.element, parent)
    }
    small = {one for one, weight in held.items() if one is not largest and weight <= _CALL_MAX}
    return {i for i in chosen if parents[i] in small and parents[i] in calls}


def rest_of_tables(blocks: list[Block], chosen: set[int]) -> set[int]:
    """The other cells of tables of which most is in the article: a table is read whole."""
    cells: dict[Any, list[int]] = {}
    for i, block in enumerate(blocks):
        if block.draft.kind == "cell":
            table = above_of(block.element, ("table",))
            if table is not None:
                cells.setdefault(table, []).append(i)
    return {
        i
        for places in cells.values()
        if 2 * sum(blocks[i].weight for i in places if i in chosen)
        > sum(blocks[i].weight for i in places)
        for i in places
    }


def is_caption(block: Block, parents: Container[Any]) -> bool:
    """The words below a picture that stands between paragraphs of the article."""
    above = block.element
    while above is not None and above.tag in ("figcaption", "figure", "div", "p", "span"):
        if above.tag == "figure":
            return block.weight >= _CAPTIONED and above.getparent() in parents
        above = above.getparent()
    return False


def beside(
    blocks: list[Block], score: list[float], parents: list[Any], chosen: set[int]
) -> Iterator[int]:
    """Running text in an element most of whose running text is of the article."""
    whole: dict[Any, int] = {}
    held: dict[Any, int] = {}
    for i, block in enumerate(blocks):
        weight = running_weight(block)
        whole[parents[i]] = whole.get(parents[i], 0) + weight
        held[parents[i]] = held.get(parents[i], 0) + weight * (i in chosen)
    for i, block in enumerate(blocks):
        if i in chosen or score[i] <= _BESIDE or block.linked or not running_weight(block):
            continue
        if held[parents[i]] > _MOST * whole[parents[i]]:
            yield i


def is_inset(block: Block) -> bool:
    """A block of a box that editors put into a text; the title of the box may stand apart."""
    above = block.element
    for _ in range(3):
        if above is None or above.tag in ("body", "article", "main"):
            return False
        if "inset" in kinds_of(above.get("class") or "", above.get("id") or ""):
            return block.linked <= 0.5 * block.weight
        above = above.getparent()
    return False


def above_of(element: Any, tags: Container[str]) -> Any:
    """The nearest element of one of these tags that is it or is around it; None for none."""
    while element is not None and element.tag not in tags:
        element = element.getparent()
    return element
