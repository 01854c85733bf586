"""The checks of names and acronyms.

- `capitals.py`: the names that capitals show; `territories.py`: the countries a text names
- `support.py`: how well the other side supports a name; start reading here
- `acronyms.py`: the same for acronyms
"""

from __future__ import annotations

from aligner.checks.names.acronyms import (
    ACRONYM_FEATURES,
    acronym_features,
    acronyms_of,
)
from aligner.checks.names.capitals import whole_name
from aligner.checks.names.support import (
    NAME_FEATURES,
    NamePartners,
    Support,
    may_be_wrong,
    name_features,
)

__all__ = [
    "ACRONYM_FEATURES",
    "NAME_FEATURES",
    "NamePartners",
    "Support",
    "acronym_features",
    "acronyms_of",
    "may_be_wrong",
    "name_features",
    "whole_name",
]
