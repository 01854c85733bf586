"""The whole of training: sets of cases side by side."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.engine import embedding
from aligner.engine.evaluating import Case
from aligner.engine.training import train
from aligner.workflows.training import gold_cases
from tests.unit.engine.training.test_data import case


def pieces(*sets: list[Case]) -> list[str]:
    """Names of the pieces that training looks at."""
    said: list[str] = []
    encoder = embedding.load_encoder("embedded")
    train(sets, encoder, folds=0, iterations=1, report=said.append)
    return sorted(line.partition(": ")[2] for line in said if line.startswith("features "))


def test_what_is_made_of_a_set_does_not_depend_on_the_others() -> None:
    pytest.importorskip("scipy", reason="training needs the extra [train]")
    one = [case(f"{name}-en-es", 60) for name in ("a", "c", "e")]
    other = [case(f"{name}-en-es", 50) for name in ("b", "d")]
    together = pieces(one, other)
    assert together == sorted(pieces(one) + pieces(other)) == pieces(other, one[::-1])
    assert len(together) > len(one) + len(other)
    assert together != pieces(one + other)


def test_cases_that_lie_beside_each_other_are_a_set(tmp_path: Path) -> None:
    for name in ("x/a", "x/b", "y/c"):
        folder = tmp_path / name
        folder.mkdir(parents=True)
        (folder / "src.en.txt").write_text("One.\n")
        (folder / "tgt.es.txt").write_text("Uno.\n")
        (folder / "gold.txt").write_text("[0]:[0]\n")
    both = [["a", "b"], ["c"]]
    for given in (["x", "y"], ["x/a", "y", "x/b"]):
        sets = gold_cases([tmp_path / name for name in given])
        assert sorted(sorted(one.name for one in inside) for inside in sets) == both
    assert [[one.name for one in inside] for inside in gold_cases([tmp_path / "x"], ["a"])] == [
        ["b"]
    ]
