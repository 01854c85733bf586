"""Alignments -> units, which corpus tools, memories and terms live on, and back."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from pathlib import Path
from typing import TypeVar

from aligner.files import storage
from aligner.formats.common import to_units as common
from aligner.languages.tags import canonical, lookup, matches
from aligner.model import (
    AlignerError,
    Alignment,
    AlignmentSet,
    Bead,
    Document,
    Paragraph,
    Segment,
    Unit,
    UsageError,
    Variant,
    as_set,
)
from aligner.text.rich import clean
from aligner.workflows import aligning
from aligner.workflows.corpus.opus import is_opus, read_opus
from aligner.workflows.corpus.shards import shards_in
from aligner.workflows.unit_files import open_units
from aligner.workflows.unit_streams import document_name

__all__ = [
    "alignments_of",
    "corpus_alignments",
    "corpus_units",
    "pairs_of",
    "read_units",
    "units_of",
]

_Part = TypeVar("_Part")
_TARGET = "target_"
_COPY = "copy it here, or export it there: aligner corpus export --shard-size"
_PART = 5000  # units an alignment: what is in memory at a time


def units_of(alignment: Alignment | AlignmentSet, document: str = "") -> Iterator[Unit]:
    """The units of an alignment, nulls included, two texts each; a set gives the units of its
    alignments one after the other. `document` names them; the id of the source document where it
    is "".
    """
    for one in as_set(alignment).alignments:
        yield from common.units_of(one, document)


def corpus_units(
    paths: Sequence[Path], refused: Callable[[AlignerError], None] | None = None
) -> Iterator[Unit]:
    """The units of corpora: folders that `corpus build` made or OPUS publishes, lines of JSON, TMX,
    alignments.

    `refused` hears of each of several files that cannot be read, which costs that file only: what it
    gave before its broken place stays. Without it, for a single file, and where no file gave
    anything, the error is raised.
    """
    return _each(paths, _units_in, refused)


def corpus_alignments(
    paths: Sequence[Path],
    refused: Callable[[AlignerError], None] | None = None,
    langs: tuple[str, str] = ("", ""),
) -> Iterator[Alignment]:
    """The same as alignments, one at a time: whole from a folder, made of units from the rest.

    `langs`: the source and target that are wanted, as `read_units` takes them; alignments the other
    way round are turned. Raises UsageError, when all are read, where none is of them.
    """
    if not any(langs):
        yield from _each(paths, _alignments_in, refused)
        return
    there: Counter[str] = Counter()
    empty = True
    for one in _each(paths, _alignments_in, refused):
        pair = (one.source.lang, one.target.lang)
        if all(matches(asked, lang) for asked, lang in zip(langs, pair, strict=True)):
            empty = False
            yield one
        elif all(matches(asked, lang) for asked, lang in zip(langs, pair[::-1], strict=True)):
            empty = False
            yield from alignments_of(_turned(unit) for unit in units_of(one))
        else:
            there["-".join(lang or "?" for lang in pair)] += 1
    if empty and there:
        listed = ", ".join(f"{pair} ({count})" for pair, count in sorted(there.items()))
        wanted = f"from {langs[0] or 'any language'} into {langs[1] or 'any'}"
        raise UsageError(f"there is nothing {wanted}", hint=f"alignments that are there: {listed}")


def _turned(unit: Unit) -> Unit:
    """The unit from its target into its source."""
    source, target = unit.variants
    kind = "-".join(reversed(unit.kind.split("-")))
    sides = {side: _known(unit, side) for side in ("source", "target")}
    known = {**sides["target"], **{_TARGET + key: value for key, value in sides["source"].items()}}
    return unit._replace(variants=(target, source), kind=kind, before="", after="", metadata=known)


def _each(
    paths: Sequence[Path],
    inside: Callable[[Path], Iterator[_Part]],
    refused: Callable[[AlignerError], None] | None,
) -> Iterator[_Part]:
    given = failed = 0
    for path in paths:
        try:
            for part in inside(path):
                given += 1
                yield part
        except AlignerError as error:
            if refused is None or len(paths) == 1:
                raise
            refused(error)
            failed += 1
    if failed and not given:
        raise UsageError("none of these files gave a unit", hint="aligner validate says why")


def _units_in(path: Path) -> Iterator[Unit]:
    if not storage.is_folder(path):
        yield from read_units(path)
        return
    if parts := shards_in(path):
        for part in parts:
            yield from read_units(part)
        return
    storage.here(path, "a corpus in a folder", _COPY)
    if is_opus(path):
        for one in read_opus(path):
            yield from units_of(one)
        return
    for name, file in _built(path):
        yield from units_of(_read(file), name)


def _alignments_in(path: Path) -> Iterator[Alignment]:
    from dataclasses import replace

    if not storage.is_folder(path) or shards_in(path):
        yield from alignments_of(_units_in(path))
        return
    storage.here(path, "a corpus in a folder", _COPY)
    if is_opus(path):
        yield from read_opus(path)
        return
    for name, file in _built(path):
        for one in as_set(_read(file)).alignments:
            # texts of one corpus are named by their pair: two may be called index.html
            yield replace(one, source=replace(one.source, id=name))


def _built(folder: Path) -> Iterator[tuple[str, Path]]:
    """Id and alignment of every pair that a corpus lists."""
    from aligner.corpus.build import built_pairs

    empty = True
    for name, place in built_pairs(folder):
        empty = False
        file = place / f"{name}.alignment.json"
        if not file.is_file():
            raise UsageError(
                "is listed in report.tsv, but not there",
                context=str(file),
                hint="aligner corpus verify says what else is, aligner corpus build makes it anew",
            )
        yield name, file
    if empty:
        raise UsageError("no alignment is in it", context=str(folder), hint="aligner corpus build")


def _read(path: Path) -> Alignment | AlignmentSet:
    from aligner.workflows.reading import read_alignment

    return read_alignment(aligning.read_source(str(path)), "json")


def read_units(path: Path, source_lang: str = "", target_lang: str = "") -> Iterator[Unit]:
    """The units of one file of any format that holds texts side by side, two variants each.

    `source_lang` and `target_lang` choose among its languages, where it names them (RFC 4647: en
    names en-US and en-GB), else they name them; "" is the first language, into every other.
    Documents without a name are named by the file. Raises as `open_units`.
    """
    document = document_name(path)
    with open_units(str(path)) as stream:
        for unit in stream:
            named = unit if unit.document else unit._replace(document=document)
            yield from pairs_of(named, source_lang, target_lang)


def pairs_of(unit: Unit, source_lang: str = "", target_lang: str = "") -> Iterator[Unit]:
    """The pairs of a unit in these languages (see `read_units`), their texts clean."""
    variants = [_plain(variant) for variant in unit.variants]
    for place, lang in enumerate((source_lang, target_lang)):
        if lang and place < len(variants) and not variants[place].lang:
            variants[place] = variants[place]._replace(lang=canonical(lang))
    tags = [variant.lang for variant in variants]
    source = lookup(source_lang, tags) if source_lang else 0
    if source is None:
        return
    for number, variant in enumerate(variants):
        if number != source and matches(target_lang, variant.lang):
            yield unit.with_variants(variants[source], variant)


def _plain(variant: Variant) -> Variant:
    """Without the white space and the characters that no text has; codes hold places in it."""
    text = variant.text
    usual = text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " "
    if variant.codes or (usual and unicodedata.is_normalized("NFC", text)):
        return variant
    return variant._replace(text=clean(text))


def alignments_of(units: Iterable[Unit]) -> Iterator[Alignment]:
    """Units, grouped by document, as alignments that every writer takes; null units too.

    A document of more than 5,000 units comes in parts.
    """

    def group(unit: Unit) -> tuple[str, str, str, tuple[tuple[str, str], ...]]:
        metadata = tuple(sorted(unit.metadata.items()))
        return unit.source_lang, unit.target_lang, unit.document, metadata

    for _, members in groupby(units, key=group):
        rest = iter(members)
        while part := list(islice(rest, _PART)):
            yield _alignment(part)


def _alignment(units: list[Unit]) -> Alignment:
    beads: list[Bead] = []
    i = j = 0
    held: list[Unit] = []  # null units of the target wait for those of the source
    for unit in units:
        here, there = bool(unit.source), bool(unit.target)
        if not here and there:
            held.append(unit)
            continue
        if here and there:
            for waiting in held:
                beads.append(_bead(waiting, range(i, i), range(j, j + 1)))
                j += 1
            held.clear()
        if here or there:
            beads.append(_bead(unit, range(i, i + here), range(j, j + there)))
            i, j = i + here, j + there
    for waiting in held:
        beads.append(_bead(waiting, range(i, i), range(j, j + 1)))
        j += 1
    first = units[0]
    return Alignment(
        _document(first, first.source_lang, "source", [u.source for u in units if u.source]),
        _document(first, first.target_lang, "target", [u.target for u in units if u.target]),
        tuple(beads),
    )


def _bead(unit: Unit, source: range, target: range) -> Bead:
    return Bead(
        source,
        target,
        confidence=unit.confidence,
        quality=unit.quality,
        status=unit.status,
        labels=unit.labels,
        comment=unit.comment,
        unit=unit,
    )


def _known(unit: Unit, side: str) -> Mapping[str, str]:
    """What a unit says of one of its texts: `target_url` of the target, what has no such name of the
    source, and of the target too where nothing is said of it alone.
    """
    known = {key: value for key, value in unit.metadata.items() if key != "origin"}
    target = {k.removeprefix(_TARGET): v for k, v in known.items() if k.startswith(_TARGET)}
    if side == "target" and target:
        return target
    return {key: value for key, value in known.items() if not key.startswith(_TARGET)}


def _document(unit: Unit, lang: str, side: str, texts: list[str]) -> Document:
    paragraphs = []
    for number, raw in enumerate(texts):
        text = " ".join(unicodedata.normalize("NFC", raw).split())
        segment = Segment(number, number, 0, len(text), text)
        paragraphs.append(Paragraph(number, "para", text, (segment,)))
    name = unit.document or "memory"
    metadata = {key: (value,) for key, value in _known(unit, side).items()}
    digest = hashlib.sha256(
        f"{side}\0{name}\0{unit.number}".encode("utf-8", "surrogatepass")
    ).hexdigest()
    origin = unit.metadata.get("origin", "")
    return Document(name, lang, origin, "", digest, tuple(paragraphs), metadata)
