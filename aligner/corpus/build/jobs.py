"""Manifests: which text goes with which.

Three notations, told apart by the suffix:

- .tsv   `source TAB target [TAB more]`, a pair a line. A first line that names columns (source,
         target, source_lang, target_lang, id) is a header; without one further columns are not
         looked at, so what `aligner corpus pair` prints is a manifest. `#` starts a comment line,
         a target of `-` says that the text has no partner: the line is passed over.
- .jsonl an object a line with the keys source, target, source_lang, target_lang, id
- .toml  `[[pair]]` tables with these keys; source_lang and target_lang before the first table
         hold for all pairs

Paths are relative to the manifest's folder.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any

from aligner.model import Malformed, UsageError
from aligner.runtime.places import is_absolute, seen_from
from aligner.text.notation import json_of, toml_of

__all__ = ["Job", "named", "parse_manifest", "shard_of"]

_KEYS = ("source", "target", "source_lang", "target_lang", "id")
_UNSAFE = re.compile(r"[^\w.-]+")
_NONE = "-"
_LONGEST = 120  # characters of an id: file systems take 255 bytes


@dataclass(frozen=True, slots=True)
class Job:
    """One pair. `source` and `target` are paths as the user wrote them; `folder` is what they are
    relative to. `id` is a file name, unique in the run. Languages are BCP 47 or "" to be detected.
    """

    id: str
    source: str
    target: str
    folder: str = ""
    source_lang: str = ""
    target_lang: str = ""

    @property
    def names(self) -> tuple[str, str]:
        """Where the two texts lie: files, or members of archives (`book.zip:ch1.html`)."""
        # no Path: of the address of a web page in an archive it would make another
        source, target = (os.path.join(self.folder, one) for one in (self.source, self.target))  # noqa: PTH118
        return source, target


def parse_manifest(text: str, name: str) -> tuple[list[Job], int, int]:
    """The pairs that a manifest lists, each once, how many of its texts have no partner, and how many
    of its rows only repeat one.

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
    jobs: dict[Job, None] = {}
    alone = twice = 0
    for line, row in rows(text, name):
        for key in ("source", "target"):
            if not row.get(key):
                raise Malformed(f"there is no {key}", context=name, line=line)
            if not _is_name(row[key]):
                raise Malformed(f"{key} {row[key]!r} is no file name", context=name, line=line)
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
        )
        twice += job in jobs
        jobs[job] = None
    if not jobs:
        raise UsageError("there is no pair in the manifest", context=name)
    return named(list(jobs), name), alone, twice


def _is_name(text: str) -> bool:
    """Whether a file of this system can be called so."""
    try:
        return b"\0" not in os.fsencode(text)
    except UnicodeEncodeError:
        return False


def named(jobs: Sequence[Job], name: str) -> list[Job]:
    """The jobs with ids that are file names, each once; made from the source's path where absent.

    Raises UsageError where the user gave one id twice.
    """
    given = [job.id for job in jobs if job.id]
    if len(set(given)) < len(given):
        twice = next(g for g in given if given.count(g) > 1)
        raise UsageError(f"the id {twice!r} comes twice", context=name)
    for one in given:
        if _safe(one) != one:
            raise UsageError(
                f"the id {one!r} is no file name",
                context=name,
                hint="letters, digits, . _ - and at most 120 of them",
            )
    taken = set(given)
    out = []
    for job in jobs:
        if job.id:
            out.append(job)
            continue
        path = PurePath(
            seen_from(job.source, job.folder) if is_absolute(job.source) else job.source
        )
        parts = [part for part in path.parts[:-1] if part not in ("..", ".", path.anchor)]
        base = _safe(".".join([*parts, path.name.split(".")[0] or path.name]))
        one, count = base, 1
        while one in taken:
            count += 1
            one = f"{base}-{count}"
        taken.add(one)
        out.append(replace(job, id=one))
    return out


def shard_of(identifier: str, count: int) -> int:
    """Which of `count` shards (1 ... count) a pair belongs to: by its id alone, so that a pair
    stays in its shard when the manifest grows.
    """
    digest = hashlib.blake2b(identifier.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") % count + 1


def _safe(text: str) -> str:
    clean = _UNSAFE.sub("_", text).strip(".") or "pair"
    if len(clean.encode()) <= _LONGEST:
        return clean
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
    return clean.encode()[: _LONGEST - 13].decode("utf-8", "ignore") + "-" + digest


def _tsv(text: str, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    columns: Sequence[str] | None = None
    for line, row in enumerate(text.split("\n"), start=1):
        cells = [cell.strip() for cell in row.removesuffix("\r").split("\t")]
        if not any(cells) or cells[0].startswith("#"):
            continue
        if columns is None:
            if {"source", "target"} <= set(cells):
                columns = cells
                continue
            columns = ("source", "target")
        if len(cells) < 2:
            raise Malformed(
                "not a pair: source and target are parted by a tab", context=name, line=line
            )
        yield line, dict(zip(columns, cells, strict=False))


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
    for key, one in value.items():
        if key not in _KEYS:
            raise Malformed(
                f"{key!r} is not known",
                context=name,
                line=line,
                hint=f"known: {', '.join(_KEYS)}",
            )
        if not isinstance(one, str):
            raise Malformed(f"{key} is not a string", context=name, line=line)
    return dict(value)
