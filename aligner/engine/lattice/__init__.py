"""Which beads there are and their scores, and the values of all paths through them.

- `potentials.py`: bead types, and the arrays of scores; start reading here
- `paths.py`: the semi-Markov dynamic program (Sarawagi & Cohen 2004) over beads, in the log semiring
  (partition function, marginals) and the max semiring (best path)
"""

from __future__ import annotations

from aligner.engine.lattice.paths import Lattice
from aligner.engine.lattice.potentials import (
    LARGEST,
    MATCH_TYPES,
    NULL_TYPES,
    SOURCE_EXTEND,
    SOURCE_OPEN,
    TARGET_EXTEND,
    TARGET_OPEN,
    TYPES,
    Potentials,
    ScoreBlock,
    bead_of,
)

__all__ = [
    "LARGEST",
    "MATCH_TYPES",
    "NULL_TYPES",
    "SOURCE_EXTEND",
    "SOURCE_OPEN",
    "TARGET_EXTEND",
    "TARGET_OPEN",
    "TYPES",
    "Lattice",
    "Potentials",
    "ScoreBlock",
    "bead_of",
]
