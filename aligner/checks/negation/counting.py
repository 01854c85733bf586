"""Negations counted: what each side denies, and what other words may say it.

Languages negate in different places and different words: "no ... nada" once, "ne ... pas" once, "not until" is
"erst", "is unsuitable" is "no es recomendable". Phrases that negate nothing, that may stand for a plain
sentence, and words that deny by themselves are lists of `common/words.json`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from aligner.checks.common import Spans, base, is_cjk, word_list, word_table, words

__all__ = ["counted", "may_differ", "negations", "said_otherwise", "unequal_counts"]

_STRICT = ("ru", "uk", "pl", "ro")  # "никто не пришёл": the verb is negated beside "nobody" too
_DOUBLE = ("es", "it", "pt", "ca", "gl", "ro", "ru", "uk", "pl")  # "no dijo nada" negates once
# characters between the two of a double negation in one sentence: surely, and perhaps
_SURELY_NEAR, _NEAR = 18, 40
# "No. 8", "n.º 5", "núm. 3": signs of a number, not negations
_NUMBER_SIGN = re.compile(
    r"\b(?:n\s*\.?\s*[º°ᵒo]s?|nos?|n[úu]ms?|nr)\s*\.?\s*(?=\d)", re.IGNORECASE
)
_STOP = re.compile(r"[.!?;:…。！？；]\s")
_CLAUSE = re.compile(
    r"[,()«»“”\"—–]|\b(?:que|che|că|что|że|що|y|e|и|pero|mas|porque)\b", re.IGNORECASE
)
_THAT = re.compile(r"\b(?:que|che|că|что|że|що)\b", re.IGNORECASE)
# what goes on with a negation that stands before: "no vino ni llamó", "did not come nor call"
_GOES_ON = frozenset(
    ["ni", "nor", "noch", "ne", "né", "nem", "ani", "ні", "ни", "tampoco", "neither", "tampouco"]
)
# a plain "not": two of them in a sentence negate two things
_PLAIN = frozenset(["no", "non", "não", "nao", "не", "nie", "nu", "sin", "sem", "senza", "sense"])
# French: what may stand before its "ne", what negates beside "ne" only, and "ne ... plus"
_BEFORE_NE = frozenset(
    ["personne", "rien", "aucun", "aucune", "jamais", "nul", "nulle", "ni", "pas"]
)
_WITH_NE = frozenset(["personne", "rien", "jamais"])
_NO_MORE = re.compile(
    r"['’]?\s*(?:\S+\s+){1,3}(?:plus|guère|point)\b(?!\s+(?:que|de\s+\d))", re.IGNORECASE
)
# "une personne", "cette personne": somebody; "sans aucune peine": one negation
_SOMEBODY = re.compile(
    r"\b(?:la|une|cette|chaque|toute|autre|m[êe]me|seule|ma|ta|sa|leur|notre|votre|quelle|d['’]une)\s+(personne)\b|\bsans\s+(aucune?)\b",
    re.IGNORECASE,
)
_UNLIKE = re.compile(
    r"\bun(?!der|i[^n]|til|to\b|cle)[a-z]{4,}(?:ed|able|ible|ive|ful|ing|ly|ar)\b", re.IGNORECASE
)
_LESS = re.compile(
    r"\b(?!unless|regardless|nevertheless|nonetheless|bless)[a-z]{3,}less\b", re.IGNORECASE
)
_NOT_ONLY = re.compile(
    r"\b(?:no|não|ne|n['’]|pas|non|nicht|not)\b(?:\s+[\w'’]+){0,4}?\s+"
    r"(?:solo|sólo|solamente|únicamente|apenas|só|somente|seulement|uniquement|nur|only|just)\b",
    re.IGNORECASE,
)  # denies the "only", not what is said
_GAP = r"(?:\s+[^\s,.;:!?()]+){0,4}\s+"
# "¿No quiere sentarse?", "why don't we go": asked with a negation or without
_ASKED = {
    "es": re.compile(r"¿\s*(?:(?:y|pero|acaso)\s+)?(?:por qué\s+)?no\b", re.IGNORECASE),
    "it": re.compile(r"(?:^|[.!?…]\s)(?:e\s+)?(?:perché\s+)?non\b(?=[^.!?]*\?)", re.IGNORECASE),
    "pt": re.compile(r"(?:^|[.!?…]\s)(?:e\s+)?(?:por\s?que\s+)?não\b(?=[^.!?]*\?)", re.IGNORECASE),
    "de": re.compile(r"\bnicht\b(?=[^.!?]*\?)", re.IGNORECASE),
    "fr": re.compile(r"\bpas\b(?=[^.!?]*\?)", re.IGNORECASE),
    "en": re.compile(
        r"(?:^|[.!?…]\s|\bwhy\s+)\w+n['’]t\b(?=[^.!?]*\?)|n['’]t\s+\w+\s*(?=\?)", re.IGNORECASE
    ),
    "ru": re.compile(r"(?:^|[.!?…]\s)(?:а\s+|и\s+)?не\b(?=[^.!?]*\?)", re.IGNORECASE),
}
# how far a word may stand from the negation that it stands for: a share of the text, or characters
_PLACE, _CLOSE = 0.2, 30
_NE_QUE = re.compile(
    r"\bn(?:e\s|['’])(?:[^\s.,;:!?]+\s+){1,5}qu(?:e\b|['’])", re.IGNORECASE
)  # only
_NE_PAS = re.compile(r"\b(?:pas|plus|jamais|rien|personne|guère|aucune?)\b", re.IGNORECASE)
_SAME = 10  # characters on both sides of a negation that both texts have word for word
_INSERTED = re.compile(r"\[[^\[\]]{3,}\]|\([^()]{3,}\)")
_NON = re.compile(r"\bnon-\w+", re.IGNORECASE)
_CONTRACTED = re.compile(r"n['’]t\b", re.IGNORECASE)


def negations(text: str, lang: str) -> Spans:
    """Code points of the words that negate; "ne ... pas" is two of them. Number signs ("No. 8") and
    phrases that negate nothing ("sin embargo", "don't forget to") are left out.
    """
    listed = frozenset(word_list(lang, "negation"))
    fixed = [match.span() for match in _NUMBER_SIGN.finditer(text)]
    fixed += _phrases(text, lang, "negation_fixed")
    spans = []
    if is_cjk(lang):
        for word in word_table("negation").get(base(lang), ()):
            spans += [m.span() for m in re.finditer(re.escape(word), text)]
    else:
        spans = [(w.start, w.end) for w in words(text) if w.key in listed]
    if base(lang) == "fr" and not any(text[a:b].lower() in ("ne", "n") for a, b in spans):
        # "une personne", "un rien": they negate beside "ne" only
        spans = [(a, b) for a, b in spans if text[a:b].lower() not in ("personne", "rien")]
    if base(lang) == "fr":
        fixed += [match.span(match.lastindex or 0) for match in _SOMEBODY.finditer(text)]
    if base(lang) == "en":
        spans += [m.span() for m in _CONTRACTED.finditer(text)]
    if base(lang) in ("en", "fr"):
        spans += [m.span() for m in _NON.finditer(text)]
    return tuple(
        span for span in sorted(spans) if not any(a <= span[0] and span[1] <= b for a, b in fixed)
    )


def unequal_counts(source: str, target: str, langs: tuple[str, str]) -> bool:
    """Whether one side negates more often; where both do alike nothing was dropped or put in."""
    counts = counted((source, target), langs)
    return min(4.0, counts[0]) != min(4.0, counts[1])


def said_otherwise(source: str, target: str, langs: tuple[str, str]) -> bool:
    """Whether other words may say what the negations of one side say: "is unsuitable" and "no es
    recomendable".
    """
    counts = counted((source, target), langs, denials=True)
    return min(4.0, counts[0]) == min(4.0, counts[1])


def may_differ(source: str, target: str, langs: tuple[str, str]) -> bool:
    """`unequal_counts` after the ways to say one thing that counts alone do not see: "no ... ni", "won't
    ... and won't" and "não devem ter apenas", "not only should".
    """
    if not unequal_counts(source, target, langs):
        return False
    ranges = []
    for text, lang in zip((source, target), langs, strict=True):
        spans = negations(text, lang)
        only = [match.span() for match in _NOT_ONLY.finditer(text)]
        goes_on = sum(text[a:b].lower() in _GOES_ON for a, b in spans[1:])
        least = _weight(text, _outside(spans, only), lang)
        ranges.append((least, least + goes_on, len(only)))
    (low, high, left), (other_low, other_high, right) = ranges
    told = bool(left or right or high > low or other_high > other_low)
    return not told or low > other_high or other_low > high


def counted(
    texts: tuple[str, str], langs: tuple[str, str], *, denials: bool = False
) -> tuple[float, float]:
    """How many things each side negates. Where one side alone has insertions in brackets, what they
    negate is not counted, for an insertion is a finding of its own. "Don't forget to" may be "be
    sure to": of phrases that languages say with a negation or without, as many are counted as the
    other side has; with `denials` so are words of the other side that deny by themselves.
    """
    inserted = [[match.span() for match in _INSERTED.finditer(text)] for text in texts]
    negated = [negations(text, lang) for text, lang in zip(texts, langs, strict=True)]
    ranges = []
    for k, (text, lang) in enumerate(zip(texts, langs, strict=True)):
        spans = _not_shared(text, texts[1 - k], negated[k])
        if len(inserted[k]) > len(inserted[1 - k]):
            spans = _outside(spans, inserted[k])
        either = _phrases(text, lang, "negation_optional")
        either += [match.span() for match in _NON.finditer(text)]
        if (asked := _ASKED.get(base(lang))) is not None:
            either += [match.span() for match in asked.finditer(text)]
        least = _weight(text, _outside(spans, either), lang)
        most = max(least, _weight(text, spans, lang, sure=True))
        ranges.append((least, most))
    # where both sides have such phrases they are each other's: "couldn't help" and "no pude evitar"
    both = min(most - least for least, most in ranges)
    explained = [0, 0]
    if denials:
        denying = [_denials(text, lang) for text, lang in zip(texts, langs, strict=True)]
        sizes = [max(1, len(text)) for text in texts]
        explained = [
            _explained(
                (denying[k], denying[1 - k]),
                [start for start, _ in negated[1 - k]],
                (sizes[k], sizes[1 - k]),
            )
            for k in (0, 1)
        ]
    ranges = [
        (low + both, high + more) for (low, high), more in zip(ranges, explained, strict=True)
    ]
    (low, high), (other_low, other_high) = ranges
    if low > other_high:
        return low, other_high
    if other_low > high:
        return high, other_low
    both = min(high, other_high)
    return both, both


def _not_shared(text: str, other: str, spans: Spans) -> Spans:
    """Without those of a title or a quotation that both texts have in one language."""
    return tuple(
        (a, b)
        for a, b in spans
        if not (a >= _SAME and text[a - _SAME : b + _SAME].strip() in other)
    )


def _denials(text: str, lang: str) -> list[int]:
    """Where words begin that deny by their stems or as a whole: "unsuitable" may be "no es recomendable",
    "dejó de" may be "does not ... any more", French "ne ... que" may be "not until".
    """
    stems = word_list(lang, "negation_stems")
    begins = [word.start for word in words(text) if word.key.startswith(stems)] if stems else []
    begins += [start for start, _ in _phrases(text, lang, "negation_denials")]
    if base(lang) == "en":
        more = [*_UNLIKE.finditer(text), *_LESS.finditer(text)]
        begins += [m.start() for m in more if not m.group().lower().startswith(stems)]
    if base(lang) == "fr":
        begins += [m.start() for m in _NE_QUE.finditer(text) if not _NE_PAS.search(m.group())]
    return sorted(set(begins))


def _explained(
    denials: tuple[list[int], list[int]], negated: Sequence[int], sizes: tuple[int, int]
) -> int:
    """How many negations of the second text the denials of the first may stand for: denials of the
    second take theirs first, and a denial stands about where the negation does, for so does
    what it says.
    """
    size, other_size = sizes
    left = [place / size for place in denials[0]]
    for place in denials[1]:
        if left:
            left.remove(min(left, key=lambda one: abs(one - place / other_size)))
    near = max(_PLACE, _CLOSE / min(sizes))
    return sum(any(abs(one - place / other_size) < near for place in negated) for one in left)


def _outside(spans: Spans, places: list[tuple[int, int]]) -> Spans:
    return tuple(
        (start, end) for start, end in spans if not any(a <= start and end <= b for a, b in places)
    )


def _phrases(text: str, lang: str, table: str) -> list[tuple[int, int]]:
    """Where the phrases of a table stand, of those that begin at one place the longest."""
    pattern = _any_phrase(base(lang), table)
    if pattern is None:
        return []
    return [match.span(1) for match in pattern.finditer(text.replace("’", "'"))]


@lru_cache(maxsize=64)
def _any_phrase(lang: str, table: str) -> re.Pattern[str] | None:
    """One pattern for a table, None for an empty one; apostrophes are one sign, and phrases are found
    inside others too.
    """
    phrases = sorted(word_table(table).get(lang, ()), key=len, reverse=True)
    either = "|".join([_bounded(phrase.replace("’", "'"), lang) for phrase in phrases])
    return re.compile(f"(?=({either}))", re.IGNORECASE) if phrases else None


def _bounded(phrase: str, lang: str) -> str:
    """A pattern for whole words; "sin embargo" negates nothing. A star stands for up to four words of
    one clause: "no * más que".
    """
    if is_cjk(lang):
        return re.escape(phrase)
    # "n'* que" goes on in the same word: "n'avait que"
    first, *others = (re.escape(part.strip()) for part in phrase.split("*"))
    start = r"\b" if phrase[0].isalnum() and not phrase.startswith("n't") else ""
    gap = (r"\S+" if first.endswith("'") else "") + _GAP
    return rf"{start}{first}{''.join(gap + one for one in others)}(?!\w)"


def _weight(text: str, spans: Spans, lang: str, *, sure: bool = False) -> float:
    """How many things are negated: double negation of one verb counts once. `sure`: only where the
    two stand close by in one clause.
    """
    if base(lang) == "fr":
        return float(sum(1 for _ in _french(text, spans)))
    count, last, after_word = 0, -1, False
    for start, end in spans:
        word = text[start:end].lower()
        before = last >= 0 and not _STOP.search(text, last, start + 1)
        goes_on = before and word in _GOES_ON
        double = before and base(lang) in _DOUBLE and (word not in _PLAIN or after_word)
        double = double and (start - last < _NEAR or not _CLAUSE.search(text, last, start))
        if double and sure:
            double = start - last < _SURELY_NEAR and not _THAT.search(text, last, start)
        count += not (goes_on or double)
        last, after_word = end, base(lang) in _STRICT and word not in _PLAIN
    return float(count)


def _french(text: str, spans: Spans) -> Iterator[tuple[int, int]]:
    """Of the words that negate those that count: "ne" with its second word is one negation, alone it
    is none ("ne ... que", "avant qu'il ne parte"), "ni" goes on, and "pas" alone is one.
    """
    begin = 0
    for end in [*(match.end() for match in _STOP.finditer(text)), len(text) + 1]:
        here = [span for span in spans if begin <= span[0] < end]
        words_here = [text[a:b].lower() for a, b in here]
        particles = [i for i, word in enumerate(words_here) if word in ("ne", "n")]
        taken = set(particles)
        for i in particles:
            later = next((j for j in range(i + 1, len(here)) if j not in taken), None)
            earlier = next((j for j in range(i - 1, -1, -1) if j not in taken), None)
            if later is not None and here[later][0] - here[i][1] < _NEAR:
                taken.add(later)
                yield here[i]
            elif earlier is not None and words_here[earlier] in _BEFORE_NE:
                taken.add(earlier)
                yield here[i]
            elif _NO_MORE.match(text, here[i][1]):
                yield here[i]
        for j, word in enumerate(words_here):
            before = any(k < j for k in range(len(here)))
            goes_on = word == "ni" and (before or bool(particles))
            if j not in taken and not goes_on and word not in _WITH_NE:
                yield here[j]
        begin = end
