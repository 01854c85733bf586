"""Small XLIFF files of every dialect that the tests share, and ways to read and write them."""

from __future__ import annotations

import io
from pathlib import Path

from aligner.files import FileSink
from aligner.formats import FORMATS, WriteOptions
from aligner.model import Header, ReadOptions, Unit, UnitStream

CORE = 'xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"'
CORE_2 = 'xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1"'


def one(units: str, *, root: str = CORE, langs: tuple[str, str] = ("en", "es")) -> str:
    """A 1.2 file of one `file`."""
    return (
        f'<xliff {root}><file original="a.html" source-language="{langs[0]}"'
        f' target-language="{langs[1]}" datatype="html"><body>{units}</body></file></xliff>'
    )


def two(units: str, root: str = CORE_2) -> str:
    """A 2.1 file of one `file`."""
    return f'<xliff {root} srcLang="en" trgLang="es"><file id="f1">{units}</file></xliff>'


def read(text: str | bytes, name: str = "a.xlf") -> UnitStream:
    """The stream of a file."""
    load = FORMATS["xliff"].stream
    assert load is not None
    data = text.encode() if isinstance(text, str) else text
    return load()(io.BytesIO(data), name, ReadOptions())


def units(text: str | bytes) -> list[Unit]:
    """The units of a file."""
    return list(read(text))


def written(folder: Path, made: list[Unit], header: Header | None = None, to: str = "xliff") -> str:
    """Units as a file."""
    load = FORMATS[to].write_units
    assert load is not None
    sink = FileSink(folder / "out.xlf")
    stream = UnitStream(made, header or Header())
    assert load()(stream, sink, WriteOptions()) == len(made)
    sink.commit()
    return (folder / "out.xlf").read_text("utf-8")


def again(folder: Path, text: str) -> str:
    """A file read and written in its own format."""
    stream = read(text)
    form = stream.header.form
    return written(folder, list(stream), stream.header, form)
