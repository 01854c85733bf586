"""Texts' evidence and overlap vectors -> potentials: the score of every bead in the band.

- `evidence.py`: what each segment's text says by itself (length, numbers, names, end marks)
- `coarse.py`: a first chain of 1-1 cells and the band around it
- `similarity.py`, `vectors.py`: cosines of all overlaps inside the band, block by block
- `matches.py`, `economy.py`, `nulls.py`: the features of match beads and of null beads, by name
- `rows.py`: features by name instead of by place
- `beads.py`: walks the band; `weights.py`: weights, trust, potentials
- `extras.py`: evidence set by hand, beside the weights
- `same.py`: segments that are one text on both sides
- `tables.py`: cells at one place of tables of one shape
- `timing.py`: what subtitles show at one time
- `dictionary.py`: words that a user's dictionary shows to be translations
- `lexicon.py`: words that the texts themselves show to be translations
- `parts.py`: the parts of a bead's score; `crossings.py`: what a monotone path cannot hold

    score(bead) = w . phi(bead)

Start reading from `beads.py`. No text and no file is read here but the shipped weights.
"""

from __future__ import annotations

from aligner.engine.features.beads import BlockFeatures, Blocks
from aligner.engine.features.crossings import find_crossings
from aligner.engine.features.dictionary import Entries, found_entries
from aligner.engine.features.evidence import Evidence
from aligner.engine.features.evidence import of_document as evidence_of
from aligner.engine.features.lexicon import learn as learn_lexicon
from aligner.engine.features.lexicon import translated
from aligner.engine.features.matches import MATCH_FEATURES
from aligner.engine.features.nulls import NULL_FEATURES
from aligner.engine.features.parts import Part, explain
from aligner.engine.features.weights import (
    PARTS,
    SECOND_FEATURES,
    UNEVEN,
    Weights,
    block_values,
    parse_weights,
    potentials,
    shipped_weights,
    trust,
)

__all__ = [
    "MATCH_FEATURES",
    "NULL_FEATURES",
    "PARTS",
    "SECOND_FEATURES",
    "UNEVEN",
    "BlockFeatures",
    "Blocks",
    "Entries",
    "Evidence",
    "Part",
    "Weights",
    "block_values",
    "evidence_of",
    "explain",
    "find_crossings",
    "found_entries",
    "learn_lexicon",
    "parse_weights",
    "potentials",
    "shipped_weights",
    "translated",
    "trust",
]
