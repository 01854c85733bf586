"""Bytes to text: which encoding, and what to say of a file that is not text.

Order: byte-order mark, strict UTF-8, UTF-8 with a little damage, the encoding that the file
declares, a guess (`aligner.text.guessing`). An encoding that the user names wins over all.

A caller who gives a list of notices gets damaged text as browsers show it: bytes that do not fit
become U+FFFD, and a notice names them and their lines. Without the list they are an error.
"""

from __future__ import annotations

import codecs
import re
import sys

from aligner.model import Malformed, ReadError, UsageError
from aligner.text.guessing import EAST_ASIAN, guess

__all__ = ["decode", "is_zip"]

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"{\\rtf", "a rich text (RTF) file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word or Office file"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"RIFF", "an image, sound or video file"),
    (b"\x1f\x8b\x08", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x7fELF", "a program"),
)
_ZIPS = (
    (b"word/", "a Word document"),
    (b"application/epub+zip", "an EPUB book"),
    (b"opendocument.text", "an OpenDocument text"),
    (b"xl/", "an Excel workbook"),
)
_SAVE = "save or export its text as .txt, .md or .html first"
_NAME_IT = "name the encoding with --encoding"
_SAMPLE = 200_000
_ASCII_MAGIC = 64  # "BZh" and "RIFF" are letters too: only a file with other bytes near is binary
_SHOWN = 5  # bytes that a notice names
# shares of UTF-8: from which on the rest is damage, and from which on it is a second encoding
_NEARLY, _MIXED = 2 / 3, 1 / 3
_MOST = 0.005  # share of bytes that may be damaged
_FEW = 2  # as many are, however short the text
_SMALL = 100  # bytes below which a zero byte makes a file binary
_WIDE = re.compile(r"u(?:tf)?[-_ ]?(?:16|32)", re.IGNORECASE)


