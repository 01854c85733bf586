"""The review: a person checks and repairs an alignment; nothing is ever lost.

- `state.py`, `texts.py`: beads and segments without numbers, so that edits stay small
- `edits.py`, `rewording.py`, `again.py`: what a person can do, as pure functions to patches
- `changes.py`: patches, forward and back, and their JSON; `actions.py`: their names
- `journal.py`, `session.py`: every action is on disk before anybody is told; versions, undo
- `server.py`, `serving.py`, `views.py`, `page/`: the page in the browser (extra `[review]`)
- `sheet.py`: edits made in a spreadsheet, as one patch (extra `[xlsx]` for .xlsx)

Aligning again, checks, readers and writers are other rooms' work: the hall passes them in as
`Tools`. Start reading from `state.State` and `edits`.
"""

from __future__ import annotations

from aligner.review.journal import Journal
from aligner.review.session import Outcome, Remark, Session, Tools, VersionConflict
from aligner.review.state import Item, Pair, State

__all__ = [
    "Item",
    "Journal",
    "Outcome",
    "Pair",
    "Remark",
    "Session",
    "State",
    "Tools",
    "VersionConflict",
]
