"""Gold -> weights: maximum likelihood for the semi-Markov CRF.

- `gold.py`: which paths agree with the gold (beads outside the lattice become free regions)
- `data.py`: which parts of which cases, and how much each counts
- `examples.py`: features and gold of one piece, cut to a strip around the gold path
- `fit.py`: gradient of the log-likelihood by forward-backward, and the optimiser
- `calibrate.py`: held-out posteriors -> confidences; `run.py`: all of it with cross-validation

Start reading from `run.py`.
"""

from __future__ import annotations

from aligner.engine.training.data import pieces_of
from aligner.engine.training.run import Trained, score_cases, train

__all__ = ["Trained", "pieces_of", "score_cases", "train"]
