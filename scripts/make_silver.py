"""Silver gold from pairs of texts: what two encoders that share nothing agree on.

    scripts/make_silver.py PAIRS SILVER [--least 0.95]

Each folder of PAIRS holds `src.LANG.txt` and `tgt.LANG.txt`: one segment a line, a blank line between
paragraphs. They are aligned with the embedded encoder and with e5 (`aligner[languages]`). Where the two
agree on the whole text (strict F1 of one against the other at least --least) SILVER gets a case folder
that `aligner train` takes: the beads that both have, and between them, where they differ, one bead that
holds all of it. Its META.json says "coarse", so training sums over all ways through such a bead
(aligner/engine/training/gold.py), and the other large beads that both have are held to no more than
that. Pairs that are left out are named with the reason.

Silver knows nothing that neither encoder knows: figures on it say nothing about right and wrong.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import aligner
from aligner.engine.evaluating import GoldBead, score_beads
from aligner.engine.evaluating.beads import beads_of, expand_nulls
from aligner.files import atomic
from aligner.model import AlignerError, UsageError
from aligner.workflows.aligning import Settings

ENCODERS = ("embedded", "e5")
LEAST = 0.95
FEWEST = 24  # beads of a case: shorter ones say little about a document as a whole
_TWO = 2  # segments on each side from which a coarse bead is summed over


def agreed(one: Sequence[GoldBead], two: Sequence[GoldBead]) -> tuple[GoldBead, ...]:
    """Beads of two paths over the same texts: those of both, and one around each difference.

    Such a bead has at least two segments on each side (it takes in its neighbours until it has), since
    training reads no other as "any way through here".
    """
    paths = [list(expand_nulls(path)) for path in (one, two)]
    both = {bead.key for bead in paths[0]} & {bead.key for bead in paths[1]}
    cells = [dict(_cells(path)) for path in paths]
    # a null that both have at another place of the other side is no agreement
    kept = [b for b in paths[0] if b.key in both and cells[0][b.key] == cells[1][b.key]]
    n, m = (
        1 + max((i for bead in paths[0] for i in bead.key[side]), default=-1) for side in (0, 1)
    )
    spans = [*((*cells[0][b.key], b) for b in kept), ((n, m), (n, m), None)]
    boxes: list[tuple[tuple[int, int], tuple[int, int], GoldBead | None]] = []
    at = (0, 0)
    for begin, end, bead in spans:
        if begin != at:
            boxes.append((at, begin, None))
        if bead is not None:
            boxes.append((begin, end, bead))
        at = end
    return tuple(_beads(_widened(boxes)))


_Box = tuple[tuple[int, int], tuple[int, int], GoldBead | None]


def _cells(
    path: Sequence[GoldBead],
) -> Iterator[tuple[object, tuple[tuple[int, int], tuple[int, int]]]]:
    """Where each bead of a path begins and ends."""
    at = (0, 0)
    for bead in path:
        end = (at[0] + len(bead.source), at[1] + len(bead.target))
        yield bead.key, (at, end)
        at = end


def _widened(boxes: list[_Box]) -> list[_Box]:
    """The boxes, those around a difference with at least two segments on each side."""
    boxes = list(boxes)
    k = 0
    while k < len(boxes):
        low, high, bead = boxes[k]
        small = min(high[0] - low[0], high[1] - low[1]) < _TWO
        if bead is not None or not small or len(boxes) == 1:
            k += 1
            continue
        before = k > 0 and (k + 1 == len(boxes) or (high[0] + high[1] + low[0] + low[1]) % 2 == 0)
        first, last = (k - 1, k) if before else (k, k + 1)
        boxes[first : last + 1] = [(boxes[first][0], boxes[last][1], None)]
        k = first
    return boxes


def _beads(boxes: Sequence[_Box]) -> Iterator[GoldBead]:
    for low, high, bead in boxes:
        yield bead or GoldBead(tuple(range(low[0], high[0])), tuple(range(low[1], high[1])))


def agreement(one: Sequence[GoldBead], two: Sequence[GoldBead]) -> float:
    """Strict F1 of one path against the other, 0 where neither links anything."""
    return score_beads(one, two).rates("strict").f1 or 0.0


def silver(folder: Path, out: Path, least: float) -> str:
    """Make the case of one pair; what came of it in one line. Raises AlignerError for bad texts."""
    files = []
    for side in ("src", "tgt"):
        found = sorted(folder.glob(f"{side}.*.txt"))
        if len(found) != 1:
            raise UsageError(
                f"{folder} holds {len(found)} files {side}.LANG.txt", hint="one for each side"
            )
        files.append(found[0])
    langs = [file.name.split(".")[1] for file in files]
    paths = []
    for encoder in ENCODERS:
        made = aligner.align(
            *files,
            source_lang=langs[0],
            target_lang=langs[1],
            segmented=True,
            settings=Settings(encoder=encoder),
        )
        paths.append(beads_of(made))
    share = agreement(*paths)
    if share < least:
        return f"left out: the encoders agree on {share:.3f}"
    gold = agreed(*paths)
    if len(gold) < FEWEST:
        return f"left out: {len(gold)} beads"
    counts = [
        sum(1 for line in file.read_text("utf-8").split("\n") if line.strip()) for file in files
    ]
    ends = [1 + max((i for bead in gold for i in bead.key[side]), default=-1) for side in (0, 1)]
    if counts != ends:
        raise UsageError(f"{folder}: {counts} lines, {ends} segments", hint="one segment a line")
    meta = {
        "name": folder.name,
        "src_lang": langs[0],
        "tgt_lang": langs[1],
        "granularity": "coarse",
        "gold_made": f"silver: {' and '.join(ENCODERS)} agree on {share:.3f}",
    }
    place = out / folder.name
    place.mkdir(parents=True, exist_ok=True)
    for file in files:
        with atomic(place / file.name) as copy:
            copy.write(file.read_bytes())
    with atomic(place / "gold.txt") as copy:
        copy.write("".join(f"{[*b.source]}:{[*b.target]}\n" for b in gold).encode())
    with atomic(place / "META.json") as copy:
        copy.write((json.dumps(meta, indent=1) + "\n").encode())
    return f"{len(gold)} beads, the encoders agree on {share:.3f}"


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pairs", type=Path)
    parser.add_argument("silver", type=Path)
    parser.add_argument("--least", type=float, default=LEAST, help="agreement of the encoders, 0-1")
    options = parser.parse_args()
    folders = sorted(f for f in options.pairs.glob("*") if f.is_dir())
    if not folders:
        print(f"{options.pairs} holds no folders of pairs", file=sys.stderr)
        return 2
    failed = False
    for folder in folders:
        try:
            print(f"{folder.name}: {silver(folder, options.silver, options.least)}", flush=True)
        except AlignerError as error:
            failed = True
            print(f"{folder.name}: {error}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
