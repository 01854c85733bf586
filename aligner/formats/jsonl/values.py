"""The values in a file of JSON: one a line, or the members of one list, however it is written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from typing import Any

from aligner.model import Malformed
from aligner.text.notation import json_of

__all__ = ["values_of"]

_DECODER = json.JSONDecoder()
_SPACE = " \t\r\n"


def values_of(lines: Iterator[str], name: str) -> Iterator[tuple[int, Any]]:
    """(line, value) of each; the line where it begins. Raises Malformed, with the line.

    A file that opens with `[` is one list, unless each of its lines is a list of plain values.
    """
    numbered = enumerate(lines, start=1)
    opens = next(((number, line) for number, line in numbered if line.strip()), None)
    if opens is None:
        return
    number, line = opens
    opening = line.strip()
    if opening.startswith("[") and not (row := _row(opening)):
        yield from _members(chain([(number, line)], numbered), name)
        return
    if opening.startswith("["):
        # a list alone in its file holds texts, one of several is a row
        second = next(((n, text) for n, text in numbered if text.strip()), None)
        if second is None:
            yield from ((number, text) for text in row)
            return
        yield number, row
        numbered = chain([second], numbered)  # type: ignore[assignment]
    elif opening == "{" or not _is_json(opening):
        # objects that are spread over lines, as jq and editors print them
        yield from _spread(chain([(number, line)], numbered), name)
        return
    else:
        yield number, json_of(line, name, number)
    for number, line in numbered:
        if line.strip():
            yield number, json_of(line, name, number)


def _row(text: str) -> list[Any]:
    """A line that is a list of plain values; [] for what is none."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return []
    plain = isinstance(value, list) and not any(isinstance(one, dict | list) for one in value)
    return value if plain else []


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    except RecursionError:
        return True  # which is said where it is parsed
    return True


def _damaged(error: json.JSONDecodeError, name: str, line: int) -> Malformed:
    return Malformed(
        f"damaged JSON, {error.msg}",
        context=name,
        line=line + error.lineno - 1,
        column=error.colno,
    )


def _members(lines: Iterator[tuple[int, str]], name: str) -> Iterator[tuple[int, Any]]:
    """The members of a list, each as soon as it is whole."""
    text = _Text(lines, name)
    text.take("[")
    if text.peek() == "]":
        return
    while True:
        yield text.value()
        if text.peek() == "]":
            return
        text.take(",")


def _spread(lines: Iterator[tuple[int, str]], name: str) -> Iterator[tuple[int, Any]]:
    text = _Text(lines, name)
    while text.peek():
        yield text.value()


class _Text:
    """A text of JSON of which only the value at hand is in memory."""

    def __init__(self, lines: Iterator[tuple[int, str]], name: str) -> None:
        self._lines = lines
        self._name = name
        self._text = ""
        self._at = 0
        self._line = 1  # of the start of `_text`

    def peek(self) -> str:
        """The next character that is no white space; "" at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _SPACE:
                self._at += 1
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def take(self, character: str) -> None:
        """Pass over `character`; Malformed where it is not there."""
        if self.peek() != character:
            before = self._text[: self._at]
            raise Malformed(
                f"damaged JSON, expecting {character!r}",
                context=self._name,
                line=self._line + before.count("\n"),
                column=len(before) - before.rfind("\n"),
            )
        self._at += 1

    def value(self) -> tuple[int, Any]:
        """The line of the next value, and the value."""
        self.peek()
        self._line += self._text.count("\n", 0, self._at)
        # for the column of what is damaged, the line stays whole
        start = self._text.rfind("\n", 0, self._at) + 1
        self._text, self._at = self._text[start:], self._at - start
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                # what breaks off may go on in the next line
                cut = error.pos >= len(self._text.rstrip()) or error.msg.startswith("Unterminated")
                if not (cut and self._more()):
                    raise _damaged(error, self._name, self._line) from None
            except (RecursionError, ValueError) as error:
                raise Malformed(
                    f"damaged JSON ({type(error).__name__})", context=self._name, line=self._line
                ) from None
            else:
                self._at = end
                return self._line, value

    def _more(self) -> bool:
        """One more line in memory; lines that close something, and what comes before them."""
        added: list[str] = []
        for number, line in self._lines:
            if not self._text and not added:
                self._line = number
            added.append(line)
            if line.rstrip(" \t\r\n,").endswith(("}", "]", '"')) or not line.strip():
                break
        self._text += "".join(added)
        return bool(added)
