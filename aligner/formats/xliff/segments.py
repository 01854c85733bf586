"""The segments of a 1.2 unit: `mrk mtype="seg"` in `seg-source` and `target`, paired by their mid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from aligner.files.xml import local
from aligner.files.xml_text import content
from aligner.formats.xliff.inline import is_segment
from aligner.formats.xliff.markup import Markup

__all__ = ["Marked", "marked", "paired", "words_outside"]

_SPACE = re.compile(r"[ \t\r\n]+(?![^<>]*>)")  # white space of XML outside of tags

Pair = tuple["Marked | None", "Marked | None"]


@dataclass(slots=True)
class Marked:
    """One segment: its mark, what stands before it as XML, and behind it where it is the last.

    What stands between marks may open elements that a later one closes (`<g>` around two of them).
    """

    element: Any
    mid: str
    start: str
    gap: str
    tail: str = ""


def marked(element: Any, markup: Markup, *, preserve: bool) -> list[Marked]:
    """The segments in order; none where nothing is marked. White space between them that does not
    count (`preserve`) is one space, at the ends none.
    """
    segments: list[Marked] = []
    gap: list[str] = []
    for part in _parts(element, markup):
        if isinstance(part, str):
            gap.append(part)
            continue
        segments.append(Marked(part, part.get("mid", ""), markup.start(part), "".join(gap)))
        gap.clear()
    if segments:
        segments[-1].tail = "".join(gap)
        if not preserve:
            for one in segments:
                one.gap = _SPACE.sub(" ", one.gap)
            segments[0].gap = segments[0].gap.lstrip()
            segments[-1].tail = _SPACE.sub(" ", segments[-1].tail).rstrip()
    return segments


def _parts(element: Any, markup: Markup) -> Iterator[Any]:
    """Strings of XML, and the marks of segments as elements."""
    if element.text:
        yield content(element.text)
    for child in element:
        if isinstance(child.tag, str):
            if is_segment(child):
                yield child
            elif next((one for one in child.iter() if is_segment(one)), None) is None:
                yield markup.outer(child)
            else:
                yield markup.start(child)
                yield from _parts(child, markup)
                yield markup.end(child)
        if child.tail:
            yield content(child.tail)


def paired(sources: Sequence[Marked], targets: Sequence[Marked]) -> list[Pair]:
    """Segments by their mid; by their order where mids do not tell them apart. Targets that have no
    source come last.
    """
    there = {one.mid: one for one in targets}
    if len(there) < len(targets) or len({one.mid for one in sources}) < len(sources):
        both = max(len(sources), len(targets))
        return [
            (
                sources[n] if n < len(sources) else None,
                targets[n] if n < len(targets) else None,
            )
            for n in range(both)
        ]
    pairs: list[Pair] = [(one, there.pop(one.mid, None)) for one in sources]
    return [*pairs, *((None, one) for one in there.values())]


def words_outside(element: Any) -> str:
    """Text that no mark of a segment holds."""

    def parts(inside: Any) -> Iterator[str]:
        yield inside.text or ""
        for child in inside:
            # a native code is no text
            if (
                isinstance(child.tag, str)
                and local(child) in ("g", "mrk")
                and not is_segment(child)
            ):
                yield from parts(child)
            yield child.tail or ""

    return " ".join("".join(parts(element)).split())
