"""The main job against its bars: pages in, beads out, scored by the command itself.

The shipped weights were trained on cases of ../shared/gold, so what is tested on those here is
that nothing has got worse; the honest figures, each case scored by weights that never saw it, are
those of `aligner train --report` (see `scripts/bench accuracy --against`). The texts of corpora/
were never trained on.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from tests.conftest import CORPORA
from tests.gold.test_corpora_texts import BOILERPLATE, normal, segments
from tests.unit.cli.run import run


def evaluated(*arguments: object) -> dict[str, Any]:
    done = run("evaluate", *arguments, "--bootstrap", "0", "--json")
    assert done.code == 0, done.err
    data: dict[str, Any] = json.loads(done.out)
    return data


def mean(documents: list[dict[str, Any]], measure: str) -> float:
    values: list[float] = [d[measure]["f1"] for d in documents if d[measure]["f1"] is not None]
    return sum(values) / len(values)


@pytest.fixture(scope="module")
def interview(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the README's first command writes, and the beads and the JSON."""
    folder = tmp_path_factory.mktemp("interview")
    pages = [CORPORA / "interview" / f"{lang}.html" for lang in ("es", "en")]
    names = ("out.tmx", "out.tei.xml", "out.beads", "out.alignment.json")
    outputs = [argument for name in names for argument in ("-o", folder / name)]
    done = run("align", *pages, *outputs)
    assert done.code == 0, done.err
    return folder


def test_the_pages_give_the_segments_of_the_gold(interview: Path) -> None:
    from aligner.formats.json.read import read_alignment
    from aligner.model import Source

    data = (interview / "out.alignment.json").read_bytes()
    alignment: Any = read_alignment(Source("out.alignment.json", data))
    for side, lang in ((alignment.source, "es"), (alignment.target, "en")):
        ours, gold = [s.text for s in side.segments], segments("interview", lang)
        assert "".join(" ".join(ours).split()) == "".join(" ".join(gold).split())
        # an insertion in brackets between two sentences may go with either
        assert sum(normal(a) != b for a, b in zip(ours, gold, strict=True)) <= 2


def test_interview(interview: Path) -> None:
    scores = evaluated(CORPORA / "interview", interview / "out.alignment.json")["documents"][0]
    assert scores["strict"]["f1"] >= 0.97
    assert scores["null"]["f1"] >= 0.85
    assert scores["calibration"]["error"] <= 0.05
    from_beads = evaluated(CORPORA / "interview", interview / "out.beads")["documents"][0]
    assert from_beads["strict"] == scores["strict"]


def test_no_boilerplate_in_the_memory_or_the_edition(interview: Path) -> None:
    memory = etree.parse(interview / "out.tmx")
    name = "{http://www.w3.org/XML/1998/namespace}lang"
    texts: dict[str, list[str]] = {"es": [], "en": []}
    for variant in memory.iter("tuv"):
        texts[variant.get(name, "")[:2]].append("".join(map(str, variant.itertext())))
    edition = (interview / "out.tei.xml").read_text(encoding="utf-8")
    body = edition[edition.index("<text") :]
    for lang, units in texts.items():
        assert len(units) > 80
        for text in BOILERPLATE[lang]:
            assert not any(text in unit for unit in units), text
            assert text not in body, text


def test_three_languages_of_one_text() -> None:
    folder = CORPORA / "trilingual"
    found = []
    for pair in ("es-en", "es-fr", "en-fr"):
        first, second = pair.split("-")
        texts = [folder / f"{lang}.txt" for lang in (first, second)]
        done = run("align", *texts, "-s", first, "-t", second, "--to", "beads", "-o", "-")
        assert done.code == 0, done.err
        found.append(score(folder / f"{pair}.beads", done.out))
    assert mean(found, "strict") >= 0.97
    assert mean(found, "null") >= 0.85


def test_a_distant_pair() -> None:
    folder = CORPORA / "distant"
    done = run("align", folder / "en.txt", folder / "zh.txt", "--to", "beads", "-o", "-")
    assert done.code == 0, done.err
    scores = score(folder / "gold.beads", done.out)
    assert scores["strict"]["f1"] >= 0.95
    assert scores["null"]["f1"] >= 0.5


def score(gold: Path, beads: bytes) -> dict[str, Any]:
    from aligner.engine.evaluating import parse_beads, score_beads, score_data

    system = parse_beads(beads.decode(), "-")
    return score_data(score_beads(parse_beads(gold.read_text(), "gold"), system, name="x"))


@cache
def documents(folder: Path, *names: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = evaluated("--cases", *(folder / n for n in names))["documents"]
    assert len(found) == len(names)
    return found


def test_technical_prose(shared: Path) -> None:
    names = [
        f"{name}-en-es"
        for name in (
            "ros-faq",
            "ros-interviews",
            "ros-launch",
            "ros-puentes",
            "ros-stars4",
            "ros-yanina",
            "osg-metrics",
            "osg-users",
        )
    ]
    found = documents(shared / "gold", *names)
    assert mean(found, "strict") >= 0.985
    assert mean(found, "lax") >= 0.998


def test_literary_chinese(shared: Path) -> None:
    found = documents(shared / "gold", "mac-zh-en-013", "mac-zh-en-015", "mac-zh-en-021")
    assert mean(found, "strict") >= 0.90


def test_hard_cases_find_their_nulls(shared: Path) -> None:
    names = [
        f"hard-{name}-en-es-dev" for name in ("interview", "omit", "insert", "null", "partial")
    ]
    found = documents(shared / "gold", *names)
    assert mean(found, "null") >= 0.70


def test_a_moved_passage_is_found_as_crossing(shared: Path) -> None:
    """Crossings of hard-swap: most of what is found is gold, and the beads stay as good."""
    from aligner.engine.evaluating import beads_of, case_documents, load_gold, score_case
    from aligner.workflows.aligning import align_documents

    case = load_gold(shared / "gold" / "hard-swap-en-es-dev")
    alignment = align_documents(*case_documents(case))
    for side, of_gold in (("source", 0), ("target", 1)):
        gold = {i for pair in case.crossing_pairs for i in pair[of_gold]}
        found = {i for crossing in alignment.crossings for i in getattr(crossing, side)}
        assert gold
        assert len(found & gold) >= 0.5 * len(gold)
        assert len(found & gold) >= 0.9 * len(found)
    assert (score_case(case, beads_of(alignment)).rates("strict").f1 or 0) >= 0.90
