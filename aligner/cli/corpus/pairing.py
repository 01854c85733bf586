"""`aligner corpus pair`, and the tools for a corpus that is built."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli.common.progress import counted
from aligner.cli.common.texts import (
    EncoderName,
    Encoding,
    FromFormat,
    Include,
    MemoryLimit,
    Segmented,
    SourceLang,
    TargetLang,
    TimeLimit,
    included,
    limits_of,
)
from aligner.cli.corpus.workers import Workers, silent
from aligner.cli.ui import tell
from aligner.files import STDOUT, is_stdout
from aligner.files.output_places import check_places
from aligner.text.wording import numbered

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aligner.corpus.pairing import Partner

__all__ = ["register"]

_FINDINGS = 1


def register(app: typer.Typer) -> None:
    """Add the tools to `aligner corpus`."""
    app.command("pair")(pair)


def pair(
    source: Annotated[
        Path, typer.Argument(metavar="DIR_A", help="The folder, or web archive, of the sources.")
    ],
    target: Annotated[
        Path, typer.Argument(metavar="DIR_B", help="The folder, or web archive, of the targets.")
    ],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="The manifest to write; else printed.")
    ] = None,
    source_lang: SourceLang = "",
    target_lang: TargetLang = "",
    nearest: Annotated[
        int, typer.Option("--nearest", min=1, help="Candidates that the referee sees, a text.")
    ] = 5,
    workers: Workers = 0,
    encoder: EncoderName = "auto",
    segmented: Segmented = False,
    from_format: FromFormat = None,
    encoding: Encoding = None,
    include: Include = None,
    time_limit: TimeLimit = 0.0,
    memory: MemoryLimit = "",
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress and notices.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print as JSON.")] = False,
) -> None:
    """Find which text of DIR_B translates which of DIR_A, by content.

    aligner corpus pair texts/es texts/en -o pairs.tsv, then aligner corpus build pairs.tsv ...

    Prints source file, target file or `-` (no partner), confidence, parted by tabs; as .jsonl, which
    takes any file name, an object a line.
    """
    from aligner.model import ReadOptions
    from aligner.workflows.corpus.pairing import pair_texts

    check_places([output], printed=as_json)
    paired = pair_texts(
        (source, target),
        output if output or as_json else STDOUT,
        langs=(source_lang, target_lang),
        nearest=nearest,
        workers=workers,
        encoder=encoder,
        options=ReadOptions(
            encoding,
            segmented,
            limits=limits_of(time_limit, memory),
            include=included(include),
        ),
        from_format=from_format,
        tell=silent if quiet else tell,
        stage=lambda name, unit: _stage(name, unit, quiet),
    )
    partners, failures = paired.partners, paired.failures
    names = paired.names_from(str(output.parent) if output and not is_stdout(output) else "")
    sides = paired.names
    alone = len(sides[1]) - sum(1 for p in partners if p.target is not None)
    if as_json:
        print(json.dumps(_summary(partners, names, failures, alone), ensure_ascii=False, indent=1))
    if not quiet:
        count = sum(1 for p in partners if p.target is not None)
        tell(
            f"{numbered(count, 'pair')}; without partner: {len(partners) - count} of "
            f"{len(partners)} sources, {alone} of {len(sides[1])} targets"
        )
        for message in failures.values():
            tell(message)
    if failures:
        raise typer.Exit(_FINDINGS)


def _summary(
    partners: Sequence[Partner], names: list[list[str]], failures: dict[str, str], alone: int
) -> dict[str, object]:
    return {
        "pairs": [
            {
                "source": names[0][p.source],
                "target": None if p.target is None else names[1][p.target],
                "confidence": round(p.confidence, 3),
                "score": round(p.score, 3),
            }
            for p in partners
        ],
        "targets_alone": alone,
        "failures": failures,
    }


def _stage(name: str, unit: str, quiet: bool) -> Callable[[int, int], None] | None:
    show = counted(unit, quiet=quiet)
    return partial(show, name) if show is not None else None
