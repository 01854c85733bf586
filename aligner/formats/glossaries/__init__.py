"""Glossaries, in the formats that translation tools keep them in: TBX 2 and 3, tables of tabs and of
commas, OmegaT's tables without a header, hunalign's dictionaries.

- `parse_glossary` (`read`): terms to use and to avoid
- `parse_dictionary` (`dictionary`): pairs of phrases
- `tables`, `tbx`: how each is read
- `write_glossary` (`write`): entries out, the format by the suffix or by its name
"""

from __future__ import annotations

from aligner.formats.glossaries.dictionary import Dictionary, parse_dictionary
from aligner.formats.glossaries.read import parse_glossary
from aligner.formats.glossaries.terms import Term
from aligner.formats.glossaries.write import GlossaryEntry, glossary_format, write_glossary

__all__ = [
    "Dictionary",
    "GlossaryEntry",
    "Term",
    "glossary_format",
    "parse_dictionary",
    "parse_glossary",
    "write_glossary",
]
