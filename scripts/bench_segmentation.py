#!/usr/bin/env python3
"""Scores segmenters on gold files: boundary F1, exact paragraphs, segments a second of processor time.

    python scripts/bench_segmentation.py DIR [--errors FILE-STEM]

DIR holds `<set>-<lang>[_<treebank>][-dev].txt`: one sentence a line, a blank line between
paragraphs. The input of a paragraph is its lines joined by one space (zh, ja: by nothing). F1 is
that of the boundaries inside paragraphs, on offsets that ignore white space; exact is the share of
paragraphs with no boundary wrong. `choppa` is plain choppa-srx with the rules it carries.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path

from aligner.model import Document, Paragraph
from aligner.segmenting import SegmentOptions, segment

Segmenter = Callable[[list[str]], list[list[str]]]


def language(stem: str) -> str:
    """tricky-es -> es, ud-zh_gsdsimp-dev -> zh."""
    return stem.split("-")[1].split("_", maxsplit=1)[0]


def read_gold(path: Path) -> list[list[str]]:
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    return [block.strip().split("\n") for block in blocks if block.strip()]


def boundaries(pieces: list[str]) -> set[int]:
    """Places between the pieces, counted in characters that are not white space."""
    return set(accumulate(len("".join(piece.split())) for piece in pieces[:-1]))


def ours(lang: str, segmenter: str = "srx") -> Segmenter:
    def run(texts: list[str]) -> list[list[str]]:
        paragraphs = tuple(Paragraph(i, "para", text) for i, text in enumerate(texts))
        document = Document("bench", lang, "bench", "", "", paragraphs)
        done = segment(document, SegmentOptions(segmenter=segmenter))
        return [[s.text for s in paragraph.segments] for paragraph in done.paragraphs]

    return run


def plain_choppa(lang: str) -> Segmenter:
    from choppa import DEFAULT_SRX_RULESET, SrxDocument, SrxTextIterator

    document = SrxDocument(ruleset=DEFAULT_SRX_RULESET)

    def run(texts: list[str]) -> list[list[str]]:
        return [list(SrxTextIterator(document, lang, text)) for text in texts]

    return run


def score(gold: list[list[str]], found: list[list[str]]) -> tuple[int, int, int, int]:
    """(right, proposed, in gold, exact paragraphs)."""
    pairs = [(boundaries(g), boundaries(f)) for g, f in zip(gold, found, strict=True)]
    return (
        sum(len(g & f) for g, f in pairs),
        sum(len(f) for _, f in pairs),
        sum(len(g) for g, _ in pairs),
        sum(g == f for g, f in pairs),
    )


def measure(
    gold: list[list[str]], lang: str, segmenter: Segmenter
) -> tuple[list[list[str]], float]:
    joint = "" if lang in ("zh", "ja") else " "
    texts = [joint.join(lines) for lines in gold]
    segmenter(["Warm up."])  # rules are compiled once a language
    begin = time.process_time()
    found = segmenter(texts)
    return found, time.process_time() - begin


def f1(right: int, proposed: int, true: int) -> float:
    return 200 * right / (proposed + true) if proposed + true else 100.0


def show_errors(gold: list[list[str]], found: list[list[str]]) -> None:
    for lines, pieces in zip(gold, found, strict=True):
        if boundaries(lines) != boundaries(pieces):
            print("gold ", " | ".join(lines))
            print("found", " | ".join(piece.strip() for piece in pieces))
            print()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--errors", default="", help="show what is wrong in this file")
    parser.add_argument("--segmenter", default="srx")
    options = parser.parse_args()
    print(f"{'set':<20} {'ours':>12} {'seg/s':>7}   {'choppa':>12} {'seg/s':>7}")
    pooled: dict[str, list[tuple[int, int, int, int]]] = {}
    for path in sorted(options.folder.glob("*.txt")):
        lang, gold = language(path.stem), read_gold(path)
        cells = []
        for name, segmenter in (
            ("ours", ours(lang, options.segmenter)),
            ("choppa", plain_choppa(lang)),
        ):
            found, seconds = measure(gold, lang, segmenter)
            if name == "ours" and path.stem == options.errors:
                show_errors(gold, found)
            *counts, exact = score(gold, found)
            if path.stem in ("tricky-zh", "tricky-ja"):
                pooled.setdefault(name, []).append((*counts, exact))  # type: ignore[arg-type]
            speed = sum(map(len, found)) / seconds
            cells.append(f"{f1(*counts):6.2f} {100 * exact / len(gold):5.1f} {speed:7.0f}")
        print(f"{path.stem:<20} {cells[0]}   {cells[1]}")
    if pooled:
        sums = {
            name: [sum(column) for column in zip(*rows, strict=True)]
            for name, rows in pooled.items()
        }
        print(
            f"{'tricky zh+ja pooled':<20} {f1(*sums['ours'][:3]):6.2f}               {f1(*sums['choppa'][:3]):6.2f}"
        )


if __name__ == "__main__":
    main()
