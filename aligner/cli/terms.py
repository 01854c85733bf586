"""`aligner terms`: candidates of bilingual terms."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.common.refused import Refused
from aligner.cli.common.texts import EncoderName
from aligner.files.output_places import check_places

__all__ = ["terms"]


def terms(
    corpora: Annotated[
        list[Path],
        typer.Argument(
            metavar="CORPUS...", help="Folders of `corpus build`, .jsonl of units, TMX, alignments."
        ),
    ],
    output: Annotated[
        list[Path] | None,
        typer.Option(
            "-o",
            "--output",
            help="A .tbx, .tsv, .csv, or .utf8 or .txt for OmegaT, to write (repeatable).",
        ),
    ] = None,
    to: Annotated[
        str | None,
        typer.Option("--to", help="tbx (version 2), tbx3, omegat, csv, tsv, whatever the suffix."),
    ] = None,
    least: Annotated[
        int, typer.Option("--min-count", min=2, help="Units in which a term must be translated so.")
    ] = 3,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Candidates at most.")] = 500,
    encoder: EncoderName = "auto",
    as_json: Annotated[bool, typer.Option("--json", help="Print the candidates as JSON.")] = False,
) -> None:
    """Extract bilingual term candidates, the best first, with frequency, score and context.

    aligner terms manual.tmx -o manual.tbx, then aligner check ... --glossary manual.tbx

    Words are linked by the encoder, which takes a second for some 100 units.
    """
    from aligner.workflows.corpus.terminology import terms_of

    outputs, refused = output or [], Refused()
    check_places(outputs, corpora, printed=as_json)
    candidates = terms_of(corpora, outputs, to, encoder, least, limit, refused)
    if as_json:
        print(json.dumps([asdict(one) for one in candidates], ensure_ascii=False, indent=1))
    elif not outputs:
        for one in candidates:
            print(f"{one.score:8.3f}  {one.frequency:4}  {one.source} = {one.target}")
    refused.end()
