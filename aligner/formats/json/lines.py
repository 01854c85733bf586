"""Where in a JSON text a value stands: asked only when there is something to say about it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

__all__ = ["Path", "lines_of"]

Path = tuple[str | int, ...]
_TOKEN = re.compile(r'[ \t\r\n]*([\[\]{},:]|"(?:[^"\\]|\\.)*"|[^\s\[\]{},:"]+)', re.DOTALL)


def lines_of(text: str, paths: Iterable[Path]) -> dict[Path, int]:
    """The line (1-based) on which each path's value starts; the nearest one above it if it is none.

    `text` is well-formed JSON (RFC 8259); one pass over it, whatever the number of paths.
    """
    wanted = set(paths)
    for path in list(wanted):
        wanted.update(path[:size] for size in range(len(path)))
    lines: dict[Path, int] = {}
    line, cursor = 1, 0
    for path, start in _values(text):
        if path in wanted and path not in lines:
            line += text.count("\n", cursor, start)
            cursor = start
            lines[path] = line
    return {
        path: next(lines[path[:n]] for n in range(len(path), -1, -1) if path[:n] in lines)
        for path in wanted
    }


def _values(text: str) -> Iterator[tuple[Path, int]]:
    """(path, offset) of every value in the order of the text."""
    path: list[str | int] = []
    is_array: list[bool] = []
    key = False
    for token in _TOKEN.finditer(text):
        lexeme, start = token[1], token.start(1)
        if lexeme in "]}":
            path.pop()
            is_array.pop()
            key = False
        elif lexeme == ",":
            if is_array[-1]:
                path[-1] = int(path[-1]) + 1
            else:
                key = True
        elif lexeme == ":":
            key = False
        elif key and not is_array[-1]:
            path[-1] = json.loads(lexeme)
        else:
            # an array that has not begun holds no value yet: its place is that of its first one
            yield tuple(path), start
            if lexeme in "[{":
                path.append(0 if lexeme == "[" else "")
                is_array.append(lexeme == "[")
                key = lexeme == "{"
