"""The names by which the page asks for edits, and the check of what it sends.

    {"action": "merge", "pair": 0, "bead": 12, "step": 1}

A value that is missing or of another kind raises UsageError; nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from aligner.model import UsageError
from aligner.review import edits, rewording
from aligner.review.changes import Patch
from aligner.review.state import State

__all__ = ["ACTIONS", "Arguments", "perform_action"]

_LONGEST = 100_000  # characters of a text or a comment


class Arguments:
    """What came with an action."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self.values = values

    def number(self, name: str) -> int:
        """A whole number from 0 on."""
        value = self.values.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise UsageError(f"{name} is not a whole number")
        return value

    def one_of(self, name: str, *known: int) -> int:
        """A whole number out of a few."""
        value = self.values.get(name)
        if isinstance(value, bool) or value not in known:
            raise UsageError(f"{name} must be one of {', '.join(map(str, known))}")
        return int(value)

    def share(self, name: str) -> float:
        """A number from 0 to 1."""
        value = self.values.get(name)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
            raise UsageError(f"{name} must be a number from 0 to 1")
        return float(value)

    def text(self, name: str) -> str:
        """A text that can be written to files."""
        value = self.values.get(name)
        if not isinstance(value, str):
            raise UsageError(f"{name} is not a text")
        if len(value) > _LONGEST:
            raise UsageError(f"{name} is longer than {_LONGEST} characters")
        try:
            value.encode()
        except UnicodeEncodeError:
            raise UsageError(f"{name} holds half a character") from None
        return value

    def texts(self, name: str) -> list[str]:
        """A list of texts."""
        values = self.values.get(name)
        if not isinstance(values, list):
            raise UsageError(f"{name} is not a list of texts")
        return [Arguments({name: value}).text(name) for value in values]


def _bead(edit: Callable[[State, int, int], Patch]) -> Callable[[State, Arguments], Patch]:
    return lambda state, values: edit(state, values.number("pair"), values.number("bead"))


def _segment(edit: Callable[[State, int, int], Patch]) -> Callable[[State, Arguments], Patch]:
    return lambda state, values: edit(state, values.number("text"), values.number("segment"))


ACTIONS: Mapping[str, Callable[[State, Arguments], Patch]] = {
    "accept": _bead(edits.accept_bead),
    "accept-above": lambda state, values: edits.accept_above(
        state, values.number("pair"), values.share("threshold")
    ),
    "merge": lambda state, values: edits.merge_beads(
        state, values.number("pair"), values.number("bead"), values.one_of("step", -1, 1)
    ),
    "split": lambda state, values: edits.split_bead(
        state,
        values.number("pair"),
        values.number("bead"),
        values.one_of("side", 0, 1),
        values.number("at"),
        None if values.values.get("other") is None else values.number("other"),
    ),
    "move": lambda state, values: edits.move_segment(
        state,
        values.number("pair"),
        values.number("bead"),
        values.one_of("side", 0, 1),
        values.one_of("step", -1, 1),
    ),
    "null": _bead(edits.make_null),
    "pin": _bead(edits.pin_bead),
    "link": lambda state, values: edits.link_nulls(
        state, values.number("pair"), values.number("bead"), values.number("other")
    ),
    "unlink": _bead(edits.unlink_bead),
    "label": lambda state, values: edits.label_bead(
        state, values.number("pair"), values.number("bead"), values.texts("labels")
    ),
    "comment": lambda state, values: edits.comment_bead(
        state, values.number("pair"), values.number("bead"), values.text("comment")
    ),
    "split-text": lambda state, values: rewording.split_text(
        state, values.number("text"), values.number("segment"), values.number("offset")
    ),
    "join-text": _segment(rewording.join_text),
    "edit-text": lambda state, values: rewording.edit_text(
        state, values.number("text"), values.number("segment"), values.text("words")
    ),
    "restore-text": _segment(rewording.restore_text),
}


def perform_action(state: State, action: str, values: Mapping[str, Any]) -> Patch:
    """The patch of an action. Raises UsageError where it cannot be done, with the reason."""
    edit = ACTIONS.get(action)
    if edit is None:
        raise UsageError(f"there is no action {action!r}", hint=f"known: {', '.join(ACTIONS)}")
    return edit(state, Arguments(values))
