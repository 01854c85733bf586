"""Potentials -> beads. Numpy only; sees no text.

- `lattice.py`: the semi-Markov dynamic program (Sarawagi & Cohen 2004) over beads, in the
  log semiring (partition function, marginals) and the max semiring (best path)
- `decode.py`: best path or minimum-Bayes-risk path, and the posterior of every bead
- a path tiles both texts; null runs have one order, source side first

Start reading from `lattice.py`.
"""

from __future__ import annotations

from aligner.aligning.decode import Decoded, decode
from aligner.aligning.lattice import Lattice

__all__ = ["Decoded", "Lattice", "decode"]
