"""Which language a text is in, where its file names one and its words may say another.

A page or a book *claims* a language: it is believed unless the text surely contradicts it. A word
processor writes a *default* that nobody chose (`w:lang` of the styles, Dublin Core of an export): it
only decides where the text itself does not. A format that declares the language of each of its texts
(TMX, TEI) is not doubted here.
"""

from __future__ import annotations

import re

__all__ = ["by_claim", "by_default", "known_tag"]

_TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
_NO_LANGUAGE = frozenset({"und", "mul", "zxx", "mis"})  # ISO 639-2: undetermined, several, none
# when a claim is contradicted: certainty of the detector, characters of text
_SAMPLE = 2000  # characters that tell whether a claim is wrong
_SURE, _TELLING = 0.9, 200
# when a default is passed over: the same, and what a shorter text needs
_LIKELY, _SENTENCE = 0.5, 30


def known_tag(declared: str) -> str:
    """A language that a file declares as a BCP 47 tag; "" for what says none: C, und, mul, prose."""
    tag = declared.strip().replace("_", "-")
    base = tag.partition("-")[0].lower()
    return tag if _TAG.fullmatch(tag) and base not in _NO_LANGUAGE else ""


def by_claim(declared: str, text: str, origin: str) -> tuple[str, str]:
    """(language, sentence for the user or "") of a text whose file claims a language."""
    from aligner.languages.detection import detect_language, is_detectable
    from aligner.languages.lookalikes import are_close

    tag = known_tag(declared)
    if not tag or len(text) < _TELLING or not is_detectable(tag):
        return tag, ""
    detected, certainty = detect_language(text[:_SAMPLE])
    if certainty < _SURE or are_close(detected, tag):
        return tag, ""
    return detected, (
        f"{origin}: {tag} is declared, but the text is {detected} ({certainty:.2f}): read as "
        f"{detected}; -s or -t names another"
    )


def by_default(declared: str, text: str, origin: str) -> tuple[str, str]:
    """(language, sentence for the user or "") of a text whose file carries a default language."""
    from aligner.languages.detection import detect_language, is_detectable
    from aligner.languages.lookalikes import are_close

    tag = known_tag(declared)
    if not tag or not is_detectable(tag):
        return tag, ""
    detected, certainty = detect_language(text)
    if not detected or certainty < _LIKELY or len(text) < _SENTENCE:
        return tag, ""
    if are_close(detected, tag):
        return tag.partition("-")[0].lower(), ""  # nobody chose its region either
    return detected, f"{origin}: language {detected} (detected; {tag} is only its file's default)"
