"""Precision@50 of term candidates on ../shared/gold/debinst-en-es (the Debian installation guide).

There is no glossary of it, so the text is its own judge: a candidate is right where the source term
is translated by the target term in 70 % or more of the units that hold the source term, and the
other way round in half of those that hold the target term, in the gold alignment (inflected forms
counted apart, so the figure is low rather than high). The list is printed for reading too.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from aligner.engine.evaluating.cases import load_gold
from aligner.model import Unit
from aligner.workflows.corpus.terminology import extract_terms

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"


def has(term: str, text: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(term)}(?!\w)", text, re.IGNORECASE) is not None


def main(name: str) -> None:
    case = load_gold(SHARED / "gold" / name)
    langs = name.split("-")[-2:]
    units = []
    for number, bead in enumerate(case.gold):
        left = " ".join(case.source[i] for i in bead.source)
        right = " ".join(case.target[j] for j in bead.target)
        if left and right:
            units.append(Unit.of(langs[0], langs[1], left, right, name, number))
    found, _ = extract_terms(units, limit=50)
    hits = 0
    for one in found:
        held = [u for u in units if has(one.source, u.source)]
        forth = sum(has(one.target, u.target) for u in held) / max(1, len(held))
        other = [u for u in units if has(one.target, u.target)]
        back = sum(has(one.source, u.source) for u in other) / max(1, len(other))
        good = forth >= 0.7 and back >= 0.5
        hits += good
        print(
            f"{'+' if good else '-'} {one.score:7.3f} {one.frequency:4} {one.source} = {one.target}"
            f"  ({forth:.2f}, {back:.2f})"
        )
    print(f"{name}: {len(units)} units, precision@{len(found)} {hits / len(found):.3f}")


if __name__ == "__main__":
    main(*(sys.argv[1:] or ["debinst-en-es"]))
