"""The check of terminology: required and forbidden terms of a glossary."""

from __future__ import annotations

from aligner.checks.terms.glossary import (
    Term,
    check_terms,
    parse_glossary,
)

__all__ = [
    "Term",
    "check_terms",
    "parse_glossary",
]
