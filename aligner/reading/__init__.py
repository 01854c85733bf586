"""Reading: bytes to a Document of typed paragraphs. No network, no disk, no segments yet.

- `read` asks the readers of `READERS` in turn; the first that takes the file gives the Document,
  one that declines says why, and `UnknownFormat` lists all reasons.
- `txt`, `md`, `html`: one module a format, `read(source, options) -> Document`, heavy libraries
  imported inside. html adds `_walk` (tree to paragraphs), `_body` and `_boilerplate` (which of
  them are the article), `_meta` (what the page says of itself).
- shared: `_decode` (which encoding, binary files refused), `_text` (the policy for characters),
  `_turns` (who speaks), `_build` (the last step), `_language` (`detect_language`).

Start reading from `txt.py`, the shortest.

The text of a kept paragraph is as printed, but for the policy in `_text`. `Document.lang` is what
the file declares, else "".
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from aligner.errors import Declined, UnknownFormat, UsageError
from aligner.model import Document, ReadOptions, Source
from aligner.reading._build import DEFAULTS, suffix_of
from aligner.reading._language import detect_language
from aligner.registry import Table

__all__ = ["READERS", "detect_language", "read"]

READERS = Table(
    kind="input format",
    group="aligner.readers",
    entries={
        "html": "aligner.reading.html:read",
        "md": "aligner.reading.md:read",
        "txt": "aligner.reading.txt:read",
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
    if format is not None:
        return _by_name(source, options, format)
    reasons = []
    for name in _in_order(source):
        try:
            document: Document = READERS.load(name)(source, options)
        except Declined as reason:
            reasons.append(f"{name}: {reason.message}")
        else:
            return document
    raise UnknownFormat(
        f"no reader takes this file; {'; '.join(reasons)}",
        context=source.name,
        hint="name the format with --from",
    )


def _in_order(source: Source) -> Iterator[str]:
    """Names of readers, the likeliest first; outsiders last, for looking them up takes long."""
    suffix = suffix_of(source.name)
    page = source.data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    first = "md" if suffix == ".md" else "txt" if suffix == ".txt" and not page else "html"
    yield first
    yield from (name for name in READERS.entries if name != first)
    yield from READERS.names()[len(READERS.entries) :]


def _by_name(source: Source, options: ReadOptions, name: str) -> Document:
    """Our own readers take the file whatever its suffix when they are called by name."""
    reader = READERS.load(name)
    target = READERS.entries.get(name)
    if target is not None:
        reader = import_module(target.partition(":")[0]).read_text
    try:
        document: Document = reader(source, options)
    except Declined as reason:
        raise UsageError(
            f"the {name} reader does not take this file: {reason.message}", context=source.name
        ) from None
    return document
