"""Tools for a corpus: streams of units in, streams of units or figures out.

- `Statistics` (`statistics`): counts of everything, as JSON; `as_lines` and `as_html` show them
- `FilterRules`, `reasons` (`filters`): why a unit should not be in a corpus
- `Duplicates` (`duplicates`): exact and near copies, the first stays
- `split_units` (`splitting`): train, dev and test by document, without leaks
- `sample_units` (`sampling`): so many units, each with the same chance

Every tool reads units once and in order, so a corpus may be larger than memory (what is kept a unit
is a hash or two). Start reading from `filters.py`.

- `build`: many pairs of texts -> a folder of alignments
- `pairing`: which document translates which
- `wordlinks`: links between the words of two texts
- `terms`: candidates of terms
"""

from __future__ import annotations

from aligner.corpus.duplicates import Duplicates
from aligner.corpus.filters import FilterRules, reasons
from aligner.corpus.report import as_html, as_lines
from aligner.corpus.sampling import sample_units
from aligner.corpus.splitting import SplitFigures, split_units
from aligner.corpus.statistics import Statistics

__all__ = [
    "Duplicates",
    "FilterRules",
    "SplitFigures",
    "Statistics",
    "as_html",
    "as_lines",
    "reasons",
    "sample_units",
    "split_units",
]
