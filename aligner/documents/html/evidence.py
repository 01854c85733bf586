"""What speaks for and against each paragraph of a page being its article: facts, and their sum.

`facts` measures one paragraph after the other: its words and links, the elements and class names
around it, how much of the page's running text those elements hold, whether trafilatura keeps it,
what the page's JSON-LD says, and the same of its neighbours. `scores` adds the weights of
`weights.json` up; above `ENOUGH` a paragraph is of the article. No single fact decides. The weights
were fitted by `scripts/bench reading DIR --fit` on pages set aside for choosing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from math import log1p
from typing import Any

from aligner.documents.html.names import kinds_of
from aligner.documents.html.phrases import CALL, SENTENCE_END, SHOP
from aligner.documents.html.walk import Block
from aligner.documents.html.wording import facts_of_text

__all__ = ["ENOUGH", "Page", "facts", "is_call", "running_weight", "scores", "text_key"]

ENOUGH = 0.2  # score from which a paragraph is read as part of the article

_RUNNING = frozenset(("para", "quote", "turn", "item", "note", "box"))
_TAGS = frozenset(
    [
        "nav",
        "footer",
        "aside",
        "form",
        "header",
        "article",
        "main",
        "figure",
        "table",
        "ul",
        "ol",
        "section",
        "blockquote",
        "h1",
    ]
)
_ROLES = frozenset(
    [
        "navigation",
        "search",
        "dialog",
        "alertdialog",
        "contentinfo",
        "complementary",
        "menu",
        "menubar",
        "toolbar",
        "banner",
        "tablist",
        "tooltip",
    ]
)
_SMALL = 0.3  # share of a page's running text below which an element is a part beside others
# a paragraph of links that trafilatura does not keep either: no more need be asked
_LINKS_ONLY = {"links only": 1.0}
_HEADLINED = 200  # characters of running text under a headline's element that make it the article's
_NEAR = 3  # paragraphs on each side that count as neighbours
_KEY = re.compile(r"[\W_]+")


@dataclass(slots=True)
class Page:
    """What is known of a page beside its paragraphs; texts as `text_key` gives them.

    `titles`: what the page's head names; `kept_text`: what trafilatura keeps, "" for nothing;
    `declared`: the article's text by the page's JSON-LD, "" where it gives none.
    """

    titles: Sequence[str] = ()
    kept_text: str = ""
    declared: str = ""


@dataclass(slots=True)
class _Around:
    """What stands around a paragraph: element names and roles, and class-name facts."""

    tags: frozenset[str]
    facts: frozenset[str]
    share: float  # of the page's running text under this element
    running: float  # share of its own text that is running text
    own: frozenset[str] = field(default_factory=frozenset)


def text_key(text: str) -> str:
    """`text` by its letters and digits alone, to be found again in another rendering."""
    return _KEY.sub("", text)


def running_weight(block: Block) -> int:
    """What a block says for its surroundings being body: its weight, unless it is links."""
    if block.draft.kind not in _RUNNING or block.linked > 0.5 * block.weight:
        return 0
    if block.weight >= 80 or SENTENCE_END.search(block.draft.text[-4:]) is not None:
        return block.weight
    return 0


def title_place(blocks: Sequence[Block], keys: Sequence[str], titles: Sequence[str]) -> int:
    """Index of the page's headline: the h1 that the head names, any h1, what the head names; -1."""
    tops = [i for i, b in enumerate(blocks) if b.draft.kind == "heading" and b.draft.level == 1]
    named = [i for i in tops if keys[i] and any(keys[i] in title for title in titles)]
    if not named and not tops:
        named = [
            i for i, key in enumerate(keys) if len(key) > 10 and any(key in t for t in titles)
        ][:1]
    return (named or tops or [-1])[0]


