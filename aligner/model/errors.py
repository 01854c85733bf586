"""Every error the project raises on purpose.

    AlignerError(message, context, hint)
    ├── UsageError       the call itself is wrong: options that contradict, a name nobody knows
    │   └── MissingExtra   an optional part is not installed; the hint names the extra
    ├── ReadError        a file cannot be used as text
    │   ├── UnknownFormat  no reader took it; `reasons` has what each of them said
    │   ├── Declined       one reader's reason (caught by the table of readers)
    │   └── Malformed      path, line, column, excerpt
    ├── SegmentError     rules or text that cannot be segmented
    ├── ModelError       weights or encoder files are missing or damaged
    ├── AlignError       pins that cannot hold, vectors of the wrong shape
    ├── ExportError      an output cannot be written
    ├── StoreError       translation memory
    ├── MachineError     the machine or a cluster, not the input: disk full, processes lost
    └── InternalError    a broken promise of ours: please report

`message` is one sentence: what is wrong and where. `hint` says what to do. Only `cli/` prints.

Messages quote what they complain of, and that may be a megabyte or hold control characters: every
part is made one line and cut in its middle here, once, so that no caller has to.
"""

from __future__ import annotations

from aligner.model.addresses import address_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "AlignError",
    "AlignerError",
    "Declined",
    "ExportError",
    "InternalError",
    "MachineError",
    "Malformed",
    "MissingExtra",
    "ModelError",
    "ReadError",
    "SegmentError",
    "StoreError",
    "UnknownFormat",
    "UsageError",
]


_LIMIT = 500  # characters of a message, its context or its hint


def _one_line(text: str, limit: int) -> str:
    """`text` without line ends and control characters, its middle cut where it is too long."""
    if len(text) > limit:
        text = f"{text[: limit * 2 // 3]} ... {text[-(limit // 3) :]}"
    if text.isprintable():
        return text
    shown = (c if c.isprintable() or c.isspace() else "\ufffd" for c in text)
    return " ".join("".join(shown).split())


class AlignerError(Exception):
    """Root of the tree. `str()` gives one line: context, message, hint."""

    code = "error"
    limit = _LIMIT

    def __init__(self, message: str, *, context: str = "", hint: str = "") -> None:
        message = _one_line(message, self.limit)
        super().__init__(message)
        self.message = message
        # a Path has taken a slash off an address
        self.context = _one_line(address_of(context) or context, _LIMIT)
        self.hint = _one_line(hint, _LIMIT)

    def __str__(self) -> str:
        where = f"{self.context}: " if self.context else ""
        todo = f" ({self.hint})" if self.hint else ""
        return f"{where}{self.message}{todo}"


class UsageError(AlignerError):
    """The call itself is wrong."""

    code = "usage"


class MissingExtra(UsageError):
    """An optional part is not installed."""

    code = "missing-extra"


class ReadError(AlignerError):
    """A file cannot be used as text."""

    code = "read"


class UnknownFormat(ReadError):
    """No reader took the file.

    `reasons`: by name of the reader, why not; the message says only what helps first.
    """

    code = "unknown-format"

    def __init__(
        self,
        message: str,
        *,
        context: str = "",
        hint: str = "",
        reasons: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message, context=context, hint=hint)
        self.reasons = dict(reasons or {})


class Declined(ReadError):
    """One reader's reason for not taking a file."""

    code = "declined"
    limit = 200


class Malformed(ReadError):
    """The file is of a known format but broken at a known place.

    `line` and `column` are 1-based; `excerpt` is the text there.
    """

    code = "malformed"

    def __init__(
        self,
        message: str,
        *,
        context: str = "",
        line: int = 0,
        column: int = 0,
        excerpt: str = "",
        hint: str = "",
    ) -> None:
        place = f"{context}, line {line}" if line else context
        if line and column:
            place += f", column {column}"
        if excerpt:
            message = f"{message}: «{excerpt}»"
        super().__init__(message, context=place, hint=hint)
        self.line = line
        self.column = column
        self.excerpt = excerpt


class SegmentError(AlignerError):
    """Rules or text that cannot be segmented."""

    code = "segment"


class ModelError(AlignerError):
    """Weights or encoder files are missing or damaged."""

    code = "model"


class AlignError(AlignerError):
    """Constraints that no alignment satisfies, or arrays of the wrong shape."""

    code = "align"


class ExportError(AlignerError):
    """An output cannot be written."""

    code = "export"


class StoreError(AlignerError):
    """The translation memory cannot be read or written."""

    code = "store"


class MachineError(AlignerError):
    """The machine or a cluster cannot go on; the input is not to blame."""

    code = "machine"


class InternalError(AlignerError):
    """A promise of ours is broken; please report it."""

    code = "internal"
