"""Files -> memory -> files: what a translation memory takes in and gives out."""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.files import reading
from aligner.model import (
    STATUSES,
    AlignerError,
    ExportError,
    Unit,
    UnitStream,
    UsageError,
    address_of,
)
from aligner.runtime.places import shown
from aligner.text.notation import escaped
from aligner.text.wording import numbered
from aligner.workflows.unit_files import open_units
from aligner.workflows.unit_streams import Selected, document_name, is_tmx, selected

if TYPE_CHECKING:
    from aligner.formats import WriteOptions
    from aligner.memory import Filter, Loaded, Match, Memory
    from aligner.workflows.opening import Notices

__all__ = [
    "Imported",
    "alignments_in",
    "chosen_units",
    "export_memory",
    "import_file",
    "import_files",
    "looked_up",
    "needs_filter",
    "to_change",
]

# suffixes of files that are alignments and nothing else: what a folder is searched for
_IMPORTED = (
    ".tmx",
    ".tmx.gz",
    ".xlf",
    ".xliff",
    ".sdlxliff",
    ".mxliff",
    ".mqxliff",
    ".po",
    ".alignment.json",
)
_DATE = re.compile(r"(\d{4})-?(\d{2})?-?(\d{2})?")
_LARGE = 8_000_000  # bytes of a TMX whose reading is worth a process


@dataclass(slots=True)
class Imported:
    """What became of several files: sums of their figures (units, new, known, nulls, skipped), files that
    `failed`, what of each is `lost` (reasons and how often), and why of some `nothing` was taken.
    `is_empty`: the memory was to be made, and is not, for nothing would be in it.
    """

    totals: dict[str, int]
    failed: int = 0
    lost: dict[str, dict[str, int]] = field(default_factory=dict)
    nothing: dict[str, str] = field(default_factory=dict)
    is_empty: bool = False


def import_files(
    memory: Path,
    files: Sequence[Path],
    source_lang: str = "",
    target_lang: str = "",
    *,
    progress: Callable[[str], Callable[[int], None] | None] = lambda _: None,
    tell: Callable[[str], None] = lambda _: None,
) -> Imported:
    """Load files, and those of folders, into the memory at `memory`. One that cannot be read costs no
    other; `tell` hears of it, `progress(name)` gives what hears of the units of one.

    Raises StoreError for what is no memory, ReadError for a name that is nothing.
    """
    from aligner.memory import Memory

    paths = [path for file in files for path in alignments_in(file, tell)]
    done = Imported(dict.fromkeys(("units", "new", "known", "nulls", "skipped"), 0))
    made_now = not memory.exists()
    with Memory(memory, write=True) as store:
        for path in paths:
            try:
                loaded = import_file(store, path, source_lang, target_lang, progress(path.name))
            except AlignerError as error:
                done.failed += 1
                tell(str(error))
                continue
            for name in done.totals:
                done.totals[name] += getattr(loaded, name)
            if loaded.lost:
                done.lost[str(path)] = dict(loaded.lost)
            if loaded.nothing:
                done.nothing[str(path)] = loaded.nothing
        done.is_empty = made_now and not store.languages()
    if done.is_empty:
        for suffix in ("", "-wal", "-shm"):
            memory.with_name(memory.name + suffix).unlink(missing_ok=True)
    return done


def alignments_in(path: Path, tell: Callable[[str], None] = lambda _: None) -> list[Path]:
    """A file itself; of a folder the alignments that `corpus build` made, else those that are known by
    their names, in order. `tell` hears of others. Raises ReadError, UsageError where there is none.
    """
    if path.suffix == ".moses":  # names files of several languages, and is none itself
        return [path]
    with reading(path):
        if address_of(path):
            return [path]
        path.stat()
    if not path.is_dir():
        return [path]
    readable = sorted((path / "pairs").glob("*/*.alignment.json"))
    if readable:
        return readable
    files = sorted(p for p in path.rglob("*") if p.is_file())
    readable = [p for p in files if p.name.lower().endswith(_IMPORTED)]
    if not readable:
        raise UsageError(
            "no file in it is an alignment by its name",
            context=str(path),
            hint=f"these are: {', '.join(_IMPORTED)}; name others one by one",
        )
    others = numbered(len(files) - len(readable), "other file")
    if len(files) > len(readable):
        tell(f"{path}: {others} not looked at")
    return readable


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
            escaped(shown(str(path))),
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
    from aligner.workflows.memory.ahead import read_ahead

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


