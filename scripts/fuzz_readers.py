#!/usr/bin/env python
"""Mutated files into every reader: only our own errors, bounded time and memory.

    scripts/fuzz_readers.py N [SEED]

Starts from the samples of the readers' contract (and files of hostile shape), mutates bytes, pieces
and whole lines, inside packages too, and reads the result by suffix, by name and as an alignment.
Prints what broke a promise with the seed that repeats it; exit code 1 if anything did.
"""

from __future__ import annotations

import io
import random
import resource
import sys
import time
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from aligner.errors import AlignerError, InternalError, UnknownFormat
from aligner.model import ReadOptions, Source
from aligner.reading import ALIGNMENTS, READERS, read, read_alignment, trace
from tests.contract.test_readers import SAMPLES, check

LIMIT_S = 5.0  # of processor time: a busy machine is no fault of a reader
PDF = b"""%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>> endobj
4 0 obj <</Length 90>> stream
BT /F 20 Tf 20 250 Td (A title) Tj /F 10 Tf 0 -40 Td (One line and) Tj 0 -12 Td (another.) Tj ET
endstream endobj
5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj
trailer <</Root 1 0 R>>
%%EOF
"""
JSON = b"""{"format": "aligner-alignment", "version": 1, "kind": "pair",
"documents": [{"id": "a", "lang": "es", "origin": "a", "title": "", "digest": "", "metadata": {},
 "paragraphs": [{"kind": "para", "text": "Uno. Dos.", "segments": [[0, 4], [5, 9]], "key": "k"}]},
 {"id": "b", "lang": "en", "origin": "b", "title": "", "digest": "1", "metadata": {"author": ["x"]},
 "paragraphs": [{"kind": "cue", "text": "One.", "segments": [[0, 4]], "times": [0, 900]}]}],
"alignments": [{"source": 0, "target": 1, "signature": [["a", "b"]], "warnings": [], "pins": [],
 "beads": [{"source": [0, 2], "target": [0, 1], "score": 1.5, "confidence": 0.5}], "crossings": []}]}
"""
FILES = {**SAMPLES, "pdf": PDF, "json": JSON}
PIECES = [
    *(b"<", b">", b"</p>", b"&amp;", b"&#0;", b"&bomb;", b"<!ENTITY a 'b'>", b"<!DOCTYPE x>"),
    *(b"{", b"}", b"\\u", b"\\'", b"\\bin99 ", b"\\uc9 ", b"{\\footnote ", b"\\par"),
    *(b'"', b"'", b"\t", b"\n", b"\r", b"\n\n", b"\\", b"-->", b"00:00:01,000 --> 00:00:02,000"),
    *(b"msgid ", b'msgstr[7] "', b"#~ ", b"Dialogue: ", b"{\\p1}", b"<v ", b"NOTE\n", b"WEBVTT"),
    *(b"\xff", b"\xc3", b"\xef\xbb\xbf", b"\xff\xfe", b"\0", b"\xe2\x80\xa8", b"\xed\xa0\x80"),
    *(b"[", b"]", b"](", b"[^1]", b"```", b"---\n", b"|", b"<div>" * 50, b"(" * 50, b"a" * 5000),
    *(
        b"<xliff version='2.0'>",
        b"<seg>",
        b"<join target='#a'/>",
        b"xml:id='a'",
        b"=====",
        b"%PDF-1.4",
    ),
]


@dataclass
class Outcome:
    """What a run found."""

    tried: int = 0
    read: int = 0
    refused: int = 0
    slowest: tuple[float, str] = (0.0, "")
    faults: list[str] = field(default_factory=list)


def mutated(data: bytes, chance: random.Random) -> bytes:
    """A few random changes of bytes, pieces, order."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        at = chance.randrange(len(made) + 1)
        end = min(len(made), at + chance.choice((1, 2, 8, 60)))
        kind = chance.randrange(6)
        if kind == 0 and made:
            made[min(at, len(made) - 1)] = chance.randrange(256)
        elif kind == 1:
            made[at:at] = chance.choice(PIECES)
        elif kind == 2:
            del made[at:end]
        elif kind == 3:
            made[at:at] = made[at:end] * chance.choice((1, 3, 40))
        elif kind == 4:
            del made[at:]
        else:
            other = chance.randrange(len(made) + 1)
            made[other:other] = made[at:end]
    return bytes(made)


def mutated_package(data: bytes, chance: random.Random) -> bytes:
    """The same inside a member of a zip package, so that the package itself still opens."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        victim = chance.choice(old.namelist())
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, mutated(content, chance) if name == victim else content)
    return out.getvalue()


def run(count: int, seed: int = 0) -> Outcome:
    """Read `count` mutated files; the same seed gives the same files."""
    outcome = Outcome()
    names = sorted(FILES)
    for number in range(count):
        chance = random.Random(f"{seed}/{number}")
        name = names[number % len(names)]
        data = FILES[name]
        packed = data.startswith(b"PK")
        inside = packed and chance.random() < 0.8
        data = mutated_package(data, chance) if inside else mutated(data, chance)
        suffix = name if chance.random() < 0.8 else chance.choice(names)
        source = Source(f"fuzz.{suffix}", data)
        options = ReadOptions(
            encoding=chance.choice((None,) * 8 + ("utf-8", "latin-1", "utf-16")),
            segmented=chance.random() < 0.1,
            html_body=chance.choice(("article", "full", "gentle")),
            side=chance.choice(("", "", "", "target", "en", "xx")),
            fix_mojibake=chance.random() < 0.2,
        )
        ways = ("suffix", "name", "alignment") if name in ALIGNMENTS.entries else ("suffix", "name")
        way = chance.choice(ways) if chance.random() < 0.95 else "alignment"
        _try(outcome, source, options, way, name, f"seed {seed}/{number} {way} {source.name}")
    return outcome


def _try(
    outcome: Outcome, source: Source, options: ReadOptions, way: str, name: str, label: str
) -> None:
    started = time.process_time()
    outcome.tried += 1
    try:
        if way == "alignment":
            read_alignment(source, name if name in ALIGNMENTS.entries else None, options)
        else:
            document = read(source, options, name if way == "name" else None)
            if not options.segmented and not document.segments:
                check(document)
            trace(source, document, options, name if way == "name" else None)
        outcome.read += 1
    except InternalError as error:
        outcome.faults.append(f"{label}: {error!r}")
    except AlignerError as error:
        outcome.refused += 1
        limit = 6000 if isinstance(error, UnknownFormat) else 1500
        if "\n" in str(error) or len(str(error)) > limit:
            outcome.faults.append(f"{label}: message of {len(str(error))} characters")
    except Exception as error:  # noqa: BLE001 - finding these is what the script is for
        outcome.faults.append(f"{label}: {type(error).__name__}: {error}")
    spent = time.process_time() - started
    outcome.slowest = max(outcome.slowest, (spent, label))
    if spent > LIMIT_S:
        outcome.faults.append(f"{label}: took {spent:.1f} s")


def main() -> int:
    """Command line."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    started = time.perf_counter()
    outcome = run(count, seed)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{outcome.tried} files for {len(FILES)} of {len(READERS.entries)} readers: "
        f"{outcome.read} read, {outcome.refused} refused, {len(outcome.faults)} faults; "
        f"{time.perf_counter() - started:.0f} s, slowest {outcome.slowest[0]:.2f} s "
        f"({outcome.slowest[1]}), peak {memory} MB"
    )
    for fault in outcome.faults[:40]:
        print(fault)
    return 1 if outcome.faults else 0


if __name__ == "__main__":
    sys.exit(main())
