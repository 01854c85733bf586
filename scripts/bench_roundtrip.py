"""Memories of other programs, read and written again: python scripts/bench_roundtrip.py DIR [MORE].

For every TMX in the folders: is each text of it read, character for character, as lxml reads it
(inline codes with their content at their places), and each word that translate-toolkit reads; and
does the file that is written of its units give the same units again? Files that lxml cannot parse
are counted apart; they must be one sentence here too. Prints what differs, then the sums.
"""

from __future__ import annotations

import io
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html import unescape
from pathlib import Path
from typing import Any

from lxml import etree

from aligner.files import StdoutSink
from aligner.files.archives import gunzip
from aligner.formats import WriteOptions
from aligner.formats.tmx.stream import stream
from aligner.formats.tmx.write import write_units
from aligner.model import AlignerError, Unit, UnitStream, Variant

_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"\w+")


@dataclass(slots=True)
class Sums:
    """Of all files."""

    counts: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)


class Memory(StdoutSink):
    """A file in memory."""

    def __init__(self) -> None:
        self.data = io.BytesIO()

    def name(self, suffix: str = "") -> str:
        return f"out.tmx{suffix}"

    def open(self, suffix: str = "") -> Any:
        del suffix
        from contextlib import nullcontext

        return nullcontext(self.data)


def whole(variant: Variant) -> str:
    """The text with what its codes hold, as a parser sees the content of `seg`."""
    pieces, at = [], 0
    for code in variant.codes:
        inside = unescape(_TAG.sub("", code.content)) if code.content else code.markup
        pieces += [variant.text[at : code.place], inside]
        at = code.place
    return "".join([*pieces, variant.text[at:]])


def of_lxml(data: bytes) -> list[list[str]]:
    """The content of every `seg`, by unit."""
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, remove_comments=True, remove_pis=True, huge_tree=True)  # fmt: skip
    root = etree.fromstring(data, parser)
    return [
        ["".join(map(str, seg.itertext())) for seg in tu.iterfind("{*}tuv/{*}seg")]
        for tu in root.iter("{*}tu")
    ]


def of_toolkit(data: bytes) -> Counter[str] | None:
    """The words that translate-toolkit reads; None where it refuses the file."""
    from translate.storage import tmx

    try:
        store: Any = tmx.tmxfile.parsestring(data)  # type: ignore[no-untyped-call, unused-ignore]
        texts = [text for unit in store.units for text in (unit.source, unit.target) if text]
    except Exception:  # noqa: BLE001 - another program's failure
        return None
    return Counter(word for text in texts for word in _WORD.findall(str(text)))


def kept(unit: Unit) -> Iterator[str]:
    """What a unit has besides texts."""
    yield from ("properties" for _ in unit.properties)
    yield from ("notes" for _ in unit.notes)
    yield from ("attributes" for _ in unit.attributes)
    for variant in unit.variants:
        yield from ("codes" for _ in variant.codes)
        yield from ("properties" for _ in variant.properties)
        yield from ("notes" for _ in variant.notes)
        yield from ("attributes" for _ in variant.attributes)


def one(path: Path, sums: Sums) -> None:
    data = path.read_bytes()
    data = gunzip(data, str(path)) if data.startswith(b"\x1f\x8b") else data
    try:
        seen = of_lxml(data)
    except (etree.XMLSyntaxError, ValueError):
        seen = None
    try:
        first = stream(io.BytesIO(data), path.name)
        units = list(first)
    except AlignerError as error:
        sums.counts["refused"] += 1
        if seen is not None and any(map(any, seen)):
            sums.problems.append(f"{path.name}: lxml reads it, we say: {error}")
        return
    sums.counts["files"] += 1
    sums.counts["units"] += len(units)
    texts = [sorted(map(whole, unit.variants)) for unit in units]
    ours = Counter(word for row in texts for text in row for word in _WORD.findall(text))
    sums.counts["words"] += sum(ours.values())
    sums.counts.update(what for unit in units for what in kept(unit))
    sums.counts.update(f"dropped: {what}" for what in first.dropped.elements())
    if seen is not None:
        there = [sorted("" if text.isspace() else text for text in row) for row in seen if row]
        if texts != there:
            other = next((p for p in zip(texts, there, strict=False) if p[0] != p[1]), None)
            sums.problems.append(f"{path.name}: other texts than lxml: {other}")
    words = of_toolkit(data)
    if words is None:
        sums.counts["refused by translate-toolkit"] += 1
    elif words - ours:
        sums.problems.append(f"{path.name}: not read: {dict((words - ours).most_common(5))}")
    sink = Memory()
    write_units(UnitStream(units, first.header), sink, WriteOptions())
    again = stream(io.BytesIO(sink.data.getvalue()), path.name)
    back = list(again)
    lacking = {
        "creationtool",
        "creationtoolversion",
        "segtype",
        "o-tmf",
        "adminlang",
        "srclang",
        "datatype",
    }
    lacking -= {name for name, _ in first.header.attributes}
    said = tuple(pair for pair in again.header.attributes if pair[0] not in lacking)
    if back != units or replace(again.header, attributes=said) != first.header:
        other_units = next((p for p in zip(units, back, strict=False) if p[0] != p[1]), None)
        sums.problems.append(f"{path.name}: other units after writing: {other_units}")
    else:
        sums.counts["files equal after writing"] += 1


def main(folders: list[str]) -> int:
    sums = Sums()
    for folder in folders:
        for path in sorted(Path(folder).rglob("*")):
            if path.name.lower().endswith((".tmx", ".tmx.gz")):
                one(path, sums)
    for problem in sums.problems:
        print(problem[:1000])
    for what, count in sums.counts.items():
        print(f"{count:>10} {what}")
    print(f"{len(sums.problems):>10} problems")
    return 1 if sums.problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