@contextlib.contextmanager
def to_change(path: Path) -> Iterator[Memory]:
    """A memory open to change what is there. Raises StoreError where there is none: what changes a memory
    makes none.
    """
    from aligner.memory import Memory

    Memory(path).close()
    with Memory(path, write=True) as memory:
        yield memory


def looked_up(
    memory: Memory,
    text: str,
    source_lang: str,
    target_lang: str,
    *,
    least: float,
    limit: int,
    before: str = "",
    after: str = "",
    encoder: str | None = None,
) -> list[Match]:
    """Translations of a text, the best first: by its words, or with `encoder` by its meaning.

    Raises UsageError for an empty text.
    """
    from aligner import memory as memories

    if not text.strip():
        raise UsageError("the text to look up is empty")
    if encoder is not None:
        from aligner.engine import embedding

        model = embedding.load_encoder(encoder)
        return memories.semantic_matches(
            memory,
            text,
            model.encode,
            model.signature,
            source_lang,
            target_lang,
            least=least,
            limit=limit,
        )
    return memories.find_matches(
        memory,
        text,
        source_lang,
        target_lang,
        least=least,
        limit=limit,
        before=before,
        after=after,
    )


def needs_filter(*given: object) -> None:
    """Raise UsageError where nothing says which units to delete."""
    if not any(given):
        raise UsageError(
            "--delete needs a filter", hint="--document, --label, -s or -t; or remove the file"
        )


def chosen_units(
    source_lang: str = "",
    target_lang: str = "",
    min_confidence: float = 0.0,
    reviewed: bool = False,
    document: str = "",
    label: str = "",
    status: str = "",
    user: str = "",
    since: str = "",
    until: str = "",
    field: str = "",
    ids: tuple[int, ...] = (),
) -> Filter:
    """The filter that these make. `since` and `until` are dates (2026, 2026-11, 2026-11-30), `field` is NAME
    or NAME=VALUE. Raises UsageError for what is no date or status.
    """
    from aligner.memory import Filter

    if status and status not in STATUSES:
        raise UsageError(f"there is no status {status!r}", hint=f"known: {', '.join(STATUSES)}")
    name, _, value = field.partition("=")
    return Filter(
        source_lang,
        target_lang,
        min_confidence,
        reviewed,
        document,
        label,
        status,
        user,
        _day(since, "0"),
        _day(until, "9"),
        (name, value),
        ids,
    )


def _day(text: str, rest: str) -> str:
    """A date as memories write it, what it leaves open filled with the first or last possible."""
    if not text:
        return ""
    match = _DATE.fullmatch(text.strip())
    if match is None:
        raise UsageError(f"{text!r} is no date", hint="write 2026, 2026-11 or 2026-11-30")
    return "".join(part or rest * 2 for part in match.groups())


def merge_memories(memory: Path, others: Sequence[Path]) -> Iterator[Loaded]:
    """Add other memories, one after the other; what came of each. Raises ReadError, UsageError for the
    memory itself, StoreError.
    """
    from aligner.memory import Memory, merge_memory

    for other in others:
        with reading(other), other.open("rb"):
            pass
        if memory.exists() and other.samefile(memory):
            raise UsageError("this is the memory itself", context=str(other), hint="name another")
    with Memory(memory, write=True) as store:
        for other in others:
            yield merge_memory(store, other)


def export_memory(
    memory: Memory,
    chosen: Filter,
    path: Path,
    options: WriteOptions | None = None,
    notices: Notices | None = None,
) -> int:
    """Write the units that pass as one TMX; returns how many. Memory use does not grow with them.
    `notices` hears what of them the file does not hold.

    Raises ExportError for none.
    """
    from aligner.files import sink_of
    from aligner.formats import FORMATS, UnitLosses, WriteOptions
    from aligner.formats.tmx import write_units
    from aligner.memory import stored_header, stored_units

    header = stored_header(memory, chosen)
    units = stored_units(memory, chosen)
    first = next(units, None)
    if first is None:
        raise ExportError("there is nothing to write", hint="the filter lets nothing pass")
    losses = UnitLosses(FORMATS["tmx"], header)
    stream = UnitStream(losses.passing(chain([first], units)), header)
    sink = sink_of(path)
    try:
        count = write_units(stream, sink, options or WriteOptions())
        sink.commit()
    finally:
        sink.discard()
    altered = (numbered(number, *what) for what, number in stream.altered.items() if number)
    lost = "; ".join((*losses.sentences(), *altered))
    if lost and notices is not None:
        notices.add(f"{path} does not hold: {lost}")
    return count
