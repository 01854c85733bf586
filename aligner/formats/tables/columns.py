"""Columns of a table: which are texts, which say something about a row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from aligner.formats.common.sides import Cell, SideRow, Sides
from aligner.languages.names import CODES, language_of
from aligner.model import PARAGRAPH_KINDS, Dropped, Malformed, ReadError, Source

__all__ = ["Rows", "table_sides"]

_TEXTS = re.compile(
    r"(?:(?:source|target|src|tgt|trg|original|translation|translated)(?:[ _-]?text|[ _-]?\d)?"
    r"|text|sentence[12]?|segment)$"
)
_OTHER = frozenset(
    [
        "id",
        "ids",
        "type",
        "kind",
        "confidence",
        "score",
        "similarity",
        "source_ids",
        "target_ids",
        "speaker",
        "comment",
        "comments",
        "note",
        "notes",
        "file",
        "document",
        "doc",
        "key",
        "context",
        "status",
        "label",
        "n",
        "no",
        "line",
        "start",
        "end",
        "domain",
    ]
)

# columns that an alignment keeps, or that follow from what it keeps
_SAID = frozenset(
    ["id", "key", "type", "kind", "confidence", "score", "speaker", "comment", "status", "label"]
)
_ABOUT = re.compile("[_ ](?:ids|lengths)$")

Rows = list[tuple[int, list[str]]]  # line of the file, cells
MAX_COLUMNS = 1000  # of a table of texts; more is no such table


def table_sides(
    source: Source, rows: Rows, *, header: bool = False, said: Sequence[str] = ()
) -> Sides:
    """Rows to sides; `said` names the columns that are texts, where the file says it. Raises ReadError where no column holds text, Malformed for too many columns."""
    line, width = max(
        ((n, len(cells)) for n, cells in rows), key=lambda row: row[1], default=(0, 0)
    )
    if width > MAX_COLUMNS:
        raise Malformed(
            f"a row of {width} cells; a table of texts has at most {MAX_COLUMNS}",
            context=source.name,
            line=line,
        )
    names = [""] * width
    header = header or (bool(rows) and _is_header(rows[0][1]))
    if header:
        names = [cell.strip() for cell in rows[0][1]]
        names += [""] * (width - len(names))
        rows = rows[1:]
    texts = [names.index(name) for name in said] or _text_columns(names, rows, named=header)
    if not texts:
        raise ReadError(
            "no column holds text",
            context=source.name,
            hint="name the columns source and target, or by their languages, in the first row",
        )
    shown = _side_names([names[n] for n in texts])
    langs = [_lang(names[n]) or _lang_of_ids(names, rows, names[n]) for n in texts]
    sides = Sides(shown, langs)
    known = {name.lower(): n for n, name in enumerate(names) if name and n not in texts}
    kept = {n for name, n in known.items() if name in _SAID or _ABOUT.search(name)}
    for line, cells in rows:
        padded = [*cells, *[""] * (width - len(cells))]
        for n in range(width):
            if n not in texts and padded[n].strip():
                left = sides.said if n in kept else sides.dropped
                left.append(Dropped(f"column {names[n] or n + 1}", padded[n], line))
        about = {name: padded[n].strip() for name, n in known.items()}
        made = [
            Cell.of(padded[n]).parted(_about(about, name, "lengths"))
            for n, name in zip(texts, shown, strict=True)
        ]
        if any(cell.text for cell in made):
            sides.units.append(_unit(made, about))
    if header and rows:
        sides.said.insert(0, Dropped("header", " ".join(filter(None, names)), 1))
    if not sides.units:
        raise ReadError("the table holds no text", context=source.name)
    return sides


def _lang_of_ids(names: list[str], rows: Rows, side: str) -> str:
    """The language in the ids of our own tables: `es` of `es.s1 es.s2`."""
    column = next((n for n, name in enumerate(names) if name in _of(side, "ids")), -1)
    if column < 0:
        return ""
    first = next((c[column] for _, c in rows if len(c) > column and c[column].strip()), "")
    lang = re.match(r"([A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*?)(?:-\d{1,2})?\.s\d+", first)
    return lang[1] if lang else ""


def _of(side: str, what: str) -> tuple[str, str]:
    """Names of a column about a side: `source_ids`, or `es ids` in rows of JSON."""
    return f"{side}_{what}", f"{side} {what}"


def _about(said: dict[str, str], side: str, what: str) -> str:
    return next((said[name] for name in _of(side.lower(), what) if name in said), "")


def _unit(cells: list[Cell], said: dict[str, str]) -> SideRow:
    number = said.get("confidence") or said.get("score") or ""
    share = re.fullmatch(r"[01](?:\.\d{1,17})?", number)
    kind = said.get("kind", "")
    status = said.get("status", "")
    return SideRow(
        cells,
        # our own tables number their rows
        key=""
        if any(_ABOUT.search(name) for name in said)
        else said.get("id") or said.get("key", ""),
        kind=kind if kind in PARAGRAPH_KINDS else "para",
        speaker=said.get("speaker") or None,
        confidence=float(number) if share and float(number) <= 1 else None,
        status=status if status in ("accepted", "edited") else "auto",
        labels=tuple(filter(None, (part.strip() for part in said.get("label", "").split(";")))),
        comment=said.get("comment", ""),
    )


def _side_names(names: Sequence[str]) -> list[str]:
    if any(names):
        return [name or f"column {n + 1}" for n, name in enumerate(names)]
    return ["source", "target", *(f"target{n}" for n in range(2, len(names)))][: len(names)]


def _lang(name: str) -> str:
    return "" if name.lower() in _OTHER else language_of(name)


def _is_header(cells: Iterable[str]) -> bool:
    """True where a first row names columns: every cell short and of a known name but one."""
    names = [cell.strip() for cell in cells]
    good = sum(
        1
        for n in names
        if _TEXTS.match(n.lower()) or n.lower() in _OTHER or _lang(n) or _ABOUT.search(n)
    )
    filled = sum(1 for n in names if n)
    return good >= 1 and good >= filled - 1 and (good > 1 or filled == 1 or bool(_lang(names[0])))


def _text_columns(names: list[str], rows: Rows, *, named: bool) -> list[int]:
    if named:
        words = [sum(" " in c[n].strip() for _, c in rows if len(c) > n) for n in range(len(names))]
        found = [n for n, name in enumerate(names) if _TEXTS.match(name.lower()) or _lang(name)]
        if len(found) == 1:  # Indonesian and Norwegian look like other columns
            found += [
                n
                for n, name in enumerate(names)
                if name.lower() in CODES & _OTHER and 2 * words[n] > len(rows)
            ]
            found.sort()
        if found:
            return found
    counts = [0] * len(names)
    for _, cells in rows:
        for n, cell in enumerate(cells):
            counts[n] += any(character.isalpha() for character in cell)
    return [n for n, count in enumerate(counts) if 2 * count >= len(rows) and count]
