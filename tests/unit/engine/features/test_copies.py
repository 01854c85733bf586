"""Potentials of a long text, made by copies of the process and by this one: the same bytes."""

from __future__ import annotations

import os

import numpy as np
import pytest

from aligner.engine import features
from aligner.engine.features import weights as module
from aligner.engine.lattice import Potentials
from aligner.runtime import cores, forks
from tests.unit.engine.features.synthetic import blocks, blurred, meanings, random_weights


@pytest.mark.skipif(not hasattr(os, "fork"), reason="copies are made on Linux only")
def test_copies_give_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    source = meanings(200, 1)
    pair = blocks(source, blurred(source, 2), 1)
    weights = random_weights(1)

    def made(*, copies: bool) -> tuple[Potentials, list[int]]:
        heard: list[int] = []
        monkeypatch.setattr(module, "_MANY", 2)
        monkeypatch.setattr(module, "_SPAN", 2)
        monkeypatch.setattr(cores, "count", lambda: 2)
        monkeypatch.setattr(forks, "possible", lambda: copies)
        monkeypatch.setattr(type(pair), "can_be_copied", True)
        return features.potentials(pair, weights, 1.0, lambda done, _: heard.append(done)), heard

    ours, heard = made(copies=False)
    theirs, told = made(copies=True)
    assert heard[-1] == told[-1] == 200
    for one, other in zip(ours, theirs, strict=True):
        assert (one.first_row, one.first_column) == (other.first_row, other.first_column)
        assert np.array_equal(one.values_RBT, other.values_RBT)
