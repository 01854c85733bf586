"""The commands: one module each, a thin shell over a plain function of another package, mostly of
`workflows`; `common` has what they share.

A command's module is imported when that command is called (or all are listed): typer takes a tenth
of a second to read the options of them all. Modules here import nothing heavy at the top:
`aligner --help` must answer at once, so every command imports what it needs inside the function.
"""

from __future__ import annotations

import os
from contextlib import AbstractContextManager, nullcontext
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from aligner.cli import ui
from aligner.cli.ui.values import with_plain_values
from aligner.model import UsageError, program_version

__all__ = ["Carried", "app"]

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


class Carried(Exception):
    """Around an exception of which typer would make an end of the program of its own, with exit
    code 1 (our "findings") or 130.
    """


class _Commands(TyperGroup):
    """The commands of `_COMMANDS`, each made when it is asked for."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{**settings, "commands": dict.fromkeys(_COMMANDS)})

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of that name, or None."""
        if cmd_name in self.commands and self.commands[cmd_name] is None:
            self.commands[cmd_name] = with_plain_values(_localised(_made(cmd_name)))
        return super().get_command(ctx, cmd_name)

    def make_context(self, *arguments: Any, **settings: Any) -> Any:
        """What the command line says before the command, understood."""
        with_plain_values(_localised(self))
        with _own_words():
            return super().make_context(*arguments, **settings)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that `args` open with. Raises UsageError where they open with something else."""
        if not ctx.resilient_parsing and args and self.get_command(ctx, args[0]) is None:
            raise _no_command(args)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run what was asked for."""
        try:
            with _own_words():
                return super().invoke(ctx)
        except (EOFError, KeyboardInterrupt, BrokenPipeError) as error:
            raise Carried from error


def _no_command(words: list[str]) -> UsageError:
    """What to say where the first word is no command: most likely it is a text to align."""
    first = words[0]
    if first.startswith("-"):
        return UsageError(f"there is no option {first!r}", hint="aligner -h lists what there is")
    if "." in first or os.path.exists(first):  # noqa: PTH110 - pathlib takes long to import
        second = words[1] if len(words) > 1 and not words[1].startswith("-") else "TRANSLATION"
        two = f"{first} {second}"
        hint = f"to align two texts: aligner align {two} -o out.tmx"
        return UsageError(f"{first!r} is a file, and a command comes first", hint=hint)
    from difflib import get_close_matches  # --help must not wait for it

    close = get_close_matches(first, _COMMANDS, n=1)
    guess = f"did you mean {close[0]!r}? " if close else ""
    return UsageError(
        f"there is no command {first!r}", hint=f"{guess}known: {', '.join(_COMMANDS)}"
    )


def _localised(command: Any) -> Any:
    """The command, its help in the language that is spoken."""
    catalogue = ui.spoken()
    if catalogue is None:
        return command
    from aligner.cli.ui.help import localised

    return localised(command, catalogue)


def _own_words() -> AbstractContextManager[None]:
    """Within the block typer's errors are shown in the language that is spoken."""
    catalogue = ui.spoken()
    if catalogue is None:
        return nullcontext()
    from aligner.cli.ui.help import with_own_words

    return with_own_words(catalogue)


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


def _check_language(tag: str) -> str:
    if tag and tag not in ui.LANGUAGES:
        raise UsageError(
            f"the command line does not speak {tag!r}", hint=f"known: {', '.join(ui.LANGUAGES)}"
        )
    return tag


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
    language: Annotated[
        str,
        typer.Option(
            "--ui",
            metavar="en|es",
            help="Language of help and messages, before the command; default: the locale's.",
            callback=_check_language,
            is_eager=True,
            expose_value=False,
        ),
    ] = "",
) -> None:
    """Align a text and its translation sentence by sentence."""
