"""The journal of a run, on the disk from its first pair on, and what it says of how far the run is.

    {"begin": 1790000000.0, "pairs": 1000, "done": 310, "failed": 2, "weight": 81230022}
    {"at": 1790000004.1, "id": "es.a", "failure": "", "segments": 196, "weight": 20311}

Times are those of the clock, in seconds; weights are bytes of texts, what the time left is estimated
from. A run that comes to its end removes its journal: then the report says the same, and no file of a
corpus depends on the clock. One that is stopped leaves it, and the next run goes on in it.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from aligner.corpus.build.output import JOURNAL, is_held
from aligner.corpus.build.settings import read_run
from aligner.corpus.build.tables import FAILURES, listed

__all__ = ["BuildJournal", "Progress", "progress_of"]

_ERRORS = 5  # that are shown
_RECENT = 200  # pairs that the rate is taken from


class BuildJournal:
    """Written by the process that holds the folder; close it at the end."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / JOURNAL
        self._out: BinaryIO = self._path.open("ab", buffering=0)

    def begin(self, pairs: int, done: int, failed: int, weight: int) -> None:
        """A run over `pairs`, of which so many were done and failed before."""
        self._add(
            {"begin": time.time(), "pairs": pairs, "done": done, "failed": failed, "weight": weight}
        )

    def pair(self, identifier: str, failure: str, segments: int, weight: int) -> None:
        """A pair is done; `failure` is why not, or ""."""
        self._add(
            {
                "at": time.time(),
                "id": identifier,
                "failure": failure,
                "segments": segments,
                "weight": weight,
            }
        )

    def _add(self, row: Mapping[str, Any]) -> None:
        line = json.dumps(row, ensure_ascii=False)
        self._out.write(f"{line}\n".encode("utf-8", "backslashreplace"))

    def close(self, *, remove: bool) -> None:
        """`remove`: the run came to its end."""
        self._out.close()
        if remove:
            self._path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is. `state`: running, stopped (the same command goes on) or finished.

    Rates are pairs and segments a second, over the last pairs of this run; `seconds_left` is
    estimated by bytes of text. None where nothing is known yet. `errors`: (id, reason) of the last
    pairs that failed.
    """

    state: str
    pairs: int
    done: int
    failed: int
    pairs_a_second: float | None
    segments_a_second: float | None
    seconds_left: float | None
    errors: tuple[tuple[str, str], ...]


def progress_of(folder: Path) -> Progress:
    """What the journal of a corpus says, or its report where the build has come to its end.

    Raises UsageError for a folder of another kind, or one without either.
    """
    read_run(folder)
    if (folder / JOURNAL).exists() and (made := _by_journal(folder)) is not None:
        return made
    states = [one.done for one in listed(folder)]
    failed = states.count(False)
    errors = tuple(_failures(folder))[-_ERRORS:]
    return Progress("finished", len(states), len(states) - failed, failed, None, None, None, errors)


def _by_journal(folder: Path) -> Progress | None:
    begin: dict[str, Any] | None = None
    done = failed = left = 0
    recent: deque[tuple[float, int]] = deque(maxlen=_RECENT)
    weights: deque[int] = deque(maxlen=_RECENT)
    errors: deque[tuple[str, str]] = deque(maxlen=_ERRORS)
    for row in _rows(folder / JOURNAL):
        if "begin" in row:
            begin = row
            done, failed, left = row["done"], row["failed"], row["weight"]
            recent.clear()
            weights.clear()
            recent.append((row["begin"], 0))
            weights.append(0)
        elif begin is not None:
            failed += bool(row["failure"])
            done += not row["failure"]
            left -= row["weight"]
            recent.append((row["at"], row["segments"]))
            weights.append(row["weight"])
            if row["failure"]:
                errors.append((row["id"], row["failure"]))
    if begin is None:
        return None
    state = "running" if is_held(folder) else "stopped"
    pairs = segments = seconds_left = None
    last = time.time() if state == "running" else recent[-1][0]
    seconds = last - recent[0][0]
    if len(recent) > 1 and seconds > 0:
        pairs = (len(recent) - 1) / seconds
        segments = sum(count for _, count in list(recent)[1:]) / seconds
        speed = sum(list(weights)[1:]) / seconds
        seconds_left = max(0, left) / speed if speed > 0 else None
    return Progress(
        state, begin["pairs"], done, failed, pairs, segments, seconds_left, tuple(errors)
    )


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    """The lines of a journal; a process that was killed may have left half of the last one."""
    keys = (
        {"begin", "pairs", "done", "failed", "weight"},
        {"at", "id", "failure", "segments", "weight"},
    )
    with path.open("rb") as file:
        for line in file:
            with contextlib.suppress(ValueError):
                row = json.loads(line)
                if isinstance(row, dict) and any(wanted <= row.keys() for wanted in keys):
                    yield row


def _failures(folder: Path) -> Iterator[tuple[str, str]]:
    with contextlib.suppress(OSError), (folder / FAILURES).open(encoding="utf-8") as file:
        next(file, "")
        for line in file:
            identifier, *_, kind, message = line.rstrip("\n").split("\t")
            yield identifier, f"{kind}: {message}"
