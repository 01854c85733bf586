"""`aligner align`: texts in, an alignment out, in as many formats as asked for."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
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
    left_out,
    outputs_of,
    tagged_for,
    tags_told,
    without_effect,
    write_all,
    write_options,
)
from aligner.cli.common.progress import counted
from aligner.cli.common.texts import (
    Abbreviations,
    EncoderName,
    Encoding,
    FixMojibake,
    FromFormat,
    HtmlBody,
    Include,
    Langs,
    MemoryLimit,
    Meta,
    Paragraphs,
    Segmented,
    Segmenter,
    SidesOption,
    SourceLang,
    Srx,
    TargetLang,
    TimeLimit,
    WeightsFile,
    check_language,
    each_read_options,
    limits_of,
    segment_options,
)
from aligner.cli.ui import tell
from aligner.model import UsageError
from aligner.runtime.places import shown
from aligner.text.wording import numbered

if TYPE_CHECKING:
    from aligner.model import Alignment
    from aligner.workflows import aligning

__all__ = ["align"]

_PAIR = 2
_NAMED = 3  # segments in which the words of one are said to find partners


def align(
    texts: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE TARGET [MORE ...]",
            help="The texts; `-` is standard input. More than two are each aligned to the first.",
            show_default=False,
        ),
    ],
    output: Annotated[
        list[str] | None,
        typer.Option(
            "-o", "--output", help="A file to write, its format by its suffix (repeatable)."
        ),
    ] = None,
    to: To = None,
    source_lang: SourceLang = "",
    target_lang: TargetLang = "",
    lang: Langs = None,
    segmented: Segmented = False,
    paragraphs: Paragraphs = False,
    from_format: FromFormat = None,
    encoding: Encoding = None,
    html_body: HtmlBody = "article",
    include: Include = None,
    side: SidesOption = None,
    fix_mojibake: FixMojibake = False,
    time_limit: TimeLimit = 0.0,
    memory: MemoryLimit = "",
    segmenter: Segmenter = "srx",
    srx: Srx = None,
    abbreviations: Abbreviations = None,
    pins: Annotated[
        Path | None,
        typer.Option(
            "--pins", help="Beads that must hold ([3]:[4], or s4:t5) and cuts that no bead crosses."
        ),
    ] = None,
    dictionary: Annotated[
        Path | None,
        typer.Option(
            "--dictionary",
            help="Words and their translations as evidence: a glossary, hunalign .dic.",
        ),
    ] = None,
    meta: Meta = None,
    encoder: EncoderName = "auto",
    vectors: Annotated[
        Path | None,
        typer.Option("--vectors", help="Your own vectors of all segments, .npz or .npy."),
    ] = None,
    weights: WeightsFile = None,
    nulls: Nulls = "skip",
    flavour: FlavourOption = "",
    inline: InlineOption = None,
    split: SplitOption = "",
    tei_layout: TeiLayout = "corpus",
    tei_words: TeiWords = False,
    words: Annotated[
        bool, typer.Option("--words", help="Link the words inside beads (JSON, HTML, TEI).")
    ] = False,
    tokenize: Tokenize = False,
    stamp: StampOption = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print the parts of every bead's score.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No notices on stderr.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a summary as JSON.")] = False,
) -> None:
    """Align a text and its translation sentence by sentence.

    aligner align es.html en.html -o out.tmx -o out.tei.xml
    """
    from aligner.workflows import aligning
    from aligner.workflows.reading import text_of

    inputs: list[str | Path] = [*texts]
    inputs += [
        p for p in (srx, abbreviations, pins, dictionary, meta, weights, vectors) if p is not None
    ]
    outputs = outputs_of(output or [], to, inputs, wanted=explain or as_json, printed=as_json)
    langs = _languages(texts, source_lang, target_lang, lang or [])
    for option, file in (("--vectors", vectors), ("--dictionary", dictionary)):
        if file is not None and len(texts) > _PAIR:
            raise UsageError(f"{option} is for two texts", hint="align them in pairs")
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
    limits = limits_of(time_limit, memory)
    notices = aligning.Notices()
    for line in without_effect(outputs, options):
        notices.add(line)
    explained: list[str] = []
    settings = aligning.Settings(
        encoder=encoder,
        vectors=vectors,
        weights=weights,
        pins=aligning.PinFile(str(pins), text_of(pins)) if pins else aligning.PinFile(),
        explain=(lambda beads: explained.extend(_explanation(beads))) if explain else None,
    )
    sources = [aligning.read_source(name) for name in texts]
    aligning.prepare(settings)
    documents = aligning.open_documents(
        sources,
        langs,
        read_options=each_read_options(
            len(texts),
            encoding=encoding,
            segmented=segmented,
            html_body=html_body,
            fix_mojibake=fix_mojibake,
            sides=side or [],
            limits=limits,
            include=include or [],
        ),
        segment_options=segment_options(
            segmenter, srx, abbreviations, limits, paragraphs=paragraphs, segmented=segmented
        ),
        from_format=from_format,
        notices=notices,
    )
    if meta is not None:
        from aligner.workflows.metadata import described

        documents = described(documents, meta)
    if dictionary is not None:
        from aligner.formats.glossaries import parse_dictionary

        known = parse_dictionary(
            aligning.read_source(str(dictionary)).data,
            str(dictionary),
            (documents[0].lang, documents[1].lang),
        )
        settings = replace(settings, dictionary=known)
    progress = counted("segments", quiet=quiet)
    made = [
        aligning.align_documents(
            documents[0], target, settings=settings, notices=notices, progress=progress
        )
        for target in documents[1:]
    ]
    if words:
        from aligner.workflows.word_links import with_word_links

        made = [with_word_links(one, encoder) for one in made]
    whole = aligning.one_or_set(made)
    tagged = tagged_for(whole, outputs, options, sources)
    written = write_all(whole, outputs, options, inputs, tagged)
    for line in (*left_out(whole, outputs, options), *tags_told(whole, outputs, options, tagged)):
        notices.add(line)
    if not quiet:
        for line in notices.lines:
            tell(line)
    if explained:
        print("\n".join(explained))
    if as_json:
        print(json.dumps(_summary(made, written, notices.lines), ensure_ascii=False, indent=1))


def _languages(texts: list[str], source: str, target: str, all_: list[str]) -> list[str]:
    if len(texts) < _PAIR:
        raise UsageError("an alignment needs two texts", hint="aligner align SOURCE TARGET -o OUT")
    if texts.count("-") > 1:
        raise UsageError("standard input can be only one of the texts")
    if all_ and (source or target):
        raise UsageError("the languages are given twice", hint="use -s and -t, or -l for each text")
    if all_ and len(all_) != len(texts):
        raise UsageError(
            f"{numbered(len(all_), 'language')} for {len(texts)} texts",
            hint="give -l once for each text",
        )
    if target and len(texts) > _PAIR:
        raise UsageError("-t is for two texts", hint="give -l once for each text, in order")
    langs = all_ or [source, target, *[""] * (len(texts) - _PAIR)]
    for tag in langs:
        check_language(tag)
    return langs


def _explanation(beads: Sequence[aligning.ExplainedBead]) -> list[str]:
    lines = []
    for bead in beads:
        lines.append(
            f"{list(bead.source)}:{list(bead.target)} score {bead.score:.4f} "
            f"posterior {bead.posterior:.3f}"
        )
        lines += [f"  {bead.other}"] if bead.other is not None else []
        lines += [f"  {_partners(one)}" for one in bead.partners]
        lines += [
            f"  {term.nats:+9.4f}  {term.name} ({term.value:.4g} x {term.weight:.4g})"
            for term in bead.parts
        ]
        lines.append(f"  {sum(term.nats for term in bead.parts):+9.4f}  sum")
    return lines


def _partners(one: aligning.Partners) -> str:
    """As a person counts: from 1, `s` the source's segments and `t` the target's."""
    mine, other = ("s", "t") if one.side == 0 else ("t", "s")
    name = f"{mine}{one.segment + 1}"
    if not one.shares:
        return f"the words of {name} find no partner nearby"
    (first, share), *rest = one.shares[:_NAMED]
    line = f"{share:.0%} of the words of {name} find their partner in {other}{first + 1}"
    return ", ".join([line, *(f"{part:.0%} in {other}{place + 1}" for place, part in rest)])


def _expected(one: Alignment) -> dict[str, Any]:
    """The expected F1 as a number and in words."""
    figure = one.expected_f1
    if figure is None:
        return {"expected_f1": None}
    return {
        "expected_f1": round(figure, 3),
        "expected": f"about {figure * 100:.0f} of 100 links are right",
    }


def _quality(one: Alignment) -> dict[str, Any]:
    """The score of the document, and what it rests on."""
    from aligner.corpus.quality import document_quality

    scored = document_quality(one)
    return {
        "quality": scored.quality,
        "null_share": scored.null_share,
        "other_languages": list(scored.other_languages),
    }


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, 3)


def _summary(made: list[Alignment], written: list[str], notices: list[str]) -> dict[str, Any]:
    return {
        "alignments": [
            {
                "source": {
                    "lang": one.source.lang,
                    "origin": shown(one.source.origin),
                    "segments": len(one.source.segments),
                },
                "target": {
                    "lang": one.target.lang,
                    "origin": shown(one.target.origin),
                    "segments": len(one.target.segments),
                },
                "beads": len(one.beads),
                "types": dict(sorted(Counter(bead.kind for bead in one.beads).items())),
                "translated": round(one.translated, 3),
                **_expected(one),
                "mean_confidence": _rounded(one.mean_confidence),
                **_quality(one),
                "crossings": [
                    {
                        "source": list(crossing.source),
                        "target": list(crossing.target),
                        "confidence": crossing.confidence,
                    }
                    for crossing in one.crossings
                ],
                "warnings": list(one.warnings),
                "signature": str(one.signature),
            }
            for one in made
        ],
        "outputs": written,
        "notices": notices,
    }
