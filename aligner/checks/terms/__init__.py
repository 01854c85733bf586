"""The check of terminology: required and forbidden terms of a glossary."""

from __future__ import annotations

from aligner.checks.terms.dictionary import Dictionary, parse_dictionary
from aligner.checks.terms.glossary import (
    Term,
    check_terms,
    parse_glossary,
)

__all__ = [
    "Dictionary",
    "Term",
    "check_terms",
    "parse_dictionary",
    "parse_glossary",
]
