"""Large XML files as a stream of events: expat under the bounds of `xml`, in any encoding.

A caller makes a parser with `event_parser`, hangs its handlers on it and goes through `events`,
taking what its handlers have collected after each piece:

    parser = event_parser()
    parser.StartElementHandler = ...
    for _ in events(file, name, parser, held):
        yield from collected()

Files that declare entities are refused, a tag or a comment may take 16 MB and what the caller holds
of one unit (`held`) MAX_TEXT characters, so that memory does not grow with the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BufferedReader
from typing import Any
from xml.parsers import expat

from aligner.files.streams import MAX_TEXT
from aligner.files.xml_encoding import utf8_stream
from aligner.model import Malformed

__all__ = ["event_parser", "events"]

_CHUNK = 1 << 18  # bytes
_MAX_TOKEN = 16_000_000  # bytes of one tag, comment or instruction


class _EntityError(Exception):
    """A file that declares entities."""


def _refuse(*_: Any) -> None:
    raise _EntityError


def event_parser(namespace_separator: str | None = None) -> expat.XMLParserType:
    """An expat parser for `events`. The caller leaves its EntityDeclHandler alone."""
    parser = expat.ParserCreate("utf-8", namespace_separator)
    parser.buffer_text = True
    parser.EntityDeclHandler = _refuse
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    return parser


def events(
    file: BufferedReader,
    name: str,
    parser: expat.XMLParserType,
    held: Callable[[], int] | None = None,
) -> Iterator[None]:
    """Feed a file (of `open_stream`) to a parser; yields after each piece, when handlers have run.

    `held`: how many characters the caller holds of a unit that has not ended. Raises Malformed, with
    line and column, for what is not well formed, declares entities or passes a bound.
    """
    stream = utf8_stream(file, name)
    fed = 0
    try:
        while True:
            chunk = stream.read(_CHUNK)
            fed += len(chunk)
            parser.Parse(chunk, not chunk)
            if held is not None and held() > MAX_TEXT:
                raise _too_long(
                    f"a unit of more than {MAX_TEXT // 1_000_000} million characters", name, parser
                )
            if fed - parser.CurrentByteIndex > _MAX_TOKEN:
                raise _too_long(f"a tag of more than {_MAX_TOKEN // 1_000_000} MB", name, parser)
            yield
            if not chunk:
                return
    except expat.ExpatError as error:
        raise Malformed(
            f"not well-formed XML, {expat.errors.messages.get(error.code, str(error))}",
            context=name,
            line=error.lineno,
            column=error.offset + 1,
        ) from None
    except _EntityError:
        raise Malformed(
            "the file declares entities of its own, which are not expanded",
            context=name,
            hint="write their text out and remove the <!ENTITY> lines",
        ) from None


def _too_long(what: str, name: str, parser: expat.XMLParserType) -> Malformed:
    return Malformed(what, context=name, line=parser.CurrentLineNumber)
