"""Moses text: one file a language (`prefix.es`, `prefix.en`), line n of one translating line n of
the other; an empty line has no counterpart.

The language is the file's suffix where that is a tag. Escapes and tokens of Moses' tokenizer stay as
they are: whether a file is tokenized cannot be told.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

from aligner.formats.common.sides import Cell, SideRow, Sides, as_alignment
from aligner.model import Alignment, AlignmentSet, Malformed, ReadError, ReadOptions, Source
from aligner.text.decoding import decode
from aligner.text.wording import numbered

__all__ = ["language_of", "read_texts"]

_TAG = re.compile(r"\.([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*)(?:\.gz)?$")


def read_texts(
    sources: Sequence[Source], options: ReadOptions, langs: Sequence[str] = ()
) -> Alignment | AlignmentSet:
    """The lines of all files side by side; a set where there are more than two.

    Raises ReadError for one file alone, Malformed where they differ in their number of lines.
    """
    if len(sources) < 2:
        raise ReadError(
            "Moses text is one file a language",
            context=sources[0].name if sources else "",
            hint="give the others with --texts",
        )
    columns = []
    for source in sources:
        text = decode(source.data, source.name, encoding=options.encoding)
        columns.append(text.removesuffix("\n").split("\n"))
        if len(columns[-1]) != len(columns[0]):
            raise Malformed(
                f"{numbered(len(columns[-1]), 'line')}, and {sources[0].name} has {len(columns[0])}: "
                "line n of one must translate line n of the other",
                context=source.name,
            )
    tags = list(langs) or [language_of(source.name) for source in sources]
    names = ["source", "target", *(f"target{n}" for n in range(2, len(sources)))]
    sides = Sides(names, tags)
    sides.units = [
        SideRow([Cell.of(line) for line in row]) for row in zip(*columns, strict=True) if any(row)
    ]
    # what is read is all of the files together, and their digest says so
    together = Source(sources[0].name, b"\0".join(source.data for source in sources))
    return as_alignment(together, sides)


def language_of(name: str) -> str:
    """The language in a file's suffix (`corpus.pt-BR`), "" where there is none."""
    tag = _TAG.search(PurePath(name).name)
    return tag[1].replace("_", "-") if tag else ""
