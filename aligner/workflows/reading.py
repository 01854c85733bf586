"""Reading: bytes to a Document of typed paragraphs. No network, no segments yet.

- `read` asks the readers of `READERS` in turn, the likeliest first; the first that takes the file
  gives the Document, one that declines says why, and `UnknownFormat` holds all reasons.
- `read_alignment` does the same for formats that hold both sides (`ALIGNMENTS`), also in files
  beside them (`LINKED`); `read_moses` takes one file a language, `tile` makes beads of links.
- `open_source` turns what a user typed into bytes: files, `-`, `.gz`, `book.zip:ch1.html`;
  `read_alike` reads pages so that the same parts of all are kept; `remarks` says what a user
  should hear of a document (mojibake).
- readers of one text are in `documents`, of files with several in `formats`, what they share in `text`
  (decoding, the policy for characters, turns, the last step), the openers of bytes in `files`

The text of a kept paragraph is as printed, but for the policy in `text.rich`. `Document.lang` is what
the file declares, else ""; `Document.dropped` lists what was left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from aligner.documents import DOCUMENTS
from aligner.documents.html import disagreement, is_page, read_together
from aligner.documents.html import read_alike as _read_alike
from aligner.files.opening import open_source
from aligner.files.xml import root_of
from aligner.formats import ALIGNMENTS, FORMATS, LINKED
from aligner.formats.common.links import Beside, Link, tile
from aligner.formats.moses import read_moses
from aligner.languages.detection import detect_language, is_detectable
from aligner.model import (
    Alignment,
    AlignmentSet,
    Declined,
    Document,
    Malformed,
    ReadError,
    ReadOptions,
    Source,
    UnknownFormat,
    UsageError,
)
from aligner.registry import Table
from aligner.text.drafts import DEFAULTS, suffix_of
from aligner.text.mojibake import remarks, repaired_document, repaired_source
from aligner.text.readers import Reader
from aligner.text.trace import TRACED, Trace
from aligner.text.trace import trace as _trace
from aligner.workflows.sniffing import BY_SUFFIX, INSTEAD, likeliest

__all__ = [
    "ALIGNMENTS",
    "LINKED",
    "READERS",
    "Beside",
    "Link",
    "Trace",
    "detect_language",
    "disagreement",
    "is_detectable",
    "open_source",
    "read",
    "read_alignment",
    "read_alike",
    "read_moses",
    "remarks",
    "text_of",
    "tile",
    "trace",
]

# asked in this order where neither bytes nor suffix tell: texts before files of several texts
_SEVERAL = ("tmx", "xliff", "po", "tei", "tsv", "csv", "jsonl", "xlsx", "json")
READERS: Table[Reader] = Table(
    kind="input format",
    group="aligner.readers",
    entries={
        **{name: one.load for name, one in DOCUMENTS.items()},
        **{name: load for name in _SEVERAL if (load := FORMATS[name].read)},
    },
    extras={
        **{name: one.extra for name, one in DOCUMENTS.items() if one.extra},
        **{name: one.extra for name, one in FORMATS.items() if one.extra},
    },
)


def read(
    source: Source,
    options: ReadOptions = DEFAULTS,
    format: str | None = None,  # noqa: A002
) -> Document:
    """The document that `source` holds; `format` (a name in READERS) overrules the suffix.

    Raises UnknownFormat where every reader declines, ReadError or Malformed for a file that cannot
    be used, UsageError for a format that nobody knows or options that do not fit it.
    """
    ready, fitting = _ready(source, options)
    return _finished(source, options, ready, _read(ready, fitting, format))


def _ready(source: Source, options: ReadOptions) -> tuple[Source, ReadOptions]:
    """The file and its options, mojibake repaired where they say so."""
    return repaired_source(source, options) if options.fix_mojibake else (source, options)


def _finished(source: Source, options: ReadOptions, ready: Source, document: Document) -> Document:
    """The document of a file that `_ready` gave."""
    if not options.fix_mojibake:
        return document
    document = repaired_document(document)
    return replace(document, digest=_read_digest(source)) if ready is not source else document


def read_alike(
    sources: Sequence[Source],
    options: Sequence[ReadOptions],
    format: str | None = None,  # noqa: A002
) -> tuple[tuple[Document, ...], tuple[str, ...]]:
    """Texts that translate each other, and sentences for the user; web pages are evidence for each
    other, and read again whole where their articles differ badly in size (see `documents.html.pair`).
    Raises as `read`.
    """
    if format not in (None, "html") or not all(
        option.html_body == "article" and likeliest(source) == "html" and is_page(source)
        for source, option in zip(sources, options, strict=True)
    ):
        return tuple(read(s, o, format) for s, o in zip(sources, options, strict=True)), ()
    return _read_alike(sources, options, _read_pages)


def _read_pages(sources: Sequence[Source], options: Sequence[ReadOptions]) -> list[Document]:
    for source in sources:
        _refuse_empty(source)
    ready = [_ready(*one) for one in zip(sources, options, strict=True)]
    documents = read_together([one for one, _ in ready], [fitting for _, fitting in ready])
    return [
        _finished(source, option, one, document)
        for source, option, (one, _), document in zip(
            sources, options, ready, documents, strict=True
        )
    ]


def trace(
    source: Source,
    document: Document,
    options: ReadOptions = DEFAULTS,
    format: str | None = None,  # noqa: A002
) -> Trace | None:
    """Where in the file the paragraphs stand and what is in none of them (see `text.trace`), None for
    packages and markup languages, whose text is not written as it is read. Arguments as of `read`.
    """
    name = format or likeliest(source)
    if name == "html" and format is None and not is_page(source):
        name = BY_SUFFIX.get(suffix_of(source.name), "")
    return _trace(source, document, options) if name in TRACED else None


def read_alignment(
    source: Source,
    format: str | None = None,  # noqa: A002
    options: ReadOptions = DEFAULTS,
    beside: Beside | None = None,
) -> Alignment | AlignmentSet:
    """The alignment in a file that holds two texts or more (`ALIGNMENTS`), segments as they are, or
    links between texts `beside` it (`LINKED`).

    Raises UnknownFormat where every reader declines, Malformed or ReadError for a file that cannot
    be used, UsageError for a format that nobody knows.
    """
    _refuse_empty(source)
    linked = format if format in LINKED.entries else _ROOTS.get(root_of(source.data))
    if linked is not None and format in (None, linked):
        return LINKED.load(linked)(source, options, beside or Beside((), _nothing))
    if format is not None:
        try:
            return ALIGNMENTS.load(format)(source, options)
        except Declined as reason:
            raise UsageError(
                f"the {format} reader does not take this file: {reason.message}",
                context=source.name,
            ) from None
    reasons = {}
    first = likeliest(source)
    names = [first] if first in ALIGNMENTS.entries else []
    names += [name for name in ("json", "tmx", "xliff", "tei", "po") if name not in names]
    for name in names:
        try:
            return ALIGNMENTS.load(name)(source, options)
        except Declined as reason:
            reasons[name] = reason.message
        except Malformed as reason:
            if name == first:
                raise
            reasons[name] = reason.message
    if first not in ALIGNMENTS.entries:
        raise UnknownFormat(
            "this looks like one text, not like an alignment",
            context=source.name,
            hint="align it with its translation (aligner align), or aligner convert --from FORMAT",
            reasons=reasons,
        )
    raise UnknownFormat(
        f"this is no alignment: {reasons[first]}",
        context=source.name,
        hint="aligner convert --from FORMAT reads these: "
        f"{', '.join((*ALIGNMENTS.entries, *LINKED.entries))}",
        reasons=reasons,
    )


# root elements of links; the rest of XML is known to the readers themselves
_ROOTS = {root: name for name in LINKED.entries for root in FORMATS[name].roots}


def _nothing(name: str) -> Source:
    raise ReadError("there is no such file", context=name)


def text_of(path: Path) -> str:
    """A small UTF-8 file that is no text to align: pins, labels, metadata. Raises ReadError or Malformed."""
    data = open_source(str(path)).data
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Malformed(
            f"byte {error.start} is not UTF-8, in line {line}",
            context=str(path),
            hint="save the file as UTF-8",
        ) from None


def _read(source: Source, options: ReadOptions, name: str | None) -> Document:
    _refuse_empty(source)
    if name is not None:
        return _by_name(source, options, name)
    reasons: dict[str, str] = {}
    for candidate in _in_order(source):
        try:
            document = _reader(candidate).read(source, options)
        except Declined as reason:
            reasons[candidate] = reason.message
        else:
            return document
    raise _unknown(source, reasons)


def _unknown(source: Source, reasons: Mapping[str, str]) -> UnknownFormat:
    """What to say of a file that every reader declined: what it looks like, and what to do first."""
    suffix = suffix_of(source.name)
    root = root_of(source.data)
    hint = INSTEAD.get(suffix)
    named = BY_SUFFIX.get(suffix, "")
    if named in reasons:
        again = (
            "open it in the program that made it and save it again, or say what it is with --from"
        )
        hint = hint or again
        what = f"this is not what its name says: {reasons[named]}"
    elif root:
        what = f"XML of a kind that is not read here: its root element is <{root}>"
        hint = "name a format with --from, or save its text as .txt"
    else:
        what = f"files named {suffix or 'like this'} are not read here"
    return UnknownFormat(
        what,
        context=source.name,
        hint=hint or "name what it is with --from (aligner formats lists the names)",
        reasons=reasons,
    )


def _refuse_empty(source: Source) -> None:
    if not source.data.strip():
        raise ReadError(
            "the file is empty", context=source.name, hint="give a file that holds text"
        )


def _read_digest(source: Source) -> str:
    import hashlib

    return hashlib.sha256(source.data).hexdigest()


def _in_order(source: Source) -> Iterator[str]:
    """Names of readers, the likeliest first; outsiders last, for looking them up takes long."""
    first = likeliest(source)
    yield first
    yield from (name for name in READERS.entries if name != first)
    yield from READERS.names()[len(READERS.entries) :]


def _by_name(source: Source, options: ReadOptions, name: str) -> Document:
    """Our own readers take the file whatever its suffix when they are called by name."""
    try:
        return _reader(name).read_named(source, options)
    except Declined as reason:
        raise UsageError(
            f"the {name} reader does not take this file: {reason.message}", context=source.name
        ) from None


def _reader(name: str) -> Reader:
    """The reader of that name; those of other packages are one function for both uses."""
    reader = READERS.load(name)
    return reader if isinstance(reader, Reader) else Reader(reader, reader)
