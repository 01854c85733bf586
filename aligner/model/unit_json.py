"""Units as lines of JSON: the notation of corpora, of `jsonl`, and of `.alignment.json` for what a
bead keeps of its unit.

    {"document": "a", "number": 1, "languages": ["es", "en"], "type": "1-1",
     "translation": {"es": "Hola.", "en": "Hello."}, "confidence": 0.9, "status": "accepted", ...}

Values that say nothing are left out. Texts are read by the names in `languages`, whatever the order
of the keys; where two variants are of one language, or of none, their names are `source`, `target`,
`target2` ... What a variant has besides its text stands in `variants`, by the same names.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from aligner.model.errors import Malformed
from aligner.model.unit import Code, Header, Unit, Variant

__all__ = [
    "dump_unit",
    "header_from_json",
    "header_to_json",
    "parse_units",
    "unit_from_json",
    "unit_to_json",
]

_UNIT = Unit((Variant("", ""), Variant("", "")))
_EXPECTED = '{"languages": ["es", "en"], "translation": {"es": "...", "en": "..."}}'
# fields of a unit that are written under a name of their own, by how they are written
_TEXTS = (
    *("document", "status", "comment", "before", "after", "context", "id", "form"),
    *("role", "speaker"),
)
_LISTS = ("labels", "notes")
_PAIRS = ("attributes", "properties")


def dump_unit(unit: Unit) -> str:
    """One line of JSON without its line break."""
    return json.dumps(unit_to_json(unit), ensure_ascii=False)


def unit_to_json(unit: Unit) -> dict[str, Any]:
    """The unit as JSON values; what says nothing is left out."""
    names = _names([variant.lang for variant in unit.variants])
    more = {
        name: value
        for name, variant in zip(names, unit.variants, strict=True)
        if (value := _variant_to_json(variant))
    }
    row: dict[str, Any] = {
        "document": unit.document,
        "number": unit.number,
        "languages": [variant.lang for variant in unit.variants],
        "type": unit.kind,
        "translation": {n: v.text for n, v in zip(names, unit.variants, strict=True)},
        "confidence": unit.confidence,
        "status": unit.status,
        "labels": list(unit.labels),
        "comment": unit.comment,
        "before": unit.before,
        "after": unit.after,
        "context": unit.context,
        "id": unit.id,
        "form": unit.form,
        "attributes": [list(pair) for pair in unit.attributes],
        "properties": [list(pair) for pair in unit.properties],
        "notes": list(unit.notes),
        "role": "" if unit.role == _UNIT.role else unit.role,
        "speaker": unit.speaker,
        "joins": unit.joins or None,
        "variants": more,
        "metadata": dict(sorted(unit.metadata.items())),
    }
    return {key: value for key, value in row.items() if value not in (None, [], "", {})}


def unit_from_json(value: Mapping[str, Any], number: int = 0) -> Unit:
    """The unit in JSON values. Raises ValueError, KeyError or TypeError for what is none."""
    languages = [_text(lang) for lang in value["languages"]]
    if not languages:
        raise ValueError("a unit has a language for each text")
    texts = value["translation"]
    names = _names(languages)
    missing = [name for name in names if name not in texts]
    if missing:
        raise KeyError(f"translation has no {missing[0]!r}")
    more = value.get("variants", {})
    confidence = value.get("confidence")
    fields: dict[str, Any] = {name: _text(value[name]) for name in _TEXTS if name in value}
    fields |= {name: tuple(_text(one) for one in value[name]) for name in _LISTS if name in value}
    fields |= {name: _pairs(value[name]) for name in _PAIRS if name in value}
    if "metadata" in value:
        fields["metadata"] = {str(k): _text(v) for k, v in value["metadata"].items()}
    return Unit(
        variants=tuple(
            _variant_from_json(lang, texts[name], more.get(name, {}))
            for name, lang in zip(names, languages, strict=True)
        ),
        number=int(value.get("number", number)),
        kind=_text(value.get("type", _UNIT.kind)),
        confidence=None if confidence is None else float(confidence),
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
    )


def parse_units(lines: Iterable[str], name: str) -> Iterator[Unit]:
    """Units from lines of JSON (`dump_unit`). Raises Malformed with the line."""
    for line, row in enumerate(lines, start=1):
        if not row.strip():
            continue
        try:
            yield unit_from_json(json.loads(row), line)
        except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            raise Malformed(
                f"not a unit of a corpus ({type(error).__name__}: {error})",
                context=name,
                line=line,
                excerpt=row[:60],
                hint=_EXPECTED,
            ) from None


def _names(languages: list[str]) -> list[str]:
    """Under which names the texts stand."""
    if all(languages) and len(set(languages)) == len(languages):
        return languages
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
    if text is None:  # null is null: a side that is not there
        text = ""
    return Variant(
        lang,
        _text(text),
        tuple(_code_from_json(code) for code in more.get("codes", ())),
        tuple(int(length) for length in more.get("lengths", ())),
        _pairs(more.get("attributes", ())),
        _pairs(more.get("properties", ())),
        tuple(_text(note) for note in more.get("notes", ())),
    )


def _code_to_json(code: Code) -> dict[str, Any]:
    row = {**code._asdict(), "attributes": [list(pair) for pair in code.attributes]}
    return {key: value for key, value in row.items() if key == "place" or value not in ("", [])}


def _code_from_json(value: Mapping[str, Any]) -> Code:
    texts = {k: _text(v) for k, v in value.items() if k not in ("place", "attributes")}
    return Code(int(value["place"]), attributes=_pairs(value.get("attributes", ())), **texts)


def _pairs(values: Iterable[Any]) -> tuple[tuple[str, str], ...]:
    return tuple((_text(name), _text(text)) for name, text in values)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is not a text")
    return value
