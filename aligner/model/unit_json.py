"""Units as JSON: the notation of corpora, of `jsonl`, and of `.alignment.json` for what a bead keeps
of its unit.

    {"document": "a", "number": 1, "languages": ["es", "en"], "type": "1-1",
     "translation": {"es": "Hola.", "en": "Hello."}, "confidence": 0.9, "quality": 0.8, "status": "accepted",
     "labels": [...], "comment", "before", "after", "context", "id", "form", "kind", "speaker",
     "joins", "attributes": [[name, value], ...], "properties": [[name, value], ...],
     "notes": [...], "metadata": {...}, "variants": {"es": {"codes": [{"place", "role", "id", "kind",
     "markup", "element", "attributes", "content"}, ...], "lengths": [...], "attributes",
     "properties", "notes"}}}

Keys without a value are left out. Texts are read by the names in `languages`, the source first,
whatever the order of the keys; null is a side that is not there. Where two variants are of one
language, or of none, their names are `source`, `target`, `target2` ... What a variant has besides
its text stands in `variants`, by the same names. `kind` is that of the paragraph.

A value that was no string in its file (`JsonValue`) is written as what it was.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from aligner.model.unit import Code, Header, Unit, Variant

__all__ = [
    "UNIT_KEYS",
    "JsonValue",
    "dump_unit",
    "header_from_json",
    "header_to_json",
    "json_value",
    "text_names",
    "unit_from_json",
    "unit_to_json",
]

_UNIT = Unit((Variant("", ""), Variant("", "")))
# fields of a unit, by how they are written
_TEXTS = ("document", "status", "comment", "before", "after", "context", "id", "form", "speaker")
_LISTS = ("labels", "notes")
_PAIRS = ("attributes", "properties")
UNIT_KEYS = frozenset(
    [
        *_TEXTS,
        *_LISTS,
        *_PAIRS,
        *("number", "languages", "type", "translation", "confidence", "quality", "kind"),
        "joins",
        *("variants", "metadata"),
        # of lines that tell of an alignment (`formats.jsonl`)
        *("ids", "segments", "unit_id"),
    ]
)


class JsonValue(str):
    """What was no string in its file: a number, a truth value, a list or an object, as JSON."""

    __slots__ = ()


def json_value(value: Any) -> str:
    """A value of JSON as text, for the fields of a unit, which are all texts; "" for null."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    text = json.dumps(value, ensure_ascii=False)
    # what JSON has no word for cannot be written as it was
    return text if isinstance(value, float) and not math.isfinite(value) else JsonValue(text)


def _as_was(value: str) -> Any:
    return json.loads(value) if isinstance(value, JsonValue) else value


def dump_unit(unit: Unit) -> str:
    """One line of JSON without its line break.

    Properties that were keys of a line of JSON (`form` is jsonl) are keys again, where no key of the
    notation has their name.
    """
    row = unit_to_json(unit)
    if unit.form == "jsonl" and unit.properties:
        keys = {name: _as_was(value) for name, value in unit.properties}
        if len(keys) == len(unit.properties) and UNIT_KEYS.isdisjoint(keys):
            del row["properties"]
            row |= keys
    return json.dumps(row, ensure_ascii=False)


def unit_to_json(unit: Unit) -> dict[str, Any]:
    """The unit as JSON values; what says nothing is left out."""
    names = text_names([variant.lang for variant in unit.variants])
    more = {
        name: value
        for name, variant in zip(names, unit.variants, strict=True)
        if (value := _variant_to_json(variant))
    }
    row: dict[str, Any] = {
        "document": _as_was(unit.document),
        "number": unit.number,
        "languages": [variant.lang for variant in unit.variants],
        "type": unit.kind,
        "translation": {n: v.text or None for n, v in zip(names, unit.variants, strict=True)},
        "confidence": unit.confidence,
        "quality": unit.quality,
        "status": unit.status,
        "labels": list(unit.labels),
        "comment": _as_was(unit.comment),
        "before": _as_was(unit.before),
        "after": _as_was(unit.after),
        "context": _as_was(unit.context),
        "id": _as_was(unit.id),
        "form": unit.form,
        "attributes": [list(pair) for pair in unit.attributes],
        "properties": [[name, _as_was(value)] for name, value in unit.properties],
        "notes": list(unit.notes),
        "kind": "" if unit.role == _UNIT.role else unit.role,
        "speaker": _as_was(unit.speaker),
        "joins": unit.joins or None,
        "variants": more,
        "metadata": {key: _as_was(unit.metadata[key]) for key in sorted(unit.metadata)},
    }
    return {key: value for key, value in row.items() if value not in (None, [], "", {})}


