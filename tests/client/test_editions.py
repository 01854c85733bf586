"""jing with tei_all finds every layout valid, whatever is in the texts; and finds real faults."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from aligner.exporting.tei.inline import pointer
from aligner.model import PARAGRAPH_KINDS, Alignment, Span
from tests.conftest import require_program
from tests.contract.test_writers import CASES
from tests.unit.exporting.samples import bead, document, export, flat
from tests.unit.exporting.tei_samples import edition, transcript

ADDRESSES = [
    "https://example.org/a b?q=ñ&x={y}|z^`\\<>\"'",
    "http://ñandú.example/ü#ä",
    "http://[::1]:80/x",
    "http://u:p@h:8080/p;a=b?c#d",
    "//h/p",
    "?q",
    "#f",
    "a:b:c",
    "1:b",
    "./1:b",
    "javascript:void(0)",
    "mailto:a@b.org",
    "data:text/plain;base64,AA==",
    "urn:isbn:0",
    "http://h:port/",
    "http:///x",
    "http://",
    "http:",
    "x#y#z",
    "100%",
    "%zz%41",
    "a\tb\x01c",
    "\u202e\U0001f600",
    "C:\\dir\\file.txt",
    "http://h_h.example/",
    "http://-/",
    "[x]",
    "tel:+34 600",
    "http://a..b/",
    "http://1.2.3/",
    "http://h.example:/",
    "h@h",
    "@",
]


def jing(files: list[Path], shared: Path) -> list[str]:
    """Complaints of jing about all files, one a line."""
    program = require_program("jing", "jing")
    schema = shared / "schemas" / "tei_all.rng"
    done = subprocess.run(
        [program, str(schema), *map(str, files)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert bool(done.returncode) == bool(done.stdout), done.stderr
    return done.stdout.splitlines()


@pytest.mark.parametrize("words", [False, True])
@pytest.mark.parametrize("layout", ["corpus", "separate", "parallel"])
def test_every_case_is_valid_tei(layout: str, words: bool, shared: Path, tmp_path: Path) -> None:
    """With XInclude: jing reads the separate files through the corpus too."""
    files = []
    for number, make in enumerate([*CASES.values(), edition, transcript]):
        folder = tmp_path / str(number)
        folder.mkdir()
        written = export(make(), "tei", folder, layout=layout, stamp=True, words=words)
        files += [folder / name for name in written]
    assert jing(files, shared) == []


def test_any_order_of_kinds_is_valid_tei(shared: Path, tmp_path: Path) -> None:
    """Each kind first, last and after each other kind, with levels that jump."""
    files = []
    for number, first in enumerate(PARAGRAPH_KINDS):
        rows: list[Any] = [(first, ["a"])]
        for level, second in enumerate(PARAGRAPH_KINDS):
            more = {"level": level % 7, "speaker": "A:" if level % 2 else None}
            rows += [(second, ["b"], more), (first, ["c", "d"])]
        for suffix, chosen in (("all", rows), ("one", rows[:1]), ("empty", [(first, [])])):
            folder = tmp_path / f"{number}{suffix}"
            folder.mkdir()
            source = document("es", chosen)
            n = len(source.segments)
            alignment = Alignment(source, flat("en", []), tuple(bead(i, 1, 0, 0) for i in range(n)))
            export(alignment, "tei", folder, words=bool(number % 2))
            files.append(folder / "out.tei.xml")
    assert jing(files, shared) == []


def test_any_address_is_valid_tei(shared: Path, tmp_path: Path) -> None:
    kinds = ("link", "image", "note")
    rows: list[Any] = [
        ("para", ["abc"], {"spans": (Span(0, 2, kind, address),)})
        for address in ADDRESSES
        for kind in kinds
    ]
    licences = tuple(f"https://{address}" for address in ADDRESSES if "\n" not in address)
    source = document(
        "es",
        rows,
        metadata={
            "licence": (*licences, "Todos los derechos"),
            "date": ("2021", "2021-13-45", "ayer", "2021-02-30", "1999-01-02T10:00"),
            "url": tuple(ADDRESSES),
            "author": ("", " ", "\x01"),
            "interviewee": ("Ana", "ana"),
            "description": ("a < b",),
        },
        origin="/x y/ñ",
    )
    n = len(source.segments)
    alignment = Alignment(source, flat("en", []), tuple(bead(i, 1, 0, 0) for i in range(n)))
    for words in (False, True):
        export(alignment, "tei", tmp_path, words=words)
        assert jing([tmp_path / "out.tei.xml"], shared) == []
    assert sum(1 for address in ADDRESSES if pointer(address)) >= len(ADDRESSES) // 2


def test_jing_would_tell(shared: Path, tmp_path: Path) -> None:
    data = export(CASES["everything"](), "tei", tmp_path)["out.tei.xml"]
    broken = tmp_path / "broken.xml"
    broken.write_bytes(data.replace(b'cert="0.999"', b'cert="sure"'))
    assert "cert" in jing([broken], shared)[0]
