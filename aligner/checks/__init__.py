"""What a translation left out, added or changed: findings with evidence.

Every check has one code; `--only` and `--skip` take them.

    omitted-segment   a segment of the source has no translation
    added-segment     a segment of the translation has no source
    omitted-clause    a part of a segment is not translated (ablation, length, cover of words)
    added-clause      a part of a translation has no source (the dual)
    number            a figure differs
    number-word       a number in words differs (ICU's spellings turned round)
    date              a day, weekday or month differs (CLDR)
    time              a time of day differs
    percentage        a percentage differs, or lost its sign
    currency          an amount or its currency differs
    unit              a measure is not the same amount, conversions counted
    name              a name became another name
    acronym           an acronym became another; expansions are fine
    negation          a negation was dropped or put in (counts and toggles)
    question          a question became a statement, or back
    quotation         quoted speech lost or gained its marks
    speaker           a turn is given to somebody else
    turn-order        turns or segments stand in another order
    untranslated      the whole text or a run of words is still in the source's language
    wrong-language    text in a third language
    brackets          an editor's insertion stands on one side only
    link              an address differs or is missing
    length            a segment is far longer or shorter than its like in the article
    terminology       a glossary's required or forbidden term
    inconsistent      one source text, several translations
    repeated          a segment of the translation stands twice
    divergent         the two texts hardly mean the same

Severity: note, minor, major, critical. Start reading from `_pairs.py` (one pair) and `article.py`
(what only a whole article shows); then a check: `numbers.py`, `names.py`, `_coverage.py` ...
`model.json` holds the trained parts (scripts/train_fidelity.py), `numerals.json` and `units.json`
what ICU and CLDR know (scripts/make_check_data.py), `words.json` the small lists no data set has.

The room needs an encoder's vectors; the hall (`aligner.workflows.checking`) hands them in as `Sums`.
"""

from __future__ import annotations

from aligner.checks.article import check_alignment
from aligner.checks.common.beads import units_of
from aligner.checks.common.codes import CODES, known_codes
from aligner.checks.common.findings import (
    SEVERITIES,
    Accepted,
    Finding,
    Place,
    accept,
    baseline_lines,
    parse_baseline,
    severity_rank,
)
from aligner.checks.names.terms import Term, parse_glossary
from aligner.checks.pairs import Checker, Pair
from aligner.checks.report.outputs import mqm_lines, report_json, row_json, sarif
from aligner.checks.report.summary import Summary, summarise
from aligner.checks.tables import Row, check_rows, parse_rows
from aligner.checks.taxonomy import label_beads, parse_taxonomy, shipped

__all__ = [
    "CODES",
    "SEVERITIES",
    "Accepted",
    "Checker",
    "Finding",
    "Pair",
    "Place",
    "Row",
    "Summary",
    "Term",
    "accept",
    "baseline_lines",
    "check_alignment",
    "check_rows",
    "known_codes",
    "label_beads",
    "mqm_lines",
    "parse_baseline",
    "parse_glossary",
    "parse_rows",
    "parse_taxonomy",
    "report_json",
    "row_json",
    "sarif",
    "severity_rank",
    "shipped",
    "summarise",
    "units_of",
]
