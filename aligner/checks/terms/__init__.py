"""The check of terminology: required and forbidden terms of a glossary."""

from __future__ import annotations

from aligner.checks.terms.glossary import check_terms

__all__ = ["check_terms"]
