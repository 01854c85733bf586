"""Tables of terms: a row an entry, with or without names of the columns.

- names: `source` and `target` (several terms of a cell separated by `|`), and if wanted `forbidden`;
  or the two languages (`en`, `Spanish`), in any order; other columns are not read
- none, as in OmegaT's glossaries: source term, target term, comment
- tabs; commas or semicolons in a .csv and where there are no tabs; `target @ source`, hunalign's .dic

UTF-8, or UTF-16 with a byte order mark, as Excel saves "Unicode text". Lines that begin with # are
comments.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from aligner.formats.common.columns import is_header, text_meaning
from aligner.formats.glossaries.terms import Term
from aligner.formats.tables.rows import armed, csv_rows, tsv_rows
from aligner.languages.tags import primary
from aligner.model import Malformed

__all__ = ["table_terms"]

_HUNALIGN = " @ "
_SOURCES = ("source", "src", "source term", "source text", "original")
_TARGETS = ("target", "tgt", "trg", "target term", "target text", "translation")
_LINE = "a line is: source term, tab, target term (or target @ source as in hunalign's)"
_COLUMNS = "name the columns source and target, or by their languages, or leave the names out"


class _Order(NamedTuple):
    """Numbers of the columns, -1 for one that is not there."""

    source: int = 0
    target: int = 1
    forbidden: int = -1


def table_terms(content: bytes, name: str, langs: tuple[str, str]) -> Iterator[Term]:
    """A term a row. Raises Malformed for a row without both sides, naming its line, and for names
    of columns that are not of these languages.
    """
    order: _Order | None = None
    for line, cells in _rows(_text(content, name), name):
        if order is None:
            order = _order([cell.strip().lower() for cell in cells], langs, name)
            if order is not None:
                continue
            order = _Order()
        source, required, forbidden = (
            _terms(cells[k]) if 0 <= k < len(cells) else () for k in order
        )
        if not source or not (required or forbidden):
            raise Malformed(
                "a term without its translation",
                context=name,
                line=line,
                excerpt=" ".join("\t".join(cells).split())[:40],
                hint=_LINE,
            )
        yield Term(source, required, forbidden)


def _text(content: bytes, name: str) -> str:
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    encoding = "utf-16" if wide else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise Malformed(
            f"byte {error.start} is not {'UTF-16' if wide else 'UTF-8'}",
            context=name,
            hint="save the glossary as UTF-8",
        ) from error


def _rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """(line from 1, cells) of what is no comment."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    filled = [line for line in lines if line.strip() and not line.startswith("#")]
    if filled and _is_commas(filled, name):
        # a comment is no row, whatever quotes it holds; its line is still counted
        bare = (f"{'' if line.startswith('#') else line}\n" for line in lines)
        for number, cells in csv_rows(bare, name):
            yield number, [armed(cell) for cell in cells]
        return
    if any("\t" in line for line in filled):
        kept = io.StringIO("\n".join("" if line.startswith("#") else line for line in lines))
        for number, cells in tsv_rows(kept):
            yield number, _turned(cells)
        return
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#"):
            yield number, _turned([line])


def _is_commas(filled: Sequence[str], name: str) -> bool:
    if any("\t" in line or _HUNALIGN in line for line in filled):
        return name.lower().endswith(".csv") and "\t" not in filled[0]
    return name.lower().endswith(".csv") or any("," in line or ";" in line for line in filled)


def _turned(cells: list[str]) -> list[str]:
    """The cells of a row; a line of hunalign's the other way round."""
    if len(cells) == 1 and _HUNALIGN in cells[0]:
        target, source = cells[0].split(_HUNALIGN, maxsplit=1)
        return [source, target]
    return cells


def _terms(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split("|") if part.strip())


def _order(names: Sequence[str], langs: tuple[str, str], name: str) -> _Order | None:
    """Which column is which by their names; None where the first row is an entry.

    Raises Malformed where it names languages in full words, and they are other ones.
    """
    forbidden = names.index("forbidden") if "forbidden" in names else -1
    source = _first_of(names, _SOURCES)
    target = _first_of(names, _TARGETS)
    if source >= 0 and (target >= 0 or forbidden >= 0):
        return _Order(source, target, forbidden)
    if not is_header(names):
        return None
    there = {primary(text_meaning(cell).key): n for n, cell in reversed(list(enumerate(names)))}
    there.pop("", None)
    sides = [there.get(primary(lang), -1) for lang in langs]
    if langs[0] and sides[0] >= 0 and sides[1] >= 0 and sides[0] != sides[1]:
        return _Order(sides[0], sides[1], forbidden)
    # short ones may be words: "it" and "es" are one in English and German
    if len(there) > 1 and all(len(names[n]) > len("xx-XX") for n in there.values()):
        raise Malformed(
            f"its columns are {' and '.join(sorted(there))}, the texts {' and '.join(langs)}",
            context=name,
            line=1,
            hint=_COLUMNS,
        )
    return None


def _first_of(names: Sequence[str], known: Sequence[str]) -> int:
    return next((n for n, name in enumerate(names) if name in known), -1)
