"""The journal and the session: nothing lost, nothing overwritten, whatever happens to the process."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest

from aligner.files import journal_path
from aligner.model import AlignerError, Malformed, StoreError, UsageError
from aligner.review.session import Session, VersionConflict
from tests.unit.review import samples


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return samples.write(samples.small(), tmp_path / "x.alignment.json")


def _open(path: Path) -> Session:
    return Session(path, samples.tools())


def test_looking_leaves_no_trace(path: Path) -> None:
    before = path.read_bytes()
    _open(path).close()
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_history_goes_on_after_a_restart(path: Path) -> None:
    before = path.read_bytes()
    session = _open(path)
    session.act(0, "merge", {"pair": 0, "bead": 0, "step": 1})
    session.act(1, "comment", {"pair": 0, "bead": 0, "comment": "see"})
    session.act(2, "undo", {})
    session.close()
    assert json.loads(path.read_bytes())["alignments"][0]["beads"][0]["source"] == [0, 2]

    session = _open(path)
    assert (session.version, session.undo_name, session.redo_name) == (3, "merge", "comment")
    session.act(3, "redo", {})
    assert session.state.pairs[0].items[0].comment == "see"
    session.act(4, "undo", {})
    session.act(5, "undo", {})
    with pytest.raises(UsageError, match="nothing to undo"):
        session.act(6, "undo", {})
    session.close()
    assert path.read_bytes() == before


def test_an_action_after_an_undo_ends_what_could_be_done_again(path: Path) -> None:
    session = _open(path)
    session.act(0, "pin", {"pair": 0, "bead": 0})
    session.act(1, "undo", {})
    session.act(2, "pin", {"pair": 0, "bead": 1})
    with pytest.raises(UsageError, match="nothing to do again"):
        session.act(3, "redo", {})
    session.close()


def test_an_old_version_does_nothing(path: Path) -> None:
    session = _open(path)
    session.act(0, "pin", {"pair": 0, "bead": 0})
    with pytest.raises(VersionConflict, match="another window"):
        session.act(0, "pin", {"pair": 0, "bead": 1})
    assert [item.pinned for item in session.state.pairs[0].items] == [True] + [False] * 4
    session.close()


def test_a_torn_last_line_is_cut_off(path: Path) -> None:
    session = _open(path)
    session.act(0, "accept", {"pair": 0, "bead": 0})
    session.close()
    journal = journal_path(path)
    whole = journal.read_bytes()
    for torn in (b'{"do": {"na', b'{"undo":1}'):
        journal.write_bytes(whole + torn)
        session = _open(path)
        assert session.version == 1
        session.journal.close()
        assert journal.read_bytes() == whole


def test_damage_before_the_end_is_said_with_its_line(path: Path) -> None:
    session = _open(path)
    session.act(0, "accept", {"pair": 0, "bead": 0})
    session.act(1, "accept", {"pair": 0, "bead": 1})
    session.journal.close()
    journal = journal_path(path)
    lines = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(lines[0] + b"\xff{\n" + lines[2])
    with pytest.raises(Malformed, match="line 2: the journal is damaged"):
        _open(path)
    journal.write_bytes(lines[0] + lines[2] + lines[2])
    with pytest.raises(StoreError, match="cannot be followed at line 3"):
        _open(path)
    journal.write_bytes(b"{}\n")
    with pytest.raises(Malformed, match="no journal of a review"):
        _open(path)


def test_a_file_changed_by_others_is_not_overwritten(path: Path) -> None:
    session = _open(path)
    session.act(0, "accept", {"pair": 0, "bead": 0})
    session.close()
    samples.write(samples.three(), path)
    foreign = path.read_bytes()
    with pytest.raises(StoreError, match="changed by another program") as error:
        _open(path)
    assert "x.alignment.json.journal" in str(error.value)
    assert path.read_bytes() == foreign


def test_a_save_that_was_cut_short_is_made_good(path: Path) -> None:
    """Killed between the journal's word for a save and the file: the old file is still known."""
    before = path.read_bytes()
    session = _open(path)
    session.act(0, "merge", {"pair": 0, "bead": 0, "step": 1})
    session.save()
    after = path.read_bytes()
    session.journal.close()
    path.write_bytes(before)
    session = _open(path)
    assert session.unsaved
    session.close()
    assert path.read_bytes() == after


