"""The characters of a file and its bytes: the encoding that gives the same bytes again."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

__all__ = ["Written"]

_BOMS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(rb"(?:encoding|charset)\s*=\s*[\"']?\s*([\w.:-]{1,40})")
_HEAD = 4096


@dataclass(frozen=True, slots=True)
class Written:
    """`raw`: the text, its byte order mark and line ends with it. `markup`: what its encoding has not
    is written as references.
    """

    raw: str
    encoding: str
    markup: bool = False

    @classmethod
    def of(cls, data: bytes, *, text: str | None = None, markup: bool = False) -> Written | None:
        """The file as it is written; None where no encoding gives its bytes again, or `text`, which is
        what its reader made of it.
        """
        for encoding in _encodings(data):
            try:
                raw = data.decode(encoding)
                same = raw.encode(encoding) == data
            except (UnicodeError, LookupError):
                continue
            if same and (text is None or _even(raw) == text):
                return cls(raw, encoding, markup)
        return None

    def escaped(self, text: str) -> str:
        """A text as it is written in a markup language."""
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    def encoded(self, text: str) -> tuple[bytes, str]:
        """A changed text in the encoding of the file, which comes with it: plain text that has other
        characters is UTF-8.
        """
        if self.markup:
            return text.encode(self.encoding, "xmlcharrefreplace"), self.encoding
        try:
            return text.encode(self.encoding), self.encoding
        except UnicodeEncodeError:
            return text.encode("utf-8"), "utf-8"


def _encodings(data: bytes) -> list[str]:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return [encoding]
    declared = _DECLARED.search(data[:_HEAD])
    named = [declared[1].decode("ascii")] if declared else []
    # a page that says iso-8859-1 is read as cp1252, as browsers do
    return [*named, "utf-8", "cp1252", "latin-1", "cp1251", "gb18030", "cp1250", "cp1253", "cp1254"]


def _even(raw: str) -> str:
    return raw.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
