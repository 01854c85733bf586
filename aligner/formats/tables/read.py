r"""Tables: .tsv, .csv (RFC 4180) and lines of JSON (.jsonl, .ndjson); a row is a unit.

- A header is a first row that names its columns: a language (`es`), source, target, text, id, kind,
  confidence ... Columns of language, source, target and text are sides; `confidence`, `id`, `kind`,
  `comment` say what they say; others are listed in `Document.dropped`. Without a header every
  column that holds letters in half of its rows or more is a side.
- tsv: one line is one row; a field in double quotes is unquoted where the quotes close before the
  tab, for many such files hold lone quotes, and holds line ends where the row is whole only so. `\t` and `\\` are unescaped in our own tables only.
- csv: comma, semicolon or tab, whichever the first line holds most of; line ends inside quotes.
- jsonl: an object a line; `{"translation": {"es": ..., "en": ...}}` too. A .json list likewise.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from aligner.formats.common.sides import Sides, as_alignment, as_document
from aligner.formats.tables.columns import table_sides
from aligner.model import (
    Alignment,
    AlignmentSet,
    Declined,
    Document,
    Malformed,
    ReadOptions,
    Source,
)
from aligner.text.decoding import decode
from aligner.text.drafts import DEFAULTS, suffix_of
from aligner.text.rich import clean

__all__ = [
    "read_csv",
    "read_csv_alignment",
    "read_jsonl",
    "read_jsonl_alignment",
    "read_tsv",
    "read_tsv_alignment",
]

_UNESCAPE = re.compile(r"\\([tnr\\])")
_ESCAPES = {"t": " ", "n": " ", "r": " ", "\\": "\\"}
# formulas that `aligner.formats.tables.write_csv` disarms
_DISARMED = re.compile("'+[ \xa0]*[-=+@＝＋－＠\t\r\n]")
_OURS = frozenset({"source_ids", "target_ids"})
_QUOTED = re.compile(r'"((?:[^"]|"")*)"$')
_MAX_LINES = 40  # of a row whose cells hold line ends
_TRIES = 3  # ends of such a row that are looked at


def read_tsv(source: Source, options: ReadOptions = DEFAULTS) -> Document:
    """One side of a .tsv; raises Declined for another suffix, ReadError for a side without text,
    UsageError for a side that is not in it.
    """
    _decline(source, (".tsv", ".tab"))
    return read_tsv_text(source, options)


def read_tsv_text(source: Source, options: ReadOptions) -> Document:
    """As `read_tsv`, whatever the suffix."""
    return as_document(source, _tsv(source, options), options)


def read_csv(source: Source, options: ReadOptions = DEFAULTS) -> Document:
    """One side of a .csv; raises as `read_tsv`, and Malformed for quotes that do not close."""
    _decline(source, (".csv",))
    return read_csv_text(source, options)


def read_csv_text(source: Source, options: ReadOptions) -> Document:
    """As `read_csv`, whatever the suffix."""
    return as_document(source, _csv(source, options), options)


def read_jsonl(source: Source, options: ReadOptions = DEFAULTS) -> Document:
    """One side of lines of JSON; raises as `read_tsv`, and Malformed for a line that is none."""
    _decline(source, (".jsonl", ".ndjson", ".json"))
    return read_jsonl_text(source, options)


def read_jsonl_text(source: Source, options: ReadOptions) -> Document:
    """As `read_jsonl`, whatever the suffix."""
    return as_document(source, _jsonl(source, options), options)


def read_tsv_alignment(source: Source, options: ReadOptions = DEFAULTS) -> Alignment | AlignmentSet:
    """All sides of a table of tabs. Raises as `read_tsv`."""
    return as_alignment(source, _tsv(source, options))


def read_csv_alignment(source: Source, options: ReadOptions = DEFAULTS) -> Alignment | AlignmentSet:
    """All sides of a table of commas. Raises as `read_csv`."""
    return as_alignment(source, _csv(source, options))


def read_jsonl_alignment(
    source: Source, options: ReadOptions = DEFAULTS
) -> Alignment | AlignmentSet:
    """All sides of lines of JSON. Raises as `read_jsonl`."""
    return as_alignment(source, _jsonl(source, options))


def _decline(source: Source, suffixes: tuple[str, ...]) -> None:
    suffix = suffix_of(source.name)
    if suffix not in suffixes:
        raise Declined(f"the suffix {suffix or '(none)'} is not one of {', '.join(suffixes)}")


def _tsv(source: Source, options: ReadOptions) -> Sides:
    text = decode(source.data, source.name, encoding=options.encoding)
    rows = [
        (number, [_unquoted(cell) for cell in line.split("\t")])
        for number, line in _lines(text.split("\n"))
    ]
    if rows and set(rows[0][1]) >= _OURS:
        rows[1:] = [
            (n, [_UNESCAPE.sub(lambda m: _ESCAPES[m[1]], c) for c in cells])
            for n, cells in rows[1:]
        ]
    return table_sides(source, rows)


def _lines(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Rows with the number of their first line: a spreadsheet writes line ends inside quotes.

    Many such tables hold lone quotes, so lines join only where the whole is a row of the table's
    width whose cells all close, and what joins is shorter than a row.
    """
    counts = Counter(line.count("\t") for line in lines if line.strip())
    width = max(counts, key=lambda tabs: (counts[tabs], tabs), default=0)
    if lines and (tabs := lines[0].count("\t")) and lines[0].strip():
        width = tabs  # its header, or its first row, which seldom holds a line end
    at = 0
    while at < len(lines):
        end = _row_end(lines, at, width) if width else at + 1
        if end > at + 1 or lines[at].strip():
            yield at + 1, "\n".join(lines[at:end])
        at = end


