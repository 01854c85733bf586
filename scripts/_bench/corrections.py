"""What a person's corrections teach: F1 of the rest of a document with and without it.

Of each case a tenth of the gold beads is pinned (--share; drawn at random by the case's name, or with
--order a stretch of neighbours), as if a person had accepted or repaired them. The rest is aligned
around them by the scores as they are, and by those that `decoding.Corrections` makes of the pins; both
are scored on the beads that were not pinned, with a paired bootstrap over beads. Coarse gold is left
out: its beads are not what a person would fix.

Weights that never saw the cases tell more than the shipped ones: --weights FILE.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from _bench import GOLD, folders, parser, progress
from _bench.accuracy import compare

if TYPE_CHECKING:
    from aligner.engine.decoding import Pin
    from aligner.engine.evaluating import Case, CaseScore, GoldBead
    from aligner.engine.features import Weights

_LARGEST_BEAD = 8


def pinned(case: Case, share: float, turn: int, *, in_order: bool) -> list[GoldBead]:
    """Gold beads that a person could have fixed: contiguous, in order, of the lattice's sizes."""
    import numpy as np

    matches: list[GoldBead] = []
    nulls = []
    for bead in sorted(case.gold, key=lambda one: (one.source[:1], one.target[:1])):
        if not bead.source or not bead.target:
            nulls += [bead] if len(bead.source) + len(bead.target) == 1 else []
            continue
        whole = all(side[-1] - side[0] == len(side) - 1 for side in (bead.source, bead.target))
        follows = not matches or bead.target[0] > matches[-1].target[-1]
        if whole and follows and len(bead.source) + len(bead.target) <= _LARGEST_BEAD:
            matches.append(bead)
    every = matches + nulls
    count = max(1, round(share * len(every)))
    if in_order:
        first = turn * max(0, len(matches) - count) // 4
        return matches[first : first + count]
    random = np.random.default_rng(zlib.crc32(f"{case.name}:{turn}".encode()))
    return [every[place] for place in sorted(random.choice(len(every), count, replace=False))]


def as_pins(beads: Sequence[GoldBead], case: Case) -> tuple[Pin, ...]:
    from aligner.engine.decoding import parse_pins

    text = "\n".join(f"{list(bead.source)}:{list(bead.target)}" for bead in beads)
    return parse_pins(text, case.name, len(case.source), len(case.target))


def both_ways(
    case: Case, weights: Weights, share: float, turns: int, *, in_order: bool
) -> list[tuple[CaseScore, CaseScore]]:
    """Scores of what was not pinned, without and with what the pins teach, a pair each turn."""
    from aligner.engine.decoding import Corrections, cells_of, decode_around
    from aligner.engine.embedding import background_of, load_encoder
    from aligner.engine.evaluating import GoldBead, case_documents
    from aligner.engine.evaluating.cases import case_families
    from aligner.engine.evaluating.scores import score_beads
    from aligner.engine.solving import score_pair

    encoder = load_encoder("embedded")
    documents = case_documents(case)
    source, target = (encoder.overlaps([s.text for s in side.segments]) for side in documents)
    covers = encoder.covers(documents[0].lang), encoder.covers(documents[1].lang)
    background = background_of(encoder, (source.count, target.count), covers)
    out = []
    for turn in range(turns):
        given = pinned(case, share, turn, in_order=in_order)
        pins = as_pins(given, case)
        scored = score_pair(
            documents, (source, target), covers, weights, cells_of(pins), background=background
        )
        keys = {bead.key for bead in given}
        gold = [bead for bead in case.gold if bead.key not in keys]
        if not any(bead.source and bead.target for bead in gold):
            continue
        taught, _ = Corrections(scored.potentials).corrected(pins)
        pair = []
        for potentials in (scored.potentials, taught):
            beads = [
                GoldBead(tuple(one.source), tuple(one.target), one.posterior)
                for one in decode_around(potentials, pins, {})
            ]
            rest = [bead for bead in beads if bead.key not in keys]
            families = case_families(case.name)
            pair.append(replace(score_beads(gold, rest, name=case.name), families=families))
        out.append((pair[0], pair[1]))
    return out


def main() -> None:
    options = parser(__doc__)
    options.add_argument("cases", nargs="*", default=["*"], help="patterns of case names")
    options.add_argument("--gold", type=Path, default=GOLD, help="the folder of case folders")
    options.add_argument("--weights", type=Path, help="weights instead of the shipped ones")
    options.add_argument("--share", type=float, default=0.1, help="of the gold, pinned (0-1)")
    options.add_argument("--turns", type=int, default=4, help="draws a case")
    options.add_argument("--order", action="store_true", help="neighbours instead of a draw")
    options.add_argument("--largest", type=int, default=1500, help="segments a side")
    given = options.parse_args()

    from aligner.engine.evaluating import load_cases
    from aligner.workflows.weighing import load_weights

    weights = load_weights(given.weights)
    pairs: list[tuple[CaseScore, CaseScore]] = []
    cases = [case for folder in folders(given.cases, given.gold) for case in load_cases(folder)]
    for number, case in enumerate(cases):
        progress(f"{number + 1}/{len(cases)} {case.name}")
        if not case.is_coarse and max(len(case.source), len(case.target)) <= given.largest:
            pairs += both_ways(case, weights, given.share, given.turns, in_order=given.order)
    progress("")
    compare([first for first, _ in pairs], [second for _, second in pairs], ("without", "with"))


if __name__ == "__main__":
    main()
