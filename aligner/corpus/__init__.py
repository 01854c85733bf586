"""Tools for a corpus: streams of units in, streams of units or figures out.

- `Statistics` (`statistics`): counts of everything, as JSON; `as_lines` and `as_html` show them
- `Rules`, `reasons` (`rules`): why a unit should not be in a corpus
- `Duplicates` (`duplicates`): exact and near copies, the first stays
- `split` (`splitting`): train, dev and test by document, without leaks
- `sample` (`sampling`): so many units, each with the same chance

Every tool reads units once and in order, so a corpus may be larger than memory (what is kept a unit
is a hash or two). Start reading from `rules.py`.
"""

from __future__ import annotations

from aligner.corpus.duplicates import Duplicates
from aligner.corpus.filters import Rules, reasons
from aligner.corpus.report import as_html, as_lines
from aligner.corpus.sampling import sample
from aligner.corpus.splitting import Split, split
from aligner.corpus.statistics import Statistics

__all__ = [
    "Duplicates",
    "Rules",
    "Split",
    "Statistics",
    "as_html",
    "as_lines",
    "reasons",
    "sample",
    "split",
]
