"""Lines of a text file of any size, under the rules of `decoding`.

A small file is decoded whole. Of a large one only a piece is in memory at a time: its byte-order
mark, the user's word, or a first pass over its bytes says that it is UTF-8; one of another encoding
is read whole, for guessing needs all of it.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from itertools import chain
from typing import BinaryIO

from aligner.model import Malformed, UsageError
from aligner.text.decoding import decode

__all__ = ["text_lines"]

_PIECE = 1 << 20
_LONGEST = 1 << 26  # characters of a line; more is no line of a text
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def text_lines(file: BinaryIO, name: str, encoding: str | None = None) -> Iterator[str]:
    r"""The lines, each with the "\n" that ends it; `encoding` is the user's word.

    Raises as `decode`, and Malformed for a line that never ends, while lines are taken.
    """
    head = file.read(_PIECE)
    codec = _codec(file, head, encoding) if len(head) == _PIECE else ""
    if not codec:
        text = decode(head + file.read(), name, encoding=encoding)
        yield from io.StringIO(text, newline="\n")
        return
    rest = ""
    for text in _decoded(chain([head], iter(lambda: file.read(_PIECE), b"")), codec, name):
        first, end, more = text.partition("\n")
        if not end:
            rest += first
            if len(rest) > _LONGEST:
                raise Malformed(f"a line of more than {_LONGEST:,} characters", context=name)
            continue
        *lines, rest_of_piece = more.split("\n")
        yield f"{rest}{first}\n"
        for line in lines:
            yield f"{line}\n"
        rest = rest_of_piece
    if rest:
        yield rest


def _codec(file: BinaryIO, head: bytes, encoding: str | None) -> str:
    """The encoding in which a large file can be read piece by piece, "" where it cannot."""
    for mark, codec in _MARKS:
        if head.startswith(mark):
            return codec
    if encoding is not None:
        try:
            name = codecs.lookup(encoding).name
        except LookupError:
            return ""  # decode says so
        return "" if name.startswith(("utf-16", "utf-32")) else name
    if b"\0" in head:
        return ""
    return "utf-8" if not file.seekable() or _is_utf8(file, head) else ""


def _is_utf8(file: BinaryIO, head: bytes) -> bool:
    """One pass over the bytes, then the file stands behind its head again."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(head)
        while piece := file.read(_PIECE):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    finally:
        file.seek(len(head))
    return True


def _decoded(pieces: Iterator[bytes], codec: str, name: str) -> Iterator[str]:
    try:
        decoder = codecs.getincrementaldecoder(codec)()
    except LookupError:
        raise UsageError(f"{codec} cannot be read piece by piece", context=name) from None
    lines = io.IncrementalNewlineDecoder(decoder, translate=True)
    done = 0
    first = True
    for piece in chain(pieces, [b""]):
        try:
            text = lines.decode(piece, final=not piece)
        except UnicodeDecodeError as error:
            # the decoder holds the bytes of a character that the piece before began
            place = done - (len(error.object) - len(piece)) + error.start
            raise Malformed(
                f"byte {place} (0x{error.object[error.start]:02x}) cannot be read as {codec}",
                context=name,
                hint="name the encoding with --encoding",
            ) from None
        done += len(piece)
        yield text.removeprefix("\ufeff") if first else text
        first = False