def is_zip(data: bytes) -> bool:
    """True where the bytes open as a zip package does: no text, whatever its suffix."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def decode(
    data: bytes,
    name: str,
    *,
    encoding: str | None = None,
    declared: str = "",
    notices: list[str] | None = None,
) -> str:
    r"""The text of `data`; line ends become "\\n", a byte-order mark goes.

    `name` is for messages; `encoding` is the user's word, `declared` the file's own. A few bytes
    that do not fit, zero bytes too, become U+FFFD where `notices` takes the sentence about them;
    it takes one as well where the encoding is not sure.

    Raises ReadError for an empty or a binary file, UsageError for an encoding that does not exist
    and Malformed, naming the first bad byte (counted from 0), where the bytes do not fit.
    """
    if not data.strip():
        raise ReadError("the file is empty", context=name, hint="give a file that holds text")
    if encoding is not None:
        text = _strictly(data, name, encoding, notices)
    else:
        text = _unnamed(data, name, declared, notices)
    return _one_line_end(text.removeprefix("\ufeff"))


def _one_line_end(text: str) -> str:
    """Every line end as one character, also those that were translated twice (CR CR LF)."""
    if "\r" not in text:
        return text
    if 2 * text.count("\r\r\n") > text.count("\n"):
        text = text.replace("\r\r\n", "\n")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _unnamed(data: bytes, name: str, declared: str, notices: list[str] | None) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data, name, encoding, notices)
    _refuse_binary(data, name)
    if b"\0" in data:
        data = _without_zeros(data, name, notices)
        if b"\0" in data:
            return _strictly(data, name, _utf16_or_binary(data, name), notices)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        bad = error.start
    share = _share_of_utf8(data)
    if share > _NEARLY:
        text = _damaged(data, name, "utf-8", notices)
    else:
        text = _as_declared(data, name, declared, notices)
        if text is None:
            text = _as_guessed(data, name, notices, mixed=share > _MIXED)
    if text is not None:
        return text
    raise Malformed(
        f"byte {bad} (0x{data[bad]:02x}) does not fit UTF-8, and no other encoding is sure",
        context=name,
        hint=_NAME_IT,
    )


def _as_declared(data: bytes, name: str, declared: str, notices: list[str] | None) -> str | None:
    label = declared.strip().lower()
    if label in ("iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii"):
        label = "cp1252"  # WHATWG Encoding Standard: these labels mean windows-1252
    elif label in ("gb2312", "gbk"):
        label = "gb18030"
    try:
        return data.decode(label) if label else None
    except UnicodeDecodeError:
        utf8 = codecs.lookup(label).name == "utf-8"  # declared, and surely not so
        return None if utf8 else _damaged(data, name, label, notices)
    except (LookupError, ValueError):
        return None


def _as_guessed(data: bytes, name: str, notices: list[str] | None, *, mixed: bool) -> str | None:
    """The text in an encoding that is guessed; `mixed`: much of it is UTF-8, which letters of two
    bytes may look like, and others do not.
    """
    sure, guessed = guess(data)
    if not guessed or (mixed and guessed not in EAST_ASIAN):
        return None
    if notices is not None and not sure:
        notices.append(f"{name}: read as {guessed}, which is a guess; --encoding names it")
    return data.decode(guessed)


def _damaged(data: bytes, name: str, encoding: str, notices: list[str] | None) -> str | None:
    """The text with U+FFFD for what does not fit, None where that is more than a little."""
    if notices is None:
        return None
    text = data.decode(encoding, errors="replace")
    places: list[tuple[int, bytes]] = []
    decoder = codecs.getincrementaldecoder(_one_order(data, encoding))
    at = 0
    while len(places) < _SHOWN and at < len(data):
        try:
            decoder().decode(data[at:], final=True)
            break
        except UnicodeDecodeError as error:
            places.append((at + error.start, data[at + error.start : at + error.end]))
            at += error.end
    count = max(text.count("\ufffd") - data.count("\ufffd".encode()), len(places))
    if count > max(_MOST * len(data), _FEW):
        return None
    notices.append(_told(data, name, f"not {encoding}", places, count))
    return text


def _one_order(data: bytes, encoding: str) -> str:
    """UTF-16 and UTF-32 as the order of bytes that they have in `data`: behind the first bad bytes
    there is no mark that would say it.
    """
    wide = codecs.lookup(encoding).name
    if wide not in ("utf-16", "utf-32"):
        return encoding
    mark = codecs.BOM_UTF16_BE if wide == "utf-16" else codecs.BOM_UTF32_BE
    order = "be" if data.startswith(mark) else "le"
    if sys.byteorder == "big" and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF32_LE)):
        order = "be"  # without a mark Python takes the order of the machine
    return f"{wide}-{order}"


def _told(data: bytes, name: str, what: str, places: list[tuple[int, bytes]], count: int) -> str:
    lines = [data.count(b"\n", 0, at) + 1 for at, _ in places]
    shown = ", ".join(
        f"{' '.join(f'0x{byte:02x}' for byte in part)} in line {line} (byte {at})"
        for (at, part), line in zip(places, lines, strict=True)
    )
    more = f" and {count - len(places)} more" if count > len(places) else ""
    some = f"1 byte is {what}" if count == 1 else f"{count} bytes are {what}"
    return f"{name}: {some}, read as U+FFFD: {shown}{more}"


def _without_zeros(data: bytes, name: str, notices: list[str] | None) -> bytes:
    """The data with a few stray zero bytes as U+FFFD in UTF-8; as it is where they are many."""
    count = data.count(0)
    controls = sum(data.count(byte) for byte in range(1, 9))
    if notices is None or count > max(_MOST * len(data), _FEW) or controls or len(data) < _SMALL:
        return data
    places: list[tuple[int, bytes]] = []
    at = data.find(0)
    while at >= 0 and len(places) < _SHOWN:
        places.append((at, b"\0"))
        at = data.find(0, at + 1)
    notices.append(_told(data, name, "zero", places, count))
    return data.replace(b"\0", "\ufffd".encode())


def _strictly(data: bytes, name: str, encoding: str, notices: list[str] | None) -> str:
    if _WIDE.match(encoding) and b"\0" not in data and _is_utf8(data):
        # UTF-8 in pairs of bytes is always something: letters of many scripts
        raise Malformed(f"this is UTF-8, not {encoding}", context=name, hint=_NAME_IT)
    try:
        return data.decode(encoding)
    except LookupError:
        raise UsageError(
            f"there is no text encoding {encoding!r}", hint="try utf-8, cp1252 or gb18030"
        ) from None
    except UnicodeDecodeError as error:
        text = _damaged(data, name, encoding, notices)
        if text is not None:
            return text
        raise Malformed(
            f"byte {error.start} (0x{data[error.start]:02x}) cannot be read as {encoding}",
            context=name,
            hint=_NAME_IT,
        ) from None
    except ValueError as error:
        raise Malformed(
            f"the bytes from byte 0 on cannot be read as {encoding} ({error})",
            context=name,
            hint=_NAME_IT,
        ) from None


def _is_utf8(data: bytes) -> bool:
    try:
        return bool(data.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _refuse_binary(data: bytes, name: str) -> None:
    what = next((kind for magic, kind in _MAGIC if data.startswith(magic)), "")
    if data.startswith((b"RIFF", b"BZh")) and data[:_ASCII_MAGIC].isascii():
        what = what if b"\0" in data[:_ASCII_MAGIC] else ""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        what = next((kind for part, kind in _ZIPS if part in data), "a zip archive")
    if what:
        raise ReadError(f"this is {what}, not a text file", context=name, hint=_SAVE)


def _utf16_or_binary(data: bytes, name: str) -> str:
    """UTF-16 without a mark: in most scripts the zeros stand on one side of each pair."""
    head = data[:_SAMPLE]
    pairs = len(head) // 2
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        even = len(data) % 2 == 0
        if even and zeros.count(0) > 0.4 * pairs and head.count(0) == zeros.count(0):
            return encoding
    raise ReadError(
        f"this is a binary file (byte {data.index(0)} is zero), not text", context=name, hint=_SAVE
    )


def _share_of_utf8(data: bytes) -> float:
    """Share of what is not ASCII that is UTF-8, 0-1; measured: at most .22 in long texts of others."""
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    good = sum(1 for character in text if character > "\x7f") - bad
    return good / (good + bad)
