"""`aligner corpus` stats, filter, dedup, split, sample, export: corpora as streams of units."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.common.outputs import FlavourOption
from aligner.cli.common.refused import Refused
from aligner.cli.ui import say, tell
from aligner.files import storage
from aligner.files.output_places import check_places, check_suffix, not_stdout
from aligner.text.wording import numbered

__all__ = ["register"]

Corpora = Annotated[
    list[Path],
    typer.Argument(
        metavar="CORPUS...",
        help="Folders of `corpus build` or OPUS, .jsonl of units, TMX, alignments.",
    ),
]
OutputFile = Annotated[Path, typer.Option("-o", "--output", help="The .jsonl to write.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")]


def register(app: typer.Typer) -> None:
    """Add these commands to `aligner corpus`."""
    for name, command in (
        ("stats", stats),
        ("filter", filter_),
        ("dedup", dedup),
        ("split", split),
        ("sample", sample),
        ("export", export),
    ):
        app.command(name)(command)


def stats(
    corpora: Corpora,
    html: Annotated[
        Path | None, typer.Option("--html", help="Write a page with plots too.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Count languages, segments, words, bead types, expansion, nulls, confidences."""
    check_places([html], corpora, printed=True)
    from aligner import corpus
    from aligner.workflows.corpus.sets import gather_statistics, write_statistics

    refused = Refused()
    figures = gather_statistics(corpora, refused)
    if html is not None:
        write_statistics(figures, corpora, html)
    if as_json:
        print(json.dumps(figures, ensure_ascii=False, indent=1))
    else:
        say("\n".join(corpus.as_lines(figures)))
    refused.end()


