"""Potentials -> beads. Numpy only; sees no text.

- `lattice.py`: the semi-Markov dynamic program (Sarawagi & Cohen 2004) over beads, in the
  log semiring (partition function, marginals) and the max semiring (best path)
- `decode.py`: best path or minimum-Bayes-risk path, and the posterior of every bead
- `pins.py`: beads that must hold and cuts that no bead crosses, as a mask
- `stretches.py`: the same answer stretch by stretch, for a person who fixes bead after bead
- a path tiles both texts; null runs have one order, source side first

Start reading from `lattice.py`.
"""

from __future__ import annotations

from aligner.engine.decoding.decode import Decoded, decode
from aligner.engine.decoding.pins import Pin, apply_pins, cells_of, join_pinned, parse_pins
from aligner.engine.decoding.stretches import Found, Stretch, decode_around
from aligner.engine.lattice.paths import Lattice

__all__ = [
    "Decoded",
    "Found",
    "Lattice",
    "Pin",
    "Stretch",
    "apply_pins",
    "cells_of",
    "decode",
    "decode_around",
    "join_pinned",
    "parse_pins",
]
