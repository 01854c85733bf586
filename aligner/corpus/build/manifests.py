"""Manifests: which text goes with which.

Three notations, told apart by the suffix:

- .tsv   `source TAB target [TAB more]`, a pair a line. A first line that names columns is a header
         (`src` and `tgt` do too); without one further columns are not looked at, so what `aligner
         corpus pair` prints is a manifest. `#` starts a comment line, a target of `-` says that the
         text has no partner: the line is passed over.
- .jsonl an object a line
- .toml  `[[pair]]` tables; keys before the first table hold for all pairs

Columns and keys: source, target, source_lang, target_lang, id, include (parts of DOCX, ODT and RTF
files that are text too, with commas between: headers, comments), and what is known of the texts: url,
licence, domain, date, author, title, translator, outlet, description, each also for one of the
texts (source_url, target_author). A column of a table with another name is told, not read; another
key is an error.

Paths are relative to the manifest's folder.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from aligner.corpus.build.jobs import Job, named
from aligner.model import INCLUDED, Malformed, UsageError
from aligner.text.notation import json_of, toml_of

__all__ = ["Manifest", "parse_manifest"]

_KEYS = ("source", "target", "source_lang", "target_lang", "id", "include")
_KNOWN = (
    *("url", "licence", "domain", "date", "author", "title"),
    *("translator", "outlet", "description"),
)
_SIDES = ("source", "target")
_ALIASES = {
    "src": "source",
    "tgt": "target",
    "trg": "target",
    "src_lang": "source_lang",
    "tgt_lang": "target_lang",
    "trg_lang": "target_lang",
    "license": "licence",
    "source_license": "source_licence",
    "target_license": "target_licence",
}
_NAMES = frozenset([*_KEYS, *_KNOWN, *(f"{side}_{key}" for side in _SIDES for key in _KNOWN)])
_NONE = "-"


@dataclass(frozen=True, slots=True)
class Manifest:
    """The pairs that a manifest lists, each once; how many of its texts have no partner, how many of
    its rows only repeat one, and the names of columns that nobody knows.
    """

    jobs: list[Job]
    alone: int
    twice: int
    unknown: tuple[str, ...]


def parse_manifest(text: str, name: str) -> Manifest:
    """What the manifest `name` says.

    Raises Malformed, with the line, for a row that is no pair; UsageError for another suffix, a
    manifest without pairs, or an id that comes twice.
    """
    suffix = PurePath(name).suffix.lower()
    rows = {".tsv": _tsv, ".jsonl": _jsonl, ".toml": _toml}.get(suffix)
    if rows is None:
        raise UsageError(
            f"a manifest is .tsv, .jsonl or .toml, not {suffix or 'without suffix'}",
            context=name,
        )
    folder = str(PurePath(name).parent)
    jobs: dict[tuple[str, ...], Job] = {}
    unknown: dict[str, None] = {}
    alone = twice = 0
    for line, row in rows(text, name):
        for key in _SIDES:
            if not row.get(key):
                raise Malformed(f"there is no {key}", context=name, line=line)
            if not _is_name(row[key]):
                raise Malformed(f"{key} {row[key]!r} is no file name", context=name, line=line)
        unknown |= dict.fromkeys(key for key in row if key not in _NAMES)
        if _NONE in (row["source"], row["target"]):
            alone += 1
            continue
        job = Job(
            row.get("id", ""),
            row["source"],
            row["target"],
            folder,
            row.get("source_lang", ""),
            row.get("target_lang", ""),
            _known_of(row, "source"),
            _known_of(row, "target"),
            _include_of(row, name, line),
        )
        same = tuple(
            unicodedata.normalize("NFC", one)
            for one in (job.id, job.source, job.target, job.source_lang, job.target_lang)
        )
        twice += same in jobs
        jobs.setdefault(same, job)
    if not jobs:
        raise UsageError("there is no pair in the manifest", context=name)
    return Manifest(named(list(jobs.values()), name), alone, twice, tuple(unknown))


def _known_of(row: Mapping[str, str], side: str) -> tuple[tuple[str, str], ...]:
    """What a row says about one of its texts: what it says of this one, else of both."""
    values = ((key, row.get(f"{side}_{key}") or row.get(key, "")) for key in _KNOWN)
    return tuple((key, value) for key, value in values if value)


def _include_of(row: Mapping[str, str], name: str, line: int) -> tuple[str, ...]:
    """What of a pair's files is text besides."""
    wanted = {one.strip() for one in row.get("include", "").split(",") if one.strip()}
    for one in sorted(wanted - set(INCLUDED)):
        raise Malformed(
            f"include cannot be {one!r}",
            context=name,
            line=line,
            hint=f"known: {', '.join(INCLUDED)}",
        )
    return tuple(sorted(wanted))


def _is_name(text: str) -> bool:
    """Whether a file of this system can be called so."""
    try:
        return b"\0" not in os.fsencode(text)
    except UnicodeEncodeError:
        return False


def _key(name: str) -> str:
    """A column's name as we know it."""
    plain = name.strip().lower()
    plain = _ALIASES.get(plain, plain)
    return plain if plain in _NAMES else name


def _tsv(text: str, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    columns: Sequence[str] | None = None
    for line, row in enumerate(text.split("\n"), start=1):
        cells = [cell.strip() for cell in row.removesuffix("\r").split("\t")]
        if not any(cells) or cells[0].startswith("#"):
            continue
        if columns is None:
            keys = [_key(cell) for cell in cells]
            if set(_SIDES) <= set(keys):
                columns = keys
                _each_once(keys, name, line)
                continue
            columns = _SIDES
        if len(cells) < 2:
            raise Malformed(
                "not a pair: source and target are parted by a tab", context=name, line=line
            )
        yield line, {key: cell for key, cell in zip(columns, cells, strict=False) if key and cell}


def _each_once(keys: Sequence[str], name: str, line: int) -> None:
    for key in keys:
        if key and keys.count(key) > 1:
            raise Malformed(f"the column {key} comes twice", context=name, line=line)


def _jsonl(text: str, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    for line, row in enumerate(text.split("\n"), start=1):
        if not row.strip():
            continue
        yield line, _strings(json_of(row, name, line), name, line)


def _toml(text: str, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    whole = toml_of(text, name)
    pairs = whole.pop("pair", [])
    common = _strings(whole, name, 0)
    if not isinstance(pairs, list):
        raise Malformed("pairs are [[pair]] tables", context=name)
    for number, pair in enumerate(pairs, start=1):
        yield 0, {**common, **_strings(pair, f"{name}, pair {number}", 0)}


def _strings(value: Any, name: str, line: int) -> dict[str, str]:
    if not isinstance(value, Mapping):
        raise Malformed("not an object with source and target", context=name, line=line)
    row = {}
    for given, one in value.items():
        key = _ALIASES.get(given, given)
        if key not in _NAMES:
            raise Malformed(
                f"{given!r} is not known",
                context=name,
                line=line,
                hint=f"known: {', '.join((*_KEYS, *_KNOWN))}, and source_url, target_url ...",
            )
        if not isinstance(one, str):
            raise Malformed(f"{given} is not a string", context=name, line=line)
        if key in row:
            raise Malformed(f"{key} comes twice", context=name, line=line)
        row[key] = one
    return row
