"""No-break rules from lists of abbreviations: the user's own, and those of Moses.

sacremoses ships the non-breaking prefix lists of the Moses toolkit for some 40 languages. Here they
serve the languages for which LanguageTool has no rules (Czech, Finnish, Hungarian, Latvian, the
languages of India ...); it is loaded for those alone, since that takes .3 s.
"""

from __future__ import annotations

from pathlib import Path

from aligner.files import reading
from aligner.model import SegmentError
from aligner.segmenting.rules import Rule

__all__ = ["moses_rules", "user_rules"]

_NUMERIC = "#NUMERIC_ONLY#"


def moses_rules(language: str) -> tuple[Rule, ...]:
    """No-break rules of Moses for a two-letter language; none where Moses has no list."""
    from sacremoses.corpus import NonbreakingPrefixes

    prefixes = NonbreakingPrefixes()
    if language not in prefixes.available_langs:
        return ()
    words: list[str] = []
    numeric: list[str] = []
    for line in prefixes.words(language):
        # the lists mark "only before a number" in the line itself, some spell the stop
        word = line.partition("#")[0].strip().rstrip(".")
        if word:
            (numeric if _NUMERIC in line else words).append(word)
    origin = f"Moses prefixes for {language}"
    rules = []
    if words:
        rules.append(Rule(False, _any_of(words), "", origin))
    if numeric:
        rules.append(Rule(False, _any_of(numeric), r"\p{N}", origin))
    return tuple(rules)


def user_rules(path: Path) -> tuple[Rule, ...]:
    """A no-break rule for the abbreviations of a UTF-8 file, one a line, with or without the stop.

    Raises ReadError for a file that cannot be read, SegmentError for one that is not UTF-8.
    """
    try:
        with reading(path):
            text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise SegmentError(
            "the abbreviations are not UTF-8", context=f"{path}, line {line}"
        ) from error
    words = [line.partition("#")[0].strip() for line in text.splitlines()]
    words = [word.rstrip(".") for word in words if word.rstrip(".")]
    return (Rule(False, _any_of(words), "", str(path)),) if words else ()


def _any_of(words: list[str]) -> str:
    """A pattern for these words, a stop and white space, not preceded by a letter or digit.

    A word of the list may also open a sentence with a capital: esim. and Esim.
    """
    import regex

    forms = dict.fromkeys(form for word in words for form in (word, word[:1].upper() + word[1:]))
    choice = "|".join(regex.escape(form).replace(r"\ ", r"[\s\u00A0]?") for form in forms)
    return rf"(?<![\p{{L}}\p{{M}}\p{{N}}])(?:{choice})\.[\s\u00A0]+"
