"""Potentials -> beads. Numpy only; sees no text.

- `decoder.py`: best path or minimum-Bayes-risk path, and the posterior of every bead
- `readings.py`: where another division of the beads is nearly as likely
- `pins.py`: beads that must hold and cuts that no bead crosses, as a mask
- `corrections.py`: what pinned beads teach about the rest of the document
- `stretches.py`: the same answer stretch by stretch, for a person who fixes bead after bead
- a path tiles both texts; null runs have one order, source side first

The dynamic program itself is `engine.lattice`. Start reading from `decoder.py`.
"""

from __future__ import annotations

from aligner.engine.decoding.corrections import Corrections
from aligner.engine.decoding.decoder import BEAD_COST, Decoded, decode_beads
from aligner.engine.decoding.pins import Pin, apply_pins, cells_of, join_pinned, parse_pins
from aligner.engine.decoding.readings import OtherPath
from aligner.engine.decoding.stretches import ScoredBead, Stretch, decode_around

__all__ = [
    "BEAD_COST",
    "Corrections",
    "Decoded",
    "OtherPath",
    "Pin",
    "ScoredBead",
    "Stretch",
    "apply_pins",
    "cells_of",
    "decode_around",
    "decode_beads",
    "join_pinned",
    "parse_pins",
]
