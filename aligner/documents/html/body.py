"""Which paragraphs of a web page are the article.

1. Boilerplate goes (`_boilerplate`).
2. A page that marks no boilerplate and few links is all text. Else
   the container: an element marked as body (`articleBody`, `entry-content`, `<article>`, `<main>`)
   that holds most of the page's running text. Where the page marks none, trafilatura says which
   paragraphs are body (and only then is it imported), and short ones between them come along: a
   question of four words is what extractors drop first.
3. From the title to the container: standfirst, byline, lead caption; nothing else.
4. Inside it: pointers to other articles, lists of links, prompts and date lines go, and what
   trails after the last sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from aligner.documents.html.boilerplate import DATE_LINE, POINTER, POINTER_HEADING, PROMPT
from aligner.documents.html.walk import Block, class_names
from aligner.text.rich import clean
from aligner.text.turns import translator_of

__all__ = ["choose_blocks", "running_weight"]

_STRONG = re.compile(
    r"\b(article ?body|entry content|post content|story body|story content|article (content|text)|content body|body content"
    r"|(nota|noticia|articulo) (cuerpo|texto|contenido|body)|cuerpo( (de )?(la )?(nota|noticia|articulo))?|articulo cuerpo|td post content|single content|texte article|article (corps|texte)|corps( article)?|artikel ?text|prose|rich ?text)\b"
)
_RUNNING = ("para", "quote", "turn", "item", "note", "box")
_SENTENCE_END = re.compile(r"[.!?…。！？؟:»”\"')\]]\s*$")
# a page without any of these has nothing around its text: somebody's own file, an export
_FURNISHED = re.compile(
    r"<(?:nav|footer|aside|form|main|article|iframe)\b|<script[^>]+src", re.IGNORECASE
)
_ENOUGH = 120  # weight of running text below which there is no article
_PROMPT_MAX = 220


def running_weight(block: Block) -> int:
    """What a block says for its surroundings being body: its weight, unless it is links."""
    if block.draft.kind not in _RUNNING or block.linked > 0.5 * block.weight:
        return 0
    sentence = _SENTENCE_END.search(block.draft.text) is not None
    return block.weight if sentence or block.weight >= 80 else 0


def choose_blocks(blocks: list[Block], html: str, hints: Iterable[str]) -> list[Block]:
    """The article's blocks in order, [] where the page holds none.

    `html` is the whole page for trafilatura; `hints` are titles that the page's head names.
    """
    weights = [running_weight(block) for block in blocks]
    if sum(weights) < _ENOUGH and not _is_plain(blocks):
        return []
    container = _container(blocks, weights)
    if container is not None:
        members = set(container.iter())
        inside = [i for i, block in enumerate(blocks) if block.element in members]
    elif _is_bare(blocks, html):
        return _all_of(blocks, tuple(hints))
    else:
        inside = _as_trafilatura(blocks, html) or [i for i, w in enumerate(weights) if w]
    if not inside:
        return []
    title = _title(blocks, inside, tuple(hints))
    head = _head(blocks, title, inside)
    start = -1 if title is None else title
    body = _trim([i for i in inside if i > start and i not in head], blocks)
    _no_late_standfirst([blocks[i] for i in body])
    kept = [] if title is None else [title]
    chosen = [blocks[i] for i in (*kept, *head, *body)]
    enough = sum(running_weight(block) for block in chosen) >= _ENOUGH
    return chosen if enough or _is_plain(blocks) else []


def _is_plain(blocks: list[Block]) -> bool:
    """A page of little text but little else either: somebody's own short file."""
    total = sum(block.weight for block in blocks)
    linked = sum(block.linked for block in blocks)
    return total > 0 and linked <= 0.2 * total and any(running_weight(block) for block in blocks)


def _is_bare(blocks: list[Block], html: str) -> bool:
    """A page with nothing around its text: nothing marks boilerplate, no block is a link."""
    linked = any(block.linked > 0.5 * block.weight for block in blocks)
    return not linked and _is_plain(blocks) and not _FURNISHED.search(html)


