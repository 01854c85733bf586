"""Word links: symmetric, inside their bead, kept by JSON and shown by HTML; F1 on gold."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from aligner import formats
from aligner.corpus.wordlinks import WordVectors, chance_right, link_words, pooled
from aligner.files import FileSink
from aligner.model import Alignment, Malformed, Source, Unit
from aligner.workflows.corpus.units import alignments_of
from aligner.workflows.reading import read_alignment
from aligner.workflows.word_links import link_texts, with_word_links

XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


def side(rows: np.ndarray) -> WordVectors:
    return WordVectors(np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32))


@settings(deadline=None, max_examples=50)
@given(st.integers(0, 9999), st.integers(1, 9), st.integers(1, 9))
def test_links_do_not_depend_on_the_direction(seed: int, n: int, m: int) -> None:
    random = np.random.default_rng(seed)
    one, other = side(random.normal(size=(n, 8))), side(random.normal(size=(m, 8)))
    forth = [(i, j) for i, j, *_ in link_words(one, other)]
    assert forth == sorted((i, j) for j, i, *_ in link_words(other, one))
    assert forth


def test_like_words_are_linked_and_neighbours_join() -> None:
    base = np.eye(6)
    made = link_words(side(base[:4]), side(base[[0, 2, 1, 3]]))
    assert [(i, j) for i, j, *_ in made] == [(0, 0), (1, 2), (2, 1), (3, 3)]
    two = base[[0, 1, 1, 2]] + 0.3 * base[[0, 3, 4, 2]]
    assert {(1, 1), (1, 2)} <= {(i, j) for i, j, *_ in link_words(side(base[:3]), side(two))}
    assert link_words(side(base[:1]), WordVectors(np.zeros((0, 6), np.float32))) == []


def test_words_are_the_means_of_their_tokens() -> None:
    vectors = np.array([[1, 0], [0, 1], [0, 2]], np.float32)
    made = pooled([(0, 4), (5, 9), (9, 10)], [(0, 2), (2, 4), (5, 9)], vectors)
    assert made.vectors == pytest.approx(np.array([[0.7071, 0.7071], [0, 1], [0, 0]]), abs=1e-3)


def test_a_link_without_rivals_is_surer_than_one_with_a_rival() -> None:
    base = np.eye(4)
    plain = link_words(side(base[:3]), side(base[:3]))
    rival = link_words(side(base[:3]), side(base[[0, 1, 1]] + 0.05 * base[[0, 1, 3]]))
    assert [link[:2] for link in rival] == [(0, 0), (1, 1), (1, 2)]
    assert plain[1].share > rival[1].share > 0.9 > 0.2 > rival[2].share
    sure, less = (chance_right("embedded", link.share) for link in (plain[1], rival[2]))
    assert sure is not None
    assert less is not None
    assert 1 > sure > less > 0.5
    assert chance_right("one of a user", 0.9) is None


@pytest.fixture(scope="module")
def linked() -> Alignment:
    units = [
        Unit.of("en", "es", "The red house is old.", "La casa roja es vieja.", "d", 1),
        Unit.of("en", "es", "Nobody knows.", "", "d", 2),
        Unit.of("en", "es", "My father sells bread.", "Mi padre vende pan.", "d", 3),
    ]
    return with_word_links(next(alignments_of(units)), "embedded")


def words(alignment: Alignment) -> set[tuple[str, str]]:
    one, other = alignment.source.segments, alignment.target.segments
    return {
        (one[w.source[0]].text[slice(*w.source[1:])], other[w.target[0]].text[slice(*w.target[1:])])
        for w in alignment.words
    }


def test_words_of_an_alignment(linked: Alignment) -> None:
    assert {("red", "roja"), ("house", "casa"), ("father", "padre"), ("bread", "pan")} <= words(
        linked
    )
    segments = {(w.source[0], w.target[0]) for w in linked.words}
    assert segments == {(0, 0), (2, 1)}


def test_json_keeps_them_and_html_shows_them(linked: Alignment, tmp_path: Path) -> None:
    for name in ("a.alignment.json", "a.html"):
        sink = FileSink(tmp_path / name)
        formats.write(linked, formats.format_of(name), sink)
        sink.commit()
    data = (tmp_path / "a.alignment.json").read_bytes()
    assert read_alignment(Source("a.alignment.json", data)) == linked
    assert all(w.confidence is not None and 0.3 < w.confidence < 1 for w in linked.words)
    assert "<li>house = casa</li>" in (tmp_path / "a.html").read_text()
    assert "links between words" in " ".join(formats.losses(linked, "tmx"))
    for broken in (b"[0, 0, 99,", b"[7, 0, 3,", b"[0, 3, 3,"):
        with pytest.raises(Malformed, match="where there is none"):
            read_alignment(Source("a.alignment.json", data.replace(b"[0, 0, 3,", broken, 1)))


def test_links_of_files_without_a_confidence_are_read(linked: Alignment, tmp_path: Path) -> None:
    bare = replace(linked, words=tuple(replace(w, confidence=None) for w in linked.words))
    sink = FileSink(tmp_path / "a.alignment.json")
    formats.write(bare, formats.format_of("a.alignment.json"), sink)
    sink.commit()
    data = (tmp_path / "a.alignment.json").read_bytes()
    words = json.loads(data)["alignments"][0]["words"]
    assert {len(row) for row in words} == {7}
    assert read_alignment(Source("a.alignment.json", data)) == bare


def test_tei_points_from_word_to_word(linked: Alignment, tmp_path: Path) -> None:
    for words, layout in (
        (True, "corpus"),
        (True, "separate"),
        (True, "parallel"),
        (False, "corpus"),
    ):
        sink = FileSink(tmp_path / f"{layout}{words}.tei.xml")
        formats.write(linked, "tei", sink, formats.WriteOptions(words=words, layout=layout))
        paths = sink.commit()
        roots = [etree.parse(path).getroot() for path in paths]
        groups = [g for root in roots for g in root.iterfind(".//{*}linkGrp[@type='words']")]
        assert bool(groups) is words
        if not words:
            continue
        said = {
            f"{'' if layout != 'separate' else path.name}#{w.get(XML_ID)}": w.text
            for path, root in zip(paths, roots, strict=True)
            for w in root.iter("{*}w", "{*}pc")
        }
        pairs = [str(link.get("target")).split() for link in groups[0]]
        certs = [float(link.get("cert", "nan")) for link in groups[0]]
        assert certs == [w.confidence for w in linked.words]
        assert ("house", "casa") in {(said[one], said[other]) for one, other in pairs}
    assert "--tei-words" in " ".join(formats.losses(linked, "tei"))


def test_gold(shared: Path) -> None:
    rows = [r.split("\t") for r in (shared / "words/en-es-dev.tsv").read_text().splitlines()[:40]]
    texts = [[row[k] for row in rows] for k in (0, 1)]
    spans: list[list[list[tuple[int, int]]]] = []
    for one in texts:
        spans.append([])
        for text in one:
            ends = np.cumsum([len(word) + 1 for word in text.split(" ")]).tolist()
            spans[-1].append([(a, b - 1) for a, b in zip([0, *ends], ends, strict=False)])
    right = both = 0
    sure: dict[bool, list[float]] = {True: [], False: []}
    for row, links in zip(rows, link_texts("embedded", texts, spans), strict=True):
        gold = {tuple(map(int, pair.split("-"))) for pair in row[2].split()}
        mine = {(i, j) for i, j, *_ in links}
        right, both = right + len(gold & mine), both + len(gold) + len(mine)
        for link in links:
            sure[(link.source, link.target) in gold].append(
                chance_right("embedded", link.share) or 0
            )
    assert 2 * right / both > 0.8
    # a right link is surer than a wrong one, and as many are right as the chances say
    assert np.mean([a > b for a in sure[True] for b in sure[False]]) > 0.8
    everyone = sure[True] + sure[False]
    assert np.mean(everyone) == pytest.approx(right / len(everyone), abs=0.05)
