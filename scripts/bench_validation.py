#!/usr/bin/env python3
"""How far `aligner validate` agrees with a suite of valid and invalid files.

    scripts/bench validation DIR [--list] [--from FORMAT]

DIR holds folders named `valid` and `invalid`, at any depth, as the test suites of the OASIS XLIFF TC
do (https://github.com/oasis-tcs/xliff-xliff-22, xliff-21/test-suite). An invalid file counts as
found where a finding is fatal or an error; a valid one as flagged likewise. --list names the files
that are not found and those that are flagged, with the findings.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from aligner.formats.validation import FAILING, Fault, validate
from aligner.model import AlignerError

SUFFIXES = (".xlf", ".xliff", ".tmx", ".xml", ".json", ".gz")


def failing(path: Path, wanted: str) -> list[Fault] | str:
    """The findings that refuse the file, or why it could not be checked at all."""
    try:
        return [fault for fault in validate(path, wanted) if fault.severity in FAILING]
    except AlignerError as error:
        return str(error)


def main(arguments: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--from", dest="wanted", default="")
    options = parser.parse_args(arguments)
    root = options.folder
    folders = sorted(path for path in [root, *root.rglob("*")] if path.name in ("valid", "invalid"))
    print("| folder | files | refused | share |\n| --- | ---: | ---: | ---: |")
    notes = []
    for folder in folders:
        files = sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES)
        refused = 0
        for path in files:
            faults = failing(path, options.wanted)
            refused += bool(faults)
            if isinstance(faults, str):
                notes.append(f"{folder.name}: {path.name}: {faults}")
            elif bool(faults) is (folder.name == "valid"):
                told = "; ".join(
                    f"{fault.line} {fault.code} {fault.reason}" for fault in faults[:4]
                )
                notes.append(f"{folder.name}: {path.name}: {told or 'not found'}")
        share = f"{100 * refused / len(files):.1f} %" if files else "-"
        print(f"| {folder.relative_to(root)} | {len(files)} | {refused} | {share} |")
    if options.list:
        print("\n".join(["", *notes]))


if __name__ == "__main__":
    main()
