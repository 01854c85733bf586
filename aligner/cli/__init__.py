"""The command line: the only room that prints, reads `sys.argv` and knows typer.

One module a command, each a thin shell over a plain function of the hall or a room. Modules here
import nothing heavy at the top: `aligner --help` must answer at once, so every command imports
its room inside the function.

Exit codes: 0 fine, 1 findings, 2 error.
"""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from aligner.cli.align import align as _align
from aligner.cli.evaluate import evaluate as _evaluate
from aligner.cli.segment import segment as _segment
from aligner.cli.tables import formats as _formats
from aligner.cli.tables import languages as _languages
from aligner.cli.train import train as _train
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
app.command("evaluate")(_evaluate)
app.command("segment")(_segment)
app.command("formats")(_formats)
app.command("languages")(_languages)
app.command("train")(_train)


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
    try:
        app()
    except AlignerError as error:
        print(f"aligner: {error}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        # the reader of our output (head, less) has gone: not an error, and nothing to say
        sys.stderr.close()
        sys.exit(0)
    except KeyboardInterrupt:
        print("aligner: interrupted; nothing was written", file=sys.stderr)
        sys.exit(2)
