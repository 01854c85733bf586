"""Corpus tools: figures, rules, duplicates, split, sample, pooled exports."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from aligner import corpus
from aligner.corpus.filters import FilterRules, numbers_of, reasons
from aligner.model import ExportError, Unit, UsageError
from aligner.workflows.corpus.pooling import POOLED, export_pairs, export_pool
from aligner.workflows.corpus.units import alignments_of
from tests.units import changed

GOOD = Unit.of(
    "en", "es", "We paid 1,250 crowns.", "Pagamos 1.250 coronas.", "d1", 1, confidence=0.9
)
NULL = Unit.of("en", "es", "Alone.", "", "d1", 2, "1-0", 0.4)
TWO = Unit.of(
    "en", "es", "The mill burned down.", "El molino ardió. Se perdió.", "d2", 1, "1-2", 0.7
)


def test_figures(tmp_path: Path) -> None:
    gathered = corpus.Statistics(tmp_path / "a")
    (tmp_path / "a").mkdir()
    for unit in (GOOD, NULL, TWO):
        gathered.add(unit)
    figures = gathered.figures()
    row = figures["languages"]["en-es"]
    assert (row["documents"], row["units"], row["segments"]) == (2, 3, [3, 3])
    assert row["words"] == [9, 8]  # 1,250 is one
    assert row["nulls"] == [1, 0]
    assert row["expansion"] == round((22 + 27) / (21 + 21), 3)
    assert figures["types"] == {"1-0": 1, "1-1": 1, "1-2": 1}
    assert [n for n, c in enumerate(figures["confidence"]) if c] == [7, 9]  # of links
    assert "en-es" in corpus.as_lines(figures)
    page = corpus.as_html(figures, "a < b")
    assert "a &lt; b" in page
    assert page.count("<svg") == 4
    (tmp_path / "b").mkdir()
    assert corpus.as_lines(corpus.Statistics(tmp_path / "b").figures())


@pytest.mark.parametrize(
    ("unit", "rules", "expected"),
    [
        (GOOD, FilterRules(), []),
        (NULL, FilterRules(), ["null"]),
        (NULL, FilterRules(nulls=False), []),
        (GOOD, FilterRules(confidence=0.95), ["confidence"]),
        (changed(GOOD, confidence=None), FilterRules(confidence=0.1), ["confidence"]),
        (GOOD, FilterRules(least=5), ["short"]),
        (GOOD, FilterRules(most=3), ["long"]),
        (TWO, FilterRules(ratio=1.2), ["ratio"]),
        (changed(GOOD, target="we paid: 1,250 CROWNS"), FilterRules(identical=True), ["identical"]),
        (GOOD, FilterRules(numbers=True), []),
        (changed(GOOD, target="Pagamos 1.260 coronas."), FilterRules(numbers=True), ["numbers"]),
        (
            changed(GOOD, target="Nous avons payé longtemps."),
            FilterRules(language=True),
            ["language"],
        ),
    ],
)
def test_rules(unit: Unit, rules: FilterRules, expected: list[str]) -> None:
    def detect(text: str) -> tuple[str, float]:
        return ("fr", 0.99) if "avons" in text else ("es", 0.9) if "Pag" in text else ("en", 0.9)

    assert list(reasons(unit, rules, detect)) == expected


def test_numbers_by_their_digits() -> None:
    assert numbers_of("1 234,50 and 7") == numbers_of("1,234.50") == {"123450": 1}
    assert numbers_of("٣٤") == {"34": 1}


def test_split_keeps_documents_whole_and_leaks_nothing(tmp_path: Path) -> None:
    units = [
        Unit.of("en", "es", f"sentence {n % 450}", f"frase {n % 450}", f"d{n // 10}", n)
        for n in range(600)
    ]
    figures = corpus.SplitFigures()
    parts: dict[str, list[Unit]] = {"train": [], "dev": [], "test": []}
    for part, unit in corpus.split_units(lambda: units, 0.2, 0.2, "0", figures, tmp_path):
        parts[part].append(unit)
    assert all(parts.values())
    documents = {part: {u.document for u in mine} for part, mine in parts.items()}
    texts = {part: {u.source for u in mine} for part, mine in parts.items()}
    for one, other in (("train", "dev"), ("train", "test"), ("dev", "test")):
        assert not documents[one] & documents[other]
        assert not texts[one] & texts[other]
    assert sum(figures.leaks.values()) + sum(map(len, parts.values())) == len(units)
    with pytest.raises(UsageError, match="leave nothing"):
        list(corpus.split_units(lambda: units, 0.6, 0.4, "0", corpus.SplitFigures(), tmp_path))


def test_split_by_names_of_any_bytes(tmp_path: Path) -> None:
    r"""`caf\xe9` as a file name or a seed is no UTF-8, and a document's name all the same."""
    units = [Unit.of("en", "es", f"word {n}", f"voz {n}", f"caf\udce9{n}", 1) for n in range(50)]
    figures = corpus.SplitFigures()
    drawn = list(corpus.split_units(lambda: units, 0.3, 0.3, "caf\udce9", figures, tmp_path))
    assert len(drawn) == 50
    assert all(figures.units[part] for part in ("train", "dev", "test"))


