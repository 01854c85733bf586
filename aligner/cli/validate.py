"""`aligner validate`: is a file of an alignment as tools need it; each fault with line and mend."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

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
) -> None:
    """Check TMX, TEI, XLIFF and .alignment.json: nothing is fetched, nothing is changed.

    One line a finding: FILE:LINE: CODE [UNIT] what is wrong; what to do. Exit 1 where there is one.

    aligner validate memory.tmx out.tei.xml
    """
    from aligner.formats.validation import validate as check
    from aligner.model import AlignerError

    found = 0
    failed = False
    listed = []
    for path in files:
        try:
            for finding in check(path, from_format, schema):
                found += 1
                if as_json:
                    listed.append(
                        {
                            "file": str(path),
                            "line": finding.line,
                            "code": finding.code,
                            "unit": finding.unit,
                            "reason": finding.reason,
                            "mend": finding.mend,
                        }
                    )
                    continue
                unit = f" [{finding.unit}]" if finding.unit else ""
                print(
                    f"{path}:{finding.line}: {finding.code}{unit} {finding.reason}; {finding.mend}"
                )
        except AlignerError as error:
            # the other files are checked all the same
            failed = True
            print(f"aligner: {error}", file=sys.stderr)
    if as_json:
        print(json.dumps({"findings": listed, "count": found}, ensure_ascii=False, indent=1))
    elif not failed and not found:
        print(f"{len(files)} {'file' if len(files) == 1 else 'files'}, nothing found")
    if failed or found:
        raise typer.Exit(2 if failed else 1)
