"""One `tu` as a string (TMX 1.4b, 3.1): properties, then a variant a language, as the DTD orders.

Inline codes of level 2: a span inside the segment is `bpt` ... `ept`, one that goes on in another
segment a lone `it`, line breaks, images and marks of notes `ph`. `i` pairs codes and is unique in
its segment; `x` is the same for the same code in both languages. Never `ut` or `hi`: OmegaT and
Trados take text inside `hi` for something else than text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from aligner.files.xml_text import attribute, content
from aligner.formats.common.inline_codes import Code, coded, numbered
from aligner.formats.options import WriteOptions
from aligner.formats.tmx.flavours import Flavour, flavour
from aligner.model import AlignmentSet, Document, Row, Segment, rows_of
from aligner.text.output import bcp47, joined, lengths, one_line, three_decimals, xml_safe

__all__ = ["Made", "UnitWriter", "prop"]

# names of TMX 1.4b where it has one
_TYPES = {"underline": "ulined", "break": "lb", "note": "fnote", "image": "image"}
_OWN = frozenset({"bold", "italic", "link"})
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9])")

Sides = tuple[tuple[Segment, ...], ...]


class Made(NamedTuple):
    """A unit ready to be written, and in how many languages it is."""

    text: str
    languages: int


class UnitWriter:
    """What the units of one memory share; raises UsageError for an unknown flavour."""

    def __init__(self, alignments: AlignmentSet, options: WriteOptions) -> None:
        self.flavour: Flavour = flavour(options.flavour)
        self.langs = [bcp47(document.lang) for document in alignments.documents]
        moment = options.moment()
        self.date = f"{moment:%Y%m%dT%H%M%SZ}" if moment else ""
        self._alignments = alignments
        self._documents: tuple[Document, ...] = alignments.documents
        self._source = self._documents[0].segments
        self._inline = options.inline
        names = [*(document.id for document in self._documents), *self.langs, ""]
        self._hash = hashlib.blake2b("\0".join(names).encode("utf-8", "replace"), digest_size=8)
        self._variants = [
            f'<tuv xml:lang="{lang}"{_created(_day(document))}>'
            + prop(self.flavour.origin, one_line(document.origin))
            for lang, document in zip(self.langs, self._documents, strict=True)
        ]
        self._before_kind = prop("x-Origin", "Alignment")
        self._after_kind = prop(self.flavour.document, xml_safe(one_line(self._documents[0].id)))
        self._fixed = "".join(prop(name, value) for name, value in self.flavour.fixed)
        self._score = f'<prop type="{self.flavour.score}">'
        self._pre, self._post = (f'<prop type="{name}">' for name in self.flavour.context)
        # a segment is its own text, the context after the one before, and before the one after
        self._clean = lru_cache(maxsize=8)(self._cleaned)

    def texts(self) -> Iterator[tuple[Sides, list[str]]]:
        """The sides of every unit that has text, and the texts."""
        for unit in rows_of(self._alignments):
            texts = self._texts(unit)
            if any(texts):
                yield unit.sides, texts

    def is_long(self, texts: Sequence[str]) -> bool:
        """True where the flavour's tools refuse a text."""
        limit = self.flavour.limit
        return bool(limit) and any(len(text) > limit for text in texts)

    def made(self) -> Iterator[Made]:
        """Each unit that has text and is short enough, with its id; ids are the same whatever else
        is left out.
        """
        once: set[int] = set()
        again: dict[int, int] = {}
        for unit in rows_of(self._alignments):
            texts = self._texts(unit)
            if not any(texts):
                continue
            digest = self._hash.copy()
            digest.update("\0".join(texts).encode())
            tuid = digest.hexdigest()
            key = int(tuid, 16)
            if key in once:
                again[key] = again.get(key, 1) + 1
                tuid = f"{tuid}-{again[key]}"
            once.add(key)
            if not self.is_long(texts):
                yield Made(self._tu(tuid, unit, texts), len(texts) - texts.count(""))

    def _cleaned(self, index: int) -> str:
        return content(one_line(self._source[index].text))

    def _texts(self, unit: Row) -> list[str]:
        return [
            one_line(joined(document, side)) if side else ""
            for document, side in zip(self._documents, unit.sides, strict=True)
        ]

    def _tu(self, tuid: str, unit: Row, texts: list[str]) -> str:
        names = self.flavour
        notes = "".join([f"<note>{content(one_line(c))}</note>" for c in unit.comments])
        level = "ApprovedTranslation" if unit.approved else "Draft"
        confidence = unit.confidence
        score = "" if confidence is None else f"{self._score}{three_decimals(confidence)}</prop>"
        kind = unit.kind.replace("-", names.kind_joint)
        review = prop("x-review", "edited") if unit.status == "edited" else ""
        labels = "".join([prop(names.label, one_line(label)) for label in unit.labels])
        return (
            f'<tu tuid="{tuid}"{_created(self.date)}>{notes}{self._before_kind}'
            f'<prop type="x-ConfirmationLevel">{level}</prop>{review}{score}'
            f'<prop type="{names.kind}">{kind}</prop>{self._after_kind}{labels}{self._fixed}'
            f"{self._tuvs(unit, texts)}</tu>\n"
        )

    def _tuvs(self, unit: Row, texts: list[str]) -> str:
        if not self._inline:
            made = [content(text) for text in texts]
        else:
            sides = [
                coded(document, side) if side else ("", ())
                for document, side in zip(self._documents, unit.sides, strict=True)
            ]
            numbers = numbered([codes for _, codes in sides])
            made = [_level_2(text, codes, numbers) for text, codes in sides]
        pieces = []
        for number, text in enumerate(made):
            if texts[number]:
                context = "" if number else self._context(unit.sides[0])
                parts = prop("x-segment-lengths", lengths(unit.sides[number]))
                pieces.append(f"{self._variants[number]}{parts}{context}<seg>{text}</seg></tuv>")
        return "".join(pieces)

    def _context(self, side: Sequence[Segment]) -> str:
        if not self.flavour.context[0]:
            return ""
        first, last = side[0].index, side[-1].index + 1
        before = self._clean(first - 1) if first else ""
        after = self._clean(last) if last < len(self._source) else ""
        return (before and f"{self._pre}{before}</prop>") + (
            after and f"{self._post}{after}</prop>"
        )


