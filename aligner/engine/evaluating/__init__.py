"""Evaluating: gold + beads -> strict, lax and null scores, calibration, intervals.

    beads      index sets read from text; what gold and system have in common
    cases      gold with the segments it numbers, from a folder; start reading here
    counts     which counts make which rate; 0/0 is not applicable
    scores     one document: a row of counts a gold bead (vecalign's definitions)
    summary    documents together: micro, macro, families, reliability
    bootstrap  intervals and paired comparison, by summing the rows again
    bytext     the same question where the two sides were segmented differently
    report     the figures as text and as JSON

A system is any tuple of beads (`beads_of(alignment)` makes one).
"""

from __future__ import annotations

from aligner.engine.evaluating import report
from aligner.engine.evaluating.beads import GoldBead, beads_of, format_beads, parse_beads
from aligner.engine.evaluating.bootstrap import bootstrap, paired_bootstrap
from aligner.engine.evaluating.cases import Case, case_documents, load_cases, load_gold, score_case
from aligner.engine.evaluating.scores import CaseScore, score_beads
from aligner.engine.evaluating.summary import Summary, calibration, families, summarise

SCORING = "vecalign-2019+1"  # definitions of vecalign with our rules; changes when a score would

__all__ = [
    "SCORING",
    "Case",
    "CaseScore",
    "GoldBead",
    "Summary",
    "beads_of",
    "bootstrap",
    "calibration",
    "case_documents",
    "families",
    "format_beads",
    "load_cases",
    "load_gold",
    "paired_bootstrap",
    "parse_beads",
    "report",
    "score_beads",
    "score_case",
    "summarise",
]
