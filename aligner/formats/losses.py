"""What a format cannot hold of an alignment, in words: converting never loses silently.

Each writer module has `HOLDS`, the names (keys of `WORDS`) of what it keeps, and may have
`losses(alignment, options)` for what depends on the alignment, and `left_out(alignment, options)` for
texts that are not written though the format could hold them. Formatting is held under
`options.inline` by formats with inline codes (`INLINE = True`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module

from aligner.formats.options import WriteOptions
from aligner.model import Alignment, AlignmentSet, as_set
from aligner.registry import Table
from aligner.text.output import one_line

__all__ = ["WORDS", "left_out", "losses", "present"]

WORDS: Mapping[str, str] = {
    "texts": "the texts: segments are numbers only",
    "segments": "where the segments of a bead part",
    "languages": "languages beyond the second",
    "nulls": "segments without a counterpart",
    "confidences": "confidences",
    "scores": "scores in nats",
    "status": "review marks (accepted, edited)",
    "comments": "comments",
    "labels": "labels",
    "crossings": "crossings",
    "pins": "pins",
    "words": "links between words",
    "warnings": "warnings",
    "signature": "what made the alignment (signature)",
    "kinds": "kinds of paragraphs (heading, turn, caption ...)",
    "paragraphs": "where paragraphs start and what stands between segments",
    "speakers": "speakers",
    "formatting": "formatting, links and images",
    "times": "times of subtitles",
    "keys": "ids of paragraphs in their files",
    "metadata": "titles, authors and other metadata",
    "originals": "first wordings of edited segments",
    "controls": "characters that XML forbids",
}


def losses(
    table: Table, name: str, alignment: Alignment | AlignmentSet, options: WriteOptions
) -> tuple[str, ...]:
    """One sentence a loss; nothing for writers of others, which do not say what they hold."""
    target = table.entries.get(name)
    if target is None:
        return ()
    module = import_module(target.partition(":")[0])
    held: frozenset[str] = module.HOLDS
    if options.inline and getattr(module, "INLINE", False):
        held |= {"formatting"}
    found = [
        f"{WORDS[what]}{f' ({count})' if count > 1 else ''}"
        for what, count in present(alignment).items()
        if what not in held
    ]
    special = getattr(module, "losses", None)
    more = special(alignment, options) if special else ()
    return (*found, *more, *left_out(table, name, alignment, options))


def left_out(
    table: Table, name: str, alignment: Alignment | AlignmentSet, options: WriteOptions
) -> tuple[str, ...]:
    """Texts that are not in the file, by what the user asked for or what its readers can take."""
    target = table.entries.get(name)
    if target is None:
        return ()
    special = getattr(import_module(target.partition(":")[0]), "left_out", None)
    return tuple(special(alignment, options)) if special else ()


def present(alignment: Alignment | AlignmentSet) -> dict[str, int]:
    """What there is in an alignment, and how often; keys in the order of `WORDS`."""
    alignments = as_set(alignment)
    counts = dict.fromkeys(WORDS, 0)
    for what, count in _of_texts(alignments):
        counts[what] += count
    for what, count in _of_beads(alignments):
        counts[what] += count
    return {what: count for what, count in counts.items() if count}


def _of_texts(alignments: AlignmentSet) -> Iterator[tuple[str, int]]:
    yield "languages", len(alignments.documents) - 2
    for document in alignments.documents:
        known = [document.title, *document.metadata.values()]
        yield "metadata", sum(1 for value in known if value)
        for paragraph in document.paragraphs:
            yield "texts", bool(paragraph.segments)
            # one segment that is the whole paragraph says all about it
            whole = [s.text for s in paragraph.segments] == [paragraph.text]
            yield "paragraphs", not whole
            yield "kinds", paragraph.kind != "para"
            yield "speakers", paragraph.speaker is not None
            yield "formatting", len(paragraph.spans)
            yield "times", paragraph.times is not None
            yield "keys", bool(paragraph.key)
            yield "originals", sum(s.original is not None for s in paragraph.segments)
            yield "controls", not _legal(paragraph.text)


def _legal(text: str) -> bool:
    return text.isprintable() or "".join(one_line(text).split()) == "".join(text.split())


def _of_beads(alignments: AlignmentSet) -> Iterator[tuple[str, int]]:
    for one in alignments.alignments:
        yield "crossings", len(one.crossings)
        yield "pins", len(one.pins)
        yield "words", len(one.words)
        yield "warnings", len(one.warnings)
        # where an alignment was imported from is no loss
        yield "signature", any(name != "from" for name, _ in one.signature.parts)
        for bead in one.beads:
            # of a null run every segment is a bead of its own
            yield "segments", not bead.is_null and max(len(bead.source), len(bead.target)) > 1
            yield "nulls", bead.is_null
            yield "confidences", bead.confidence is not None
            yield "scores", bead.score != 0.0
            yield "status", bead.status != "auto"
            yield "comments", bool(bead.comment)
            yield "labels", len(bead.labels)
