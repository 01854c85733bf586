"""`aligner terms`: candidates of bilingual terms."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.common.places import check_places, not_stdout
from aligner.cli.common.refused import Refused
from aligner.cli.common.texts import EncoderName
from aligner.model import UsageError

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
    from aligner.corpus.terms import glossary_entries
    from aligner.formats.glossaries import glossary_format, write_glossary
    from aligner.workflows.corpus.terminology import extract_terms
    from aligner.workflows.corpus.units import corpus_units

    outputs, refused = output or [], Refused()
    check_places(outputs, corpora, printed=as_json)
    formats = []
    for path in outputs:
        not_stdout(path, "terms in a file's format")
        formats.append(glossary_format(path, to))
    if to and not outputs:
        raise UsageError(
            "--to names the format of an output, and none is named", hint="give -o FILE"
        )
    candidates, langs = extract_terms(corpus_units(corpora, refused), encoder, least, limit)
    title = ", ".join(corpus.name for corpus in corpora)
    for path, name in zip(outputs, formats, strict=True):
        write_glossary(glossary_entries(candidates), path, name, langs, title)
    if as_json:
        print(json.dumps([asdict(one) for one in candidates], ensure_ascii=False, indent=1))
    elif not outputs:
        for one in candidates:
            print(f"{one.score:8.3f}  {one.frequency:4}  {one.source} = {one.target}")
    refused.end()
