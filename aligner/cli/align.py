"""`aligner align`: texts in, an alignment out, in as many formats as asked for."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aligner.errors import UsageError

if TYPE_CHECKING:
    from aligner.aligning import Decoded
    from aligner.exporting import WriteOptions
    from aligner.model import Alignment, AlignmentSet, Document
    from aligner.pipeline import Progress
    from aligner.scoring import Part

__all__ = ["align", "check_language"]

_PAIR = 2


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
    to: Annotated[
        str | None, typer.Option("--to", help="Format of the output, whatever its suffix.")
    ] = None,
    source_lang: Annotated[
        str, typer.Option("-s", "--source-lang", help="Language of the source (BCP 47).")
    ] = "",
    target_lang: Annotated[
        str, typer.Option("-t", "--target-lang", help="Language of the target (BCP 47).")
    ] = "",
    lang: Annotated[
        list[str] | None,
        typer.Option("-l", "--lang", help="Languages of all texts in order (repeatable)."),
    ] = None,
    segmented: Annotated[
        bool,
        typer.Option("--segmented", help="One segment a line; a blank line ends a paragraph."),
    ] = False,
    from_format: Annotated[
        str | None, typer.Option("--from", help="Format of the texts, whatever their suffix.")
    ] = None,
    encoding: Annotated[
        str | None, typer.Option("--encoding", help="Character encoding of the texts.")
    ] = None,
    html_body: Annotated[
        str, typer.Option("--html-body", help="article, full, or a CSS selector.")
    ] = "article",
    segmenter: Annotated[str, typer.Option("--segmenter", help="srx or sentencex.")] = "srx",
    srx: Annotated[
        Path | None, typer.Option("--srx", help="Your own SRX 2.0 segmentation rules.")
    ] = None,
    abbreviations: Annotated[
        Path | None, typer.Option("--abbreviations", help="Abbreviations, one a line.")
    ] = None,
    pins: Annotated[
        Path | None,
        typer.Option("--pins", help="Beads that must hold and cuts that no bead crosses."),
    ] = None,
    meta: Annotated[
        Path | None, typer.Option("--meta", help="What is known about the texts, as TOML.")
    ] = None,
    encoder: Annotated[
        str,
        typer.Option(
            "--encoder",
            help="auto, embedded, e5, both, or sentence-transformers:MODEL "
            "(see `aligner languages`).",
        ),
    ] = "auto",
    vectors: Annotated[
        Path | None,
        typer.Option("--vectors", help="Your own vectors of all segments, .npz or .npy."),
    ] = None,
    weights: Annotated[
        Path | None, typer.Option("--weights", help="Weights made by `aligner train`.")
    ] = None,
    nulls: Annotated[
        str, typer.Option("--nulls", help="Untranslated segments in TMX: skip, keep, separate.")
    ] = "skip",
    flavour: Annotated[
        str, typer.Option("--flavour", help="TMX for omegat, trados, memoq, phrase, corpus.")
    ] = "",
    tei_layout: Annotated[
        str, typer.Option("--tei-layout", help="corpus, separate or parallel.")
    ] = "corpus",
    stamp: Annotated[
        bool, typer.Option("--stamp", help="Write today's date into the headers.")
    ] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print the parts of every bead's score.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", help="No notices on stderr.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a summary as JSON.")] = False,
) -> None:
    """Align a text and its translation sentence by sentence.

    aligner align es.html en.html -o out.tmx -o out.tei.xml
    """
    from aligner import exporting, pipeline
    from aligner.model import ReadOptions
    from aligner.segmenting import SegmentOptions

    inputs: list[str | Path] = [*texts]
    inputs += [p for p in (srx, abbreviations, pins, meta, weights) if p is not None]
    outputs = _outputs(output or [], to, inputs, wanted=explain or as_json)
    langs = _languages(texts, source_lang, target_lang, lang or [])
    if vectors is not None and len(texts) > _PAIR:
        raise UsageError("--vectors is for two texts", hint="align them in pairs")
    options = exporting.WriteOptions(nulls=nulls, flavour=flavour, layout=tei_layout, stamp=stamp)
    notices = pipeline.Notices()
    documents = [
        pipeline.open_document(
            pipeline.read_source(name),
            language,
            read_options=ReadOptions(encoding, segmented, html_body),
            segment_options=SegmentOptions(segmenter, srx, abbreviations),
            from_format=from_format,
            notices=notices,
        )
        for name, language in zip(texts, langs, strict=True)
    ]
    if meta is not None:
        documents = _described(documents, meta)
    explained: list[str] = []
    settings = pipeline.Settings(
        encoder=encoder,
        vectors=vectors,
        weights=weights,
        pins=pipeline.PinFile(str(pins), _text_of(pins)) if pins else pipeline.PinFile(),
        explain=(lambda path, parts: explained.extend(_explanation(path, parts)))
        if explain
        else None,
    )
    progress = _progress(quiet)
    made = [
        pipeline.align_documents(
            documents[0], target, settings=settings, notices=notices, progress=progress
        )
        for target in documents[1:]
    ]
    whole = pipeline.as_set(made)
    written = _write(whole, outputs, options, inputs)
    if not quiet:
        for line in notices.lines:
            print(f"aligner: {line}", file=sys.stderr)
    if explained:
        print("\n".join(explained))
    if as_json:
        print(json.dumps(_summary(made, written, notices.lines), ensure_ascii=False, indent=1))


def _outputs(
    output: list[str], to: str | None, inputs: Sequence[str | Path], *, wanted: bool
) -> list[tuple[str, Path | None]]:
    """(format, path or None for standard output); what can fail is told before any work."""
    from aligner import exporting

    if to is not None and to not in exporting.WRITERS.names():
        exporting.WRITERS.load(to)  # raises, naming the known ones
    if not output and to is None and not wanted:
        raise UsageError(
            "no output is named",
            hint="give -o FILE (.tmx .tei.xml .beads .tsv .alignment.json), or --to FORMAT -o -",
        )
    named = output or (["-"] if to is not None else [])
    found: list[tuple[str, Path | None]] = []
    for name in named:
        if name == "-":
            if to is None:
                raise UsageError("standard output needs a format", hint="add --to tmx, --to beads")
            found.append((to, None))
            continue
        path = Path(name)
        found.append((to or exporting.format_of(name), path))
        if not path.parent.is_dir():
            raise UsageError(
                "the folder of this output does not exist",
                context=name,
                hint="make it first, or name another place",
            )
    _check_paths([path for _, path in found if path is not None], inputs)
    if sum(path is None for _, path in found) > 1:
        raise UsageError("standard output is named twice", hint="give each output a name")
    return found


def _check_paths(paths: Sequence[Path], inputs: Sequence[str | Path]) -> None:
    """No output may be a folder, an input, or another output."""
    taken = {Path(name).resolve() for name in inputs if name != "-"}
    seen = set()
    for path in paths:
        place = path.resolve()
        if path.is_dir():
            raise UsageError(
                "there is a folder of this name", context=str(path), hint="name a file to write"
            )
        if place in taken:
            raise UsageError(
                "this output would replace one of the inputs",
                context=str(path),
                hint="give the output a name of its own",
            )
        if place in seen:
            raise UsageError(
                "one output is named twice",
                context=str(path),
                hint="give each output a name of its own",
            )
        seen.add(place)


def _languages(texts: list[str], source: str, target: str, all_: list[str]) -> list[str]:
    if len(texts) < _PAIR:
        raise UsageError("an alignment needs two texts", hint="aligner align SOURCE TARGET -o OUT")
    if texts.count("-") > 1:
        raise UsageError("standard input can be only one of the texts")
    if all_ and (source or target):
        raise UsageError("the languages are given twice", hint="use -s and -t, or -l for each text")
    if all_ and len(all_) != len(texts):
        raise UsageError(
            f"{len(all_)} languages for {len(texts)} texts", hint="give -l once for each text"
        )
    if target and len(texts) > _PAIR:
        raise UsageError("-t is for two texts", hint="give -l once for each text, in order")
    langs = all_ or [source, target, *[""] * (len(texts) - _PAIR)]
    for tag in langs:
        check_language(tag)
    return langs


def check_language(tag: str) -> None:
    """Raise UsageError where a tag is not of the form of BCP 47; "" says nothing."""
    import re

    if tag and not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", tag):
        raise UsageError(
            f"{tag!r} is not a language tag", hint="BCP 47: es, pt-BR, zh-Hans, es-419"
        )


def _text_of(path: Path) -> str:
    from aligner import pipeline
    from aligner.errors import Malformed

    try:
        return pipeline.read_source(str(path)).data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Malformed(
            f"byte {error.start} is not UTF-8", context=str(path), hint="save the file as UTF-8"
        ) from None


def _described(documents: list[Document], meta: Path) -> list[Document]:
    from aligner.metadata import apply_metadata, parse_metadata

    said = parse_metadata(_text_of(meta), str(meta))
    known = {document.lang.split("-")[0] for document in documents}
    for lang in said.texts:
        if lang.split("-")[0] not in known:
            raise UsageError(
                f"[text.{lang}] is about none of the texts ({', '.join(sorted(known))})",
                context=str(meta),
            )
    return [apply_metadata(document, said) for document in documents]


def _write(
    alignment: Alignment | AlignmentSet,
    outputs: list[tuple[str, Path | None]],
    options: WriteOptions,
    inputs: Sequence[str | Path],
) -> list[str]:
    """Write all outputs, then move all of them in: an error leaves none behind."""
    from aligner import exporting
    from aligner.files import FileSink, StdoutSink

    sinks = [(name, FileSink(path) if path else StdoutSink()) for name, path in outputs]
    try:
        for name, sink in sinks:
            exporting.write(alignment, name, sink, options)
        # some formats write several files: their names are known only now
        _check_paths([path for _, sink in sinks for path in sink.paths], inputs)
        # standard output last: a reader that has gone must not cost the files
        sinks.sort(key=lambda pair: isinstance(pair[1], StdoutSink))
        return [str(path) for _, sink in sinks for path in sink.commit()]
    finally:
        for _, sink in sinks:
            sink.discard()


def _explanation(path: Decoded, parts: list[list[Part]]) -> list[str]:
    lines = []
    for (source, target), score, posterior, terms in zip(
        path.ranges(), path.scores, path.posteriors, parts, strict=True
    ):
        lines.append(f"{list(source)}:{list(target)} score {score:.4f} posterior {posterior:.3f}")
        lines += [
            f"  {term.nats:+9.4f}  {term.name} ({term.value:.4g} x {term.weight:.4g})"
            for term in terms
        ]
        lines.append(f"  {sum(term.nats for term in terms):+9.4f}  sum")
    return lines


def _progress(quiet: bool) -> Progress | None:
    """A line on stderr with rate and time left, where stderr is a terminal and work is long."""
    if quiet or not sys.stderr.isatty():
        return None
    began = time.monotonic()
    shown, started, current = 0.0, began, ""

    def show(stage: str, done: int, total: int) -> None:
        nonlocal shown, started, current
        now = time.monotonic()
        if stage != current:
            current, started = stage, now
        if now - began < 1.0 or now - shown < 0.2:
            return
        shown = now
        seconds = max(now - started, 1e-6)
        rate = done / seconds
        left = f", {(total - done) / rate:.0f} s left" if rate > 0 else ""
        print(
            f"\r\x1b[K{stage} {done}/{total} segments, {rate:.0f}/s{left}",
            end="" if done < total else "\n",
            file=sys.stderr,
            flush=True,
        )

    return show


def _summary(made: list[Alignment], written: list[str], notices: list[str]) -> dict[str, Any]:
    return {
        "alignments": [
            {
                "source": {
                    "lang": one.source.lang,
                    "origin": one.source.origin,
                    "segments": len(one.source.segments),
                },
                "target": {
                    "lang": one.target.lang,
                    "origin": one.target.origin,
                    "segments": len(one.target.segments),
                },
                "beads": len(one.beads),
                "types": dict(sorted(Counter(bead.kind for bead in one.beads).items())),
                "mean_confidence": round(
                    sum(bead.confidence or 0.0 for bead in one.beads) / len(one.beads), 3
                ),
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
