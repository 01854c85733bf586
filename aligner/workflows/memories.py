"""Files -> memory -> files: what a translation memory takes in and gives out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.files import reading
from aligner.model import Unit, UsageError
from aligner.text.notation import escaped
from aligner.workflows.corpus_units import alignments_of, is_tmx, read_units

if TYPE_CHECKING:
    from aligner.formats import WriteOptions
    from aligner.memory import Filter, Loaded, Memory

__all__ = ["export_memory", "import_file"]

_LARGE = 8_000_000  # bytes of a TMX whose reading is worth a process


def import_file(
    memory: Memory,
    path: Path,
    source_lang: str = "",
    target_lang: str = "",
    progress: Callable[[int], None] | None = None,
) -> Loaded:
    """Load a .tmx (streamed; a large one by a process of its own), .tmx.gz, a .jsonl of units or any
    alignment that can be read.

    An import of the same bytes that was killed is taken up where it was. Raises ReadError,
    Malformed or StoreError, UsageError where nobody says a language; what was read of a TMX before
    a broken place stays loaded.
    """
    from aligner.memory import load_units
    from aligner.workflows.ahead import read_ahead

    units: Iterable[Unit]
    large = is_tmx(path) and path.is_file() and path.stat().st_size >= _LARGE
    units = (read_ahead if large else read_units)(path, source_lang, target_lang)
    units = _with_languages(units, path)
    digest = hashlib.sha256(f"{source_lang}\0{target_lang}\0".encode())
    with reading(path), path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return load_units(memory, units, escaped(str(path)), digest.hexdigest(), progress)


def _with_languages(units: Iterable[Unit], path: Path) -> Iterator[Unit]:
    """The units; a memory of unknown languages would answer nobody."""
    for unit in units:
        if not (unit.source_lang and unit.target_lang):
            side, option = ("target", "-t") if unit.source_lang else ("source", "-s")
            raise UsageError(
                f"the language of the {side} is not known",
                context=str(path),
                hint=f"the file does not say it: give {option}",
            )
        yield unit


def export_memory(
    memory: Memory, chosen: Filter, path: Path, options: WriteOptions | None = None
) -> int:
    """Write the units that pass as one TMX; returns how many. Memory use does not grow with them.

    Raises ExportError for none, UsageError where they are of several pairs of languages.
    """
    from aligner.files import sink_of
    from aligner.formats import WriteOptions
    from aligner.formats.tmx import write_pool
    from aligner.memory import stored_units

    sink = sink_of(path)
    try:
        count = write_pool(
            alignments_of(stored_units(memory, chosen)), sink, options or WriteOptions()
        )
        sink.commit()
    finally:
        sink.discard()
    return count
