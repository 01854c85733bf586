"""A translation memory in one SQLite file.

- `Memory` (`store`): opens the file; one writer and any number of readers at a time (write-ahead
  log), intact after a kill at any moment
- `load` (`loading`): units in, by batches that commit together with the place where they end, so
  an import that was killed goes on where it was; what is known already is not stored twice
- `lookup`: exact (a hash), with context, fuzzy (rarest words, then rapidfuzz), semantic (`semantic`)
- `concordance`: words, phrases and regular expressions in context, either side
- `upkeep`: statistics, inconsistent translations, filters, deletion, merging

The words of both sides are indexed by SQLite's FTS5 without positions; Chinese and Japanese are
indexed by pairs of characters (`words`). Text that is looked up is never changed: scores compare it
as it is.

Start reading from `schema.py`, then `lookup.py`.
"""

from __future__ import annotations

from aligner.memory.concordance import Hit, concordance
from aligner.memory.loading import Loaded, load
from aligner.memory.lookup import Match, lookup
from aligner.memory.semantic import add_vectors, semantic
from aligner.memory.store import Memory
from aligner.memory.upkeep import (
    Filter,
    Inconsistency,
    delete,
    inconsistencies,
    merge,
    set_penalty,
    statistics,
    stored_units,
)

__all__ = [
    "Filter",
    "Hit",
    "Inconsistency",
    "Loaded",
    "Match",
    "Memory",
    "add_vectors",
    "concordance",
    "delete",
    "inconsistencies",
    "load",
    "lookup",
    "merge",
    "semantic",
    "set_penalty",
    "statistics",
    "stored_units",
]
