"""How well pages and sentences are read, on folders that a user gives; and how fast.

    scripts/bench reading DIR [DIR ...] [--list] [--fit WEIGHTS]

Each folder is one of

* pages with snippets, as the repository of trafilatura has them in `tests/`: `evaldata.json` maps an
  address to {"file", "with", "without"}, the files lie in `cache/` or `eval/`. Counted as
  trafilatura's own evaluation does: a snippet in the text (white space made even) is one found, a
  page that is refused counts as an empty text. Pages whose file name's SHA-256 ends in an even digit
  may be used for choosing; the others are for judging. Both readers see each page in turn, so that
  the ratio of their times holds on a busy machine;
* sentences: the tests of pySBD, of LanguageTool's sentence tokenizers, or of the Pragmatic Segmenter
  (see `suites.py`).

`--list` prints what is missed (of pages, those for choosing only). `--fit` fits the weights of
`aligner/documents/html/weights.json` on the pages for choosing and writes them to the file.
"""

from __future__ import annotations

import hashlib
import json
import logging
import re
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from _bench import parser, progress, table
from aligner.documents.html.body import facts_of
from aligner.documents.html.metadata import page_text, page_titles
from aligner.documents.html.read import parsed, read
from aligner.documents.html.walk import walk
from aligner.model import AlignerError, ReadOptions, Source

Counts = list[int]  # wanted and there, unwanted and there, wanted and not, unwanted and not


@dataclass
class Reader:
    """What one reader did with a set of pages."""

    counts: Counts = field(default_factory=lambda: [0, 0, 0, 0])
    refused: int = 0
    seconds: float = 0.0

    def add(self, case: dict[str, Any], text: str) -> None:
        self.refused += not text
        self.counts = [a + b for a, b in zip(self.counts, counted(case, text), strict=True)]

    def row(self) -> list[str]:
        there, wrong, missed, _ = self.counts
        precision, recall = there / max(there + wrong, 1), there / max(there + missed, 1)
        f = 2 * precision * recall / max(precision + recall, 1e-9)
        return [f"{x:.4f}" for x in (precision, recall, f)] + [str(self.refused)]


