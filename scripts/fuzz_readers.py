#!/usr/bin/env python
"""Mutated files into every reader: only our own errors, bounded time and memory.

    scripts/fuzz_readers.py N [SEED]

Starts from the samples of the readers' contract (and more), mutates bytes, pieces and whole lines,
elements and attributes of XML, values of JSON, all inside packages too, and reads the result by
suffix, by name and as an alignment; links of XCES and InterText with texts beside them.
Prints what broke a promise with the seed that repeats it; exit code 1 if anything did.
"""

from __future__ import annotations

import copy
import io
import json
import random
import resource
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from fuzz_words import missing_words

from aligner.model import AlignerError, InternalError, ReadError, ReadOptions, Source, UnknownFormat
from aligner.workflows.reading import (
    ALIGNMENTS,
    LINKED,
    READERS,
    Beside,
    read,
    read_alignment,
    trace,
)
from aligner.workflows.sniffing import BY_SUFFIX
from tests.contract.test_readers import SAMPLES, check
from tests.unit.documents.packages import xlsx

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
LETTERS = "".join(
    f"1 0 0 1 {x} {y} Tm ({text}) Tj "
    for x, y, text in (
        *((20, 250 - 12 * n, f"Some line number {n}" + "-" * (n == 1)) for n in range(3)),
        *((x, 190 - 20 * n, f"cell {n}") for n in range(4) for x in (20, 120, 220)),
        *((20, 90 - 12 * n, f"Left column {n}") for n in range(3)),
        *((160, 90 - 12 * n, f"Right column {n}") for n in range(3)),
        (20, 30, "1 A note."),
    )
)
PRINTED = PDF.replace(b"/F 20 Tf 20 250 Td (A title) Tj", b"/F 20 Tf ").replace(
    b"0 -40 Td (One line and) Tj 0 -12 Td (another.) Tj", LETTERS.encode()
)
CELLS = "".join(
    f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{one}</t></is></c>'
    f'<c r="B{n}" t="s"><v>{n - 1}</v></c><c r="C{n}"><v>{n}.5</v></c></row>'
    for n, one in enumerate(("es", "Uno. Dos.", "Tres."), start=1)
)
XLSX = xlsx(CELLS, "en", "One. Two.", "Three.")
XCES = b"""<cesAlign version="1.0"><linkGrp fromDoc="es.xml" toDoc="en.xml">
<link certainty="0.9" xtargets="1;1 2"/><link xtargets="2;"/><link xtargets="3;3"/></linkGrp></cesAlign>"""
INTERTEXT = b"""<linkGrp toDoc="a.en.xml" fromDoc="a.es.xml"><link type="1-2" xtargets="1:1 1:2;1:1"
 status="man"/><link type="0-1" xtargets=";1:2"/><link xtargets="1:3;1:3" status="auto"/></linkGrp>"""
LINKS = {"xces": XCES, "intertext": INTERTEXT}
BESIDE = {
    "es.xml": b'<text><p id="1"><s id="1">Uno. Dos.</s><s id="2">Nada.</s><s id="3">Tres.</s></p></text>',
    "en.xml": b'<text><p id="1"><s id="1">One.</s><s id="2">Two.</s><s id="3">Three.</s></p></text>',
}
BESIDE |= {
    f"a.{name}": data.replace(b'<s id="', b'<s id="1:') for name, data in tuple(BESIDE.items())
}
MHT = b"""From: <x>\nMIME-Version: 1.0\nContent-Type: multipart/related; start="<a@b>"; boundary="=_b"\n
--=_b\nContent-Type: text/html; charset="cp1252"\nContent-Transfer-Encoding: quoted-printable
Content-ID: <a@b>\n\n<html><h1>Uno</h1><p>A=F1o dos, y otra frase.</p><iframe src=3D"cid:c"></iframe></html>
--=_b\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\nPHA+QmFuZGEgYW5jaGEuPC9wPg==
--=_b--\n"""
VIEW = b"""<html><body id="viewsource"><pre id="line1"><span>&lt;html&gt;&lt;p&gt;Una frase.</span>
<span>&lt;p&gt;Otra.</span></pre><table><tr><td class="line-number" value="1"></td><td class="line-content">&lt;html&gt;x"""
FILES = {**SAMPLES, "mht": MHT, "htm": VIEW, "pdf": PRINTED, "json": JSON, "xlsx": XLSX, **LINKS}
ODD = (
    *(
        "",
        "-1",
        "0",
        "99999999999999999999",
        "1e309",
        "nan",
        " ",
        "a b",
        "\u202e",
        "#a",
        "../a",
        "1;1;1",
    ),
    *("xml", "es", "x-" + "y" * 300, "A1048576", "XFD1", "true", "\n", "%s", "{", "1:2 3:4"),
)
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
    counted: int = 0  # of these, whose words were counted
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


