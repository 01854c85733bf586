r"""The tables of a folder: `report.tsv` is the list of what it holds, `failures.tsv` what failed.

A line a pair, ordered by id. The last column of the report is the sha256 of the pair's
quality.json, which holds those of its files: whatever changes in the folder differs from the list.
Tabs and line ends in names are written `\t`, `\n`, `\r`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aligner.files import atomic, reading
from aligner.model import UsageError
from aligner.text.notation import escaped

__all__ = ["FAILURES", "REPORT", "Listed", "listed", "table_lines", "write_tables"]

REPORT, FAILURES = "report.tsv", "failures.tsv"
_FIGURES = (
    "source_lang",
    "target_lang",
    "source_segments",
    "target_segments",
    "beads",
    "mean_confidence",
    "quality",
    "null_share",
)
_HEAD = ("id", "source", "target", "status", *_FIGURES, "warnings", "sha256")
_FAILURES_HEAD = ("id", "source", "target", "kind", "message")
_DONE, _FAILED = "done", "failed"
_ENDS = str.maketrans({"\t": "\\t", "\n": "\\n", "\r": "\\r"})


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the report: `digest` is that of the pair's record."""

    id: str
    done: bool
    digest: str


def table_lines(
    records: Iterable[tuple[str, Mapping[str, Any], str]],
) -> Iterator[tuple[str, str]]:
    """(line of the report, line of the failures or "") for each (id, record, its digest), behind
    the two lines of names.
    """
    yield _line(_HEAD), _line(_FAILURES_HEAD)
    for identifier, record, digest in records:
        failure = record.get("failure")
        names = [identifier, record["source"], record["target"]]
        figures = ["" if record.get(f) is None else str(record[f]) for f in _FIGURES]
        warnings = " ".join("; ".join(record.get("warnings", ())).split())
        status = _FAILED if failure else _DONE
        yield (
            _line([*names, status, *figures, warnings, digest]),
            _line([*names, failure[0], " ".join(failure[1].split())]) if failure else "",
        )


def write_tables(folder: Path, lines: Iterable[tuple[str, str]]) -> None:
    """Both tables, of `table_lines`; neither appears before both are complete."""
    with ExitStack() as stack:
        report = stack.enter_context(atomic(folder / REPORT))
        failures = stack.enter_context(atomic(folder / FAILURES))
        for one, other in lines:
            report.write(one.encode())
            failures.write(other.encode())


def listed(folder: Path) -> Iterator[Listed]:
    """What the report of a folder lists.

    Raises UsageError where there is no report, or one that is none of ours.
    """
    path = folder / REPORT
    if not path.exists():
        raise UsageError(
            "this build has not come to its end: there is no report.tsv",
            context=str(folder),
            hint="run aligner corpus build again, it goes on",
        )
    with reading(path), path.open("rb") as file:
        if file.readline().decode("utf-8", "replace") != _line(_HEAD):
            raise UsageError("no report of this version", context=str(path), hint="build it anew")
        for number, line in enumerate(file, start=2):
            cells = line.decode("utf-8", "replace").rstrip("\n").split("\t")
            if len(cells) != len(_HEAD) or cells[3] not in (_DONE, _FAILED):
                raise UsageError(
                    f"line {number} of the report is damaged",
                    context=str(path),
                    hint="run aligner corpus build again",
                )
            yield Listed(cells[0], cells[3] == _DONE, cells[-1])


def _line(cells: Iterable[str]) -> str:
    return "\t".join(escaped(cell.translate(_ENDS)) for cell in cells) + "\n"
