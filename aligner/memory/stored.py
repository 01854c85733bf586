"""Units out of a memory again, as their files had them.

A unit in three languages is stored as a pair for each translation (`together`) and comes back
whole. Neighbours are those that its file named: their texts are those of the units that have their
keys, or stand in `rest`. A pair that stood in several contexts (PO `msgctxt`) comes once for each.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from aligner.languages.tags import primary
from aligner.memory.lookup import UNIT_COLUMNS, UNIT_TABLES, made
from aligner.memory.rest import said_besides, with_rest
from aligner.memory.schema import STATUS
from aligner.memory.store import Memory
from aligner.model import Header, Unit, header_from_json

__all__ = ["Filter", "stored_header", "stored_units"]


@dataclass(frozen=True, slots=True)
class Filter:
    """Which units: languages ("" for any), least confidence (units without one pass at 0), reviewed
    ones only, those of documents whose name holds a text, those that hold a label; those of a status,
    of somebody who made or changed them, made or changed last not before `since` and not after `until`
    (YYYYMMDD, "" for any), those with a property (`field`: its name and value, "" for any value).
    `ids`: these only.
    """

    source_lang: str = ""
    target_lang: str = ""
    confidence: float = 0.0
    reviewed: bool = False
    document: str = ""
    label: str = ""
    status: str = ""
    user: str = ""
    since: str = ""
    until: str = ""
    field: tuple[str, str] = ("", "")
    ids: tuple[int, ...] = ()

    def where(self, memory: Memory) -> tuple[str, list[Any]]:
        """The condition in SQL, and its values."""
        languages = memory.chosen(self.source_lang, self.target_lang)
        parts = [f"unit.languages IN ({', '.join(map(str, languages))})"]
        values: list[Any] = []
        if self.confidence > 0:
            parts.append("unit.confidence >= ?")
            values.append(self.confidence)
        if self.reviewed:
            parts.append("unit.status > 0")
        if self.document:
            parts.append("instr(origin.document, ?) > 0")
            values.append(self.document)
        if self.label:
            parts.append("instr(char(10) || unit.labels || char(10), ?) > 0")
            values.append(f"\n{self.label}\n")
        if self.status:
            parts.append("unit.status = ?")
            values.append(STATUS.index(self.status))
        if self.ids:
            parts.append(f"unit.id IN ({', '.join(map(str, self.ids))})")
        if self.user or self.since or self.until or any(self.field):
            memory.db.create_function("passes", 1, self._passes, deterministic=True)
            parts.append("passes(unit.rest)")
        return " AND ".join(parts), values

    def _passes(self, packed: str | None) -> bool:
        """Whether what a unit came with is of the user, in the time and with the property asked for."""
        if packed is None:
            return False
        attributes, properties = said_besides(packed)
        people = {value for name, value in attributes if name in ("creationid", "changeid")}
        dates = [value[:8] for name, value in attributes if name in ("creationdate", "changedate")]
        last = max(dates, default="")
        name, value = self.field
        return (
            (not self.user or self.user in people)
            and (not self.since or last >= self.since)
            and (not self.until or "" < last <= self.until)
            and (not name or any(n == name and value in ("", v) for n, v in properties))
        )


def stored_units(memory: Memory, chosen: Filter) -> Iterator[Unit]:
    """The units that pass, by document and place, with metadata and the neighbours that their files
    name.
    """
    with memory.reading() as db:
        where, values = chosen.where(memory)
        metadata = {
            identifier: json.loads(text)
            for identifier, text in db.execute("SELECT id, metadata FROM origin")
        }
        repeated = db.execute("SELECT 1 FROM again WHERE context <> '' LIMIT 1").fetchone()
        neighbours = _Neighbours(memory)
        rows = db.execute(
            "SELECT unit.origin, unit.key, unit.before, unit.after, unit.together,"  # noqa: S608
            f" {UNIT_COLUMNS} FROM {UNIT_TABLES} WHERE {where}"
            " ORDER BY unit.origin, unit.number, unit.id",
            values,
        )
        held: Unit | None = None
        group: int | None = None
        for origin, key, before, after, together, *row in rows:
            unit = made(row)._replace(metadata=metadata[origin])
            neighbours.add(key, unit.source)
            if held is not None:
                if together is not None and together == group:
                    held = held.with_variants(*held.variants, unit.variants[1])
                    continue
                yield held
            held = neighbours.filled(unit, before, after)
            group = together
            if repeated:
                yield from _elsewhere(memory, row[0], held, metadata)
        if held is not None:
            yield held


def _elsewhere(
    memory: Memory, identifier: int, unit: Unit, metadata: dict[int, dict[str, str]]
) -> Iterator[Unit]:
    """The same pair in other contexts."""
    known = {unit.context}
    for origin, number, context, name, rest, document in memory.db.execute(
        "SELECT again.origin, number, context, identifier, rest, origin.document FROM again"
        " JOIN origin ON origin.id = again.origin"
        " WHERE unit = ? AND context <> '' ORDER BY again.origin, number",
        (identifier,),
    ):
        if context not in known:
            known.add(context)
            plain = Unit(tuple(v._replace(codes=(), lengths=(), attributes=(), properties=(), notes=()) for v in unit.variants))  # fmt: skip
            yield with_rest(
                plain._replace(
                    document=document,
                    number=number,
                    kind=unit.kind,
                    confidence=unit.confidence,
                    status=unit.status,
                    labels=unit.labels,
                    comment=unit.comment,
                    metadata=metadata[origin],
                    context=context,
                    id=name,
                ),
                rest,
            )


class _Neighbours:
    """Texts by their keys; those of the last units are at hand, the others are asked for."""

    _KEPT = 1000

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._texts: dict[int, str] = {}

    def add(self, key: int, text: str) -> None:
        """A text that is likely to be a neighbour soon."""
        if len(self._texts) > self._KEPT:
            self._texts.clear()
        self._texts[key] = text

    def filled(self, unit: Unit, before: int, after: int) -> Unit:
        """The unit with the texts of its neighbours (keys, 0 for none)."""
        if before and not unit.before:
            unit = unit._replace(before=self._text(before))
        if after and not unit.after:
            unit = unit._replace(after=self._text(after))
        return unit

    def _text(self, key: int) -> str:
        known = self._texts.get(key)
        if known is None:
            row = self._memory.db.execute(
                "SELECT source FROM unit WHERE key = ? LIMIT 1", (key,)
            ).fetchone()
            known = str(row[0]) if row else ""
            self.add(key, known)
        return known


def stored_header(memory: Memory, chosen: Filter) -> Header:
    """The header of the units that pass: that of their file, where they come from one; else what the
    headers of their files have in common, with the properties and notes of all.
    """
    with memory.reading() as db:
        where, values = chosen.where(memory)
        rows = db.execute(
            "SELECT DISTINCT origin.header, header.value, languages.source"  # noqa: S608
            f" FROM {UNIT_TABLES} LEFT JOIN header ON header.id = origin.header WHERE {where}"
            " ORDER BY origin.header",
            values,
        ).fetchall()
    headers = {number: Header() if value is None else header_from_json(json.loads(value)) for number, value, _ in rows}  # fmt: skip
    sources = list(dict.fromkeys(source for _, _, source in rows))
    if not headers:
        return Header()
    shared = _shared(sources)
    if len(headers) > 1:
        return _merged(list(headers.values()), shared)
    (header,) = headers.values()
    if not header.form:
        return Header(source_lang=shared)
    if not header.source_lang or primary(header.source_lang) in {primary(s) for s in sources}:
        return header
    # the user took them from another language than the file names
    kept = tuple(pair for pair in header.attributes if pair[0] != "srclang")
    return replace(header, source_lang=shared, attributes=kept)


def _shared(sources: Sequence[str]) -> str:
    """The language of all, without what they differ in; "" for several."""
    if len(sources) < 2:
        return "".join(sources)
    languages = {primary(source) for source in sources}
    return languages.pop() if len(languages) == 1 else ""


def _merged(headers: Sequence[Header], source_lang: str) -> Header:
    first = headers[0]
    same_form = all(header.form == first.form for header in headers)
    common = [
        pair for pair in first.attributes if all(pair in header.attributes for header in headers)
    ]
    own = [header for header in headers if header.form]
    return Header(
        first.form if same_form else own[0].form if len({h.form for h in own}) == 1 else "",
        source_lang,
        tuple(pair for pair in common if pair[0] != "srclang") if same_form else (),
        _each_once(pair for header in own for pair in header.properties),
        _each_once(note for header in own for note in header.notes),
        "".join(_each_once(header.content for header in own if header.content)),
    )


def _each_once(values: Any) -> Any:
    return tuple(dict.fromkeys(values))
