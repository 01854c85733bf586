"""The checks of names and acronyms.

- `capitals.py`: the names that capitals show; `territories.py`: the countries a text names
- `support.py`: how well the other side supports a name; start reading here
- `findings.py`: what the checks say of a pair
- `heads.py`: names that begin alike and end in another way
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
from aligner.checks.names.findings import acronym_hits, name_hits
from aligner.checks.names.heads import OtherTail, lost_names, other_tails
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
    "OtherTail",
    "Support",
    "acronym_features",
    "acronym_hits",
    "acronyms_of",
    "capitalised_words",
    "how_ordinary",
    "lost_names",
    "may_be_wrong",
    "name_features",
    "name_hits",
    "ordinary",
    "other_tails",
    "whole_name",
]
