"""What translations keep as it is: entries of bibliographies, and titles of works that stand alone.

A reference shows by its signs: a year in brackets or behind a comma, volume, issue and pages, initials
beside a family name, "City: Publisher", an ISBN or doi, a title between quotation marks. A title that
stands alone is short, begins with a capital, has no mark at its end, and no word that a sentence has.
"""

from __future__ import annotations

import re

from aligner.checks.common import base, word_table, words

__all__ = ["is_reference", "is_work_title"]

_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d[a-z]?\b")
_LETTER = r"[^\W\d_]"
_INITIAL = r"[A-ZÀ-ÞŁŚŠŽ]\."
# "See:", "Taken from:", "Vgl."
_LEAD = rf"{_LETTER}+(?:\s{_LETTER}+){{0,3}}\s?:\s+|{_LETTER}{{2,6}}\.?\s+"
_ENTRY = re.compile(
    rf"""(?P<initials>^\W*{_LETTER}[\w'’-]+\s[A-ZÀ-Þ]{{1,3}},\s{_LETTER}[\w'’-]+\s[A-ZÀ-Þ]{{1,3}}\b)
    |(?P<author>^\W*(?:{_LEAD})?{_LETTER}[\w'’-]+(?:\s{_LETTER}[\w'’-]+){{0,2}},\s*(?:{_INITIAL}|[A-ZÀ-Þ][\w'’-]+))
    |(?P<pages>\b(?:pp?|págs?|SS?)\.\s?\d+|\b\d+\s?[-–]\s?\d+\b)
    |(?P<volume>\b(?:vols?|t|tomo|tome|Bd|Band|Jg)\b\.?\s?(?:\d+|[IVXLC]+\b)|\b\d+\s?\(\d+(?:[-–]\d+)?\))
    |(?P<issue>\b(?:núm|nº|n°|n\.º|no|nr|issue|Heft|H|fasc)\b\.?\s?\d+)
    |(?P<edition>\b(?:eds?|edited|editado|coord|trad|trans|hrsg|dir)\b\.?)
    |(?P<place>[A-ZÀ-Þ][\w. ]+\s?:\s(?=[A-ZÀ-Þ]))
    |(?P<address>\bdoi\b|https?://|\bISBN\b)
    |(?P<publisher>\b(?:Editorial|Editores|Ediciones|Press|Verlag|Éditions|Universi\w+|Revista|Revue|Journal|Zeitschrift|Rivista|FCE)\b)
    |(?P<year>\((?:1[5-9]|20)\d\d[a-z]?\)|,\s(?:1[5-9]|20)\d\d[a-z]?\b)
    |(?P<title>[“"«„][^“”"«»„]{{6,}}[”"»“])""",
    re.VERBOSE,
)
_PLACED = frozenset(("volume", "issue", "pages"))
_MOST = 60  # words: a longer text is no entry

_TITLE_WORDS, _LEAST = 7, 3
_ENDED = re.compile(r"[.!?…:;。！？,][\"”»’›')\]]*\s*$")
_QUOTED = '"“”«»„‘’‹›*_ '


def is_reference(text: str) -> bool:
    """Whether a text is an entry of a bibliography, which translations keep as it is: a year, an
    author and another sign of such entries, or three of these; or, of a volume, issue and pages, two.
    """
    if len(text.split()) > _MOST:
        return False
    signs = {match.lastgroup for match in _ENTRY.finditer(text)}
    if len(signs & _PLACED) > 1 and ("volume" in signs or len(signs) > 2):
        return True
    return bool(_YEAR.search(text)) and len(signs) > (1 if signs & {"author", "initials"} else 2)


def is_work_title(text: str, lang: str) -> bool:
    """Whether a text in `lang` that stands by itself may be the title of a work: of three to seven words,
    with a capital in front, no mark at its end, and none of the words that show a sentence (auxiliaries,
    pronouns, "not").
    """
    bare = text.strip(_QUOTED)
    if not bare or not bare[0].isupper() or _ENDED.search(bare):
        return False
    own = [bare[word.start : word.end].lower() for word in words(bare) if word.is_word]
    if not _LEAST <= len(own) <= _TITLE_WORDS:
        return False
    # accents tell "él" from "el", and "a" from "à"
    return frozenset(word_table("finite").get(base(lang), ())).isdisjoint(own)
