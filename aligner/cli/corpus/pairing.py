"""`aligner corpus pair`, and the tools for a corpus that is built."""

from __future__ import annotations

import json
from functools import partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.cli.common.places import check_places, check_suffix
from aligner.cli.common.progress import counted
from aligner.cli.common.texts import (
    EncoderName,
    Encoding,
    FromFormat,
    MemoryLimit,
    Segmented,
    SourceLang,
    TargetLang,
    TimeLimit,
    limits_of,
)
from aligner.cli.corpus.workers import Workers
from aligner.cli.ui import tell
from aligner.files import STDOUT, is_stdout, storage
from aligner.files import output as output_to
from aligner.model import UsageError, address_of
from aligner.runtime import cores

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

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
    from aligner.engine import embedding
    from aligner.model import ReadOptions
    from aligner.workflows.corpus.pairing import SideReading, pair_folders

    check_places([output], [*_inputs(source), *_inputs(target)], printed=as_json)
    check_suffix(output, (".tsv", ".txt", ".jsonl"), "corpus build reads pairs.tsv and pairs.jsonl")
    options = ReadOptions(encoding, segmented, limits=limits_of(time_limit, memory))
    encoder, advice = embedding.choose(encoder, (source_lang or "en", target_lang or "en"))
    if advice and not quiet:
        tell(advice)
    paired = pair_folders(
        [
            (folder, SideReading(lang, options, from_format, encoder))
            for folder, lang in ((source, source_lang), (target, target_lang))
        ],
        nearest,
        workers or cores.count(),
        lambda name, unit: _stage(name, unit, quiet),
    )
    partners, failures = paired.partners, paired.failures
    if output and address_of(output) and not all(map(address_of, chain(*paired.names))):
        raise UsageError(
            "a manifest of texts of this machine must lie on this machine", context=str(output)
        )
    base = str(output.parent) if output and not is_stdout(output) else ""
    names = paired.names_from(base)
    if output or not as_json:
        lines = bool(output and output.suffix.lower() == ".jsonl")
        _write(output or STDOUT, paired.lines_from(base, as_json=lines))
    sides = paired.names
    alone = len(sides[1]) - sum(1 for p in partners if p.target is not None)
    if as_json:
        print(json.dumps(_summary(partners, names, failures, alone), ensure_ascii=False, indent=1))
    if not quiet:
        count = sum(1 for p in partners if p.target is not None)
        tell(
            f"{count} pairs; without partner: {len(partners) - count} of "
            f"{len(partners)} sources, {alone} of {len(sides[1])} targets"
        )
        for message in failures.values():
            tell(message)
    if failures:
        raise typer.Exit(_FINDINGS)


def _inputs(place: Path) -> list[Path]:
    if not storage.is_folder(place):
        return [place]
    return [place / name for name in storage.files_under(place)]


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


def _write(place: Path, rows: Iterable[str]) -> None:
    with output_to(place) as out:
        # names of files are bytes: what is no UTF-8 is written as it is
        out.write("".join(rows).encode("utf-8", "surrogateescape"))


def _stage(name: str, unit: str, quiet: bool) -> Callable[[int, int], None] | None:
    show = counted(unit, quiet=quiet)
    return partial(show, name) if show is not None else None
