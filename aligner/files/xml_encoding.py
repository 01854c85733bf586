"""XML of any encoding as UTF-8, whole or as a stream, so that every parser reads every file.

XML 1.0, 4.3.3 and appendix F: a byte-order mark decides, else the first bytes show whether letters
take one, two or four bytes (or are EBCDIC), and the declaration names the encoding. What parsers
know of that differs (expat knows four encodings and none of several bytes a letter), so the bytes
are turned into UTF-8 here and the declaration's `encoding` becomes blanks: lines and columns stay.
UTF-8 itself passes untouched.
"""

from __future__ import annotations

import codecs
import io
import re
from typing import TYPE_CHECKING, BinaryIO

from aligner.model import Malformed

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = [
    "declared_encoding",
    "encoding_by_bytes",
    "head_text",
    "is_wide",
    "known_encoding",
    "utf8_stream",
    "utf8_xml",
    "xml_encoding",
]

_HEAD = 1024  # bytes: a declaration is no longer
_LOOK = 20_000  # bytes: the root stands there, whatever comes before it
_BLOCK = 1 << 16
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# how `<` and what follows it look without a mark
_OPENINGS = (
    (re.compile(rb"<\0\0\0"), "utf-32-le"),
    (re.compile(rb"\0\0\0<"), "utf-32-be"),
    (re.compile(rb"<\0[^\0]"), "utf-16-le"),
    (re.compile(rb"\0<"), "utf-16-be"),
)
_EBCDIC = b"\x4c\x6f\xa7\x94"  # <?xm
_DECLARATION = re.compile(r"""(?:\xef\xbb\xbf)?<\?xml\b[^>]*?(\sencoding\s*=\s*["']([^"']*)["'])""")
_ENCODING_NAME = re.compile(r"[A-Za-z][A-Za-z0-9._:()-]*")
_WIDE = re.compile(r"(?:utf|ucs|iso-10646-ucs)[-_]?(?:16|32|2|4)(?:[-_]?[lb]e)?", re.IGNORECASE)
# codecs of Python that no file is in, or that stand for bytes and no letters
_NOT_FOR_FILES = frozenset(
    ("idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined")
)
# what files hold under these names is the larger set (WHATWG Encoding Standard, 4.2)
_LARGER = {
    "shift_jis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "ascii": "utf-8",
}
_ALIASES = {
    "x-sjis": "shift_jis",
    "windows-31j": "cp932",
    "x-gbk": "gbk",
    "ks_c_5601-1987": "cp949",
}


def encoding_by_bytes(head: bytes) -> tuple[str, int]:
    """What the first bytes alone show: the encoding, in Python's name, and the bytes of its mark;
    ("", 0) where letters take one byte and the declaration has the word.
    """
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding, len(mark)
    return next((encoding for opening, encoding in _OPENINGS if opening.match(head)), ""), 0


def declared_encoding(head: bytes) -> str | None:
    """The label in the declaration of a file whose letters take one byte, None for none."""
    codec = "cp037" if head.startswith(_EBCDIC) else "latin-1"
    declaration = _DECLARATION.match(head[:_HEAD].decode(codec))
    return declaration[2].strip() if declaration else None


def is_wide(label: str) -> bool:
    """True for a name of an encoding in which every letter takes two bytes or four."""
    return _WIDE.fullmatch(label) is not None


def known_encoding(label: str) -> str:
    """Python's name for the encoding that a declaration names, "" for one that nobody knows; the
    larger set where files hold more than the name allows.
    """
    if not _ENCODING_NAME.fullmatch(label):
        return ""
    label = label.lower()
    try:
        known = codecs.lookup(_ALIASES.get(label, label))
        "".encode(known.name)  # codecs of bytes are refused here
    except (LookupError, ValueError):
        return ""
    if known.name.replace("_", "-") in _NOT_FOR_FILES:
        return ""
    return _LARGER.get(known.name, known.name)


