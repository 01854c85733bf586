"""Each edit by itself: what it makes, what it refuses and in which words."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.formats.json.read import read_alignment
from aligner.model import Alignment, Bead, Crossing, Document, Source, UsageError
from aligner.review import again, edits, rewording
from aligner.review.changes import apply_patch, inverse
from aligner.review.state import State
from aligner.review.texts import ReviewText, split_piece
from tests.unit.review import samples


def _state() -> State:
    return State.of(samples.small())[0]


def _kinds(state: State) -> list[str]:
    return [bead.kind for bead in state.alignments()[0].beads]


def test_merge_with_next_and_previous() -> None:
    state = _state()
    merged = apply_patch(state, edits.merge_beads(state, 0, 1, 1))
    assert _kinds(merged) == ["1-1", "2-2", "1-0", "1-1"]
    assert merged == apply_patch(state, edits.merge_beads(state, 0, 2, -1))
    made = merged.pairs[0].items[1]
    assert (made.status, made.confidence) == ("edited", None)
    with pytest.raises(UsageError, match="no bead before"):
        edits.merge_beads(state, 0, 0, -1)
    with pytest.raises(UsageError, match="no bead after"):
        edits.merge_beads(state, 0, 4, 1)


def test_split_faces_the_other_side_by_length() -> None:
    state = _state()
    merged = apply_patch(state, edits.merge_beads(state, 0, 1, 1))
    parts = apply_patch(merged, edits.split_bead(merged, 0, 1, 0, 1))
    assert _kinds(parts) == ["1-1", "1-1", "1-1", "1-0", "1-1"]
    uneven = apply_patch(merged, edits.split_bead(merged, 0, 1, 0, 1, 0))
    assert _kinds(uneven) == ["1-1", "1-0", "1-2", "1-0", "1-1"]
    with pytest.raises(UsageError, match="has 1 segment"):
        edits.split_bead(state, 0, 0, 0, 1)
    with pytest.raises(UsageError, match="choose segment 2 to 2: the cut comes before it"):
        edits.split_bead(merged, 0, 1, 0, 2)
    with pytest.raises(UsageError, match="the target side has 2 segments"):
        edits.split_bead(merged, 0, 1, 0, 1, 3)
    null = apply_patch(merged, edits.merge_beads(merged, 0, 2, 1))
    assert _kinds(null) == ["1-1", "2-2", "2-1"]


def test_move_gives_a_segment_and_removes_an_empty_bead() -> None:
    state = _state()
    state = apply_patch(state, edits.comment_bead(state, 0, 3, "who is nobody?"))
    moved = apply_patch(state, edits.move_segment(state, 0, 3, 0, -1))
    assert _kinds(moved) == ["1-1", "1-1", "2-1", "1-1"]
    assert moved.pairs[0].items[2].comment == "who is nobody?"
    shifted = apply_patch(state, edits.move_segment(state, 0, 2, 1, 1))
    assert _kinds(shifted) == ["1-1", "1-1", "1-0", "1-1", "1-1"]
    with pytest.raises(UsageError, match="no target segment"):
        edits.move_segment(state, 0, 3, 1, 1)
    with pytest.raises(UsageError, match="there is no bead before this one"):
        edits.move_segment(state, 0, 0, 0, -1)
    with pytest.raises(UsageError, match="there is no bead after this one"):
        edits.move_segment(state, 0, 4, 0, 1)


def test_what_takes_a_segment_is_shown_wherever_it_comes_to_stand() -> None:
    """Both become nulls, and the source's stand first."""
    patch = edits.move_segment(_state(), 0, 2, 0, 1)
    assert _kinds(apply_patch(_state(), patch)) == ["1-1", "1-1", "2-0", "0-1", "1-1"]
    assert patch.focus == (0, 2)


def test_null_keeps_the_order_of_a_run() -> None:
    state = _state()
    made = apply_patch(state, edits.make_null(state, 0, 2))
    assert _kinds(made) == ["1-1", "1-1", "1-0", "1-0", "0-1", "1-1"]
    with pytest.raises(UsageError, match="null already"):
        edits.make_null(made, 0, 2)


def test_accept_and_reopen() -> None:
    state = _state()
    done = apply_patch(state, edits.accept_bead(state, 0, 1))
    assert done.pairs[0].items[1].status == "accepted"
    assert done.pairs[0].items[1].confidence == 0.4
    assert apply_patch(done, edits.accept_bead(done, 0, 1)) == state
    merged = apply_patch(state, edits.merge_beads(state, 0, 0, 1))
    merged = apply_patch(merged, edits.accept_bead(merged, 0, 0))
    assert apply_patch(merged, edits.accept_bead(merged, 0, 0)).pairs[0].items[0].status == "edited"


