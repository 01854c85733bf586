"""Which beads there are and their scores, and the values of all paths through them.

- `potentials.py`: bead types, and the arrays of scores; start reading here
- `paths.py`: the semi-Markov dynamic program (Sarawagi & Cohen 2004) over beads, in the log semiring
  (partition function, marginals) and the max semiring (best path)
- `pruning.py`: the beads that a second pass looks at
- `sparse.py`: the dynamic program over few beads, for training and for what pins teach
"""

from __future__ import annotations

from aligner.engine.lattice.paths import Lattice
from aligner.engine.lattice.potentials import (
    ALL_TYPES,
    BEAD_SIZES,
    LARGE_TYPES,
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
    kind_of,
    match_types,
    reach,
    types_for,
)
from aligner.engine.lattice.pruning import Kept, likely_beads, null_posteriors
from aligner.engine.lattice.sparse import EdgeList, SparseLattice

__all__ = [
    "ALL_TYPES",
    "BEAD_SIZES",
    "LARGEST",
    "LARGE_TYPES",
    "MATCH_TYPES",
    "NULL_TYPES",
    "SOURCE_EXTEND",
    "SOURCE_OPEN",
    "TARGET_EXTEND",
    "TARGET_OPEN",
    "TYPES",
    "EdgeList",
    "Kept",
    "Lattice",
    "Potentials",
    "ScoreBlock",
    "SparseLattice",
    "bead_of",
    "kind_of",
    "likely_beads",
    "match_types",
    "null_posteriors",
    "reach",
    "types_for",
]
