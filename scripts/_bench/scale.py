"""Time and memory of a very long pair: the whole of it against its first quarter.

Linear work has ratios near 4. Both parts run in processes of their own, one after the other; CPU
seconds are the fair figure on a machine that does other things too. Default: gold/bible-en-es,
40,007 x 33,080 segments.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from _bench import GOLD, parser, run, table


def align(folder: Path, share: float) -> None:
    """Align the first `share` of a case's source with what its gold pairs with it."""
    from dataclasses import replace

    from aligner.engine.evaluating import load_gold
    from aligner.engine.evaluating.cases import case_documents
    from aligner.workflows.aligning import align_documents

    case = load_gold(folder)
    rows = int(len(case.source) * share)
    columns = max(j + 1 for b in case.gold for j in b.target if max(b.source, default=rows) < rows)
    part = replace(
        case,
        source=case.source[:rows],
        target=case.target[:columns],
        source_starts=tuple(start for start in case.source_starts if start < rows),
        target_starts=tuple(start for start in case.target_starts if start < columns),
    )
    begin = time.process_time()
    alignment = align_documents(*case_documents(part))
    used = time.process_time() - begin
    print(f"{rows} x {columns}: {len(alignment.beads)} beads, {used:.1f} CPU s", file=sys.stderr)


def main() -> None:
    options = parser(__doc__)
    options.add_argument("folder", nargs="?", type=Path, default=GOLD / "bible-en-es")
    options.add_argument("--share", type=float, default=0.25, help="the smaller part (0-1)")
    options.add_argument("--part", type=float, help="align this share and print nothing else")
    given = options.parse_args()
    if not given.folder.is_dir():
        sys.exit(f"{given.folder} is not here: name a folder of a gold case")
    if given.part:
        align(given.folder, given.part)
        return
    bench = str(Path(__file__).resolve().parents[1] / "bench")
    costs = [
        run([sys.executable, bench, "scale", str(given.folder), "--part", str(part)])
        for part in (given.share, 1.0)
    ]
    small, whole = costs
    table(
        (given.folder.name, "seconds", "CPU s", "peak MB"),
        [
            (
                f"first {given.share:.0%}",
                f"{small.wall:.1f}",
                f"{small.cpu:.1f}",
                f"{small.memory:.0f}",
            ),
            ("all", f"{whole.wall:.1f}", f"{whole.cpu:.1f}", f"{whole.memory:.0f}"),
            (
                f"ratio (linear: {1 / given.share:.1f})",
                f"{whole.wall / small.wall:.2f}",
                f"{whole.cpu / small.cpu:.2f}",
                f"{whole.memory / small.memory:.2f}",
            ),
        ],
    )


if __name__ == "__main__":
    main()
