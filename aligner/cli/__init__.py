"""The command line: the only room that prints, reads `sys.argv` and knows typer.

One module a command, each a thin shell over a plain function of the hall or a room. Modules here
import nothing heavy at the top: `aligner --help` must answer at once, so every command imports
its room inside the function.

Exit codes: 0 fine, 1 findings, 2 error.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from typing import Annotated, NoReturn

import typer

from aligner.cli.align import align as _align
from aligner.cli.apply import apply as _apply
from aligner.cli.check import check as _check
from aligner.cli.convert import convert as _convert
from aligner.cli.corpus import app as _corpus
from aligner.cli.evaluate import evaluate as _evaluate
from aligner.cli.memory import app as _memory
from aligner.cli.read import read as _read
from aligner.cli.review import review as _review
from aligner.cli.segment import segment as _segment
from aligner.cli.tables import formats as _formats
from aligner.cli.tables import languages as _languages
from aligner.cli.terms import terms as _terms
from aligner.cli.train import train as _train
from aligner.cli.validate import validate as _validate
from aligner.errors import AlignerError

__all__ = ["app", "main"]

app = typer.Typer(
    name="aligner",
    help="Align a text and its translation sentence by sentence.",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("align")(_align)
app.command("check")(_check)
app.command("convert")(_convert)
app.command("evaluate")(_evaluate)
app.command("read")(_read)
app.command("segment")(_segment)
app.command("review")(_review)
app.command("apply")(_apply)
app.command("formats")(_formats)
app.command("languages")(_languages)
app.command("terms")(_terms)
app.command("train")(_train)
app.command("validate")(_validate)
app.add_typer(_corpus, name="corpus")
app.add_typer(_memory, name="memory")


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"aligner {version('aligner')}")
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
        raise
    except OSError as error:
        _close_output()
        where = f"{error.filename}: " if error.filename else ""
        print(f"aligner: {where}{error.strerror or error}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        print("aligner: interrupted; nothing was written", file=sys.stderr)
        sys.exit(2)


def _reader_has_gone() -> NoReturn:
    """The reader of our output (head, less) wants no more: not an error, and nothing to say."""
    _close_output()
    sys.exit(0)


def _close_output() -> None:
    """Nothing more can be printed: the interpreter must not try again when it ends."""
    with contextlib.suppress(OSError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
