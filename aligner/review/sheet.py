"""Edits made in a spreadsheet, as one patch.

A person may move texts between rows, cut a text in two, delete the row that a text was moved out
of, change words, move the ids instead of the texts, sort the rows, and change status, label and
comment. Each side is read by itself:

- where the ids of all rows are the segments in order, they say which segments a row holds; a row
  whose text is not that of its ids had its words changed, or texts were moved and ids forgotten
- where they are not, the texts say it: put together they must be the side's text, whatever the
  white space; a row that ends inside a segment cuts it

Every segment must be somewhere: a text that is in no row is an error with the row's number, for
what is not translated has a row of its own. Only a row that is deleted whole says something: its
texts do not translate each other, and stay apart with the label `excluded` (`removed`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from aligner.model import STATUSES, Malformed, UsageError
from aligner.review import again, rewording
from aligner.review.changes import Change, Patch, apply_patch
from aligner.review.removed import with_removed
from aligner.review.state import Item, State
from aligner.review.table import SheetRow
from aligner.review.texts import ReviewText
from aligner.text.notation import whole_number

__all__ = ["sheet_patch"]

_ID = re.compile(r"\S*?s([0-9]{1,9})")
_SIDES = ("source", "target")
_CELL = 32_767  # characters a cell of a spreadsheet can hold
_SHOWN = 40


@dataclass(slots=True)
class _Side:
    """One side of all rows: for each row its segments, and what happens to the texts."""

    counts: list[int]
    cuts: list[tuple[int, int]] = field(default_factory=list)  # (segment, code point)
    edits: list[tuple[int, str]] = field(default_factory=list)  # (segment, words)


def sheet_patch(state: State, rows: Sequence[SheetRow], name: str) -> Patch:
    """What the rows of a sheet change in a state of two texts; no changes where they are the same.

    Raises Malformed, naming the row, for an edit that cannot be made, UsageError for a set.
    """
    if len(state.pairs) != 1:
        raise UsageError(
            "the alignment holds more than two texts",
            context=name,
            hint="review the set in the browser: aligner review",
        )
    rows = _in_order(rows)
    before = _as_rows(state)
    if [_content(row) for row in rows] == [_content(row) for row in before]:
        return Patch("apply", ())
    if not rows:
        raise Malformed(
            "the sheet has no rows below its header",
            context=name,
            hint="a text that is not translated keeps a row of its own",
        )
    known = {row.cell("id"): row for row in before}
    rows = with_removed(rows, known, _key, _numbers)
    sides = [
        _Reader(state.texts[side], side, rows, known, name).read() for side in range(len(_SIDES))
    ]
    changes: list[Change] = []
    for number, side in enumerate(sides):
        # the last first: the numbers of the others stay right
        for segment, words in reversed(side.edits):
            state = _do(state, changes, rewording.edit_text(state, number, segment, words))
        for segment, place in reversed(side.cuts):
            state = _do(state, changes, rewording.split_text(state, number, segment, place))
    items = _items(state, rows, known, (sides[0].counts, sides[1].counts), name)
    patch = again.exchanged(state, 0, items, "apply")
    return Patch("apply", (*changes, *patch.changes), patch.focus)


def _do(state: State, changes: list[Change], patch: Patch) -> State:
    changes += patch.changes
    return apply_patch(state, patch)


def _in_order(rows: Sequence[SheetRow]) -> list[SheetRow]:
    """Rows as they were before somebody sorted the sheet; a new row follows the one above it."""
    keys: list[int] = []
    for row in rows:
        number = whole_number(row.cell("id"))
        keys.append(number if number is not None else (keys[-1] if keys else 0))
    own = [n for row in rows if (n := whole_number(row.cell("id"))) is not None]
    if len(set(own)) < len(own):
        return list(rows)
    return [row for _, row in sorted(zip(keys, rows, strict=True), key=lambda pair: pair[0])]


def _as_rows(state: State) -> list[SheetRow]:
    """The state as the writer would give it, as far as it can be edited."""
    pair = state.pairs[0]
    out: list[SheetRow] = []
    for number, item in enumerate(pair.items):
        ranges = pair.ranges(number)
        parts = [ranges]
        if item.is_null:
            parts = [
                (range(i, i + 1), ranges[1]) if ranges[0] else (ranges[0], range(i, i + 1))
                for i in (ranges[0] or ranges[1])
            ]
        for part in parts:
            cells = {"id": str(len(out) + 1), "status": item.status, "comment": item.comment}
            cells["label"] = "; ".join(item.labels)
            for side, segments, text in zip(_SIDES, part, state.texts, strict=True):
                cells[f"{side}_ids"] = " ".join(f"s{n + 1}" for n in segments)
                cells[side] = " ".join(text.words(n) for n in segments)
            out.append(SheetRow(len(out) + 2, cells))
    return out


def _content(row: SheetRow) -> tuple[object, ...]:
    return (
        row.cell("id"),
        *(tuple(_numbers(row, side)) for side in _SIDES),
        *(_key(row.cell(side))[:_CELL] for side in _SIDES),
        row.cell("status"),
        _labels(row),
        row.cell("comment").split(),
    )


def _key(text: str) -> str:
    """What makes two texts the same: all but white space and what XML cannot hold."""
    text = unicodedata.normalize("NFC", text)
    return "".join(
        char
        for char in text
        if not char.isspace() and unicodedata.category(char) not in ("Cc", "Cs")
    )


def _labels(row: SheetRow) -> tuple[str, ...]:
    return tuple("-".join(part.split()) for part in row.cell("label").split(";") if part.split())


def _numbers(row: SheetRow, side: str) -> list[int]:
    """Segments that the ids of a row name, from 0; -1 for what is no id."""
    return [
        int(match[1]) - 1 if (match := _ID.fullmatch(part)) else -1
        for part in row.cell(f"{side}_ids").replace(",", " ").split()
    ]


class _Reader:
    """Reads one side."""

    def __init__(
        self,
        text: ReviewText,
        side: int,
        rows: Sequence[SheetRow],
        known: dict[str, SheetRow],
        name: str,
    ) -> None:
        self.text, self.side, self.rows, self.known, self.name = (
            text,
            _SIDES[side],
            rows,
            known,
            name,
        )
        self.keys = [_key(text.words(n)) for n in range(text.count)]
        self.cells = [_key(row.cell(self.side)) for row in rows]

    def fail(self, row: int, message: str, hint: str = "") -> Malformed:
        number = self.rows[row].number if row < len(self.rows) else self.rows[-1].number
        return Malformed(f"row {number}: {message}", context=self.name, hint=hint)

    def read(self) -> _Side:
        """Segments of every row, cuts and edits."""
        named = [_numbers(row, self.side) for row in self.rows]
        if [n for numbers in named for n in numbers] != list(range(self.text.count)):
            return self.by_texts(0, len(self.rows), 0, self.text.count)
        out = _Side([len(numbers) for numbers in named])
        at = row = 0
        while row < len(self.rows):
            if self.fits(row, at, out.counts[row]) or self.ids_moved(row, named[row]):
                at, row = at + out.counts[row], row + 1
                continue
            stop, end = self.together(row, at, out.counts)
            if stop:
                part = self.by_texts(row, stop, at, end)
                out.counts[row:stop] = part.counts
                out.cuts += part.cuts
                at, row = end, stop
                continue
            out.edits.append((at, self.edited(row, out.counts[row], at)))
            at, row = at + 1, row + 1
        return out

    def fits(self, row: int, at: int, count: int) -> bool:
        """Whether a row's text is that of its segments (a cell holds 32,767 characters)."""
        wanted, cell = "".join(self.keys[at : at + count]), self.cells[row]
        return cell == wanted or (
            len(self.rows[row].cell(self.side)) >= _CELL - 1 and wanted.startswith(cell)
        )

    def ids_moved(self, row: int, numbers: list[int]) -> bool:
        """Whether a person moved ids to this row, and left the text as it was."""
        before = self.known.get(self.rows[row].cell("id"))
        return (
            before is not None
            and _key(before.cell(self.side)) == self.cells[row]
            and _numbers(before, self.side) != numbers
        )

    def together(self, row: int, at: int, counts: list[int]) -> tuple[int, int]:
        """(row, segment) up to which texts were only moved: the same words in all; (0, 0): none."""
        cells = segments = ""
        for stop in range(row, len(self.rows)):
            cells += self.cells[stop]
            segments += "".join(self.keys[at : at + counts[stop]])
            at += counts[stop]
            if cells == segments and stop > row:
                return stop + 1, at
            if not (cells.startswith(segments) or segments.startswith(cells)):
                break
        return 0, 0

    def edited(self, row: int, count: int, at: int) -> str:
        """The new words of a row with one segment."""
        words = self.rows[row].cell(self.side)
        if count == 1 and words:
            return words
        shown = " ".join(self.text.words(n) for n in range(at, at + count))[:_SHOWN]
        if not words:
            raise self.fail(
                row,
                f"the {self.side} text «{shown}» is gone",
                "give it a row of its own to say that it has no counterpart",
            )
        if not count:
            raise self.fail(
                row,
                f"the {self.side} text «{words[:_SHOWN]}» is not in the document",
                "texts can be moved and changed, not added",
            )
        raise self.fail(
            row,
            f"the words of {count} {self.side} segments were changed at once",
            "change them in rows of their own, or in `aligner review`",
        )

    def by_texts(self, first: int, stop: int, at: int, end: int) -> _Side:
        """Rows `first` to `stop` hold the segments `at` to `end`, by their texts alone."""
        out = _Side([])
        inside = 0  # characters of the key of segment `at` that earlier rows have taken
        for row in range(first, stop):
            cell, count = self.cells[row], 0
            while cell:
                if at == end:
                    raise self.fail(
                        row,
                        f"the {self.side} text «{self.rows[row].cell(self.side)[:_SHOWN]}» comes "
                        "after the end of the text, or twice",
                    )
                rest = self.keys[at][inside:]
                if cell.startswith(rest):
                    cell, count, at, inside = cell[len(rest) :], count + 1, at + 1, 0
                elif rest.startswith(cell):
                    inside += len(cell)
                    out.cuts.append((at, self.place(at, inside)))
                    cell, count = "", count + 1
                else:
                    raise self.fail(
                        row,
                        f"the {self.side} text should go on with «{self.text.words(at)[:_SHOWN]}»",
                        "texts can be moved between rows, but each must be there once, in order; "
                        "change words in another step, without moving",
                    )
            out.counts.append(count)
        if at != end:
            shown = self.text.words(at)[:_SHOWN]
            raise self.fail(
                stop,
                f"the {self.side} text «{shown}» is in no row",
                "give it a row of its own to say that it has no counterpart",
            )
        return out

    def place(self, segment: int, count: int) -> int:
        """The code point of a segment's text behind the first `count` characters of its key."""
        seen = 0
        for place, char in enumerate(self.text.words(segment)):
            if seen == count:
                return place
            seen += len(_key(char))
        return len(self.text.words(segment))


