"""What all checks share; start reading from `hits.py`.

- `hits.py`: what a check yields on one pair; `findings.py`: hits with a place, gathered by cause
- `beads.py`: a bead with its texts; `codes.py`: the codes and their classes in MQM
- `tokens.py`: words of a text and the keys they are compared by
- `cldr.py`: what CLDR knows of a language; `word_lists.py`: the lists that no data set has
- `vectors.py`: what checks ask of an encoder; `trained.py`: the small trained models
- `partners.py`: whether the evidence of a hit has a partner in the other text
- `judging.py`: how likely a finding is real, and its severity
"""

from __future__ import annotations

from aligner.checks.common.beads import BeadTexts, bead_texts
from aligner.checks.common.cldr import (
    currency_names,
    date_names,
    longest_entry,
    measure_of,
    territory_names,
    unit_names,
)
from aligner.checks.common.codes import CHECK_CODES, FIGURES, ONE_SIDED, known_codes
from aligner.checks.common.findings import (
    SEVERITIES,
    Accepted,
    Finding,
    Place,
    accept_findings,
    baseline_lines,
    finding_of,
    gather,
    parse_baseline,
    severity_rank,
)
from aligner.checks.common.hits import Hit, Spans
from aligner.checks.common.judging import INPUTS, JUDGED, Judgement, Setting, judgement_signs
from aligner.checks.common.partners import with_partners
from aligner.checks.common.tokens import (
    Word,
    base,
    fold,
    has_case,
    is_cjk,
    letters_in,
    shortened,
    words,
)
from aligner.checks.common.trained import expand, length_ratio, trained_model
from aligner.checks.common.vectors import Cut, Floats, PairVectors, SideTokens, Sums, SumsOf
from aligner.checks.common.word_lists import word_list, word_table

__all__ = [
    "CHECK_CODES",
    "FIGURES",
    "INPUTS",
    "JUDGED",
    "ONE_SIDED",
    "SEVERITIES",
    "Accepted",
    "BeadTexts",
    "Cut",
    "Finding",
    "Floats",
    "Hit",
    "Judgement",
    "PairVectors",
    "Place",
    "Setting",
    "SideTokens",
    "Spans",
    "Sums",
    "SumsOf",
    "Word",
    "accept_findings",
    "base",
    "baseline_lines",
    "bead_texts",
    "currency_names",
    "date_names",
    "expand",
    "finding_of",
    "fold",
    "gather",
    "has_case",
    "is_cjk",
    "judgement_signs",
    "known_codes",
    "length_ratio",
    "letters_in",
    "longest_entry",
    "measure_of",
    "parse_baseline",
    "severity_rank",
    "shortened",
    "territory_names",
    "trained_model",
    "unit_names",
    "with_partners",
    "word_list",
    "word_table",
    "words",
]