def unit_from_json(value: Mapping[str, Any], number: int = 0) -> Unit:
    """The unit in JSON values. Raises ValueError, KeyError or TypeError for what is none."""
    value = {key: item for key, item in value.items() if item is not None}
    languages = [_text(lang) for lang in _list(value["languages"])]
    if not languages:
        raise ValueError("a unit has a language for each text")
    texts = value["translation"]
    names = text_names(languages)
    missing = [name for name in names if name not in texts]
    if missing:
        raise KeyError(f"translation has no {missing[0]!r}")
    more = value.get("variants", {})
    fields: dict[str, Any] = {name: json_value(value[name]) for name in _TEXTS if name in value}
    fields |= {name: _texts(value[name]) for name in _LISTS if name in value}
    fields |= {name: _pairs(value[name]) for name in _PAIRS if name in value}
    if "metadata" in value:
        known = value["metadata"].items()
        fields["metadata"] = {str(key): json_value(item) for key, item in known if item is not None}
    if "kind" in value:
        fields["role"] = _text(value["kind"])
    return Unit(
        variants=tuple(
            _variant_from_json(lang, texts[name], more.get(name) or {})
            for name, lang in zip(names, languages, strict=True)
        ),
        number=int(value.get("number", number)),
        kind=_text(value.get("type", _UNIT.kind)),
        confidence=float(value["confidence"]) if "confidence" in value else None,
        quality=float(value["quality"]) if "quality" in value else None,
        joins=bool(value.get("joins", False)),
        **fields,
    )


def header_to_json(header: Header) -> dict[str, Any]:
    """The header as JSON values; what says nothing is left out."""
    row: dict[str, Any] = {
        "form": header.form,
        "source_lang": header.source_lang,
        "attributes": [list(pair) for pair in header.attributes],
        "properties": [list(pair) for pair in header.properties],
        "notes": list(header.notes),
        "content": header.content,
    }
    return {key: value for key, value in row.items() if value not in ([], "")}


def header_from_json(value: Mapping[str, Any]) -> Header:
    """The header in JSON values. Raises KeyError or TypeError for what is none."""
    return Header(
        _text(value.get("form", "")),
        _text(value.get("source_lang", "")),
        _pairs(value.get("attributes", ())),
        _pairs(value.get("properties", ())),
        tuple(_text(note) for note in value.get("notes", ())),
        _text(value.get("content", "")),
    )


def text_names(languages: Sequence[str]) -> list[str]:
    """Under which names texts of these languages stand."""
    if all(languages) and len(set(languages)) == len(languages):
        return list(languages)
    others = [f"target{number}" if number > 1 else "target" for number in range(1, len(languages))]
    return ["source", *others]


def _variant_to_json(variant: Variant) -> dict[str, Any]:
    row: dict[str, Any] = {
        "codes": [_code_to_json(code) for code in variant.codes],
        "lengths": list(variant.lengths),
        "attributes": [list(pair) for pair in variant.attributes],
        "properties": [list(pair) for pair in variant.properties],
        "notes": list(variant.notes),
    }
    return {key: value for key, value in row.items() if value}


def _variant_from_json(lang: str, text: Any, more: Mapping[str, Any]) -> Variant:
    more = {key: item for key, item in more.items() if item is not None}
    return Variant(
        lang,
        json_value(text),  # null is null: a side that is not there
        tuple(_code_from_json(code) for code in _list(more.get("codes", []))),
        tuple(int(length) for length in _list(more.get("lengths", []))),
        _pairs(more.get("attributes", [])),
        _pairs(more.get("properties", [])),
        _texts(more.get("notes", [])),
    )


def _code_to_json(code: Code) -> dict[str, Any]:
    row = {**code._asdict(), "attributes": [list(pair) for pair in code.attributes]}
    return {key: value for key, value in row.items() if key == "place" or value not in ("", [])}


def _code_from_json(value: Mapping[str, Any]) -> Code:
    value = {key: item for key, item in value.items() if item is not None}
    texts = {k: _text(v) for k, v in value.items() if k not in ("place", "attributes")}
    return Code(int(value["place"]), attributes=_pairs(value.get("attributes", [])), **texts)


def _pairs(values: Any) -> tuple[tuple[str, str], ...]:
    return tuple((_text(name), json_value(item)) for name, item in _list(values))


def _texts(values: Any) -> tuple[str, ...]:
    return tuple(_text(item) for item in _list(values))


def _list(value: Any) -> Iterable[Any]:
    if not isinstance(value, list | tuple):
        raise TypeError(f"{value!r} is not a list")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not a text")
    return value
