"""Glossaries: required and forbidden terms, read from TSV or TBX.

TSV: a header with `source` and `target` columns (several targets separated by `|`), and if
wanted `forbidden`. TBX (ISO 30042, DCA and DCT): conceptEntry or termEntry with langSec/langSet;
a term whose administrativeStatus is deprecated or forbidden must not be used.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aligner.checks.common import Hit, Place, base, is_cjk, words
from aligner.model import Malformed

if TYPE_CHECKING:
    from aligner.checks.common import BeadTexts

__all__ = ["Term", "check_terms", "parse_glossary"]

_STEM = 4  # letters from which a word may have another ending
_ENDING = 3  # letters that an ending may have
_XML = "{http://www.w3.org/XML/1998/namespace}lang"
_BAD = ("deprecated", "forbidden", "superseded", "notrecommended")


@dataclass(frozen=True, slots=True)
class Term:
    """Source terms that mean one thing, target terms to use, and target terms not to use."""

    source: tuple[str, ...]
    required: tuple[str, ...]
    forbidden: tuple[str, ...] = ()


def parse_glossary(content: bytes, name: str, langs: tuple[str, str]) -> list[Term]:
    """The terms of a TSV or TBX file. Raises Malformed with the place where it is broken."""
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return _tbx(content, name, langs)
    return _tsv(content, name)


def _tsv(content: bytes, name: str) -> list[Term]:
    try:
        lines = content.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise Malformed(f"byte {error.start} is not UTF-8", context=name) from error
    header = [cell.strip().lower() for cell in lines[0].split("\t")] if lines else []
    if "source" not in header or not {"target", "forbidden"} & set(header):
        raise Malformed(
            "a glossary needs the columns source and target (or forbidden)",
            context=name,
            line=1,
            hint="separate the columns with tabs and several terms of a cell with |",
        )
    terms = []
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip() or line.startswith("#"):
            continue
        cells = dict(zip(header, line.split("\t"), strict=False))
        source = _cell(cells.get("source", ""))
        required, forbidden = _cell(cells.get("target", "")), _cell(cells.get("forbidden", ""))
        if not source or not (required or forbidden):
            raise Malformed(
                "a term without its translation", context=name, line=number, excerpt=line[:40]
            )
        terms.append(Term(source, required, forbidden))
    return terms


def _cell(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())


def _tbx(content: bytes, name: str, langs: tuple[str, str]) -> list[Term]:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise Malformed(
            f"damaged XML, {error.msg}", context=name, line=error.lineno or 0
        ) from error
    terms = []
    for entry in root.iter("{*}conceptEntry", "{*}termEntry"):
        by_lang: dict[str, tuple[list[str], list[str]]] = {}
        for section in entry.iter("{*}langSec", "{*}langSet"):
            good, bad = by_lang.setdefault(base(str(section.get(_XML, ""))), ([], []))
            for group in section.iter("{*}termSec", "{*}tig", "{*}ntig"):
                text = "".join(_text(one) for one in group.iter("{*}term")).strip()
                status = " ".join(
                    f"{one.get('type', '')} {_text(one)}"
                    for one in group.iter("{*}termNote", "{*}administrativeStatus")
                ).lower()
                if text:
                    (bad if any(word in status for word in _BAD) else good).append(text)
        source, target = by_lang.get(base(langs[0])), by_lang.get(base(langs[1]))
        if source and target and (source[0] or source[1]) and (target[0] or target[1]):
            terms.append(Term((*source[0], *source[1]), tuple(target[0]), tuple(target[1])))
    if not terms:
        raise Malformed(
            f"no term has both languages, {base(langs[0])} and {base(langs[1])}",
            context=name,
            hint="check the xml:lang of the glossary, and -s and -t",
        )
    return terms


def _text(element: Any) -> str:
    return "".join(map(str, element.itertext()))


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
