"""What a reader of one text is, for packages of documents and of formats alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from aligner.model import Document, ReadOptions, Source

__all__ = ["DocumentFormat", "Read", "Reader"]


class Read(Protocol):
    """Bytes -> Document."""

    def __call__(self, source: Source, options: ReadOptions, /) -> Document:
        """Raises Declined (with the reason) for a file that is not its own, ReadError or Malformed
        for one that cannot be used.
        """
        ...


@dataclass(frozen=True, slots=True)
class Reader:
    """`read` declines what neither suffix nor content says is its own; `read_named` takes a file
    whatever its suffix, for a user who named the format.
    """

    read: Read
    read_named: Read


@dataclass(frozen=True, slots=True)
class DocumentFormat:
    """A format of one text: its name, the suffixes and root elements of its files, its reader, the
    optional part that the reader needs, and what a user calls it.
    """

    name: str
    suffixes: tuple[str, ...]
    load: Callable[[], Reader]
    roots: tuple[str, ...] = ()
    extra: str = ""
    title: str = ""
