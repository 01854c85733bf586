"""Names of a text as its capitals show them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from aligner.checks.common import Word, base, date_names, fold, has_case, word_list, words
from aligner.checks.names.common_words import CAPITAL_NOUNS
from aligner.checks.quantities import numerals_of

__all__ = ["Name", "capitalised_words", "names_of", "whole_name"]

_OPENING = re.compile(
    r"(?:^|(?<=[\s(\[\u2014\u2013-]))[\"\u201c\u201e\u00ab\u2018'(\[\u00bf\u00a1]+$"
)
_INVERTED = re.compile(r"[¿¡]\s?[\"“«]?$")  # Spanish sentences begin with their mark
_PICTOGRAM = re.compile(r"[\u2190-\u2bff\U0001f000-\U0001faff\ufe0f]$|(?:^|\s):[a-z_]+:$|[•·▪*]$")
_CLOSING = "\"\u201d\u00bb\u2019')]"
_ENDS = ".!?\u2026:\u00b6\u3002\uff01\uff1f\u2014\u2013"


@dataclass(frozen=True, slots=True)
class Name:
    """A capitalised word of a text; `initial` where a sentence begins with it, `office` where it
    names an institution, or stands beside a word for one.
    """

    start: int
    end: int
    key: str
    initial: bool
    office: bool = False


@lru_cache(maxsize=16384)
def names_of(text: str, lang: str, *, offices: bool = False) -> tuple[Name, ...]:
    """Capitalised words that are no dates, numbers or titles; () in scripts without capitals
    (there the names are sought from the other side), but for words in Latin letters.

    `offices`: names of institutions too, which are translated, each in its own way.
    """
    if _is_title_case(text):
        return ()
    dates, table = date_names(lang), numerals_of(lang)
    institutions = frozenset(word_list(lang, "institutions"))
    skip = frozenset(word_list(lang, "no_names"))
    names = []
    for word in words(text):
        written = text[word.start : word.end]
        if not word.is_word or not written[0].isupper() or len(written) < 2 or word.key in skip:
            continue
        if not has_case(lang) and not written.isascii():
            continue
        if word.key in dates or word.key in table.cardinals or word.key in table.scales:
            continue
        acronym = written.isupper() and len(written) <= 7
        if acronym or len(written) < 3:
            continue  # acronyms have a check of their own
        office = word.key in institutions or _beside_office(
            text, word.start, word.end, institutions
        )
        if office and not offices:
            continue
        initial = _begins(text, word.start, skip)
        if initial and not _goes_on(text, word.end):
            continue  # any word has a capital there
        names.append(Name(word.start, word.end, word.key, initial, office))
    return tuple(names)


_LINKS = frozenset(
    (
        "de",
        "del",
        "la",
        "las",
        "los",
        "da",
        "do",
        "dos",
        "du",
        "des",
        "von",
        "van",
        "der",
        "den",
        "di",
        "of",
    )
)
_ARTICLES = frozenset(("el", "la", "las", "los", "le", "les", "il", "lo", "the"))
# no names by themselves, but parts of them
_PARTS = frozenset(
    (
        *("united", "north", "south", "east", "west", "northern", "southern", "eastern", "western"),
        *("norte", "sur", "este", "oeste", "ciudad", "city", "universidad", "university", "club"),
        *("iglesia", "church", "copa", "cup", "liga", "league", "partido", "party", "company"),
        *("nacional", "national", "internacional", "international", "central", "mundial", "world"),
        *("tribunal", "court", "consejo", "council", "comision", "commission", "centro", "house"),
        *("college", "department", "departamento", "center", "centre", "calle", "street"),
    )
)
# links of names whose words a hyphen joins: "Bourg-en-Bresse", "Val-d'Isère"
_HYPHENED = frozenset(
    (
        *("sur", "sous", "en", "les", "lez", "le", "la", "aux", "au", "a", "d", "l", "et", "am"),
        "an",
        "im",
    )
)
_RULED = re.compile(r"(\w+) (?:von|der|des|vom)\s")
# what joins names of German towns to their rivers, where the other language keeps it
_RIVER = re.compile(r"\b(?:am|im|(?:an|auf|ob|vor|in) (?:der|dem))\s(?=[A-ZÄÖÜ])")
_HYPHENS = "-’'"
_MOST_LINKS = 2  # "Ángel de la Rosa"


def whole_name(text: str, name: Name, lang: str, other: str = "") -> tuple[int, int]:
    """The code points of all the capitalised words that a name is one of: "San Francisco Gotera",
    "Ángel de la Rosa", "La Libertad", "United States", "Bourg-en-Bresse". With the `other` text, which
    keeps them as they are, "Frankfurt am Main" too.
    """
    rivers = [m.span() for m in _RIVER.finditer(text)] if _RIVER.search(other) else []
    start, end = _reached(text, name, frozenset(word_list(lang, "no_names")) - _PARTS, rivers)
    title = _RULED.match(text, start, name.start) if base(lang) in CAPITAL_NOUNS else None
    if title and title[1].lower() not in other.lower():
        start = title.end()  # "Bürgermeister von Neustadt": any noun has a capital there
    return start, end


def _reached(
    text: str, name: Name, skip: frozenset[str], rivers: Sequence[tuple[int, int]] = ()
) -> tuple[int, int]:
    tokens = words(text)
    own = next(k for k, one in enumerate(tokens) if one.start == name.start)

    def reach(step: int) -> int:
        last, links, k = own, 0, own + step
        while 0 <= k < len(tokens) and links <= _MOST_LINKS:
            gap = text[
                min(tokens[k].end, tokens[k - step].end) : max(
                    tokens[k].start, tokens[k - step].start
                )
            ]
            hyphen = tokens[k].key in _HYPHENS or tokens[k - step].key in _HYPHENS
            if gap != ("" if hyphen else " "):
                break
            if _belongs(text, tokens[k], skip):
                last, links = k, 0
            elif tokens[k].key in _HYPHENS or _is_hyphened(tokens, k):
                pass
            elif tokens[k].key in _LINKS or any(a <= tokens[k].start < b for a, b in rivers):
                links += 1
            else:
                break
            k += step
        return last

    return tokens[reach(-1)].start, tokens[reach(1)].end


def _is_hyphened(tokens: Sequence[Word], k: int) -> bool:
    """A small word between marks that join the words of a name."""
    inside = 0 < k < len(tokens) - 1 and tokens[k].key in _HYPHENED | _LINKS
    return inside and tokens[k - 1].key in _HYPHENS and tokens[k + 1].key in _HYPHENS


def capitalised_words(text: str, name: Name, lang: str) -> list[str]:
    """The words of a name that have a capital, without those that are no names by themselves."""
    start, end = _reached(text, name, frozenset(word_list(lang, "no_names")))
    return [
        written
        for word in words(text[start:end])
        if word.is_word and (written := text[start + word.start : start + word.end])[0].isupper()
    ]


def _belongs(text: str, word: Word, skip: frozenset[str]) -> bool:
    """Whether a word is a part of the name beside it: a capital that no sentence gives it."""
    if not (word.is_word and text[word.start].isupper()):
        return False
    if word.key in _ARTICLES:
        return not _begins(text, word.start, skip)
    return word.key not in skip


def _is_title_case(text: str) -> bool:
    """A headline in which every long word has a capital says nothing about names."""
    long = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
    ended = text.rstrip(_CLOSING + " ")[-1:] in _ENDS
    return not ended and len(long) > 2 and all(word[0].isupper() for word in long)


def _beside_office(text: str, start: int, end: int, offices: frozenset[str]) -> bool:
    """Whether a capitalised neighbour is a word for an institution: "Attorney General"."""
    before = re.search(r"([^\W\d_]+)(?: (?:of|de|del|de la|the|du|des))* $", text[:start])
    behind = re.match(r"(?: (?:of|de|del|de la|the|du|des))* ([^\W\d_]+)", text[end:])
    return any(m and m[1][0].isupper() and fold(m[1]) in offices for m in (before, behind))


def _begins(text: str, start: int, titles: frozenset[str]) -> bool:
    """Whether a sentence, quotation or turn begins at `start`."""
    if _INVERTED.search(text[:start]):
        return True
    before = _OPENING.sub("", text[:start].rstrip()).rstrip()
    if not any(map(str.isalpha, before)):
        return True  # "2.", "•", a pictogram
    bare = before.rstrip(_CLOSING)
    if _PICTOGRAM.search(bare):
        return True
    if not bare or bare[-1] not in _ENDS:
        return False
    last = bare.rstrip(".").split()[-1:] or [""]
    initial = len(last[0]) == 1 and last[0].isalpha()
    return not (bare[-1] == "." and (fold(last[0]) in titles or initial))


def _goes_on(text: str, end: int) -> bool:
    """Whether the next word has a capital too: a name of two words."""
    return bool(re.match(r"\s[^\W\d_a-z][^\W\d_]", text[end : end + 4])) and text[end + 1].isupper()