def even(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def counted(case: dict[str, Any], text: str) -> Counts:
    whole = even(text)
    wanted = sum(even(snippet) in whole for snippet in case["with"])
    unwanted = sum(even(snippet) in whole for snippet in case["without"])
    return [wanted, unwanted, len(case["with"]) - wanted, len(case["without"]) - unwanted]


def is_for_choosing(name: str) -> bool:
    return int(hashlib.sha256(name.encode()).hexdigest()[-1], 16) % 2 == 0


def pages_of(folder: Path) -> list[tuple[dict[str, Any], bytes]]:
    cases = json.loads((folder / "evaldata.json").read_text(encoding="utf-8"))
    pages = []
    for _, case in sorted(cases.items()):
        paths = [folder / part / case["file"] for part in ("cache", "eval", ".")]
        path = next((path for path in paths if path.is_file()), None)
        if path is None:
            sys.exit(f"{folder}: {case['file']} is named in evaldata.json and not there")
        pages.append((case, path.read_bytes()))
    return pages


def ours(case: dict[str, Any], data: bytes) -> str:
    try:
        document = read(Source(case["file"], data))
    except AlignerError:
        return ""
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def theirs(case: dict[str, Any], data: bytes) -> str:
    from trafilatura import extract

    del case
    text = extract(data, include_comments=False, include_tables=True, include_formatting=False)
    return text or ""


def measure_pages(folder: Path, *, listed: bool) -> None:
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    readers = {"aligner": ours, "trafilatura": theirs}
    sets = {(name, part): Reader() for part in ("choosing", "judging") for name in readers}
    misses: list[str] = []
    pages = pages_of(folder)
    for name, reader in readers.items():
        reader(*pages[0])  # what is imported once is not reading
        del name
    for number, (case, data) in enumerate(pages):
        progress(f"{number} of {len(pages)} pages")
        part = "choosing" if is_for_choosing(case["file"]) else "judging"
        for name, reader in readers.items():
            begin = time.process_time()
            text = reader(case, data)
            sets[name, part].seconds += time.process_time() - begin
            sets[name, part].add(case, text)
            if name == "aligner" and part == "choosing":
                misses += missed(case, text)
    rows = []
    for (name, part), made in sets.items():
        ratio = made.seconds / max(sets["trafilatura", part].seconds, 1e-9)
        rows.append([part, name, *made.row(), f"{made.seconds:.1f}", f"{ratio:.2f}"])
    print(f"\n{folder}: {len(pages)} pages")
    table(["pages for", "reader", "precision", "recall", "F", "refused", "seconds", "ratio"], rows)
    if listed:
        print("\n".join(misses))


def missed(case: dict[str, Any], text: str) -> list[str]:
    whole = even(text)
    lines = [f"{case['file']}: not there: {s}" for s in case["with"] if even(s) not in whole]
    return lines + [f"{case['file']}: unwanted: {s}" for s in case["without"] if even(s) in whole]


def fit(folder: Path, penalty: float = 1.0) -> dict[str, float]:
    """Weights of the facts that tell wanted snippets from unwanted ones, by logistic regression.

    Newton's method with the squares of all weights but the first as penalty, the best of .1 to 30 where
    a fifth of the pages is left out in turn. A snippet that stands
    in several paragraphs counts once.
    """
    import numpy as np

    rows: list[dict[str, float]] = []
    truth: list[int] = []
    shares: list[float] = []
    for case, data in pages_of(folder):
        if not is_for_choosing(case["file"]):
            continue
        root, _ = parsed(Source(case["file"], data), ReadOptions(), [])
        blocks = list(walk(root))
        facts = facts_of(blocks, root, page_titles(root), page_text(root))
        texts = [even(block.draft.text) for block in blocks]
        for wanted, key in ((1, "with"), (0, "without")):
            for snippet in case[key]:
                there = [i for i, text in enumerate(texts) if even(snippet) in text][:3]
                for i in there:
                    if "links only" not in facts[i]:
                        rows.append(facts[i])
                        truth.append(wanted)
                        shares.append(1 / len(there))
        progress(f"{len(rows)} paragraphs with a snippet")
    names = ["bias", *sorted({name for row in rows for name in row} - {"bias"})]
    x = np.array([[row.get(name, 0.0) for name in names] for row in rows])
    y, share = np.array(truth), np.array(shares)
    ridge = np.full(len(names), penalty)
    ridge[0] = 1e-6
    weights = np.zeros(len(names))
    for _ in range(30):
        chance = 1 / (1 + np.exp(-(x @ weights)))
        slope = x.T @ (share * (chance - y)) + ridge * weights
        curve = (x * (share * chance * (1 - chance))[:, None]).T @ x + np.diag(ridge)
        weights = weights - np.linalg.solve(curve, slope)
    fitted = {
        name: round(float(weight), 3)
        for name, weight in zip(names, weights, strict=True)
        if abs(weight) >= 0.005
    }
    return fitted | {"links only": -9.0}


def main() -> None:
    options = parser(__doc__)
    options.add_argument("folders", nargs="+", type=Path, metavar="DIR")
    options.add_argument("--list", action="store_true", help="print what is missed")
    options.add_argument("--fit", type=Path, metavar="WEIGHTS", help="write fitted weights there")
    chosen = options.parse_args()
    sentences: list[Sequence[object]] = []
    for folder in chosen.folders:
        if (folder / "tests" / "evaldata.json").is_file():
            folder /= "tests"  # noqa: PLW2901 - the repository itself was named
        if not (folder / "evaldata.json").is_file():
            from _bench import suites

            sentences += suites.measure(folder, listed=chosen.list)
        elif chosen.fit:
            weights = json.dumps(fit(folder), indent=0, sort_keys=True)
            chosen.fit.write_text(weights + "\n", encoding="utf-8")
        else:
            measure_pages(folder, listed=chosen.list)
    if sentences:
        table(["suite", "language", "right", "of", "decided otherwise"], sentences)


if __name__ == "__main__":
    main()
