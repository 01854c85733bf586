"""Words that name both genders, or nobody's, and are one word in the other language.

"campeones y campeonas", "una mentora o un mentor", "los y las usuarias", "utilisateur·rice·s" are said with
one word where a language has one for all; "las personas que colaboran" are contributors. Nothing is left
out there.
"""

from __future__ import annotations

import re

from aligner.checks.common import Word, base, fold, words

__all__ = ["is_inclusive"]

_AND = frozenset(("y", "e", "o", "u", "ou", "et", "und", "oder", "bzw"))
_ARTICLES = frozenset(
    (
        *(
            "el",
            "la",
            "los",
            "las",
            "un",
            "una",
            "unos",
            "unas",
            "os",
            "as",
            "um",
            "uma",
            "al",
            "del",
        ),
        *(
            "le",
            "les",
            "des",
            "une",
            "der",
            "die",
            "das",
            "den",
            "dem",
            "de",
            "da",
            "do",
            "das",
            "dos",
        ),
        *(
            "a",
            "o",
            "cada",
            "ein",
            "eine",
            "einen",
            "einer",
            "nuestros",
            "nuestras",
            "nossos",
            "nossas",
        ),
    )
)
_PEOPLE = {
    "en": ("people", "person", "persons", "those", "who", "whoever", "anyone", "everyone"),
    "es": ("persona", "personas", "quien", "quienes", "gente"),
    "pt": ("pessoa", "pessoas", "quem"),
    "fr": ("personne", "personnes", "ceux"),
    "de": ("personen", "menschen", "person"),
    "ca": ("persona", "persones", "qui"),
    "it": ("persona", "persone", "chi"),
}
_STEM = 3  # letters that both forms begin with
_ENDING = 5  # letters in which they may differ
_PLACE = 3  # words before a run in which the people may stand
_WORDS = 9  # words of a longer run say more than who is meant
_REST = 1  # words of content beside the two forms that are no clause
_CONTENT = 4  # letters of a word of content
_POINT = re.compile(r"\w[·•⋅]\w|\w\([a-zà-ÿ|]{1,4}\)\w?|\w[*:_]in(?:nen)?\b")


def is_inclusive(
    text: str, start: int, end: int, lang: str, other: str = "", other_lang: str = ""
) -> bool:
    """Whether what stands at these code points is no more than the other gender of what stands beside
    it, or a periphrasis of people whom the other text gives one word.
    """
    tokens = [w for w in words(text) if w.is_word]
    inside = [n for n, w in enumerate(tokens) if w.start < end and w.end > start]
    if not inside or len(inside) > _WORDS:
        return False
    if _POINT.search(text, max(0, start - 1), end + 1):
        return _rest(tokens, inside, set()) <= 2 * _REST + 1
    doubled = _doubled(tokens)
    if doubled & set(inside) and _rest(tokens, inside, doubled) <= _REST:
        return True
    people = _PEOPLE.get(base(lang), ())
    if any(w.key in _PEOPLE.get(base(other_lang), ()) for w in words(other)):
        return False
    reach = tokens[max(0, inside[0] - _PLACE) : inside[-1] + 1]
    return any(w.key in people for w in reach)


def _doubled(tokens: list[Word]) -> set[int]:
    """The numbers of the words of "campeones y campeonas", articles among them."""
    places: set[int] = set()
    for n, word in enumerate(tokens):
        if word.key not in _AND:
            continue
        left = _noun(tokens, n, -1)
        right = _noun(tokens, n, 1)
        articles = n and n + 1 < len(tokens) and {tokens[n - 1].key, tokens[n + 1].key} <= _ARTICLES
        if articles and tokens[n - 1].key != tokens[n + 1].key:
            places.update(range(n - 1, min(len(tokens), n + 3)))  # "los y las usuarias"
        elif left is not None and right is not None and _same(tokens[left].key, tokens[right].key):
            first, last = left, right
            while first and tokens[first - 1].key in _ARTICLES:
                first -= 1
            places.update(range(first, last + 1))
    return places


def _noun(tokens: list[Word], place: int, step: int) -> int | None:
    """The first word that is no article, up to two places off."""
    for k in (1, 2, 3):
        n = place + step * k
        if not 0 <= n < len(tokens):
            return None
        if tokens[n].key not in _ARTICLES:
            return n
    return None


def _same(a: str, b: str) -> bool:
    from rapidfuzz.distance import Prefix

    a, b = fold(a), fold(b)
    common = Prefix.similarity(a, b)
    return (
        a != b
        and common >= _STEM
        and max(len(a), len(b)) - common <= _ENDING
        and (common >= min(len(a), len(b)) - 3)
    )


def _rest(tokens: list[Word], inside: list[int], without: set[int]) -> int:
    return sum(len(tokens[n].key) >= _CONTENT for n in inside if n not in without)