def facts(blocks: Sequence[Block], page: Page) -> list[dict[str, float]]:
    """The facts of each block, by name; those that are 0 are left out."""
    count = len(blocks)
    keys = [text_key(block.draft.text) for block in blocks]
    kept = [bool(key) and key in page.kept_text for key in keys]
    sure = [i for i in range(count) if kept[i] and len(keys[i]) > 20]
    first, last = (sure[0], sure[-1]) if sure else (count, -1)
    times = Counter(keys)
    title = title_place(blocks, keys, page.titles)
    parents = [block.element.getparent() for block in blocks]
    surroundings = _Surroundings(blocks)
    headed = surroundings.headed(blocks[title].element) if title >= 0 else None
    beside: dict[Any, int] = {}
    beside_kept: dict[Any, int] = {}
    for parent, block, is_kept in zip(parents, blocks, kept, strict=True):
        beside[parent] = beside.get(parent, 0) + block.weight
        beside_kept[parent] = beside_kept.get(parent, 0) + block.weight * is_kept
    titles = set(page.titles)
    whole = _of_page(blocks, kept)
    whole_kept = {f"kept, {name}": value for name, value in whole.items()}
    within = _Neighbours(blocks, kept)
    rows = []
    for i, (block, key, parent) in enumerate(zip(blocks, keys, parents, strict=True)):
        if not kept[i] and block.linked > 0.9 * block.weight:
            rows.append(_LINKS_ONLY)
            continue
        row = dict.fromkeys(
            facts_of_text(block.draft.kind, block.draft.level, block.draft.text), 1.0
        )
        row.update(whole)
        within.add(row, i)
        if kept[i]:
            row.update(whole_kept)
        share = block.linked / max(block.weight, 1)
        row["bias"] = 1.0
        row["links"] = share
        row["weight"] = _size(block.weight)
        row["place"] = i / count
        row["beside kept"] = beside_kept[parent] / max(beside[parent], 1)
        true = [name for name, holds in (
            ("all links", share > 0.8),
            ("short", block.weight < 25),
            ("long", block.weight > 150),
            ("repeated", times[key] > 1),
            ("headline", i == title),
            ("before headline", i < title),
            ("as the head says", key in titles),
            ("kept", kept[i]),
            ("kept, long", kept[i] and len(key) > 20),
            ("previous kept", i > 0 and kept[i - 1]),
            ("next kept", i + 1 < count and kept[i + 1]),
            ("second previous kept", i > 1 and kept[i - 2]),
            ("second next kept", i + 2 < count and kept[i + 2]),
            ("before all kept", i < first),
            ("after all kept", i > last),
            ("far before all kept", i < first - 3),
            ("far after all kept", i > last + 3),
            ("between kept", first <= i <= last),
            ("nothing kept", not sure),
            ("with headline", headed is not None and surroundings.is_under(block.element, headed)),
            ("apart from headline", headed is not None and not surroundings.is_under(block.element, headed)),
            ("declared", bool(page.declared) and key in page.declared),
            ("not declared", bool(page.declared) and len(key) > 20 and key not in page.declared),
        ) if holds]  # fmt: skip
        for name in true:
            row[name] = 1.0
        surroundings.add(row, block.element, parent)
        rows.append(row)
    return rows


def is_call(block: Block) -> bool:
    """A lone link to the shop, the letter, the membership of the house."""
    hrefs = (span.value for span in block.draft.spans if span.kind == "link")
    return any(map(SHOP.search, hrefs)) or CALL.search(block.draft.text) is not None


def _size(weight: int) -> float:
    return min(log1p(weight), 6.0) / 6


def _long_run(block: Block) -> int:
    return running_weight(block) if block.weight >= 80 else 0


def _of_page(blocks: Sequence[Block], kept: Sequence[bool]) -> dict[str, float]:
    """What the page is like as a whole: how much of it trafilatura keeps, how much is links."""
    total = sum(block.weight for block in blocks) or 1
    held = sum(block.weight for block, is_kept in zip(blocks, kept, strict=True) if is_kept)
    runs = [_long_run(block) for block in blocks]
    running = sum(runs) or 1
    return {
        "page kept": held / total,
        "page running kept": sum(r for r, is_kept in zip(runs, kept, strict=True) if is_kept)
        / running,
        "page links": sum(block.linked for block in blocks) / total,
        "page running": running / total,
        "page running size": log1p(running) / 10,
        "page kept size": log1p(held) / 10,
        "page paragraphs": log1p(len(blocks)) / 6,
    }


class _Neighbours:
    """What the three paragraphs on each side of each are: kept, running text, links."""

    def __init__(self, blocks: Sequence[Block], kept: Sequence[bool]) -> None:
        self._blocks = blocks
        self._parts = [
            (block.weight, block.weight * is_kept, _long_run(block), block.linked)
            for block, is_kept in zip(blocks, kept, strict=True)
        ]
        self._sums = [[0, *accumulate(column)] for column in zip(*self._parts, strict=True)]

    def add(self, row: dict[str, float], place: int) -> None:
        """Put the facts of the neighbours of one block into its row."""
        low, high = max(0, place - _NEAR), min(len(self._blocks), place + _NEAR + 1)
        weight, kept, running, links = (
            column[high] - column[low] - own
            for column, own in zip(self._sums, self._parts[place], strict=True)
        )
        weight = max(weight, 1)
        row["around kept"] = kept / weight
        row["around running"] = running / weight
        row["around links"] = links / weight
        for name, j in (("previous", place - 1), ("next", place + 1)):
            if 0 <= j < len(self._blocks):
                beside = self._blocks[j]
                row[f"{name} links"] = beside.linked / max(beside.weight, 1)
                row[f"{name} weight"] = _size(beside.weight)
                if beside.draft.kind == "heading":
                    row[f"{name} is heading"] = 1.0


