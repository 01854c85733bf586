"""Aligning again around fixed beads: what holds, what is kept, what is the same as from nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.model import Alignment, Document, Malformed
from aligner.workflows.aligning import PinFile, Settings, align_documents
from aligner.workflows.review.realigning import Realigner
from tests.unit.review import samples

ES = [
    "El barco salió del puerto al amanecer.",
    "Nadie sabía adónde iba.",
    "Ana contó treinta y dos cajas.",
    "Las cajas eran azules.",
    "Por la noche volvió la lluvia.",
    "El vigía apagó la lámpara y se durmió.",
]
EN = [
    "The ship left the port at dawn.",
    "Nobody knew where it was going.",
    "Ana counted thirty-two boxes. They were blue.",
    "At night the rain came back.",
    "The lookout put out the lamp and fell asleep.",
]


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Weights by hand: similar texts belong together, nulls and large beads cost something."""
    return samples.plain_weights(tmp_path_factory.mktemp("weights") / "weights.json")


@pytest.fixture(scope="module")
def texts() -> tuple[Document, Document]:
    return samples.document("es", [ES]), samples.document("en", [EN])


def _ranges(beads: object) -> list[tuple[range, range]]:
    return [(bead.source, bead.target) for bead in beads]  # type: ignore[attr-defined]


def test_around_nothing_it_is_the_alignment(
    texts: tuple[Document, Document], weights: Path
) -> None:
    settings = Settings(weights=weights)
    alignment = align_documents(*texts, settings=settings)
    assert Realigner(settings)(alignment, ()) == alignment.beads
    assert _ranges(alignment.beads)[0] == (range(1), range(1))


def test_around_fixed_beads_it_is_the_alignment_with_pins(
    texts: tuple[Document, Document], weights: Path
) -> None:
    again = Realigner(Settings(weights=weights))
    first = align_documents(*texts, settings=Settings(weights=weights))
    for fixed in (
        [(range(1), range(2))],
        [(range(1), range(2)), (range(4, 5), range(0))],
        [(range(3, 6), range(2, 3))],
        [(range(6), range(5))],
        # so many that they teach what the rest looks like
        [(range(k, k + 1), range(k, k + 1)) for k in range(3)]
        + [(range(3, 4), range(0)), (range(4, 5), range(3, 4))],
        [],
    ):
        pins = PinFile("pins", "\n".join(f"{list(s)}:{list(t)}" for s, t in fixed))
        wanted = align_documents(*texts, settings=Settings(weights=weights, pins=pins))
        found = again(first, fixed)
        assert _ranges(found) == _ranges(wanted.beads)
        for bead, other in zip(found, wanted.beads, strict=True):
            # pins also move the band, which some features look at
            assert bead.confidence == pytest.approx(other.confidence, abs=0.05)
        assert {one for one in fixed if one[0] and one[1]} <= set(_ranges(found))


def test_cuts_hold_and_contradictions_are_said(
    texts: tuple[Document, Document], weights: Path
) -> None:
    again = Realigner(Settings(weights=weights))
    first = align_documents(*texts, settings=Settings(weights=weights))
    cut = Alignment(first.source, first.target, first.beads, pins=("cut 3:2",))
    ends = {(bead.source.stop, bead.target.stop) for bead in again(cut, ())}
    assert (3, 2) in ends
    with pytest.raises(Malformed, match="cannot hold together"):
        again(cut, [(range(4), range(3))])


def test_a_changed_text_is_read_anew(texts: tuple[Document, Document], weights: Path) -> None:
    again = Realigner(Settings(weights=weights))
    first = align_documents(*texts, settings=Settings(weights=weights))
    again(first, ())
    parted = samples.document("en", [[*EN[:2], *EN[2].split(". "), *EN[3:]]])
    second = align_documents(texts[0], parted, settings=Settings(weights=weights))
    assert again(second, ()) == second.beads
    assert again(first, ()) == first.beads
