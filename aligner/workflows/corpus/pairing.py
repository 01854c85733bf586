"""Texts -> profiles for pairing, many at a time: in one process, or in one a core for thousands."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from aligner.files import is_stdout
from aligner.files import output as output_to
from aligner.files.opening import container, pages_in
from aligner.files.output_places import check_places, check_suffix
from aligner.files.storage import files_under, is_folder
from aligner.model import AlignerError, ReadOptions, UsageError, address_of
from aligner.runtime import cores
from aligner.runtime.places import relative
from aligner.workflows import aligning

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from aligner.corpus.pairing import Partner, Profile
    from aligner.engine.embedding import Overlaps

Vectors: TypeAlias = "npt.NDArray[np.float32]"

__all__ = [
    "Paired",
    "SideReading",
    "manifest_lines",
    "pair_folders",
    "pair_texts",
    "profiles_in",
    "profiles_of",
    "texts_in",
]

_CHUNK = 50  # documents a task
_SIDES = ("source", "target")
_FEW = 400  # documents for which more processes do not pay


@dataclass(frozen=True, slots=True)
class SideReading:
    """How to read the texts of one side, and the encoder for both."""

    lang: str = ""
    options: ReadOptions = field(default_factory=ReadOptions)
    from_format: str | None = None
    encoder: str = "embedded"


@dataclass(frozen=True, slots=True)
class Paired:
    """Who translates whom: partners number the texts of `names`, sources and targets; `failures` are
    texts that could not be read, and why; `addresses` are those of pages of web archives, by name.
    """

    partners: Sequence[Partner]
    names: tuple[list[str], list[str]]
    failures: dict[str, str]
    addresses: Mapping[str, str] = field(default_factory=dict)

    def names_from(self, folder: str) -> list[list[str]]:
        """The names of the texts as seen from a folder."""
        return [[_seen_from(name, folder, self.addresses) for name in side] for side in self.names]

    def lines_from(self, folder: str, *, as_json: bool) -> Iterator[str]:
        """Lines of a manifest in that folder, see `manifest_lines`."""
        shown = self.names_from(folder)
        addresses = tuple([self.addresses.get(name, "") for name in side] for side in self.names)
        return manifest_lines(self.partners, shown, addresses, as_json=as_json)

    def pairs(self) -> list[tuple[str, str | None, float]]:
        """Source, target or None, confidence, a row for each source."""
        return [
            (
                self.names[0][one.source],
                None if one.target is None else self.names[1][one.target],
                one.confidence,
            )
            for one in self.partners
        ]


def _seen_from(name: str, folder: str, pages: Mapping[str, str]) -> str:
    if name in pages:  # of an archive: an address in its name is no path
        file = str(container(name))
        return _seen_from(file, folder, {}) + name[len(file) :]
    return address_of(name) or relative(name, folder)


def texts_in(place: Path) -> dict[str, str]:
    """The names of the texts under a folder, or of the pages in a web archive, in order, each with the
    address of the page or "". Raises UsageError where there is none, and what reading the archive raises.
    """
    if not is_folder(place):
        pages = pages_in(str(place))
        if not pages:
            raise UsageError("this is no folder and no web archive", context=str(place))
        return {f"{place}:{page.member}": page.address for page in pages}
    files = {str(place / name): "" for name in files_under(place)}
    if not files:
        raise UsageError("there is no file in it", context=str(place))
    return files


def _inputs(place: Path) -> list[Path]:
    return [place / name for name in files_under(place)] if is_folder(place) else [place]


def pair_texts(
    folders: tuple[Path, Path],
    output: Path | None,
    *,
    langs: tuple[str, str] = ("", ""),
    nearest: int = 5,
    workers: int = 0,
    encoder: str = "auto",
    options: ReadOptions | None = None,
    from_format: str | None = None,
    tell: Callable[[str], None] = lambda _: None,
    stage: Callable[[str, str], Callable[[int, int], None] | None] = lambda *_: None,
) -> Paired:
    """The texts of two folders, or pages of two web archives, paired, and a manifest of them at `output` (lines of JSON where it ends so).

    `tell` hears what is said of the encoder. Raises as `pair_folders`, UsageError for another suffix.
    """
    from aligner.engine import embedding

    source, target = folders
    check_places([output], [*_inputs(source), *_inputs(target)])
    check_suffix(output, (".tsv", ".txt", ".jsonl"), "corpus build reads pairs.tsv and pairs.jsonl")
    chosen, advice = embedding.choose(encoder, (langs[0] or "en", langs[1] or "en"))
    if advice:
        tell(advice)
    read = options or ReadOptions()
    sides = [
        (folder, SideReading(lang, read, from_format, chosen))
        for folder, lang in zip(folders, langs, strict=True)
    ]
    paired = pair_folders(sides, nearest, workers or cores.count(), stage)
    if output is not None:
        if address_of(output) and not all(
            address_of(name) for side in paired.names for name in side
        ):
            raise UsageError(
                "a manifest of texts of this machine must lie on this machine", context=str(output)
            )
        base = "" if is_stdout(output) else str(output.parent)
        rows = paired.lines_from(base, as_json=output.suffix.lower() == ".jsonl")
        with output_to(output) as out:
            # names of files are bytes: what is no UTF-8 is written as it is
            out.write("".join(rows).encode("utf-8", "surrogateescape"))
    return paired


def pair_folders(
    sides: Sequence[tuple[Path, SideReading]],
    nearest: int,
    workers: int,
    stage: Callable[[str, str], Callable[[int, int], None] | None] = lambda *_: None,
) -> Paired:
    """Find which text of the second folder or web archive translates which of the first, by content.

    `stage(name, unit)` gives what is told of the progress of a stage. Raises as `texts_in` and
    `profiles_of`.
    """
    from aligner.corpus import pairing

    profiles: list[list[Profile]] = []
    failures: dict[str, str] = {}
    addresses: dict[str, str] = {}
    for folder, reading in sides:
        texts = texts_in(folder)
        addresses |= {name: page for name, page in texts.items() if page}
        made, failed = profiles_of(
            list(texts), reading, workers, stage(f"reading {folder}", "texts")
        )
        profiles.append(made)
        failures |= failed
    partners = pairing.pair_documents(
        profiles[0], profiles[1], nearest, stage("comparing", "pairs")
    )
    source, target = ([profile.name for profile in side] for side in profiles)
    return Paired(partners, (source, target), failures, addresses)


def manifest_lines(
    partners: Sequence[Partner],
    names: Sequence[Sequence[str]],
    addresses: Sequence[Sequence[str]] = ((), ()),
    *,
    as_json: bool,
) -> Iterator[str]:
    """Lines of a manifest: source, target or `-`, confidence, and the `addresses` of pages of web
    archives; with `as_json` objects, which take any file name and keep the addresses. Raises UsageError for a name that a table cannot hold.
    """
    for partner in partners:
        pair = names[0][partner.source], "-" if partner.target is None else names[1][partner.target]
        ends = (partner.source, partner.target)
        pages = [
            "" if at is None or not side else side[at]
            for at, side in zip(ends, addresses, strict=True)
        ]
        if as_json:
            urls = {f"{side}_url": url for side, url in zip(_SIDES, pages, strict=True) if url}
            yield json.dumps({"source": pair[0], "target": pair[1], **urls}) + "\n"
            continue
        for name in pair:
            if name != name.strip() or name[0] == "#" or any(end in name for end in "\t\n\r"):
                raise UsageError(
                    "a table cannot hold this file name",
                    context=repr(name),
                    hint="write the manifest as -o pairs.jsonl",
                )
        more = [" ".join(page.split()) or "-" for page in pages] if any(pages) else []
        yield "\t".join((*pair, f"{partner.confidence:.3f}", *more)) + "\n"


def profiles_of(
    names: Sequence[str],
    reading: SideReading,
    workers: int = 1,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[list[Profile], dict[str, str]]:
    """The profile of every text that can be read, in order, and for the others the reason.

    Raises UsageError, MissingExtra or ModelError where the encoder cannot be had.
    """
    from aligner.engine import embedding

    embedding.ENCODERS.load(reading.encoder.partition(":")[0])
    chunks = [names[k : k + _CHUNK] for k in range(0, len(names), _CHUNK)]
    profiles: list[Profile] = []
    failures: dict[str, str] = {}
    for done, (made, failed) in enumerate(_mapped(chunks, reading, workers), start=1):
        profiles += made
        failures |= failed
        if progress:
            progress(min(done * _CHUNK, len(names)), len(names))
    return profiles, failures


def _mapped(
    chunks: Sequence[Sequence[str]], reading: SideReading, workers: int
) -> Iterator[tuple[list[Profile], dict[str, str]]]:
    if workers < 2 or len(chunks) * _CHUNK < _FEW:
        yield from (profiles_in(reading, chunk) for chunk in chunks)
        return
    from aligner.runtime.children import mapped

    yield from mapped("aligner.workflows.corpus.pairing:profiles_in", reading, chunks, workers)


def profiles_in(reading: SideReading, texts: Sequence[str]) -> tuple[list[Profile], dict[str, str]]:
    """One pass of the encoder over all texts of the chunk, laid end to end."""
    from aligner.engine import embedding

    encoder = embedding.load_encoder(reading.encoder)
    failures: dict[str, str] = {}
    names: list[str] = []
    starts = [0]
    segments: list[str] = []
    for name in texts:
        try:
            document = aligning.open_document(
                aligning.read_source(name),
                reading.lang,
                read_options=reading.options,
                from_format=reading.from_format,
            )
        except AlignerError as error:
            failures[name] = str(error)
            continue
        names.append(name)
        segments += [segment.text for segment in document.segments]
        starts.append(len(segments))
    if not names:
        return [], failures
    overlaps = encoder.overlaps(segments)
    singles = overlaps.vectors(1)
    return [
        _profile(overlaps, singles, name, start, stop)
        for name, start, stop in zip(names, starts, starts[1:], strict=False)
    ], failures


def _profile(overlaps: Overlaps, singles: Vectors, name: str, start: int, stop: int) -> Profile:
    import numpy as np

    from aligner.corpus.pairing import BLOCKS, Profile

    count = stop - start
    width = -(-count // BLOCKS)
    if width == 1:
        blocks = singles[start:stop].copy()
    else:
        blocks = np.concatenate(
            [overlaps.vectors(min(width, stop - k), k, k + 1) for k in range(start, stop, width)]
        )
    return Profile(name, overlaps.vectors(count, start, start + 1)[0], blocks)
