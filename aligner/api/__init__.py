"""What programs call: what the command line does, as functions of files and texts.

    texts       align, align_all, align_texts, read, segment, segment_text
    files       convert, validate, apply_sheet, known_formats
    checking    check, check_table, compare, label: what a translation changed
    measuring   evaluate ...: how good beads are; train; known_languages
    reviewing   review_alignment: the page in the browser
    memories    Memory: what `aligner memory` does, a method each
    corpora     Corpus: what `aligner corpus` does, a method each, and terms

Files are named as on the command line, by `str` or `Path`, `book.zip:ch1.html` and `-` among them.
Whatever goes wrong raises an AlignerError with one clear sentence. Nothing is printed: what a user
should hear is added to `notices`, and long work calls `progress(stage, done, total)`.
"""

from __future__ import annotations

from aligner.api.checking import check, check_table, compare, label
from aligner.api.corpora import Corpus
from aligner.api.files import apply_sheet, convert, known_formats, validate
from aligner.api.measuring import (
    evaluate,
    evaluate_all,
    evaluate_by_text,
    known_languages,
    train,
)
from aligner.api.memories import Memory, UnitFilters
from aligner.api.reviewing import review_alignment
from aligner.api.texts import align, align_all, align_texts, read, segment, segment_text

__all__ = [
    "Corpus",
    "Memory",
    "UnitFilters",
    "align",
    "align_all",
    "align_texts",
    "apply_sheet",
    "check",
    "check_table",
    "compare",
    "convert",
    "evaluate",
    "evaluate_all",
    "evaluate_by_text",
    "known_formats",
    "known_languages",
    "label",
    "read",
    "review_alignment",
    "segment",
    "segment_text",
    "train",
    "validate",
]
