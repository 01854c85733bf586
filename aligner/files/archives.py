r"""Files inside files, bounded: zip packages (docx, odt, epub, archives) and gzip.

A member is read only by its exact name and never written to disk, so that its path cannot lead
anywhere; names that try (`../x`, `/x`, `C:\x`) are refused all the same. What a member unpacks to
is counted while it is unpacked, since its header may lie.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePath
from typing import BinaryIO

from aligner.files.streams import BROKEN_ZIP, MAX_UNPACKED, Budget, gzip_stream, member_stream
from aligner.model import Malformed, ReadError

__all__ = ["MAX_UNPACKED", "Package", "document_kind", "gunzip", "is_old_word", "is_ole"]

MAX_MEMBERS = 50_000
_TRICKS = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:|\0")


_MIMETYPES = (
    ("application/epub+zip", "epub"),
    ("application/vnd.oasis.opendocument.text", "odt"),
    ("application/vnd.oasis.opendocument.", "opendocument"),
)
_MARKS = (
    (re.compile(r"xl/workbook\.xml"), "xlsx"),
    (re.compile(r"word/.*\.xml"), "docx"),
    (re.compile(r"ppt/presentation\.xml"), "pptx"),
    (re.compile(r"META-INF/container\.xml|.*\.opf", re.IGNORECASE), "epub"),
)
_SUFFIXES = {
    ".epub": "epub",
    ".odt": "odt",
    ".ott": "odt",
    ".docx": "docx",
    ".docm": "docx",
    ".dotx": "docx",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORD_STREAM = re.compile(re.escape("WordDocument".encode("utf-16-le")), re.IGNORECASE)
_SYSTEM = re.compile(r"__MACOSX/|(?:.*/)?(?:\.DS_Store|Thumbs\.db|desktop\.ini)$")


class Package:
    """The members of a zip file, read one by one under one budget: `limit` bytes of all together.
    `members`: how many there may be.

    Raises Malformed for a damaged package.
    """

    def __init__(
        self,
        data: bytes | BinaryIO,
        name: str,
        limit: int = MAX_UNPACKED,
        members: int = MAX_MEMBERS,
    ) -> None:
        self.name = name
        self._budget = Budget(limit)
        self._file: BinaryIO = io.BytesIO(data) if isinstance(data, bytes) else data
        try:
            self._zip = zipfile.ZipFile(self._file)
            names = self._zip.namelist()
        except BROKEN_ZIP as error:
            raise Malformed(f"a damaged zip package ({error})", context=name) from None
        if len(names) > members:
            raise Malformed(f"a zip package of {len(names)} files", context=name)
        self.names = tuple(member for member in names if not member.endswith("/"))
        self._known = frozenset(self.names)
        self.root = ""

    @classmethod
    def of_document(cls, data: bytes | BinaryIO, name: str) -> Package:
        """The package of a document; where somebody packed its folder anew, from inside that folder."""
        package = cls(data, name)
        own = [member for member in package.names if not _SYSTEM.match(member)]
        tops = {member.partition("/")[0] for member in own}
        if len(tops) == 1 and all("/" in member for member in own):
            root = f"{tops.pop()}/"
            inside = tuple(member.removeprefix(root) for member in own)
            if _kind_of(inside) or "mimetype" in inside:
                package.root, package.names, package._known = root, inside, frozenset(inside)
        return package

    def __contains__(self, member: str) -> bool:
        return member in self._known

    def get(self, member: str) -> bytes:
        """The bytes of a member, b"" where there is none of this name."""
        return self.read(member) if member in self._known else b""

    def read(self, member: str) -> bytes:
        """The bytes of a member. Raises what `open` and its reads raise."""
        with self.open(member) as stream:
            return stream.read()

    def open(self, member: str) -> io.BufferedReader:
        """A member as a stream.

        Raises ReadError where there is none or its path leads out of the package, Malformed where
        it is locked or damaged; its reads raise Malformed where it is a bomb.
        """
        where = f"{self.name}:{member}"
        if _TRICKS.search(member):
            raise ReadError("the path of this member leads out of the archive", context=where)
        if member not in self._known:
            shown = ", ".join(self.names[:5]) + (" ..." if len(self.names) > 5 else "")
            raise ReadError("there is no such file in the archive", context=where, hint=shown)
        info = self._zip.getinfo(self.root + member)
        if info.flag_bits & 1:
            raise Malformed("locked with a password", context=where)
        return member_stream(self._zip, info, self._file, where, self._budget)


def document_kind(data: bytes | BinaryIO, name: str) -> str:
    """What document a zip package is: docx, xlsx, pptx, epub, odt, opendocument (another of that
    family), by its `mimetype` however it is packed, by its parts, by the suffix of `name`; "" for
    none. Raises Malformed for a damaged package.
    """
    suffix = _SUFFIXES.get(PurePath(name).suffix.lower(), "")
    try:
        package = Package.of_document(data, name)
        mimetype = package.get("mimetype")[:100].decode("ascii", "replace").strip("\ufeff \r\n\t")
    except Malformed:
        if suffix:
            return suffix
        raise
    for start, kind in _MIMETYPES:
        if mimetype.startswith(start):
            return kind
    kind = _kind_of(package.names) or suffix
    if not kind and "content.xml" in package and b"opendocument" in package.read("content.xml"):
        return "odt"
    return kind


def _kind_of(names: tuple[str, ...]) -> str:
    """What the names of the parts say, "" for nothing."""
    for mark, kind in _MARKS:
        if any(map(mark.fullmatch, names)):
            return kind
    return "odt" if {"content.xml", "META-INF/manifest.xml"} <= set(names) else ""


def is_ole(data: bytes) -> bool:
    """True for a container of Office before 2007 (MS-CFB)."""
    return data.startswith(_OLE)


def is_old_word(data: bytes) -> bool:
    """True for such a container that holds a Word document: its directory names the stream."""
    return is_ole(data) and _WORD_STREAM.search(data) is not None


def gunzip(data: bytes, name: str) -> bytes:
    """The bytes that a gzip file holds. Raises Malformed where it is damaged or a bomb."""
    return gzip_stream(io.BytesIO(data), name, MAX_UNPACKED).read()
