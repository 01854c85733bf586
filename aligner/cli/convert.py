"""`aligner convert`: an alignment from one format to others."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aligner.cli.common.outputs import (
    FlavourOption,
    InlineOption,
    Nulls,
    SplitOption,
    StampOption,
    TeiLayout,
    TeiWords,
    To,
    Tokenize,
    commit_all,
    outputs_of,
    tagged_for,
    tags_told,
    without_effect,
    write_all,
    write_options,
)
from aligner.cli.common.texts import (
    Encoding,
    Langs,
    MemoryLimit,
    Meta,
    TimeLimit,
    check_language,
    limits_of,
)
from aligner.cli.ui import tell

if TYPE_CHECKING:
    from aligner.files import Sink
    from aligner.formats import WriteOptions
    from aligner.model import ReadOptions
    from aligner.workflows.aligning import Notices
    from aligner.workflows.converting import Converted

__all__ = ["convert"]


def convert(
    alignment: Annotated[
        str,
        typer.Argument(
            metavar="IN",
            help="An alignment: .alignment.json .tmx .xlf .tei.xml .tsv .csv .xlsx .jsonl .po, "
            ".xces.xml .intertext.xml .beads .ladder with their texts, or Moses text (out.moses).",
            show_default=False,
        ),
    ],
    outputs: Annotated[
        list[str],
        typer.Argument(
            metavar="OUT [MORE ...]",
            help="Files to write, their formats by their suffixes; `-` with --to.",
            show_default=False,
        ),
    ],
    texts: Annotated[
        list[str] | None,
        typer.Option("--texts", help="The texts that IN numbers, the source first (repeatable)."),
    ] = None,
    from_format: Annotated[
        str | None, typer.Option("--from", help="Format of IN, whatever its suffix.")
    ] = None,
    to: To = None,
    lang: Langs = None,
    segmented: Annotated[
        bool,
        typer.Option("--segmented", help="--texts have one segment a line."),
    ] = False,
    encoding: Encoding = None,
    meta: Meta = None,
    time_limit: TimeLimit = 0.0,
    memory: MemoryLimit = "",
    nulls: Nulls = "skip",
    flavour: FlavourOption = "",
    inline: InlineOption = None,
    split: SplitOption = "",
    tei_layout: TeiLayout = "corpus",
    tei_words: TeiWords = False,
    tokenize: Tokenize = False,
    stamp: StampOption = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No notices on stderr.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print what was written and lost as JSON.")
    ] = False,
) -> None:
    """Convert an alignment from one format to others; what a format cannot hold is listed on stderr.

    aligner convert memory.tmx out.tei.xml out.tsv
    """
    from aligner import formats
    from aligner.model import AlignmentSet, ReadOptions
    from aligner.workflows import aligning, alignment_files, converting
    from aligner.workflows.omegat_tags import files_of

    inputs: list[str | Path] = [alignment, *(texts or []), *([meta] if meta else [])]
    targets = outputs_of(outputs, to, inputs, printed=as_json)
    for tag in lang or []:
        check_language(tag)
    options = write_options(
        nulls=nulls,
        flavour=flavour,
        inline=inline,
        split=split,
        layout=tei_layout,
        words=tei_words,
        tokenize=tokenize,
        stamp=stamp,
    )
    reading = ReadOptions(encoding, segmented, limits=limits_of(time_limit, memory))
    notices = aligning.Notices()
    for line in without_effect(targets, options):
        notices.add(line)
    if not texts and not lang and meta is None:
        wanted = [name for name, _ in targets]
        if converting.goes_by_unit(alignment, from_format, wanted):
            done, written = _by_units(alignment, from_format, targets, options, reading, inputs)
            first = next(iter(done.values()))
            lost = {output: one.lost for output, one in done.items()}
            counts = {"units": first.units, "outputs": written}
            _report(alignment, counts, first.dropped, lost, notices, quiet, as_json)
            return
    opened = alignment_files.open_alignment(
        alignment,
        texts=texts or (),
        langs=lang or (),
        from_format=from_format,
        read_options=reading,
        notices=notices,
    )
    if meta is not None:
        from aligner.workflows.metadata import with_metadata

        opened = with_metadata(opened, meta)
    files = files_of(opened) if options.tags else []
    tagged = tagged_for(opened, targets, options, files)
    written = write_all(opened, targets, options, inputs, tagged)
    for line in tags_told(opened, targets, options, tagged):
        notices.add(line)
    lost = {str(path or "-"): formats.losses(opened, name, options) for name, path in targets}
    pairs = opened.alignments if isinstance(opened, AlignmentSet) else (opened,)
    counts = {"beads": [len(pair.beads) for pair in pairs], "outputs": written}
    _report(alignment, counts, alignment_files.not_taken(opened), lost, notices, quiet, as_json)


def _by_units(
    source: str,
    from_format: str | None,
    targets: list[tuple[str, Path | None]],
    options: WriteOptions,
    reading: ReadOptions,
    inputs: Sequence[str | Path],
) -> tuple[dict[str, Converted], list[str]]:
    """Unit by unit into every output, then all of them moved in."""
    from aligner.workflows import converting

    done: dict[str, Converted] = {}

    def write(name: str, path: Path | None, sink: Sink) -> None:
        done[str(path or "-")] = converting.convert_units(
            source, from_format, name, sink, options, reading
        )

    return done, commit_all(targets, inputs, write)


def _report(
    name: str,
    counts: dict[str, Any],
    left: dict[str, int],
    lost: dict[str, tuple[str, ...]],
    notices: Notices,
    quiet: bool,
    as_json: bool,
) -> None:
    """Say what was not read and what the outputs do not hold."""
    for reason, count in left.items():
        times = f" ({count} times)" if count > 1 else ""
        notices.add(f"not taken over from {name}: {reason}{times}")
    for output, sentences in lost.items():
        if sentences:
            where = "standard output" if output == "-" else output
            notices.add(f"{where} does not hold: {'; '.join(sentences)}")
    if not quiet:
        for line in notices.lines:
            tell(line)
    if as_json:
        summary = {
            **counts,
            "not_read": left,
            "lost": {output: list(sentences) for output, sentences in lost.items()},
            "notices": notices.lines,
        }
        print(json.dumps(summary, ensure_ascii=False, indent=1))
