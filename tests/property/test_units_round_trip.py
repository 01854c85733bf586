"""Units with everything that they can come with, written and read again: equal but for what the list
of losses names.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.files import FileSink
from aligner.formats import FORMATS, UnitLosses, WriteOptions
from aligner.model import CODE_ROLES, STATUSES, Code, Header, Unit, UnitStream, Variant
from aligner.workflows.unit_files import open_units

LANGS = ("es-MX", "en", "zh-Hant")
WORDS = st.sampled_from(
    [
        "Hola",
        "mañana.",
        "«¿Qué?»",
        "שלום",
        "مرحبا",
        "你好",
        "a|b",
        "5 > 4 & 3",
        '"x"',
        "=1+1",
        "\\n",
    ]
)
TEXTS = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
NAMES = st.sampled_from(["domain", "x-client", "date", "status", "en", "score:Int", "Domain"])
VALUES = st.sampled_from(["legal", "7", "á; b", "reviewed", '"q"', "=x", "0.5"])
PAIRS = st.lists(st.tuples(NAMES, VALUES), max_size=3, unique_by=lambda p: p[0]).map(tuple)
NOTES = st.lists(st.sampled_from(["a note", "otra; nota"]), max_size=2).map(tuple)


@st.composite
def variants(draw: Any, lang: str) -> Variant:
    text = draw(TEXTS)
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=3)))
    codes = tuple(
        Code(place, draw(st.sampled_from(CODE_ROLES)), str(n), "x-var", "<v/>", "ph", (("i", "1"),))
        for n, place in enumerate(places)
    )
    return Variant(lang, text, codes, (), draw(PAIRS), draw(PAIRS), draw(NOTES))


@st.composite
def units(draw: Any) -> Unit:
    return Unit(
        tuple(draw(variants(lang)) for lang in LANGS[: draw(st.integers(2, 3))]),
        draw(st.sampled_from(["", "guide"])),
        draw(st.integers(1, 9)),
        "1-1",
        draw(
            st.none() | st.floats(0, 1, allow_subnormal=False).filter(lambda x: x == 0 or x > 1e-9)
        ),
        draw(st.sampled_from(STATUSES)),
        draw(st.lists(st.sampled_from(["free", "a;b"]), unique=True).map(tuple)),
        draw(st.sampled_from(["", "doubt <x>"])),
        draw(st.sampled_from(["", "Antes."])),
        draw(st.sampled_from(["", "Después."])),
        draw(st.sampled_from([{}, {"url": "http://x", "licence": "CC0"}])),
        draw(st.sampled_from(["", "menu"])),
        draw(st.sampled_from(["", "u1"])),
        draw(PAIRS),
        draw(PAIRS),
        draw(NOTES),
        draw(st.sampled_from(["tmx", "xliff"])),
        draw(st.sampled_from(["para", "heading"])),
        draw(st.sampled_from(["", "P:"])),
        draw(st.booleans()),
    )


def round_trip(rows: list[Unit], fmt: str, folder: Path) -> tuple[list[Unit], tuple[str, ...]]:
    """The units as they come back, and the list of what is lost."""
    form = FORMATS[fmt]
    assert form.write_units is not None
    losses = UnitLosses(form, Header())
    sink = FileSink(folder / f"a{form.suffixes[0]}")
    stream = UnitStream(losses.passing(rows))
    assert form.write_units()(stream, sink, WriteOptions()) == len(rows)
    (path,) = sink.commit()
    with open_units(str(path)) as back:
        return list(back), losses.sentences()


def plain(unit: Unit, lost: str) -> Unit:
    """The unit without what the list of losses names; pairs in any order."""
    for word, fields in (
        ("codes", "codes"),
        ("dates, people", "attributes"),
        ("notes of", "notes"),
    ):
        if word in lost:
            nothing: dict[str, Any] = {fields: ()}
            unit = unit.with_variants(*(v._replace(**nothing) for v in unit.variants))
    return unit._replace(
        kind="",
        properties=tuple(sorted(unit.properties)),
        attributes=tuple(sorted(unit.attributes)),
    )


@pytest.mark.parametrize("fmt", ["jsonl", "parquet"])
@settings(max_examples=30, deadline=None)
@given(st.lists(units(), min_size=1, max_size=4))
def test_everything_comes_back(fmt: str, rows: list[Unit]) -> None:
    if fmt == "parquet":
        pytest.importorskip("pyarrow", reason="pip install 'aligner[parquet]'")
    with tempfile.TemporaryDirectory() as folder:
        back, lost = round_trip(rows, fmt, Path(folder))
        assert back == rows
        assert not lost
        assert round_trip(back, fmt, Path(folder))[0] == back


@pytest.mark.parametrize("fmt", ["tsv", "csv", "xlsx"])
@settings(max_examples=15, deadline=None)
@given(st.lists(units(), min_size=1, max_size=4))
def test_what_a_table_does_not_hold_is_named(fmt: str, rows: list[Unit]) -> None:
    """What is said of one variant only is lost with the codes; units keep their own."""
    with tempfile.TemporaryDirectory() as folder:
        back, lost = round_trip(rows, fmt, Path(folder))
        named = " ".join(lost)
        kept = [
            unit.with_variants(*(v._replace(properties=()) for v in unit.variants)) for unit in rows
        ]
        assert [plain(u, "") for u in back] == [plain(u, named) for u in kept]
        again, _ = round_trip(back, fmt, Path(folder))
        assert [plain(u, "") for u in again] == [plain(u, "") for u in back]
