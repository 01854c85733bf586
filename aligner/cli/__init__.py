"""The command line: the only package that prints, reads `sys.argv` and knows typer.

`program` is the entry point; what the commands are stands in `commands`. Nothing is imported at the
top: Ctrl-C is heeded before anything is loaded.

Exit codes: 0 fine, 1 findings, 2 error.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

    from aligner.cli.commands import app
    from aligner.model import AlignerError

__all__ = ["app", "main", "program"]

_FAILED = 2
_INTERRUPTED = (
    "aligner: interrupted: no file is half-written; corpus build and memory import go on from "
    "here when they are started again\n"
)


def __getattr__(name: str) -> Any:
    if name != "app":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from aligner.cli.commands import app

    return app


def program() -> None:
    """Entry point of a process: `main`, and a signal behind it is too late to change anything."""
    _main(to_the_end=True)


def main() -> None:
    """The command line: one clear sentence and exit code 2 for whatever goes wrong.

    What nobody foresaw leaves its traceback in a file that the sentence names.
    """
    _main(to_the_end=False)


def _main(*, to_the_end: bool) -> None:
    from aligner.runtime.early import heeded

    with heeded(_INTERRUPTED, to_the_end=to_the_end):
        from os import environ

        from aligner.cli import ui

        page = ui.first_page(sys.argv[1:], environ, ui.chosen(sys.argv[1:], environ))
        if page is not None:
            _show(page)
            return
        from aligner.runtime import interrupts

        try:
            ui.speak(ui.chosen(sys.argv[1:], environ))
        except OSError as error:  # the catalogue is not installed
            _end(error)
        try:
            with interrupts.handled(ui.translated(_INTERRUPTED)) as signals:
                try:
                    _ready_streams()
                    _run()
                except BaseException as error:  # noqa: BLE001 - whatever it is: one sentence
                    if signals.stopped or isinstance(error, KeyboardInterrupt):
                        _interrupted()
                    _end(error)
        except interrupts.Interrupted:  # it came while the end was told; a signal raises once
            _interrupted()


def _ready_streams() -> None:
    """Results are UTF-8 wherever they go; a terminal shows what it can."""
    import io

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")


def _show(page: str) -> None:
    try:
        _ready_streams()
        sys.stdout.write(page)
        sys.stdout.flush()
    except OSError as error:
        _end(error)


def _run() -> None:
    from aligner.cli.commands import Carried, app

    try:
        app(prog_name="aligner")
    except Carried as carried:
        raise carried.__cause__ or carried from None
    finally:
        if sys.stdout is not None:
            sys.stdout.flush()


def _end(error: BaseException) -> NoReturn:
    """End the command as its exception says."""
    from aligner.model import AlignerError

    if isinstance(error, AlignerError):
        _fail(error)
    if isinstance(error, BrokenPipeError):
        # the reader of our output (head, less) wants no more: not an error, and nothing to say
        _close_output()
        sys.exit(0)
    if isinstance(error, SystemExit):
        raise error
    if isinstance(error, OSError):
        _close_output()
        _fail(_system_error(error))
    _fail(_unforeseen(error))


def _system_error(error: OSError) -> str:
    from errno import ENOSPC

    where = f"{error.filename}: " if error.filename else ""
    todo = " (free some space, or write to another place)" if error.errno == ENOSPC else ""
    return f"{where}{error.strerror or error}{todo}"


def _unforeseen(error: BaseException) -> str:
    """The sentence for a mistake of ours, and its traceback in a file."""
    from aligner.files.faults import report_of

    return report_of(error)


def _fail(message: str | AlignerError) -> NoReturn:
    from aligner.cli.ui import tell

    tell(message)
    sys.exit(_FAILED)


def _interrupted() -> NoReturn:
    """Ctrl-C or SIGTERM: a word, and no waiting for threads that still compute."""
    from aligner.runtime import interrupts

    if sys.stderr is not None:
        from aligner.cli.ui import translated

        sys.stderr.write(translated(_INTERRUPTED))
    if interrupts.is_computing():
        interrupts.end_now(_FAILED)
    sys.exit(_FAILED)


def _close_output() -> None:
    """Nothing more can be printed: the interpreter must not try again when it ends."""
    import contextlib
    import os

    with contextlib.suppress(OSError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
