"""Units into formats of two languages: a file for the first target, one more for each beside it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import Protocol

from aligner.files import Sink
from aligner.files.xml_text import Stream
from aligner.model import Unit, UnitStream
from aligner.text.output import bcp47

__all__ = ["PairWriter", "write_pairs"]


class PairWriter(Protocol):
    """Writes units of two languages into one file."""

    def add(self, unit: Unit) -> None:
        """The next unit."""
        ...

    def end(self) -> None:
        """There are no more."""
        ...


def write_pairs(
    stream: UnitStream, sink: Sink, suffix: str, make: Callable[[Stream], PairWriter]
) -> int:
    """A file of the first target, one more for each target beside it; how many units there were."""
    count = 0
    with ExitStack() as opened:
        writers: dict[str, PairWriter] = {}

        def writer(key: str, name: str) -> PairWriter:
            if key not in writers:
                out = opened.enter_context(Stream(opened.enter_context(sink.open(name))))
                writers[key] = make(out)
            return writers[key]

        for unit in stream:
            count += 1
            for number, pair in enumerate(unit.pairs(stream.header.source_lang)):
                lang = pair.target_lang if number else ""
                writer(lang, f".{bcp47(lang)}{suffix}" if number else "").add(pair)
        writer("", "")  # a file without units is one
        for one in writers.values():
            one.end()
    return count
