"""Bytes to text: which encoding, and what to say of a file that is not text.

Order: byte-order mark, strict UTF-8, the encoding that the file declares, cp1252 where the result
looks Western, charset-normalizer's guess. An encoding that the user names wins over all. cp1252
goes before the guess because charset-normalizer took Spanish in cp1252 for cp1250.
"""

from __future__ import annotations

import codecs
import re

from aligner.model import Malformed, ReadError, UsageError

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
_WESTERN = frozenset(
    "áéíóúüñçàèìòùâêîôûäëïößåøæœãõýÿšžðþ"
    "ÁÉÍÓÚÜÑÇÀÈÌÒÙÂÊÎÔÛÄËÏÖÅØÆŒÃÕÝŠŽ"
    "¿¡«»“”‘’„‚–—…ºª°·€£©®§\u00a0‹›•"
)
_INSIDE_WORD = re.compile(r"[^\W\d_][¿¡¹²³ºª£¥§°«»®©]+[^\W\d_]")


_WIDE = re.compile(r"u(?:tf)?[-_ ]?(?:16|32)", re.IGNORECASE)


def is_zip(data: bytes) -> bool:
    """True where the bytes open as a zip package does: no text, whatever its suffix."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def decode(data: bytes, name: str, *, encoding: str | None = None, declared: str = "") -> str:
    r"""The text of `data`; line ends become "\\n", a byte-order mark goes.

    `name` is for messages; `encoding` is the user's word, `declared` the file's own. Raises
    ReadError for an empty or a binary file, UsageError for an encoding that does not exist and
    Malformed, naming the first bad byte (counted from 0), where the bytes do not fit.
    """
    if not data.strip():
        raise ReadError("the file is empty", context=name, hint="give a file that holds text")
    text = _strictly(data, name, encoding) if encoding is not None else _guess(data, name, declared)
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _guess(data: bytes, name: str, declared: str) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data, name, encoding)
    _refuse_binary(data, name)
    if b"\0" in data[:_SAMPLE]:
        return _utf16_or_binary(data, name)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        bad = error.start
    if not _nearly_utf8(data):
        candidates = (_as_declared(data, declared), _as_western(data), _as_detected(data))
        for text in candidates:
            if text is not None:
                return text
    raise Malformed(
        f"byte {bad} (0x{data[bad]:02x}) does not fit UTF-8, and no other encoding is sure",
        context=name,
        hint=_NAME_IT,
    )


def _strictly(data: bytes, name: str, encoding: str) -> str:
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
            return _strictly(data, name, encoding)
    raise ReadError(
        f"this is a binary file (byte {data.index(0)} is zero), not text", context=name, hint=_SAVE
    )


def _nearly_utf8(data: bytes) -> bool:
    """True for UTF-8 with a little damage: another encoding would garble all the rest of it."""
    text = data.decode("utf-8", errors="replace")
    bad = text.count("\ufffd")
    good = sum(1 for character in text if character > "\x7f") - bad
    return good > 2 * bad


def _as_declared(data: bytes, declared: str) -> str | None:
    if not declared:
        return None
    label = declared.strip().lower()
    if label in ("iso-8859-1", "latin-1", "latin1", "ascii", "us-ascii"):
        label = "cp1252"  # WHATWG Encoding Standard: these labels mean windows-1252
    elif label in ("gb2312", "gbk"):
        label = "gb18030"
    try:
        return data.decode(label)
    except (LookupError, ValueError):
        return None


def _as_western(data: bytes) -> str | None:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    foreign = [character for character in text if character > "\x7f"]
    letters = sum(1 for character in text if character.isalpha())
    accented = sum(1 for character in foreign if character.isalpha())
    fitting = sum(1 for character in foreign if character in _WESTERN)
    if fitting < 0.95 * len(foreign) or accented > 0.3 * letters + 2:
        return None
    return None if len(_INSIDE_WORD.findall(text)) > 0.02 * len(foreign) else text


def _as_detected(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        return None
    try:
        return data.decode(best.encoding)
    except (LookupError, ValueError):
        return None
