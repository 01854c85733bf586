"""Files -> memory -> files: what a translation memory takes in and gives out."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.files import reading
from aligner.model import ExportError, Unit, UnitStream, UsageError
from aligner.text.notation import escaped
from aligner.workflows.unit_files import open_units
from aligner.workflows.unit_streams import Selected, document_name, is_tmx, selected

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
    """Load the units of a file: TMX, XLIFF, PO, a .jsonl of units, any alignment that can be read;
    a large TMX is read by a process of its own. The languages are those that `selected` chooses.

    An import of the same bytes that was killed is taken up where it was. Raises ReadError,
    Malformed or StoreError, UsageError where nobody says a language; what was read before a broken
    place stays loaded.
    """
    from aligner.memory import load_units

    with _chosen(path, source_lang, target_lang) as chosen:
        digest = hashlib.sha256(f"{source_lang}\0{target_lang}\0{chosen.digest}".encode())
        if not chosen.digest:
            with reading(path), path.open("rb") as file:
                while chunk := file.read(1 << 20):
                    digest.update(chunk)
        loaded = load_units(
            memory,
            _with_languages(chosen, path),
            escaped(str(path)),
            digest.hexdigest(),
            progress,
            header=chosen.header,
            document=document_name(path),
        )
    loaded.lost.update(chosen.dropped)
    if not (loaded.new or loaded.known or loaded.skipped):
        there = ", ".join(f"{langs} ({count})" for langs, count in chosen.there.most_common(5))
        units = f"the units are in {there}; name languages that they have with -s and -t"
        loaded.nothing = f"asked {chosen.asked}, {units if there else 'no unit has two texts'}"
    return loaded


@contextlib.contextmanager
def _chosen(path: Path, source_lang: str, target_lang: str) -> Iterator[Selected]:
    from aligner.workflows.ahead import read_ahead

    if is_tmx(path) and _size(path) >= _LARGE:
        with read_ahead(path, source_lang, target_lang) as chosen:
            yield chosen
        return
    langs = (source_lang, target_lang) if source_lang and target_lang else ()
    with open_units(str(path), langs=langs) as stream:
        yield selected(stream, source_lang, target_lang)


def _size(path: Path) -> int:
    with reading(path):
        return path.stat().st_size


def _with_languages(units: Iterable[Unit], path: Path) -> Iterator[Unit]:
    """The units; a memory of unknown languages would answer nobody."""
    for unit in units:
        variants = unit.variants
        if not (variants[0].lang and (len(variants) < 2 or variants[1].lang)):
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

    Raises ExportError for none.
    """
    from aligner.files import sink_of
    from aligner.formats import WriteOptions
    from aligner.formats.tmx import write_units
    from aligner.memory import stored_header, stored_units

    header = stored_header(memory, chosen)
    units = stored_units(memory, chosen)
    first = next(units, None)
    if first is None:
        raise ExportError("there is nothing to write", hint="the filter lets nothing pass")
    stream = UnitStream(chain([first], units), header)
    sink = sink_of(path)
    try:
        count = write_units(stream, sink, options or WriteOptions())
        sink.commit()
    finally:
        sink.discard()
    return count
