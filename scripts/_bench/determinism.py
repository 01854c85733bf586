"""The bytes of every output that these texts can have, run after run, on one core and on all.

Each row is one file that a run writes; the columns are runs in processes of their own, with other
hash seeds; a cell is the start of the file's SHA-256.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from pathlib import Path

from _bench import CORPORA, parser, run, table


def possible(pages: list[str]) -> list[str]:
    """The suffixes that these texts can be written to: subtitles need times, a patched page its page."""
    import aligner
    from aligner.formats import SUFFIXES

    made = aligner.align(*pages)
    found = []
    with tempfile.TemporaryDirectory() as name:
        for suffix, format_name in SUFFIXES.items():
            try:
                aligner.export(made, format_name, Path(name) / f"out{suffix}")
            except aligner.AlignerError as error:
                print(f"{suffix}: {error}", file=sys.stderr)
            else:
                found.append(suffix)
    return found


def main() -> None:
    options = parser(__doc__)
    options.add_argument("-n", "--runs", type=int, default=2, help="runs on each number of cores")
    runs = options.parse_args().runs
    pages = [str(CORPORA / "interview" / f"{lang}.html") for lang in ("es", "en")]
    cores = sorted(os.sched_getaffinity(0))
    digests: dict[str, dict[str, str]] = {}
    suffixes = possible(pages)
    with tempfile.TemporaryDirectory() as name:
        for count in sorted({1, len(cores)}):
            for number in range(runs):
                column = f"{count} core{'s' * (count > 1)}, run {number + 1}"
                folder = Path(name) / column
                folder.mkdir()
                outputs = [
                    argument
                    for index, suffix in enumerate(suffixes)
                    for argument in ("-o", str(folder / f"out{index}{suffix}"))
                ]
                code = (
                    f"import os; os.sched_setaffinity(0, {set(cores[:count])}); "
                    "from aligner.cli import main; main()"
                )
                seed = {"PYTHONHASHSEED": str(len(digests) + number + count)}
                run([sys.executable, "-c", code, "align", *pages, *outputs], seed)
                for file in sorted(folder.iterdir()):
                    digest = hashlib.sha256(file.read_bytes()).hexdigest()[:10]
                    digests.setdefault(file.name, {})[column] = digest
    columns = list(next(iter(digests.values())))
    table(
        ("file", *columns, "same"),
        [
            (file, *(found.get(c, "-") for c in columns), len(set(found.values())) == 1)
            for file, found in digests.items()
        ],
    )
    different = [file for file, found in digests.items() if len(set(found.values())) > 1]
    sys.exit(f"different: {', '.join(different)}" if different else 0)


if __name__ == "__main__":
    main()
