"""A translation memory in one SQLite file.

- `Memory` (`store`): opens the file; one writer and any number of readers at a time (write-ahead
  log), intact after a kill at any moment
- `load_units` (`loading`): units in, by batches that commit together with the place where they end, so
  an import that was killed goes on where it was; what is known already is not stored twice
- `find_matches` (`lookup`): the same text (a hash) and which of its translations (`exact`), fuzzy (rarest words, then rapidfuzz), semantic (`semantic_matches`)
- `concordance_lines` (`concordance`): words, phrases and regular expressions in context, either side
- `stored`: filters, and units as their files had them; `rest` what has no column
- `editing`: single units listed and changed, languages renamed
- `browsing`, `conditions`, `facets`, `revising`, `coded`: a page of units out of millions, and changes that
  can be undone; `page_server`, `page_views`, `page/`: the page in the browser (extra `[review]`);
  `memory_page()` gives what runs it
- `upkeep`: statistics, inconsistent translations, filters, deletion, merging

The words of both sides are indexed by SQLite's FTS5 without positions; Chinese and Japanese are
indexed by pairs of characters (`words`). Text that is looked up is never changed: scores compare it
as it is.

Start reading from `schema.py`, then `lookup.py`.
"""

from __future__ import annotations

from collections.abc import Callable

from aligner.memory.browsing import Browsed, BrowsedUnit, browse_units, count_units
from aligner.memory.concordance import ConcordanceLine, concordance_lines
from aligner.memory.editing import Edited, edit_unit, listed_units, rename_language
from aligner.memory.facets import prepare_page
from aligner.memory.loading import Loaded, load_units
from aligner.memory.lookup import Match, find_matches
from aligner.memory.page_views import PageTools
from aligner.memory.query import SearchQuery
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
from aligner.model import MissingExtra

__all__ = [
    "Browsed",
    "BrowsedUnit",
    "ConcordanceLine",
    "Edited",
    "Filter",
    "Inconsistency",
    "Loaded",
    "Match",
    "Memory",
    "PageTools",
    "SearchQuery",
    "add_vectors",
    "browse_units",
    "concordance_lines",
    "count_units",
    "delete_units",
    "edit_unit",
    "find_matches",
    "inconsistencies",
    "listed_units",
    "load_units",
    "memory_page",
    "memory_statistics",
    "merge_memory",
    "prepare_page",
    "rename_language",
    "semantic_matches",
    "set_penalty",
    "stored_header",
    "stored_units",
]


def memory_page() -> Callable[..., None]:
    """`page_server.serve_memory`, which shows a memory in the browser.

    Raises MissingExtra where the extra [review] is not installed.
    """
    try:
        from aligner.memory.page_server import serve_memory
    except ImportError as error:
        raise MissingExtra(
            f"the review needs the optional part [review] ({error.name} is missing)",
            hint="pip install 'aligner[review]'",
        ) from error
    return serve_memory
