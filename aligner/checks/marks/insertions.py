"""Insertions: what an editor or a translator put between brackets, round or square.

"(Ríe)" and "[Laughs]" are the same insertion, whatever the brackets; so is a pair of dashes on the
other side. Words between dashes are an added or omitted clause where the other side has them neither
so nor otherwise: a dash is often a comma of the other language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from aligner.checks.common import Hit, shortened, words

__all__ = ["check_brackets", "check_dashes"]

_SQUARE = re.compile(r"[\[［【](?P<inside>[^\]］】]{1,200})[\]］】]")
# "hijo(s)" and the address of a link are no insertions, and neither is the number of a list
_ROUND = re.compile(r"(?<![\w\]])[(（](?P<inside>[^()（）]{2,200})[)）](?!\w)")
# "un(a) segundo(a)", "los/as": endings of the other gender, no insertions either
_ENDING = re.compile(r"(?<=\w)\([^\W\d_]{1,4}\)")
_DASHES = re.compile(
    r"(?<!\S)(?P<mark>[-—–])\s?\w[^—–¶]{2,200}?\s?(?P=mark)(?=[\s,.;:])|—\w[^—¶]+\w—"
)
_MANY = 3  # words from which a gloss in round brackets weighs as much as an editor's insertion

Gain = Callable[[bool, tuple[int, int]], float]
"""(in the target?, code points) -> how much nearer the texts come without this part."""

_STANDS = -0.03  # a part whose removal takes the texts further apart has its like on the other side

_RISE = 0.02  # the rise without words between dashes from which the other side lacks them


def check_dashes(source: str, target: str, gain: Gain) -> Iterator[Hit]:
    """Insertions between dashes, of three words or more, that the other side lacks."""
    texts = source, target
    dashed = [list(_DASHES.finditer(text)) for text in texts]
    inserted = [
        len(one) + sum(len(shape.findall(text)) for shape in (_SQUARE, _ROUND))
        for one, text in zip(dashed, texts, strict=True)
    ]
    for added in (False, True):
        surplus = inserted[added] - inserted[not added]
        rises = {m: gain(added, m.span()) for m in dashed[added] if len(m.group().split()) >= _MANY}
        lone = sorted((m for m in rises if rises[m] > _RISE), key=lambda m: -rises[m])
        for m in lone[: max(0, surplus)]:
            words = m.group().strip("-—– ")
            start = m.start() + m.group().index(words)
            span = ((start, start + len(words)),)
            yield Hit(
                "added-clause" if added else "omitted-clause",
                "minor",
                0.6,
                f"the translation seems to {'add' if added else 'leave out'} “{shortened(words)}”",
                () if added else span,
                span if added else (),
                shortened(words),
            )


def check_brackets(
    source: str, target: str, source_lang: str, target_lang: str, gain: Gain | None = None
) -> Iterator[Hit]:
    """Insertions in brackets that stand on one side only.

    `gain` tells whether words in round brackets stand on the other side without them.
    """
    del source_lang, target_lang
    texts = source, target
    plain = [_ENDING.sub(lambda m: "x" * len(m.group()), text) for text in texts]
    inserted = [[m for shape in (_SQUARE, _ROUND) for m in shape.finditer(t)] for t in plain]
    surplus = len(inserted[1]) - len(inserted[0])
    if not surplus:
        return
    added = surplus > 0
    more, fewer = (target, source) if added else (source, target)
    dashes = len(_DASHES.findall(fewer)) - len(_DASHES.findall(more))
    surplus = abs(surplus) - max(0, dashes)
    rises = {m: gain(added, m.span("inside")) if gain else 0.0 for m in inserted[added]}
    # those with the least likeness to the other side are the ones it lacks; then square ones
    ranked = sorted(rises, key=lambda m: (-rises[m], m.re is _ROUND, m.start()))
    lone = [
        m
        for m in ranked[: max(0, surplus)]
        if not _repeated(m["inside"], fewer) and (m.re is _SQUARE or _lacks(m, rises[m]))
    ]
    if not lone:
        return
    lone.sort(key=lambda m: m.start())
    stand = ", ".join(shortened(m.group()) for m in lone)
    spans = tuple(m.span() for m in lone)
    weighs = any(m.re is _SQUARE or len(m.group().split()) >= _MANY for m in lone)
    yield Hit(
        "brackets",
        "minor" if weighs else "note",
        0.7 if weighs else 0.5,
        f"{stand} stands only in the {'translation' if added else 'source'}",
        () if added else spans,
        spans if added else (),
        f"{'+' if added else '-'} {stand}",
    )


def _repeated(inside: str, other: str) -> bool:
    """Whether the other side has the same words without brackets."""
    mine = " ".join(w.key for w in words(inside) if w.is_word)
    theirs = " ".join(w.key for w in words(other) if w.is_word)
    return len(mine) > 1 and f" {mine} " in f" {theirs} "


def _lacks(inserted: re.Match[str], rise: float) -> bool:
    """Whether the other side lacks words in round brackets; acronyms and figures are left to the
    checks of their own.
    """
    inside = inserted["inside"]
    if rise < _STANDS or not any(map(str.isalpha, inside)):
        return False
    return len(inside.split()) > 1 or not (inside.isupper() and inside.isascii())
