"""Tools for a corpus: streams of units in, streams of units or figures out.

- `Statistics` (`statistics`): counts of everything, as JSON; `as_lines` and `as_html` show them
- `FilterRules`, `reasons` (`filters`): why a unit should not be in a corpus
- `without_duplicates` (`duplicates`, `near`): exact and near copies, the first stays
- `split_units` (`splitting`): train, dev and test by document, without leaks
- `sample_units` (`sampling`): so many units, each with the same chance

Every tool reads units in order, some of them two or three times, so a corpus may be larger than
memory: what must be kept of all units lies on the disk (`partitions`). Start reading from `filters.py`.

- `build`: many pairs of texts -> a folder of alignments
- `pairing`: which document translates which
- `wordlinks`: links between the words of two texts
- `terms`: candidates of terms
"""

from __future__ import annotations

from aligner.corpus.duplicates import IGNORABLE, SIDES, DuplicateRules, without_duplicates
from aligner.corpus.filters import FilterRules, reasons
from aligner.corpus.report import as_html, as_lines
from aligner.corpus.sampling import sample_units
from aligner.corpus.splitting import SplitFigures, split_units
from aligner.corpus.statistics import Statistics

__all__ = [
    "IGNORABLE",
    "SIDES",
    "DuplicateRules",
    "FilterRules",
    "SplitFigures",
    "Statistics",
    "as_html",
    "as_lines",
    "reasons",
    "sample_units",
    "split_units",
    "without_duplicates",
]
