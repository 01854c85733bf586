"""A review in progress: the state, its history, the file and its journal.

Each call of `act` checks the version the caller saw, makes a patch, writes it to the journal and
only then changes the state. The version counts events: two pages that look at one review cannot
overwrite each other. The alignment file is written by `save`; the journal is what counts.

What somebody else does to either file during the review is told (`tell`, `notice`): a journal that
was removed is written again, an alignment that was changed is left alone (`ondisk`).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from aligner.files import journal_path, reading
from aligner.model import AlignerError, Alignment, AlignmentSet, Bead, StoreError, UsageError
from aligner.review import actions, again, changes
from aligner.review.changes import Patch
from aligner.review.journal import Journal, digest_of
from aligner.review.ondisk import FileChanged, FileOnDisk, difference
from aligner.review.state import State

__all__ = ["ActionOutcome", "Remark", "Session", "Tools", "VersionConflict"]

_REMOVED = "the journal was removed while the review is open: it was written again, with all edits"


class VersionConflict(AlignerError):
    """Somebody else has changed the review since the caller looked."""

    code = "conflict"


@dataclass(frozen=True, slots=True)
class Remark:
    """What a check says about some segments (numbers from 0) of a pair."""

    code: str
    message: str
    severity: str
    source: tuple[int, ...]
    target: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tools:
    """What other packages do for a review; `aligner review` passes them in.

    `read(data, name)` and `render(alignment, format)` turn files into alignments and back;
    `render` gives the files by name. `realign(alignment, fixed)` aligns again around beads that
    hold; None where it is not there. `check` finds what deserves a look, `formats` names the formats
    that an alignment can be written in, `losses` says what one cannot hold, `is_right_to_left` how
    a language is written.
    `labels` are the usual labels of beads, each with a word on what it means.
    """

    read: Callable[[bytes, str], Alignment | AlignmentSet]
    render: Callable[[Alignment | AlignmentSet, str], Mapping[str, bytes]]
    is_right_to_left: Callable[[str], bool]
    formats: Callable[[Alignment | AlignmentSet], Sequence[str]] = lambda _: ()
    labels: Sequence[tuple[str, str]] = ()
    losses: Callable[[Alignment | AlignmentSet, str], Sequence[str]] | None = None
    realign: Callable[[Alignment, Sequence[tuple[range, range]]], Sequence[Bead]] | None = None
    check: Callable[[Alignment], Sequence[Remark]] | None = None


@dataclass(frozen=True, slots=True)
class ActionOutcome:
    """The version after an action, and the patch as it was applied (an undo is turned round)."""

    version: int
    patch: Patch


class _Done(NamedTuple):
    """An action that was done: its name, and where the journal has its patch."""

    name: str
    place: int


class Session:
    """One file under review; safe to call from several threads.

    `notice` is a sentence on what somebody else did to the files, "" for nothing.
    """

    def __init__(
        self, path: Path, tools: Tools, tell: Callable[[str], None] = lambda _: None
    ) -> None:
        """Open a file and the journal beside it; `tell` gets every new notice.

        Raises ReadError for a file that is no alignment, StoreError where the journal cannot be
        used or the file was changed by another program meanwhile.
        """
        self.path, self.tools, self._tell = path, tools, tell
        self._lock = threading.RLock()
        self._closed = False
        self._computing = 0
        self.notice = ""
        self._done: list[_Done] = []
        self._undone: list[_Done] = []
        self._version = self._saved = 0
        self.state: State
        self.notices: tuple[str, ...]
        with reading(path):
            data = path.read_bytes()
        tools.read(data, path.name)  # a file that is no alignment gets no journal
        self._file = FileOnDisk(path, data)
        self.journal = Journal(
            journal_path(path),
            path,
            lambda: {
                "file": path.name,
                "digest": digest_of(data),
                "original": data.decode("utf-8-sig"),
            },
        )
        try:
            self._replay(digest_of(data))
        except BaseException:
            self.journal.close(remove=not self.journal.count)
            raise

    @property
    def version(self) -> int:
        """The number of events so far."""
        return self._version

    @property
    def undo_name(self) -> str:
        """What would be undone, "" where there is nothing."""
        return self._done[-1].name if self._done else ""

    @property
    def redo_name(self) -> str:
        """What would be done again."""
        return self._undone[-1].name if self._undone else ""

    @property
    def unsaved(self) -> bool:
        """Whether the file is behind the journal."""
        return self._saved != self._version

    @property
    def differs(self) -> bool:
        """Whether another program has changed the file, so that the review is kept beside it."""
        return self._file.kept is not None

    @property
    def is_computing(self) -> bool:
        """Whether an alignment is being made anew at this moment."""
        return self._computing > 0

    def snapshot(self) -> tuple[int, State]:
        """The version and its state."""
        with self._lock:
            return self._version, self.state

    def act(self, version: int, action: str, values: Mapping[str, Any]) -> ActionOutcome:
        """Do one action of the page.

        Raises VersionConflict where `version` is not the present one, UsageError where the action
        cannot be done, StoreError where it cannot be made durable; then nothing has changed.
        """
        if action == "re-align":
            return self._realign(version, actions.Arguments(values).number("pair"))
        with self._lock:
            self._expect(version)
            if action == "undo":
                return self._undo()
            if action == "redo":
                return self._redo()
            return self.record(actions.perform_action(self.state, action, values))

    def record(self, patch: Patch) -> ActionOutcome:
        """Make a patch durable and apply it."""
        with self._lock:
            state = changes.apply_patch(self.state, patch)
            place = self._append({"do": changes.to_json(patch)})
            self.state = state
            self._done.append(_Done(patch.name, place))
            self._undone.clear()
            self._version += 1
            return ActionOutcome(self._version, patch)

    def save(self, *, ending: bool = False) -> bool:
        """Write the alignment file, whole or not at all; False where it is up to date.

        Raises FileChanged where another program has changed it: it is left alone, and the review
        is kept beside it.
        """
        with self._lock:
            if not self.unsaved:
                return False
            (data,) = self.tools.render(self.state.alignment(), "json").values()
            # known before it is there: killed in between, the file is still one of ours
            self._append({"save": digest_of(data)})
            try:
                self._file.write(data)
            except FileChanged as error:
                if not ending:  # at the end who asked for it tells it
                    self._note(str(error))
                raise
            self._saved = self._version
            self.notice = ""
            return True

    def difference(self) -> list[str]:
        """A line for each bead that the file, as it is now, and the review have not in common:
        `-` the file's, `+` the review's. Raises ReadError where the file is no alignment any more.
        """
        with reading(self.path):
            data = self.path.read_bytes()
        _, state = self.snapshot()
        return difference(self.tools.read(data, self.path.name), state.alignment())

    def close(self) -> None:
        """Save and let go; the journal of a review without any event is removed.

        Raises what `save` raises, with everything let go of. A second call does nothing.
        """
        with self._lock:
            if self._closed:
                return
            try:
                if self.journal.count and self.journal.restore():
                    self._note(_REMOVED)
                self.save(ending=True)
            finally:
                self._closed = True
                self.journal.close(remove=not self.journal.count)

    def _append(self, event: dict[str, Any]) -> int:
        self._check_open()
        if self.journal.restore():
            self._note(_REMOVED)
        return self.journal.append(event)

    def _patch(self, done: _Done) -> Patch:
        return changes.from_json(self.journal.event(done.place)["do"])

    def _note(self, sentence: str) -> None:
        if sentence != self.notice:
            self.notice = sentence
            self._tell(sentence)

    def _check_open(self) -> None:
        if self._closed:
            raise StoreError("the review has ended", context=str(self.path))

    def _expect(self, version: int) -> None:
        self._check_open()
        if version != self._version:
            raise VersionConflict(
                "the review was changed in another window",
                hint="nothing of yours was done; look at the new state and try again",
            )

    def _undo(self) -> ActionOutcome:
        if not self._done:
            raise UsageError("there is nothing to undo")
        patch = changes.inverse(self._patch(self._done[-1]))
        self._step({"undo": 1}, patch)
        self._undone.append(self._done.pop())
        return ActionOutcome(self._version, patch)

    def _redo(self) -> ActionOutcome:
        if not self._undone:
            raise UsageError("there is nothing to do again")
        patch = self._patch(self._undone[-1])
        self._step({"redo": 1}, patch)
        self._done.append(self._undone.pop())
        return ActionOutcome(self._version, patch)

    def _step(self, event: dict[str, Any], patch: Patch) -> None:
        state = changes.apply_patch(self.state, patch)
        self._append(event)
        self.state = state
        self._version += 1

    def _realign(self, version: int, pair: int) -> ActionOutcome:
        if self.tools.realign is None:
            raise UsageError("this review cannot align again")
        with self._lock:
            self._expect(version)
            state = self.state
            self._computing += 1
        try:  # without the lock: it may take long, and the review can be saved and left meanwhile
            current = state.pair(pair)
            beads = self.tools.realign(state.alignments()[pair], again.fixed(current))
            patch = again.replaced(state, pair, beads, "re-align")
        finally:
            with self._lock:
                self._computing -= 1
        if not patch.changes:
            raise UsageError("nothing changes: the beads are the best around what is fixed")
        with self._lock:
            self._expect(version)
            return self.record(patch)

    def _replay(self, digest: str) -> None:
        """The state after all events of the journal. Raises StoreError or Malformed."""
        head = self.journal.head
        self.original = str(head["original"])
        self.state, self.notices = State.of(
            self.tools.read(self.original.encode(), str(head["file"]))
        )
        known = {head["digest"]: 0}
        for number, (place, event) in enumerate(self.journal.events(), 2):
            try:
                self._event(place, event, known)
            except (AlignerError, KeyError, TypeError, ValueError, IndexError) as error:
                raise StoreError(
                    f"the journal cannot be followed at line {number}: {error}",
                    context=str(self.journal.path),
                    hint="restore it from a copy, or move it away to begin a new review",
                ) from error
        try:
            self.state.check().alignment()
        except AlignerError as error:
            raise StoreError(
                f"the journal leads to what no alignment can be: {error.message}",
                context=str(self.journal.path),
                hint="restore it from a copy, or move it away to begin a new review",
            ) from error
        if digest not in known:
            raise StoreError(
                "the file was changed by another program after its review began",
                context=str(self.path),
                hint=f"to review the new file, move {self.journal.path.name} away; to go on with "
                "the review, put the file back from a copy",
            )
        self._saved = known[digest]

    def _event(self, place: int, event: dict[str, Any], known: dict[str, int]) -> None:
        if "do" in event:
            patch = changes.from_json(event["do"])
            self._done.append(_Done(patch.name, place))
            self._undone.clear()
        elif "undo" in event:
            self._undone.append(self._done.pop())
            patch = changes.inverse(self._patch(self._undone[-1]))
        elif "redo" in event:
            self._done.append(self._undone.pop())
            patch = self._patch(self._done[-1])
        else:
            known[event["save"]] = self._version
            return
        self.state = changes.apply_patch(self.state, patch, check=False)
        self._version += 1
