"""What programs call: what the command line does, as functions of files and texts.

    align, align_texts          two files, two lists of texts -> Alignment
    read, segment               a file -> Document, its paragraphs, its sentences
    segment_text                a string -> its sentences
    open_alignment, convert, export, validate   files of alignments
    check, evaluate             what a translation changed; how good beads are

Files are named as on the command line, by `str` or `Path`, `book.zip:ch1.html` and `-` among them.
Whatever goes wrong raises an AlignerError with one clear sentence. Nothing is printed: what a user
should hear is added to `notices`, and long work calls `progress(stage, done, total)`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.model import Alignment, Document, ReadOptions, UsageError
from aligner.workflows.aligning import (
    Notices,
    Progress,
    Settings,
    align_documents,
    open_document,
    open_documents,
    prepare,
    read_source,
)

if TYPE_CHECKING:
    from aligner.engine.evaluating import ScoreSummary
    from aligner.formats import WriteOptions
    from aligner.formats.validation import Fault
    from aligner.segmenting import SegmentOptions
    from aligner.workflows.checking import Report, Wanted
    from aligner.workflows.converting import Converted

__all__ = [
    "align",
    "align_texts",
    "check",
    "convert",
    "evaluate",
    "read",
    "segment",
    "segment_text",
    "validate",
]

Name = str | PathLike[str]


def align(
    source: Name,
    target: Name,
    *,
    source_lang: str = "",
    target_lang: str = "",
    segmented: bool = False,
    settings: Settings | None = None,
    notices: Notices | None = None,
    progress: Progress | None = None,
) -> Alignment:
    """Align two files. Raises AlignerError with one clear sentence for every bad input.

    >>> import aligner
    >>> made = aligner.align("corpora/interview/es.html", "corpora/interview/en.html")
    >>> made.source.lang, made.target.lang, len(made.beads)
    ('es-SV', 'en-US', 96)
    """
    notices = notices or Notices()
    sources = [read_source(str(source)), read_source(str(target))]
    prepare(settings or Settings())
    documents = open_documents(
        sources,
        [source_lang, target_lang],
        read_options=[ReadOptions(segmented=segmented)] * 2,
        notices=notices,
    )
    return align_documents(*documents, settings=settings, notices=notices, progress=progress)


def align_texts(
    source: Sequence[str],
    target: Sequence[str],
    *,
    source_lang: str,
    target_lang: str,
    settings: Settings | None = None,
    notices: Notices | None = None,
    progress: Progress | None = None,
) -> Alignment:
    """Align two lists of sentences; the ranges of the beads count in these lists.

    Texts are normalised to NFC. Raises UsageError for a text that is empty or holds a line end, and
    as `align_documents`.

    >>> import aligner
    >>> made = aligner.align_texts(
    ...     ["La puerta estaba abierta.", "Entró sin hacer ruido.", "Nadie la oyó."],
    ...     ["The door was open.", "She went in without a sound, and nobody heard her."],
    ...     source_lang="es",
    ...     target_lang="en",
    ... )
    >>> [(list(bead.source), list(bead.target)) for bead in made.beads]
    [([0], [0]), ([1, 2], [1])]
    """
    sides = (
        _listed("source", source_lang, source),
        _listed("target", target_lang, target),
    )
    return align_documents(*sides, settings=settings, notices=notices, progress=progress)


def _listed(name: str, lang: str, texts: Sequence[str]) -> Document:
    if isinstance(texts, str):
        raise UsageError(
            f"the {name} is one string, not a list of sentences", hint="segment_text makes one"
        )
    for number, text in enumerate(texts):
        if not text.strip() or len(text.splitlines()) > 1:
            what = "holds a line end" if text.strip() else "is empty"
            raise UsageError(f"text {number} of the {name} {what}", hint="give one sentence each")
    clean = [unicodedata.normalize("NFC", text.strip()) for text in texts]
    return Document.of_segments(name, lang, clean)


def read(
    file: Name,
    *,
    lang: str = "",
    format: str | None = None,  # noqa: A002
    options: ReadOptions | None = None,
) -> Document:
    """The paragraphs of a text, as `aligner read` shows them. Raises ReadError, UsageError.

    >>> import aligner
    >>> page = aligner.read("corpora/interview/es.html")
    >>> page.title
    '«Yo anotaba los contenedores que nadie quería ver»'
    >>> page.paragraphs[1].kind
    'standfirst'
    """
    from aligner.workflows import reading

    document = reading.read(read_source(str(file)), options or ReadOptions(), format)
    return document.with_lang(lang) if lang else document


def segment(
    file: Name,
    *,
    lang: str = "",
    format: str | None = None,  # noqa: A002
    options: ReadOptions | None = None,
    segmenting: SegmentOptions | None = None,
    notices: Notices | None = None,
) -> Document:
    """The same with its sentences, the language detected where nobody says it.

    Raises ReadError where the text is empty or its language cannot be told, SegmentError, UsageError.

    >>> import aligner
    >>> page = aligner.segment("corpora/interview/es.html")
    >>> page.segments[2].text
    'Sus páginas llevaron a juicio a catorce funcionarios y a ella, al exilio.'
    """
    return open_document(
        read_source(str(file)),
        lang,
        read_options=options,
        segment_options=segmenting,
        from_format=format,
        notices=notices,
    )


def segment_text(text: str, lang: str) -> list[str]:
    """The sentences of a string; line ends count as white space, blank lines end paragraphs.

    >>> import aligner
    >>> aligner.segment_text("Llegó el Dr. Ruiz a las 3 p. m. y se fue.  No dijo nada.", "es")
    ['Llegó el Dr. Ruiz a las 3 p. m. y se fue.', 'No dijo nada.']
    """
    from aligner import segmenting
    from aligner.model import Source
    from aligner.workflows import reading

    if not text.strip():
        return []
    data = text.encode("utf-8", "surrogatepass")
    document = reading.read(Source("text", data), ReadOptions("utf-8"), "txt")
    made = segmenting.segment(document.with_lang(lang), segmenting.SegmentOptions())
    return [one.text for one in made.segments]


def check(
    alignment: Alignment | Name,
    *,
    source_lang: str = "",
    target_lang: str = "",
    wanted: Wanted | None = None,
    progress: Progress | None = None,
) -> Report:
    """What the translation left out, added or changed, as `aligner check` reports it.

    Languages overrule what a file says. Raises UsageError where a side has no language, ReadError.

    >>> import aligner
    >>> made = aligner.align_texts(
    ...     ["Cuarenta y dos barcos salieron."], ["Forty-three ships left."],
    ...     source_lang="es", target_lang="en",
    ... )
    >>> [finding.code for finding in aligner.check(made).shown]
    ['number-word']
    """
    from aligner.workflows import checking
    from aligner.workflows.check_files import open_pair

    if not isinstance(alignment, Alignment):
        alignment = open_pair(Path(alignment))
    if source_lang or target_lang:
        from dataclasses import replace

        alignment = replace(
            alignment,
            source=alignment.source.with_lang(source_lang or alignment.source.lang),
            target=alignment.target.with_lang(target_lang or alignment.target.lang),
        )
    return checking.check(alignment, wanted, progress)


def evaluate(gold: Name, system: Alignment | Name, *, merged: bool | None = None) -> ScoreSummary:
    """Beads against gold (a folder with META.json, a file of beads), as `aligner evaluate` scores them:
    strict, lax and null precision, recall and F1, bead types, calibration.

    `merged`: system beads inside one gold bead count as one; None asks the gold. Raises ReadError,
    Malformed, and UsageError where both number other segments.

    >>> import aligner
    >>> made = aligner.align("corpora/interview/es.html", "corpora/interview/en.html")
    >>> score = aligner.evaluate("corpora/interview/gold.beads", made)
    >>> score.macro["strict"].f1 > 0.9
    True
    """
    from aligner.engine.evaluating import beads_of, load_gold, score_case, summarise_scores
    from aligner.workflows.evaluating import System, checked, load_system

    case = load_gold(Path(gold))
    loaded = (
        System(beads_of(system), str(system.signature), system)
        if isinstance(system, Alignment)
        else load_system(Path(system))
    )
    for _ in checked(case, loaded):
        pass  # remarks; segments that are numbered otherwise raise
    return summarise_scores([score_case(case, loaded.beads, merged)])


def convert(
    file: Name,
    output: Name,
    *,
    from_format: str | None = None,
    to: str | None = None,
    texts: Sequence[Name] = (),
    langs: Sequence[str] = (),
    options: WriteOptions | None = None,
    notices: Notices | None = None,
) -> Converted:
    """An alignment in another format; formats by suffix, or by name (`from_format`, `to`).

    What was not read and what the new file does not hold is in the result, as `aligner convert`
    prints it. The file appears whole or not at all. Raises ReadError, Malformed, UsageError, ExportError.

    >>> import aligner, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     made = aligner.align("corpora/interview/es.html", "corpora/interview/en.html")
    ...     aligner.export(made, "json", f"{folder}/made.alignment.json")[0].name
    ...     done = aligner.convert(f"{folder}/made.alignment.json", f"{folder}/made.csv")
    'made.alignment.json'
    >>> done.units, "scores in nats (96)" in done.lost
    (96, True)
    """
    from aligner import formats
    from aligner.files import sink_of
    from aligner.model import AlignmentSet
    from aligner.workflows import alignment_files, converting

    name, path = to or formats.format_of(str(output)), Path(output)
    if path.exists() and Path(str(file)).exists() and path.samefile(str(file)):
        raise UsageError("this output would replace the input", context=str(path))
    written = options or formats.WriteOptions()
    sink = sink_of(path)
    try:
        if not (texts or langs) and converting.goes_by_unit(str(file), from_format, [name]):
            done = converting.convert_units(str(file), from_format, name, sink, written)
        else:
            opened = alignment_files.open_alignment(
                str(file),
                texts=[str(one) for one in texts],
                langs=langs,
                from_format=from_format,
                notices=notices,
            )
            formats.write(opened, name, sink, written)
            pairs = opened.alignments if isinstance(opened, AlignmentSet) else (opened,)
            done = converting.Converted(
                sum(len(pair.beads) for pair in pairs),
                alignment_files.not_taken(opened),
                formats.losses(opened, name, written),
            )
        sink.commit()
    finally:
        sink.discard()
    return done


def validate(file: Name, *, format: str = "", schema: Name | None = None) -> list[Fault]:  # noqa: A002
    """What standards and tools refuse in a TMX, TEI, XLIFF or `.alignment.json`; [] for none.

    `schema`: a schema of the user's own to hold it against too. Raises ReadError, UsageError.

    >>> import aligner, pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder, "empty.tmx")
    ...     _ = path.write_text("<tmx version='1.4'><body/></tmx>")
    ...     [(fault.line, fault.severity) for fault in aligner.validate(path)]
    [(1, 'error')]
    """
    from aligner.formats import validation

    validation.check_format(format)
    return list(validation.validate(Path(file), format, None if schema is None else Path(schema)))
