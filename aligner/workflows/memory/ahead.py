"""A large TMX, read by a process of its own while this one stores what came before.

Reading XML takes half the time of an import. The units come over a pipe as plain tuples in
`marshal`'s notation, which costs a tenth of what reading costs (both ends are the same program; a
pickled dataclass would cost half). The reader writes no file and ends when its pipe closes, so a
kill of this process leaves nothing behind.
"""

from __future__ import annotations

import contextlib
import gc
import marshal
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from aligner.model import AlignerError, Code, InternalError, Unit, Variant
from aligner.runtime.children import Channel, Child, ending
from aligner.workflows.unit_files import open_units
from aligner.workflows.unit_streams import Selected, selected

__all__ = ["main", "read_ahead"]

_READER = "aligner.workflows.memory.ahead:main"
_EMPTY: Mapping[str, str] = {}
_METADATA = Unit._fields.index("metadata")
_NO_MORE = tuple(Variant("", ""))[2:]
_USUAL_FROM = Unit._fields.index("role")
_USUAL = tuple(Unit(()))[_USUAL_FROM:]
_FRAME = 2000  # units: as many as the memory stores at a time, so that both sides work
_PLAIN = 2  # marshal's version: without references, which take time to look for


@contextlib.contextmanager
def read_ahead(path: Path, source_lang: str = "", target_lang: str = "") -> Iterator[Selected]:
    """What `selected` gives of `open_units(path)` and raises; InternalError where the reader was
    killed. It ends with the context.
    """
    with Child(_READER, str(path), source_lang, target_lang) as child:
        first = _received(child, path)
        if isinstance(first, AlignerError):
            raise first
        header, asked = first
        out = Selected((), header, asked=asked)
        out.units = _units(child, path, out)
        yield out


def _units(child: Child, path: Path, out: Selected) -> Iterator[Unit]:
    while frame := _received(child, path):
        for row in marshal.loads(frame):  # noqa: S302 - our own process wrote it
            yield _unit(row)
    error, dropped, there = _received(child, path)
    out.dropped.update(dropped)
    out.there.update(there)
    if error is not None:
        raise error


def _received(child: Child, path: Path) -> Any:
    try:
        return child.channel.receive()
    except EOFError:
        raise InternalError(
            f"the process that reads it {ending(child.wait())}", context=str(path)
        ) from None


def main(channel: Channel, path: str, source_lang: str, target_lang: str) -> None:
    """The process that reads."""
    gc.disable()  # units hold no cycles, and looking for them took a tenth of the time
    error: AlignerError | None = None
    chosen: Selected | None = None
    try:
        with open_units(str(path)) as stream:
            chosen = selected(stream, source_lang, target_lang)
            channel.send((chosen.header, chosen.asked))
            for frame in _frames(chosen):
                channel.send(frame)
    except AlignerError as raised:
        error = raised
    if chosen is None:
        channel.send(error)
        return
    channel.send(b"")
    channel.send((error, chosen.dropped, chosen.there))


def _row(unit: Unit) -> tuple[Any, ...]:
    """The unit as tuples, which is all that `marshal` knows, without what is usual."""
    variants = tuple([_short(v) for v in unit[0]])
    return (
        variants,
        *unit[1:_USUAL_FROM],
        None if unit[_USUAL_FROM:] == _USUAL else unit[_USUAL_FROM:],
    )


def _short(v: Variant) -> tuple[Any, ...]:
    if v[2:] == _NO_MORE:
        return (v[0], v[1])
    return (v[0], v[1], tuple(map(tuple, v[2])), *v[3:])


def _unit(row: tuple[Any, ...]) -> Unit:
    variants = tuple([_long(v) for v in row[0]])
    # units without metadata share one mapping, as they did before: the memory knows it by its id
    metadata = row[_METADATA] or _EMPTY
    usual = row[-1] or _USUAL
    return Unit._make((variants, *row[1:_METADATA], metadata, *row[_METADATA + 1 : -1], *usual))


def _long(v: tuple[Any, ...]) -> Variant:
    if len(v) == 2:
        return Variant._make((*v, *_NO_MORE))
    return Variant(v[0], v[1], tuple(Code(*code) for code in v[2]), *v[3:])


def _frames(units: Iterable[Unit]) -> Iterator[bytes]:
    """Rows of units, also those before a broken place."""
    rows: list[Any] = []
    try:
        for unit in units:
            rows.append(_row(unit))
            if len(rows) == _FRAME:
                yield marshal.dumps(rows, _PLAIN)
                rows = []
    except AlignerError:
        yield marshal.dumps(rows, _PLAIN)
        raise
    yield marshal.dumps(rows, _PLAIN)
