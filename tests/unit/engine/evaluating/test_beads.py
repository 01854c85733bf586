from __future__ import annotations

import pytest

from aligner.engine.evaluating.beads import (
    GoldBead,
    beads_digest,
    beads_of,
    distinct,
    expand_nulls,
    inspect_beads,
    parse_beads,
)
from aligner.model import Alignment, Bead, Document, InternalError, Malformed, Paragraph, Segment


def test_reads_every_form_of_a_line() -> None:
    text = "\ufeff# gold\n[0, 1]:[0]\r\n\n[2]:[]\n[] : [1]\n [3]:[2,3]:0.973\n[5, 4]:[4]:1\n[]:[]\n"
    assert parse_beads(text) == (
        GoldBead((0, 1), (0,)),
        GoldBead((2,), ()),
        GoldBead((), (1,)),
        GoldBead((3,), (2, 3), 0.973),
        GoldBead((4, 5), (4,), 1.0),
    )


def test_non_contiguous_beads_are_sets() -> None:
    assert parse_beads("[109, 111]:[178]")[0].key == ((109, 111), (178,))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("0 0", "this is not a bead"),
        ("[0]:[0", "this is not a bead"),
        ("[0]:[0] and more", "this is not a bead"),
        ("[a]:[0]", "source side is not a list"),
        ("[0]:[0, ]", "target side is not a list"),
        ("[-1]:[0]", "source side is not a list"),
        ("[²]:[0]", "source side is not a list"),
        ("[1, 1]:[0]", "named twice in one bead"),
        ("[9]:[0]", "source segment 9 does not exist: there are 5"),
        ("[0]:[4]", "target segment 4 does not exist: there are 4"),
        ("[0]:[0]:1.5", "not a confidence"),
        ("[0]:[0]:high", "not a confidence"),
        ("[0]:[0]:nan", "not a confidence"),
        ("[3]:[3]", "repeats line 1"),
    ],
)
def test_a_bad_line_is_named(line: str, message: str) -> None:
    with pytest.raises(Malformed) as caught:
        parse_beads(f"[3]:[3]\n\n{line}\n", "some/gold.txt", source_count=5, target_count=4)
    assert message in str(caught.value)
    assert "some/gold.txt, line 3" in str(caught.value)
    assert caught.value.line == 3


def test_gaps_nulls_and_confidences_are_read() -> None:
    beads = (GoldBead((0, 2), (1,), 0.5), GoldBead((), (0,)))
    assert parse_beads("[0, 2]:[1]:0.500\n[]:[0]\n") == beads


def test_a_side_must_increase() -> None:
    with pytest.raises(InternalError):
        GoldBead((1, 0), (0,))


def test_null_runs_become_singles_and_duplicates_go() -> None:
    run = GoldBead((0, 1), (), 0.9)
    assert list(expand_nulls([run])) == [GoldBead((0,), (), 0.9), GoldBead((1,), (), 0.9)]
    assert distinct([run, GoldBead((1,), ()), GoldBead((), ())]) == (
        GoldBead((0,), (), 0.9),
        GoldBead((1,), (), 0.9),
    )
    assert (run.kind, run.is_null) == ("2-0", True)


def test_remarks() -> None:
    beads = parse_beads("[0]:[0]\n[0, 2]:[1]")
    assert inspect_beads(beads, 4, 2) == (
        "source: 1 segment in more than one bead",
        "source: 2 segments in no bead",
    )
    assert inspect_beads(beads)[1] == "source: 1 segment in no bead"
    assert inspect_beads(parse_beads("[0]:[0]")) == ()


def test_digest_knows_beads_not_lines() -> None:
    one = parse_beads("[0]:[]\n[1]:[]\n[2]:[0]:0.5")
    two = parse_beads("[2]:[0]\n[0, 1]:[]")
    assert beads_digest(one) == beads_digest(two)
    assert beads_digest(one) != beads_digest(one[1:])


def test_beads_of_an_alignment() -> None:
    def document(text: str) -> Document:
        return Document(
            text, "", "", "", "", (Paragraph(0, "para", text, (Segment(0, 0, 0, 1, text),)),)
        )

    alignment = Alignment(
        document("a"), document("b"), (Bead(range(1), range(1), confidence=0.25),)
    )
    assert beads_of(alignment) == (GoldBead((0,), (0,), 0.25),)
