"""The lossless format: equal objects back, and a clear sentence for every kind of damage."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from aligner.formats.json import read as reader
from aligner.formats.json import write as written
from aligner.formats.json.read import read_alignment
from aligner.model import (
    AlignerError,
    Alignment,
    AlignmentSet,
    Bead,
    Declined,
    InternalError,
    Malformed,
    Reading,
    Source,
)
from tests.unit.formats.samples import export, flat, interview, trilingual


def data_of(alignment: Any, folder: Path) -> bytes:
    return export(alignment, "json", folder, as_they_stand=True)["out.alignment.json"]


@pytest.mark.parametrize(
    "alignment",
    [interview(), trilingual(), AlignmentSet((interview(),))],
    ids=["pair", "set", "one"],
)
def test_equal_back(alignment: Any, tmp_path: Path) -> None:
    again = read_alignment(Source("x", data_of(alignment, tmp_path)))
    assert again == alignment
    assert type(again) is type(alignment)


def test_another_reading_comes_back(tmp_path: Path) -> None:
    other = Reading(2, ((2, 2),), 0.43, 0.5)
    beads = (Bead(range(1), range(1), other=other), Bead(range(1, 2), range(1, 2)))
    alignment = Alignment(flat("es", ["a", "c"]), flat("en", ["b", "d"]), beads)
    data = data_of(alignment, tmp_path)
    assert json.loads(data)["alignments"][0]["beads"][0]["other"] == {
        "beads": 2,
        "sizes": [[2, 2]],
        "posterior": 0.43,
        "here": 0.5,
    }
    assert read_alignment(Source("x", data)) == alignment


def test_both_sides_speak_of_the_same_format() -> None:
    assert (written.FORMAT, written.VERSION) == (reader.FORMAT, reader.VERSION)


def test_numbers_json_has_no_word_for(tmp_path: Path) -> None:
    bead = Bead(range(1), range(1), score=float("-inf"))
    alignment = Alignment(flat("es", ["a"]), flat("en", ["b"]), (bead,))
    assert read_alignment(Source("x", data_of(alignment, tmp_path))) == alignment


def test_byte_order_mark_and_crlf_are_harmless(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + data_of(interview(), tmp_path).replace(b"\n", b"\r\n")
    assert read_alignment(Source("x", data)) == interview()


@pytest.mark.parametrize("data", [b"[]", b"1", b"{}", b'{"format": "other"}', b'"text"', b"null"])
def test_other_json_is_declined(data: bytes) -> None:
    with pytest.raises(Declined, match=r"x\.json: not an alignment"):
        read_alignment(Source("x.json", data))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "line 1, column 1: damaged JSON"),
        (b'{"format": 1,\n\n "a" b}', "line 3, column 6: damaged JSON"),
        (b"{\n\xff}", "line 2: byte 2 is not UTF-8"),
        (b"[" * 100_000, "damaged JSON, nested too deep"),
        (b"1" * 10_000, "damaged JSON, a number of absurd length"),
    ],
)
def test_damaged_json(data: bytes, message: str) -> None:
    with pytest.raises(Malformed) as caught:
        read_alignment(Source("x.json", data))
    assert message in str(caught.value)


def _put(*path: Any, value: Any) -> Any:
    def change(tree: Any) -> None:
        for key in path[:-1]:
            tree = tree[key]
        tree[path[-1]] = value

    return change


def _drop(*path: Any) -> Any:
    def change(tree: Any) -> None:
        for key in path[:-1]:
            tree = tree[key]
        del tree[path[-1]]

    return change


BEADS = ("alignments", 0, "beads")
PARAGRAPHS = ("documents", 0, "paragraphs")
DAMAGE = [
    (_put("version", value=2), "format version 2, this one reads up to 1"),
    (_put("version", value="1"), "no whole number 'version'"),
    (_put("version", value=True), "no whole number 'version'"),
    (_put("version", value=0), "there is no format version 0"),
    (_put("kind", value="trio"), "holds 1 alignment and calls itself a 'trio'"),
    (_put("alignments", value=[]), "holds 0 alignments"),
    (_put("alignments", value={}), "no list 'alignments'"),
    (_put("documents", value=[1, 2]), "documents[0] should be an object"),
    (_put("alignments", 0, "target", value=2), "names document 2 of 2"),
    (_put("alignments", 0, "source", value=-1), "names document -1 of 2"),
    (_put(*BEADS, 1, "source", value=[1, 2]), "bead 2 leaves the source order"),
    (
        _put(*BEADS, 1, "source", value=[2, 1]),
        "alignments[0].beads[1] has a 'source' that is no range",
    ),
    (_put(*BEADS, 1, "source", value=[-1, 1]), "no range"),
    (_put(*BEADS, 1, "source", value=[1]), "not a list of 2"),
    (_put(*BEADS, 1, "source", value=[1, 2.5]), "wrong value in 'source'"),
    (_put(*BEADS, -1, "source", value=[27, 10**30]), "the beads cover"),
    (_put(*BEADS, 0, "confidence", value=1.5), "beads[0] is refused: confidence is outside 0-1"),
    (_put(*BEADS, 0, "confidence", value="high"), "no number 'confidence'"),
    (_put(*BEADS, 0, "score", value=10**400), "too large"),
    (_put(*BEADS, 0, "status", value="perhaps"), "status 'perhaps' is not known"),
    (_put(*BEADS, 0, "labels", value=[1]), "wrong value in 'labels'"),
    (_put(*BEADS, 0, "other", value=2), "beads[0].other should be an object"),
    (
        _put(*BEADS, 0, "other", value={"beads": 3, "sizes": [], "posterior": 0.4, "here": 0.4}),
        "beads[0] is refused: another reading takes the place of one bead or two",
    ),
    (_put(*BEADS, 0, "comment", value=None), "no text 'comment'"),
    (_put(*BEADS, 4, "target", value=[3, 3]), "leaves the target order"),
    (_drop(*BEADS, 3), "leaves the source order"),
    (_put("alignments", 0, "crossings", 0, "target", value=[5, 99]), "reaches segment 98 of 8"),
    (_put("alignments", 0, "signature", value=[["a"]]), "'signature' that is not a list of 2"),
    (_put("alignments", 0, "pins", value=[0]), "wrong value in 'pins'"),
    (_put(*PARAGRAPHS, 0, "segments", 0, value=[0, 999]), "segment 0-999 outside its text"),
    (_put(*PARAGRAPHS, 0, "segments", value=[[0, 5], [3, 6]]), "does not lie at its offsets"),
    (_put(*PARAGRAPHS, 0, "text", value="La casa\nvacía"), "holds a line break"),
    (_put(*PARAGRAPHS, 0, "text", value="La casa vaci\u0301a"), "not in NFC"),
    (_put(*PARAGRAPHS, 0, "kind", value="poem"), "kind 'poem' is not known"),
    (_put(*PARAGRAPHS, 0, "label", value=[1, "2"]), "wrong value in 'label'"),
    (_put(*PARAGRAPHS, 0, "speaker", value=7), "no text 'speaker'"),
    (_put(*PARAGRAPHS, 0, "level", value=None), "no whole number 'level'"),
    (_put(*PARAGRAPHS, 0, "spans", value=[[0, 1, "bold"]]), "not a list of 4"),
    (_drop("documents", 0, "id"), "documents[0] has no text 'id'"),
    (_put("documents", 0, "metadata", value=[]), "documents[0].metadata should be an object"),
    (_put("documents", 0, "metadata", "author", value="Ana"), "no list 'author'"),
]


@pytest.mark.parametrize(("change", "message"), DAMAGE, ids=[m for _, m in DAMAGE])
def test_broken_promises(change: Any, message: str, tmp_path: Path) -> None:
    tree = json.loads(data_of(interview(), tmp_path))
    change(tree)
    with pytest.raises(Malformed) as caught:
        read_alignment(Source("x.json", json.dumps(tree).encode()))
    assert message in str(caught.value)
    assert str(caught.value).startswith("x.json")


def test_sets_must_share_their_source(tmp_path: Path) -> None:
    tree = json.loads(data_of(trilingual(), tmp_path))
    tree["alignments"][1] |= {"source": 2, "target": 2}
    with pytest.raises(Malformed):
        read_alignment(Source("x", json.dumps(tree).encode()))


def test_cut_anywhere_is_never_our_fault(tmp_path: Path) -> None:
    data = data_of(trilingual(), tmp_path)
    for end in range(0, len(data) - 2, 7):
        with pytest.raises(AlignerError) as caught:
            read_alignment(Source("x", data[:end]))
        assert not isinstance(caught.value, InternalError)
