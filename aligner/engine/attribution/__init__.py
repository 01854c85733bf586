"""Token attribution: where the words of a segment find their partners.

For each token of a segment the segments of a window on the other side are asked how near their
nearest token is; the token's weight is shared out among them, and a part stays with nobody. Summed
over the tokens of a segment that gives cells, from which a bead's evidence is read: how much of
what both sides say is attributed inside the bead, and how much to what stands beside it.

The same chances for the words of one bead tell `check` which of them have no counterpart
(`without_partner`), and how sure a link between two of them is (`shares`, `corpus.wordlinks`).

- `cells.py`: tokens -> cells; start reading here
- `evidence.py`: cells -> features of match beads
"""

from __future__ import annotations

from aligner.engine.attribution.cells import (
    MIDDLE,
    Cells,
    Tokens,
    Windows,
    attribute,
    chance_alone,
    shares,
    without_partner,
)
from aligner.engine.attribution.evidence import ATTRIBUTION_FEATURES, TokenEvidence

__all__ = [
    "ATTRIBUTION_FEATURES",
    "MIDDLE",
    "Cells",
    "TokenEvidence",
    "Tokens",
    "Windows",
    "attribute",
    "chance_alone",
    "shares",
    "without_partner",
]
