"""A translation memory in one SQLite file.

- `Memory` (`store`): opens the file; one writer and any number of readers at a time (write-ahead
  log), intact after a kill at any moment
- `load_units` (`loading`): units in, by batches that commit together with the place where they end, so
  an import that was killed goes on where it was; what is known already is not stored twice
- `find_matches` (`lookup`): the same text (a hash) and which of its translations (`exact`), fuzzy (rarest words, then rapidfuzz), semantic (`semantic_matches`)
- `concordance_lines` (`concordance`): words, phrases and regular expressions in context, either side
- `stored`: filters, and units as their files had them; `rest` what has no column
- `editing`: single units listed and changed, languages renamed
- `upkeep`: statistics, inconsistent translations, filters, deletion, merging

The words of both sides are indexed by SQLite's FTS5 without positions; Chinese and Japanese are
indexed by pairs of characters (`words`). Text that is looked up is never changed: scores compare it
as it is.

Start reading from `schema.py`, then `lookup.py`.
"""

from __future__ import annotations

from aligner.memory.concordance import ConcordanceLine, concordance_lines
from aligner.memory.editing import Edited, edit_unit, listed_units, rename_language
from aligner.memory.loading import Loaded, load_units
from aligner.memory.lookup import Match, find_matches
from aligner.memory.semantic import add_vectors, semantic_matches
from aligner.memory.store import Memory
from aligner.memory.stored import Filter, stored_header, stored_units
from aligner.memory.upkeep import (
    Inconsistency,
    delete_units,
    inconsistencies,
    memory_statistics,
    merge_memory,
    set_penalty,
)

__all__ = [
    "ConcordanceLine",
    "Edited",
    "Filter",
    "Inconsistency",
    "Loaded",
    "Match",
    "Memory",
    "add_vectors",
    "concordance_lines",
    "delete_units",
    "edit_unit",
    "find_matches",
    "inconsistencies",
    "listed_units",
    "load_units",
    "memory_statistics",
    "merge_memory",
    "rename_language",
    "semantic_matches",
    "set_penalty",
    "stored_header",
    "stored_units",
]
