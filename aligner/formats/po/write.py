"""Alignments as gettext catalogues: an entry a bead, fuzzy where nobody has reviewed it."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.files import Sink
from aligner.formats.common.to_units import came_as_units, stream_of
from aligner.formats.options import WriteOptions
from aligner.formats.po.write_units import write_units
from aligner.model import Alignment, AlignmentSet, Unit, UnitStream, as_set
from aligner.text.wording import numbered

__all__ = ["left_out", "write"]


def write(alignment: Alignment | AlignmentSet, sink: Sink, options: WriteOptions) -> None:
    """Write a catalogue, one more for each further language. Raises ExportError where the sink
    cannot hold several files.
    """
    stream = stream_of(alignment)
    if not came_as_units(alignment):
        keep = options.nulls == "keep"
        plain = (_without_codes(unit) for unit in stream if keep or unit.source)
        stream = UnitStream(plain, stream.header)
    write_units(stream, sink, options)


def _without_codes(unit: Unit) -> Unit:
    """The unit as plain text: a document's formatting is no part of a message."""
    return unit.with_variants(*(variant._replace(codes=()) for variant in unit.variants))


def left_out(alignment: Alignment | AlignmentSet, options: WriteOptions) -> Iterator[str]:
    """Targets without a source: an entry is found by its source, so they are comments at best."""
    lost = sum(1 for one in as_set(alignment).alignments for bead in one.beads if not bead.source)
    if not lost:
        return
    if options.nulls == "keep" or came_as_units(alignment):
        yield numbered(
            lost,
            "target without a source as an entry (it is written as a comment)",
            "targets without a source as entries (they are written as comments)",
        )
    else:
        yield numbered(
            lost,
            "target without a source (--nulls keep writes it as a comment)",
            "targets without a source (--nulls keep writes them as comments)",
        )
