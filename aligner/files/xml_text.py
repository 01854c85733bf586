"""XML written as strings, where a file holds hundreds of thousands of small elements.

lxml's incremental writer costs a tree and a C call for each element; a memory of 200,000 units has
a million. Here text and attribute values are escaped (XML 1.0, 2.4 and 3.3.3) and pieces leave in
large writes. Callers see to it that characters are legal (`text.xml_safe`) and tags are closed;
tests parse what comes out and check it against the official DTD and schemas.
"""

from __future__ import annotations

from types import TracebackType
from typing import BinaryIO, Self

__all__ = ["DECLARATION", "TextStream", "attribute", "attributes", "content"]

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_CHUNK = 1 << 16


def content(text: str) -> str:
    """Character data. A carriage return is written as a reference, or parsers make it a line feed;
    `>` too, for `]]>` may not stand in text.
    """
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace("\r", "&#13;")


def attribute(value: str) -> str:
    """The inside of a quoted attribute value: white space survives normalization."""
    value = content(value).replace('"', "&quot;")
    if not value.isprintable():
        value = value.replace("\t", "&#9;").replace("\n", "&#10;")
    return value


def attributes(**values: str) -> str:
    """Attributes in order, those with an empty value left out; `_` is `:` and `__` is `-`."""
    return "".join(
        f' {name.replace("__", "-").replace("_", ":")}="{attribute(value)}"'
        for name, value in values.items()
        if value
    )


class TextStream:
    """Strings on their way to a binary file, in writes of 64 K characters."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._pieces: list[str] = []
        self._waiting = 0

    def write(self, text: str) -> None:
        """Queue some text."""
        self._pieces.append(text)
        self._waiting += len(text)
        if self._waiting >= _CHUNK:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        self._out.write("".join(self._pieces).encode("utf-8", "backslashreplace"))
        self._pieces.clear()
        self._waiting = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.flush()
