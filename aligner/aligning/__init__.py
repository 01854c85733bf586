"""Potentials -> beads. Numpy only; sees no text.

- `lattice.py`: the semi-Markov dynamic program (Sarawagi & Cohen 2004) over beads, in the
  log semiring (partition function, marginals) and the max semiring (best path)
- `decode.py`: best path or minimum-Bayes-risk path, and the posterior of every bead
- `pins.py`: beads that must hold and cuts that no bead crosses, as a mask
- a path tiles both texts; null runs have one order, source side first

Start reading from `lattice.py`.
"""

from __future__ import annotations

from aligner.aligning.decode import Decoded, decode
from aligner.aligning.lattice import Lattice
from aligner.aligning.pins import Pin, apply_pins, cells_of, join_pinned, parse_pins

__all__ = [
    "Decoded",
    "Lattice",
    "Pin",
    "apply_pins",
    "cells_of",
    "decode",
    "join_pinned",
    "parse_pins",
]
