"""What commands that write alignments share: options of the formats, and files that appear together.

Options are the same in every command that has them; `write_options` checks them before any work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.files import STDOUT, storage
from aligner.files.output_places import check_places
from aligner.model import UsageError
from aligner.text.wording import numbered

if TYPE_CHECKING:
    from aligner.files import Sink
    from aligner.formats import WriteOptions
    from aligner.model import Alignment, AlignmentSet, Source
    from aligner.workflows.omegat_tags import TaggedUnits

__all__ = [
    "FlavourOption",
    "InlineOption",
    "Nulls",
    "SplitOption",
    "StampOption",
    "TeiLayout",
    "TeiWords",
    "To",
    "Tokenize",
    "commit_all",
    "left_out",
    "outputs_of",
    "tagged_for",
    "tags_told",
    "without_effect",
    "write_all",
    "write_options",
]

To = Annotated[str | None, typer.Option("--to", help="Format of the output, whatever its suffix.")]
Nulls = Annotated[
    str,
    typer.Option(
        "--nulls", help="Untranslated segments in TMX, XLIFF, Moses: skip, keep, separate (TMX)."
    ),
]
FlavourOption = Annotated[
    str, typer.Option("--flavour", help="TMX for omegat, trados, memoq, phrase, corpus.")
]
InlineOption = Annotated[
    bool | None,
    typer.Option(
        "--inline/--no-inline",
        help="Formatting as inline codes in TMX (level 2) and XLIFF; --no-inline also leaves "
        "OmegaT's tags out of TMX for it.",
        show_default=False,
    ),
]
SplitOption = Annotated[
    str, typer.Option("--split", help="A new TMX file before so many bytes: 500M, 70000.")
]
TeiLayout = Annotated[str, typer.Option("--tei-layout", help="corpus, separate or parallel.")]
TeiWords = Annotated[bool, typer.Option("--tei-words", help="Words and punctuation in TEI.")]
Tokenize = Annotated[bool, typer.Option("--tokenize", help="Tokens in Moses text.")]
StampOption = Annotated[bool, typer.Option("--stamp", help="Write today's date into the headers.")]


def write_options(
    *,
    nulls: str,
    flavour: str,
    inline: bool | None,
    split: str,
    layout: str,
    words: bool,
    tokenize: bool,
    stamp: bool,
) -> WriteOptions:
    """The options of the writers; raises UsageError for a value nobody knows."""
    from aligner.formats import WriteOptions, parse_size
    from aligner.formats.tmx import check_flavour

    check_flavour(flavour)
    return WriteOptions(
        nulls=nulls,
        flavour=flavour,
        inline=bool(inline),
        tags=flavour == "omegat" and inline is not False,
        split=parse_size(split) if split else 0,
        layout=layout,
        words=words,
        tokenize=tokenize,
        stamp=stamp,
    )


def outputs_of(
    output: list[str],
    to: str | None,
    inputs: Sequence[str | Path],
    *,
    wanted: bool = False,
    printed: bool = False,
) -> list[tuple[str, Path | None]]:
    """(format, path or None for standard output); what can fail is told before any work.

    `wanted`: there is a result beside the outputs; `printed`: it is printed.
    """
    from aligner import formats

    if to is not None and to not in formats.WRITERS.names():
        formats.WRITERS.load(to)  # raises, naming the known ones
    if not output and to is None and not wanted:
        raise UsageError(
            "no output is named",
            hint="give -o FILE (.tmx .tei.xml .beads .tsv .alignment.json), or --to FORMAT -o -",
        )
    named = output or (["-"] if to is not None else [])
    outputs: list[tuple[str, Path | None]] = []
    for name in named:
        if name == "-":
            if to is None:
                raise UsageError("standard output needs a format", hint="add --to tmx, --to beads")
            outputs.append((to, None))
            continue
        outputs.append((to or formats.format_of(name), Path(name)))
    check_places([path or STDOUT for _, path in outputs], inputs, printed=printed)
    return outputs


def write_all(
    alignment: Alignment | AlignmentSet,
    outputs: list[tuple[str, Path | None]],
    options: WriteOptions,
    inputs: Sequence[str | Path],
    tagged: TaggedUnits | None = None,
) -> list[str]:
    """Write all outputs, then move all of them in: an error leaves none behind. `tagged`: the units
    that a TMX for OmegaT has, see `tagged_for`.
    """
    from aligner import formats
    from aligner.formats.tmx import write_tagged

    def write(name: str, path: Path | None, sink: Sink) -> None:
        del path
        if name == "tmx" and tagged is not None:
            write_tagged(alignment, tagged.units, sink, options)
        else:
            formats.write(alignment, name, sink, options)

    return commit_all(outputs, inputs, write)


def commit_all(
    outputs: list[tuple[str, Path | None]],
    inputs: Sequence[str | Path],
    write: Callable[[str, Path | None, Sink], None],
) -> list[str]:
    """Call `write` (format, path, sink) for every output, then move all files in."""
    from aligner.files import StdoutSink, sink_of

    sinks = [(name, path, sink_of(path or STDOUT)) for name, path in outputs]
    try:
        for name, path, sink in sinks:
            write(name, path, sink)
        # some formats write several files: their names are known only now
        check_places([path for *_, sink in sinks for path in sink.paths], inputs)
        # standard output last: a reader that has gone must not cost the files
        sinks.sort(key=lambda row: isinstance(row[2], StdoutSink))
        return [storage.shown(path) for *_, sink in sinks for path in sink.commit()]
    finally:
        for *_, sink in sinks:
            sink.discard()


# options and the formats in which they change something
_EFFECT = {
    "--flavour": ("tmx",),
    "--inline": ("tmx", "xliff", "xliff2"),
    "--split": ("tmx",),
    "--tei-layout": ("tei",),
    "--tei-words": ("tei",),
    "--tokenize": ("moses",),
    "--nulls": ("tmx", "xliff", "xliff2", "moses"),
}


def without_effect(
    outputs: Sequence[tuple[str, Path | None]], options: WriteOptions
) -> Iterator[str]:
    """Options that no output of this run heeds, one sentence each."""
    from aligner.formats import WriteOptions

    written = {name for name, _ in outputs}
    usual = WriteOptions()
    given = {
        "--flavour": options.flavour != usual.flavour,
        "--inline": options.inline,
        "--split": bool(options.split),
        "--tei-layout": options.layout != usual.layout,
        "--tei-words": options.words,
        "--tokenize": options.tokenize,
        "--nulls": options.nulls != usual.nulls,
    }
    for name, differs in given.items():
        if differs and not written.intersection(_EFFECT[name]):
            yield f"{name} has no effect: it is for {', '.join(_EFFECT[name])}"


def left_out(
    alignment: Alignment | AlignmentSet,
    outputs: Sequence[tuple[str, Path | None]],
    options: WriteOptions,
) -> Iterator[str]:
    """Texts that a file does not have though its format could hold them, one sentence each."""
    from aligner import formats

    for name, path in outputs:
        for what in formats.left_out(alignment, name, options):
            yield f"{path or 'standard output'} leaves out {what}"


def tagged_for(
    alignment: Alignment | AlignmentSet,
    outputs: Sequence[tuple[str, Path | None]],
    options: WriteOptions,
    files: Sequence[Source | None],
) -> TaggedUnits | None:
    """The units with OmegaT's tags in them for a TMX that is for it, where the first of `files`, which
    are those of the texts, is one whose tags are known.
    """
    if not options.tags or not files or "tmx" not in {name for name, _ in outputs}:
        return None
    from aligner.workflows.omegat_tags import has_tags, tagged_units

    if files[0] is None or not has_tags(files[0]):
        return None
    return tagged_units(alignment, files, coded=options.inline)


def tags_told(
    alignment: Alignment | AlignmentSet,
    outputs: Sequence[tuple[str, Path | None]],
    options: WriteOptions,
    tagged: TaggedUnits | None = None,
) -> Iterator[str]:
    """What helps where OmegaT has tags in segments that a TMX for it has without."""
    from aligner.formats.tmx import tagged_segments

    if tagged is not None:
        if tagged.there:
            yield (
                f"OmegaT puts tags into {numbered(tagged.there, 'source segment')}; in the TMX with them: {tagged.made}"
                "; for a project with its option Remove Tags, where all are exact matches without "
                "tags, write it with --no-inline"
            )
        return
    names = [path for name, path in outputs if name == "tmx"]
    count = tagged_segments(alignment) if options.flavour == "omegat" and names else 0
    if count:
        yield (
            f"{numbered(count, 'source segment')} with formatting, where OmegaT puts tags of its own: "
            "exact matches with its project's option Remove Tags (of web pages also with --inline and "
            "its preference for TMX level 2)"
        )
