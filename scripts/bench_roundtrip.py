#!/usr/bin/env python3
"""Files of units that other programs wrote, read and written again: TMX, XLIFF 1 and 2, PO.

    scripts/bench roundtrip DIR [MORE] [--commands] [--list N] [--only KIND]

For every file in the folders:

read      every text is in our units as lxml reads it (TMX, XLIFF: sources and targets with their
          codes, notes and properties) or polib (PO), and every word that translate-toolkit reads;
          what others refuse is counted apart, what only we refuse is a failure
same      written in its own format and read again the units and the header are equal
others    written as TMX, JSONL and the other XLIFF every difference is among the losses that
          `convert` lists
commands  with --commands: convert, validate, read, segment and memory import end with 0, 1 or one
          sentence and 2

Prints a table, and for each failing file what differs.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from _roundtrip.commands import failing_commands
from _roundtrip.others import of_lxml, of_polib, of_toolkit, said, shown, words
from _roundtrip.trips import differences, read, trip

from aligner.files.archives import gunzip
from aligner.formats.po.write_units import SOURCELESS
from aligner.formats.tmx.tu import EMPTY
from aligner.formats.tmx.write import ALONE
from aligner.model import AlignerError, Header, Unit

KINDS = {
    "tmx": (".tmx", ".tmx.gz"),
    "po": (".po", ".pot"),
    "xliff": (".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff", ".txlf", ".xlf2", ".xliff2"),
}
# what a unit's file becomes: format, suffix, the format that reads it
OTHERS = {
    "tmx": [("jsonl", ".jsonl", "jsonl"), ("xliff", ".xlf", "xliff"), ("po", ".po", "po")],
    "xliff": [("tmx", ".tmx", "tmx"), ("jsonl", ".jsonl", "jsonl"), ("xliff2", ".xliff2", "xliff")],
    "xliff2": [("tmx", ".tmx", "tmx"), ("jsonl", ".jsonl", "jsonl"), ("xliff", ".xlf", "xliff")],
    "po": [("tmx", ".tmx", "tmx"), ("jsonl", ".jsonl", "jsonl"), ("xliff", ".xlf", "xliff")],
}
SUFFIXES = {"tmx": ".tmx", "xliff": ".xlf", "xliff2": ".xliff2", "po": ".po"}
# what writers say of units that they leave out
LEFT = (ALONE, EMPTY, SOURCELESS)
# what a TMX header must say: added where a file left it out
REQUIRED = frozenset(
    ["creationtool", "creationtoolversion", "segtype", "o-tmf", "adminlang", "srclang", "datatype"]
)


@dataclass(slots=True)
class Sums:
    """Of all files of one kind: counts by what they count, and what fails, by file."""

    counts: Counter[str] = field(default_factory=Counter)
    failures: list[tuple[str, str]] = field(default_factory=list)

    def fail(self, path: Path, check: str, what: str) -> None:
        self.counts[f"failing: {check}"] += 1
        self.failures.append((path.name, f"{check}: {what}"))


def files(folders: list[Path]) -> Iterator[tuple[str, Path]]:
    """All files, with their kinds."""
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            for kind, suffixes in KINDS.items():
                if path.is_file() and path.name.lower().endswith(suffixes):
                    yield kind, path


def one(path: Path, kind: str, sums: Sums) -> None:
    """All checks of one file."""
    data = path.read_bytes()
    data = gunzip(data, str(path)) if data.startswith(b"\x1f\x8b") else data
    sums.counts["files"] += 1
    seen = of_lxml(data, kind) if kind != "po" else None
    listed = of_polib(path) if kind == "po" else None
    try:
        units, header, dropped = read(data, path.name, kind)
    except AlignerError as error:
        sums.counts["refused with a sentence"] += 1
        grows = b"<!ENTITY" in data  # beyond the bounds of `files.xml`: refusing is right
        refused = kind == "po" and is_refused(path)
        if not (grows or refused) and (listed or (seen and any(map(any, seen.values())))):
            sums.fail(path, "read", f"others read it, we say: {error}")
        return
    sums.counts["units"] += len(units)
    sums.counts.update(f"not taken: {what}" for what in dropped.elements())
    lacking = unread(data, path, kind, (units, header), sums)
    if lacking:
        sums.fail(path, "read", f"not read: {lacking}")
    own = header.form if header.form in SUFFIXES else kind
    try:
        came = trip(units, header, own, SUFFIXES[own], kind)
    except AlignerError as error:
        sums.fail(path, "same", f"what we write is refused: {error}")
        return
    if seen is None and kind != "po":
        # not well-formed for lxml: a prefix that nobody declares is no element in what we write
        came.header = header
        if all(not list(differences(*pair)) for pair in zip(units, came.units, strict=True)):
            return
    if came.units != units or without_required(came.header, header) != header:
        pairs = zip(units, came.units, strict=False)
        other = next((pair for pair in pairs if pair[0] != pair[1]), None)
        what = other or ((header, came.header) if len(units) == len(came.units) else "")
        sums.fail(path, "same", f"{len(units)} -> {len(came.units)} units, {shown_pair(what)}")
    for target, suffix, reader in OTHERS[own] if units else ():
        for problem in untold(units, header, target, suffix, reader):
            sums.fail(path, f"to {target}", problem)


def is_refused(path: Path) -> bool:
    """Whether gettext itself refuses a catalogue, where it is installed."""
    program = shutil.which("msgfmt")
    command = [program or "", "-o", "/dev/null", str(path)]
    return bool(program) and bool(
        subprocess.run(command, check=False, capture_output=True).returncode
    )


def unread(data: bytes, path: Path, kind: str, ours: tuple[list[Unit], Header], sums: Sums) -> str:
    """Words that others read and we do not, and where from; "" for none."""
    units, header = ours
    texts, rest = shown(units), said(units, header)
    sums.counts["words"] += sum(texts.values())
    problems = []
    seen = of_lxml(data, kind) if kind != "po" else None
    if seen is None and kind != "po":
        sums.counts["refused by lxml"] += 1
    for name, there in (seen or {}).items():
        # proposals and glossaries hold sources and targets too: they are kept with the unit
        missing = words(there) - (texts + rest)
        if missing:
            problems.append(f"<{name}> {missing.most_common(4)}")
    listed = of_polib(path) if kind == "po" else None
    if listed is None and kind == "po":
        sums.counts["refused by polib"] += 1
    others = of_toolkit(data, kind)
    if others is None:
        sums.counts["refused by translate-toolkit"] += 1
    for name, found in (("polib", listed), ("translate-toolkit", others)):
        missing = words(found or []) - (texts + rest)
        if missing:
            problems.append(f"{name} {missing.most_common(4)}")
    return "; ".join(problems)


def untold(
    units: list[Unit], header: Header, target: str, suffix: str, reader: str
) -> Iterator[str]:
    """What became another one in a format and is in no list of losses."""
    try:
        came = trip(units, header, target, suffix, reader)
    except AlignerError as error:
        yield f"not written: {error}"
        return
    wanted, back = list(comparable(units, target)), list(comparable(came.units, target))
    langs = {_target(unit) for unit in wanted}
    if target in ("xliff", "xliff2", "po") and len(langs - {""}) > 1:
        # further targets stand in further files
        wanted, back = sorted(wanted, key=_place), sorted(back, key=_place)
    if len(wanted) != len(back):
        left = sum(came.altered[reason] for reason in LEFT)
        if len(wanted) - len(back) != left:
            told = (*came.sentences, dict(came.altered))
            yield f"{len(wanted)} units became {len(back)}; told: {told}"
        return
    kinds: dict[str, tuple[Unit, Unit]] = {}
    for before, after in zip(wanted, back, strict=True):
        for key in differences(before, after):
            if key not in came.told:
                kinds.setdefault(key, (before, after))
    for key, pair in kinds.items():
        yield f"untold {key}: {shown_pair(pair)}"


def comparable(units: list[Unit], target: str) -> Iterator[Unit]:
    """The units that a format has units for: those of several targets are one a target in some."""
    for unit in units:
        if target in ("xliff", "xliff2", "po"):
            yield from unit.pairs()
        else:
            yield unit


def _target(unit: Unit) -> str:
    """The language that tells the files of a format apart that holds two."""
    return unit.target_lang if len(unit.variants) == 2 else ""


def _place(unit: Unit) -> tuple[str, str]:
    """An order for units that stand in several files."""
    return _target(unit), min("".join(variant.text.split()) for variant in unit.variants)


def without_required(found: Header, wanted: Header) -> Header:
    """A header without what was added because the standard asks for it, and with the charset that
    the file had: what we write is always UTF-8.
    """
    lacking = REQUIRED - {name for name, _ in wanted.attributes}
    if wanted.form == "po":
        charset = next((v for n, v in wanted.attributes if n == "Content-Type"), "")
        pairs = tuple((n, charset if n == "Content-Type" else v) for n, v in found.attributes)
        whole = dict(found.properties).get("msgstr", "")
        return wanted if "charset=UTF-8" in whole else replace(found, attributes=pairs)
    if wanted.form != "tmx":
        return found
    return replace(found, attributes=tuple(p for p in found.attributes if p[0] not in lacking))


def shown_pair(pair: object) -> str:
    """The fields of two units or headers that differ."""
    if not (isinstance(pair, tuple) and len(pair) == 2):
        return str(pair)
    left, right = pair
    if isinstance(left, Unit):
        fields = [
            f"{name} {a!r:.300} -> {b!r:.300}"
            for name, a, b in zip(left._fields, left, right, strict=True)
            if a != b
        ]
        return "; ".join(fields)
    return f"{left} -> {right}"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--commands", action="store_true", help="run the command line too")
    parser.add_argument("--list", type=int, default=600, help="characters of each failure")
    parser.add_argument("--only", choices=[*KINDS], help="files of one kind")
    options = parser.parse_args(arguments)
    table: dict[str, Sums] = defaultdict(Sums)
    for kind, path in files(options.folders):
        if options.only in (None, kind):
            one(path, kind, table[kind])
            if options.commands:
                table[kind].counts["commands run"] += 0
                for problem in failing_commands(path, kind, table[kind].counts):
                    table[kind].fail(path, "commands", problem)
    for kind, sums in table.items():
        for name, what in sums.failures:
            print(f"{kind} {name}: {what[: options.list]}")
    rows = sorted({name for sums in table.values() for name in sums.counts})
    print(f"\n| | {' | '.join(table)} |\n| --- |{' ---: |' * len(table)}")
    for row in rows:
        print(f"| {row} | {' | '.join(str(sums.counts[row]) for sums in table.values())} |")
    return 1 if any(sums.failures for sums in table.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
