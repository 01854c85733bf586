"""What a format cannot hold of an alignment, in words: converting never loses silently.

What each keeps is in its declaration (`Format.holds`); what depends on the alignment its `losses`
say, and `left_out` the texts that are not written though it could hold them. Formatting is held
under `options.inline` by formats with inline codes.
"""

from __future__ import annotations

from collections.abc import Iterator

from aligner.formats.base import WORDS, Format
from aligner.formats.options import WriteOptions
from aligner.model import Alignment, AlignmentSet, as_set
from aligner.text.output import one_line

__all__ = ["left_out", "losses", "present"]


def losses(
    form: Format | None, alignment: Alignment | AlignmentSet, options: WriteOptions
) -> tuple[str, ...]:
    """One sentence a loss; nothing for writers of others (None), which do not say what they hold."""
    if form is None:
        return ()
    held = form.holds | ({"formatting"} if options.inline and form.inline else set())
    missing = [
        f"{WORDS[what]}{f' ({count})' if count > 1 else ''}"
        for what, count in present(alignment).items()
        if what not in held
    ]
    more = form.losses()(alignment, options) if form.losses else ()
    return (*missing, *more, *left_out(form, alignment, options))


def left_out(
    form: Format | None, alignment: Alignment | AlignmentSet, options: WriteOptions
) -> tuple[str, ...]:
    """Texts that are not in the file, by what the user asked for or what its readers can take."""
    if form is None or form.left_out is None:
        return ()
    return tuple(form.left_out()(alignment, options))


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
