"""What a user may ask of a writer; checked on construction."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime

from aligner.model import UsageError, program_version

__all__ = ["NULLS", "TEI_LAYOUTS", "WriteOptions", "parse_size"]

_SIZE = re.compile(r"([0-9]+(?:\.[0-9]+)?) ?([kmg]?)i?b?", re.IGNORECASE)
NULLS = ("skip", "keep", "separate")
TEI_LAYOUTS = ("corpus", "separate", "parallel")


@dataclass(frozen=True, slots=True)
class WriteOptions:
    """`nulls`: what memory formats do with segments that have no counterpart: leave them out,
    write units of one language, or write these to a sibling file.

    `stamp` permits the clock; `flavour` is a TMX dialect (`tmx_flavours`); `layout` the shape of
    TEI; `inline` writes formatting as inline codes (TMX, XLIFF); `tags` puts OmegaT's own tags into
    TMX for it, where the file of the source is known; `split` starts a new TMX file
    before so many bytes (0: never); `words` marks words in TEI; `tokenize` writes Moses text as
    tokens; `parameters` are shown in headers beside the alignment's own signature.
    Raises UsageError for a value nobody knows.
    """

    nulls: str = "skip"
    stamp: bool = False
    flavour: str = ""
    layout: str = "corpus"
    inline: bool = False
    tags: bool = False
    split: int = 0
    words: bool = False
    tokenize: bool = False
    tool: str = "aligner"
    version: str = field(default_factory=program_version)
    parameters: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        for name, value, known in (
            ("nulls", self.nulls, NULLS),
            ("tei-layout", self.layout, TEI_LAYOUTS),
        ):
            if value not in known:
                raise UsageError(f"--{name} cannot be {value!r}", hint=f"known: {', '.join(known)}")
        if self.split < 0:
            raise UsageError(f"--split cannot be {self.split}", hint="a size such as 100M")

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


def parse_size(text: str) -> int:
    """Bytes that a user writes as `500M`, `1.5GB` or `70000` (powers of 1000).

    Raises UsageError for anything else.
    """
    parts = _SIZE.fullmatch(text.strip())
    if parts is None or not float(parts[1]):
        raise UsageError(f"{text!r} is not a size", hint="write 70000, 500M or 1.5GB")
    return int(float(parts[1]) * 1000 ** " kmg".index(parts[2].lower() or " "))
