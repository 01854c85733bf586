"""Large XML files as a stream of events: expat under the bounds of `xml`, in any encoding.

A caller makes a parser with `event_parser`, hangs its handlers on it and goes through `events`,
taking what its handlers have collected after each piece:

    parser = event_parser()
    parser.StartElementHandler = ...
    for _ in events(file, name, parser, held):
        yield from collected()

Entities that a file declares are texts within the bounds of `entities`, HTML's named characters are known as in `xml`, a tag or a comment may take 16 MB and what the caller holds
of one unit (`held`) MAX_TEXT characters, so that memory does not grow with the file.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, cast
from xml.parsers import expat

from aligner.files.entities import Entities, EntityError
from aligner.files.streams import MAX_TEXT
from aligner.files.xml_encoding import utf8_stream
from aligner.model import Malformed

__all__ = ["event_parser", "events"]

_CHUNK = 1 << 18  # bytes
_LONGEST = 4  # bytes of a character
_MAX_TOKEN = 16_000_000  # bytes of one tag, comment or instruction


def event_parser(namespace_separator: str | None = None) -> expat.XMLParserType:
    """An expat parser for `events`. The caller leaves its EntityDeclHandler alone."""
    parser = expat.ParserCreate("utf-8", namespace_separator)
    parser.buffer_text = True
    entities = Entities()
    parser.EntityDeclHandler = entities.declare
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    # as if there were a DTD elsewhere: what is not declared comes to the handler and is no error
    parser.UseForeignDTD(True)

    def named(name: str, is_parameter: bool) -> None:
        if is_parameter:
            raise EntityError(f"nobody declares the entity %{name};")
        text = entities.text(name)
        if parser.CharacterDataHandler is not None:
            parser.CharacterDataHandler(text)

    parser.SkippedEntityHandler = named
    return parser


def events(
    file: BinaryIO,
    name: str,
    parser: expat.XMLParserType,
    held: Callable[[], int] | None = None,
) -> Iterator[None]:
    """Feed a file (of `open_stream`, or bytes at hand) to a parser; yields after each piece, when handlers have run.

    `held`: how many characters the caller holds of a unit that has not ended. Raises Malformed, with
    line and column, for what is not well formed, declares entities that are no short texts or passes a bound.
    """
    buffered = file if isinstance(file, io.BufferedReader) else io.BufferedReader(cast("Any", file))
    stream = utf8_stream(buffered, name)
    fed = 0
    chunk = before = b""
    try:
        while True:
            before, chunk = chunk[-_LONGEST:], stream.read(_CHUNK)
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
        start = parser.ErrorByteIndex - (fed - len(chunk) - len(before))
        raise _malformed(error, (before + chunk)[start : start + _LONGEST], name) from None
    except EntityError as error:
        raise Malformed(
            str(error),
            context=name,
            line=parser.CurrentLineNumber,
            hint="write its text out and remove the <!ENTITY> lines",
        ) from None


def _malformed(error: expat.ExpatError, there: bytes, name: str) -> Malformed:
    """`there`: the bytes at the place of the error."""
    message = expat.errors.messages.get(error.code, str(error))
    place: dict[str, Any] = {"context": name, "line": error.lineno, "column": error.offset + 1}
    if message == expat.errors.XML_ERROR_INVALID_TOKEN and there[:1] > b"\x7f":
        try:
            codecs.getincrementaldecoder("utf-8")().decode(there)
        except UnicodeDecodeError:
            return Malformed(
                f"the byte 0x{there[0]:02x} is not UTF-8, which the file is in by its first line",
                hint="save it as UTF-8, or let its first line declare its encoding",
                **place,
            )
    return Malformed(f"not well-formed XML, {message}", **place)


def _too_long(what: str, name: str, parser: expat.XMLParserType) -> Malformed:
    return Malformed(what, context=name, line=parser.CurrentLineNumber)
