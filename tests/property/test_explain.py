"""The parts of a bead's score sum to its score: on any path, with any weights."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.engine import features
from aligner.engine.decoding import decode_beads
from aligner.engine.features import MATCH_FEATURES, NULL_FEATURES
from aligner.engine.lattice import NULL_TYPES
from tests.property.test_lattice import Step, ladders
from tests.unit.engine.features.synthetic import blocks, blurred, meanings, random_weights


@given(
    n=st.integers(1, 9),
    m=st.integers(1, 9),
    seed=st.integers(0, 2**31),
    trust=st.sampled_from([0.0, 0.4, 1.0]),
)
@settings(max_examples=40, deadline=None)
def test_the_parts_sum_to_the_score(n: int, m: int, seed: int, trust: float) -> None:
    source = meanings(n, seed)
    target = blurred(meanings(m, seed), seed + 1)
    made = blocks(source, target, seed)
    weights = random_weights(seed)
    decoded = decode_beads(features.potentials(made, weights, trust))
    explained = list(features.explain(made, weights, trust, decoded.steps))
    assert len(explained) == len(decoded.steps)
    for parts, score, (_, _, kind) in zip(explained, decoded.scores, decoded.steps, strict=True):
        assert sum(part.nats for part in parts) == pytest.approx(score, abs=1e-3)
        assert all(part.value for part in parts)
        sizes = [abs(part.nats) for part in parts]
        assert sizes == sorted(sizes, reverse=True)
        names = [part.name for part in parts]
        assert len(set(names)) == len(names)
        assert set(names) <= set(NULL_FEATURES if kind < NULL_TYPES else MATCH_FEATURES)


def test_on_every_path_of_a_tiny_text() -> None:
    made = blocks(meanings(3, 5), blurred(meanings(3, 5), 6))
    weights = random_weights(5)
    potentials = features.potentials(made, weights, 1.0)
    paths: list[tuple[Step, ...]] = list(ladders(3, 3))
    assert len(paths) > 50
    for path in paths:
        for step, parts in zip(path, features.explain(made, weights, 1.0, path), strict=True):
            block = potentials.blocks[potentials.block_number(step[0])]
            place = (step[0] - block.first_row, step[1] - block.first_column, step[2])
            expected = float(block.values_RBT[place])
            assert sum(part.nats for part in parts) == pytest.approx(expected, abs=1e-3)
