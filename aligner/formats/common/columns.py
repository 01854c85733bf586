"""Columns of a table of units, by name: which are texts, which say something about a row.

For tables (tsv, csv, xlsx) and for rows of JSON and Parquet that are not in our notation. A column
is a text where its name is a language (`es`, `pt_BR`, `Spanish`, `text.tlh`), source, target, text
...; without names every column that holds letters in half of its rows or more. Of the others

    id document number type confidence status label comment note context before after form kind
    speaker joins languages                  are what a unit has of that name
    source_ids, es_lengths                   of our own tables: segments of a text
    source_lang, tgt_lang                    the language of a text named source or target
    metadata.url  attributes.creationdate    what is known of the document; what the unit's file says
    score                                    a property, and the confidence where none is named

and every other column is a property of its unit (`Unit.properties`) under its own name; so is a
value that does not fit its column, such as a status that we have no word for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from aligner.formats.common.sides import Cell
from aligner.languages.names import CODES, language_of
from aligner.languages.tags import canonical
from aligner.model import PARAGRAPH_KINDS, STATUSES, Header, Unit, Variant
from aligner.text.notation import whole_number

__all__ = ["FORM", "Columns", "Meaning", "field_of", "header_meanings", "is_header", "is_text"]
__all__ += ["meaning_of", "share", "text_columns", "text_meaning", "unit_of", "usual_kind"]

FORM = "table"  # of units whose words are columns of a table

_TEXTS = re.compile(
    r"(?:(?:source|target|src|tgt|trg|original|translation|translated)(?:[ _-]?text|[ _-]?\d)?"
    r"|text|sentence[12]?|segment)$"
)
_OTHER = frozenset(
    [
        *("id", "ids", "type", "kind", "confidence", "score", "similarity", "source_ids"),
        "quality",
        *("target_ids", "speaker", "comment", "comments", "note", "notes", "file", "document"),
        *("doc", "key", "context", "status", "label", "labels", "n", "no", "line", "start", "end"),
        *("domain", "number", "before", "after", "form", "joins", "languages", "unit_id"),
        "escaped",
    ]
)
_FIELDS = {
    **{name: name for name in ("id", "document", "number", "type", "confidence", "score")},
    "quality": "quality",
    **{name: name for name in ("status", "label", "comment", "note", "context", "before")},
    **{name: name for name in ("after", "form", "kind", "speaker", "joins", "languages")},
    "key": "id",
    "doc": "document",
    "file": "document",
    "labels": "label",
    "notes": "note",
    "comments": "comment",
    "unit_id": "id",
    "escaped": "escaped",
}
_ABOUT = re.compile(r"(.+)[_ ](ids|lengths)$")
_LANG = re.compile(r"(source|src|target|tgt|trg)[ _-]?lang(?:uage)?$")
_DOTTED = re.compile(r"(metadata|attributes|properties|text)\.(.*)$", re.DOTALL)
_SIDES = {"src": "source", "tgt": "target", "trg": "target"}
_SHARE = re.compile(r"[01](?:\.\d{1,20})?|[1-9](?:\.\d{1,17})?[eE]-\d{1,3}")
_KIND = re.compile(r"\d{1,4}(?:-\d{1,4})+")
# our own tables: `es` of `es.s1 es.s2`
_ID = re.compile(r"([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*?)(?:-\d{1,2})?\.s\d+")
_PLAIN_NAME = re.compile(r"[^\W\d][\w .:/()#-]{0,39}")


class Meaning(NamedTuple):
    """What a column is: `what` is text, lengths, ids, lang, property, metadata, attributes or a
    field of a unit; `key` the language of a text, the name of a property, the text that lengths
    and ids are of, in small letters; `name` the column's own.
    """

    what: str
    key: str = ""
    name: str = ""


@lru_cache(maxsize=4096)
def meaning_of(name: str) -> Meaning:
    """What a column of this name is, unless it is a text of that name."""
    name = name.strip()
    low = name.lower()
    if dotted := _DOTTED.match(name):
        what = "property" if dotted[1] == "properties" else dotted[1]
        return Meaning(what, dotted[2], name)
    if about := _ABOUT.match(low):
        return Meaning(about[2], about[1], name)
    if lang := _LANG.match(low):
        return Meaning("lang", _SIDES.get(lang[1], lang[1]), name)
    field = _FIELDS.get(low)
    return Meaning("property", name, name) if field is None else Meaning(field, "", name)


def text_meaning(name: str) -> Meaning:
    """What a column of texts is: its language is in its name, or is not known."""
    name = name.strip()
    if name.startswith("text."):
        return Meaning("text", canonical(name[5:]), name)
    return Meaning("text", canonical(language_of(name)), name)


def is_text(name: str) -> bool:
    """True where a name says that its column holds texts."""
    name = name.strip()
    return bool(_TEXTS.match(name.lower()) or name.startswith("text.") or _language(name))


def _language(name: str) -> str:
    return "" if name.lower() in _OTHER else language_of(name)


def is_header(cells: Iterable[str]) -> bool:
    """True where a first row names columns: every cell is a known name but one; or several texts
    are named and every other cell could be a name.
    """
    names = [cell.strip() for cell in cells]
    filled = [name for name in names if name]
    texts = [name.lower() for name in filled if is_text(name)]
    known = [
        name
        for name in filled
        if is_text(name)
        or name.lower() in _OTHER
        or _ABOUT.fullmatch(name)
        or _LANG.fullmatch(name.lower())
        or _DOTTED.fullmatch(name)
    ]
    if known and len(known) >= len(filled) - 1:
        return len(known) > 1 or len(filled) == 1 or bool(_language(names[0]))
    others = [name for name in filled if name not in known]
    return (
        len(set(texts)) > 1
        and len(set(filled)) == len(filled)
        and all(_PLAIN_NAME.fullmatch(name) for name in others)
    )


def text_columns(names: Sequence[str], rows: Sequence[Sequence[str]], *, named: bool) -> list[int]:
    """Numbers of the columns that are texts, by their names or by what `rows`, the first of the
    table, hold.
    """
    if named:
        texts = [n for n, name in enumerate(names) if is_text(name)]
        if len(texts) == 1:  # Indonesian and Norwegian look like other columns
            words = [
                sum(" " in cells[n].strip() for cells in rows if len(cells) > n)
                for n in range(len(names))
            ]
            texts += [
                n
                for n, name in enumerate(names)
                if name.lower() in CODES & _OTHER and 2 * words[n] > len(rows)
            ]
            texts.sort()
        if texts:
            return texts
    counts = [0] * len(names)
    for cells in rows:
        for n, cell in enumerate(cells):
            counts[n] += any(character.isalpha() for character in cell)
    return [n for n, count in enumerate(counts) if 2 * count >= len(rows) and count]


class Columns:
    """The columns of one table, by their place."""

    def __init__(self, names: Sequence[str], rows: Sequence[Sequence[str]], *, named: bool) -> None:
        """`names` as in its first row (`named`), else ""; `rows`: the first of the table."""
        self.names = list(names)
        self.texts = text_columns(names, rows, named=named)
        self.meanings = [
            text_meaning(name)
            if n in self.texts
            else meaning_of(name)
            if name.strip()
            else Meaning("property", f"column {n + 1}")
            for n, name in enumerate(names)
        ]
        if any(meaning.what == "ids" for meaning in self.meanings):
            # our own tables number their rows
            self.meanings = [
                m._replace(what="number") if m.what == "id" and m.name.lower() != "unit_id" else m
                for m in self.meanings
            ]
            self._name_languages(rows)

    def _name_languages(self, rows: Sequence[Sequence[str]]) -> None:
        """The languages of our own tables stand in their ids: of texts without one, the first."""
        for n in self.texts:
            meaning = self.meanings[n]
            ids = [i for i, m in enumerate(self.meanings) if m[:2] == ("ids", meaning.name.lower())]
            cells = [cells[i] for i in ids[:1] for cells in rows if len(cells) > i and cells[i]]
            if not meaning.key and cells:
                self.meanings[n] = meaning._replace(key=_language_of_id(cells[0]))

    @property
    def languages(self) -> list[str]:
        """Of each text, "" where it is not known."""
        return [self.meanings[n].key for n in self.texts]

    def unit(self, cells: Sequence[str], number: int) -> Unit:
        """The unit of a row, the `number`th."""
        for n in range(len(self.meanings), len(cells)):  # a row that is longer than all before
            self.names.append("")
            self.meanings.append(Meaning("property", f"column {n + 1}"))
        return unit_of(zip(self.meanings, cells, strict=False), number, FORM, len(self.texts))

    def header(self) -> Header:
        """The columns as `attributes` of a header: name, and `text` for those that are texts."""
        return Header(
            FORM,
            attributes=tuple(
                (name, "text" if n in self.texts else "") for n, name in enumerate(self.names)
            ),
        )


def unit_of(cells: Iterable[tuple[Meaning, str]], number: int, form: str, texts: int = 0) -> Unit:
    """The unit whose columns hold these values, "" for none. `texts`: how many texts the table has;
    empty ones of three or more are no variants.
    """
    row = _Row(number)
    for meaning, value in cells:
        if meaning.what == "text":
            row.texts.append((meaning, value))
        elif value:
            row.take(meaning, value)
    return row.unit(form, texts)


def field_of(what: str, value: str) -> dict[str, Any]:
    """The value as that of a field of `Unit`, by its name there; {} where it cannot be one."""
    bare = value.strip()
    match what:
        case "id" | "document" | "context" | "before" | "after" | "speaker":
            return {what: value}
        case "comment":
            return {what: bare}
        case "form":
            return {what: "" if bare == "none" else bare}
        case "number" if (number := whole_number(bare)) is not None:
            return {what: number}
        case "type" if _KIND.fullmatch(bare):
            return {"kind": bare}
        case "confidence" | "quality" if (probability := share(bare)) is not None:
            return {what: probability}
        case "status" if bare in STATUSES:
            return {what: bare}
        case "kind" if bare in PARAGRAPH_KINDS:
            return {"role": bare}
        case "label":
            return {"labels": _labels(value)}
        case "joins":
            return {what: bare.lower() in ("yes", "true", "1")}
        case "languages":
            return {what: bare.split()}
    return {}


def share(value: str) -> float | None:
    """A number from 0 to 1, as a table has it; None for what is none."""
    if not _SHARE.fullmatch(value.strip()):
        return None
    number = float(value)
    return number if number <= 1 else None


def header_meanings(header: Header) -> list[tuple[str, Meaning]]:
    """The columns that `Columns.header` kept, with what they are."""
    return [
        (
            name,
            text_meaning(name)
            if role == "text"
            else meaning_of(name)
            if name
            else Meaning("property", f"column {number}"),
        )
        for number, (name, role) in enumerate(header.attributes, start=1)
    ]


def usual_kind(variants: Sequence[Variant], *, first: bool) -> str:
    """The kind of a unit of which nobody says it; `first`: the first text of the table is in it."""
    counts = [len(variant.lengths) or 1 for variant in variants if variant.text]
    if len(counts) > 1:
        return "-".join(map(str, counts))
    count = counts[0] if counts else 0
    return f"{count}-0" if first else f"0-{count}"


class _Row:
    """The values of one row on their way into a unit."""

    def __init__(self, number: int) -> None:
        self.texts: list[tuple[Meaning, str]] = []
        self._fields: dict[str, Any] = {"number": number}
        self._lists: dict[str, list[Any]] = {}
        self._about: dict[tuple[str, str], str] = {}
        self._metadata: dict[str, str] = {}
        self._score = ""
        self._unused: dict[tuple[str, str], str] = {}  # columns that name a language: their names

    def take(self, meaning: Meaning, value: str) -> None:
        """A value that is no text; a property where it does not fit its column."""
        what, key, name = meaning
        if what in ("property", "attributes"):
            self._lists.setdefault(what, []).append((key, value))
        elif what in ("lengths", "ids", "lang"):
            self._about[what, key] = value
            if what == "lang":
                self._unused[what, key] = name
        elif what == "metadata":
            self._metadata[key] = value
        elif what in ("note", "one label"):
            self._lists.setdefault(what, []).append(value)
        elif what == "score":
            self._score = value
            self._lists.setdefault("property", []).append((name, value))
        elif what != "escaped":
            if fields := field_of(what, value):
                self._fields |= fields
            else:
                self._lists.setdefault("property", []).append((name, value))

    def unit(self, form: str, texts: int) -> Unit:
        """What the row says."""
        variants = [self._variant(meaning, text) for meaning, text in self.texts]
        first = bool(variants) and bool(variants[0].text.strip())
        if texts > 2:
            there = [variant for variant in variants if variant.text.strip()]
            empty = [variant for variant in variants if not variant.text.strip()]
            keep = {id(variant) for variant in (*there, *empty[: max(0, 2 - len(there))])}
            variants = [variant for variant in variants if id(variant) in keep]
        fields = self._fields
        order = fields.pop("languages", [])
        variants.sort(key=lambda v: order.index(v.lang) if v.lang in order else len(order))
        if "confidence" not in fields and (score := share(self._score)) is not None:
            fields["confidence"] = score
        fields.setdefault("kind", usual_kind(variants, first=first))
        if labels := self._lists.get("one label"):
            fields["labels"] = tuple(labels)
        properties = tuple(self._lists.get("property", ()))
        properties += tuple((name, self._about[key]) for key, name in self._unused.items())
        attributes = tuple(self._lists.get("attributes", ()))
        notes = tuple(self._lists.get("note", ()))
        if properties or attributes or notes or "id" in fields or "context" in fields:
            fields.setdefault("form", form)
        return Unit(
            tuple(variants),
            metadata=self._metadata,
            attributes=attributes,
            properties=properties,
            notes=notes,
            **fields,
        )

    def _variant(self, meaning: Meaning, text: str) -> Variant:
        about, name = self._about, meaning.name.lower()
        lang = meaning.key
        if ids := about.get(("ids", name)):
            lang = _language_of_id(ids) or lang
        elif not lang and about:
            key = ("lang", _SIDES.get(name[:3], name[:6]))
            lang = canonical(about.get(key, ""))
            self._unused.pop(key, None)
        lengths = about.get(("lengths", name), "")
        return Variant(lang, text, lengths=Cell.of(text).parted(lengths).lengths if lengths else ())


def _language_of_id(ids: str) -> str:
    prefix = _ID.match(ids)
    lang = canonical(prefix[1]) if prefix else ""
    return "" if lang in ("und", "source", "target") else lang


def _labels(value: str) -> tuple[str, ...]:
    parts = re.split(r"(?<!\\);", value)
    return tuple(filter(None, (part.replace("\\;", ";").strip() for part in parts)))
