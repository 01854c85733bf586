r"""Files inside files, bounded: zip packages (docx, odt, epub, archives) and gzip.

A member is read only by its exact name and never written to disk, so that its path cannot lead
anywhere; names that try (`../x`, `/x`, `C:\x`) are refused all the same. What a member unpacks to
is counted while it is unpacked, since its header may lie.
"""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib

from aligner.model import Malformed, ReadError

__all__ = ["MAX_UNPACKED", "Package", "gunzip"]

MAX_UNPACKED = 256_000_000  # bytes of all members together
MAX_RATIO = 250  # unpacked to packed, beyond the first megabyte; text packs 3 to 20 times
MAX_MEMBERS = 50_000
_FREE = 1_000_000
_CHUNK = 1 << 16
_TRICKS = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:|\0")
_BROKEN = (
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    struct.error,
    IndexError,
    KeyError,
)


def _bomb(name: str) -> Malformed:
    return Malformed(
        f"unpacks to more than {MAX_RATIO} times its size or {MAX_UNPACKED // 1_000_000} MB",
        context=name,
        hint="unpack it yourself if you trust it, and give the file inside",
    )


class Package:
    """The members of a zip file, read one by one under one budget.

    Raises Malformed for a damaged package.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._left = MAX_UNPACKED
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            members = self._zip.namelist()
        except _BROKEN as error:
            raise Malformed(f"a damaged zip package ({error})", context=name) from None
        if len(members) > MAX_MEMBERS:
            raise Malformed(f"a zip package of {len(members)} files", context=name)
        self.names = tuple(member for member in members if not member.endswith("/"))
        self._known = frozenset(self.names)

    def __contains__(self, member: str) -> bool:
        return member in self._known

    def get(self, member: str) -> bytes:
        """The bytes of a member, b"" where there is none of this name."""
        return self.read(member) if member in self._known else b""

    def read(self, member: str) -> bytes:
        """The bytes of a member.

        Raises ReadError where there is none or its path leads out of the package, Malformed where
        it is damaged, locked or a bomb.
        """
        where = f"{self.name}:{member}"
        if _TRICKS.search(member):
            raise ReadError("the path of this member leads out of the archive", context=where)
        if member not in self._known:
            shown = ", ".join(self.names[:5]) + (" ..." if len(self.names) > 5 else "")
            raise ReadError("there is no such file in the archive", context=where, hint=shown)
        try:
            info = self._zip.getinfo(member)
            if info.flag_bits & 1:
                raise Malformed("locked with a password", context=where)
            limit = min(self._left, max(_FREE, MAX_RATIO * info.compress_size))
            with self._zip.open(info) as stream:
                data = stream.read(limit + 1)
        except _BROKEN as error:
            raise Malformed(f"cannot be unpacked ({error})", context=where) from None
        if len(data) > limit:
            raise _bomb(where)
        self._left -= len(data)
        return data


def gunzip(data: bytes, name: str) -> bytes:
    """The bytes that a gzip file holds. Raises Malformed where it is damaged or a bomb."""
    limit = min(MAX_UNPACKED, max(_FREE, MAX_RATIO * len(data)))
    parts, size = [], 0
    while data:
        stream = zlib.decompressobj(wbits=31)
        try:
            part = stream.decompress(data, limit - size + 1)
        except zlib.error as error:
            raise Malformed(f"a damaged gzip file ({error})", context=name) from None
        size += len(part)
        if size > limit:
            raise _bomb(name)
        if not stream.eof:
            raise Malformed("a gzip file that breaks off", context=name)
        parts.append(part)
        data = stream.unused_data.lstrip(b"\0")
    return b"".join(parts)
