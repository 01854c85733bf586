"""The checks of language: a part left untranslated, a text in a third language."""

from __future__ import annotations

from aligner.checks.language.foreign import (
    check_untranslated,
    check_wrong_language,
)
from aligner.checks.language.references import is_reference

__all__ = [
    "check_untranslated",
    "check_wrong_language",
    "is_reference",
]
