"""Units with everything that they can come with, written and read again: equal but for what the list
of losses names.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.files import FileSink
from aligner.formats import FORMATS, Format, UnitLosses, WriteOptions
from aligner.formats.base import WORDS as LOSSES
from aligner.model import CODE_ROLES, SPAN_KINDS, STATUSES, Code, Unit, UnitStream, Variant
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
NAMES = st.sampled_from(["domain", "x-client", "date", "status", "en", "rank:Int", "Domain"])
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
        draw(st.sampled_from([None, 0.0, 0.125, 0.987, 1.0])),
    )


def written(stream: UnitStream, fmt: str, folder: Path) -> tuple[list[Path], tuple[str, ...]]:
    """The files that hold the units, and the list of what is lost."""
    form = FORMATS[fmt]
    assert form.write_units is not None
    losses = UnitLosses(form, stream.header)
    rows = list(stream)
    sink = FileSink(folder / f"a{form.suffixes[0]}")
    passing = UnitStream(losses.passing(rows), stream.header)
    assert form.write_units()(passing, sink, WriteOptions()) == len(rows)
    return sorted(sink.commit()), losses.sentences()


def read(path: Path) -> UnitStream:
    """The units of a file, all of them."""
    with open_units(str(path)) as stream:
        return UnitStream(list(stream), stream.header)


def round_trip(rows: list[Unit], fmt: str, folder: Path) -> tuple[list[Unit], tuple[str, ...]]:
    """The units as they come back, and the list of what is lost."""
    (path,), lost = written(UnitStream(rows), fmt, folder)
    return list(read(path)), lost


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


@st.composite
def coded(draw: Any, lang: str) -> Variant:
    """A text with codes as another format has them: pairs, halves of pairs, and points."""
    text = draw(TEXTS)
    codes: list[Code] = []
    for number in range(draw(st.integers(0, 2))):
        kind = draw(st.sampled_from(["bold", "link", "x-var", "mystery", ""]))
        markup = draw(st.sampled_from(["<b>", "%s", "{0}"]))
        role = draw(st.sampled_from(["open", "point", "begin", "end"]))
        start, end = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2)))
        codes.append(Code(start, role, f"k{number}", kind, markup))
        if role == "open":
            codes.append(Code(end, "close", f"k{number}", kind, "</b>"))
    # pairs that overlap are halves in XLIFF 1.2 and no pair in others
    codes.sort(key=lambda code: code.place)
    return Variant(lang, text, tuple(codes), (), draw(PAIRS), draw(PAIRS), draw(NOTES))


@st.composite
def foreign(draw: Any) -> Unit:
    """A unit with what a format may say of it that is none of those written here."""
    unit: Unit = draw(units())
    sides = tuple(draw(coded(variant.lang)) for variant in unit.variants)
    return unit._replace(variants=sides, form="other")


def by_pairs(rows: Iterable[Unit]) -> list[Unit]:
    """Units of two languages, as they stand in files of pairs: first those of the first pair."""
    pairs = [list(unit.pairs()) for unit in rows]
    return [one[0] for one in pairs] + [one[1] for one in pairs if len(one) > 1]


def shape(variant: Variant) -> list[Any]:
    """Codes without what each format spells in its own way: names of ids, elements, kinds."""
    order: dict[str, int] = {}
    return [
        (c.place, c.role, order.setdefault(c.id, len(order)), c.kind.removeprefix("x-"), c.markup)
        for c in variant.codes
    ]


def kept(unit: Unit, back: Unit, form: Format, lost: str) -> None:
    """Everything of the unit is there again, or named in the list of what is lost."""

    def held(word: str, there: bool = True) -> bool:
        """Whether the format holds what the unit has; what it does not hold must be listed."""
        if there and word not in form.holds:
            assert LOSSES[word] in lost, f"{word} is lost and not listed: {lost}"
        return word in form.holds

    for one, other in zip(unit.variants, back.variants, strict=True):
        assert other.lang == one.lang
        if held("codes", any(c.kind not in SPAN_KINDS for c in one.codes)):
            assert other.text == one.text
            assert shape(other) == shape(one)
        else:
            assert other.text == with_markup(one)
        if held("notes", bool(one.notes)):
            assert all(note in " ".join([*other.notes, *back.notes]) for note in one.notes)
        if held("properties", bool(one.properties)):
            assert set(one.properties) <= set(other.properties)
        if held("attributes", bool(one.attributes)):
            assert set(one.attributes) <= set(other.attributes)
    if held("confidences", unit.confidence is not None) and back.confidence != unit.confidence:
        assert LOSSES["digits"] in lost
        assert abs((back.confidence or 0) - (unit.confidence or 0)) <= 0.0005
    if held("status", unit.status != "auto"):
        assert back.status == unit.status
    if held("labels", bool(unit.labels)):
        assert back.labels == unit.labels
    if held("comments", bool(unit.comment)):
        assert unit.comment in (back.comment, *back.notes)
    if held("notes", bool(unit.notes)):
        assert all(note in " ".join(back.notes) for note in unit.notes)
    if held("context", bool(unit.context)):
        # a second one of the same name gets a number
        assert back.context.startswith(unit.context)
    if held("ids", bool(unit.id)):
        assert back.id.startswith(unit.id)
    if held("neighbours", bool(unit.before or unit.after)):
        assert (back.before, back.after) == (unit.before, unit.after)
    if held("properties", bool(unit.properties)):
        assert set(unit.properties) <= set(back.properties)
    if held("attributes", bool(unit.attributes)):
        assert set(unit.attributes) <= set(back.attributes)
    if held("documents", bool(unit.metadata)):
        assert back.metadata == unit.metadata
    if held("kinds", unit.role != "para"):
        assert back.role == unit.role
    if held("speakers", bool(unit.speaker)):
        assert back.speaker == unit.speaker
    if held("joins", unit.joins):
        assert back.joins == unit.joins


def with_markup(variant: Variant) -> str:
    """The text with its native codes as text."""
    pieces, at = [], 0
    for code in variant.codes:
        pieces += [variant.text[at : code.place], code.markup]
        at = code.place
    return "".join([*pieces, variant.text[at:]])


@pytest.mark.parametrize("fmt", ["tmx", "xliff", "xliff2", "po"])
@settings(max_examples=60, deadline=None)
@given(st.lists(foreign(), min_size=1, max_size=3))
def test_units_of_another_format(fmt: str, rows: list[Unit]) -> None:
    """Equal, or every difference is in the list of losses; from then on nothing changes."""
    form = FORMATS[fmt]
    with tempfile.TemporaryDirectory() as folder:
        paths, sentences = written(UnitStream(rows), fmt, Path(folder))
        streams = [read(path) for path in paths]
        back = [unit for stream in streams for unit in stream]
        wanted = rows if fmt == "tmx" else by_pairs(rows)
        for unit, one in zip(wanted, back, strict=True):
            kept(unit, one, form, "; ".join(sentences))
        for stream in streams:
            (path,), sentences = written(stream, fmt, Path(folder))
            again = read(path)
            assert (again.header, list(again)) == (stream.header, list(stream))
            assert not sentences
