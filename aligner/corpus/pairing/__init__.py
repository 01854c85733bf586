"""Which document translates which, when names do not tell and some have no partner.

    Profile ... x Profile ... -> candidates -> alignment scores -> one-to-one assignment

- A `Profile` is a document's vector (all of it as one overlap, a prefix sum) and those of at most
  64 consecutive blocks, made by `aligner.workflows.corpus.pairing`.
- `candidates` takes the nearest documents both ways, by cosine of centred vectors; it works by
  blocks of rows, so nothing of N x M documents is ever kept.
- `referee.score` aligns two documents' blocks without crossings: a text on the same subject has
  near blocks too, but not in the same order.
- `assign` finds the best one-to-one pairing of the log odds, exactly.

Start reading from `partners.py`.
"""

from __future__ import annotations

from aligner.corpus.pairing.assignment import assign
from aligner.corpus.pairing.nearest import candidates
from aligner.corpus.pairing.partners import Partner, pair_documents
from aligner.corpus.pairing.profile import BLOCKS, Profile

__all__ = ["BLOCKS", "Partner", "Profile", "assign", "candidates", "pair_documents"]
