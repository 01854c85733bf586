"""Quality against cosine and length ratio on published translations with noise put in.

Nothing was trained on these texts; `scripts/bench quality` prints the whole tables.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.conftest import load_script

PUBLISHED = Path(__file__).parent / "published"
CASES = (
    "haensel-de-en",
    "chekhov-bear-ru-en",
    "internet-tutorial-en-ko",
    "licence-en-ar",
    "rust-installation-en-pt",
    "quijote-es-en",
)
DRAWS = 200


@pytest.mark.parametrize("figure", [0, 1], ids=["ROC AUC", "precision at recall .9"])
def test_quality_tells_noise_better_than_cosine_and_length(figure: int) -> None:
    bench = load_script("bench_quality")
    table, found = bench.unseen_table([PUBLISHED / name for name in CASES])
    scores = bench.scores_of(table, found)
    ranked = {name: bench.Ranked(score, table.clean) for name, score in scores.items()}
    whole = {name: one.figures(np.ones(len(table.clean)))[figure] for name, one in ranked.items()}
    assert whole["quality"] > (0.88, 0.7)[figure]
    names, number = np.unique([row.document for row in table.rows], return_inverse=True)
    chance = np.random.default_rng(1)
    draws = chance.multinomial(len(names), np.full(len(names), 1 / len(names)), DRAWS)
    for other in ("cosine", "length ratio"):
        apart = [
            ranked["quality"].figures(draw[number])[figure]
            - ranked[other].figures(draw[number])[figure]
            for draw in draws
        ]
        assert np.quantile(apart, 0.025) > 0, other