def test_one_review_at_a_time(path: Path) -> None:
    session = _open(path)
    with pytest.raises(StoreError, match="another review of this file is open"):
        _open(path)
    session.close()
    _open(path).close()


def test_what_cannot_be_written_changes_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = _open(path)
    session.act(0, "pin", {"pair": 0, "bead": 0})
    size = journal_path(path).stat().st_size
    calls = iter([OSError(28, "No space left on device")])

    def full(file: int) -> None:
        raise next(calls)

    with monkeypatch.context() as patched:
        patched.setattr("os.fsync", full)
        with pytest.raises(StoreError, match="No space left"):
            session.act(1, "pin", {"pair": 0, "bead": 1})
    assert journal_path(path).stat().st_size == size
    assert session.version == 1
    session.act(1, "pin", {"pair": 0, "bead": 1})
    session.close()


@pytest.mark.parametrize(
    "values",
    [
        {"bead": 0},
        {"pair": 0, "bead": -1},
        {"pair": 0, "bead": True},
        {"pair": 0, "bead": "0"},
        {"pair": 0, "bead": 10**9},
        {"pair": 5, "bead": 0},
        {"pair": 0, "bead": 0, "step": 2, "side": 7, "at": None, "other": "x"},
        {"pair": 0, "bead": 0, "comment": 3, "labels": "x", "threshold": 2},
        {"pair": 0, "bead": 0, "comment": "\ud800", "labels": [1]},
        {"pair": 0, "bead": 0, "comment": "x" * 100_001, "labels": None},
        {"text": 9, "segment": 0, "offset": 1, "words": "x"},
        {"text": 0, "segment": 99, "offset": 1, "words": "x"},
    ],
)
def test_wrong_values_are_refused_in_words(path: Path, values: dict[str, object]) -> None:
    from aligner.review.actions import ACTIONS

    session = _open(path)
    done = 0
    for action in (*ACTIONS, "re-align", "nonsense"):
        with contextlib.suppress(UsageError):  # any other error fails the test
            session.act(done, action, values)
            done += 1
    # only actions that need nothing of what is wrong may have been done
    assert done <= 4
    session.close()


def test_a_file_that_is_no_alignment(tmp_path: Path) -> None:
    other = tmp_path / "x.alignment.json"
    with pytest.raises(AlignerError, match="no such file"):
        _open(other)
    other.write_text("{}")
    with pytest.raises(AlignerError):
        _open(other)
    assert list(tmp_path.iterdir()) == [other]


def test_a_set_is_reviewed_as_a_set(tmp_path: Path) -> None:
    path = samples.write(samples.three(), tmp_path / "x.alignment.json")
    session = _open(path)
    session.act(0, "split-text", {"text": 0, "segment": 3, "offset": 6})
    session.act(1, "merge", {"pair": 1, "bead": 0, "step": 1})
    session.close()
    kinds = [
        [bead["source"] for bead in one["beads"]]
        for one in json.loads(path.read_bytes())["alignments"]
    ]
    assert kinds == [[[0, 1], [1, 2], [2, 3], [3, 5], [5, 6]], [[0, 2], [2, 6]]]


def test_the_page_reads_another_reading_until_a_person_changes_the_bead(tmp_path: Path) -> None:
    from dataclasses import replace

    from aligner.model import Reading
    from aligner.review import changes
    from aligner.review.state import Item

    other = Reading(1, ((1, 1), (1, 1)), 0.43, 0.5)
    item = Item((2, 2), 1.0, 0.8, other=other)
    shown = changes.item_to(item)
    assert shown["reading"] == "this bead may as well be 1-1 and 1-1 (0.43 against 0.50)"
    assert changes._items([shown]) == (item,)
    edited = changes.item_to(replace(item, status="edited", confidence=None))
    assert "reading" not in edited
    assert "other" not in edited
