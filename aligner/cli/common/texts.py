"""Options about texts that commands share: how they are read, split, described and encoded. Each is
defined here once, so that it means the same in every command.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aligner.model import UsageError
from aligner.text.wording import numbered

if TYPE_CHECKING:
    from aligner.model import Limits, ReadOptions
    from aligner.segmenting import SegmentOptions

__all__ = [
    "Abbreviations",
    "EncoderName",
    "Encoding",
    "FixMojibake",
    "FromFormat",
    "HtmlBody",
    "Include",
    "Langs",
    "MemoryLimit",
    "Meta",
    "Paragraphs",
    "Segmented",
    "Segmenter",
    "SidesOption",
    "SourceLang",
    "Srx",
    "TargetLang",
    "TimeLimit",
    "WeightsFile",
    "check_language",
    "each_read_options",
    "limits_of",
    "segment_options",
]


def check_language(tag: str) -> str:
    """The tag; raises UsageError where it is not of the form of BCP 47. "" says nothing."""
    import re

    if tag and not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", tag):
        raise UsageError(
            f"{tag!r} is not a language tag", hint="BCP 47: es, pt-BR, zh-Hans, es-419"
        )
    return tag


SourceLang = Annotated[
    str,
    typer.Option(
        "-s", "--source-lang", help="Language of the source (BCP 47).", callback=check_language
    ),
]
TargetLang = Annotated[
    str,
    typer.Option(
        "-t", "--target-lang", help="Language of the target (BCP 47).", callback=check_language
    ),
]
Langs = Annotated[
    list[str] | None,
    typer.Option("-l", "--lang", help="Languages of all texts in order (repeatable)."),
]
EncoderName = Annotated[
    str,
    typer.Option(
        "--encoder",
        help="auto, embedded, e5, both, or sentence-transformers:MODEL (see `aligner languages`).",
    ),
]
WeightsFile = Annotated[
    Path | None, typer.Option("--weights", help="Weights made by `aligner train`.")
]
FromFormat = Annotated[
    str | None,
    typer.Option(
        "--from", help="Format of the text, whatever its suffix or content (`aligner formats`)."
    ),
]
Encoding = Annotated[
    str | None,
    typer.Option("--encoding", help="Character encoding, where it is not found out rightly."),
]
FixMojibake = Annotated[
    bool,
    typer.Option("--fix-mojibake", help="Repair text that was decoded wrongly once (Ã© for é)."),
]
Include = Annotated[
    list[str] | None,
    typer.Option(
        "--include",
        help="Text too of DOCX, ODT, RTF: headers, footers, comments, properties (repeatable, or "
        "with commas).",
    ),
]
HtmlBody = Annotated[
    str,
    typer.Option(
        "--html-body",
        help="What of a web page is text: article, full (all that a browser shows), or a CSS "
        "selector.",
    ),
]
SidesOption = Annotated[
    list[str] | None,
    typer.Option(
        "--side",
        help="Which text of a file that holds several: source, target, a language or a column; "
        "once for each text in order.",
    ),
]
Segmented = Annotated[
    bool,
    typer.Option("--segmented", help="One segment a line already; a blank line ends a paragraph."),
]
Paragraphs = Annotated[
    bool, typer.Option("--paragraphs", help="One segment a paragraph, of any format.")
]
Segmenter = Annotated[
    str, typer.Option("--segmenter", help="srx, or sentencex (fast, optional part).")
]
Srx = Annotated[
    Path | None,
    typer.Option("--srx", help="SRX 2.0 rules to use in the place of ours: your CAT tool's."),
]
Abbreviations = Annotated[
    Path | None,
    typer.Option("--abbreviations", help="Abbreviations, one a line: no segment ends there."),
]
TimeLimit = Annotated[
    float,
    typer.Option(
        "--time-limit",
        min=0,
        help="Seconds that a PDF, or rules of the user (--srx), may take; 0: a minute and more for large ones.",
    ),
]
MemoryLimit = Annotated[
    str,
    typer.Option(
        "--memory",
        help="Memory that a PDF, or rules of the user (--srx), may take (2G); 400M and more for large ones.",
    ),
]
Meta = Annotated[
    Path | None,
    typer.Option(
        "--meta", help="What is known about the texts, as TOML (corpora/interview/meta.toml)."
    ),
]


def included(include: Sequence[str] | None) -> frozenset[str]:
    """The parts that a user names, one by one or with commas."""
    return frozenset(
        name.strip() for part in include or () for name in part.split(",") if name.strip()
    )


def each_read_options(
    count: int,
    *,
    encoding: str | None,
    segmented: bool,
    html_body: str,
    fix_mojibake: bool,
    sides: Sequence[str],
    limits: Limits,
    include: Sequence[str] = (),
) -> list[ReadOptions]:
    """Options for each of `count` texts; raises UsageError where sides are not one for each, and for
    a part to include that nobody knows.
    """
    from aligner.model import ReadOptions

    wanted = included(include)
    if sides and len(sides) != count:
        raise UsageError(
            f"{numbered(len(sides), 'side')} for {numbered(count, 'text')}",
            hint="give --side once for each text",
        )
    return [
        ReadOptions(encoding, segmented, html_body, side, fix_mojibake, limits, wanted)
        for side in (sides or [""] * count)
    ]


def limits_of(time_limit: float, memory: str) -> Limits:
    """The limits that a user sets. Raises UsageError for what is no size."""
    from aligner.formats import parse_size
    from aligner.model import Limits

    return Limits(time_limit, parse_size(memory) if memory else 0)


def segment_options(
    segmenter: str,
    srx: Path | None,
    abbreviations: Path | None,
    limits: Limits,
    *,
    paragraphs: bool,
    segmented: bool,
) -> SegmentOptions:
    """Options of segmenting; an unknown segmenter, and options that contradict each other, are an
    error before any work.
    """
    from aligner.segmenting import SEGMENTERS, SegmentOptions

    if paragraphs and (segmented or srx or abbreviations):
        other = "--segmented" if segmented else "--srx" if srx else "--abbreviations"
        raise UsageError(f"--paragraphs and {other} contradict each other", hint="give one of them")
    if segmenter not in SEGMENTERS.names():
        SEGMENTERS.load(segmenter)  # raises, naming the known ones
    return SegmentOptions(segmenter, srx, abbreviations, limits, paragraphs)
