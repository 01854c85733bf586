"""Files whose name ends in `.gz`: gzip (RFC 1952) without a time and a name, so that two runs agree."""

from __future__ import annotations

import contextlib
import gzip
from collections.abc import Iterator
from typing import BinaryIO, cast

from aligner.files import Sink

__all__ = ["opened"]


@contextlib.contextmanager
def opened(sink: Sink, suffix: str = "") -> Iterator[BinaryIO]:
    """As `sink.open(suffix)`; compressed, siblings too, where the sink's own name says `.gz`.

    Raises ExportError as the sink does.
    """
    if not sink.name().endswith(".gz"):
        with sink.open(suffix) as out:
            yield out
        return
    with (
        sink.open(f"{suffix}.gz" if suffix else "") as raw,
        gzip.GzipFile("", "wb", compresslevel=6, fileobj=raw, mtime=0) as out,
    ):
        yield cast("BinaryIO", out)
