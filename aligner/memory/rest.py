"""What a unit came with that has no column of its own, as compact JSON.

    [attributes, properties, notes, form, role, speaker, joins, quality, before, after, source,
     target]

`before` and `after` are texts that no other unit of the memory has, the last two what a variant has
besides its text: [codes, lengths, attributes, properties, notes]. Most units have nothing of it, or only a
quality, which then is the whole. Memories of before have no quality in their lists.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from json.encoder import encode_basestring as _text
from typing import Any

from aligner.memory.words import keys_of
from aligner.model import Code, Unit, Variant

__all__ = [
    "is_otherwise",
    "keys_of_unit",
    "pack_rest",
    "packed_codes",
    "said_besides",
    "with_codes",
    "with_rest",
]

_PLAIN = Unit((Variant("", ""),))
_UNIT = slice(_PLAIN._fields.index("attributes"), _PLAIN._fields.index("quality"))
_VARIANT = slice(2, None)
_OLD = 11  # values of a list without a quality
_NO_UNIT = tuple(_PLAIN)[_UNIT]
_NO_VARIANTS = (tuple(_PLAIN.variants[0])[_VARIANT],) * 2
_encoder = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
# units of a file have the same few lists: each is made once (a third of the time of an import)
_list = lru_cache(maxsize=4096)(_encoder.encode)


def pack_rest(unit: Unit, before: str = "", after: str = "") -> str | None:
    """The rest of a unit of two texts; None where there is nothing."""
    own: tuple[Any, ...] = tuple.__getitem__(unit, _UNIT)
    source, target = unit.variants
    sides = tuple.__getitem__(source, _VARIANT), tuple.__getitem__(target, _VARIANT)
    quality = "null" if unit.quality is None else repr(float(unit.quality))
    if own == _NO_UNIT and sides == _NO_VARIANTS and not (before or after):
        return None if unit.quality is None else quality
    attributes, properties, notes, form, role, speaker, joins = own
    return (
        f"[{_list(attributes)},{_list(properties)},{_list(notes)},{_text(form)},{_text(role)},"
        f"{_text(speaker)},{'true' if joins else 'false'},{quality},{_text(before)},{_text(after)},"
        f"{_list(sides[0])},{_list(sides[1])}]"
    )


def with_rest(unit: Unit, packed: str | None) -> Unit:
    """A unit of two texts with what `pack_rest` made of it."""
    if packed is None:
        return unit
    row = json.loads(packed)
    if not isinstance(row, list):
        return unit._replace(quality=row)
    attributes, properties, notes, form, role, speaker, joins = row[:7]
    before, after, *sides = row[-4:]
    variants = tuple(
        _variant(variant, more) for variant, more in zip(unit.variants, sides, strict=True)
    )
    return unit._replace(
        variants=variants,
        before=before,
        after=after,
        attributes=_pairs(attributes),
        properties=_pairs(properties),
        notes=tuple(notes),
        form=form,
        role=role,
        speaker=speaker,
        joins=joins,
        quality=row[7] if len(row) > _OLD else None,
    )


def packed_codes(packed: str | None) -> tuple[Code, ...]:
    """The codes of the source in what `pack_rest` made."""
    row = json.loads(packed) if packed else None
    return tuple(_code(*code) for code in row[-2][0]) if isinstance(row, list) else ()


def said_besides(packed: str) -> tuple[list[list[str]], list[list[str]]]:
    """Attributes and properties, of the unit and of both its texts, in what `pack_rest` made."""
    row = json.loads(packed)
    if not isinstance(row, list):
        return [], []
    source, target = row[-2:]
    return row[0] + source[2] + target[2], row[1] + source[3] + target[3]


def is_otherwise(packed: str, other: str) -> bool:
    """Whether two that `pack_rest` made say different things, their qualities apart."""
    return _without_quality(packed) != _without_quality(other)


def _without_quality(packed: str) -> list[Any] | None:
    row = json.loads(packed)
    if not isinstance(row, list):
        return None
    return row[:7] + row[-4:]


def with_codes(packed: str | None, side: int, codes: Sequence[Code] = ()) -> tuple[str | None, int]:
    """What `pack_rest` made, where a side (0 the source) has new words: with those of its codes that
    stay, without the lengths of its segments and the quality; how many codes went.
    """
    if packed is None:
        return None, 0
    row = json.loads(packed)
    if not isinstance(row, list):
        return None, 0  # the quality was that of other words
    gone = len(row[side - 2][0]) - len(codes)
    if len(row) > _OLD:
        row[7] = None
    row[side - 2][:2] = [list(codes), []]
    return _encoder.encode(row), gone


def keys_of_unit(language: int, unit: Unit) -> tuple[int, int]:
    """`keys_of` for a unit of two texts with its codes."""
    source, target = unit.variants
    if not (source.codes or target.codes):
        return keys_of(language, source.text, target.text)
    # codes that do the same at the same places; how a file numbers them says nothing
    codes = [[(c.place, c.role, c.markup or c.element) for c in v.codes] for v in unit.variants]
    return keys_of(language, source.text, target.text, json.dumps(codes))


def _variant(variant: Variant, more: Sequence[Any]) -> Variant:
    codes, lengths, attributes, properties, notes = more
    return Variant(
        variant.lang,
        variant.text,
        tuple(_code(*code) for code in codes),
        tuple(lengths),
        _pairs(attributes),
        _pairs(properties),
        tuple(notes),
    )


def _code(place: int, role: str, id_: str, kind: str, markup: str, element: str, attributes: Any, content: str) -> Code:  # fmt: skip
    return Code(place, role, id_, kind, markup, element, _pairs(attributes), content)


def _pairs(values: Iterable[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in values)