def xml_encoding(head: bytes, name: str) -> str:
    """The Python name of the encoding of an XML file by its first bytes, "utf-8" where nothing says.

    Raises Malformed for one that nobody knows.
    """
    shown, _ = encoding_by_bytes(head)
    if shown:
        return shown
    label = declared_encoding(head)
    if label is None:
        return "cp037" if head.startswith(_EBCDIC) else "utf-8"
    if is_wide(label):
        return "utf-8"  # the bytes show that it is not so; programs save strings like that
    known = known_encoding(label)
    if not known:
        raise Malformed(
            f"the XML declaration names an encoding that nobody knows: {label!r}",
            context=name,
            line=1,
            hint="save the file as UTF-8",
        )
    return known


def head_text(data: bytes) -> str:
    """The first letters of a file that may be XML, for a look at its root; nothing is refused."""
    head = data[:_LOOK]
    try:
        encoding = xml_encoding(head, "")
    except Malformed:  # said by whoever reads the file
        encoding = "latin-1"
    return head.decode(encoding, errors="replace").removeprefix("\ufeff")


def utf8_xml(data: bytes, name: str) -> bytes:
    """An XML file as UTF-8 without a mark; itself where it is that already.

    Raises Malformed, with the line, where the bytes are not what their declaration says.
    """
    encoding = xml_encoding(data[:_HEAD], name)
    if encoding == "utf-8":
        data = data.removeprefix(codecs.BOM_UTF8)
        return _undeclared(data) if _DECLARATION.match(data[:_HEAD].decode("latin-1")) else data
    return _Decoder(encoding, name).feed(data, final=True)


def utf8_stream(file: io.BufferedReader, name: str) -> BinaryIO:
    """The same for a stream; reads raise Malformed. Nothing is read yet but the first bytes."""
    head = file.peek(_HEAD)[:_HEAD]
    encoding = xml_encoding(head, name)
    if encoding == "utf-8" and not _DECLARATION.match(head.decode("latin-1")):
        return file
    return io.BufferedReader(_Recoded(file, _Decoder(encoding, name)), _BLOCK)


def _undeclared(data: bytes) -> bytes:
    """UTF-8 bytes whose declaration names no encoding any more, of the same length."""
    encoding = _DECLARATION.match(data[:_HEAD].decode("latin-1"))
    if encoding is None:
        return data
    start, end = encoding.span(1)
    return data[:start] + b" " * (end - start) + data[end:]


class _Decoder:
    """Pieces of a file -> UTF-8. UTF-8 passes as it is: its parser says what is wrong with it."""

    def __init__(self, encoding: str, name: str) -> None:
        self._encoding, self._name = encoding, name
        self._decode = None if encoding == "utf-8" else codecs.getincrementaldecoder(encoding)()
        self._first = True
        self._line = 1

    def feed(self, piece: bytes, *, final: bool) -> bytes:
        made = piece
        if self._decode is not None:
            try:
                made = self._decode.decode(piece, final).encode("utf-8")
            except UnicodeError as error:
                before = piece[: getattr(error, "start", 0)]
                raise Malformed(
                    f"the bytes are not {self._encoding}, as which the file declares them",
                    context=self._name,
                    line=self._line + before.count(b"\n"),
                    hint="save the file as UTF-8",
                ) from None
            self._line += made.count(b"\n")
        if self._first and made:
            self._first = False
            made = _undeclared(made.removeprefix(codecs.BOM_UTF8))
        return made


class _Recoded(io.RawIOBase):
    """A stream that is decoded and written as UTF-8 while it is read."""

    def __init__(self, file: io.BufferedReader, decoder: _Decoder) -> None:
        super().__init__()
        self._file, self._decoder = file, decoder
        self._waiting = memoryview(b"")
        self._done = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        while not self._waiting and not self._done:
            piece = self._file.read(_BLOCK)
            self._done = not piece
            self._waiting = memoryview(self._decoder.feed(piece, final=self._done))
        count = min(len(view), len(self._waiting))
        view[:count] = self._waiting[:count]
        self._waiting = self._waiting[count:]
        return count
