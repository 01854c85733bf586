"""A corpus as a folder of packed files of so many units each, written and read.

FOLDER/part-00001.jsonl.zst     lines of JSON, Zstandard
FOLDER/part-00001.parquet       or Parquet, in the columns of `formats.parquet`
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from pathlib import Path

from aligner.files import FileSink, atomic, storage
from aligner.files.zstd import need_arrow, zstd_writer
from aligner.formats import WriteOptions, unit_writer
from aligner.model import ExportError, Unit, UnitStream, UsageError, dump_unit

__all__ = ["SHARDED", "check_format", "shards_in", "write_shards"]

SHARDED = {"jsonl": ".jsonl.zst", "parquet": ".parquet"}


def check_format(name: str) -> None:
    """Raise UsageError where `write_shards` does not know the format, MissingExtra where it needs a
    library that is not installed.
    """
    if name not in SHARDED:
        raise UsageError(f"{name} is not written in shards", hint=f"known: {', '.join(SHARDED)}")
    need_arrow("--shard-size")


def write_shards(units: Iterable[Unit], name: str, folder: Path, size: int) -> int:
    """Files of `size` units (the last has fewer) in the format `name`, a key of SHARDED; returns how
    many files. Raises UsageError for another format or a folder that holds files, ExportError where
    there is nothing to write, MissingExtra where pyarrow is not installed.
    """
    check_format(name)
    if storage.is_file(folder) or storage.names_in(folder):
        raise UsageError(
            "the folder holds other files",
            context=str(folder),
            hint="name one that is new or empty",
        )
    storage.make_folder(folder)
    rest = iter(units)
    count = 0
    while (first := next(rest, None)) is not None:
        count += 1
        part = chain([first], islice(rest, size - 1))
        _write(part, name, folder / f"part-{count:05}{SHARDED[name]}")
    if not count:
        raise ExportError("there is nothing to write")
    return count


def _write(units: Iterator[Unit], name: str, path: Path) -> None:
    if name == "jsonl":
        with atomic(path) as out, zstd_writer(out, str(path)) as packed:
            for unit in units:
                packed.write(f"{dump_unit(unit)}\n".encode("utf-8", "replace"))
        return
    write_units = unit_writer(name)
    sink = FileSink(path)
    try:
        write_units(UnitStream(units), sink, WriteOptions())
        sink.commit()
    finally:
        sink.discard()


def shards_in(folder: Path) -> list[Path]:
    """The files of such a folder, in order; none where it is another one."""
    return [
        folder / name
        for name in storage.names_in(folder)
        if name.startswith("part-") and name.endswith(tuple(SHARDED.values()))
    ]