def test_accept_above_leaves_what_a_person_did() -> None:
    state = _state()
    state = apply_patch(state, edits.merge_beads(state, 0, 3, 1))
    done = apply_patch(state, edits.accept_above(state, 0, 0.85))
    assert [item.status for item in done.pairs[0].items] == [
        "accepted",
        "auto",
        "accepted",
        "edited",
    ]
    assert apply_patch(done, inverse(edits.accept_above(state, 0, 0.85))) == state
    with pytest.raises(UsageError, match="no open bead"):
        edits.accept_above(done, 0, 0.85)


def test_pins_go_to_the_file_and_come_back() -> None:
    state = _state()
    state = apply_patch(state, edits.pin_bead(state, 0, 3))
    alignment = state.alignments()[0]
    assert alignment.pins == ("[3]:[]",)
    assert State.of(alignment)[0].pairs[0].items[3].pinned
    assert apply_patch(state, edits.pin_bead(state, 0, 3)).alignments()[0].pins == ()


def test_cuts_and_strange_pins() -> None:
    small = samples.small()
    pinned = Alignment(
        small.source, small.target, small.beads, pins=("cut 2:2", "[0, 1]:[0]", "nonsense")
    )
    state, notices = State.of(pinned)
    assert state.pairs[0].cuts == ((2, 2),)
    assert ["names no bead" in notices[1], "cannot be read" in notices[0]] == [True, True]
    # a bead across the cut takes it away, undo brings it back
    patch = edits.merge_beads(state, 0, 1, 1)
    assert apply_patch(state, patch).pairs[0].cuts == ()
    assert apply_patch(apply_patch(state, patch), inverse(patch)) == state
    longer = apply_patch(state, rewording.split_text(state, 0, 0, 7))
    assert longer.pairs[0].cuts == ((3, 2),)


def test_crossings_link_unlink_and_follow_the_segments() -> None:
    state = _state()
    state = apply_patch(state, edits.make_null(state, 0, 1))
    assert _kinds(state) == ["1-1", "1-0", "0-1", "1-1", "1-0", "1-1"]
    linked = apply_patch(state, edits.link_nulls(state, 0, 2, 4))
    assert linked.alignments()[0].crossings == (Crossing(range(3, 4), range(1, 2), 1.0),)
    for wrong in ((0, 2), (1, 4)):
        with pytest.raises(UsageError, match="source null and a target null"):
            edits.link_nulls(state, 0, *wrong)
    with pytest.raises(UsageError, match="linked already"):
        edits.link_nulls(linked, 0, 1, 2)
    longer = apply_patch(linked, rewording.split_text(linked, 0, 3, 6))
    assert longer.pairs[0].crossings[0].source == range(3, 5)
    longer = apply_patch(linked, rewording.split_text(linked, 0, 0, 7))
    assert longer.pairs[0].crossings[0].source == range(4, 5)
    assert apply_patch(linked, edits.unlink_bead(linked, 0, 4)).pairs[0].crossings == ()
    with pytest.raises(UsageError, match="in no crossing"):
        edits.unlink_bead(state, 0, 0)


def test_split_text_and_join_again() -> None:
    state = _state()
    parted = apply_patch(state, rewording.split_text(state, 0, 0, 7))
    assert [parted.texts[0].words(n) for n in (0, 1)] == ["La casa", "es azul."]
    assert _kinds(parted)[0] == "2-1"
    # the bold word is still the same word
    spans = parted.alignments()[0].source.paragraphs[0].spans
    assert (spans[0].start, spans[0].end) == (3, 7)
    joined = apply_patch(parted, rewording.join_text(parted, 0, 0))
    assert joined.texts == state.texts
    assert _kinds(joined) == _kinds(state)
    for offset, words in ((0, "empty"), (16, "empty"), (99, "no place")):
        with pytest.raises(UsageError, match=words):
            rewording.split_text(state, 0, 0, offset)
    with pytest.raises(UsageError, match="another paragraph"):
        rewording.join_text(state, 0, 2)
    with pytest.raises(UsageError, match="no segment"):
        rewording.join_text(state, 0, 5)


def test_a_join_across_beads_takes_the_segment_over() -> None:
    state = _state()
    joined = apply_patch(state, rewording.join_text(state, 0, 0))
    assert _kinds(joined) == ["1-1", "0-1", "1-1", "1-0", "1-1"]
    assert joined.texts[0].words(0) == "La casa es azul. El perro duerme."
    joined = apply_patch(state, rewording.join_text(state, 0, 3))
    assert _kinds(joined) == ["1-1", "1-1", "1-1", "1-0", "0-1"]


