"""`aligner validate`: is a file of an alignment as the standards and the tools need it."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli.ui import say, tell, translated
from aligner.files.output_places import check_places
from aligner.runtime.places import told_apart
from aligner.text.wording import numbered

if TYPE_CHECKING:
    from aligner.formats.validation import Fault

__all__ = ["validate"]


def validate(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="TMX, TEI, XLIFF or .alignment.json, also gzipped."),
    ],
    schema: Annotated[
        Path | None,
        typer.Option("--schema", help="Check against this schema too (.rng, .xsd, .dtd)."),
    ] = None,
    from_format: Annotated[
        str, typer.Option("--from", help="tmx, tei, xliff, xliff2 or json, whatever is in it.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
    sarif: Annotated[Path | None, typer.Option("--sarif", help="Write SARIF 2.1.0.")] = None,
) -> None:
    """Check TMX, TEI, XLIFF and .alignment.json: nothing is fetched, nothing is changed.

    One line a finding: FILE:LINE: SEVERITY CODE [UNIT] what is wrong; what to do. Findings of one
    kind are one line with their number. Fatal: tools refuse the file; error: the standard does;
    warning: tools lose or mistake something; style: as it should not be written. Exit 1 from error
    up, 0 for warnings and style alone.

    aligner validate memory.tmx out.tei.xml
    """
    from aligner.files import is_stdout
    from aligner.formats.validation import (
        FAILING,
        SEVERITIES,
        Grouped,
        check_format,
        report_json,
        write_sarif,
    )
    from aligner.formats.validation import validate as check
    from aligner.model import AlignerError

    check_format(from_format)
    check_places((sarif,), [*files, schema], printed=as_json)
    quiet = as_json or (sarif is not None and is_stdout(sarif))
    counts: Counter[str] = Counter()
    failed = False
    listed: list[tuple[str, Fault]] = []
    for path, name in zip(files, told_apart([str(path) for path in files]), strict=True):
        groups = Grouped()
        try:
            for fault in check(path, from_format, schema):
                counts[fault.severity] += 1
                if as_json or sarif is not None:
                    listed.append((name, fault))
                groups.add(fault)
        except AlignerError as error:
            # the other files are checked all the same
            failed = True
            tell(error)
        if not quiet:
            for group in groups:
                print(group.line(str(path), translated))
    if as_json:
        print(json.dumps(report_json(listed), ensure_ascii=False, indent=1))
    if sarif is not None:
        write_sarif(sarif, listed)
    if not quiet and not (failed and not counts):
        told = ", ".join(
            _counted(counts[severity], severity) for severity in SEVERITIES if counts[severity]
        )
        say(f"{numbered(len(files), 'file')}, {told or 'nothing found'}")
    if failed:
        raise typer.Exit(2)
    if any(counts[severity] for severity in FAILING):
        raise typer.Exit(1)


def _counted(count: int, severity: str) -> str:
    """`1 error`, `2 errors`, `3 fatal`."""
    return numbered(count, severity, severity if severity in ("fatal", "style") else "")
