"""`aligner train` on a few small cases: figures of unseen pieces, weights that are used, the same again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import CORPORA
from tests.unit.cli.run import Done, run

CASES = [
    CORPORA / "training" / name
    for name in ("poem-harbour-pt-en", "verse-miller-en-es", "letters-lodger-tr-en")
]
QUICK = ("--folds", "2", "--iterations", "2")

pytest.importorskip("scipy", reason="pip install 'aligner[train]'")


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Done]:
    folder = tmp_path_factory.mktemp("trained")
    more = ("--report", folder / "pieces.json", "--uneven")
    return folder, run("train", *CASES, "-o", folder / "w.json", *QUICK, *more)


def test_the_figures_are_of_pieces_that_were_not_seen(trained: tuple[Path, Done]) -> None:
    folder, done = trained
    assert done.code == 0, done.err
    out = done.out.decode()
    heads = [line.split("  ")[0] for line in out.splitlines() if line.endswith("null")]
    assert heads == ["held out", "likely beads", "second pass"]
    assert "shipped weights       3" in out
    assert "Each of the 3 pieces was aligned by weights that had seen neither it nor" in out
    assert out.splitlines()[-1].endswith(f"-> {folder / 'w.json'}")
    told = done.err.splitlines()
    assert "no weights for uneven texts: the cases are too short" in told
    assert told[0] == "features 1/4: letters-lodger-tr-en"
    pieces = json.loads((folder / "pieces.json").read_text("utf-8"))
    assert {piece["name"] for piece in pieces} >= {case.name for case in CASES}
    about = json.loads((folder / "w.json").read_text("utf-8"))["about"]
    assert sorted(about["cases"]) == sorted(case.name for case in CASES)


def test_the_second_pass_alone(trained: tuple[Path, Done], tmp_path: Path) -> None:
    """The first pass of the file is kept; the order of the cases says nothing."""
    folder, _ = trained
    kept = ("--first", folder / "w.json", "--quiet")
    done = run("train", *reversed(CASES), "-o", tmp_path / "w.json", *QUICK, *kept)
    assert done.code == 0, done.err
    assert done.err == ""
    assert "held out" not in done.out.decode()
    one, other = (json.loads((place / "w.json").read_text("utf-8")) for place in (folder, tmp_path))
    assert one["match"] == other["match"]
    # as near as the rounded weights of the file allow
    assert other["second"] == pytest.approx(one["second"], rel=1e-2, abs=1e-4)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--skip", "*"), "no case is left to train on (name folders with src.* tgt.* gold.txt)"),
        (("--skip", "[lp]*", "--folds", "2"), "the cases are all of one work: nothing is left to"),
        (
            ("--first", "w.json", "--folds", "1"),
            "nothing would be trained: the first pass is kept, and the second needs folds (--folds 5)",
        ),
    ],
)
def test_nothing_to_train(
    options: tuple[str, ...],
    said: str,
    trained: tuple[Path, Done],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(trained[0])
    done = run("train", *CASES, "-o", tmp_path / "new.json", *options)
    assert (done.code, done.out) == (2, b"")
    assert done.err.splitlines()[-1].startswith(f"aligner: {said}"), done.err
    assert not (tmp_path / "new.json").exists()
