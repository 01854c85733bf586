r"""Rich Text Format as a stream of tokens; no meaning here but bytes, characters and groups.

Standard: RTF Specification 1.9.1. `\binN` data are skipped, `\uN` replaces the `\ucN` characters
that follow it, bytes are decoded by the character set of the font in use.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["CHARSETS", "RtfToken", "decoded", "rtf_tokens"]

# \fcharset numbers to Python's code pages
CHARSETS = {
    0: "cp1252",
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "gb18030",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
}
_TOKEN = re.compile(
    rb"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?[0-9]{1,9})? ?"
    rb"|\\'(?P<hex>[0-9A-Fa-f]{2})"
    rb"|\\(?P<sign>[^A-Za-z])"
    rb"|(?P<open>\{)|(?P<close>\})"
    rb"|(?P<line>[\r\n]+)"
    rb"|(?P<text>[^\\{}\r\n]+)"
    rb"|(?P<stray>\\)"
)


@dataclass(frozen=True, slots=True)
class RtfToken:
    """`kind`: word (name, number), byte (data), text (data), sign (name), open, close."""

    kind: str
    name: str = ""
    number: int | None = None
    data: bytes = b""


def rtf_tokens(data: bytes) -> Iterator[RtfToken]:
    """The tokens of a file in order; line ends of the file mean nothing."""
    at = 0
    while at < len(data):
        match = _TOKEN.match(data, at)
        if match is None:  # nothing: every byte starts some token
            return
        at = match.end()
        kind = match.lastgroup or ""
        if match["word"]:
            number = int(match["number"]) if match["number"] else None
            name = match["word"].decode("ascii")
            if name == "bin":
                at += max(number or 0, 0)
                continue
            yield RtfToken("word", name, number)
        elif kind == "hex":
            yield RtfToken("byte", data=bytes([int(match["hex"], 16)]))
        elif kind == "sign":
            yield RtfToken("sign", match["sign"].decode("latin-1"))
        elif kind == "text":
            yield RtfToken("text", data=match["text"])
        elif kind in ("open", "close"):
            yield RtfToken(kind)


def decoded(data: bytes, encoding: str) -> str:
    """`data` in a code page; what does not fit becomes U+FFFD."""
    try:
        return data.decode(encoding, errors="replace")
    except LookupError:
        return data.decode("cp1252", errors="replace")
