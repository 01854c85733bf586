"""Opening an alignment, whatever file it is in.

    out.alignment.json, .tmx, .xlf, .tsv, .csv, .xlsx, .jsonl, .tei.xml ...   one file
    out.xces.xml, out.intertext.xml    links; the texts lie beside them, or are given
    out.es, out.moses                  Moses text: one file a language
    out.beads, out.ladder              numbers of segments; the texts are given

Beads and ladders name nothing but numbers, so their texts have to be split as they were when the
numbers were made: `segmented` texts, one segment a line, are the sure way.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.files import storage
from aligner.model import (
    Alignment,
    AlignmentSet,
    Document,
    FileName,
    Malformed,
    ReadOptions,
    Source,
    UsageError,
)
from aligner.text.wording import numbered
from aligner.workflows.aligning import Notices, open_document

if TYPE_CHECKING:
    from aligner.segmenting import SegmentOptions
    from aligner.workflows.reading import Link

__all__ = [
    "alignment_formats",
    "named_format",
    "not_taken",
    "open_alignment",
]

_NUMBERS = ("beads", "ladder")
# suffixes of Moses text that are formats of their own, though they look like languages
_NO_LANGUAGE = frozenset(
    [
        *("tmx", "tsv", "csv", "txt", "xml", "po", "md", "gz", "ass", "srt", "vtt", "itt"),
        *("doc", "dot", "mht", "htm", "rtf", "odt", "pdf"),
    ]
)


def open_alignment(
    file: FileName,
    *,
    texts: Sequence[FileName] = (),
    langs: Sequence[str] = (),
    from_format: str | None = None,
    read_options: ReadOptions | None = None,
    segment_options: SegmentOptions | None = None,
    notices: Notices | None = None,
) -> Alignment | AlignmentSet:
    """The alignment in a file, its texts in `texts` (source first) where they are not in it
    or beside it; `langs` overrule the languages that the files say.

    Raises ReadError, Malformed or UsageError with one clear sentence for what cannot be read.
    """
    from aligner.workflows import reading

    name, names = str(file), [str(text) for text in texts]
    options, notices = read_options or ReadOptions(), notices or Notices()
    known = alignment_formats()
    if from_format is not None and from_format not in known:
        raise UsageError(
            f"there is no alignment format {from_format!r}", hint=f"known: {', '.join(known)}"
        )
    form = from_format or named_format(name)
    if form == "moses":
        sources = _moses(name, names, langs)
        return reading.read_moses(sources, options, langs)
    source = reading.open_source(name)
    if form in _NUMBERS:
        return _numbers(source, form, names, langs, options, segment_options, notices)
    given = tuple(map(reading.open_source, names))
    beside = reading.Beside(given, partial(_sibling, Path(name).parent))
    alignment = reading.read_alignment(source, form or None, options, beside)
    if given and not _takes_texts(alignment, given):
        raise UsageError("--texts is for links: the texts are in this file", context=name)
    return _with_langs(alignment, langs, name)


def alignment_formats() -> tuple[str, ...]:
    """Names of the formats that `open_alignment` reads."""
    from aligner.workflows import reading

    return (*reading.ALIGNMENTS.names(), *reading.LINKED.names(), "moses", *_NUMBERS)


def not_taken(alignment: Alignment | AlignmentSet) -> dict[str, int]:
    """What the reader left out of the file: reasons, and how often each came."""
    counts: dict[str, int] = {}
    for dropped in dict.fromkeys(d for document in _documents(alignment) for d in document.dropped):
        counts[dropped.reason] = counts.get(dropped.reason, 0) + 1
    return counts


def _documents(alignment: Alignment | AlignmentSet) -> tuple[Document, ...]:
    if isinstance(alignment, AlignmentSet):
        return alignment.documents
    return alignment.source, alignment.target


def named_format(name: str) -> str:
    """The format that only a name can say (Moses text, beads, ladders); "" where the bytes will."""
    suffix = Path(name.removesuffix(".gz")).suffix.lower()
    return suffix[1:] if suffix in (".moses", ".beads", ".ladder") else ""


def _sibling(folder: Path, name: str) -> Source:
    from aligner.workflows.reading import open_source

    source = open_source(str(folder / name))
    return Source(name, source.data)


def _takes_texts(alignment: Alignment | AlignmentSet, given: Sequence[Source]) -> bool:
    names = {source.name for source in given}
    return any(document.origin in names for document in _documents(alignment))


def _moses(name: str, texts: Sequence[str], langs: Sequence[str]) -> list[Source]:
    from aligner.workflows.reading import open_source

    if texts or storage.is_file(Path(name)):
        return [open_source(one) for one in (name, *texts)]
    prefix = name.removesuffix(".moses").removesuffix(".")
    if langs:
        return [open_source(f"{prefix}.{lang}") for lang in langs]
    stem = Path(prefix)
    languages = sorted(
        path.suffix[1:]
        for path in map(Path, storage.names_in(stem.parent))
        if path.stem == stem.name and len(path.suffix) in range(3, 10)
        if path.suffix[1:].lower() not in _NO_LANGUAGE
    )
    shown = f"here are {', '.join(languages)}; " if languages else ""
    raise UsageError(
        "Moses text does not say which language is the source",
        context=name,
        hint=f"{shown}name them in order: -l es -l en (memory import: -s es -t en)",
    )


def _numbers(
    source: Source,
    form: str,
    texts: Sequence[str],
    langs: Sequence[str],
    options: ReadOptions,
    segment_options: SegmentOptions | None,
    notices: Notices,
) -> Alignment:
    from aligner.workflows import reading

    if len(texts) != 2:
        raise UsageError(
            f"a {form} file holds numbers, not texts",
            context=source.name,
            hint="give both texts, the source first: --texts es.txt --texts en.txt",
        )
    documents: list[Document] = []
    for text, lang in zip(texts, [*langs, "", ""][:2], strict=True):
        one = reading.open_source(text)
        documents.append(
            open_document(
                one,
                lang,
                read_options=options,
                segment_options=segment_options,
                notices=notices,
            )
        )
    try:
        content = source.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = source.data.count(b"\n", 0, error.start) + 1
        raise Malformed("not UTF-8", context=source.name, line=line) from None
    read = _beads if form == "beads" else _ladder
    links = read(content, source.name)
    alignment = reading.tile(documents[0], documents[1], links, form, source.name)
    for warning in alignment.warnings:
        notices.add(f"{source.name}: {warning}")
    return alignment


def _beads(text: str, name: str) -> list[Link]:
    from aligner.engine.evaluating import parse_beads
    from aligner.workflows.reading import Link

    return [Link(bead.source, bead.target, bead.confidence) for bead in parse_beads(text, name)]


def _ladder(text: str, name: str) -> list[Link]:
    """Rungs of hunalign: each says where a bead starts, the last where both texts end."""
    from aligner.workflows.reading import Link

    rungs: list[tuple[int, int, float | None]] = []
    ours = True
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) < 2 or not (cells[0].isdecimal() and cells[1].isdecimal()):
            raise Malformed(
                "this is not a rung of a ladder", context=name, line=number, excerpt=line[:60]
            )
        i, j = int(cells[0]), int(cells[1])
        if rungs and (i < rungs[-1][0] or j < rungs[-1][1]):
            raise Malformed("a rung goes back", context=name, line=number, excerpt=line[:60])
        score = _number(cells[2] if len(cells) > 2 else "")
        # hunalign's scores are no shares: one beyond 1 shows whose they are
        ours = ours and (score is None or 0.0 <= score <= 1.0)
        rungs.append((i, j, score))
    return [
        Link(tuple(range(i, k)), tuple(range(j, m)), score if ours else None)
        for (i, j, score), (k, m, _) in itertools.pairwise(rungs)
    ]


def _number(cell: str) -> float | None:
    try:
        return float(cell)
    except ValueError:
        return None


def _with_langs(
    alignment: Alignment | AlignmentSet, langs: Sequence[str], name: str
) -> Alignment | AlignmentSet:
    if not langs:
        return alignment
    pairs = alignment.alignments if isinstance(alignment, AlignmentSet) else (alignment,)
    if len(langs) != len(pairs) + 1:
        raise UsageError(
            f"{numbered(len(langs), 'language')} for {len(pairs) + 1} texts",
            context=name,
            hint="give -l once for each text, in order",
        )
    source = pairs[0].source.with_lang(langs[0])
    made = tuple(
        replace(one, source=source, target=one.target.with_lang(lang))
        for one, lang in zip(pairs, langs[1:], strict=True)
    )
    return AlignmentSet(made) if isinstance(alignment, AlignmentSet) else made[0]
