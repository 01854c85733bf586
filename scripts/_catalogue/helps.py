"""What the help of the commands says: texts, metavars, types; and the phrases of typer itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from typer.main import get_command

from aligner.cli import app, ui

# typer's own, in the versions that we know; they are in no catalogue of its own
PHRASES = (
    "Usage: ",
    "[OPTIONS]",
    "COMMAND [ARGS]...",
    "Arguments",
    "Options",
    "Commands",
    "Show this message and exit.",
    "Install completion for the current shell.",
    "Show completion for the current shell, to copy it or customize the installation.",
    "default",
    "required",
    "env var",
    "Error",
    "Try '{command} {option}' for help.",
    "No such option: {name}",
    "Possible options: {names}",
    "Did you mean {names}?",
    "Missing argument '{name}'.",
    "Missing option '{name}'.",
    "Missing command.",
    "No such command '{name}'.",
    "Did you mean '{name}'?",
    "Invalid value for '{name}': {message}",
    "Got unexpected extra argument(s) ({names})",
    "Option '{name}' requires an argument.",
    "Option '{name}' requires {count} arguments.",
    "Option '{name}' does not take a value.",
    "Input should be a valid integer, unable to parse string as an integer",
    "Input should be a valid number, unable to parse string as a number",
    "Input should be a valid boolean, unable to interpret input",
    "{value} is not in the range {range}.",
    "Input should be greater than or equal to {count}",
    "Input should be less than or equal to {count}",
)
# what the system, SQLite and Python say of files, the frequent ones
SYSTEM = (
    "No such file or directory",
    "Permission denied",
    "Operation not permitted",
    "No space left on device",
    "Disk quota exceeded",
    "Read-only file system",
    "Is a directory",
    "Not a directory",
    "File exists",
    "File name too long",
    "Too many levels of symbolic links",
    "Too many open files",
    "Input/output error",
    "Invalid argument",
    "Address already in use",
    "file is not a database",
    "database disk image is malformed",
    "database is locked",
    "database or disk is full",
    "disk I/O error",
    "attempt to write a readonly database",
    "File is not a zip file",
    "no element found",
    "Expecting value",
    "Expecting property name enclosed in double quotes",
    "Expecting ',' delimiter",
    "Expecting ':' delimiter",
    "Extra data",
    "Unterminated string starting at",
    "Invalid control character at",
)
TYPES = (
    "str",
    "int",
    "float",
    "path",
    "bool",
    "file",
    "int range",
    "float range",
    "list[str]",
    "list[path]",
    "list[int]",
)


def commands(command: Any = None, path: str = "aligner") -> Iterator[tuple[str, Any]]:
    """Every command with its path: `aligner corpus build`."""
    if command is None:
        command = get_command(app)
    yield path, command
    for name in getattr(command, "commands", {}):
        inner = command.get_command(_NoContext, name)
        yield from commands(inner, f"{path} {name}")


class _NoContext:
    """`get_command` wants a context and looks at nothing of it."""


def helps() -> Iterator[tuple[str, str | None, str]]:
    """(text, context or None, where it stands)."""
    ui.speak("en")  # commands are made in the language that is spoken
    for phrase in PHRASES:
        yield phrase, None, "typer"
    for phrase in SYSTEM:
        yield phrase, None, "system"
    for kind in TYPES:
        yield kind, "type", "typer"
    for path, command in commands():
        if command.help:
            yield command.help, None, path
        for parameter in command.params:
            if parameter.help:
                yield parameter.help, None, f"{path} {parameter.opts[0]}"
            if parameter.metavar:
                yield parameter.metavar, "metavar", path
