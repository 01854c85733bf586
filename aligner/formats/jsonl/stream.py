"""Lines of JSON of any size as units, one line at a time.

- our own notation (`model.unit_json`, and what `jsonl.write` adds for segments of texts)
- `{"translation": {"es": ..., "en": ...}, ...}`, as sets of translations are published
- `{"source": ..., "target": ...}`, `{"es": ..., "en": ..., "domain": ...}`: columns by their names
  (`formats.common.columns`)
- `["Hola.", "Hello."]`; a string; one JSON list of any of these, on one line or on many

Texts are known by their names, whatever the order of the keys. null is a text that is not there; a
number or a truth value is a text as JSON writes it. Keys that are no field of a unit are its
properties, and keys again when lines are written.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import Any, BinaryIO

from aligner.formats.common.columns import (
    Meaning,
    is_text,
    meaning_of,
    text_columns,
    text_meaning,
    unit_of,
)
from aligner.formats.jsonl.values import values_of
from aligner.languages.tags import canonical, wrong_tag
from aligner.model import (
    PARAGRAPH_KINDS,
    STATUSES,
    UNIT_KEYS,
    AlignerError,
    Declined,
    Header,
    Malformed,
    ReadOptions,
    Unit,
    UnitStream,
    json_value,
    unit_from_json,
)
from aligner.text.lines import text_lines
from aligner.text.rich import clean

__all__ = ["FORM", "stream", "units_of_rows"]

FORM = "jsonl"
_LOOKED_AT = 1000  # rows that say which of their columns are texts
_FIELDS = frozenset(
    [
        *("id", "document", "number", "type", "confidence", "status", "comment", "context"),
        *("before", "after", "form", "kind", "speaker", "joins", "quality"),
    ]
)
_EXPECTED = '{"translation": {"es": "...", "en": "..."}} or {"source": "...", "target": "..."}'


def stream(file: BinaryIO, name: str, options: ReadOptions) -> UnitStream:
    """The units of lines of JSON. Raises Declined for one object of another format; Malformed, with
    the line, for what is none of the above while units are taken.
    """
    values = values_of(text_lines(file, name, options.encoding), name)
    head: list[tuple[int, Any]] = []
    broken: AlignerError | None = None
    try:
        head += islice(values, _LOOKED_AT)
    except AlignerError as error:
        broken = error
    if head and isinstance(head[0][1], dict) and "format" in head[0][1]:
        raise Declined("one object with a format of its own, not lines of JSON")
    rest = _failing(broken) if broken else values
    return UnitStream(units_of_rows(head, rest, name, FORM), Header(FORM))


def _failing(error: AlignerError) -> Iterator[tuple[int, Any]]:
    raise error
    yield  # a generator, so that it is raised when it is its turn


def units_of_rows(
    head: list[tuple[int, Any]], rest: Iterable[tuple[int, Any]], name: str, form: str
) -> Iterator[Unit]:
    """Units of rows (line, value): `head` are the first, by which columns are known. Raises
    Malformed for a value that is no row.
    """
    rows = _Rows([value for _, value in head if isinstance(value, dict)], form)
    for number, (line, value) in enumerate(chain(head, rest), start=1):
        try:
            yield rows.unit(value, number)
        except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            raise Malformed(
                f"not a unit ({' '.join(str(error).split())[:200]})",
                context=name,
                line=line,
                excerpt=json.dumps(value, ensure_ascii=False)[:60],
                hint=_EXPECTED,
            ) from None


class _Rows:
    """Rows of one file; `texts`: names of its texts in the order in which they came, the source
    first.
    """

    def __init__(self, rows: list[dict[str, Any]], form: str) -> None:
        self._form = form
        self._texts: dict[str, None] = {}
        flat = [
            {str(key): json_value(item) for key, item in row.items() if _plain(item)}
            for row in rows
            if not isinstance(row.get("translation"), dict)
        ]
        names = list(dict.fromkeys(name for row in flat for name in row))
        cells = [[row.get(name, "") for name in names] for row in flat]
        if names:
            for n in text_columns(names, cells, named=True):
                self._texts[names[n]] = None

    def unit(self, value: Any, number: int) -> Unit:
        """The unit in one row. Raises ValueError, KeyError or TypeError for what is none."""
        if isinstance(value, str):
            value = {"text": value}
        elif isinstance(value, list):
            if not all(map(_plain, value)):
                raise TypeError("a list in a row")
            sides = ["source", "target", *(f"target{n}" for n in range(2, len(value)))]
            value = dict(zip(sides, value, strict=False))
        if not isinstance(value, dict):
            raise TypeError("not an object of columns")
        texts = value.get("translation")
        if not isinstance(texts, dict):
            return self._flat(value, number)
        if isinstance(value.get("languages"), list):
            return self._ours(value, number)
        return self._translation(value, texts, number)

    def _ours(self, value: dict[str, Any], number: int) -> Unit:
        """A line of our own notation, with what else stands in it."""
        more = {k: v for k, v in value.items() if k not in UNIT_KEYS and v is not None}
        row = {k: v for k, v in value.items() if k in UNIT_KEYS}
        if row.get("ids") is not None:
            # a line about segments of texts numbers its rows
            row["id"] = row.get("unit_id")
            row.setdefault("number", value.get("id"))
        for key, known in (("status", STATUSES), ("kind", PARAGRAPH_KINDS)):
            if row.get(key) is not None and row[key] not in known:
                more[key] = row.pop(key)
        unit = unit_from_json(row, number)
        segments = row.get("segments")
        variants = tuple(
            variant._replace(
                lang=canonical(variant.lang),
                lengths=variant.lengths or _lengths(segments, variant.lang),
            )
            for variant in unit.variants
        )
        properties = tuple((str(key), json_value(item)) for key, item in more.items())
        return unit._replace(variants=variants, properties=unit.properties + properties)

    def _translation(self, value: dict[str, Any], texts: dict[str, Any], number: int) -> Unit:
        """A line whose texts stand under the names of their languages."""
        rest = {key: item for key, item in value.items() if key != "translation"}
        if not isinstance(value.get("ids"), dict):
            return self._made(texts, rest, number, tagged=True)
        # a line about segments of texts, which names no languages besides
        del rest["ids"]
        rest["number"] = rest.pop("id", number)
        segments = rest.pop("segments", None)
        made = self._made(texts, rest, number, tagged=True)
        variants = (v._replace(lengths=_lengths(segments, v.lang)) for v in made.variants)
        return made._replace(variants=tuple(variants))

    def _flat(self, value: dict[str, Any], number: int) -> Unit:
        texts = {
            str(key): item
            for key, item in value.items()
            if str(key) in self._texts or (_plain(item) and is_text(str(key)))
        }
        rest = {key: item for key, item in value.items() if key not in texts}
        return self._made(texts, rest, number, tagged=False)

    def _made(
        self, texts: Mapping[str, Any], rest: Mapping[str, Any], number: int, *, tagged: bool
    ) -> Unit:
        for name in texts:
            self._texts.setdefault(name)
        if not self._texts:
            raise ValueError("no text in it")
        wanted = self._texts if len(self._texts) < 3 or not texts else texts.keys()
        cells = [
            (_text_meaning(name, tagged=tagged), json_value(texts.get(name)))
            for name in self._texts
            if name in wanted
        ]
        return unit_of([*cells, *_others(rest)], number, self._form, len(self._texts))


def _text_meaning(name: str, *, tagged: bool) -> Meaning:
    """As of a column; a key of `translation` (`tagged`) may be any language tag."""
    meaning = text_meaning(name)
    if meaning.key or not tagged or is_text(name) or wrong_tag(canonical(name)) is not None:
        return meaning
    return meaning._replace(key=canonical(name))


def _others(row: Mapping[str, Any]) -> Iterator[tuple[Meaning, str]]:
    """What else a row says: fields by the names of our notation only, the rest as it is."""
    for name, item in ((str(key), item) for key, item in row.items()):
        if item is None:
            continue
        if name in ("labels", "notes") and isinstance(item, list):
            if all(isinstance(one, str) for one in item):
                meaning = Meaning("one label" if name == "labels" else "note", "", name)
                yield from ((meaning, one) for one in item)
                continue
        elif name == "metadata" and isinstance(item, dict):
            for key, value in item.items():
                yield Meaning("metadata", str(key), str(key)), json_value(value)
            continue
        elif name in _FIELDS and _plain(item):
            yield meaning_of(name), json_value(item)
            continue
        elif name in ("doc", "file") and isinstance(item, str):
            yield Meaning("document", "", name), item
        elif name == "score" and _plain(item):
            yield meaning_of(name), json_value(item)
            continue
        yield Meaning("property", name, name), json_value(item)


def _lengths(segments: Any, lang: str) -> tuple[int, ...]:
    """Code points of each segment, where a line gives their texts."""
    texts = segments.get(lang) if isinstance(segments, dict) else None
    if not isinstance(texts, list) or len(texts) < 2:
        return ()
    return tuple(len(clean(json_value(text))) for text in texts)


def _plain(value: object) -> bool:
    return not isinstance(value, dict | list)
