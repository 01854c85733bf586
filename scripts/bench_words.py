"""F1 of word links on ../shared/words (dev), words as its white-space tokens.

python scripts/bench_words.py [ENCODER ...]
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from aligner.workflows.word_links import link_texts

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


def words(text: str) -> list[tuple[int, int]]:
    out, place = [], 0
    for word in text.split():
        start = text.index(word, place)
        place = start + len(word)
        out.append((start, place))
    return out


def main(encoders: list[str]) -> None:
    for encoder in encoders:
        for path in sorted((SHARED / "words").glob("*.tsv")):
            rows = [line.split("\t") for line in path.read_text().splitlines() if line]
            texts = [[row[side] for row in rows] for side in (0, 1)]
            spans = [[words(text) for text in side] for side in texts]
            began = time.process_time()
            made = link_texts(encoder, texts, spans)
            took = time.process_time() - began
            right = found = gold = 0
            for row, links in zip(rows, made, strict=True):
                known = {tuple(map(int, pair.split("-"))) for pair in row[2].split()}
                mine = {(i, j) for i, j, _ in links}
                right += len(known & mine)
                found += len(mine)
                gold += len(known)
            print(
                f"{encoder} {path.stem}: F1 {2 * right / (found + gold):.3f}"
                f" (precision {right / found:.3f}, recall {right / gold:.3f}),"
                f" {len(rows) / took:.0f} pairs a second of processor time"
            )


if __name__ == "__main__":
    main(sys.argv[1:] or ["embedded", "e5"])
