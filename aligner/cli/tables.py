"""`aligner formats` and `aligner languages`: what there is to choose from."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer

__all__ = ["formats", "languages"]

_Json = Annotated[bool, typer.Option("--json", help="As JSON.")]


def formats(as_json: _Json = False) -> None:
    """List what can be read and what can be written."""
    from aligner import exporting, reading

    table: dict[str, Any] = {
        "read": list(reading.READERS.names()),
        "write": {
            name: [suffix for suffix, writer in exporting.SUFFIXES.items() if writer == name]
            for name in exporting.WRITERS.names()
        },
    }
    if as_json:
        print(json.dumps(table, indent=1))
        return
    print("read   " + " ".join(table["read"]))
    for name, suffixes in table["write"].items():
        print(f"write  {name:10} {' '.join(suffixes)}")


def languages(as_json: _Json = False) -> None:
    """List how well the encoder knows each language, and where segmentation rules come from."""
    from aligner.embedding.embedded import COVERS

    if as_json:
        print(json.dumps({"embedded": COVERS}, indent=1))
        return
    print("language  embedded encoder (share of news sentences whose translation it finds)")
    for lang, share in sorted(COVERS.items(), key=lambda item: (-item[1], item[0])):
        print(f"{lang:8}  {share:.2f}")
    print("other     0.00 (not measured: lengths, numbers and names decide)")
