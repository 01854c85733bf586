"""Which mutants are looked at, against which tests, and what earlier runs found."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from _bench import ROOT
from _bench._mutations import Mutation, mutations

__all__ = [
    "KILLED",
    "SURVIVED",
    "TIMED_OUT",
    "UNTESTED",
    "Mutant",
    "Package",
    "State",
    "packages",
    "sample",
]

KILLED, SURVIVED, TIMED_OUT, UNTESTED = "killed", "survived", "timed out", "no test runs it"
# modules of the formats that read: by the beginning of their names, and in `common`
_READING = ("read", "stream", "validate", "segments", "roots", "raw", "outside", "its_tables")
_READING_COMMON = ("columns", "from_units", "links", "sentences", "sides", "tiling")
_ENGINE_TESTS = (
    "tests/unit/engine/**/test_*.py",
    *(f"tests/property/test_{name}.py" for name in ("corrections", "explain", "large_beads")),
    *(f"tests/property/test_{name}.py" for name in ("lattice", "pins", "readings", "stretches")),
    "tests/unit/workflows/test_weighing.py",
)
_WRITING_TESTS = (
    "tests/unit/formats/**/test_*.py",
    "tests/contract/test_writers.py",
    "tests/contract/test_units.py",
    "tests/property/test_converting.py",
    "tests/property/test_exporting_*.py",
    "tests/property/test_units_round_trip.py",
    "tests/property/test_words_kept.py",
    "tests/unit/corpus/test_tools.py",
    "tests/unit/corpus/wordlinks/test_link.py",
    # drafts that a memory puts into files
    "tests/unit/documents/test_filling.py",
    "tests/unit/memory/test_filling.py",
    "tests/unit/memory/test_units.py",
)
_ENGINE = ("lattice", "decoding", "features")


@dataclass(frozen=True, slots=True)
class Package:
    """A package of `aligner`, its modules to change and the tests that are its own."""

    name: str
    modules: tuple[str, ...]
    tests: tuple[str, ...]


def packages() -> list[Package]:
    """Which tests belong to a package is said here and nowhere else."""
    made = [
        Package(f"engine.{name}", _modules(f"aligner/engine/{name}"), _files(_ENGINE_TESTS))
        for name in _ENGINE
    ]
    tests = _files(_WRITING_TESTS)
    for folder in sorted((ROOT / "aligner" / "formats").iterdir()):
        if folder.is_dir() and folder.name not in ("validation", "__pycache__"):
            reading = (*_READING, *(_READING_COMMON if folder.name == "common" else ()))
            modules = _modules(f"aligner/formats/{folder.name}", reading)
            made.append(Package(f"formats.{folder.name}", modules, tests))
    return made


def _modules(folder: str, without: tuple[str, ...] = ()) -> tuple[str, ...]:
    found = (path.relative_to(ROOT).as_posix() for path in sorted((ROOT / folder).glob("*.py")))
    return tuple(name for name in found if not Path(name).stem.startswith(("__init__", *without)))


def _files(patterns: Sequence[str]) -> tuple[str, ...]:
    found = {path for pattern in patterns for path in ROOT.glob(pattern)}
    return tuple(sorted(path.relative_to(ROOT).as_posix() for path in found))


@dataclass(frozen=True, slots=True)
class Mutant:
    module: str
    package: Package
    mutation: Mutation


def sample(chosen: Sequence[Package], size: int, seed: int) -> list[Mutant]:
    """So many mutants, of each module in proportion to its own, or all where there are fewer."""
    every = {
        module: [
            Mutant(module, package, one) for one in mutations((ROOT / module).read_text("utf-8"))
        ]
        for package in chosen
        for module in package.modules
    }
    total = sum(map(len, every.values()))
    size = min(size, total)
    shares = {module: len(found) * size / total for module, found in every.items()}
    counts = {module: int(share) for module, share in shares.items()}
    rest = size - sum(counts.values())
    for module in sorted(shares, key=lambda m: (counts[m] - shares[m], m))[:rest]:
        counts[module] += 1
    made: list[Mutant] = []
    for module, found in every.items():
        # a module's choice is its own: a change elsewhere does not draw it anew
        chance = random.Random(f"{seed} {module}")
        chance.shuffle(found)  # a larger sample holds a smaller one
        made += sorted(found[: counts[module]], key=lambda one: one.mutation.index)
    return made


class State:
    """What earlier runs found, in a folder; a line of JSON each.

    What survived tests of so many `seconds` stands for no more than these.
    """

    def __init__(self, folder: Path, *, fresh: bool, seconds: float) -> None:
        if fresh:
            shutil.rmtree(folder, ignore_errors=True)
        self.folder = folder
        self._seconds = seconds
        folder.mkdir(parents=True, exist_ok=True)
        self._file = folder / "results.jsonl"
        self._hashes: dict[str, str] = {}
        self._found: dict[str, dict[str, Any]] = {}
        self.read()

    def read(self) -> None:
        if self._file.exists():
            for line in self._file.read_text(encoding="utf-8").splitlines():
                one = json.loads(line)
                self._found[one["key"]] = one

    def digest(self, *files: str) -> str:
        """Of the contents of some files."""
        for name in files:
            if name not in self._hashes:
                data = (ROOT / name).read_bytes() if (ROOT / name).exists() else b""
                self._hashes[name] = hashlib.sha256(data).hexdigest()
        return hashlib.sha256("".join(self._hashes[name] for name in files).encode()).hexdigest()

    def _key(self, mutant: Mutant) -> str:
        one = mutant.mutation
        place = f"{one.line}:{one.column} {one.kind} {one.before} {one.after}"
        return f"{mutant.module} {self.digest(mutant.module)[:16]} {place}"

    def _tests(self, mutant: Mutant, result: str, by: str) -> str:
        if result == KILLED and "::" in by:
            return self.digest(by.split("::", maxsplit=1)[0])
        return self.digest(*mutant.package.tests)

    def result(self, mutant: Mutant) -> tuple[str, str] | None:
        """The result and the test that killed."""
        one = self._found.get(self._key(mutant))
        if one is None or one["tests"] != self._tests(mutant, one["result"], one["by"]):
            return None
        if one["result"] == SURVIVED and one["seconds"] < self._seconds:
            return None
        return one["result"], one["by"]

    def keep(self, mutant: Mutant, result: str, by: str) -> None:
        one: dict[str, Any] = {"key": self._key(mutant), "result": result, "by": by}
        one |= {"tests": self._tests(mutant, result, by), "seconds": self._seconds}
        self._found[one["key"]] = one
        with self._file.open("a", encoding="utf-8") as out:
            out.write(json.dumps(one) + "\n")