def _all_of(blocks: list[Block], hints: tuple[str, ...]) -> list[Block]:
    """Every block, the first one the title where the page's head or its class says so."""
    first = blocks[0]
    named = _key(first.draft.text) in [_key(hint) for hint in hints if hint]
    classed = re.search(r"\btitle\b", class_names(first.element)) is not None
    if named or classed or (first.draft.kind == "heading" and first.draft.level == 1):
        first.draft.kind, first.draft.level = "title", 0
    return blocks


def _container(blocks: list[Block], weights: list[int]) -> Any | None:
    below = _weights_below(blocks, weights)
    total = sum(weights)
    tiers: tuple[list[Any], ...] = ([], [], [])
    for element in below:
        names = class_names(element)
        tag = element.tag
        if "article body" in names or "articlebody" in names or _STRONG.search(names):
            tiers[0].append(element)
        elif tag == "article":
            tiers[1].append(element)
        elif tag == "main" or element.get("role") == "main":
            tiers[2].append(element)
    for tier, share in zip(tiers, (0.4, 0.4, 0.5), strict=True):
        best = max(tier, key=lambda element: (below[element], _depth(element)), default=None)
        if best is not None and below[best] >= share * total:
            return _together(best, tier, below) if tier is tiers[0] else best
    return None


def _weights_below(blocks: list[Block], weights: list[int]) -> dict[Any, int]:
    """Running weight in and under each element that has any."""
    below: dict[Any, int] = {}
    if not blocks:
        return below
    for block, weight in zip(blocks, weights, strict=True):
        below[block.element] = below.get(block.element, 0) + weight
    root = blocks[0].element.getroottree().getroot()
    for element in reversed(list(root.iter("*"))):  # children come before their parents
        parent, weight = element.getparent(), below.get(element, 0)
        if weight and parent is not None:
            below[parent] = below.get(parent, 0) + weight
    return {element: weight for element, weight in below.items() if weight}


def _depth(element: Any) -> int:
    return sum(1 for _ in element.iterancestors())


def _together(best: Any, tier: list[Any], below: dict[Any, int]) -> Any:
    """The parent where a body is cut into several marked parts side by side."""
    parent = best.getparent()
    beside = [e for e in tier if e is not best and e.getparent() is parent]
    if parent is not None and sum(below[e] for e in beside) > 0.1 * below[best]:
        return parent
    return best


def _as_trafilatura(blocks: list[Block], html: str) -> list[int]:
    """Indexes of the blocks that trafilatura calls body, and short ones between them."""
    import logging

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    from trafilatura import extract

    text = extract(html, include_comments=False, include_tables=True, favor_recall=True)
    if not text:
        return []
    kept = _key(text)
    keys = [_key(block.draft.text) for block in blocks]
    sure = [i for i, key in enumerate(keys) if len(key) > 20 and key in kept]
    if not sure:
        return []
    parents = {blocks[i].element.getparent() for i in sure}
    certain = set(sure)
    return [
        i
        for i in range(max(sure[0] - 1, 0), sure[-1] + 1)
        if i in certain or keys[i] in kept or blocks[i].element.getparent() in parents
    ]


def _key(text: str) -> str:
    return "".join(character for character in clean(text.replace("\n", " ")) if character.isalnum())


def _title(blocks: list[Block], inside: list[int], hints: tuple[str, ...]) -> int | None:
    """Index of the title: the h1 that the head names, else the last before the body's text."""
    first_text = next((i for i in inside if running_weight(blocks[i]) >= 80), inside[-1])
    tops = [
        i
        for i, b in enumerate(blocks[: first_text + 1])
        if b.draft.kind == "heading" and b.draft.level == 1
    ]
    wanted = [_key(hint) for hint in hints if hint]
    named = [i for i in tops if any(_key(blocks[i].draft.text) in hint for hint in wanted)]
    if not tops:
        tops = [
            i
            for i, b in enumerate(blocks[: first_text + 1])
            if b.draft.kind == "heading" and any(_key(b.draft.text) in hint for hint in wanted)
        ]
    headings = named or tops
    return headings[-1] if headings else None


