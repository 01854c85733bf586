"""What the page gets to see: the state as JSON, and patches in the same shape."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from aligner.review import changes
from aligner.review.changes import Patch
from aligner.review.session import ActionOutcome, Remark, Session
from aligner.review.state import Item
from aligner.review.texts import Passage, ReviewText
from aligner.text.speaking import translated

__all__ = ["finding_view", "history_view", "outcome_view", "session_view"]


def session_view(session: Session) -> dict[str, Any]:
    """Everything the page needs to begin."""
    version, state = session.snapshot()
    return {
        "version": version,
        "file": session.path.name,
        "texts": [_text(text, session.tools.is_right_to_left) for text in state.texts],
        "pairs": [
            {
                "target": pair.target,
                "items": [_item(item) for item in pair.items],
                "crossings": _crossings(pair.crossings),
                "warnings": list(pair.warnings),
            }
            for pair in state.pairs
        ],
        "formats": list(session.tools.formats(state.alignment())),
        "labels": [list(label) for label in session.tools.labels],
        "can_realign": session.tools.realign is not None,
        "can_check": session.tools.check is not None,
        "notices": [translated(one) for one in session.notices],
        **history_view(session),
    }


def outcome_view(session: Session, outcome: ActionOutcome) -> dict[str, Any]:
    """What changed: enough for the page to change its own copy."""
    return {
        "version": outcome.version,
        "name": outcome.patch.name,
        "focus": list(outcome.patch.focus),
        "changes": _changes(outcome.patch),
        **history_view(session),
    }


def finding_view(pair: int, finding: Remark) -> dict[str, Any]:
    """A finding with the pair it is about."""
    return {
        "pair": pair,
        "code": finding.code,
        "message": translated(finding.message),
        "severity": finding.severity,
        "source": list(finding.source),
        "target": list(finding.target),
    }


def history_view(session: Session) -> dict[str, Any]:
    """What comes with every answer: what can be undone, and how the files are."""
    return {
        "undo": session.undo_name,
        "redo": session.redo_name,
        "unsaved": session.unsaved,
        "notice": translated(session.notice),
        "differs": session.differs,
    }


def _item(item: Item) -> dict[str, Any]:
    made = changes.item_to(item)
    return made | ({"reading": translated(made["reading"])} if "reading" in made else {})


def _text(text: ReviewText, is_right_to_left: Callable[[str], bool]) -> dict[str, Any]:
    return {
        "lang": text.head.lang,
        "dir": "rtl" if is_right_to_left(text.head.lang) else "ltr",
        "title": text.head.title or text.head.origin or text.head.id,
        "passages": [_passage(passage) for passage in text.passages],
    }


def _passage(passage: Passage) -> dict[str, Any]:
    own = passage.paragraph
    return {
        "kind": own.kind,
        **({"speaker": own.speaker} if own.speaker else {}),
        **({"level": own.level} if own.level else {}),
        "pieces": [
            [passage.words(n), *([] if piece.original is None else [piece.original])]
            for n, piece in enumerate(passage.pieces)
        ],
    }


def _crossings(crossings: Any) -> list[list[float]]:
    return [
        [c.source.start, c.source.stop, c.target.start, c.target.stop, c.confidence]
        for c in crossings
    ]


def _changes(patch: Patch) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for change in patch.changes:
        if isinstance(change, changes.Splice):
            made.append(
                {
                    "kind": "splice",
                    "pair": change.pair,
                    "start": change.start,
                    "removed": len(change.before),
                    "items": [_item(item) for item in change.after],
                }
            )
        elif isinstance(change, changes.Marks):
            runs = [list(run) for run in change.runs]
            made.append(
                {"kind": "marks", "pair": change.pair, "runs": runs, "status": change.after}
            )
        elif isinstance(change, changes.Wording):
            made.append(
                {
                    "kind": "wording",
                    "text": change.text,
                    "number": change.number,
                    "passage": _passage(change.after),
                }
            )
        else:
            made.append(
                {
                    "kind": "links",
                    "pair": change.pair,
                    "crossings": _crossings(change.after[0]),
                }
            )
    return made
