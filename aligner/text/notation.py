"""JSON (RFC 8259) and TOML 1.0 that a user gives: values, or one sentence with line and column.

Python's parsers raise more than their own errors: for a number of thousands of digits, for brackets
nested thousands deep, for bytes that are no UTF-8.
"""

from __future__ import annotations

import json
import re
from typing import Any

from aligner.model import Malformed

__all__ = ["escaped", "json_of", "toml_of", "whole_number"]

_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")
_DIGITS = re.compile(r"[0-9]{1,9}")


def json_of(text: str | bytes, name: str, line: int = 0, hint: str = "") -> Any:
    """The value of a JSON text. `line` is its line in a file that holds one a line, 0 for a whole file.

    Raises Malformed, with line and column.
    """
    try:
        return json.loads(_decoded(text, name, line))
    except json.JSONDecodeError as error:
        broken = error.doc.split("\n")[error.lineno - 1]
        excerpt = broken[max(0, error.colno - 20) : error.colno + 20]
        raise Malformed(
            f"damaged JSON, {error.msg}",
            context=name,
            line=line or error.lineno,
            column=error.colno,
            excerpt=excerpt.strip(),
            hint=hint,
        ) from None
    except (RecursionError, ValueError) as error:
        raise Malformed(_beyond("JSON", error), context=name, line=line, hint=hint) from None


def toml_of(text: str | bytes, name: str) -> dict[str, Any]:
    """The table of a TOML file. Raises Malformed, with line and column."""
    import tomllib  # most commands read none

    try:
        return tomllib.loads(_decoded(text, name, 0))
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        line, column = (int(place[1]), int(place[2])) if place else (0, 0)
        raise Malformed(
            f"damaged TOML, {_PLACE.sub('', str(error)).strip()}",
            context=name,
            line=line,
            column=column,
        ) from None
    except (RecursionError, ValueError) as error:
        raise Malformed(_beyond("TOML", error), context=name) from None


def escaped(text: str) -> str:
    r"""The text without halves of surrogate pairs, which stand for bytes in names of files that are no
    UTF-8: `caf\udce9` is written out, since no encoding holds it.
    """
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def whole_number(text: str) -> int | None:
    """The number that up to nine ASCII digits spell, None for anything else."""
    return int(text) if _DIGITS.fullmatch(text) else None


def _decoded(text: str | bytes, name: str, line: int) -> str:
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Malformed(
            f"byte {error.start} is not UTF-8",
            context=name,
            line=line or text.count(b"\n", 0, error.start) + 1,
            hint="save the file as UTF-8",
        ) from None


def _beyond(what: str, error: Exception) -> str:
    why = "nested too deep" if isinstance(error, RecursionError) else "a number of absurd length"
    return f"damaged {what}, {why}"
