"""Time grows with the size of a file, whatever it is full of: twice as much takes about twice as long.

Measured in processor time, each size in its turn, the least of some rounds: a busy machine is no
fault. What takes less than an instant proves nothing and passes.
"""

from __future__ import annotations

import gc
import gzip
import time
import unicodedata
from collections.abc import Callable

import pytest

from aligner.documents.html.css import class_formats
from aligner.files.xml import root_of
from aligner.model import AlignerError, ReadOptions, Source
from aligner.text.rich import clean
from aligner.workflows.reading import open_source, read

_INSTANT = 0.02  # seconds
_MOST = 3.0  # 2 where time grows with the size, 4 with its square
_TEI = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text xml:lang="es"><body>{}</body>'
    "</text></TEI>"
)


def grows(work: Callable[[int], Callable[[], object]], size: int) -> float:
    """How much longer twice the size takes."""
    tasks = [work(size), work(2 * size)]
    least = [9e9, 9e9]
    gc.disable()  # it would walk over all that other tests have left
    try:
        for _ in range(3):
            for number, task in enumerate(tasks):
                began = time.process_time()
                task()
                least[number] = min(least[number], time.process_time() - began)
    finally:
        gc.enable()
    return least[1] / max(least[0], _INSTANT)


def page(body: str, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body><p>Una frase.</p>{body}</body></html>".encode()


def reading(name: str, data: bytes, options: ReadOptions | None = None) -> Callable[[], object]:
    def task() -> object:
        try:
            return read(Source(name, data), options or ReadOptions())
        except AlignerError as refused:
            return refused

    return task


CASES: dict[str, tuple[Callable[[int], Callable[[], object]], int]] = {
    "attributes": (
        lambda n: reading(
            "a.html", page("<p " + " ".join(f"a{k}='x'" for k in range(n)) + ">b</p>")
        ),
        100_000,
    ),
    "attributes of many elements": (
        lambda n: reading("a.html", page(("<p " + "a='x' b='y' " * 40 + ">b</p>") * n)),
        1500,
    ),
    "selectors of the user": (
        lambda n: reading(
            "a.html",
            page("".join(f"<p class='c{k}'>Una frase.</p>" for k in range(50))),
            ReadOptions(html_body=", ".join(f".c{k}" for k in range(n))),
        ),
        2000,
    ),
    "selectors of a page": (
        lambda n: (
            lambda: class_formats([",".join(f".c{k}" for k in range(n)) + "{font-weight:bold}"])
        ),
        20_000,
    ),
    "rules of a page": (
        lambda n: lambda: class_formats(["".join(f".c{k}{{font-weight:bold}}" for k in range(n))]),
        8000,
    ),
    "comments of a style sheet": (lambda n: lambda: class_formats(["/* a */ " * n]), 30_000),
    "comments without an end": (lambda n: lambda: class_formats(["/*" * n]), 100_000),
    "blocks without an end": (lambda n: lambda: class_formats(["a{" * n]), 100_000),
    "comments before a root": (lambda n: lambda: root_of(b"<!-- a -->" * n + b"<a/>"), 20_000),
    "comments that do not end": (lambda n: lambda: root_of(b"<!--" * n), 20_000),
    "instructions that do not end": (lambda n: lambda: root_of(b"<?" * n), 20_000),
    "doctypes that do not end": (lambda n: lambda: root_of(b"<!DOCTYPE [" * n), 20_000),
    "marks on one letter": (lambda n: lambda: clean("a" + "\u0301\u0323" * n), 20_000),
    "notes": (
        lambda n: reading(
            "a.xml",
            _TEI.format(
                "<p>" + "".join(f"Ya<note n='{k}'>sí</note> " for k in range(n)) + "</p>"
            ).encode(),
        ),
        2000,
    ),
    "words": (
        lambda n: reading("a.xml", _TEI.format(f"<p>{'<w>ya</w><pc>,</pc>' * n}</p>").encode()),
        4000,
    ),
    "units": (
        lambda n: reading(
            "a.xlf",
            (
                '<xliff version="1.2"><file source-language="es" original="a" datatype="x"><body>'
                + "".join(
                    f"<trans-unit id='{k}'><source>Ya</source></trans-unit>" for k in range(n)
                )
                + "</body></file></xliff>"
            ).encode(),
        ),
        2000,
    ),
    "brackets of Markdown": (lambda n: reading("a.md", ("[" * n + "a").encode()), 20_000),
    "references of Markdown": (
        lambda n: reading(
            "a.md", "".join(f"Ya [x{k}].\n\n[x{k}]: u\n\n" for k in range(n)).encode()
        ),
        800,
    ),
    "groups of RTF": (
        lambda n: reading("a.rtf", (r"{\rtf1 " + r"{\b Ya }" * n + "}").encode()),
        5000,
    ),
    "cues": (
        lambda n: reading(
            "a.srt",
            "".join(f"{k}\n00:00:01,000 --> 00:00:02,000\nYa.\n\n" for k in range(n)).encode(),
        ),
        2000,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_time_grows_with_the_size(name: str) -> None:
    work, size = CASES[name]
    assert grows(work, size) < _MOST


def test_members_of_gzip(tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("gz")

    def work(count: int) -> Callable[[], object]:
        path = folder / f"{count}.txt.gz"
        path.write_bytes(gzip.compress(b"Una frase.\n") * count)
        return lambda: open_source(str(path))

    assert grows(work, 10_000) < _MOST


def test_marks_on_one_letter_are_kept() -> None:
    """After thirty stands a joiner, as Unicode's stream-safe format says; nothing is lost."""
    marks = "\u0301\u0323" * 40
    cleaned = clean(f"a{marks}b é " + "q\u0301\u0323" * 50)
    assert cleaned.count("\u034f") == 2
    whole = unicodedata.normalize("NFD", cleaned).replace("\u034f", "")
    assert whole.count("\u0323") == 40 + 50
    assert whole.count("\u0301") == 40 + 50 + 1
    assert clean(cleaned) == cleaned
