"""`aligner corpus`: from folders of texts to a corpus (build, merge, pair; tools beside it)."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.common.outputs import Nulls
from aligner.cli.common.texts import (
    EncoderName,
    Encoding,
    FromFormat,
    HtmlBody,
    Include,
    Paragraphs,
    Segmented,
    SourceLang,
    TargetLang,
    WeightsFile,
    included,
)
from aligner.cli.corpus import pairing, recipe, state, units
from aligner.cli.corpus.progress import BuildProgress
from aligner.cli.corpus.workers import BuildProgressOption, PairTime, Workers, silent
from aligner.cli.ui import tell
from aligner.files.output_places import not_stdout
from aligner.text.wording import numbered

__all__ = ["app"]

app = typer.Typer(
    help="Build and work on bilingual corpora of many texts.",
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,  # it belongs to `aligner` as a whole
)
_FINDINGS = 1
Keep = Annotated[
    bool,
    typer.Option("--keep", help="Remove nothing: stop where pairs have left the input."),
]


@app.command("build")
def build(
    texts: Annotated[
        Path,
        typer.Argument(
            metavar="DIR|MANIFEST",
            help="A folder of texts, or a list of pairs (.tsv .jsonl .toml).",
        ),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="The folder to write.")],
    source_lang: SourceLang = "",
    target_lang: TargetLang = "",
    source_pattern: Annotated[
        str,
        typer.Option("--source", help="Pattern of source names under DIR: 'es/{}.html'."),
    ] = "",
    target_pattern: Annotated[
        str, typer.Option("--target", help="Pattern of target names: 'en/{}_en.html'.")
    ] = "",
    to: Annotated[
        list[str] | None,
        typer.Option("--to", help="Format to write for each pair beside JSON (repeatable)."),
    ] = None,
    workers: Workers = 0,
    time_limit: PairTime = 3600.0,
    memory: Annotated[
        str,
        typer.Option("--memory", help="Memory a worker may use (2G); default its share of 80 %."),
    ] = "",
    shard: Annotated[str, typer.Option("--shard", help="Do part I of N only: I/N.")] = "",
    engine: Annotated[
        str,
        typer.Option("--engine", help="processes, dask, or dask:tcp://HOST:PORT ([cluster])."),
    ] = "processes",
    retry: Annotated[
        bool, typer.Option("--retry", help="Try pairs again that failed in an earlier run.")
    ] = False,
    keep: Keep = False,
    encoder: EncoderName = "auto",
    weights: WeightsFile = None,
    segmented: Segmented = False,
    paragraphs: Paragraphs = False,
    from_format: FromFormat = None,
    encoding: Encoding = None,
    html_body: HtmlBody = "article",
    include: Include = None,
    nulls: Nulls = "skip",
    progress: BuildProgressOption = "auto",
    quiet: Annotated[bool, typer.Option("--quiet", help="No progress and notices.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a summary as JSON.")] = False,
) -> None:
    """Align many pairs; what is finished is never done again, what has left the input is removed.

    aligner corpus build texts/ -o corpus/ -s es -t en --to tmx

    Exit code 1 where pairs failed (they are listed in failures.tsv).
    """
    from aligner.model import ReadOptions
    from aligner.workflows.corpus.making import BuildHow, BuildWhat, build_corpus

    not_stdout(output, "a corpus")
    what = BuildWhat(
        source_lang,
        target_lang,
        (source_pattern, target_pattern),
        to or (),
        encoder,
        weights,
        ReadOptions(encoding, segmented, html_body, include=included(include)),
        paragraphs,
        from_format,
        nulls,
    )
    how = BuildHow(workers, time_limit, memory, shard, engine, retry, keep)
    began = time.monotonic()
    with BuildProgress(progress, quiet=quiet) as shown:
        tally = build_corpus(
            texts, output, what, how, tell=silent if quiet else tell, progress=shown.tell
        )
    seconds = time.monotonic() - began
    summary = {
        "pairs": tally.pairs,
        "done": tally.done,
        "finished_before": tally.skipped,
        "failed": tally.failed,
        "removed": tally.removed,
        "segments": tally.segments,
        "seconds": round(seconds, 1),
    }
    if as_json:
        print(json.dumps(summary))
    elif not quiet:
        tell(
            f"{numbered(tally.pairs, 'pair')}, {tally.done} aligned now, {tally.skipped} finished "
            f"before, {tally.failed} failed; {numbered(tally.segments, 'segment')} in {seconds:.1f} s"
        )
    if not quiet:
        _tell_removed(tally.removed)
    if tally.failed:
        if not quiet:
            tell(f"the failures are in {output / 'failures.tsv'}")
        if tally.ours:
            tell(
                f"{tally.ours} of them are mistakes of this program (kind error): please "
                "report them with the log.txt of the pair"
            )
        raise typer.Exit(_FINDINGS)


@app.command("merge")
def merge(
    shards: Annotated[list[Path], typer.Argument(metavar="SHARD...", help="The shards' folders.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="The folder to write.")],
    keep: Keep = False,
) -> None:
    """Join the folders of all shards of a build into one, equal to a run without shards.

    aligner corpus merge part1/ part2/ -o corpus/
    """
    from aligner.corpus import build
    from aligner.workflows.corpus import building

    not_stdout(output, "a corpus")
    counts = build.merge_shards(shards, output, building.moved, keep=keep)
    pairs = numbered(counts["pairs"], "pair")
    tell(f"{pairs}, {counts['replaced']} replaced, {counts['failed']} failed")
    _tell_removed(counts["removed"])
    if counts["failed"]:
        raise typer.Exit(_FINDINGS)


def _tell_removed(count: int) -> None:
    if count:
        left = numbered(count, "pair that had left the input", "pairs that had left the input")
        tell(f"removed {left}")


pairing.register(app)
state.register(app)
recipe.register(app)
units.register(app)
