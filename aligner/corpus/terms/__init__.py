"""Candidates of bilingual terms from texts whose words are linked.

    linked units -> word groups of both sides that translate each other -> scores -> glossaries

- `extract` (`extracting`): groups of 1 to 5 words that start and end with a word of content and
  whose links stay inside the pair (the phrase pairs of Koehn, Och and Marcu 2003)
- the score is termhood times association: C-value (Frantzi, Ananiadou and Mima 2000) of the source
  group, raised where its words are rarer in general language than here (weirdness, Ahmad et al.
  1999), times the Dice coefficient of both groups
- `glossary_entries` (`writing`): what `aligner.formats.glossaries` writes, and `check --glossary` reads

What general language is, the caller says: a function from words to log probabilities.
"""

from __future__ import annotations

from aligner.corpus.terms.extracting import Candidate, LinkedUnit, extract_candidates
from aligner.corpus.terms.writing import glossary_entries

__all__ = ["Candidate", "LinkedUnit", "extract_candidates", "glossary_entries"]
