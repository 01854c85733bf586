"""The checks of what punctuation says: questions, quotations, editor's brackets, links."""

from __future__ import annotations

from aligner.checks.marks.punctuation import (
    check_brackets,
    check_links,
    check_question,
    check_quotation,
)

__all__ = [
    "check_brackets",
    "check_links",
    "check_question",
    "check_quotation",
]