def _head(blocks: list[Block], title: int | None, inside: list[int]) -> list[int]:
    """Standfirst, byline and lead caption around the title; marks their kinds."""
    if title is None:
        return []
    blocks[title].draft.kind, blocks[title].draft.level = "title", 0
    within = set(inside)
    first = next((i for i in inside if i > title and running_weight(blocks[i]) >= 80), inside[-1])
    head = []
    for i in range(title + 1, first + 1):
        draft = blocks[i].draft
        if i < first or i not in within:
            if draft.kind in ("standfirst", "byline", "caption"):
                head.append(i)
                continue
            if _is_byline(blocks[i]):
                draft.kind, draft.level = "byline", 0
                head.append(i)
                continue
        early = i == title + 1 or all(
            j in head or _is_chaff(blocks[j]) for j in range(title + 1, i)
        )
        if early and _is_standfirst(blocks[i], in_body=i in within) and i not in head:
            draft.kind, draft.level = "standfirst", 0
            head.append(i)
    return [i for i in head if not _is_chaff(blocks[i])]


def _is_standfirst(block: Block, *, in_body: bool) -> bool:
    draft = block.draft
    if draft.kind == "standfirst":
        return True
    # a second heading straight below the first one, with a sentence in it
    if draft.kind == "heading" and draft.level <= 3:
        return block.weight >= 50 and block.linked == 0
    return draft.kind == "para" and not in_body and running_weight(block) >= 60


def _is_byline(block: Block) -> bool:
    text = block.draft.text
    if len(text) > 120 or block.draft.kind not in ("para", "item", "byline"):
        return False
    opens = re.match(
        r"(por|by|par|von|di|text[oe]?( de| by| von)?:?|entrevista de|interview by)\s+[A-ZÁÉÍÓÚÑÀ-Ý]",
        text,
        re.IGNORECASE,
    )
    return bool(opens) or bool(translator_of(text))


def _is_chaff(block: Block) -> bool:
    """True for a block inside a body that is not of the text."""
    draft, text = block.draft, block.draft.text
    mostly_linked = block.linked > 0.8 * block.weight
    if draft.kind == "title":
        return False
    if DATE_LINE.match(text) and len(text) < 90:
        return True
    if draft.kind == "heading":
        return bool(POINTER_HEADING.match(text)) or (mostly_linked and draft.level != 1)
    if block.weight <= _PROMPT_MAX and PROMPT.match(text):
        return True
    if POINTER.match(text) and (block.linked > 0.4 * block.weight or block.weight < 40):
        return True
    if not any(character.isalnum() for character in text):
        return draft.kind not in ("para", "turn")
    return (mostly_linked and draft.kind in ("item", "box")) or (
        mostly_linked and draft.kind == "para" and not _SENTENCE_END.search(text)
    )


def _no_late_standfirst(body: list[Block]) -> None:
    """Below the first running text, what its class calls a subhead is a heading."""
    running = False
    for block in body:
        draft, tag = block.draft, block.element.tag
        if draft.kind == "standfirst" and running:
            heading = re.fullmatch("h[1-6]", tag)
            draft.kind, draft.level = ("heading", int(tag[1])) if heading else ("para", 0)
        running = running or draft.kind in ("para", "quote", "turn")


def _trim(body: list[int], blocks: list[Block]) -> list[int]:
    """The body without chaff, without links before its first text and headings after its last."""
    kept = [i for i in body if not _is_chaff(blocks[i])]
    while kept and blocks[kept[-1]].draft.kind == "heading":
        kept.pop()
    start = 0
    while start < len(kept) and blocks[kept[start]].linked > 0.8 * blocks[kept[start]].weight:
        start += 1
    return kept[start:]
