"""The checks of names and acronyms.

- `capitals.py`: the names that capitals show; `territories.py`: the countries a text names
- `support.py`: how well the other side supports a name; start reading here
- `common_words.py`: common words that have a capital
- `acronyms.py`: the same for acronyms
"""

from __future__ import annotations

from aligner.checks.names.acronyms import (
    ACRONYM_FEATURES,
    acronym_features,
    acronyms_of,
)
from aligner.checks.names.capitals import capitalised_words, whole_name
from aligner.checks.names.common_words import CAPITAL_NOUNS, ORDINARY, how_ordinary, ordinary
from aligner.checks.names.support import (
    NAME_FEATURES,
    NamePartners,
    Support,
    may_be_wrong,
    name_features,
)

__all__ = [
    "ACRONYM_FEATURES",
    "CAPITAL_NOUNS",
    "NAME_FEATURES",
    "ORDINARY",
    "NamePartners",
    "Support",
    "acronym_features",
    "acronyms_of",
    "capitalised_words",
    "how_ordinary",
    "may_be_wrong",
    "name_features",
    "ordinary",
    "whole_name",
]