def test_edited_text_keeps_the_original_and_moves_the_formatting() -> None:
    state = _state()
    patch = rewording.edit_text(state, 0, 0, "  La casa  grande es azul. ")
    made = apply_patch(state, patch)
    source = made.alignments()[0].source
    assert source.segments[0].text == "La casa grande es azul."
    assert source.segments[1].text == "El perro duerme."
    bold, italic = source.paragraphs[0].spans
    assert source.paragraphs[0].text[bold.start : bold.end] == "casa"
    assert source.paragraphs[0].text[italic.start : italic.end] == "El perro duerme"
    assert made.texts[0].passages[0].pieces[0].original == "La casa es azul."
    assert made.pairs[0].items[0].status == "edited"
    assert made.pairs[0].items[0].confidence == 0.95  # the bead is what it was
    again_ = apply_patch(made, rewording.edit_text(made, 0, 0, "Otra."))
    assert again_.texts[0].passages[0].pieces[0].original == "La casa es azul."
    restored = apply_patch(again_, rewording.restore_text(again_, 0, 0))
    assert restored.texts[0].words(0) == "La casa es azul."
    assert restored.texts[0].passages[0].pieces[0].original is None
    assert apply_patch(made, inverse(patch)) == state


def test_the_first_wording_is_in_the_file_too(tmp_path: Path) -> None:
    """Without the journal, which stays behind when a file is given to somebody else."""
    made = apply_patch(_state(), rewording.edit_text(_state(), 0, 0, "Otra casa."))
    path = samples.write(made.alignments()[0], tmp_path / "x.alignment.json")
    read = read_alignment(Source(path.name, path.read_bytes()))
    assert isinstance(read, Alignment)
    assert read.source.segments[0].original == "La casa es azul."
    state, _ = State.of(read)
    restored = apply_patch(state, rewording.restore_text(state, 0, 0))
    assert restored.texts[0].words(0) == "La casa es azul."
    assert restored.alignments()[0].source.segments[0].original is None


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("", "cannot be empty"),
        ("\u0301x", "combining accent"),
        ("a\x07b", "U[+]0007"),
        ("La casa es azul.", "is what it was"),
    ],
)
def test_texts_that_are_refused(words: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        rewording.edit_text(_state(), 0, 0, words)


def test_a_shared_source_changes_all_pairs() -> None:
    state = State.of(samples.three())[0]
    parted = apply_patch(state, rewording.split_text(state, 0, 3, 6))
    assert [[b.kind for b in a.beads] for a in parted.alignments()] == [
        ["1-1", "1-1", "1-1", "2-0", "1-1"],
        ["1-1", "1-1", "4-1"],
    ]
    parted.alignment()  # a set with one source
    french = apply_patch(state, rewording.split_text(state, 2, 2, 9))
    assert [len(a.target.segments) for a in french.alignments()] == [4, 4]


def test_beads_aligned_again_leave_comments_where_their_segments_are() -> None:
    state = _state()
    state = apply_patch(state, edits.accept_bead(state, 0, 0))
    state = apply_patch(state, edits.comment_bead(state, 0, 2, "rain"))
    state = apply_patch(state, edits.label_bead(state, 0, 1, ["obligatory shift", ""]))
    assert again.fixed(state.pairs[0]) == ((range(1), range(1)),)
    beads = [
        Bead(range(1), range(1), 2.0, 1.0),
        Bead(range(1, 3), range(1, 3), 2.0, 0.7),
        Bead(range(3, 4), range(3, 3), 1.0, 0.5),
        Bead(range(4, 5), range(3, 4), 1.0, 0.8),
    ]
    patch = again.replaced(state, 0, beads, "re-align")
    made = apply_patch(state, patch)
    assert _kinds(made) == ["1-1", "2-2", "1-0", "1-1"]
    items = made.pairs[0].items
    assert (items[0].status, items[0].confidence) == ("accepted", 0.95)
    assert (items[1].comment, items[1].labels) == ("rain", ("obligatory-shift",))
    assert (items[2].confidence, items[3].confidence) == (0.5, 0.8)
    assert apply_patch(made, inverse(patch)) == state
    assert again.replaced(made, 0, made.alignments()[0].beads, "x").changes == ()


def test_no_cut_parts_a_letter_from_its_accent() -> None:
    """Some letters have no form of their own with an accent."""
    document = Document.of_segments("a", "es", ["x\u0301y z"])
    passage = ReviewText.of(document).passages[0]
    with pytest.raises(UsageError, match="a letter and its accent belong together"):
        split_piece(passage, 0, 1)
    with pytest.raises(UsageError, match="there is no place 9"):
        split_piece(passage, 0, 9)
    with pytest.raises(UsageError, match="one part would be empty"):
        split_piece(passage, 0, 0)
    assert [split_piece(passage, 0, 3).words(n) for n in range(2)] == ["x\u0301y", "z"]
