"""A page for every command, out of the command line itself: nothing here is written by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer
from typer.main import get_command

from _docs.words import Words, escaped
from aligner.cli import app

__all__ = ["command_pages", "commands", "options", "program"]

_KINDS = {"path": "file", "int": "whole number", "float": "number"}


def program() -> Any:
    """The program itself, with the options that stand before a command."""
    return get_command(app)


def commands() -> dict[str, Any]:
    """All commands by the words that call them: `align`, `corpus build` ..., groups among them."""
    return dict(_below(program(), ""))


def _below(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    if not hasattr(command, "list_commands"):
        return
    context = typer.Context(command)
    for word in command.list_commands(context):
        below = command.get_command(context, word)
        whole = f"{name} {word}".strip()
        yield whole, below
        yield from _below(below, whole)


def options(command: Any) -> list[str]:
    """All spellings of all its options."""
    return [
        spelling
        for one in command.params
        if one.param_type_name == "option"
        for spelling in (*one.opts, *one.secondary_opts)
    ]


def command_pages(words: Words) -> dict[str, str]:
    """`reference/commands/NAME.md` and `index.md`: a group's commands stand on one page."""
    known = commands()
    pages = {}
    for name, command in known.items():
        if " " in name:
            continue
        parts = [_section(name, command, words, "#")]
        parts += [
            _section(below, one, words, "##")
            for below, one in known.items()
            if below.startswith(f"{name} ")
        ]
        pages[f"reference/commands/{name}.md"] = "\n".join(parts)
    pages["reference/commands/index.md"] = _index(known, words)
    return pages


def _index(known: dict[str, Any], words: Words) -> str:
    say = words.say
    rows = [
        f"| [`aligner {name}`]({_link(name)}) | {escaped(_first(command, words))} |"
        for name, command in known.items()
    ]
    return "\n".join(
        [
            f"# {say('Commands')}\n",
            say(
                "Exit codes: 0 fine, 1 findings (or nothing found), 2 error. `-o -` is standard output"
                " wherever one file is written; `-h` prints what a command can do."
            ),
            f"\n| {say('command')} | {say('what it does')} |",
            "| --- | --- |",
            *rows,
            "",
            say("These options stand before the command: `aligner --ui es check ...`."),
            "",
            "| | |",
            "| --- | --- |",
            *(_row(one, words) for one in program().params),
            "",
        ]
    )


def _link(name: str) -> str:
    group, _, below = name.partition(" ")
    return f"{group}.md#aligner-{group}-{below}" if below else f"{group}.md"


def _first(command: Any, words: Words) -> str:
    return next(iter(_help(command, words)), "")


def _help(command: Any, words: Words) -> list[str]:
    text = (command.help or "").replace("\b", "").replace("\f", "")
    return list(words.paragraphs(text))


def _section(name: str, command: Any, words: Words, mark: str) -> str:
    lines = [f"{mark} aligner {name}", ""]
    for paragraph in _help(command, words):
        if paragraph.startswith("aligner "):
            lines += ["```", paragraph.replace(" aligner ", "\naligner "), "```", ""]
        else:
            lines += [escaped(paragraph), ""]
    if hasattr(command, "list_commands"):
        return "\n".join(lines)
    for title, kind in (("Arguments", "argument"), ("Options", "option")):
        params = [one for one in command.params if one.param_type_name == kind]
        if params:
            lines += [f"**{words.say(title)}**", "", "| | |", "| --- | --- |"]
            lines += [_row(one, words) for one in params] + [""]
    return "\n".join(lines)


def _row(one: Any, words: Words) -> str:
    say = words.say
    if one.param_type_name == "argument":
        name = f"`{words.cite(one.metavar or one.name.upper())}`"
    else:
        name = ", ".join(f"`{spelling}`" for spelling in one.opts)
        if one.secondary_opts:
            name += " / " + ", ".join(f"`{spelling}`" for spelling in one.secondary_opts)
        if not getattr(one, "is_flag", False):
            name += f" *{say(_kind(one))}*"
    text = escaped(say(" ".join((one.help or "").split())))
    notes = "; ".join(_notes(one, words))
    return f"| {name} | {text}{f' *({notes})*' if notes else ''} |"


def _kind(one: Any) -> str:
    """What its value is, in a word."""
    described = getattr(one, "type_descriptor", None)
    name = str(described.annotation if described is not None else one.type.name).lower()
    return next((kind for word, kind in _KINDS.items() if word in name), "text")


def _notes(one: Any, words: Words) -> Iterator[str]:
    say = words.say
    if one.required:
        yield say("required")
    if getattr(one, "multiple", False):
        yield say("repeatable")
    if one.default not in (None, "", False, (), []) and not one.required:
        default = one.default
        if getattr(one, "is_flag", False) and one.secondary_opts:
            default = one.opts[0]
        yield f"{say('default:')} `{default}`"
    # typer says it of the option since 0.20, of the type of click before
    low, high = (
        getattr(one, side, getattr(getattr(one, "type", None), side, None))
        for side in ("min", "max")
    )
    if low is not None:
        yield f"{low} – {high}" if high is not None else f"≥ {low}"
    if getattr(one, "envvar", None):
        yield f"{say('environment:')} `{one.envvar}`"