def _row_end(lines: list[str], start: int, width: int) -> int:
    """Where the row that begins at line `start` ends (exclusive)."""
    tabs, quotes = lines[start].count("\t"), lines[start].count('"')
    if tabs > width or not _open(lines[start]):
        return start + 1
    tries = 0
    for end in range(start + 1, min(start + _MAX_LINES, len(lines))):
        tabs += lines[end].count("\t")
        here = lines[end].count('"')
        quotes += here
        if tabs > width or tries == _TRIES:
            break
        if tabs == width and here and quotes % 2 == 0:
            if not _open("\n".join(lines[start : end + 1])):
                return end + 1
            tries += 1
    return start + 1


def _open(row: str) -> bool:
    """True where a cell opens with a quote and does not close."""
    return any(cell.startswith('"') and not _QUOTED.match(cell) for cell in row.split("\t"))


def _unquoted(cell: str) -> str:
    match = _QUOTED.match(cell) if cell.startswith('"') else None
    return match[1].replace('""', '"') if match else cell


def _csv(source: Source, options: ReadOptions) -> Sides:
    text = decode(source.data, source.name, encoding=options.encoding)
    first = re.sub(r'"[^"]*"', "", text[:10_000].lstrip("\n").split("\n", 1)[0])
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        rows = [(reader.line_num, cells) for cells in reader if any(c.strip() for c in cells)]
    except csv.Error as error:
        raise Malformed(
            f"not a table of commas ({error})", context=source.name, line=reader.line_num
        ) from None
    if rows and {cell.lstrip("\ufeff") for cell in rows[0][1]} >= _OURS:
        rows = [(line, [_armed(cell) for cell in cells]) for line, cells in rows]
    return table_sides(source, rows)


def _armed(cell: str) -> str:
    """Our writer puts an apostrophe before what a spreadsheet would take for a formula."""
    return cell[1:] if _DISARMED.match(cell) else cell


def _jsonl(source: Source, options: ReadOptions) -> Sides:
    text = decode(source.data, source.name, encoding=options.encoding)
    values: list[tuple[int, Any]] = []
    if text.lstrip().startswith("["):
        values = list(enumerate(_json(text, source.name, 0), start=1))
    else:
        for number, line in enumerate(text.split("\n"), start=1):
            if line.strip():
                values.append((number, _json(line, source.name, number)))
    if any(isinstance(value, dict) and "format" in value for _, value in values[:1]):
        raise Declined("one object with a format of its own, not lines of JSON")
    rows: list[tuple[int, dict[str, str]]] = []
    texts: dict[str, None] = {}
    for number, value in values:
        inner = value.get("translation") if isinstance(value, dict) else None
        row = {**value, **inner} if isinstance(inner, dict) else value
        texts.update(dict.fromkeys(map(str, inner if isinstance(inner, dict) else ())))
        if isinstance(row, str):
            row = {"text": row}
        if not isinstance(row, dict):
            raise Malformed("not an object of columns", context=source.name, line=number)
        flat = {str(k): _cell(v) for k, v in row.items() if not _nested(v)}
        rows.append((number, {**flat, **_nested_of_ours(row)}))
    columns = list(dict.fromkeys(name for _, row in rows for name in row))
    cells = [(number, [row.get(name, "") for name in columns]) for number, row in rows]
    said = [name for name in texts if name in columns]
    return table_sides(source, [(0, columns), *cells], header=True, said=said)


def _nested_of_ours(row: dict[str, Any]) -> dict[str, str]:
    """What our writer nests, as the columns that a table has for it."""
    found: dict[str, str] = {}
    labels, ids, segments = (row.get(name) for name in ("labels", "ids", "segments"))
    if isinstance(labels, list):
        found["label"] = "; ".join(map(str, labels))
    for what, value in (("ids", ids), ("lengths", segments)):
        for side, items in value.items() if isinstance(value, dict) else ():
            if isinstance(items, list):
                said = [str(len(clean(str(i)))) if what == "lengths" else str(i) for i in items]
                found[f"{side} {what}"] = " ".join(said)
    return found


def _json(text: str, name: str, line: int) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise Malformed(
            f"damaged JSON, {error.msg}",
            context=name,
            line=line or error.lineno,
            column=error.colno,
        ) from None
    except (RecursionError, ValueError) as error:
        raise Malformed(f"damaged JSON ({type(error).__name__})", context=name, line=line) from None


def _nested(value: object) -> bool:
    return isinstance(value, dict | list)


def _cell(value: object) -> str:
    return value if isinstance(value, str) else "" if value is None else str(value)
