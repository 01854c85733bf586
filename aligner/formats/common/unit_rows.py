"""Units as rows of a table: which columns they need is known when all have passed.

Units wait in a temporary file, a row of plain values each, so that memory does not grow with them.
A table that came from a table has the columns that it had, in their order and under their names;
another one those of our tables (`tables.write_tsv`); behind them stands what the units have besides.
What a name means is asked of `columns`, so that what is written is read as it was.
"""

from __future__ import annotations

import marshal
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import count
from typing import BinaryIO, cast

from aligner.formats.common.columns import (
    FORM,
    Meaning,
    field_of,
    header_meanings,
    is_header,
    is_text,
    meaning_of,
    share,
    text_meaning,
    usual_kind,
)
from aligner.languages.tags import primary
from aligner.model import Header, Unit, Variant

__all__ = ["UnitRows"]

_IN_MEMORY = 1 << 22  # bytes
_FRAME = 1000  # rows
_BEFORE = ("id", "type", "confidence")
_BEHIND = ("speaker", "kind", "status", "label", "comment")

Key = tuple[str, str, int]  # what, of which text or name, and the how-manieth of its like


class UnitRows:
    """Rows of units: `add` all, then ask for `names` and `rows`; `close` when done.

    `ours`: the table has the columns of our tables. `odd` says of which cells a writer has to write
    something else; the column `escaped` tells of them in tables that are not ours.
    """

    def __init__(self, header: Header, odd: Callable[[str], bool] | None = None) -> None:
        columns = header_meanings(header) if header.form == FORM else []
        self.ours = not columns or any(meaning.what == "ids" for _, meaning in columns)
        self.count = 0
        self._odd = None if self.ours else odd
        self._places: dict[Key, int] = {}  # columns in the order in which they are needed
        self._names: dict[Key, str] = {}
        self._texts: list[Key] = []
        self._of_side: dict[str, Key] = {}  # columns for the language of a text
        self._segments: Counter[Key] = Counter()
        # `close` closes it
        self._file = cast("BinaryIO", tempfile.SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115
        self._waiting: list[list[tuple[int, str]]] = []
        for name, meaning in [] if self.ours else columns:
            self._take_over(name, meaning)
        self._fields = {meaning.what for _, meaning in columns}

    def close(self) -> None:
        """Forget the rows."""
        self._file.close()

    def add(self, unit: Unit) -> None:
        """One more row."""
        self.count += 1
        texts = self._columns_of(unit)
        cells = {key: value for key, value in self._of_unit(unit, texts) if value}
        cells |= {key: value for key, value in self._of_names(unit, cells) if value}
        row = [(self._place(key), str(value)) for key, value in cells.items()]
        if self._odd is not None and any(self._odd(value) for _, value in row):
            row.append((self._place(("escaped", "", 0)), "yes"))
        self._waiting.append(row)
        if len(self._waiting) == _FRAME:
            self._flush()

    def keys(self) -> list[Key]:
        """The columns in their order."""
        if not self.ours:
            return list(self._places)
        while len(self._texts) < 2:
            self._texts.append(("text", "", len(self._texts)))
        usual: list[Key] = [
            *((what, "", 0) for what in _BEFORE),
            *(key for key in [("quality", "", 0)] if key in self._places),
            *(("ids", *key[1:]) for key in self._texts),
            *self._texts,
            *((what, "", 0) for what in _BEHIND),
            *(("lengths", *key[1:]) for key in self._texts),
        ]
        return [*usual, *(key for key in self._places if key not in usual)]

    def names(self) -> list[str]:
        """The header; [] where the table that the units came from had none."""
        keys = self.keys()
        if not self.ours and all(self._names.get(key) == "" for key in keys):
            return []
        sides = ["source", "target", *(f"target{n}" for n in range(2, len(self._texts)))]
        if self.ours:
            self._names |= dict(zip(self._texts, sides, strict=False))
        names = [self._name(key) for key in keys]
        if is_header(names):
            return names
        return [
            f"properties.{key[1]}" if key[0] == "property" else name
            for key, name in zip(keys, names, strict=True)
        ]

    def rows(self) -> Iterator[list[str]]:
        """The cells of each row, in the order of `names`."""
        keys = self.keys()
        places = [self._places.get(key, -1) for key in keys]
        for row in self._stored():
            cells = dict(row)
            yield [cells.get(place, "") for place in places]

    def texts(self) -> dict[int, str]:
        """The places of the columns of text, each with its language, "" where rows differ."""
        return {n: key[1] for n, key in enumerate(self.keys()) if key[0] == "text"}

    def _take_over(self, name: str, meaning: Meaning) -> None:
        """A column of the table that the units came from."""
        key = self._free((meaning.what, meaning.key))
        self._places[key] = len(self._places)
        self._names[key] = name
        if meaning.what == "text":
            self._texts.append(key)
        elif meaning.what == "lang":
            self._of_side[meaning.key] = key

    def _free(self, like: tuple[str, str]) -> Key:
        return next((*like, n) for n in count() if (*like, n) not in self._places)

    def _place(self, key: Key) -> int:
        return self._places.setdefault(key, len(self._places))

    def _name(self, key: Key) -> str:
        """What a column is called; what is read under that name is what stands in it."""
        if self._names.get(key):
            return self._names[key]
        what, of, _ = key
        if what == "text":
            place = self._texts.index(key)
            plain = of or ("source", "target")[place] if place < 2 else of or f"target{place}"
            return plain if (text_meaning(plain).key == of and is_text(plain)) else f"text.{of}"
        if what in ("ids", "lengths"):
            side = self._name(("text", *key[1:]))
            return f"{side}_{what}"
        if what == "property":
            bare = meaning_of(of) == Meaning("property", of, of) and bool(of) and not is_text(of)
            return of if bare else f"properties.{of}"
        if what in ("metadata", "attributes"):
            return f"{what}.{of}"
        return "unit_id" if what == "unit id" else what

    def _columns_of(self, unit: Unit) -> list[Key]:
        """The columns of its texts."""
        used: list[Key] = []
        for variant in unit.variants:
            used.append(self._text(variant, used))
        return used

    def _text(self, variant: Variant, used: list[Key]) -> Key:
        """The column of a text: of its language, else one whose language the row says."""
        of = primary(variant.lang) if self.ours else variant.lang
        fitting = [key for key in self._texts if key not in used]
        for key in fitting:
            if key[1] == of:
                return key
        for key in fitting:
            if not key[1] and self._side(key) in self._of_side:
                return key
        key = next(("text", of, n) for n in count() if ("text", of, n) not in self._texts)
        self._texts.append(key)
        self._place(key)
        return key

    def _side(self, key: Key) -> str:
        """`source` of `src text`, where the table says the language of each row."""
        if not self._of_side:
            return ""
        name = self._names.get(key, "").lower()
        return {"src": "source", "tgt": "target", "trg": "target"}.get(name[:3], name[:6])

    def _of_unit(self, unit: Unit, texts: list[Key]) -> Iterator[tuple[Key, str]]:
        """Its texts, and the fields that nobody would guess."""
        for key, variant in zip(texts, unit.variants, strict=True):
            yield from self._of_variant(key, variant)
        order = [self._texts.index(key) for key in texts]
        if order != sorted(order):
            yield ("languages", "", 0), " ".join(variant.lang for variant in unit.variants)
        there = {key for key, variant in zip(texts, unit.variants, strict=True) if variant.text}
        first = bool(self._texts) and self._texts[0] in there
        usual = {
            "type": usual_kind(unit.variants, first=first),
            "status": "auto",
            "kind": "para",
            "number": str(self.count),
        }
        values = {
            "number": str(unit.number),
            "document": unit.document,
            "type": unit.kind,
            "confidence": _share(unit),
            "quality": "" if unit.quality is None else _digits(unit.quality),
            "speaker": unit.speaker,
            "kind": unit.role,
            "status": unit.status,
            "label": "; ".join(label.replace(";", "\\;") for label in unit.labels),
            "comment": unit.comment,
            "context": unit.context,
            "before": unit.before,
            "after": unit.after,
            "joins": "yes" if unit.joins else "",
            "form": self._form(unit),
        }
        if self.ours:
            yield ("id", "", 0), str(self.count)
            yield ("unit id", "", 0), unit.id
        else:
            yield ("id", "", 0), unit.id
        for what, value in values.items():
            always = self.ours and what in (*_BEFORE, *_BEHIND)
            if value != usual.get(what, "") or always:
                yield (what, "", 0), value

    def _of_variant(self, key: Key, variant: Variant) -> Iterator[tuple[Key, str]]:
        yield key, variant.text
        if variant.lengths:
            yield ("lengths", *key[1:]), " ".join(map(str, variant.lengths))
        if self.ours and variant.text:
            start, size = self._segments[key] + 1, len(variant.lengths) or 1
            self._segments[key] += size
            tag = variant.lang or "und"
            yield ("ids", *key[1:]), " ".join(f"{tag}.s{start + n}" for n in range(size))
        side = self._side(key)
        if side in self._of_side:
            yield self._of_side[side], variant.lang

    def _form(self, unit: Unit) -> str:
        told = unit.properties or unit.attributes or unit.notes or unit.id or unit.context
        guessed = FORM if told else ""
        return "" if unit.form == guessed else unit.form or "none"

    def _of_names(self, unit: Unit, cells: Mapping[Key, str]) -> Iterator[tuple[Key, str]]:
        """Properties, attributes, notes, metadata: a column for each name."""
        seen: Counter[tuple[str, str]] = Counter()
        for name, value in unit.properties:
            what, of, _ = meaning_of(name)
            like = ("property", name)
            column = (what, of, 0)
            if what != "property" and self._names.get(column, what) == name and column not in cells:
                # the value is read as a property because it does not fit the column of its name
                scored = what == "score" and unit.confidence is not None
                if scored or (what in self._fields and not field_of(what, value)):
                    like = (what, of)
            yield (*like, seen[like]), value
            seen[like] += 1
        for what, pairs in (("attributes", unit.attributes), ("metadata", unit.metadata.items())):
            for name, value in pairs:
                yield (what, name, seen[what, name]), value
                seen[what, name] += 1
        for number, note in enumerate(unit.notes):
            yield ("note", "", number), note

    def _flush(self) -> None:
        self._file.write(marshal.dumps(self._waiting))
        self._waiting = []

    def _stored(self) -> Iterator[list[tuple[int, str]]]:
        self._flush()
        end = self._file.tell()
        self._file.seek(0)
        while self._file.tell() < end:
            yield from marshal.load(self._file)  # noqa: S302 - written above


def _share(unit: Unit) -> str:
    """The confidence with three decimals, or all where it has more; "" where a score says it."""
    if unit.confidence is None:
        return ""
    for name, value in unit.properties:
        if meaning_of(name).what == "score" and share(value) == unit.confidence:
            return ""
    return _digits(unit.confidence)


def _digits(probability: float) -> str:
    """Three decimals, or all where it has more."""
    text = f"{probability:.3f}"
    return text if float(text) == probability else repr(float(probability))
