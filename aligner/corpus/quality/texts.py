"""What two texts say of themselves: lengths, languages, numbers, marks, copies, traces of machines.

All features are symmetric, so that the direction of a pair does not matter. They need no encoder.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence

from aligner.corpus.filters import numbers_of
from aligner.languages.detection import detect_phrases, is_detectable
from aligner.languages.lookalikes import are_close
from aligner.text.mojibake import traces

__all__ = ["TEXT_FEATURES", "languages_seen", "letters", "text_features"]

TEXT_FEATURES: tuple[str, ...] = (
    "length",
    "length apart",
    "shorter side",
    "other language",
    "language of the other side",
    "numbers apart",
    "numbers apart, count",
    "end marks apart",
    "questions apart",
    "pauses apart",
    "quotations and brackets apart",
    "same words",
    "same text",
    "repeated",
    "repeated apart",
    "wrongly decoded",
    "no letters",
    "no letters apart",
    "markup",
    "capitals apart",
)

_TOGETHER = 256  # texts whose languages are detected together
_ENOUGH = 20  # characters that say what language a text is in
_WIDE = 12  # characters a word beyond which words are not parted by spaces
_WORD = re.compile(r"\w+")
_ENDS = {".": ".", "。": ".", "।": ".", "۔": ".", "?": "?", "？": "?", "؟": "?", ";": "?"}
_ENDS |= {"!": "!", "！": "!", ":": ":", "：": ":", "…": ".", ",": ",", "，": ","}
_CLOSING = "\"'”’»›)]}）】」』*_ "
_QUESTION, _PAUSE = re.compile("[?？؟!！]"), re.compile("[,，、،;；:：]")
_PAIRED = re.compile(r"[\"“”„«»‹›「」『』()\[\]（）【】{}]")
_DIGIT = re.compile(r"\d")
_MARKUP = re.compile(r"https?://\S+|www\.\S+|<[^<>]{1,80}>|&[a-z#0-9]{2,8};|[|{}\\<>=]{1,3}")


def letters(text: str) -> int:
    """Characters without white space."""
    return len("".join(text.split()))


def languages_seen(texts: Sequence[str]) -> list[tuple[str, float]]:
    """(language, probability) of each text, ("", 0.0) of those too short to say."""
    long = [number for number, text in enumerate(texts) if len(text) >= _ENOUGH]
    out = [("", 0.0)] * len(texts)
    for start in range(0, len(long), _TOGETHER):
        numbers = long[start : start + _TOGETHER]
        detected = detect_phrases([texts[number] for number in numbers])
        for number, seen in zip(numbers, detected, strict=True):
            out[number] = seen
    return out


def text_features(
    source: str,
    target: str,
    langs: tuple[str, str],
    usual: float,
    seen: Sequence[tuple[str, float]],
) -> Mapping[str, float]:
    """The features of `TEXT_FEATURES` by name.

    `langs` are BCP 47, "" where unknown; `seen`: the language that each side looks like, and how
    sure that is, of `languages_seen`; `usual`: log of target by source letters in ordinary
    translations of these languages.
    """
    texts = (source, target)
    sizes = [letters(text) for text in texts]
    apart = abs(math.log((sizes[1] + 8) / (sizes[0] + 8)) - usual)
    words = [_words(text) for text in texts]
    small = min(sizes)
    foreign = [_foreign(seen[side], *langs, side) for side in range(2)]
    repeated = [_repeated(one) for one in words]
    plain = [_without_letters(text, size) for text, size in zip(texts, sizes, strict=True)]
    unlike, counted = _numbers(texts)
    ends = [_end(text) for text in texts]
    same = _shared(words[0], words[1])
    return {
        "length": min(apart, 3.0),
        # in spreads that shrink with the text: a word more says little in a long one
        "length apart": min(apart * math.sqrt(small + 8) / 3, 8.0),
        "shorter side": math.log(small + 1),
        "other language": max(one[0] for one in foreign),
        "language of the other side": max(one[1] for one in foreign),
        "numbers apart": unlike / (counted + 1),
        "numbers apart, count": math.log1p(unlike),
        "end marks apart": float(ends[0] != ends[1]),
        "questions apart": _marks_apart(texts, _QUESTION),
        "pauses apart": _marks_apart(texts, _PAUSE),
        "quotations and brackets apart": _marks_apart(texts, _PAIRED),
        "same words": same,
        "same text": float(same >= 0.9 and bool(words[0])),
        "repeated": max(repeated),
        "repeated apart": abs(repeated[0] - repeated[1]),
        "wrongly decoded": min(
            2.0, sum(math.log1p(len(traces(text)) + 2 * text.count("\ufffd")) for text in texts)
        ),
        "no letters": max(plain),
        "no letters apart": abs(plain[0] - plain[1]),
        "markup": math.log1p(abs(_markup(source) - _markup(target))),
        "capitals apart": abs(_capitals(source) - _capitals(target)),
    }


def _numbers(texts: Sequence[str]) -> tuple[int, int]:
    """How many numbers only one side has, and how many there are."""
    if not any(map(_DIGIT.search, texts)):
        return 0, 0
    one, other = map(numbers_of, texts)
    return ((one - other) + (other - one)).total(), one.total() + other.total()


def _words(text: str) -> list[str]:
    """Words in small letters; characters where no spaces part the words."""
    words = _WORD.findall(text.lower())
    if words and sum(map(len, words)) > _WIDE * len(words):
        return list("".join(words))
    return words


def _foreign(
    seen: tuple[str, float], source_lang: str, target_lang: str, side: int
) -> tuple[float, float]:
    """How sure it is that a text is not in its language, and that it is in that of the other."""
    own, other = (source_lang, target_lang) if side == 0 else (target_lang, source_lang)
    lang, sure = seen
    if not lang or not own or not is_detectable(own) or are_close(lang, own):
        return 0.0, 0.0
    return sure, sure if other and are_close(lang, other) else 0.0


def _end(text: str) -> str:
    bare = text.rstrip(_CLOSING)
    return _ENDS.get(bare[-1:], "")


def _marks_apart(texts: Sequence[str], marks: re.Pattern[str]) -> float:
    a, b = (len(marks.findall(text)) for text in texts)
    return abs(a - b) / math.sqrt(a + b + 1)


def _shared(left: list[str], right: list[str]) -> float:
    """Share of the words of the shorter side that stand in the other too (0-1)."""
    if not left or not right:
        return 0.0
    common = (Counter(left) & Counter(right)).total()
    return common / min(len(left), len(right))


def _repeated(words: list[str]) -> float:
    """Share of runs of three words that came before (0-1)."""
    runs = [tuple(words[k : k + 3]) for k in range(len(words) - 2)]
    return 1 - len(set(runs)) / len(runs) if runs else 0.0


def _without_letters(text: str, size: int) -> float:
    """Share of characters that are neither letters nor marks on them (0-1)."""
    return 1 - sum(map(len, _WORD.findall(text))) / size if size else 0.0


def _markup(text: str) -> int:
    return len(_MARKUP.findall(text))


def _capitals(text: str) -> float:
    """Share of capitals among letters that have them, (0-1); little for few letters."""
    upper = sum(map(str.isupper, text))
    lower = sum(map(str.islower, text))
    return upper / (upper + lower + 5)
