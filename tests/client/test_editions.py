"""jing with tei_all, and with the project's own ODD, finds every layout valid, whatever is in the
texts, and finds real faults.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from aligner.formats.tei.inline import pointer
from aligner.model import PARAGRAPH_KINDS, Alignment, Span
from tests.client.odd import Compiled, compiled
from tests.conftest import ROOT, require_program
from tests.contract.test_writers import CASES
from tests.unit.formats.samples import bead, document, export, flat, interview
from tests.unit.formats.tei_samples import edition, transcript

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


def jing(files: list[Path], shared: Path, schema: Path | None = None) -> list[str]:
    """Complaints of jing about all files, one a line."""
    program = require_program("jing", "jing")
    schema = schema or shared / "schemas" / "tei_all.rng"
    done = subprocess.run(
        [program, str(schema), *map(str, files)],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert bool(done.returncode) == bool(done.stdout), done.stderr
    return done.stdout.splitlines()


@pytest.mark.parametrize("layout", ["corpus", "separate", "parallel"])
def test_every_case_is_valid_tei(layout: str, shared: Path, tmp_path: Path) -> None:
    """With XInclude: jing reads the separate files through the corpus too."""
    files = []
    for number, make in enumerate([*CASES.values(), interview, edition, edition, transcript]):
        folder = tmp_path / str(number)
        folder.mkdir()
        words = bool(number % 2)
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


LAYOUTS = ("corpus", "separate", "parallel")


@pytest.fixture(scope="module")
def odd(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Compiled:
    return compiled(shared / "schemas" / "tei_all.rng", tmp_path_factory.mktemp("odd"))


def test_odd_is_tei(shared: Path) -> None:
    assert jing([ROOT / "docs" / "tei" / "aligner.odd"], shared) == []


def test_every_case_is_in_the_subset(odd: Compiled, shared: Path, tmp_path: Path) -> None:
    files = []
    for number, make in enumerate([*CASES.values(), edition, transcript]):
        for layout in LAYOUTS:
            folder = tmp_path / f"{number}{layout}"
            folder.mkdir()
            written = export(
                make(), "tei", folder, layout=layout, stamp=bool(number % 2), words=number > 10
            )
            files += [folder / name for name in written]
    assert jing(files, shared, odd.schema) == []


@pytest.mark.parametrize("layout", LAYOUTS)
def test_rules_of_the_odd_hold(layout: str, odd: Compiled, tmp_path: Path) -> None:
    for words in (False, True):
        for make in (edition, transcript, CASES["everything"], CASES["three languages"]):
            for name in export(make(), "tei", tmp_path, layout=layout, words=words):
                assert odd.failures(tmp_path / name) == []


BROKEN = [
    (r'<s xml:id="en.s3"', "<s", "en.p3\tEvery segment has an xml:id."),
    (r' ana="#bead.1-1"', "", "es_en.b1\tA link has an id, a type and a category."),
    (r'cert="0.990"', 'cert="high"', "es_en.b1\tcert is a probability with three decimals."),
    (r"#es.s1 #en.s1", "#es.s1", "es_en.b1\tA link has one pointer a side."),
    (r'type="crossing"', 'type="odd"', "es_en.c1\tA group of links is of beads or of crossings."),
    (r"<desc>\(…\)</desc>", "", "es.s6\tWhat the page prints is in desc."),
    (r'xml:id="en.text" xml:lang="en"', 'xml:id="en.text"', "en.text\tEvery text has an id"),
]


@pytest.mark.parametrize(("old", "new", "said"), BROKEN, ids=[row[2][:20] for row in BROKEN])
def test_rules_of_the_odd_would_tell(
    old: str, new: str, said: str, odd: Compiled, tmp_path: Path
) -> None:
    text = export(edition(), "tei", tmp_path)["out.tei.xml"].decode()
    broken, count = re.subn(old, new, text, count=1)
    assert count == 1
    path = tmp_path / "broken.xml"
    path.write_text(broken)
    failures = odd.failures(path)
    assert any(said.partition("\t")[2] in line for line in failures), failures


def test_the_subset_leaves_elements_out(odd: Compiled, shared: Path, tmp_path: Path) -> None:
    text = export(edition(), "tei", tmp_path)["out.tei.xml"].decode()
    path = tmp_path / "ab.xml"
    path.write_text(text.replace("<p xml:id", "<ab xml:id", 1).replace("</p>", "</ab>", 0))
    path.write_text(re.sub(r"<p (xml:id=\"es.p4\".*?)</p>", r"<ab \1</ab>", text))
    assert jing([path], shared) == []
    assert "ab" in jing([path], shared, odd.schema)[0]
