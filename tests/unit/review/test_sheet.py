"""The spreadsheet road: what people do to the sheets that the writers make."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from aligner import formats
from aligner.cli import app
from aligner.files import FileSink
from aligner.model import AlignerError, Alignment, Malformed
from aligner.review.changes import apply_patch, inverse
from aligner.review.sheet import sheet_patch
from aligner.review.state import State
from aligner.review.table import SheetRow, read_table, unread_columns
from tests.unit.review import samples

openpyxl = pytest.importorskip("openpyxl", reason="the extra [xlsx] is not installed")

Table = list[dict[str, str]]
SIDES = ("source", "target")


def _table(alignment: Alignment, folder: Path, suffix: str = "tsv") -> Table:
    """The rows of a sheet as the writer makes it."""
    rows = read_table(_file(alignment, folder, suffix).read_bytes(), f"x.{suffix}")
    return [dict(row.cells) for row in rows]


def _file(alignment: Alignment, folder: Path, suffix: str) -> Path:
    path = folder / f"x.{suffix}"
    sink = FileSink(path)
    formats.write(alignment, suffix, sink)
    sink.commit()
    return path


def _applied(table: Table) -> State:
    state = State.of(samples.small())[0]
    rows = [SheetRow(n, cells) for n, cells in enumerate(table, 2)]
    patch = sheet_patch(state, rows, "x.xlsx")
    made = apply_patch(state, patch)
    made.alignment()
    assert apply_patch(made, inverse(patch)) == state
    return made


def _kinds(state: State) -> list[str]:
    return ["{}-{}".format(*item.sizes) for item in state.pairs[0].items]


@pytest.mark.parametrize("suffix", ["tsv", "csv", "xlsx"])
def test_an_untouched_sheet_changes_nothing(tmp_path: Path, suffix: str) -> None:
    state = State.of(samples.small())[0]
    data = _file(samples.small(), tmp_path, suffix).read_bytes()
    assert sheet_patch(state, read_table(data, f"x.{suffix}"), "x").changes == ()


@pytest.fixture
def table(tmp_path: Path) -> Table:
    return _table(samples.small(), tmp_path)


def test_texts_of_two_rows_are_put_into_one(table: Table) -> None:
    """By the texts alone: the row below is deleted, its ids with it."""
    for side in SIDES:
        table[0][side] += " " + table[1][side]
    del table[1]
    made = _applied(table)
    assert _kinds(made) == ["2-2", "1-1", "1-0", "1-1"]
    assert [item.status for item in made.pairs[0].items] == ["edited", "auto", "auto", "auto"]
    assert [item.confidence for item in made.pairs[0].items] == [None, 0.85, 0.6, 0.99]


def test_ids_of_two_rows_are_put_into_one(table: Table) -> None:
    for side in SIDES:
        table[0][f"{side}_ids"] += " " + table[1][f"{side}_ids"]
    del table[1]
    assert _kinds(_applied(table)) == ["2-2", "1-1", "1-0", "1-1"]
    with_texts = [dict(row) for row in table]
    for side in SIDES:
        with_texts[0][side] = " ".join((samples.ES if side == "source" else samples.EN)[:2])
    assert _kinds(_applied(with_texts)) == ["2-2", "1-1", "1-0", "1-1"]


def test_the_targets_are_shifted_down_by_a_row(table: Table) -> None:
    """Cells moved in one column, ids left where they were."""
    texts = ["", *(row["target"] for row in table[:3]), table[4]["target"]]
    for row, text in zip(table, texts, strict=True):
        row["target"] = text
    assert _kinds(_applied(table)) == ["1-0", "1-1", "1-1", "1-1", "1-1"]


def test_a_row_of_its_own_makes_a_null(table: Table) -> None:
    table.insert(2, {"id": "", "source": "", "target": table[1]["target"]})
    table[1]["target"] = ""
    table[1]["comment"] = "not translated"
    made = _applied(table)
    assert _kinds(made) == ["1-1", "1-0", "0-1", "1-1", "1-0", "1-1"]
    assert made.pairs[0].items[1].comment == "not translated"


def test_a_text_is_cut_in_two(table: Table) -> None:
    table[0]["source"] = "La casa"
    table.insert(1, {"id": "", "source": "es azul.", "target": ""})
    made = _applied(table)
    assert _kinds(made) == ["1-1", "1-0", "1-1", "1-1", "1-0", "1-1"]
    assert [made.texts[0].words(n) for n in (0, 1)] == ["La casa", "es azul."]


def test_words_are_changed(table: Table) -> None:
    table[1]["target"] = "The dog  is asleep."
    made = _applied(table)
    assert made.texts[1].words(1) == "The dog is asleep."
    assert made.texts[1].passages[0].pieces[1].original == "The dog sleeps."
    assert [item.status for item in made.pairs[0].items] == ["auto", "edited", *["auto"] * 3]


def test_status_labels_and_comments(table: Table) -> None:
    table[1].update(status="accepted", label="modulation; free choice", comment="fine")
    made = _applied(table)
    item = made.pairs[0].items[1]
    assert (item.status, item.labels, item.comment) == (
        "accepted",
        ("modulation", "free-choice"),
        "fine",
    )
    assert item.confidence == 0.4


def test_sorted_rows_are_put_back(table: Table) -> None:
    table[1]["comment"] = "x"
    table.sort(key=lambda row: row["confidence"])
    made = _applied(table)
    assert _kinds(made) == ["1-1", "1-1", "1-1", "1-0", "1-1"]
    assert made.pairs[0].items[1].comment == "x"


def _blank(table: Table) -> None:
    table[2]["source"] = ""


def _invent(table: Table) -> None:
    table[3]["target"] = "Nobody came."


def _swap(table: Table) -> None:
    table[0]["target"], table[2]["target"] = table[2]["target"], table[0]["target"]
    table[0]["target_ids"], table[2]["target_ids"] = (
        table[2]["target_ids"],
        table[0]["target_ids"],
    )


def _change_two(table: Table) -> None:
    for side in SIDES:
        table[0][f"{side}_ids"] += " " + table[1][f"{side}_ids"]
    table[0]["source"] = "Otra cosa."
    del table[1]


def _status(table: Table) -> None:
    table[4]["status"] = "ok"


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (_blank, "row 4: the source text «Llueve mucho hoy.» is gone"),
        (_invent, "row 5: the target text «Nobody came.» is not in the document"),
        (_swap, "row 2: the target text should go on with «The house is blue.»"),
        (_change_two, "row 2: the words of 2 source segments were changed at once"),
        (_status, "row 6: there is no status 'ok'"),
    ],
)
def test_impossible_edits_are_named_by_row(
    table: Table, edit: Callable[[Table], None], message: str
) -> None:
    edit(table)
    with pytest.raises(Malformed, match=message):
        _applied(table)


def test_a_deleted_row_excludes_its_pair(table: Table) -> None:
    """Its texts stay without counterpart, marked; other edits in the same sheet hold."""
    table[3]["comment"] = "x"
    del table[1]
    made = _applied(table)
    assert _kinds(made) == ["1-1", "1-0", "0-1", "1-1", "1-0", "1-1"]
    items = made.pairs[0].items
    assert [item.labels for item in items[1:3]] == [("excluded",), ("excluded",)]
    assert [item.status for item in items[:4]] == ["auto", "edited", "edited", "auto"]
    assert items[4].comment == "x"


def test_deleted_rows_beside_texts_that_moved(table: Table) -> None:
    for side in SIDES:
        table[0][side] += " " + table[1][side]
    del table[1:3]
    made = _applied(table)
    assert _kinds(made) == ["2-2", "1-0", "1-0", "0-1", "1-1"]
    del table[1:]
    assert _kinds(_applied(table)) == ["2-2", "1-0", "1-0", "1-0", "0-1", "0-1"]


def test_a_deleted_null_stays_one(table: Table) -> None:
    del table[3]
    made = _applied(table)
    assert _kinds(made) == ["1-1", "1-1", "1-1", "1-0", "1-1"]
    assert made.pairs[0].items[3].labels == ("excluded",)


def test_columns_of_a_user_are_named(table: Table) -> None:
    for row in table:
        row["Remarks of Ana"], row["empty"] = "x", ""
    names = list(table[0])
    lines = ["\t".join(names), *("\t".join(row[name] for name in names) for row in table)]
    assert unread_columns(read_table("\n".join(lines).encode(), "x.tsv")) == ["remarks of ana"]


def test_what_spreadsheet_programs_do_to_files(tmp_path: Path) -> None:
    """Columns moved, a separator of another country, a byte order mark, numbers for texts."""
    table = _table(samples.small(), tmp_path)
    names = list(reversed(table[0]))
    lines = [";".join(names), *(";".join(row[name] for name in names) for row in table)]
    data = "\r\n".join(lines).encode("utf-8-sig")
    state = State.of(samples.small())[0]
    assert sheet_patch(state, read_table(data, "x.csv"), "x").changes == ()
    book = openpyxl.Workbook()
    for cells in [list(table[0]), *([row[name] for name in table[0]] for row in table)]:
        book.active.append([float(cell) if cell.isdecimal() else cell for cell in cells])
    out = io.BytesIO()
    book.save(out)
    assert sheet_patch(state, read_table(out.getvalue(), "x.xlsx"), "x").changes == ()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.xlsx", b"no workbook"),
        ("x.xlsx", b"PK\x03\x04 torn"),
        ("x.csv", b"\xff\xfe\xfd"),
        ("x.csv", b""),
        ("x.csv", b"id,source\n1,x\n"),
        ("x.csv", b"id,source,source,target,source_ids,target_ids\n"),
        ("x.tsv", b"id\tsource\ttarget\tsource_ids\ttarget_ids\ttarget2_ids\n"),
        ("x.ods", b""),
        ("x", b""),
    ],
)
def test_sheets_that_cannot_be_read(name: str, data: bytes) -> None:
    with pytest.raises(AlignerError):
        read_table(data, name)


def test_the_command(tmp_path: Path) -> None:
    """An edited workbook goes back; the review can undo it; a wrong one changes nothing."""
    path = samples.write(samples.small(), tmp_path / "x.alignment.json")
    before = path.read_bytes()
    sheet = _file(samples.small(), tmp_path, "xlsx")

    def edited(change: Callable[[Any], None]) -> Any:
        book = openpyxl.load_workbook(sheet)
        change(book.active)
        book.save(tmp_path / "edited.xlsx")
        return CliRunner().invoke(
            app, ["apply", str(tmp_path / "edited.xlsx"), str(path), "--json"]
        )

    titles = {cell.value: cell.column for cell in openpyxl.load_workbook(sheet).active[1]}

    def merge(page: Any) -> None:
        for side in SIDES:
            cell = page.cell(2, titles[side])
            cell.value = f"{cell.value} {page.cell(3, titles[side]).value}"
        page.delete_rows(3)

    done = edited(merge)
    assert done.exit_code == 0, done.output
    assert json.loads(done.output)["beads"] == 1
    beads = json.loads(path.read_bytes())["alignments"][0]["beads"]
    assert [bead["source"] for bead in beads] == [[0, 2], [2, 3], [3, 4], [4, 5]]
    after = path.read_bytes()

    wrong = edited(lambda page: page.delete_rows(3))
    assert isinstance(wrong.exception, AlignerError)
    assert "row 3" in str(wrong.exception)
    assert path.read_bytes() == after

    from aligner.review.session import Session

    session = Session(path, samples.tools())
    assert session.undo_name == "apply"
    session.act(session.version, "undo", {})
    session.close()
    assert path.read_bytes() == before


def test_a_set_is_refused(tmp_path: Path) -> None:
    state = State.of(samples.three())[0]
    with pytest.raises(AlignerError, match="more than two texts"):
        sheet_patch(state, [], "x.xlsx")
