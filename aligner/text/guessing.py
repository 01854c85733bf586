"""Which encoding bytes are in that are not UTF-8 and declare nothing.

Every candidate is tried and judged by two things: how surely its text is in a language that is
written in it, and whether its characters stand where such characters stand - a letter with an accent
inside a word speaks for it, a currency sign or a capital there against it. Western encodings differ
in a few characters only, so cp1252, far the commonest, wins where nothing tells. What none of them fits is
charset-normalizer's guess.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["EAST_ASIAN", "guess"]

_SAMPLE = 20_000  # bytes that are looked at
_WESTERN = frozenset(
    tag
    for tags in (
        "en es fr de it pt nl da sv no nb nn fi is fo ca gl eu ga gd cy br oc ast an af sq id ms sw",
        "tl la lb li wa rm fy gsw nds vec lmo pms scn sc co ht jv su ceb war ia ie io vo",
    )
    for tag in tags.split()
)
# sr: what Croatian and Bosnian are taken for, and Serbian in Latin letters
_CENTRAL = frozenset(
    ["cs", "sk", "pl", "hu", "hr", "sl", "bs", "sh", "sr", "ro", "sq", "hsb", "dsb"]
)
EAST_ASIAN = frozenset(("shift_jis", "euc_jp", "euc_kr", "big5", "gb18030", "cp932", "cp949"))
_SHARED = frozenset(("sr", "hr", "bs", "sh"))
_CYRILLIC = frozenset(("ru", "uk", "be", "bg", "sr", "mk"))
# of encodings that fit alike the first wins
_CANDIDATES = (
    ("cp1252", _WESTERN),
    ("cp1250", _CENTRAL),
    ("iso8859_2", _CENTRAL),
    ("cp1251", _CYRILLIC),
    ("koi8_r", _CYRILLIC),
    ("cp866", _CYRILLIC),
    ("cp1253", frozenset(("el",))),
    ("cp1254", frozenset(("tr", "az"))),
    ("cp1257", frozenset(("lt", "lv", "et"))),
    ("cp1255", frozenset(("he", "yi"))),
    ("cp1256", frozenset(("ar", "fa", "ur"))),
    ("cp850", _WESTERN),
    ("mac_roman", _WESTERN),
    ("cp437", _WESTERN),
    ("cp852", _CENTRAL),
    ("cp1258", frozenset(("vi",))),
    ("shift_jis", frozenset(("ja",))),
    ("euc_jp", frozenset(("ja",))),
    ("euc_kr", frozenset(("ko",))),
    ("big5", frozenset(("zh",))),
    ("gb18030", frozenset(("zh",))),
)
_SIGNS = frozenset("¿¡«»“”‘’„‚–—…ºª°·•€£$©®™§¶±²³¹µ×÷½¼¾†‡‰‹›№\u00a0")
_BEFORE = frozenset("‚„•¿¡")  # signs that open, and never touch the letter before them
_JOINTS = frozenset("’‘·\u00a0–—-")  # signs that stand between letters: l’été, col·legi
_LONE = frozenset("àéèíóáòôöåøæìùÀÉÈÁÖÅØÓ")  # words of one letter, initials
_SURE = 0.97  # share of characters that fit, from which on nobody is told
_GOOD, _POOR = 0.5, 0.1  # scores below which an encoding is no more than likely, than possible
_CLEAR = 0.1  # how much better a sure encoding is than the next
_RUN = re.compile(r"[^\x00-\x7f]+")
_MARKUP = re.compile(r"<[^<>]*>|[{}\[\]|*#=<>]")


def guess(data: bytes) -> tuple[bool, str]:
    """(whether it is sure, name of the encoding), "" where no encoding decodes all the bytes."""
    ranked: list[tuple[float, float, str, str]] = []
    for encoding, languages in _CANDIDATES:
        text = _decoded(data, encoding)
        if text is not None:
            fit = _fit(text)
            ranked.append((_believed(text, languages) * fit * fit, fit, encoding, text))
    highest = max((score for score, *_ in ranked), default=0.0)
    fits = any(encoding == "cp1252" and fit >= _SURE for _, fit, encoding, _ in ranked)
    if highest < _GOOD and fits:
        return False, "cp1252"
    if highest < _POOR:
        return False, _detected(data)
    usual = (r for r in ranked if r[2] == "cp1252" and r[0] >= highest - _CLEAR)
    best = next(usual, max(ranked, key=lambda entry: entry[0]))
    score, fit, encoding, text = best
    clear = all(score - other >= _CLEAR or same == text for other, _, _, same in ranked)
    return encoding == "cp1252" and fit >= _SURE and clear, encoding


def _decoded(data: bytes, encoding: str) -> str | None:
    """The beginning of the text, None where not all of the bytes decode."""
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return None
    # around the first byte that tells
    start = max(next(at for at, byte in enumerate(data) if byte > 0x7F) - _SAMPLE // 2, 0)
    return data[start : start + _SAMPLE].decode(encoding, errors="ignore")


def _believed(text: str, languages: frozenset[str]) -> float:
    """Probability that the text is in one of the languages, as far as the detector says."""
    from aligner.languages.detection import detect_language

    lang, probability = detect_language(_MARKUP.sub(" ", text))
    if lang in _SHARED:  # one language, whose probability the detector parts between its names
        probability = 1 - (1 - probability) ** 2
    return probability if lang in languages else 0.0


def _fit(text: str) -> float:
    """Share of the characters beyond ASCII that stand where such characters stand, 0-1."""
    good = count = 0
    for match in _RUN.finditer(text):
        run = match.group()
        before = text[match.start() - 1 : match.start()]
        after = text[match.end() : match.end() + 1]
        for at, character in enumerate(run):
            count += 1
            left, right = run[at - 1] if at else before, run[at + 1 : at + 2] or after
            good += _stands_well(character, left, right)
    return good / count if count else 1.0


def _stands_well(character: str, left: str, right: str) -> bool:
    beside = left.isalpha() or right.isalpha()
    if character in _BEFORE:
        return not left.isalpha()
    if character in _SIGNS:
        return character in _JOINTS or not (left.isalpha() and right.isalpha())
    category = unicodedata.category(character)
    if category == "Mn":  # vowel signs
        return beside
    if category not in ("Lu", "Ll", "Lo") or "\ufb00" <= character <= "\ufb06":
        return False
    if character.isupper() and (left.islower() or (left.isalpha() and right.islower())):
        return False
    if character < "\u0250":
        return beside or character in _LONE
    return not (left.isascii() and left.isalpha()) and not (right.isascii() and right.isalpha())


def _detected(data: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[: 10 * _SAMPLE]).best()
    if best is None:
        return ""
    try:
        data.decode(best.encoding)
    except (LookupError, ValueError):
        return ""
    return str(best.encoding)
