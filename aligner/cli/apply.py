"""`aligner apply`: edits made in a spreadsheet go back into the alignment."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.ui import say, tell
from aligner.text.wording import numbered

__all__ = ["apply"]


def apply(
    sheet: Annotated[
        Path,
        typer.Argument(
            metavar="SHEET", help="What `aligner convert` wrote, edited: .xlsx, .csv or .tsv."
        ),
    ],
    alignment: Annotated[
        Path,
        typer.Argument(metavar="ALIGNMENT", help="The .alignment.json it was made from; changed."),
    ],
    as_json: Annotated[
        bool, typer.Option("--json", help="Print what was changed as JSON.")
    ] = False,
) -> None:
    """Take over the edits of a spreadsheet.

    Rows may be merged, split, shifted and commented on; rows that nobody touched stay as they
    are. A row that is deleted excludes its pair: the texts stay, without counterpart, labelled
    `excluded`. An edit that cannot be made is named by its row, and then nothing is changed. What is
    changed is one step in ALIGNMENT.journal: `aligner review` can undo it.
    """
    from aligner.cli.review import tools
    from aligner.review import Session, Splice, Wording, read_table, sheet_patch, unread_columns
    from aligner.workflows import aligning

    rows = read_table(aligning.read_source(str(sheet)).data, str(sheet))
    columns = ", ".join(unread_columns(rows))
    if columns:
        tell(
            f"{sheet}: not taken over, for the alignment has no place for it: {columns} "
            "(a remark goes into the column comment)"
        )
    session = Session(alignment, tools())
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
    if as_json:
        print(json.dumps({"beads": beads, "texts": texts, "alignment": str(alignment)}))
    elif patch.changes:
        counts = f"{numbered(beads, 'bead')} and {numbered(texts, 'text')}"
        say(f"{alignment}: {counts} changed")
    else:
        say(f"{alignment}: nothing to change")
