"""Terms of a glossary that a translation should use, and terms that it should not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from aligner.checks.common import Hit, Place, is_cjk, words
from aligner.formats.glossaries import Term

if TYPE_CHECKING:
    from aligner.checks.common import BeadTexts

__all__ = ["check_terms"]

_STEM = 4  # letters from which a word may have another ending
_ENDING = 3  # letters that an ending may have


def check_terms(
    units: Sequence[BeadTexts], terms: Sequence[Term], langs: tuple[str, str]
) -> Iterator[tuple[BeadTexts, Hit, Place]]:
    """A required term is not used, or a forbidden one is."""
    for unit in units:
        for term in terms:
            at = _first(unit.source_text, term.source, langs[0])
            if at is None:
                continue
            term_text = unit.source_text[at[0] : at[1]]
            bad = _first(unit.target_text, term.forbidden, langs[1])
            if bad is not None:
                shown = unit.target_text[bad[0] : bad[1]]
                hit = Hit(
                    "terminology",
                    "major",
                    0.9,
                    f"“{shown}” must not be used for “{term_text}”",
                    (at,),
                    (bad,),
                    f"{term.source[0]} not {shown.lower()}",
                )
                yield unit, hit, unit.place(hit.source, hit.target)
            elif term.required and _first(unit.target_text, term.required, langs[1]) is None:
                wanted = " or ".join(f"“{one}”" for one in term.required)
                hit = Hit(
                    "terminology",
                    "minor",
                    0.8,
                    f"“{term_text}” should be {wanted}",
                    (at,),
                    (),
                    f"{term.source[0]} = {term.required[0]}",
                )
                yield unit, hit, unit.place(hit.source, ())


def _first(text: str, terms: Sequence[str], lang: str) -> tuple[int, int] | None:
    """Where one of the terms stands, whatever its ending."""
    inside = [w for w in words(text) if w.is_word or w.key.isdigit()]
    for term in terms:
        wanted = [w.key for w in words(term) if w.is_word or w.key.isdigit()]
        for place in range(len(inside) - len(wanted) + 1):
            near = inside[place : place + len(wanted)]
            if wanted and all(_same(w.key, k, lang) for w, k in zip(near, wanted, strict=True)):
                return near[0].start, near[-1].end
    return None


def _same(word: str, wanted: str, lang: str) -> bool:
    if word == wanted or is_cjk(lang):
        return word == wanted
    if min(len(word), len(wanted)) < _STEM:
        return False
    common = 0
    for a, b in zip(word, wanted, strict=False):
        if a != b:
            break
        common += 1
    rest = max(len(word), len(wanted)) - common
    return common >= _STEM and common >= min(len(word), len(wanted)) - 1 and rest <= _ENDING
