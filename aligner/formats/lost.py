"""What a format cannot hold of an alignment, in words: converting never loses silently.

What each keeps is in its declaration (`Format.holds`); what depends on the alignment its `losses`
say, and `left_out` the texts that are not written though it could hold them. Formatting is held
under `options.inline` by formats with inline codes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator

from aligner.formats.base import FOREIGN, WORDS, Format
from aligner.formats.options import WriteOptions
from aligner.model import SPAN_KINDS, Alignment, AlignmentSet, Header, Pairs, Unit, as_set
from aligner.text.output import one_line, xml_safe

__all__ = ["UnitLosses", "left_out", "losses", "missed", "present"]


def losses(
    form: Format | None, alignment: Alignment | AlignmentSet, options: WriteOptions
) -> tuple[str, ...]:
    """One sentence a loss; nothing for writers of others (None), which do not say what they hold."""
    if form is None:
        return ()
    alignments = as_set(alignment)
    held = form.holds | ({"formatting"} if options.inline and form.inline else set())
    forms = {bead.unit.form for one in alignments.alignments for bead in one.beads if bead.unit}
    if forms == {form.form}:
        held |= FOREIGN
    if "confidences" not in held:
        held |= {"digits"}  # those are lost as a whole
    missing = [
        _sentence(what, count) for what, count in present(alignment).items() if what not in held
    ]
    more = form.losses()(alignment, options) if form.losses else ()
    return (*missing, *more, *left_out(form, alignment, options))


# what a unit of XLIFF says in these its texts and its status say too
_SAID = frozenset(["xml:lang", "xml:space", "approved"])
# how a file of XLIFF is laid out: its units keep it for that file alone, and nobody misses it
_LAYOUT = frozenset(
    [
        *("segment", "ignorable", "place", "side", "file", "mrk", "seg-source"),
        *("group-continued", "bin-unit-continued", "originalData"),
    ]
)
_XLIFF = ("xliff", "xliff2")
_FRAME = re.compile(r"</?(?:ignorable|source|target)\b[^<>]*>")


def _says_more(name: str, value: str) -> bool:
    """Whether a property of a header says more than that there is a file of this name."""
    return not (name == "file" and value.endswith("/>"))


class UnitLosses:
    """What a stream of units has and a format will not hold, counted as the units pass."""

    def __init__(self, form: Format, header: Header) -> None:
        self._form = form
        # codes of units are written whatever the user asks of alignments
        self._held = form.holds | ({"formatting"} if form.inline else set())
        if "confidences" not in self._held:
            self._held |= {"digits"}  # those are lost as a whole
        self._counts: Counter[str] = Counter()
        if header.notes or any(_says_more(*pair) for pair in header.properties):
            self._count(header.form, [("header", 1)])

    def passing(self, units: Iterable[Unit]) -> Iterator[Unit]:
        """The same units, looked at."""
        for unit in units:
            self._count(unit.form, of_unit(unit, self._form.labels))
            yield unit

    def _count(self, form: str, there: Iterable[tuple[str, int]]) -> None:
        same = form == self._form.form
        for what, count in there:
            if what == "joins" and (form, self._form.form) == _XLIFF:
                continue  # its writer says which segments it had to make units
            if count and what not in self._held and not (same and what in FOREIGN):
                self._counts[what] += count

    def sentences(self) -> tuple[str, ...]:
        """One sentence a loss, when the units have passed."""
        return tuple(_sentence(what, self._counts[what]) for what in WORDS if self._counts[what])


def of_unit(unit: Unit, labels: Collection[str] = ()) -> Iterator[tuple[str, int]]:
    """What a unit came with besides texts, and how much of each; `labels` are those that count not."""
    yield "languages", max(len(unit.variants) - 2, 0)
    yield "nulls", unit.is_null
    yield "segments", sum(bool(variant.lengths) for variant in unit.variants)
    yield "confidences", unit.confidence is not None
    yield "qualities", unit.quality is not None
    yield "digits", _has_digits(unit.confidence) + _has_digits(unit.quality)
    yield "status", unit.status != "auto"
    yield "labels", sum(label not in labels for label in unit.labels)
    yield "comments", bool(unit.comment)
    yield "joins", unit.joins
    yield "kinds", unit.role != "para"
    yield "speakers", bool(unit.speaker)
    yield "formatting", sum(code.kind in SPAN_KINDS for v in unit.variants for code in v.codes)
    # what is kept beside a text is its own first wording
    values = (value for v in unit.variants for value in (v.text, *(p[1] for p in v.properties)))
    yield "controls", sum(not (v.isprintable() or xml_safe(v) == v) for v in values)
    yield from of_origin(unit)


def of_origin(unit: Unit) -> Iterator[tuple[str, int]]:
    """What its file says of a unit that has no place in a bead, and how much of each."""
    # formatting is counted where it stands in the text
    yield "codes", sum(code.kind not in SPAN_KINDS for v in unit.variants for code in v.codes)
    # those of units that were made by aligning are hashes of their texts
    yield "ids", bool(unit.id and unit.form)
    yield "context", bool(unit.context)
    yield "neighbours", bool(unit.before) + bool(unit.after)
    attributes, properties = missed(unit)
    yield "attributes", len(attributes)
    yield "properties", len(properties)
    yield "notes", len(unit.notes) + sum(len(v.notes) for v in unit.variants)
    yield "documents", len(unit.metadata)


def missed(unit: Unit) -> tuple[Pairs, Pairs]:
    """Attributes and properties of a unit and its variants that another format misses."""
    attributes, properties = unit.attributes, unit.properties
    for variant in unit.variants:
        attributes, properties = attributes + variant.attributes, properties + variant.properties
    if unit.form not in _XLIFF:
        return attributes, properties
    return (
        tuple(pair for pair in attributes if pair[0] not in _SAID),
        tuple(pair for pair in properties if pair[0] not in _LAYOUT and not _is_gap(*pair)),
    )


def _is_gap(name: str, value: str) -> bool:
    """Whether a property is white space between two segments, and nothing else."""
    return name in ("gap", "tail") and not _FRAME.sub("", value).strip()


def _sentence(what: str, count: int) -> str:
    return f"{WORDS[what]}{f' ({count})' if count > 1 else ''}"


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


def _has_digits(probability: float | None) -> bool:
    """Whether a confidence or quality is not whole thousandths, as most formats write it."""
    return probability is not None and round(probability, 3) != probability


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
            yield "qualities", bead.quality is not None
            yield "digits", _has_digits(bead.confidence) + _has_digits(bead.quality)
            yield "scores", bead.score != 0.0
            yield "status", bead.status != "auto"
            yield "comments", bool(bead.comment)
            yield "labels", len(bead.labels)
    # a unit stands in every pair of a set, and is counted once
    units = {id(b.unit): b.unit for one in alignments.alignments for b in one.beads if b.unit}
    for unit in units.values():
        yield from of_origin(unit)
    headers = [one.header for one in alignments.alignments if one.header]
    yield "header", any(header.properties or header.notes for header in headers)