def filter_(
    corpora: Corpora,
    output: OutputFile,
    min_confidence: Annotated[
        float, typer.Option("--min-confidence", min=0, max=1, help="Least confidence.")
    ] = 0.0,
    min_quality: Annotated[
        float,
        typer.Option(
            "--min-quality",
            min=0,
            max=1,
            help="Least probability that the sides translate each other fully.",
        ),
    ] = 0.0,
    min_words: Annotated[int, typer.Option("--min-words", min=0, help="Of either side.")] = 0,
    max_words: Annotated[int, typer.Option("--max-words", min=0, help="0: no limit.")] = 0,
    max_ratio: Annotated[
        float, typer.Option("--max-ratio", min=0, help="Longer side / shorter side; 0: any.")
    ] = 0.0,
    language: Annotated[
        bool, typer.Option("--language", help="Drop sides in another language.")
    ] = False,
    identical: Annotated[
        bool, typer.Option("--identical", help="Drop units whose sides are the same text.")
    ] = False,
    numbers: Annotated[
        bool, typer.Option("--numbers", help="Drop units whose numbers differ.")
    ] = False,
    keep_nulls: Annotated[
        bool, typer.Option("--keep-nulls", help="Keep units with one side only.")
    ] = False,
    rejected: Annotated[
        Path | None, typer.Option("--rejected", help="Write what is dropped, with its reasons.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Keep the units that break no rule.

    aligner corpus filter corpus/ -o good.jsonl --min-quality 0.8 --numbers
    """
    from aligner import corpus
    from aligner.workflows.corpus.sets import filter_corpora

    refused = Refused()
    _check([output, rejected], corpora, printed=as_json)
    rules = corpus.FilterRules(
        min_confidence,
        min_words,
        max_words,
        max_ratio,
        identical,
        numbers,
        language,
        not keep_nulls,
        min_quality,
    )
    counts = filter_corpora(corpora, output, rules, rejected, refused)
    _say(dict(counts), as_json=as_json)
    refused.end()


def dedup(
    corpora: Corpora,
    output: OutputFile,
    near: Annotated[bool, typer.Option("--near", help="Near copies too, not only exact.")] = False,
    similarity: Annotated[
        float, typer.Option("--similarity", min=0.5, max=1, help="Of word pairs, for --near.")
    ] = 0.85,
    ignore: Annotated[
        str,
        typer.Option("--ignore", help="What does not count: punctuation,case,digits, or some."),
    ] = "",
    sides: Annotated[
        str, typer.Option("--sides", help="What must be alike: both, source or target.")
    ] = "both",
    as_json: AsJson = False,
) -> None:
    """Drop units that were there before; the first stays.

    Exact copies are the same texts, white space and the normal form (NFC) apart.
    """
    from aligner import corpus
    from aligner.workflows.corpus.sets import dedup_corpora

    refused = Refused()
    words = frozenset(word.strip() for word in ignore.split(",") if word.strip())
    rules = corpus.DuplicateRules(sides, words, similarity if near else 0.0)
    _check([output], corpora, printed=as_json)
    counts = dedup_corpora(corpora, output, rules, refused)
    _say(dict(counts), as_json=as_json)
    refused.end()


def split(
    corpora: Corpora,
    output: Annotated[
        Path, typer.Option("-o", "--output", help="Folder for train, dev and test .jsonl.")
    ],
    dev: Annotated[float, typer.Option("--dev", min=0, max=1, help="Share of documents.")] = 0.05,
    test: Annotated[float, typer.Option("--test", min=0, max=1, help="Share of documents.")] = 0.05,
    seed: Annotated[str, typer.Option("--seed", help="Another one splits otherwise.")] = "0",
    as_json: AsJson = False,
) -> None:
    """Part documents into train, dev and test; what would leak between them is left out."""
    from aligner.workflows.corpus.sets import PARTS, split_corpora

    refused = Refused()
    not_stdout(output, "three files")
    storage.make_folder(output)
    check_places([output / f"{part}.jsonl" for part in PARTS], corpora)
    figures = split_corpora(corpora, output, dev, test, seed, refused)
    for part, share in (("train", 1.0), ("dev", dev), ("test", test)):
        if share and not figures.documents[part]:
            tell(f"no document fell to {part}: there are few; another --seed or other shares")
    _say(
        {
            f"{part} {what}": counts[part]
            for part in PARTS
            for what, counts in (
                ("documents", figures.documents),
                ("units", figures.units),
                ("leaks left out", figures.leaks),
            )
        },
        as_json=as_json,
    )
    refused.end()


def sample(
    corpora: Corpora,
    output: OutputFile,
    count: Annotated[int, typer.Option("-n", "--count", min=1, help="Units to draw.")] = 100,
    seed: Annotated[int, typer.Option("--seed", help="Another one draws otherwise.")] = 0,
) -> None:
    """Draw units at random, each with the same chance, in their order."""
    from aligner.workflows.corpus.sets import sample_corpora

    refused = Refused()
    _check([output], corpora)
    sample_corpora(corpora, output, count, seed, refused)
    refused.end()


def export(
    corpora: Corpora,
    output: Annotated[
        Path, typer.Option("-o", "--output", help="The file, stem (moses, vertical) or folder.")
    ],
    to: Annotated[
        str | None,
        typer.Option(
            "--to",
            help="tmx, moses, jsonl, parquet, tei, vertical, opus, whatever the suffix; with "
            "--per-pair any format.",
        ),
    ] = None,
    source_lang: Annotated[
        str,
        typer.Option("-s", "--source-lang", help="Only from this language (en: every English)."),
    ] = "",
    target_lang: Annotated[
        str, typer.Option("-t", "--target-lang", help="Only into this language.")
    ] = "",
    per_pair: Annotated[
        bool, typer.Option("--per-pair", help="A file a pair, in the folder OUTPUT.")
    ] = False,
    shard_size: Annotated[
        int,
        typer.Option(
            "--shard-size",
            min=0,
            help="Units a file, in the folder OUTPUT (jsonl packed, parquet); needs [parquet].",
        ),
    ] = 0,
    flavour: FlavourOption = "",
) -> None:
    """Write a corpus in the formats of others.

    aligner corpus export corpus/ -o all.tmx
    """
    from aligner.formats import WriteOptions
    from aligner.workflows.corpus.sets import check_export, export_corpora

    refused = Refused()
    name = check_export(corpora, to, output, per_pair=per_pair, shard_size=shard_size)
    done = export_corpora(
        corpora,
        name,
        output,
        WriteOptions(flavour=flavour),
        langs=(source_lang, target_lang),
        per_pair=per_pair,
        shard_size=shard_size,
        refused=refused,
    )
    if shard_size:
        tell(numbered(done.alignments, "file"))
    else:
        tell(numbered(done.alignments, "alignment"))
    if done.nulls and name in ("tmx", "moses"):
        tell(
            numbered(
                done.nulls,
                "unit without a counterpart left out",
                "units without a counterpart left out",
            )
        )
    if done.known is not None:
        tell(f"what is known of the documents is in {storage.shown(done.known)}")
    refused.end()


def _check(
    outputs: Sequence[Path | None], corpora: Sequence[Path], *, printed: bool = False
) -> None:
    """Units are written as lines of JSON, whatever the corpora were."""
    check_places(outputs, corpora, printed=printed)
    for path in outputs:
        check_suffix(path, (".jsonl",), "then aligner corpus export --to tmx writes other formats")


def _say(figures: dict[str, int], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(figures))
    else:
        tell(", ".join(numbered(count, _one(name), name) for name, count in figures.items()))


def _one(name: str) -> str:
    """The words for one of what is counted: `train document` of `train documents`."""
    return re.sub(r"(unit|document|leak)s\b", r"\1", name)
