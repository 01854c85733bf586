"""The help of the commands, and what typer itself says, in another language than English.

typer takes most of its phrases from no catalogue, and gettext would look for ours by the environment,
which child processes share: so the commands are translated before they are shown, and the
headings, types and defaults beside them where they are written.
"""

from __future__ import annotations

import sys
from typing import Any

from aligner.text.catalogue import Catalogue

__all__ = ["localised", "with_own_words"]

_METAVAR = "metavar\x04"


def localised(command: Any, catalogue: Catalogue) -> Any:
    """The command, its options and commands inside, speaking the language of the catalogue."""
    texts = catalogue.texts
    command.help = texts.get(command.help or "", command.help)
    for parameter in command.params:
        parameter.help = texts.get(parameter.help or "", parameter.help)
        metavar = parameter.metavar or ""
        parameter.metavar = texts.get(f"{_METAVAR}{metavar}", parameter.metavar)
    for inner in getattr(command, "commands", {}).values():
        if inner is not None:
            localised(inner, catalogue)
    kind = command.context_class
    if not hasattr(kind, "catalogue"):
        command.context_class = _context(kind, catalogue)
    return command


def _context(kind: Any, catalogue: Catalogue) -> Any:
    """Typer's context, that writes help in the language."""
    formatter = type("Formatter", (_Words, kind.formatter_class), {"catalogue": catalogue})
    return type("Context", (kind,), {"formatter_class": formatter, "catalogue": catalogue})


class _Words:
    """Put before typer's formatter of help: its own words are translated as they are written."""

    catalogue: Catalogue

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line `Usage: aligner align [OPTIONS] ...`."""
        word = self.catalogue.gettext
        for english in ("[OPTIONS]", "COMMAND [ARGS]..."):
            args = args.replace(english, word(english))
        before: Any = super()
        before.write_usage(prog, args, word(prefix or "Usage: "))

    def write_heading(self, heading: str) -> None:
        """`Options:` and its like."""
        before: Any = super()
        before.write_heading(self.catalogue.gettext(heading))

    def write_dl(self, rows: Any, *more: Any, **settings: Any) -> None:
        """The list of options: names with types, texts with defaults in brackets behind them."""
        before: Any = super()
        before.write_dl(
            [(self._types(name), self._extra(text)) for name, text in rows], *more, **settings
        )

    def _types(self, name: str) -> str:
        """`--split <str>` with the type in the language."""
        option, opened, kind = name.rpartition(" <")
        if not opened:
            return name
        return f"{option} <{self.catalogue.texts.get(f'type{chr(4)}{kind[:-1]}', kind[:-1])}>"

    def _extra(self, text: str) -> str:
        """`... [default: 1; required]`."""
        word = self.catalogue.gettext
        told, opened, extra = text.rpartition("  [")
        if not (opened and extra.endswith("]")):
            return word(text)
        parts = []
        for part in extra[:-1].split("; "):
            name, colon, value = part.partition(": ")
            parts.append(f"{word(name)}{colon}{value}")
        return f"{told}  [{'; '.join(parts)}]"


class with_own_words:  # noqa: N801 - used as a function
    """Within the block an error of typer gets our way to be shown."""

    def __init__(self, catalogue: Catalogue | None) -> None:
        self._catalogue = catalogue

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        shown: Any = error
        catalogue, context = self._catalogue, getattr(error, "ctx", None)
        if catalogue is None or not hasattr(error, "format_message"):
            return
        told = shown.format_message()
        if context is not None and told == context.get_help():
            return  # the help in the place of an error
        word = catalogue.gettext

        def show(file: Any = None) -> None:
            if context is not None:
                path, option = context.command_path, context.help_option_names[0]
                hint = word("Try '{command} {option}' for help.")
                lines = f"{context.get_usage()}\n{hint.format(command=path, option=option)}\n"
                print(lines, file=file or sys.stderr)
            print(f"{word('Error')}: {catalogue.message(told)}", file=file or sys.stderr)

        shown.show = show
