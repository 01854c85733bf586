"""The real command inside this process: `aligner.cli.main()` with arguments and standard streams."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from unittest.mock import patch

import aligner.cli
from aligner.text import speaking

__all__ = ["Done", "run"]


@dataclass(frozen=True)
class Done:
    """What a shell would see of a run."""

    code: int
    out: bytes
    err: str


def run(*arguments: object, stdin: bytes = b"") -> Done:
    """Run the command; an exception that leaves `main` (a traceback for a user) is a failure."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    code = 0
    with (
        patch.object(sys, "argv", ["aligner", *map(str, arguments)]),
        patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8")),
        patch.object(sys, "stdout", out),
        patch.object(sys, "stderr", err),
    ):
        try:
            aligner.cli.main()
        except SystemExit as end:
            # a text would be printed by the interpreter, and is never wanted
            code = end.code if isinstance(end.code, int) else -1 if end.code else 0
        finally:
            speaking.speak("en")  # a process of its own would speak no more
    bodies = []
    for stream in (out, err):
        assert isinstance(stream.buffer, io.BytesIO)
        bodies.append(stream.buffer.getvalue())
    return Done(code, bodies[0], bodies[1].decode())