def test_sample() -> None:
    units = [changed(GOOD, number=n) for n in range(500)]
    drawn = corpus.sample_units(units, 50, 1)
    assert len(drawn) == 50
    assert drawn == corpus.sample_units(units, 50, 1)
    assert [u.number for u in drawn] == sorted(u.number for u in drawn)
    assert drawn != corpus.sample_units(units, 50, 2)
    assert corpus.sample_units(units[:7], 50) == units[:7]


@pytest.mark.parametrize("name", sorted(POOLED))
def test_pooled_exports_hold_every_text(name: str, tmp_path: Path) -> None:
    if name == "parquet":
        pytest.importorskip("pyarrow", reason="pip install 'aligner[parquet]'")
    output = tmp_path / f"all.{name}"
    assert export_pool(alignments_of([GOOD, NULL, TWO]), name, output) == 2
    whole = b"".join(p.read_bytes() for p in sorted(tmp_path.rglob("*")) if p.is_file())
    if name == "parquet":
        from pyarrow import parquet

        rows = parquet.read_table(output).to_pylist()
        assert [(r["source"], r["target"]) for r in rows] == [
            (u.source or None, u.target or None) for u in (GOOD, NULL, TWO)
        ]
        return
    if name == "opus":
        archives = [zipfile.ZipFile(path) for path in output.glob("latest/raw/*.zip")]
        whole = b"".join(one.read(member) for one in archives for member in one.namelist())
        for one in archives:
            one.close()
    words = " ".join(re.sub(r"<[^>]*>", " ", whole.decode()).split())
    for text in ("crowns", "coronas", "mill", "molino"):
        assert text in words


def test_vertical_numbers_count_over_the_corpus(tmp_path: Path) -> None:
    export_pool(alignments_of([GOOD, NULL, TWO]), "vertical", tmp_path / "c")
    assert (tmp_path / "c.en-es.map").read_text() == "0\t0\n1\t-1\n2\t1\n"
    text = (tmp_path / "c.en.vert").read_text()
    assert re.findall(r'<doc id="([^"]*)"', text) == ["d1", "d2"]


def test_tei_ids_are_unique_and_pointers_lead_somewhere(tmp_path: Path) -> None:
    export_pool(alignments_of([GOOD, NULL, TWO]), "tei", tmp_path / "c.xml")
    root = etree.parse(tmp_path / "c.xml").getroot()
    ids = [str(i) for i in root.xpath("//@xml:id")]  # type: ignore[union-attr]
    assert len(ids) == len(set(ids))
    pointers = [str(p) for p in root.xpath("//@target | //@corresp")]  # type: ignore[union-attr]
    inner = [part[1:] for p in pointers for part in p.split() if part.startswith("#")]
    assert inner
    assert set(inner) <= set(ids)


def test_a_file_a_pair_and_nothing(tmp_path: Path) -> None:
    assert export_pairs(alignments_of([GOOD, TWO]), "tmx", tmp_path / "out") == 2
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["d1.tmx", "d2.tmx"]
    for name in ("jsonl", "tmx"):
        with pytest.raises(ExportError, match="nothing to write"):
            export_pool([], name, tmp_path / "none")
    with pytest.raises(UsageError, match="cannot be pooled"):
        export_pool([], "docx", tmp_path / "none")
    mixed = [GOOD, changed(TWO, target_lang="fr")]
    with pytest.raises(ExportError, match="others are en-es"):
        export_pool(alignments_of(mixed), "moses", tmp_path / "mixed")