def _items(
    state: State,
    rows: Sequence[SheetRow],
    known: dict[str, SheetRow],
    counts: tuple[list[int], list[int]],
    name: str,
) -> list[Item]:
    """The beads of the rows, each with what its row says about it."""
    pair = state.pairs[0]
    old = {}
    for number, item in enumerate(pair.items):
        source, target = pair.ranges(number)
        old[
            source.start if source else -1, len(source), target.start if target else -1, len(target)
        ] = item
    made: list[Item] = []
    i = j = 0
    for row, a, b in zip(rows, *counts, strict=True):
        if (a, b) == (0, 0):
            _leave(made, row)
            continue
        item = old.get((i if a else -1, a, j if b else -1, b), Item((a, b), status="edited"))
        made.append(_with_row(item, row, known.get(row.cell("id")), name))
        i, j = i + a, j + b
    out: list[Item] = []
    run: list[Item] = []
    for item in made:
        if item.is_null:
            run.append(item)
            continue
        out += sorted(run, key=lambda null: not null.sizes[0])
        out.append(item)
        run = []
    return out + sorted(run, key=lambda null: not null.sizes[0])


def _leave(made: list[Item], row: SheetRow) -> None:
    """A row whose texts were moved away leaves its comment to the one above."""
    comment = row.cell("comment")
    if comment and made and comment not in made[-1].comment:
        joined = f"{made[-1].comment}\n{comment}".strip()
        made[-1] = replace(made[-1], comment=joined)


def _with_row(item: Item, row: SheetRow, before: SheetRow | None, name: str) -> Item:
    status = row.cell("status").lower()
    if status and status not in STATUSES:
        raise Malformed(
            f"row {row.number}: there is no status {row.cell('status')!r}",
            context=name,
            hint=f"known: {', '.join(STATUSES)}",
        )
    if status and (before is None or status != before.cell("status")):
        item = replace(item, status=status)
    if before is None or _labels(row) != _labels(before) or item.status == "edited":
        item = replace(item, labels=_labels(row))
    if (
        before is None
        or row.cell("comment").split() != before.cell("comment").split()
        or (item.status == "edited")
    ):
        item = replace(item, comment=row.cell("comment"))
    return item
