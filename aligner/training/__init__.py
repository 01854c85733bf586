"""Gold -> weights: maximum likelihood for the semi-Markov CRF.

- `gold.py`: which paths agree with the gold (beads outside the lattice become free regions)
- `examples.py`: features and gold of one case, cut to a strip around the gold path
- `fit.py`: gradient of the log-likelihood by forward-backward, and the optimiser
"""

from __future__ import annotations
