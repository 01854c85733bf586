"""The hall of corpora: calls the rooms for jobs over many texts.

- `building`: `pair_work` is what a worker of `aligner corpus build` runs
- `pairing`: texts -> profiles, for `aligner corpus pair`
- `units`: alignments -> units, which corpus tools, memories and terms live on

Like `pipeline` it prints nothing; the command line and programs call it.
"""

from __future__ import annotations

from aligner.corpora.building import PAIR_WORK, build_settings, pair_work, quality_of
from aligner.corpora.pairing import profiles_of
from aligner.corpora.units import units_of

__all__ = [
    "PAIR_WORK",
    "build_settings",
    "pair_work",
    "profiles_of",
    "quality_of",
    "units_of",
]
