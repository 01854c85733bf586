"""Jobs: a pair of texts each, under names that are file names."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from aligner.model import UsageError, address_of
from aligner.runtime.places import is_absolute, seen_from, stem_of

__all__ = ["Job", "named", "same_tag", "shard_of", "without_part"]

_UNSAFE = re.compile(r"[^\w.-]+")
_LONGEST = 120  # characters of an id: file systems take 255 bytes


@dataclass(frozen=True, slots=True)
class Job:
    """One pair. `source` and `target` are paths as the user wrote them; `folder` is what they are
    relative to. `id` is a file name, unique in the run. Languages are BCP 47 or "" to be detected.
    `source_known` and `target_known`: what is known of the texts (url, licence, domain ...).
    `include`: parts of these two files that are text besides (`ReadOptions`).
    """

    id: str
    source: str
    target: str
    folder: str = ""
    source_lang: str = ""
    target_lang: str = ""
    source_known: tuple[tuple[str, str], ...] = ()
    target_known: tuple[tuple[str, str], ...] = ()
    include: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, str]:
        """Where the two texts lie: files, members of archives (`book.zip:ch1.html`), addresses."""
        source, target = (_joined(self.folder, one) for one in (self.source, self.target))
        return source, target


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
        path = PurePath(_own_part(job))
        parts = [part for part in path.parts[:-1] if part not in ("..", ".", path.anchor)]
        stem = stem_of(path.name).split(".")
        own = [part for part in stem[1:] if same_tag(part, job.source_lang)]
        base = _safe(".".join([*parts, without_part(stem, own[-1] if own else "")]))
        one, count = base, 1
        while one in taken:
            count += 1
            one = f"{base}-{count}"
        taken.add(one)
        out.append(replace(job, id=one))
    return out


def _own_part(job: Job) -> str:
    """What of the source's name makes the pair's: of an address what follows the bucket."""
    source = _joined("", job.source)
    if address := address_of(source):
        return address.partition("://")[2].partition("/")[2]
    return seen_from(source, job.folder) if is_absolute(source) else source


def _joined(folder: str, name: str) -> str:
    if address := address_of(name):  # a way leads from a corpus to files of this machine
        return address.removeprefix("file://")
    if address := address_of(folder):
        while name.startswith(("../", "./")):  # keys of objects know no way up
            up, _, name = name.partition("/")
            address = address.rpartition("/")[0] if up == ".." else address
        return f"{address}/{name}"
    # no Path: of the address of a web page in an archive it would make another
    return os.path.join(folder, name)  # noqa: PTH118


def shard_of(identifier: str, count: int) -> int:
    """Which of `count` shards (1 ... count) a pair belongs to: by its id alone, so that a pair
    stays in its shard when the manifest grows.
    """
    digest = hashlib.blake2b(identifier.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big") % count + 1


def same_tag(one: str, other: str) -> bool:
    """Whether two language tags in names are equal."""
    return one.replace("_", "-").lower() == other.replace("_", "-").lower()


def without_part(parts: Sequence[str], part: str) -> str:
    """The parts of a file name joined, without the last that is `part`; the first always stays."""
    for at in range(len(parts) - 1, 0, -1):
        if parts[at] == part:
            return ".".join([*parts[:at], *parts[at + 1 :]])
    return ".".join(parts)


def _safe(text: str) -> str:
    text = unicodedata.normalize("NFC", text)
    clean = _UNSAFE.sub("_", text).strip(".") or "pair"
    if len(clean.encode()) <= _LONGEST:
        return clean
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
    return clean.encode()[: _LONGEST - 13].decode("utf-8", "ignore") + "-" + digest
