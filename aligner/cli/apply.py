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
    from aligner.workflows.review.sheets import apply_sheet

    done = apply_sheet(sheet, alignment, tell)
    beads, texts = done.beads, done.texts
    if as_json:
        print(json.dumps({"beads": beads, "texts": texts, "alignment": str(alignment)}))
    elif beads or texts:
        counts = f"{numbered(beads, 'bead')} and {numbered(texts, 'text')}"
        say(f"{alignment}: {counts} changed")
    else:
        say(f"{alignment}: nothing to change")