def mutated_tree(data: bytes, chance: random.Random) -> bytes:
    """The same for XML: elements gone, doubled, moved or renamed, odd values of attributes and text;
    well-formed, so that it gets past the parser. Bytes as they are where that is no XML.
    """
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return mutated(data, chance)
    for _ in range(chance.choice((1, 1, 2, 3, 6))):
        nodes = [node for node in root.iter() if isinstance(node.tag, str)]
        one, other = chance.choice(nodes), chance.choice(nodes)
        kind = chance.randrange(7)
        parent = one.getparent()
        if kind == 0 and parent is not None:
            parent.remove(one)
        elif kind == 1 and len(nodes) < 2000:
            other.insert(chance.randrange(len(other) + 1), copy.deepcopy(one))
        elif kind == 2 and one.attrib:
            name = chance.choice(sorted(one.attrib))
            del one.attrib[name]
        elif kind == 3:
            names = sorted({name for node in nodes for name in node.attrib})
            value = chance.choice(ODD).strip("\n") or "0"
            one.set(chance.choice(names) if names else "id", value)
        elif kind == 4:
            one.tag = other.tag
        elif kind == 5:
            one.text = chance.choice((None, *ODD))
        else:
            one.tail = chance.choice((None, *ODD))
    return etree.tostring(root, encoding="utf-8")


def mutated_json(data: bytes, chance: random.Random) -> bytes:
    """The same for JSON, or lines of it."""
    made = []
    for piece in [data] if data.lstrip().startswith(b'{"format') else data.split(b"\n"):
        try:
            value = json.loads(piece)
        except ValueError:
            made.append(piece)
            continue
        for _ in range(chance.choice((0, 1, 2))):
            _change(value, chance)
        made.append(json.dumps(value).encode())
    return b"\n".join(made)


def _change(value: Any, chance: random.Random) -> None:
    while isinstance(value, dict | list) and value:
        keys = sorted(value) if isinstance(value, dict) else range(len(value))
        key = chance.choice(keys)
        if isinstance(value[key], dict | list) and value[key] and chance.random() < 0.8:
            value = value[key]
        elif chance.random() < 0.2:
            del value[key]
            return
        else:
            odd: tuple[Any, ...] = (
                None,
                True,
                -1,
                10**30,
                1e300,
                0.5,
                [],
                {},
                [[]],
                {"a": 1},
                [0, 0],
                *ODD,
            )
            value[key] = chance.choice(odd)
            return


def changed(name: str, data: bytes, chance: random.Random) -> bytes:
    """A file of a format, mutated by its bytes or by its structure."""
    if chance.random() < 0.5:
        return mutated(data, chance)
    if name in ("json", "jsonl"):
        return mutated_json(data, chance)
    return mutated_tree(data, chance)


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
            new.writestr(name, changed(name, content, chance) if name == victim else content)
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
        data = mutated_package(data, chance) if inside else changed(name, data, chance)
        suffix = name if chance.random() < 0.8 else chance.choice(names)
        source = Source(f"fuzz.{suffix}", data)
        options = ReadOptions(
            encoding=chance.choice((None,) * 8 + ("utf-8", "latin-1", "utf-16")),
            segmented=chance.random() < 0.1,
            html_body=chance.choice(("article", "full", "gentle")),
            side=chance.choice(("", "", "", "target", "en", "xx")),
            fix_mojibake=chance.random() < 0.2,
        )
        ways: tuple[str, ...] = (
            ("suffix", "name", "alignment") if name in ALIGNMENTS.entries else ("suffix", "name")
        )
        if name not in READERS.entries:
            ways = ("suffix",) if name in BY_SUFFIX else ("alignment",)
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
            known = name if name in ALIGNMENTS.entries or name in LINKS else None
            read_alignment(source, known, options, Beside((), _beside(label)))
        else:
            document = read(source, options, name if way == "name" else None)
            if not options.segmented and not document.segments:
                check(document)
            traced = trace(source, document, options, name if way == "name" else None)
            suffix = source.name.rpartition(".")[2]
            lost = [] if suffix != name else missing_words(name, source, options, document, traced)
            if lost:
                outcome.faults.append(f"{label}: told nowhere: {' '.join(lost[:5])}")
            outcome.counted += suffix == name
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


def _beside(label: str) -> Callable[[str], Source]:
    """Opens the texts of links; one run in three finds one of them mutated."""
    chance = random.Random(label)

    def open_name(name: str) -> Source:
        if name not in BESIDE:
            raise ReadError("there is no such file", context=name)
        whole = chance.random() < 0.7
        return Source(name, BESIDE[name] if whole else changed("xml", BESIDE[name], chance))

    return open_name


def main() -> int:
    """Command line."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    started = time.perf_counter()
    outcome = run(count, seed)
    known = {*READERS.entries, *ALIGNMENTS.entries, *LINKED.entries}
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{outcome.tried} files for {len(known & FILES.keys())} of {len(known)} formats: "
        f"{outcome.read} read ({outcome.counted} by their words), {outcome.refused} refused, {len(outcome.faults)} faults; "
        f"{time.perf_counter() - started:.0f} s, slowest {outcome.slowest[0]:.2f} s "
        f"({outcome.slowest[1]}), peak {memory} MB"
    )
    for fault in outcome.faults[:40]:
        print(fault)
    return 1 if outcome.faults else 0


if __name__ == "__main__":
    sys.exit(main())
