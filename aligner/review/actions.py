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

__all__ = ["ACTIONS", "Arguments", "perform"]

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
    return lambda state, said: edit(state, said.number("pair"), said.number("bead"))


def _segment(edit: Callable[[State, int, int], Patch]) -> Callable[[State, Arguments], Patch]:
    return lambda state, said: edit(state, said.number("text"), said.number("segment"))


ACTIONS: Mapping[str, Callable[[State, Arguments], Patch]] = {
    "accept": _bead(edits.accept),
    "accept-above": lambda state, said: edits.accept_above(
        state, said.number("pair"), said.share("threshold")
    ),
    "merge": lambda state, said: edits.merge(
        state, said.number("pair"), said.number("bead"), said.one_of("step", -1, 1)
    ),
    "split": lambda state, said: edits.split(
        state,
        said.number("pair"),
        said.number("bead"),
        said.one_of("side", 0, 1),
        said.number("at"),
        None if said.values.get("other") is None else said.number("other"),
    ),
    "move": lambda state, said: edits.move(
        state,
        said.number("pair"),
        said.number("bead"),
        said.one_of("side", 0, 1),
        said.one_of("step", -1, 1),
    ),
    "null": _bead(edits.null),
    "pin": _bead(edits.pin),
    "link": lambda state, said: edits.link(
        state, said.number("pair"), said.number("bead"), said.number("other")
    ),
    "unlink": _bead(edits.unlink),
    "label": lambda state, said: edits.label(
        state, said.number("pair"), said.number("bead"), said.texts("labels")
    ),
    "comment": lambda state, said: edits.comment(
        state, said.number("pair"), said.number("bead"), said.text("comment")
    ),
    "split-text": lambda state, said: rewording.split_text(
        state, said.number("text"), said.number("segment"), said.number("offset")
    ),
    "join-text": _segment(rewording.join_text),
    "edit-text": lambda state, said: rewording.edit_text(
        state, said.number("text"), said.number("segment"), said.text("words")
    ),
    "restore-text": _segment(rewording.restore_text),
}


def perform(state: State, action: str, values: Mapping[str, Any]) -> Patch:
    """The patch of an action. Raises UsageError where it cannot be done, with the reason."""
    edit = ACTIONS.get(action)
    if edit is None:
        raise UsageError(f"there is no action {action!r}", hint=f"known: {', '.join(ACTIONS)}")
    return edit(state, Arguments(values))
