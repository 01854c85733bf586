"""Real posts in markdown, as published, through the whole main job: front matter, shortcodes,
links and captions; scored against gold for their text.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import aligner
from aligner.engine.evaluating import load_gold
from aligner.engine.evaluating.bytext import BeadedText, beaded_alignment, score_by_text

PAIRS = {
    "ros-stars2-en-es": "interview-2",
    "ros-stars2-en-fr": "interview-2",
    "ros-stars2-es-fr": "interview-2",
    "ros-stars4-en-es": "interview-4",
    "ros-faq-en-es": "translation-faq",
    "ros-faq-en-fr": "translation-faq",
    "ros-faq-es-fr": "translation-faq",
}
MARKUP = ("{{<", "](", "\ntitle:", "**", "<center>", "<strong>")


@pytest.mark.parametrize("name", PAIRS)
def test_raw_pair(shared: Path, name: str) -> None:
    langs = name.rsplit("-", 2)[1:]
    folder = shared / "raw" / PAIRS[name]
    files = [folder / f"{lang}.md" for lang in langs]
    alignment = aligner.align(*files, source_lang=langs[0], target_lang=langs[1])
    for document in (alignment.source, alignment.target):
        text = "\n".join(s.text for s in document.segments)
        assert not [mark for mark in MARKUP if mark in text]
        assert document.metadata["author"]
    case = load_gold(shared / "gold" / name)
    gold = BeadedText(case.source, case.target, case.gold)
    score = score_by_text(gold, beaded_alignment(alignment), name)
    assert score.cuts.f1 is not None
    # "... sur R. Le travail ..." is two sentences; the gold of this pair was split otherwise
    assert score.cuts.f1 >= (0.965 if name == "ros-stars2-en-fr" else 0.97)
    assert min(score.coverage) >= 0.95
