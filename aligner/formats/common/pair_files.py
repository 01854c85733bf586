"""Units into formats of two languages: a file for the first target, one more for each beside it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import Protocol

from aligner.files import Sink
from aligner.files.xml_text import TextStream
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
    stream: UnitStream,
    sink: Sink,
    suffix: str,
    make: Callable[[TextStream], PairWriter],
    *,
    mixed: bool = False,
) -> int:
    """A file of the first target, one more for each target beside it; how many units there were.

    `mixed`: a file may hold units of several languages, and those of two variants all go into one;
    else units of other languages than the first have a file of their own too.
    """
    count = 0
    first: tuple[str, str] | None = None
    with ExitStack() as opened:
        writers: dict[str, PairWriter] = {}

        def writer(key: str, name: str) -> PairWriter:
            if key not in writers:
                out = opened.enter_context(TextStream(opened.enter_context(sink.open(name))))
                writers[key] = make(out)
            return writers[key]

        for unit in stream:
            count += 1
            for number, pair in enumerate(unit.pairs(stream.header.source_lang)):
                langs = (pair.source_lang, pair.target_lang)
                if first is None and all(langs):
                    first = langs
                if (mixed and not number) or langs == first or not all(langs) or first is None:
                    writer("", "").add(pair)
                    continue
                names = [bcp47(lang) for lang in langs]
                key = names[1] if langs[0] == first[0] else "-".join(names)
                writer(key, f".{key}{suffix}").add(pair)
        writer("", "")  # a file without units is one
        for one in writers.values():
            one.end()
    return count