class _Surroundings:
    """What the elements around each block say, worked out once an element."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        weights: dict[Any, int] = {}
        running: dict[Any, int] = {}
        for block in blocks:
            run = running_weight(block)
            weights[block.element] = weights.get(block.element, 0) + block.weight
            running[block.element] = running.get(block.element, 0) + run
        self.total = sum(running.values()) or 1
        self._weights: dict[Any, int] = {}
        self._running: dict[Any, int] = {}
        self._parents: dict[Any, Any] = {}
        for element, weight in weights.items():
            run = running[element]
            above = element
            while above is not None:
                self._weights[above] = self._weights.get(above, 0) + weight
                self._running[above] = self._running.get(above, 0) + run
                if above not in self._parents:
                    self._parents[above] = above.getparent()
                above = self._parents[above]
        self._known: dict[Any, _Around] = {}
        self._under: dict[Any, bool] = {}

    def headed(self, element: Any) -> Any:
        """The smallest element around a headline with text enough for an article."""
        above = element
        while above is not None and self._running[above] < _HEADLINED:
            above = self._parents[above]
        return above

    def is_under(self, element: Any, above: Any) -> bool:
        """Whether `element` is `above` or in it; asked of one `above` only."""
        chain = []
        known = self._under
        while element is not None and element not in known:
            if element is above:
                known[element] = True
                break
            chain.append(element)
            element = self._parents[element]
        answer = known[element] if element is not None else False
        known.update(dict.fromkeys(chain, answer))
        return answer

    def add(self, row: dict[str, float], element: Any, parent: Any) -> None:
        """Put the facts of the elements around a block of `element` into its row."""
        own = self._of(element)
        for tag in own.tags:
            row[tag] = 1.0
        for name in own.facts:
            row[name] = 1.0
        for name in own.own:
            row[f"near {name}"] = 1.0
        if parent is not None:
            above = self._of(parent)
            for name in above.own:
                row[f"near {name}"] = 1.0
            row["parent's share"], row["parent's running"] = above.share, above.running
            higher = self._parents[parent]
            if higher is not None:
                around = self._of(higher)
                row["grandparent's share"] = around.share
                row["grandparent's running"] = around.running
                highest = self._parents[higher]
                if highest is not None:
                    row["third parent's share"] = self._of(highest).share

    def _of(self, element: Any) -> _Around:
        waiting = []
        known = self._known
        while element not in known:
            waiting.append(element)
            above = self._parents[element]
            if above is None:
                break
            element = above
        for one in reversed(waiting):
            above = self._parents[one]
            known[one] = self._measure(one, known[above] if above is not None else None)
        return known[waiting[0]] if waiting else known[element]

    def _measure(self, element: Any, above: _Around | None) -> _Around:
        share = self._running[element] / self.total
        running = self._running[element] / max(self._weights[element], 1)
        tag = element.tag
        if above is None or tag in ("body", "html"):
            return _Around(frozenset(), frozenset(), share, running)
        get = element.get
        classes = get("class") or ""
        role = get("role") or ""
        rest = " ".join(filter(None, (get("id"), role, get("itemprop"))))
        own = kinds_of(classes, rest) if classes or rest else frozenset()
        tags, known = above.tags, above.facts
        if tag in _TAGS:
            tags |= {f"in {tag}"}
        if role in _ROLES:
            tags |= {"role"}
        if own:
            known |= {f"under {name}" for name in own}
            if share < _SMALL:
                known |= {f"in small {name}" for name in own}
        return _Around(tags, known, share, running, own)


def scores(rows: Sequence[dict[str, float]], weights: dict[str, float]) -> list[float]:
    """The sum of the weights of each row's facts; a fact without a weight counts nothing."""
    get = weights.get
    return [sum(get(name, 0.0) * value for name, value in row.items()) for row in rows]
