"""The checks of what marks say: questions, quotations, insertions, links."""

from __future__ import annotations

from aligner.checks.marks.insertions import check_brackets
from aligner.checks.marks.punctuation import (
    check_links,
    check_question,
    check_quotation,
    has_quotation,
)

__all__ = [
    "check_brackets",
    "check_links",
    "check_question",
    "check_quotation",
    "has_quotation",
]
