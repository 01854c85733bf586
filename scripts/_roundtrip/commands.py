"""The command line on one file: each command ends well or with one sentence."""

from __future__ import annotations

import contextlib
import io
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from unittest import mock

from aligner.cli import app
from aligner.model import AlignerError

__all__ = ["failing_commands"]

_OUTPUTS = {
    "tmx": ("o.tmx", "o.jsonl", "o.xlf", "o.xliff2", "o.po", "o.tsv"),
    "xliff": ("o.xlf", "o.xliff2", "o.tmx", "o.jsonl", "o.po", "o.tsv"),
    "po": ("o.po", "o.tmx", "o.jsonl", "o.xlf", "o.tsv"),
}


def failing_commands(path: Path, kind: str, counts: Counter[str]) -> Iterator[str]:
    """What did not end with 0, 1, or 2 and one sentence."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        outputs = [str(place / name) for name in _OUTPUTS[kind]]
        for words in (
            ["convert", str(path), *outputs],
            ["validate", str(path)],
            ["read", str(path), "--dropped"],
            ["segment", str(path)],
            ["memory", "import", str(path), "-m", str(place / "m.db")],
        ):
            counts["commands run"] += 1
            code, problem = _run(words)
            counts[f"commands ending with {code}"] += 1
            if problem:
                yield f"aligner {words[0]}: {problem}"


def _run(words: list[str]) -> tuple[int, str]:
    """The exit code, and what is wrong with how it ended."""
    out, err = io.StringIO(), io.StringIO()
    try:
        with (
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
            mock.patch("sys.argv", ["aligner", *words]),
        ):
            app(words, prog_name="aligner")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(bool(end.code))
        return code, "" if code in (0, 1, 2) else f"exit code {code}"
    except Exception as error:  # noqa: BLE001 - that is what is looked for
        cause = error.__cause__ if type(error).__name__ == "Carried" else error
        if not isinstance(cause, AlignerError):
            last = traceback.format_exception(cause or error)[-3:]
            return -1, " ".join("".join(last).split())
        message = str(cause)
        return 2, "" if "\n" not in message.strip() else f"several lines: {message!r}"
    return 0, ""
