"""A file of units through another format and back, and what is another one then."""

from __future__ import annotations

import contextlib
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from aligner.files import StdoutSink
from aligner.formats import FORMATS, UnitLosses, WriteOptions
from aligner.formats.base import WORDS
from aligner.formats.common.altered import APART, RENAMED
from aligner.formats.lost import missed
from aligner.formats.po.write_units import AGAIN
from aligner.model import Code, Header, ReadOptions, Unit, UnitStream, Variant

__all__ = ["Trip", "differences", "read", "trip"]

_TAG = re.compile(r"<[^<>]*>")
_READ = ReadOptions(None, False)


class Memory(StdoutSink):
    """A file in memory; further files (a language each) beside it."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.files: dict[str, io.BytesIO] = {}

    def name(self, suffix: str = "") -> str:
        """What a file of the sink would be called."""
        return f"{self._name}{suffix}"

    def open(self, suffix: str = "") -> Any:
        """A file to write into."""
        self.files[suffix] = io.BytesIO()
        return contextlib.nullcontext(self.files[suffix])


@dataclass(slots=True)
class Trip:
    """What came back: units, header, the losses that were told (keys of `WORDS`), in sentences too,
    and what the writer says that it had to alter.
    """

    units: list[Unit]
    header: Header
    told: set[str]
    sentences: tuple[str, ...] = ()
    altered: Counter[tuple[str, str]] = field(default_factory=Counter)


def read(data: bytes, name: str, form: str) -> tuple[list[Unit], Header, Counter[str]]:
    """Units and header of a file, and what was not taken. Raises as the reader does."""
    make = FORMATS[form].stream
    assert make is not None
    stream = make()(io.BytesIO(data), name, _READ)
    units = list(stream)
    return units, stream.header, stream.dropped


def trip(units: list[Unit], header: Header, target: str, suffix: str, source: str) -> Trip:
    """Units written in the format `target` and read again, as `convert` does; `source` is the
    format that reads what is written.
    """
    form = FORMATS[target]
    assert form.write_units is not None
    losses = UnitLosses(form, header)
    stream = UnitStream(losses.passing(units), header)
    sink = Memory(f"out{suffix}")
    form.write_units()(stream, sink, WriteOptions())
    sentences = losses.sentences()
    told = {key for key, words in WORDS.items() if any(s.startswith(words) for s in sentences)}
    if "formatting" in told:  # codes of known kinds
        told.add("codes")
    back: list[Unit] = []
    first: Header | None = None
    for extra, file in sink.files.items():
        more, head, _ = read(file.getvalue(), f"out{extra or suffix}", source)
        back += more
        first = first or head
    if "controls" in told:  # they are in no text of the file, nor in what is kept beside texts
        told |= {"texts", "properties"}
    if stream.altered[RENAMED]:
        told.add("ids")
    if stream.altered[APART]:
        told.add("joins")
    if stream.altered[AGAIN]:
        told.add("context")
    return Trip(back, first or Header(), told, sentences, stream.altered)


def differences(before: Unit, after: Unit) -> Iterator[str]:
    """Keys of `WORDS` for what a unit had and has no more."""
    wanted = [variant for variant in before.variants if variant.text or variant.codes]
    there = [variant for variant in after.variants if variant.text or variant.codes]
    if len(wanted) != len(there):
        yield "languages" if len(wanted) > 2 else "nulls"
        return
    for one, other in zip(wanted, there, strict=True):
        yield from _of_variants(one, other)
    attributes, properties = missed(before)
    kept = missed(after._replace(form=""))  # all of them
    wanted_notes, notes = list(_notes(before)), list(_notes(after))
    notes += [after.comment] if after.comment else []
    for key, is_lost in (
        ("documents", before.document != after.document and bool(before.document)),
        ("confidences", before.confidence is not None and after.confidence is None),
        ("digits", before.confidence != after.confidence and after.confidence is not None),
        ("status", before.status != after.status),
        ("labels", not set(before.labels) <= set(after.labels)),
        ("comments", _one_line(before.comment) not in map(_one_line, ["", *notes])),
        ("neighbours", (before.before, before.after) != (after.before, after.after)),
        ("context", _one_line(before.context) not in ("", _one_line(after.context))),
        ("ids", bool(before.id) and before.id != after.id),
        ("attributes", not set(attributes) <= set(kept[0])),
        ("properties", not set(properties) <= set(kept[1])),
        ("notes", any(_one_line(n) not in _one_line(" ".join(notes)) for n in wanted_notes)),
        ("kinds", before.role != after.role),
        ("speakers", before.speaker != after.speaker),
        ("joins", before.joins and not after.joins),
    ):
        if is_lost:
            yield key


def _notes(unit: Unit) -> Iterator[str]:
    yield from unit.notes
    for variant in unit.variants:
        yield from variant.notes


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _of_variants(before: Variant, after: Variant) -> Iterator[str]:
    kept = dict(after.properties).get("raw", after.text)
    raw = {kept, unescape(_TAG.sub("", kept))}  # as it is in a catalogue, as XML in XLIFF
    written = "".join(_pieces(before))  # a format without codes has their markup as text
    if not {before.text, written} & {after.text, *raw}:
        yield "texts"
    if before.lang and before.lang.lower() != after.lang.lower():
        yield "languages"
    if len(before.codes) != len(after.codes) or any(
        not _is_same(*pair, text=(before.text, after.text))
        for pair in zip(before.codes, after.codes, strict=False)
    ):
        yield "codes"
    if before.lengths != after.lengths:
        yield "segments"


def _pieces(variant: Variant) -> Iterator[str]:
    at = 0
    for code in variant.codes:
        yield variant.text[at : code.place]
        yield code.markup
        at = code.place
    yield variant.text[at:]


def _is_same(one: Code, other: Code, text: tuple[str, str]) -> bool:
    """Whether a code stands at the same place and for the same; an empty one may have become the
    markup of its own element, and white space before it may be read as one space.
    """
    before, after = (
        " ".join(t[: c.place].split()) for t, c in zip(text, (one, other), strict=True)
    )
    native = one.markup == other.markup or (not one.markup and one.element in other.markup)
    return native and before == after and (one.role == other.role or not one.markup)
