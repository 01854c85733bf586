"""The review: a person checks and repairs an alignment; nothing is ever lost.

- `state.py`, `texts.py`: beads and segments without numbers, so that edits stay small
- `edits.py`, `rewording.py`, `again.py`: what a person can do, as pure functions to patches
- `changes.py`: patches, forward and back, and their JSON; `actions.py`: their names
- `journal.py`, `session.py`: every action is on disk before anybody is told; versions, undo
- `server.py`, `serving.py`, `views.py`, `page/`: the page in the browser (extra `[review]`);
  `page_server()` gives what runs it
- `sheet.py`, `removed.py`, `table.py`: edits made in a spreadsheet, as one patch (extra `[xlsx]` for .xlsx)

Aligning again, checks, readers and writers are the work of other packages, passed in as `Tools`.
Start reading from `state.State` and `edits`.
"""

from __future__ import annotations

from collections.abc import Callable

from aligner.model import MissingExtra
from aligner.review.changes import Splice, Wording
from aligner.review.journal import Journal
from aligner.review.ondisk import FileChanged
from aligner.review.session import ActionOutcome, Remark, Session, Tools, VersionConflict
from aligner.review.sheet import sheet_patch
from aligner.review.state import Item, PairBeads, State
from aligner.review.table import read_table, unread_columns

__all__ = [
    "ActionOutcome",
    "FileChanged",
    "Item",
    "Journal",
    "PairBeads",
    "Remark",
    "Session",
    "Splice",
    "State",
    "Tools",
    "VersionConflict",
    "Wording",
    "page_server",
    "read_table",
    "sheet_patch",
    "unread_columns",
]


def page_server() -> Callable[..., None]:
    """`serving.serve_session`, which shows a session in the browser.

    Raises MissingExtra where the extra [review] is not installed.
    """
    try:
        from aligner.review.serving import serve_session
    except ImportError as error:
        raise MissingExtra(
            f"the review needs the optional part [review] ({error.name} is missing)",
            hint="pip install 'aligner[review]'",
        ) from error
    return serve_session
