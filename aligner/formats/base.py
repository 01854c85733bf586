"""What a format is: how it is named, what it can hold, and where its code is.

Each package `formats/<name>` declares one `Format` (or a few of a family); `aligner.formats`
collects them. The declaration is all that losses, converting, validating, `aligner formats` and
the docs know of a format; its loaders import the code when it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from aligner.files import Sink
from aligner.formats.common.links import Beside
from aligner.formats.options import WriteOptions
from aligner.model import Alignment, AlignmentSet, ReadOptions, Source, UnitStream
from aligner.text.readers import Reader

__all__ = [
    "FOREIGN",
    "WORDS",
    "AlignmentReader",
    "Format",
    "LinkReader",
    "Losses",
    "UnitReader",
    "UnitWriter",
    "Writer",
]

# what there may be in an alignment, and how a user is told that a format cannot hold it
WORDS: Mapping[str, str] = {
    "texts": "the texts: segments are numbers only",
    "segments": "where the segments of a bead part",
    "languages": "languages beyond the second",
    "nulls": "segments without a counterpart",
    "confidences": "confidences",
    "qualities": "quality of units",
    "digits": "digits of confidences and qualities beyond the third",
    "scores": "scores in nats",
    "status": "review marks (accepted, edited)",
    "comments": "comments",
    "labels": "labels",
    "crossings": "crossings",
    "pins": "pins",
    "words": "links between words",
    "warnings": "warnings",
    "signature": "what made the alignment (signature)",
    "kinds": "kinds of paragraphs (heading, turn, caption ...)",
    "paragraphs": "where paragraphs start and what stands between segments",
    "joins": "which units are parts of one paragraph",
    "speakers": "speakers",
    "formatting": "formatting, links and images",
    "times": "times of subtitles",
    "keys": "ids of paragraphs in their files",
    "metadata": "titles, authors and other metadata",
    "originals": "first wordings of edited segments",
    "controls": "characters that XML forbids",
    "codes": "inline codes",
    "ids": "ids of units",
    "context": "what tells units of the same source apart (context)",
    "neighbours": "neighbours of units",
    "attributes": "dates, people and usage of units",
    "properties": "properties of units",
    "notes": "notes of units",
    "documents": "what is known of the documents of units",
    "header": "what the file says of all its units (header)",
}
# of these, what a file says in the words of its format: only the same format gives it back
FOREIGN = frozenset(
    ["ids", "context", "attributes", "properties", "notes", "header", "joins", "digits"]
)


class AlignmentReader(Protocol):
    """Reads a file that holds two texts or more."""

    def __call__(self, source: Source, options: ReadOptions, /) -> Alignment | AlignmentSet:
        """Raises Declined for a file of another format, Malformed or ReadError for a broken one."""
        ...


class LinkReader(Protocol):
    """Reads links between texts that lie in files beside the one that holds them."""

    def __call__(
        self, source: Source, options: ReadOptions, beside: Beside, /
    ) -> Alignment | AlignmentSet:
        """Raises as an AlignmentReader, ReadError where a text is not there."""
        ...


class Writer(Protocol):
    """Writes an alignment into a sink, which the caller commits."""

    def __call__(
        self, alignment: Alignment | AlignmentSet, sink: Sink, options: WriteOptions, /
    ) -> None:
        """Raises ExportError where the sink cannot hold it."""
        ...


class Losses(Protocol):
    """Sentences about what a file will not have of an alignment."""

    def __call__(
        self, alignment: Alignment | AlignmentSet, options: WriteOptions, /
    ) -> Iterable[str]:
        """One sentence a loss."""
        ...


class UnitReader(Protocol):
    """Reads a file unit by unit, whatever its size, with everything that the units came with."""

    def __call__(self, file: BinaryIO, name: str, options: ReadOptions, /) -> UnitStream:
        """The units in the order of the file, variants with the header's source language first;
        `name` is for messages. Raises Declined at once, Malformed or ReadError while units are taken.
        """
        ...


class UnitWriter(Protocol):
    """Writes units with everything that they came with, as far as the format holds it."""

    def __call__(self, stream: UnitStream, sink: Sink, options: WriteOptions, /) -> int:
        """Returns how many units were written. Raises ExportError where the sink cannot hold them."""
        ...


@dataclass(frozen=True, slots=True)
class Format:
    """One format by name.

    `suffixes` of files to write, the usual one first; `reads` the suffixes of files to read and
    `roots` the root elements, both of documents and alignments. `holds`: keys of `WORDS` that it
    keeps; `inline`: formatting too, under `--inline`. `form`: the words (`Unit.form`) of files whose
    ids, attributes, properties, notes and header it gives back as they were. `labels`: those that it
    has a word of its own for, where it does not keep labels. `losses` says what else of an alignment it
    cannot keep, `left_out` which texts are not written though it could hold them. `needs_times`:
    only texts with times can be written. `extra` is the optional part that its code needs.
    """

    name: str
    title: str
    suffixes: tuple[str, ...] = ()
    reads: tuple[str, ...] = ()
    roots: tuple[str, ...] = ()
    holds: frozenset[str] = frozenset()
    inline: bool = False
    form: str = ""
    labels: frozenset[str] = frozenset()
    extra: str = ""
    needs_times: bool = False
    read: Callable[[], Reader] | None = None
    read_alignment: Callable[[], AlignmentReader] | None = None
    read_links: Callable[[], LinkReader] | None = None
    write: Callable[[], Writer] | None = None
    stream: Callable[[], UnitReader] | None = None
    write_units: Callable[[], UnitWriter] | None = None
    losses: Callable[[], Losses] | None = None
    left_out: Callable[[], Losses] | None = None
