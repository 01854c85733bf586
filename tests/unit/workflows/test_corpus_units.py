"""Units as alignments, and the pairs of a unit: nulls, languages that nobody named, what is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.model import Unit, UsageError, Variant
from aligner.workflows.corpus.units import alignments_of, corpus_alignments, pairs_of


def unit(source: str, target: str, number: int, **known: str) -> Unit:
    kind = f"{bool(source):d}-{bool(target):d}"
    return Unit.of("es", "en", source, target, "d", number, kind, 0.5, metadata=known)


def test_a_null_of_the_target_waits_for_those_of_the_source() -> None:
    (made,) = alignments_of(
        [
            unit("", "Zero.", 1),
            unit("Uno.", "", 2),
            unit("", "", 3),
            unit("Dos.", "Two.", 4),
            unit("", "End.", 5),
        ]
    )
    assert [(list(bead.source), list(bead.target)) for bead in made.beads] == [
        ([0], []),
        ([], [0]),
        ([1], [1]),
        ([], [2]),
    ]
    assert [segment.text for segment in made.target.segments] == ["Zero.", "Two.", "End."]


def test_what_is_known_of_one_text_is_not_said_of_the_other() -> None:
    (made,) = alignments_of(
        [unit("Uno.", "One.", 1, url="http://a", target_url="http://b", origin="x")]
    )
    assert (made.source.metadata["url"], made.target.metadata["url"]) == (
        ("http://a",),
        ("http://b",),
    )
    (both,) = alignments_of([unit("Uno.", "One.", 1, licence="CC0")])
    assert both.source.metadata["licence"] == both.target.metadata["licence"] == ("CC0",)


def test_languages_that_a_file_does_not_name_are_the_users() -> None:
    bare = Unit((Variant("", "Uno."), Variant("", "One.")))
    (pair,) = pairs_of(bare, "ES", "en")
    assert (pair.source_lang, pair.target_lang) == ("es", "en")
    named = Unit((Variant("es-MX", " Uno.  Dos."), Variant("en-US", "One."), Variant("fr", "Un.")))
    assert [p.target_lang for p in pairs_of(named, "es")] == ["en-US", "fr"]
    assert [p.source for p in pairs_of(named, "es", "fr")] == ["Uno. Dos."]
    assert list(pairs_of(named, "de")) == []


def test_a_corpus_whose_pair_is_gone_and_one_of_none(tmp_path: Path) -> None:
    from aligner.corpus.build import Output

    with Output.open(tmp_path / "c", {}) as output:
        output.report([])
    with pytest.raises(UsageError, match="no alignment is in it"):
        list(corpus_alignments([tmp_path / "c"]))
