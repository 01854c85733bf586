"""`aligner convert`: an alignment from one format to others."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from aligner.cli.outputs import (
    Flavour,
    Inline,
    Nulls,
    Split,
    Stamp,
    TeiLayout,
    TeiWords,
    To,
    Tokenize,
    outputs_of,
    without_effect,
    write_all,
    write_options,
)
from aligner.cli.texts import Encoding, Langs, check_language

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
    nulls: Nulls = "skip",
    flavour: Flavour = "",
    inline: Inline = False,
    split: Split = "",
    tei_layout: TeiLayout = "corpus",
    tei_words: TeiWords = False,
    tokenize: Tokenize = False,
    stamp: Stamp = False,
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
    from aligner.workflows import aligning, converting

    inputs: list[str | Path] = [alignment, *(texts or [])]
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
    notices = aligning.Notices()
    for line in without_effect(targets, options):
        notices.add(line)
    found = converting.open_alignment(
        alignment,
        texts=texts or (),
        langs=lang or (),
        from_format=from_format,
        read_options=ReadOptions(encoding, segmented),
        notices=notices,
    )
    written = write_all(found, targets, options, inputs)
    left = converting.not_taken(found)
    lost = {str(path or "-"): list(formats.losses(found, name, options)) for name, path in targets}
    for reason, count in left.items():
        times = f" ({count} times)" if count > 1 else ""
        notices.add(f"not taken over from {alignment}: {reason}{times}")
    for name, sentences in lost.items():
        if sentences:
            where = "standard output" if name == "-" else name
            notices.add(f"{where} does not hold: {'; '.join(sentences)}")
    if not quiet:
        for line in notices.lines:
            print(f"aligner: {line}", file=sys.stderr)
    if as_json:
        pairs = found.alignments if isinstance(found, AlignmentSet) else (found,)
        summary = {
            "beads": [len(pair.beads) for pair in pairs],
            "outputs": written,
            "not_read": left,
            "lost": lost,
            "notices": notices.lines,
        }
        print(json.dumps(summary, ensure_ascii=False, indent=1))
