from __future__ import annotations

from dataclasses import astuple

import pytest

from aligner.engine.evaluating.beads import parse_beads
from aligner.engine.evaluating.bytext import BeadedText, beaded_alignment, cuts_of, score_by_text
from aligner.engine.evaluating.counts import Rates
from aligner.engine.evaluating.textmatch import common_offsets, match_words
from aligner.model import Alignment, Bead, Document, Paragraph, Segment


def text(source: str, target: str, beads: str) -> BeadedText:
    """Segments separated by |, beads by blanks."""
    return BeadedText(
        tuple(source.split("|")), tuple(target.split("|")), parse_beads(beads.replace(" ", "\n"))
    )


GOLD = text(
    "Good day to you.|How are you? Fine.|Bye now.",
    "Buenos días tenga.|¿Qué tal?|Bien, gracias.|Adiós ya.",
    "[0]:[0] [1]:[1,2] [2]:[3]",
)


def test_cuts_of_a_ladder() -> None:
    beads = parse_beads("[0]:[0]\n[]:[1]\n[1]:[]\n[2]:[2, 3]")
    assert cuts_of(beads, 3, 4) == [(0, 0), (1, 1), (2, 1), (2, 2), (3, 4)]
    assert cuts_of((), 2, 1) == [(0, 0), (2, 0), (2, 1)]


def test_interleaved_and_crossing_beads_are_one_block() -> None:
    assert cuts_of(parse_beads("[0]:[1]\n[1]:[0]\n[2]:[2]"), 3, 3) == [(0, 0), (2, 2), (3, 3)]
    assert cuts_of(parse_beads("[0, 2]:[0]\n[1]:[1]\n[3]:[2]"), 4, 3) == [(0, 0), (3, 2), (4, 3)]


def test_another_splitter_is_no_difference() -> None:
    other = text(
        "Good day|to you. How are|you?|Fine.|Bye now.",
        "Buenos días tenga.|¿Qué tal? Bien,|gracias. Adiós ya.",
        "[0,1,2,3]:[0,1] [4]:[2]",
    )
    split = text(
        "Good day|to you.|How are you?|Fine.|Bye now.",
        "Buenos días tenga.|¿Qué tal? Bien, gracias.|Adiós ya.",
        "[0,1]:[0] [2,3]:[1] [4]:[2]",
    )
    right = score_by_text(GOLD, split)
    assert (right.cuts, right.blocks) == (Rates(1.0, 1.0, 1.0), Rates(1.0, 1.0, 1.0))
    assert right.null == Rates()
    wrong = score_by_text(GOLD, other)
    assert wrong.cuts == Rates(0.0, 0.0, 0.0)


def test_a_wrong_cut_by_hand() -> None:
    system = text(
        "Good day to you.|How are you?|Fine.|Bye now.",
        "Buenos días tenga.|¿Qué tal?|Bien, gracias.|Adiós ya.",
        "[0]:[0] [1]:[1] [2]:[2] [3]:[3]",
    )
    score = score_by_text(GOLD, system)
    assert astuple(score.cuts) == pytest.approx((2 / 3, 1.0, 0.8))
    assert score.blocks.precision == 0.5
    assert score.blocks.recall == pytest.approx(2 / 3)


def test_a_caption_that_only_the_system_has_changes_nothing() -> None:
    system = text(
        "Good day to you.|Photo: a long caption nobody else printed here.|How are you? Fine.|Bye now.",
        "Buenos días tenga.|¿Qué tal?|Bien, gracias.|Adiós ya.",
        "[0]:[0] [1]:[] [2]:[1,2] [3]:[3]",
    )
    score = score_by_text(GOLD, system)
    assert score.cuts.f1 == score.blocks.f1 == 1.0
    assert score.coverage[0] == 1.0
    assert score.coverage[2] < 0.6
    assert score.lost == (0, 1)


def test_a_sentence_the_system_lacks_is_left_out() -> None:
    system = text(
        "Good day to you.|Bye now.",
        "Buenos días tenga.|Adiós ya.",
        "[0]:[0] [1]:[1]",
    )
    score = score_by_text(GOLD, system)
    assert score.cuts == Rates(1.0, 1.0, 1.0)
    assert score.lost[0] == 1
    assert score.coverage[0] < 1.0


def test_nulls_are_measured_in_characters() -> None:
    gold = text("aa bb|cccc|dd", "xx|yy", "[0]:[0] [1]:[] [2]:[1]")
    system = text("aa bb|cccc|dd", "xx|yy", "[0]:[0] [1]:[] [2]:[] []:[1]")
    assert astuple(score_by_text(gold, system).null) == pytest.approx((0.5, 1.0, 2 / 3))


def test_the_order_of_a_null_run_does_not_matter() -> None:
    gold = text("a|b|c", "x|y|z", "[0]:[0] [1]:[] []:[1] [2]:[2]")
    system = text("a|b|c", "x|y|z", "[0]:[0] []:[1] [1]:[] [2]:[2]")
    assert score_by_text(gold, system).blocks.f1 == 1.0


def test_empty_texts() -> None:
    nothing = BeadedText((), (), ())
    score = score_by_text(nothing, nothing)
    assert (score.cuts, score.coverage) == (Rates(), (1.0, 1.0, 1.0, 1.0))


def test_words_without_spaces() -> None:
    first, second = common_offsets(["你好吗", "很好"], ["你好", "吗很好"])
    assert (first, second) == ([0, 3, 5], [0, 2, 5])


def test_chance_matches_across_an_insertion_are_dropped() -> None:
    one = ["start", "here", "we", "go"]
    two = ["start", "a", "b", "c", "d", "e", "f", "here", "g", "h", "i", "j", "k", "l", "we", "go"]
    assert match_words(one, two) == [(0, 0, 1), (2, 14, 2)]


def test_repeated_text_is_anchored_by_what_comes_once() -> None:
    one = [
        "la",
        "la",
        "la",
        "uno",
        "dos",
        "tres",
        "la",
        "la",
        "la",
        "cuatro",
        "cinco",
        "seis",
        "la",
        "la",
    ]
    two = [
        "intro",
        "la",
        "la",
        "la",
        "uno",
        "dos",
        "tres",
        "la",
        "la",
        "la",
        "la",
        "cuatro",
        "cinco",
        "seis",
        "la",
    ]
    matched = sum(size for _, _, size in match_words(one, two))
    assert matched == 13


def test_an_alignment_as_beaded_text() -> None:
    def document(*segments: str) -> Document:
        paragraphs = tuple(
            Paragraph(k, "para", s, (Segment(k, k, 0, len(s), s),)) for k, s in enumerate(segments)
        )
        return Document("d", "", "", "", "", paragraphs)

    alignment = Alignment(
        document("a", "b"), document("c"), (Bead(range(2), range(1), confidence=0.5),)
    )
    beaded = beaded_alignment(alignment)
    assert (beaded.source, beaded.target) == (("a", "b"), ("c",))
    assert beaded.beads[0].key == ((0, 1), (0,))
