"""Which paragraphs of a web page are the article.

1. A page with nothing around its text is all text; trafilatura is not even imported for it.
2. Else each paragraph is judged by the evidence for and against it (`evidence`): its words and
   links, the class names around it, where the running text of the page is, and which paragraphs
   trafilatura keeps.
3. Short paragraphs between kept ones of the same element come along: a question of four words is
   what extractors drop first.
4. From the title to the body: standfirst, byline, lead caption. Pointers to other articles,
   prompts and date lines inside it go, and headings after its last sentence.

Where all this leaves no article, the page is read whole, and the caller is told so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from aligner.documents.html.evidence import (
    ENOUGH,
    Page,
    facts,
    is_call,
    running_weight,
    scores,
    text_key,
)
from aligner.documents.html.groups import (
    above_of,
    around_calls,
    beside,
    is_caption,
    is_inset,
    notes,
    rest_of_tables,
    under_other_headings,
)
from aligner.documents.html.phrases import (
    DATE_LINE,
    POINTER,
    POINTER_HEADING,
    PROMPT,
    SENTENCE_END,
)
from aligner.documents.html.walk import Block, class_names
from aligner.files.shipped import shipped_json
from aligner.text.turns import translator_of

__all__ = ["GENTLE", "all_of", "choose_blocks", "facts_of", "is_bare", "judge"]

GENTLE = -4.0  # score from which a paragraph stays where pages of a pair disagree
_HEAD = -2.5  # the same for standfirst and caption between title and body
_FILL = -1.5  # the same for a short one between paragraphs of the article
_CAPTION = -4.5  # the same for a caption between paragraphs of the article
_GAP = 4  # paragraphs between two kept ones that may come along
# a page without any of these has nothing around its text: somebody's own file, an export
_FURNISHED = re.compile(r"<(?:nav|footer|aside|form|iframe)\b|<script[^>]{1,500}src", re.IGNORECASE)
_ARTICLE = re.compile(r"<(?:main|article)\b", re.IGNORECASE)
_CLASSED = re.compile(r"<[^<>]+\sclass\s*=", re.IGNORECASE)
_PROMPT_MAX = 220
_ASKS = 120


@lru_cache(maxsize=1)
def _weights() -> dict[str, float]:
    kept = shipped_json("aligner.documents.html", "weights.json")
    return {name: float(value) for name, value in kept.items()}


def judge(blocks: list[Block], root: Any, titles: Iterable[str], declared: str) -> list[float]:
    """How much speaks for each block being of the article (see `evidence.scores`).

    `root` is the whole page for trafilatura; `titles` are what the page's head names, `declared`
    the article's text by the page's JSON-LD.
    """
    return scores(facts_of(blocks, root, titles, declared), _weights())


def facts_of(
    blocks: list[Block], root: Any, titles: Iterable[str], declared: str
) -> list[dict[str, float]]:
    """The facts of each block of a page (see `evidence.facts`), for `judge` and for its fitting."""
    page = Page(
        [text_key(title) for title in titles if title], _as_trafilatura(root), text_key(declared)
    )
    return facts(blocks, page)


def choose_blocks(blocks: list[Block], score: list[float], titles: Iterable[str]) -> list[Block]:
    """The article's blocks in order by their scores, [] where the page holds none."""
    inside = _filled(blocks, score)
    if not inside:
        return []
    title = _title(blocks, inside, tuple(titles))
    head = _head(blocks, title, inside, score)
    start = -1 if title is None else title
    body = _trim([i for i in inside if i > start and i not in head], blocks)
    _no_late_standfirst([blocks[i] for i in body])
    kept = [] if title is None else [title]
    return [blocks[i] for i in (*kept, *head, *body)]


def _filled(blocks: list[Block], score: list[float]) -> list[int]:
    """Indexes of the blocks of the article, those that only stand between two of them too."""
    sure = [i for i, value in enumerate(score) if value > ENOUGH]
    if not sure:
        return []
    chosen = set(sure)
    parents = [block.element.getparent() for block in blocks]
    last: dict[Any, int] = {}
    for i in sure:
        before = last.get(parents[i])
        if before is not None and i - before <= _GAP:
            chosen.update(
                j
                for j in range(before + 1, i)
                if parents[j] is parents[i] and score[j] > _FILL and not blocks[j].linked
            )
        last[parents[i]] = i
    chosen.update(beside(blocks, score, parents, chosen))
    chosen.update(
        i
        for i in range(sure[0], sure[-1])
        if is_inset(blocks[i]) or (score[i] > _CAPTION and is_caption(blocks[i], last))
    )
    chosen -= under_other_headings(blocks, score, parents, chosen)
    chosen -= around_calls(blocks, parents, chosen)
    chosen |= rest_of_tables(blocks, chosen)
    return sorted(chosen | notes(blocks, chosen))


