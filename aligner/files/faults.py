"""What nobody foresaw: one sentence for the user, the traceback in a file for who repairs it."""

from __future__ import annotations

import os
import tempfile
import traceback

__all__ = ["report_of"]


def report_of(error: BaseException) -> str:
    """The sentence; it names a new file (readable for the user only) that holds the traceback.

    Where no file can be written the traceback follows the sentence.
    """
    kind = type(error).__name__
    text = "".join(traceback.format_exception(error)).encode("utf-8", "backslashreplace")
    what = " ".join(str(error).split())
    shown = f"{kind}: {what[:200]}" if what else kind
    if isinstance(error, MemoryError):
        shown = "there is not enough memory"
    try:
        # mode 600; it stays, to be sent to us
        handle, name = tempfile.mkstemp(prefix="aligner-traceback-", suffix=".txt")
        with os.fdopen(handle, "wb") as out:
            out.write(text)
    except OSError:
        return f"{shown}: a mistake of this program, please report it\n{text.decode()}"
    return f"{shown}: a mistake of this program, please report it with {name}"
