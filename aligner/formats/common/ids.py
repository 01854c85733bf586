"""Names of segments that stay the same in every output: `es.s1` is the first segment of `es`.

TEI uses them as xml:id and TSV as ids, so that a row of a table finds its sentence in the edition.
"""

from __future__ import annotations

from collections.abc import Iterable

from aligner.model import Document
from aligner.text.output import bcp47

__all__ = ["RESERVED", "prefixes", "segment_id"]

# ids that TEI headers of ours use for themselves
RESERVED = frozenset({"bead-types", "omitted", "added", "accepted", "edited"})


def prefixes(documents: Iterable[Document]) -> tuple[str, ...]:
    """One prefix a document: its language, numbered where a language comes twice (`es`, `es-2`)."""
    taken = set(RESERVED)
    names: list[str] = []
    for document in documents:
        tag = bcp47(document.lang)
        name, number = tag, 1
        while name in taken:
            number += 1
            name = f"{tag}-{number}"
        taken.add(name)
        names.append(name)
    return tuple(names)


def segment_id(prefix: str, index: int) -> str:
    """The id of segment `index` (0-based in arrays, 1-based in the id)."""
    return f"{prefix}.s{index + 1}"
