"""Files of units to files of units, one unit at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aligner.model import ReadOptions, UnitStream
from aligner.text.wording import numbered

if TYPE_CHECKING:
    from aligner.files import Sink
    from aligner.formats import WriteOptions

__all__ = ["Converted", "convert_units", "goes_by_unit"]


@dataclass(slots=True)
class Converted:
    """What became of a file of units: how many were written, what of the file was not read (reasons
    and how often), what of the units the new file does not hold, one sentence each.
    """

    units: int
    dropped: dict[str, int]
    lost: tuple[str, ...]


def goes_by_unit(name: str, from_format: str | None, targets: Sequence[str]) -> bool:
    """Whether the file `name` is read unit by unit and all `targets` (names of formats) are written
    so: units then pass with everything that they came with, and are no alignment between.

    Raises ReadError where there is no such file.
    """
    from aligner.formats import FORMATS
    from aligner.workflows.alignment_files import named_format
    from aligner.workflows.unit_files import unit_format

    if name == "-" or named_format(name):
        return False
    if not all(one in FORMATS and FORMATS[one].write_units for one in targets):
        return False
    form = FORMATS.get(from_format or unit_format(name))
    return form is not None and form.stream is not None


def convert_units(
    name: str,
    from_format: str | None,
    target: str,
    sink: Sink,
    options: WriteOptions,
    read_options: ReadOptions | None = None,
) -> Converted:
    """Write the units of the file `name` in the format `target`, one at a time. The caller commits.

    Raises as `open_units` and the writer do (`formats.base`).
    """
    from aligner.formats import FORMATS, UnitLosses, unit_writer
    from aligner.workflows.unit_files import open_units

    wanted = FORMATS[target]
    write = unit_writer(target)
    with open_units(name, from_format, read_options) as stream:
        losses = UnitLosses(wanted, stream.header)
        passing = UnitStream(losses.passing(stream), stream.header, stream.dropped)
        try:
            count = write(passing, sink, options)
        except BaseException:
            sink.discard()
            raise
        # the words are in the file: as properties, or as what they were
        if "properties" in wanted.holds or wanted.form == stream.header.form:
            for reason in stream.kept:
                stream.dropped.pop(reason, None)
        altered = (numbered(number, *what) for what, number in passing.altered.items() if number)
        return Converted(count, dict(stream.dropped), (*losses.sentences(), *altered))
