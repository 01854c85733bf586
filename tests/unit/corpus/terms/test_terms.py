"""Candidates from linked words, and the files that `check --glossary` reads."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import pytest
from lxml import etree

from aligner.corpus.terms import Candidate, LinkedUnit, extract_candidates, glossary_entries
from aligner.formats.glossaries import parse_glossary, write_glossary
from aligner.model import Unit, UsageError
from aligner.workflows.corpus.terminology import extract_terms

GENERAL = {"the", "of", "is", "el", "la", "de", "es", "we", "see", "vemos", "old", "new"}


def general(words: Sequence[str]) -> list[float]:
    return [-4.0 if word in GENERAL else -14.0 for word in words]


def linked(source: str, target: str, links: str, **more: str) -> LinkedUnit:
    pairs = tuple((int(a), int(b)) for a, b in (pair.split("-") for pair in links.split()))
    return LinkedUnit(tuple(source.split()), tuple(target.split()), pairs, (source, target), **more)


def test_groups_that_translate_each_other() -> None:
    units = [
        linked("the water mill is old .", "el molino de agua es viejo .", "0-0 1-3 2-1 3-4 5-6"),
        linked("see the water mill", "vemos el molino de agua", "0-0 1-1 2-4 3-2"),
        linked("Water mill ,", "Molino de agua ,", "0-2 1-0 2-3"),
        linked("the mill of the old town", "el molino de la villa", "0-0 1-1 2-2 3-3 5-4"),
    ] + [linked(f"we see x{n} of y{n}", f"vemos z{n}", "0-0 1-0") for n in range(200)]
    found = extract_candidates(units, (general, general), least=3)
    terms = {(c.source.casefold(), c.target.casefold()): c for c in found}
    best = terms["water mill", "molino de agua"]
    assert (best.frequency, best.source_frequency, best.target_frequency) == (3, 3, 3)
    assert best.dice == 1.0
    assert best.context == units[0].context
    assert terms["mill", "molino"].frequency == 4
    assert found[0] == best
    assert not any("the" in c.source.split() or "." in c.source for c in found)
    assert all(c.score > 0 and math.isfinite(c.score) for c in found)


def test_units_decide_not_places() -> None:
    twice = [linked("mill mill", "molino molino", "0-0 1-1")] * 2
    pad = [linked(f"a{n} b{n}", f"c{n} d{n}", "0-0") for n in range(300)]
    assert extract_candidates([*twice, *pad], (general, general), least=3) == []


CANDIDATES = [
    Candidate("water mill", "molino de agua", 3, 3, 4, 0.857, 9.1, ("a\tb", "c"), "d", (("x", 2),)),
    Candidate("R&D", "I+D", 2, 2, 2, 1.0, 3.0),
]


@pytest.mark.parametrize("name", ["t.tsv", "t.csv", "t.utf8", "t.tbx", "t3.tbx"])
def test_files_are_glossaries(name: str, tmp_path: Path) -> None:
    format_ = {"t.utf8": "omegat", "t3.tbx": "tbx3"}.get(name, name[2:])
    write_glossary(glossary_entries(CANDIDATES), tmp_path / name, format_, ("en", "es"), "a < b")
    read = parse_glossary((tmp_path / name).read_bytes(), name, ("en", "es"))
    assert [(t.source, t.required) for t in read] == [
        (("water mill",), ("molino de agua",)),
        (("R&D",), ("I+D",)),
    ]


def test_versions_of_tbx(tmp_path: Path) -> None:
    for version, tags in (("tbx", ["martifHeader", "text"]), ("tbx3", ["tbxHeader", "text"])):
        path = tmp_path / f"{version}.tbx"
        write_glossary(glossary_entries(CANDIDATES), path, version, ("en", "es"), "a < b")
        root = etree.parse(path).getroot()
        assert root.get("type") == "TBX-Basic"
        assert [etree.QName(child).localname for child in root] == tags
        contexts = [e.text for e in root.iter("{*}descrip")]
        assert contexts == ["a\tb", "c"]


def test_from_units() -> None:
    units = [
        Unit.of("en", "es", f"The lighthouse keeper wrote {n}.", f"El farero escribió {n}.", "d", n)
        for n in range(4)
    ]
    units += [
        Unit.of(
            "en", "es", f"Nobody answered in room {n}.", f"Nadie contestó en la sala {n}.", "d", n
        )
        for n in range(60)
    ]
    found, langs = extract_terms(units, "embedded")
    assert langs == ("en", "es")
    assert any("lighthouse" in c.source and "farero" in c.target for c in found)
    with pytest.raises(UsageError, match="each pair of languages"):
        extract_terms([units[0], Unit.of("en", "fr", "a b", "c d")])
    with pytest.raises(UsageError, match="no unit with both"):
        extract_terms([])
