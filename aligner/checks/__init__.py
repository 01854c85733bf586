"""What a translation left out, added or changed: findings with evidence.

Every check has one code; `--only` and `--skip` take them.

    omitted-segment   a segment of the source has no translation
    added-segment     a segment of the translation has no source
    omitted-clause    a part of a segment is not translated (ablation, length, cover of words)
    added-clause      a part of a translation has no source (the dual)
    moved             what is missing here stands one to three beads away: one finding, a note
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
    brackets          an insertion in brackets or between dashes stands on one side only
    link              an address differs or is missing
    length            a segment is far longer or shorter than its like in the article
    terminology       a glossary's required or forbidden term
    inconsistent      one source text, several translations
    repeated          a segment of the translation stands twice
    divergent         the two texts hardly mean the same
    boilerplate       text of the web page beside the article: a note, no part of the coverage

Off unless `--only` or `--also` names them (docs/fidelity.md has their precision):

    attribution       who says it is said on one side only
    hedge             a word for doubt stands on one side only
    intensity         a word for degree stands on one side only
    explicitation     a connective that the source leaves to the reader

Severity: note, minor, major, critical. Start reading from `pairs.py` (one pair), `article.py`
(what only a whole article shows) and `tables.py` (rows of a table); then a kind of check:

    quantities  number, number-word, date, time, percentage, currency, unit
    names       name, acronym            negation    negation
    coverage    omitted-clause, added-clause
    language    untranslated, wrong-language
    marks       question, quotation, brackets, link
    turns       speaker, turn-order      terms       terminology
    shifts      attribution, hedge, intensity, explicitation
    moved.py    moved: what coverage and runs.py find, looked for in the beads around
    runs.py     omitted-segment, added-segment: neighbours are one finding
    glued.py    the same for segments that were put into a neighbour's bead
    boilerplate.py  boilerplate         bilingual.py  what stands in both languages is a note
    common      what all of them share   report      the outputs
    taxonomy.py a scholar's own labels on beads

In `common`, model.json holds the trained parts (scripts/train_fidelity.py), units.json what CLDR
knows (with quantities/numerals.json made by scripts/make_check_data.py), words.json the small lists
no data set has. The vectors of an encoder are handed in as `Sums` (`aligner.workflows.checking`).
"""

from __future__ import annotations

from aligner.checks.article import check_alignment
from aligner.checks.boilerplate import boilerplate_ends
from aligner.checks.common import (
    CHECK_CODES,
    INPUTS,
    SEVERITIES,
    Accepted,
    Finding,
    Place,
    accept_findings,
    baseline_lines,
    bead_texts,
    known_codes,
    parse_baseline,
    severity_rank,
)
from aligner.checks.pairs import Checker, TextPair
from aligner.checks.report import (
    Summary,
    Translation,
    findings_report,
    findings_sarif,
    mqm_lines,
    report_page,
    row_json,
    same_source,
    summarise,
)
from aligner.checks.tables import TableRow, check_rows, parse_rows
from aligner.checks.taxonomy import label_beads, parse_taxonomy, shipped

__all__ = [
    "CHECK_CODES",
    "INPUTS",
    "SEVERITIES",
    "Accepted",
    "Checker",
    "Finding",
    "Place",
    "Summary",
    "TableRow",
    "TextPair",
    "Translation",
    "accept_findings",
    "baseline_lines",
    "bead_texts",
    "boilerplate_ends",
    "check_alignment",
    "check_rows",
    "findings_report",
    "findings_sarif",
    "known_codes",
    "label_beads",
    "mqm_lines",
    "parse_baseline",
    "parse_rows",
    "parse_taxonomy",
    "report_page",
    "row_json",
    "same_source",
    "severity_rank",
    "shipped",
    "summarise",
]
