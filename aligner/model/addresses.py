"""Addresses of files in storage elsewhere, as users give them: `s3://bucket/texts/a.txt`.

Everything that takes a path takes such a name, also as a Path, which makes one slash of two; nothing
but `files` opens it. Keys in which a folder has no name (`a//b`) cannot be named.
"""

from __future__ import annotations

import re
from pathlib import PurePath

__all__ = ["address_of"]

_ADDRESS = re.compile(r"(s3|gs|memory|file):/+(.*)", re.IGNORECASE | re.DOTALL)


def address_of(name: str | PurePath) -> str:
    """The address that a name is (`s3://`, `gs://`, `memory://`, `file://`), "" for any other name.

    >>> from pathlib import Path
    >>> address_of(Path("s3://bucket/a.txt")), address_of("a.txt"), address_of("http://a.org/")
    ('s3://bucket/a.txt', '', '')
    """
    match = _ADDRESS.fullmatch(name.as_posix() if isinstance(name, PurePath) else name)
    if match is None:
        return ""
    scheme = match[1].lower()
    return f"{scheme}://{'/' if scheme == 'file' else ''}{match[2]}"
