"""The command line: the only package that prints, reads `sys.argv` and knows typer.

One module a command, each a thin shell over a plain function of another package, mostly of
`workflows`; `common` has what they share. A command's
module is imported when that command is called (or all are listed): typer takes a tenth of a second
to read the options of them all. Modules here import nothing heavy at the top: `aligner --help` must
answer at once, so every command imports what it needs inside the function.

Exit codes: 0 fine, 1 findings, 2 error.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from errno import ENOSPC
from importlib import import_module
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup
from typer.main import get_command

from aligner.model import AlignerError, program_version

__all__ = ["app", "main"]

# command -> module and what in it: a function, or a group of commands
_COMMANDS = {
    "align": ("align", "align"),
    "check": ("check", "check"),
    "convert": ("convert", "convert"),
    "evaluate": ("evaluate", "evaluate"),
    "read": ("read", "read"),
    "segment": ("segment", "segment"),
    "review": ("review", "review"),
    "apply": ("apply", "apply"),
    "formats": ("tables", "formats"),
    "languages": ("tables", "languages"),
    "terms": ("terms", "terms"),
    "train": ("train", "train"),
    "validate": ("validate", "validate"),
    "corpus": ("corpus", "app"),
    "memory": ("memory", "app"),
}


class _Commands(TyperGroup):
    """The commands of `_COMMANDS`, each made when it is asked for."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{**settings, "commands": dict.fromkeys(_COMMANDS)})

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, or None."""
        if cmd_name in self.commands and self.commands[cmd_name] is None:
            self.commands[cmd_name] = _made(cmd_name)
        return super().get_command(ctx, cmd_name)


def _made(name: str) -> Any:
    module, attribute = _COMMANDS[name]
    made = getattr(import_module(f"aligner.cli.{module}"), attribute)
    if not isinstance(made, typer.Typer):
        single = typer.Typer(rich_markup_mode=None, add_completion=False)
        single.command()(made)
        made = single
    command = get_command(made)
    command.name = name
    return command


app = typer.Typer(
    name="aligner",
    cls=_Commands,
    help="Align a text and its translation sentence by sentence.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(wanted: bool) -> None:
    if wanted:
        print(f"aligner {program_version()}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    """Align a text and its translation sentence by sentence."""


def main() -> None:
    """Entry point: one clear sentence and exit code 2 for every error of ours."""
    for stream in (sys.stdout, sys.stderr):
        # results are UTF-8 wherever they go; a terminal shows what it can
        if isinstance(stream, io.TextIOWrapper):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="backslashreplace")
    try:
        try:
            app(prog_name="aligner")
        finally:
            if sys.stdout is not None:
                sys.stdout.flush()
    except AlignerError as error:
        print(f"aligner: {error}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        _reader_has_gone()
    except SystemExit as end:
        if isinstance(end.__context__, BrokenPipeError):  # typer makes 1 of it, our "findings"
            _reader_has_gone()
        if end.__context__ and isinstance(end.__context__.__cause__, KeyboardInterrupt):
            _interrupted()
        raise
    except OSError as error:
        _close_output()
        where = f"{error.filename}: " if error.filename else ""
        todo = " (free some space, or write to another place)" if error.errno == ENOSPC else ""
        print(f"aligner: {where}{error.strerror or error}{todo}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        _interrupted()


def _interrupted() -> NoReturn:
    """Ctrl-C, which typer would end in silence."""
    print(
        "aligner: interrupted: no file is half-written; corpus build and memory import go on from "
        "here when they are started again",
        file=sys.stderr,
    )
    sys.exit(2)


def _reader_has_gone() -> NoReturn:
    """The reader of our output (head, less) wants no more: not an error, and nothing to say."""
    _close_output()
    sys.exit(0)


def _close_output() -> None:
    """Nothing more can be printed: the interpreter must not try again when it ends."""
    with contextlib.suppress(OSError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
