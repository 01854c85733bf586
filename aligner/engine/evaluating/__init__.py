"""Evaluating: gold + beads -> strict, lax and null scores, calibration, intervals.

    beads      index sets read from text; what gold and system have in common
    cases      gold with the segments it numbers, from a folder; start reading here
    counts     which counts make which rate; 0/0 is not applicable
    scores     one document: a row of counts a gold bead (vecalign's definitions)
    summary    documents together: micro, macro, families, reliability
    resampling intervals and paired comparison, by summing the rows again
    bytext     the same question where the two sides were segmented differently
    report     the figures as text and as JSON

A system is any tuple of beads (`beads_of(alignment)` makes one).
"""

from __future__ import annotations

from aligner.engine.evaluating.beads import (
    GoldBead,
    beads_of,
    inspect_beads,
    parse_beads,
)
from aligner.engine.evaluating.bytext import BeadedText, TextScore, beaded_alignment, score_by_text
from aligner.engine.evaluating.cases import (
    Case,
    case_documents,
    find_cases,
    load_cases,
    load_gold,
    read_utf8,
    score_case,
)
from aligner.engine.evaluating.report import (
    comparison_lines,
    score_data,
    score_lines,
    summary_data,
    text_data,
    text_lines,
)
from aligner.engine.evaluating.resampling import bootstrap, paired_bootstrap
from aligner.engine.evaluating.scores import CaseScore, score_beads
from aligner.engine.evaluating.summary import ScoreSummary, calibration, families, summarise_scores

SCORING = "vecalign-2019+1"  # definitions of vecalign with our rules; changes when a score would

__all__ = [
    "SCORING",
    "BeadedText",
    "Case",
    "CaseScore",
    "GoldBead",
    "ScoreSummary",
    "TextScore",
    "beaded_alignment",
    "beads_of",
    "bootstrap",
    "calibration",
    "case_documents",
    "comparison_lines",
    "families",
    "find_cases",
    "inspect_beads",
    "load_cases",
    "load_gold",
    "paired_bootstrap",
    "parse_beads",
    "read_utf8",
    "score_beads",
    "score_by_text",
    "score_case",
    "score_data",
    "score_lines",
    "summarise_scores",
    "summary_data",
    "text_data",
    "text_lines",
]