def _is_plain(blocks: list[Block]) -> bool:
    """A page of little text but little else either: somebody's own short file."""
    total = sum(block.weight for block in blocks)
    linked = sum(block.linked for block in blocks)
    return total > 0 and linked <= 0.2 * total and any(running_weight(block) for block in blocks)


def is_bare(blocks: list[Block], html: str) -> bool:
    """A page with nothing around its text: nothing marks boilerplate, no block is a link."""
    if any(block.linked > 0.5 * block.weight for block in blocks) or _FURNISHED.search(html):
        return False
    # a page that says where its article is has something else, unless that is all of it
    articles = {above_of(block.element, ("article", "main")) for block in blocks}
    alone = len(articles) == 1 and None not in articles and not _CLASSED.search(html)
    return (alone or not _ARTICLE.search(html)) and _is_plain(blocks)


def all_of(blocks: list[Block], titles: Iterable[str]) -> list[Block]:
    """Every block, the first one the title where the page's head or its class says so."""
    first = blocks[0]
    named = text_key(first.draft.text) in [text_key(hint) for hint in titles if hint]
    classed = re.search(r"\btitle\b", class_names(first.element)) is not None
    if named or classed or (first.draft.kind == "heading" and first.draft.level == 1):
        first.draft.kind, first.draft.level = "title", 0
    return blocks


def _as_trafilatura(root: Any) -> str:
    """What trafilatura keeps of the page, as `text_key`; "" where that is nothing."""
    import logging

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    from trafilatura import bare_extraction

    made: Any = bare_extraction(
        root, fast=True, include_comments=False, include_tables=True, include_formatting=False
    )
    return text_key(made.text or "") if made is not None else ""


def _title(blocks: list[Block], inside: list[int], hints: tuple[str, ...]) -> int | None:
    """Index of the title: the h1 that the head names, else the last before the body's text."""
    first_text = next((i for i in inside if running_weight(blocks[i]) >= 80), inside[-1])
    tops = [
        i
        for i, b in enumerate(blocks[: first_text + 1])
        if b.draft.kind == "heading" and b.draft.level == 1
    ]
    wanted = [text_key(hint) for hint in hints if hint]
    named = [i for i in tops if any(text_key(blocks[i].draft.text) in hint for hint in wanted)]
    if not tops:
        tops = [
            i
            for i, b in enumerate(blocks[: first_text + 1])
            if b.draft.kind == "heading" and any(text_key(b.draft.text) in hint for hint in wanted)
        ]
    headings = named or tops
    return headings[-1] if headings else None


def _head(
    blocks: list[Block], title: int | None, inside: list[int], score: list[float]
) -> list[int]:
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
    return [
        i
        for i in head
        if (i in within or score[i] > _HEAD or blocks[i].draft.kind == "byline")
        and not _is_chaff(blocks[i])
    ]


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
        mostly_linked and draft.kind == "para" and not SENTENCE_END.search(text)
    )


def _asks(blocks: list[Block], place: int) -> bool:
    """A line that asks for money or an address, for what follows is the button to give it."""
    block, after = blocks[place], blocks[place + 1] if place + 1 < len(blocks) else None
    return (
        after is not None
        and block.draft.kind == "para"
        and block.weight <= _PROMPT_MAX
        and after.linked > 0.9 * after.weight
        and block.element.getparent() in (after.element, after.element.getparent())
        and is_call(after)
        and running_weight(block) < _ASKS
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
    kept = [i for i in body if not _is_chaff(blocks[i]) and not _asks(blocks, i)]
    while kept and blocks[kept[-1]].draft.kind == "heading":
        kept.pop()
    start = 0
    while start < len(kept) and blocks[kept[start]].linked > 0.8 * blocks[kept[start]].weight:
        start += 1
    return kept[start:]
