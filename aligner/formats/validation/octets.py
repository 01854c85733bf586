"""The bytes of an XML file as clean UTF-8, with a finding for each byte and character that is none.

XML 1.0, 4.3.3: a file is UTF-8 unless a byte order mark or its declaration says otherwise. What XML
forbids, and bytes that the encoding does not have, are reported and replaced, so that the rest of
the file is checked all the same.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from aligner.files.xml_encoding import (
    declared_encoding,
    encoding_by_bytes,
    is_wide,
    known_encoding,
)

__all__ = ["Report", "clean_blocks"]

# code, line, column, reason, advice
Report = Callable[[str, int, int, str, str], None]

_BLOCK = 1 << 16
_LONGEST_REFERENCE = 24
# production 2 of XML 1.0 turned round, and references to what it excludes
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]"
    "|&#(?:0*(?:[0-8]|1[124-9]|2[0-9]|3[01])|[xX]0*(?:[0-8bceBCEfF]|1[0-9a-fA-F]|[dD][89a-fA-F]"
    "[0-9a-fA-F]{2}|[fF]{3}[eEfF]));"
)
_END_OF_LINE = re.compile(r"\r\n?|\n")


class _Place:
    """Line and column of the text that has been given out, both 1-based."""

    def __init__(self) -> None:
        self.line = 1
        self.column = 1

    def after(self, text: str) -> None:
        """Go on over `text`, which does not cut a line end in two."""
        ends = list(_END_OF_LINE.finditer(text))
        self.line += len(ends)
        self.column = len(text) - ends[-1].end() + 1 if ends else self.column + len(text)


def clean_blocks(stream: BinaryIO, report: Report) -> Iterator[bytes]:
    """UTF-8 without what XML forbids; no character reference and no line end is cut in two."""
    head = stream.read(_BLOCK)
    encoding, skipped = _encoding(head, report)
    codec = known_encoding(encoding)
    if not codec:
        reason = f"the declaration names the encoding {encoding!r}, which nobody knows"
        report("X001", 1, 1, reason, "save the file as UTF-8; nothing after it is checked")
        return
    decoder = codecs.getincrementaldecoder(codec)("surrogateescape")
    place = _Place()
    kept = ""
    block = head[skipped:]
    while block:
        following = stream.read(_BLOCK)
        try:
            text = kept + decoder.decode(block, final=not following)
        except UnicodeDecodeError as error:
            # what cannot be escaped byte by byte: the other half of a character of two bytes
            reason = f"the bytes from here on are not {_shown(encoding)} ({error.reason})"
            report("X006", place.line, place.column, reason, _REPAIR)
            return
        cut = len(text) if not following else _safe_end(text)
        kept, text = text[cut:], text[:cut]
        for piece in _clean(text, place, encoding, report):
            yield piece.encode()
        block = following


_REPAIR = "save the file as UTF-8, or name its encoding in the first line"


def _encoding(head: bytes, report: Report) -> tuple[str, int]:
    """(encoding, bytes of a mark that its codec does not take off itself): what the bytes show counts,
    then what is said.
    """
    real, mark = encoding_by_bytes(head)
    wide = real not in ("", "utf-8")
    mark = 0 if wide else mark
    letters = head[mark:]
    if wide:
        letters = head.decode(real, "ignore").removeprefix("\ufeff").encode("latin-1", "replace")
    name = (declared_encoding(letters) or "").lower()
    if name and wide != is_wide(name):
        here = _shown(real or "utf-8")
        reason = f"the declaration names the encoding {name!r}, but the file is {here}"
        report("X004", 1, 1, reason, f'write encoding="{here}"')
        return real or "utf-8", mark
    return real or name or "utf-8", mark


def _safe_end(text: str) -> int:
    """Where the text may be cut."""
    cut = text.rfind("&", -_LONGEST_REFERENCE)
    if cut < 0:
        cut = len(text)
    return cut - 1 if text[cut - 1 : cut] == "\r" else cut


def _clean(text: str, place: _Place, encoding: str, report: Report) -> Iterator[str]:
    """The text in pieces; what comes before a finding has been given out when it is made."""
    cursor = 0
    for bad in _FORBIDDEN.finditer(text):
        before = text[cursor : bad.start()]
        cursor = bad.end()
        place.after(before)
        yield before
        _tell(bad[0], place, encoding, report)
        place.column += len(bad[0])
        yield "\ufffd"
    rest = text[cursor:]
    place.after(rest)
    yield rest


def _tell(bad: str, place: _Place, encoding: str, report: Report) -> None:
    if len(bad) == 1 and "\udc80" <= bad <= "\udcff":
        byte = ord(bad) - 0xDC00
        western = bytes([byte]).decode("cp1252", "replace")
        reason = f"the byte 0x{byte:02X} at column {place.column} is not {_shown(encoding)}"
        if western != "\ufffd":
            reason += f"; in windows-1252 it is {western!r}"
        report("X006", place.line, place.column, reason, _REPAIR)
        return
    reason = f"the character U+{_number(bad):04X}, which XML forbids"
    advice = "remove it; no tool loads a file that holds it"
    report("X002", place.line, place.column, reason, advice)


def _number(bad: str) -> int:
    """The code point of a character or of a reference to one."""
    if not bad.startswith("&"):
        return ord(bad)
    digits = bad[2:-1]
    return int(digits[1:], 16) if digits[:1] in ("x", "X") else int(digits)


def _shown(encoding: str) -> str:
    return "UTF-16" if encoding.startswith("utf-16") else encoding.upper()
