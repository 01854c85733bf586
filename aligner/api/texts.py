"""Texts: aligned, read, split into sentences."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.model import (
    Alignment,
    AlignmentSet,
    Document,
    FileName,
    ReadOptions,
    UsageError,
)
from aligner.text.wording import numbered
from aligner.workflows.aligning import (
    Notices,
    PinFile,
    Progress,
    Settings,
    align_documents,
    one_or_set,
    open_document,
    open_documents,
    prepare,
    read_source,
)

if TYPE_CHECKING:
    from aligner.segmenting import SegmentOptions

__all__ = ["align", "align_all", "align_texts", "read", "segment", "segment_text"]

_PAIR = 2


def align(
    source: FileName,
    target: FileName,
    *,
    source_lang: str = "",
    target_lang: str = "",
    segmented: bool = False,
    options: ReadOptions | Sequence[ReadOptions] | None = None,
    segmenting: SegmentOptions | None = None,
    format: str | None = None,  # noqa: A002
    pins: FileName | None = None,
    dictionary: FileName | None = None,
    meta: FileName | None = None,
    words: bool = False,
    settings: Settings | None = None,
    notices: Notices | None = None,
    progress: Progress | None = None,
) -> Alignment:
    """Align two files. Raises AlignerError with one clear sentence for every bad input.

    `options` say how the texts are read (one for both, or two), `segmenting` how they are split;
    `segmented`: one segment a line already. `pins`, `dictionary` and `meta` are files as the options
    of `aligner align` take them; `words` links the words inside beads. `settings`: encoder, weights,
    vectors, what explains. `export` writes the result.

    >>> import aligner
    >>> made = aligner.align("corpora/interview/es.html", "corpora/interview/en.html")
    >>> made.source.lang, made.target.lang, len(made.beads)
    ('es-SV', 'en-US', 96)
    """
    if segmented:
        both = [options] * _PAIR if isinstance(options, ReadOptions) else [*(options or ())]
        options = [replace(one, segmented=True) for one in both or [ReadOptions()] * _PAIR]
    made = align_all(
        [source, target],
        langs=[source_lang, target_lang],
        options=options,
        segmenting=segmenting,
        format=format,
        pins=pins,
        dictionary=dictionary,
        meta=meta,
        words=words,
        settings=settings,
        notices=notices,
        progress=progress,
    )
    return made.alignments[0]


def align_all(
    texts: Sequence[FileName],
    *,
    langs: Sequence[str] = (),
    options: ReadOptions | Sequence[ReadOptions] | None = None,
    segmenting: SegmentOptions | None = None,
    format: str | None = None,  # noqa: A002
    pins: FileName | None = None,
    dictionary: FileName | None = None,
    meta: FileName | None = None,
    words: bool = False,
    settings: Settings | None = None,
    notices: Notices | None = None,
    progress: Progress | None = None,
) -> AlignmentSet:
    """Align two files or more, each to the first; parameters as those of `align`.

    `langs`: one for each text, "" to detect it. Raises UsageError where there are not as many
    languages or options as texts, and for a dictionary or vectors with more than two texts.

    >>> import aligner
    >>> made = aligner.align_all(["corpora/interview/es.html", "corpora/interview/en.html"])
    >>> [document.lang for document in made.documents]
    ['es-SV', 'en-US']
    """
    from aligner.workflows.reading import text_of

    settings, notices = settings or Settings(), notices or Notices()
    if len(texts) < _PAIR:
        raise UsageError("an alignment needs two texts", hint="name a text and its translation")
    each = [options] * len(texts) if isinstance(options, ReadOptions) else [*(options or ())]
    for what, given in (("language", langs), ("option", each)):
        if given and len(given) != len(texts):
            raise UsageError(
                f"{numbered(len(given), what)} for {len(texts)} texts", hint="give one for each"
            )
    for what, file in (("vectors are", settings.vectors), ("a dictionary is", dictionary)):
        if file is not None and len(texts) > _PAIR:
            raise UsageError(f"{what} for two texts", hint="align them in pairs")
    if pins is not None:
        settings = replace(settings, pins=PinFile(str(pins), text_of(Path(pins))))
    sources = [read_source(str(text)) for text in texts]
    prepare(settings)
    documents = open_documents(
        sources,
        list(langs) or [""] * len(texts),
        read_options=each or [ReadOptions()] * len(texts),
        segment_options=segmenting,
        from_format=format,
        notices=notices,
    )
    if meta is not None:
        from aligner.workflows.metadata import described

        documents = described(documents, meta)
    if dictionary is not None:
        from aligner.formats.glossaries import parse_dictionary

        data, pair = read_source(str(dictionary)).data, (documents[0].lang, documents[1].lang)
        known = parse_dictionary(data, str(dictionary), pair)
        settings = replace(settings, dictionary=known)
    made = [
        align_documents(documents[0], target, settings=settings, notices=notices, progress=progress)
        for target in documents[1:]
    ]
    if words:
        from aligner.workflows.word_links import with_word_links

        made = [with_word_links(one, settings.encoder) for one in made]
    whole = one_or_set(made)
    return whole if isinstance(whole, AlignmentSet) else AlignmentSet((whole,))


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
    file: FileName,
    *,
    lang: str = "",
    format: str | None = None,  # noqa: A002
    options: ReadOptions | None = None,
    meta: FileName | None = None,
    notices: Notices | None = None,
) -> Document:
    """The paragraphs of a text, as `aligner read` shows them, and what was left out (`dropped`).

    The language is detected where nobody says it. Raises ReadError, UsageError.

    >>> import aligner
    >>> page = aligner.read("corpora/interview/es.html")
    >>> page.title
    '«Yo anotaba los contenedores que nadie quería ver»'
    >>> page.paragraphs[1].kind
    'standfirst'
    """
    from aligner.workflows.opening import look_at

    document, trace = look_at(
        str(file), lang, options, from_format=format, meta=meta, notices=notices
    )
    if trace is None:
        return document
    return replace(document, dropped=(*document.dropped, *trace.left))


def segment(
    file: FileName,
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
