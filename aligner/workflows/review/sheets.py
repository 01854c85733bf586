"""Edits made in a spreadsheet, taken over into the alignment it was made from (`aligner apply`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from aligner.review import Session, Splice, Wording, read_table, sheet_patch, unread_columns
from aligner.workflows import aligning
from aligner.workflows.review.reviewing import review_tools

__all__ = ["Applied", "apply_sheet"]


@dataclass(frozen=True, slots=True)
class Applied:
    """How many beads and texts were changed."""

    beads: int
    texts: int


def apply_sheet(
    sheet: Path, alignment: Path, tell: Callable[[str], None] = lambda _: None
) -> Applied:
    """Take over the edits of a sheet (.xlsx, .csv, .tsv) into an .alignment.json, as one step of its
    journal. `tell` hears of columns that are not taken over.

    Raises UsageError, naming the row, for an edit that cannot be made: then nothing is changed.
    """
    rows = read_table(aligning.read_source(str(sheet)).data, str(sheet))
    columns = ", ".join(unread_columns(rows))
    if columns:
        tell(
            f"{sheet}: not taken over, for the alignment has no place for it: {columns} "
            "(a remark goes into the column comment)"
        )
    session = Session(alignment, review_tools())
    try:
        patch = sheet_patch(session.state, rows, str(sheet))
        if patch.changes:
            session.record(patch)
    finally:
        session.close()
    # a bead that gets a comment and another status is one
    beads = len(
        {
            (change.pair, change.start + place)
            for change in patch.changes
            if isinstance(change, Splice)
            for place, bead in enumerate(change.after)
            if bead not in change.before
        }
    )
    texts = sum(1 for change in patch.changes if isinstance(change, Wording))
    return Applied(beads, texts)
