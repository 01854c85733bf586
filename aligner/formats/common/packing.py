"""A zip package in memory whose bytes are the same each time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

__all__ = ["packed"]


def packed(members: Mapping[str, str], mimetype: str = "") -> bytes:
    """The members in order; `mimetype` comes first and is not compressed, as OpenDocument and EPUB
    want it.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        if mimetype:
            package.writestr(_info("mimetype", zipfile.ZIP_STORED), mimetype)
        for name, content in members.items():
            package.writestr(_info(name, zipfile.ZIP_DEFLATED), content.encode("utf-8", "replace"))
    return out.getvalue()


def _info(name: str, compression: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)  # of 1980, the first year of zip
    info.compress_type = compression
    info.external_attr = 0o644 << 16
    return info
