"""All overlaps of 1 to 8 segments against one plain pass over the same segments.

The promise: at most 2.5 times one plain pass. The two are measured in turn in one process, so a
busy machine does not change the ratio. The text is the source of gold/textberg-de-fr-dev (468
segments) where that folder is, else the segments of corpora/.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from _bench import CORPORA, GOLD, parser, table

WIDTHS = range(1, 9)


def segments() -> tuple[str, list[str]]:
    folder = GOLD / "textberg-de-fr-dev"
    paths = sorted(folder.glob("src.*.txt")) or sorted(CORPORA.glob("*/*.segments.txt"))
    texts = [line for path in paths for line in path.read_text("utf-8").splitlines() if line]
    return (folder.name if folder.is_dir() else "corpora", texts[:468])


def seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def main() -> None:
    options = parser(__doc__)
    options.add_argument("-n", "--runs", type=int, default=7)
    runs = options.parse_args().runs
    from aligner.engine.embedding import load_encoder

    encoder = load_encoder("embedded")
    name, texts = segments()

    def plain() -> None:
        encoder.encode(texts)

    def overlaps() -> None:
        made = encoder.overlaps(texts)
        for width in WIDTHS:
            made.vectors(width)

    def again() -> None:
        for width in WIDTHS:
            encoder.encode([" ".join(texts[i : i + width]) for i in range(len(texts) - width + 1)])

    for work in (plain, overlaps):
        work()
    pairs = [(seconds(plain), seconds(overlaps)) for _ in range(runs)]
    brute = seconds(again)
    once = statistics.median(a for a, _ in pairs)
    table(
        (f"{name}, {len(texts)} segments", "seconds", "x one plain pass"),
        [
            ("one plain pass", f"{once:.2f}", "1.0"),
            (
                "all overlaps, 8 lengths",
                f"{statistics.median(b for _, b in pairs):.2f}",
                f"{statistics.median(b / a for a, b in pairs):.2f}",
            ),
            ("encoding every overlap", f"{brute:.2f}", f"{brute / once:.1f}"),
        ],
    )


if __name__ == "__main__":
    main()
