"""Parquet: ours comes back equal, that of others by the names of its columns."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from aligner.files import FileSink
from aligner.formats import FORMATS, WriteOptions
from aligner.model import Code, Malformed, Unit, UnitStream, Variant
from aligner.workflows.corpus.pooling import export_pool
from aligner.workflows.corpus.units import corpus_alignments, corpus_units, read_units
from aligner.workflows.unit_files import open_units

pa = pytest.importorskip("pyarrow", reason="pip install 'aligner[parquet]'")
pq = pytest.importorskip("pyarrow.parquet")

UNITS = [
    Unit(
        (
            Variant(
                "es", "Hola, mundo.", (Code(0, "open", "1", "bold", "<b>"), Code(4, "close", "1"))
            ),
            Variant("en-GB", "Hello, world.", notes=("n",)),
        ),
        "guide",
        1,
        confidence=0.123456789,
        status="edited",
        labels=("a; b",),
        metadata={"url": "http://x", "licence": "CC0", "domain": "legal", "date": "2020"},
        context="c",
        id="u1",
        properties=(("p", "1"),),
        form="tmx",
    ),
    Unit((Variant("es", "Solo."), Variant("en-GB", "")), "guide", 2, "1-0"),
]
THREE = Unit((Variant("es", "a"), Variant("en", "b"), Variant("zh-Hant", "c")), number=1)


def written(units: list[Unit], path: Path) -> None:
    load = FORMATS["parquet"].write_units
    assert load is not None
    sink = FileSink(path)
    assert load()(UnitStream(units), sink, WriteOptions()) == len(units)
    sink.commit()


def test_ours_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    written([*UNITS, THREE], path)
    with open_units(str(path)) as stream:
        assert list(stream) == [*UNITS, THREE]


def test_what_others_write(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    rows = [
        {"en": "Hi.", "es": "Hola.", "score": 0.5, "day": dt.date(2020, 1, 2), "raw": b"x"},
        {"en": "Two.", "es": None, "score": None, "day": None, "raw": None},
    ]
    pq.write_table(pa.Table.from_pylist(rows), path)
    with open_units(str(path)) as stream:
        first, second = stream
        assert dict(stream.dropped) == {"column raw (bytes)": 1}
    assert [(v.lang, v.text) for v in first.variants] == [("en", "Hi."), ("es", "Hola.")]
    assert first.properties == (("score", "0.5"), ("day", "2020-01-02"))
    assert [v.text for v in second.variants] == ["Two.", ""]
    rows = [{"id": "a", "translation": {"fr": "Un.", "en": "One."}}]
    pq.write_table(pa.Table.from_pylist(rows), path)
    (unit,) = read_units(path)
    assert (unit.id, unit.source_lang, unit.target) == ("a", "fr", "One.")


def test_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1 and nothing")
    with pytest.raises(Malformed, match="damaged Parquet"):
        list(read_units(path))


@pytest.mark.parametrize("name", ["jsonl", "parquet"])
def test_what_export_writes_comes_back(name: str, tmp_path: Path) -> None:
    first, second = tmp_path / "a.jsonl", tmp_path / f"b.{name}"
    written(UNITS, tmp_path / "a.parquet")
    export_pool(corpus_alignments([tmp_path / "a.parquet"]), "jsonl", first)
    export_pool(corpus_alignments([first]), name, second)
    assert list(corpus_units([second])) == UNITS
