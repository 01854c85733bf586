"""The lexicon that a pair of texts teaches about itself."""

from __future__ import annotations

import numpy as np

from aligner.engine.features import Evidence, evidence_of, learn_lexicon, translated, trust
from aligner.engine.features.evidence import CLASSES, shared_cells
from aligner.model import Document, ReadOptions, Source
from aligner.segmenting import SegmentOptions, segment
from aligner.workflows import reading

_WORDS = {
    "house": "talo",
    "water": "vettä",
    "bread": "leipä",
    "forest": "metsä",
    "winter": "talvi",
    "summer": "kesää",
    "horse": "hevonen",
    "river": "joesta",
    "stone": "kiveä",
    "mother": "äidille",
    "money": "rahaa",
    "night": "yöllä",
}


def _texts(count: int) -> tuple[list[str], list[str]]:
    """Sentences of two words out of twelve, in a fixed order, and their word-by-word translation."""
    rng = np.random.default_rng(7)
    source, target = [], []
    for _ in range(count):
        chosen = [list(_WORDS)[k] for k in rng.choice(len(_WORDS), 2, replace=False)]
        source.append(" ".join(chosen) + ".")
        target.append(" ".join(_WORDS[word] for word in chosen) + ".")
    return source, target


def _document(name: str, lang: str, lines: list[str]) -> Document:
    document = reading.read(
        Source(f"{name}.txt", "\n".join(lines).encode()), ReadOptions(segmented=True)
    )
    return segment(document.with_lang(lang), SegmentOptions())


def _evidence(count: int = 90) -> tuple[Evidence, Evidence]:
    source, target = _texts(count)
    return (
        evidence_of(_document("a", "en", source)),
        evidence_of(_document("b", "fi", target)),
    )


def _shared(source: Evidence, target: Evidence) -> float:
    k = CLASSES.index("word")
    low, high = np.zeros(source.count, np.int64), np.full(source.count, target.count)
    i, j, weight = shared_cells(source.items[k], target.items[k], low, high)
    return float(weight[i == j].sum())


def test_words_that_keep_company_are_linked() -> None:
    source, target = _evidence()
    beads = [(range(i, i + 1), range(i, i + 1)) for i in range(source.count)]
    lexicons = learn_lexicon(source, target, beads)
    assert len(lexicons[1]) >= 8  # a word in more than a fifth of the beads is too common
    assert _shared(source, target) == 0
    assert _shared(source, translated(target, lexicons)) > source.count * 0.1


def test_chance_teaches_nothing() -> None:
    source, target = _evidence()
    order = np.random.default_rng(3).permutation(target.count)
    beads = [(range(i, i + 1), range(int(j), int(j) + 1)) for i, j in enumerate(order)]
    assert learn_lexicon(source, target, beads) == ({}, {})


def test_words_of_both_texts_keep_their_meaning() -> None:
    source, _ = _evidence()
    beads = [(range(i, i + 1), range(i, i + 1)) for i in range(source.count)]
    assert learn_lexicon(source, source, beads) == ({}, {})


def test_trust_rises_with_a_measured_separation_and_never_falls() -> None:
    assert trust(0.98, 0.97) == 1
    assert trust(0.98, 0.0) == 0
    assert trust(0.98, 0.0, 0.4) == 1
    assert trust(0.98, 0.5, 0.0) == trust(0.98, 0.5) == 0.5
    assert 0 < trust(0.98, 0.0, 0.3) < 1
