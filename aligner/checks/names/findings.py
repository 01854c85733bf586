"""What the checks of names and acronyms say of one pair."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.checks.common import Hit, PairVectors, SideTokens, base, trained_model
from aligner.checks.names.acronyms import ACRONYM_FEATURES, acronym_features, acronyms_of
from aligner.checks.names.capitals import capitalised_words, whole_name
from aligner.checks.names.common_words import CAPITAL_NOUNS, ORDINARY, how_ordinary
from aligner.checks.names.heads import lost_names, other_tails
from aligner.checks.names.support import (
    NAME_FEATURES,
    NamePartners,
    Support,
    may_be_wrong,
    name_features,
)

__all__ = ["acronym_hits", "name_hits"]

_SURE = 0.95  # of names that begin alike and end in another way
_LEFT_OUT = 0.5


def name_hits(
    texts: tuple[str, str],
    langs: tuple[str, str],
    vectors: PairVectors,
    memories: tuple[NamePartners, NamePartners],
) -> Iterator[Hit]:
    """The name that became another, or names that surely did; a name that was left out."""
    sides = vectors.source, vectors.target
    if not may_be_wrong(*texts, langs, memories[0]):
        yield from _left_out(texts, langs, sides)
        return
    sure = list(other_tails(texts, langs, sides, memories[0]))
    for one in sure:
        other, written = texts[0][slice(*one.source)], texts[1][slice(*one.target)]
        yield Hit(
            "name",
            "major",
            _SURE,
            f"“{other}” seems to have become “{written}”",
            (one.source,),
            (one.target,),
            " / ".join(one.keys),
            how_ordinary([one.last], langs[1]),
        )
    if sure:
        return
    values, b, a = name_features(*texts, langs, sides, memories)
    model = trained_model("name", NAME_FEATURES)
    score = model.score(values)
    if b is None or not model.passes(score, langs[0]) or (a is None and _spelled_out(b, texts)):
        return
    common = memories[1].ordinary if a is not None else memories[0].ordinary
    # a common word with a capital: a title, a heading, the begin of a quotation; "Project Manager" and
    # "Directora Técnica". In tables of pairs such words are names often enough
    plain = (a or b).name.key in common or (
        values["t_all_ordinary"] > ORDINARY
        and (not values["s_lost"] or values["s_all_ordinary"] > ORDINARY)
    )
    there = whole_name(texts[1], b.name, langs[1], texts[0])
    # a name of the source that the translation has too became nothing else
    here = whole_name(texts[0], a.name, langs[0], texts[1]) if a and a.is_suspect else None
    shown = f"“{texts[1][slice(*there)]}” has no counterpart in the source"
    if here is not None:
        shown = f"“{texts[0][slice(*here)]}” seems to have become “{texts[1][slice(*there)]}”"
    nouns = base(langs[1]) in CAPITAL_NOUNS
    yield Hit(
        "name",
        "note" if nouns else "major",
        model.probability(score),
        shown,
        (here,) if here else (),
        (there,),
        f"{a.name.key if a else ''} / {b.name.key}",
        1.0 if plain else how_ordinary(capitalised_words(texts[1], b.name, langs[1]), langs[1]),
    )


def _left_out(
    texts: tuple[str, str], langs: tuple[str, str], sides: tuple[SideTokens, SideTokens]
) -> Iterator[Hit]:
    for start, end in lost_names(texts, langs, sides):
        piece = texts[0][start:end]
        yield Hit(
            "omitted-clause",
            "minor",
            _LEFT_OUT,
            f"the translation seems to leave out “{piece}”",
            ((start, end),),
            (),
            piece,
        )


def acronym_hits(
    texts: tuple[str, str],
    langs: tuple[str, str],
    vectors: PairVectors,
    memories: tuple[NamePartners, NamePartners],
) -> Iterator[Hit]:
    """The acronym that became another, or stands for nothing in the source."""
    if not acronyms_of(texts[1], langs[1]):
        return
    values, b, a = acronym_features(*texts, langs, (vectors.source, vectors.target), memories)
    model = trained_model("acronym", ACRONYM_FEATURES)
    score = model.score(values)
    if b is None or not model.passes(score, langs[0]):
        return
    written = texts[1][b.acronym.start : b.acronym.end]
    shown = f"“{written}” stands for nothing in the source"
    if a is not None and a.best < 1:
        other = texts[0][a.acronym.start : a.acronym.end]
        shown = f"“{other}” seems to have become “{written}”"
    yield Hit(
        "acronym",
        "major",
        model.probability(score),
        shown,
        ((a.acronym.start, a.acronym.end),) if a else (),
        ((b.acronym.start, b.acronym.end),),
        f"{a.acronym.letters if a else ''} / {b.acronym.letters}",
        0.0 if a else 1.0,  # a name said in full there may be an acronym here
    )


def _spelled_out(b: Support, texts: tuple[str, str]) -> bool:
    """An acronym given in full: "FGR" and "the Attorney General's Office"."""
    if not re.search(r"\b[A-Z\u0410-\u042f]{3,}\b", texts[0]):
        return False
    near = texts[1][max(0, b.name.start - 25) : b.name.end + 25]
    return len(re.findall(r"\b[^\W\d_a-z]\w{2,}", near)) >= 2
