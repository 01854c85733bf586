"""What a user may ask of a writer; checked on construction."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version

from aligner.errors import UsageError

__all__ = ["NULLS", "TEI_LAYOUTS", "WriteOptions"]

NULLS = ("skip", "keep", "separate")
TEI_LAYOUTS = ("corpus", "separate", "parallel")


def _own_version() -> str:
    try:
        return version("aligner")
    except PackageNotFoundError:  # run from a source tree that was never installed
        return "0"


@dataclass(frozen=True, slots=True)
class WriteOptions:
    """`nulls`: what memory formats do with segments that have no counterpart: leave them out,
    write units of one language, or write these to a sibling file.

    `stamp` permits the clock; `flavour` is a TMX dialect (`tmx_flavours`); `layout` the shape of
    TEI; `parameters` are shown in headers beside the alignment's own signature.
    Raises UsageError for a value nobody knows.
    """

    nulls: str = "skip"
    stamp: bool = False
    flavour: str = ""
    layout: str = "corpus"
    tool: str = "aligner"
    version: str = field(default_factory=_own_version)
    parameters: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        for name, value, known in (
            ("nulls", self.nulls, NULLS),
            ("tei-layout", self.layout, TEI_LAYOUTS),
        ):
            if value not in known:
                raise UsageError(f"--{name} cannot be {value!r}", hint=f"known: {', '.join(known)}")

    def moment(self) -> datetime | None:
        """The time to write into headers: SOURCE_DATE_EPOCH, or the clock under `stamp`, or none.

        Raises UsageError where SOURCE_DATE_EPOCH is not a number of seconds.
        """
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        if epoch:
            try:
                return datetime.fromtimestamp(int(epoch), UTC)
            except (ValueError, OverflowError, OSError) as error:
                raise UsageError(
                    f"SOURCE_DATE_EPOCH is {epoch!r}, which is not a number of seconds"
                ) from error
        return datetime.now(UTC).replace(microsecond=0) if self.stamp else None
