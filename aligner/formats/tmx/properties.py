"""What TMX says in properties: the one place that knows which name means what, both ways.

TMX 1.4b has elements for texts, codes, people and dates; whether a person has approved a unit, how
sure an aligner is, where the unit stood: every tool has properties of its own for these.
`meaning_of` says what they mean, and the properties stay with the unit as they are. `unit_properties`
writes them back: those of the file, changed where the unit has changed since, or new ones in the
words of a flavour.

Units that an aligner of ours made are known by the very properties that are written for such
units (`x-Origin` Alignment ...). These come back as plain units (`form` ""), all else is a unit of
TMX (`form` "tmx").

Names: Trados (`x-ConfirmationLevel`), memoQ (`x-context-pre`, `x-context`), Phrase
(`context_prev`), OmegaT (`prev`, `next`, `id`, `path`), XTM, MateCat and bitextor (`score`), as
seen in files of those tools.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from aligner.formats.tmx.flavours import Flavour
from aligner.model import Unit, Variant
from aligner.text.output import one_line, three_decimals

__all__ = [
    "ALIGNED",
    "FORM",
    "PropertyMeaning",
    "aligned_unit",
    "lengths_of",
    "meaning_of",
    "named_properties",
    "unit_properties",
    "variant_properties",
]

FORM = "tmx"
ALIGNED = ("x-Origin", "Alignment")  # the first property of a unit made by aligning
_LEVEL, _REVIEW, _LENGTHS = "x-ConfirmationLevel", "x-review", "x-segment-lengths"
_DRAFT, _APPROVED, _EDITED = "Draft", "ApprovedTranslation", "edited"

# lower case, without the type that Trados adds behind a colon (`x-score:SingleString`)
_FIELDS = {
    "x-confirmationlevel": "level",
    "x-matecat-status": "level",
    "x-review": "review",
    "x-score": "score",
    "score": "score",
    "x-confidence": "score",
    "x-quality": "quality",
    "x-align-type": "kind",
    "type": "kind",
    "x-document": "document",
    "document": "document",
    "x-label": "label",
    "x-context-pre": "before",
    "context_prev": "before",
    "x-previous-source-text": "before",
    "x-context-post": "after",
    "context_next": "after",
    "x-next-source-text": "after",
}
# names of which only this spelling is meant: `ID` and `x-Context` are others
_EXACT = {
    "prev": "before",
    "next": "after",
    "id": "context",
    "path": "context",
    "x-context": "context",
}
# of the field `level`: what says that a person has approved the translation
_LEVELS = frozenset([_APPROVED, "ApprovedSignOff", "_APPROVED", "_APPROVED2"])
_SHARE = re.compile(r"[01](?:\.\d{1,9})?")
_OWN_SHARE = re.compile(r"[01]\.\d{3}")
_KIND = re.compile(r"\d{1,3}(?:[-:]\d{1,3})+")
_OWN_KIND = re.compile(r"\d{1,3}(?:-\d{1,3})+")
_NUMBERS = re.compile(r"[1-9][0-9]{0,8}(?: [1-9][0-9]{0,8})+")
_SEG_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
# what is written for a unit that was made by aligning, in this order
_OWN = re.compile(
    r"x-Origin\0x-ConfirmationLevel\0(x-review\0)?(x-score\0)?(x-quality\0)?x-align-type\0(x-document\0)?"
    r"(x-label\0)*"
)
_OWN_SIDE = re.compile(r"(x-segment-lengths\0)?(x-context-pre\0)?(x-context-post\0)?")
Pairs = tuple[tuple[str, str], ...]


class PropertyMeaning(NamedTuple):
    """What the properties of a unit say."""

    status: str = "auto"
    confidence: float | None = None
    kind: str = "1-1"
    document: str = ""
    labels: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    context: str = ""
    quality: float | None = None


_EMPTY: Mapping[str, str] = {}


class _Plan(NamedTuple):
    """Where each field stands among properties of these names; `own`: as we write them."""

    level: tuple[int, ...]
    review: tuple[int, ...]
    score: tuple[int, ...]
    quality: tuple[int, ...]
    kind: tuple[int, ...]
    document: tuple[int, ...]
    label: tuple[int, ...]
    before: tuple[int, ...]
    after: tuple[int, ...]
    context: tuple[int, ...]
    own: bool


@lru_cache(maxsize=4096)
def _plan(names: tuple[str, ...]) -> _Plan:
    """Units of a file have the same few lists of names: each is looked at once."""
    fields = [_EXACT.get(name) or _FIELDS.get(name.partition(":")[0].lower(), "") for name in names]
    places = [
        tuple(number for number, known in enumerate(fields) if known == field)
        for field in _Plan._fields[:-1]
    ]
    own = _OWN.fullmatch("".join(f"{name}\0" for name in names)) is not None
    return _Plan._make([*places, own])


@lru_cache(maxsize=4096)
def meaning_of(properties: Pairs) -> PropertyMeaning:
    """What the properties of a unit say, whatever tool wrote them."""
    plan = _plan(tuple([name for name, _ in properties]))
    approved = any(properties[n][1].strip() in _LEVELS for n in plan.level)
    edited = any(properties[n][1].strip() == _EDITED for n in plan.review)
    scores = _shares(properties, plan.score)
    qualities = _shares(properties, plan.quality)
    kinds = [text for n in plan.kind if _KIND.fullmatch(text := properties[n][1].strip())]
    return PropertyMeaning(
        (_EDITED if edited else "accepted") if approved else "auto",
        scores[0] if scores else None,
        kinds[0].replace(":", "-") if kinds else "1-1",
        _first(properties, plan.document),
        tuple([label for n in plan.label if (label := " ".join(properties[n][1].split()))]),
        _text(_first(properties, plan.before)),
        _text(_first(properties, plan.after)),
        _first(properties, plan.context),
        qualities[0] if qualities else None,
    )


def _shares(properties: Pairs, places: tuple[int, ...]) -> list[float]:
    """The probability that the first of these is, where it is one."""
    shares = [float(t) for n in places if _SHARE.fullmatch(t := properties[n][1].strip())]
    return shares[:1] if shares and shares[0] <= 1 else []


def _first(properties: Pairs, places: tuple[int, ...]) -> str:
    for number in places:
        value = properties[number][1].strip()
        if value:
            return value
    return ""


def _text(value: str) -> str:
    """The text of a neighbour; memoQ writes its `seg` with it."""
    if value.startswith("<seg>"):
        value = _SEG_TAG.sub("", value)
    return " ".join(value.split()) if value else ""


def aligned_unit(
    variants: Sequence[Variant],
    number: int,
    identifier: str,
    properties: Pairs,
    notes: tuple[str, ...],
) -> Unit | None:
    """The unit, where all that its file says of it is, value for value, what is written for one made
    by aligning; None for every other. Follows `_made` and `variant_properties`.
    """
    meaning = _aligned(properties)
    if meaning is None or len(notes) > 1 or not _plain(notes):
        return None
    before = after = ""
    made = []
    for place, variant in enumerate(variants):
        lang, text, codes, lengths, rest, beside, remarks = variant
        if codes or remarks or rest:
            return None
        if beside:
            context = _context(beside, lengths)
            if context is None or (place and any(context)):
                return None
            before, after = (before, after) if place else context
            variant = Variant(lang, text, (), lengths)  # noqa: PLW2901
        made.append(variant)
    status, confidence, kind, document, labels, quality = meaning
    comment = notes[0] if notes else ""
    return Unit(tuple(made), document, number, kind, confidence, status, labels, comment, before, after, _EMPTY, "", identifier, quality=quality)  # fmt: skip


_Decision = tuple[str, float | None, str, str, tuple[str, ...], float | None]


@lru_cache(maxsize=4096)
def _aligned(properties: Pairs) -> _Decision | None:
    """(status, confidence, kind, document, labels, quality) of a unit made by aligning."""
    plan = _plan(tuple(name for name, _ in properties))
    if not plan.own:
        return None
    level = properties[1][1]
    status = {_DRAFT: "auto", _APPROVED: "accepted"}.get(level, "")
    if plan.review:
        status = _EDITED if (level, properties[2][1]) == (_APPROVED, _EDITED) else ""
    score = properties[plan.score[0]][1] if plan.score else "0.000"
    quality = properties[plan.quality[0]][1] if plan.quality else "0.000"
    kind = properties[plan.kind[0]][1]
    document = properties[plan.document[0]][1] if plan.document else ""
    labels = tuple(properties[n][1] for n in plan.label)
    right = (
        status
        and properties[0] == ALIGNED
        and all(_OWN_SHARE.fullmatch(one) and float(one) <= 1 for one in (score, quality))
        and _OWN_KIND.fullmatch(kind)
        and all(map(_plain, ((value,) for value in (document or "-", *labels))))
    )
    confidence = float(score) if plan.score else None
    if not right:
        return None
    return (
        *(status, confidence, kind, document, labels),
        float(quality) if plan.quality else None,
    )


def _context(properties: Pairs, lengths: tuple[int, ...]) -> tuple[str, str] | None:
    """(before, after) where a variant has nothing but what we write."""
    names = "".join([f"{name}\0" for name, _ in properties])
    if _OWN_SIDE.fullmatch(names) is None or (_LENGTHS in names and not lengths):
        return None
    values = dict(properties)
    before, after = values.get("x-context-pre"), values.get("x-context-post")
    if not _plain([value for value in (before, after) if value is not None]):
        return None
    return before or "", after or ""


def _plain(values: Sequence[str]) -> bool:
    """True for texts that are written as they are."""
    return all(value and value == one_line(value) for value in values)


def lengths_of(text: str, properties: Pairs) -> tuple[int, ...]:
    """Code points of each segment of a variant as `x-segment-lengths` says them (`24 18`); () for
    one, and where they do not fit the text, which somebody may have edited.
    """
    value = next((value for name, value in properties if name == _LENGTHS), "")
    if _NUMBERS.fullmatch(value) is None:
        return ()
    lengths = tuple(map(int, value.split()))
    start = 0
    for length in lengths:
        while text[start : start + 1].isspace():
            start += 1
        start += length
    return lengths if start == len(text) else ()


def unit_properties(unit: Unit, names: Flavour) -> Pairs:
    """The properties of a unit: those of its TMX with what has changed since, else new ones."""
    if not unit.form:
        return _made(unit, names)
    if unit.form != FORM:
        return (*_decided(unit, names), *_placed(unit, names), *unit.properties)
    before = meaning_of(unit.properties)
    if (before.status, before.confidence, before.labels, before.quality) == (
        unit.status,
        unit.confidence,
        unit.labels,
        unit.quality,
    ):
        return unit.properties
    changed = set()
    if before.status != unit.status:
        changed |= {"level", "review"}
    if before.confidence != unit.confidence:
        changed.add("score")
    if before.quality != unit.quality:
        changed.add("quality")
    if before.labels != unit.labels:
        changed.add("label")
    plan = _plan(tuple(name for name, _ in unit.properties))
    gone = {n for field in changed for n in getattr(plan, field)}
    kept = tuple(pair for n, pair in enumerate(unit.properties) if n not in gone)
    return (*_decided(unit, names, changed, before.status), *kept)


def named_properties(pairs: Pairs) -> Pairs:
    """Without those that have no name or no value."""
    return tuple([(name, value) for name, value in pairs if name and value])


def _made(unit: Unit, names: Flavour) -> Pairs:
    """Of a unit made by aligning (see `aligned_properties`)."""
    status = unit.status
    confidence = unit.confidence
    made = [ALIGNED, (_LEVEL, _DRAFT if status == "auto" else _APPROVED)]
    if status == _EDITED:
        made.append((_REVIEW, _EDITED))
    if confidence is not None:
        made.append((names.score, three_decimals(confidence)))
    if unit.quality is not None:
        made.append((names.quality, three_decimals(unit.quality)))
    made.append((names.kind, unit.kind.replace("-", names.kind_joint)))
    if names.document:
        made.append((names.document, one_line(unit.document)))
    made += [(names.label, one_line(label)) for label in unit.labels]
    made += names.fixed
    return named_properties(tuple(made))


def _decided(
    unit: Unit,
    names: Flavour,
    fields: set[str] | frozenset[str] = frozenset(("level", "score", "quality", "label")),
    before: str = "auto",
) -> Pairs:
    """What a person or a machine says of a unit that was not made by aligning; nothing about one
    on which nobody has decided, unless somebody had (`before`).
    """
    made: list[tuple[str, str]] = []
    if "level" in fields and unit.status != before:
        made.append((_LEVEL, _DRAFT if unit.status == "auto" else _APPROVED))
        if unit.status == _EDITED:
            made.append((_REVIEW, _EDITED))
    if "score" in fields and unit.confidence is not None:
        made.append((names.score, three_decimals(unit.confidence)))
    if "quality" in fields and unit.quality is not None:
        made.append((names.quality, three_decimals(unit.quality)))
    if "label" in fields:
        made += [(names.label, one_line(label)) for label in unit.labels]
    return named_properties(tuple(made))


def _placed(unit: Unit, names: Flavour) -> Pairs:
    """Where a unit of another format stood, and what tells it from another of the same text."""
    kind = "" if unit.kind == "1-1" else unit.kind.replace("-", names.kind_joint)
    placed = (
        (names.kind, kind),
        (names.document, one_line(unit.document)),
        ("x-context", unit.context),
    )
    return named_properties(placed)


def variant_properties(variant: Variant) -> Pairs:
    """The properties of a variant: its own, and how its segments part (see `aligned_unit`)."""
    made = variant.properties
    if variant.lengths != (lengths_of(variant.text, made) if made else ()):
        value = " ".join(map(str, variant.lengths))
        made = tuple(pair for pair in made if pair[0] != _LENGTHS)
        made = ((_LENGTHS, value), *made) if value else made
    return made
