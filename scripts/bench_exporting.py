"""Time and memory of the writers on a long alignment: python scripts/bench_exporting.py [UNITS].

The bar is TMX: 200,000 units in 5 s and 60 MB above the alignment that is in memory already. Every
writer runs in a process of its own; user time is what counts on a machine that does other work.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from aligner.files import FileSink
from aligner.formats import SUFFIXES, WRITERS, WriteOptions, write
from aligner.model import Alignment, Bead, Document, Paragraph, Segment

UNITS = 200_000
WORDS = "la casa vacía mira al mar y nadie sabe desde cuándo espera".split()  # noqa: SIM905


def text(lang: str, units: int) -> Document:
    """Paragraphs of five sentences, none like another."""
    paragraphs = []
    for index in range(units // 5):
        sentences = []
        for k in range(5):
            n = index * 5 + k
            words = [WORDS[(n * 7 + j * 3) % len(WORDS)] for j in range(8 + n % 7)]
            sentences.append(f"{lang} {n} {' '.join(words)}.")
        whole = " ".join(sentences)
        segments, start = [], 0
        for k, sentence in enumerate(sentences):
            end = start + len(sentence)
            segments.append(Segment(index * 5 + k, index, start, end, sentence))
            start = end + 1
        paragraphs.append(Paragraph(index, "para", whole, tuple(segments)))
    return Document(f"doc-{lang}", lang, f"{lang}.txt", "", "", tuple(paragraphs))


def long(units: int) -> Alignment:
    beads = [
        Bead(range(n, n + 1), range(n, n + 1), confidence=n % 1000 / 1000) for n in range(units)
    ]
    return Alignment(text("es", units), text("en", units), tuple(beads))


def resident() -> float:
    """The most memory this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def one(name: str, units: int, options: dict[str, Any]) -> dict[str, float]:
    alignment = long(units)
    suffix = next(s for s, writer in SUFFIXES.items() if writer == name)
    with tempfile.TemporaryDirectory() as folder:
        before = resident()
        began, user = time.perf_counter(), time.process_time()
        sink = FileSink(Path(folder, f"out{suffix}"))
        write(alignment, name, sink, WriteOptions(**options))
        wall, cpu = time.perf_counter() - began, time.process_time() - user
        size = sum(path.stat().st_size for path in sink.commit())
        return {"wall": wall, "cpu": cpu, "more": resident() - before, "size": size / 1e6}


def main() -> None:
    if sys.argv[1:2] == ["--one"]:
        print(json.dumps(one(sys.argv[2], int(sys.argv[3]), json.loads(sys.argv[4]))))
        return
    units = int(sys.argv[1]) if len(sys.argv) > 1 else UNITS
    print(f"{units} units         cpu s  wall s  memory MB  file MB")
    cases: list[tuple[str, dict[str, Any]]] = [
        ("tmx", {"inline": True}),
        ("tmx", {"split": 20_000_000}),
    ]
    cases = [(name, {}) for name in WRITERS.entries] + cases
    for name, options in cases:
        command = [sys.executable, __file__, "--one", name, str(units), json.dumps(options)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        found = json.loads(done.stdout)
        said = " ".join([name, *options])
        print(
            f"{said:20} {found['cpu']:6.1f} {found['wall']:7.1f} {found['more']:10.0f}"
            f" {found['size']:8.0f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