def prop(name: str, value: str) -> str:
    """One property; nothing where it has no name or no value."""
    return f'<prop type="{attribute(name)}">{content(value)}</prop>' if name and value else ""


def _created(date: str) -> str:
    return f' creationdate="{date}"' if date else ""


def _day(document: Document) -> str:
    """The day on which a text appeared, where its metadata give one."""
    from datetime import date

    for text in document.metadata.get("date", ()):
        found = _DAY.match(text)
        if found:
            try:
                return f"{date(*map(int, found.groups())):%Y%m%d}T000000Z"
            except ValueError:
                continue
    return ""


def _level_2(text: str, codes: Sequence[Code], numbers: dict[tuple[str, int], int]) -> str:
    pieces = []
    cursor = 0
    for code in codes:
        pieces += [content(text[cursor : code.place]), _code(code, numbers)]
        cursor = code.place
    return "".join([*pieces, content(text[cursor:])])


def _code(code: Code, numbers: dict[tuple[str, int], int]) -> str:
    x = numbers[code.kind, code.ordinal]
    kind = _TYPES.get(code.kind) or (code.kind if code.kind in _OWN else f"x-{code.kind}")
    markup = content(xml_safe(code.markup))
    said = f'x="{x}" type="{kind}"'
    match code.role:
        case "open":
            return f'<bpt i="{code.pair}" {said}>{markup}</bpt>'
        case "close":
            return f'<ept i="{code.pair}">{markup}</ept>'
        case "point":
            return f"<ph {said}>{markup}</ph>"
        case role:
            return f'<it pos="{role}" {said}>{markup}</it>'
