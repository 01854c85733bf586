"""Alignments whose texts lie in other files: where those are found, and links as beads that tile.

Links of other programs are not always tidy: `tile` takes them as they are where they tile both
texts, and brings them into order (`_ladder`) where they do not, saying what it changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from aligner.formats.common.tiling import ladder
from aligner.model import Alignment, Bead, Crossing, Document, ReadError, Signature, Source
from aligner.text.wording import numbered

__all__ = ["Beside", "Link", "tile"]


@dataclass(frozen=True, slots=True)
class Beside:
    """The texts of an alignment: those that the user named, in order, or files beside it.

    `open_name` opens a file by its path relative to the alignment's folder; it raises ReadError
    where there is none.
    """

    given: tuple[Source, ...]
    open_name: Callable[[str], Source]

    def text(self, number: int, name: str, where: str) -> Source:
        """Text `number` (0 is the source), which the alignment calls `name`.

        Raises ReadError where it was not given and is not there, or its path leads elsewhere.
        """
        if self.given:
            if number < len(self.given):
                return self.given[number]
            raise ReadError(
                f"it needs a text {number + 1}, and {len(self.given)} are given",
                context=where,
                hint="give all of them with --texts, the source first",
            )
        hint = "give the texts with --texts, the source first"
        parts = name.replace("\\", "/").split("/")
        if not name or parts[0] == "" or ".." in parts or ":" in name:
            raise ReadError(f"its text {name!r} is not a file beside it", context=where, hint=hint)
        try:
            return self.open_name(name)
        except ReadError as error:
            raise ReadError(
                f"its text {name!r} cannot be read ({error.message})", context=where, hint=hint
            ) from None


@dataclass(frozen=True, slots=True)
class Link:
    """Segment numbers (from 0) of both sides, and what the file says of the link."""

    source: tuple[int, ...]
    target: tuple[int, ...]
    confidence: float | None = None
    status: str = "auto"


def tile(
    source: Document, target: Document, links: Sequence[Link], form: str, name: str
) -> Alignment:
    """The alignment of two segmented documents by `links`; `form` names where they came from.

    Warnings of the alignment say what had to change: segments that no link names, links out of
    order, links that share segments. Raises ReadError for a number that no segment has.
    """
    n, m = len(source.segments), len(target.segments)
    links = [link for link in links if link.source or link.target]
    for link in links:
        for numbers, count, side in ((link.source, n, "source"), (link.target, m, "target")):
            if numbers and max(numbers) >= count:
                raise ReadError(
                    f"a link names {side} segment {max(numbers) + 1} and that text has {count}",
                    context=name,
                    hint="are these its texts, split as they were then?",
                )
    signature = Signature((("from", form),))
    exact = _exact(links, n, m)
    if exact is not None:
        return Alignment(source, target, exact, signature)
    placed, crossed = ladder([(k.source, k.target, k) for k in links], n, m)
    alone = {(k.source, k.target): k for k in links if not (k.source and k.target)}
    beads = []
    for left, right, stated in placed:
        known = stated or alone.get((tuple(left), tuple(right))) or Link((), ())
        beads.append(Bead(left, right, confidence=known.confidence, status=known.status))
    crossings = tuple(
        Crossing(left, right, (stated and stated.confidence) or 0.0)
        for left, right, stated in crossed
    )
    kept = sum(1 for bead in beads if not bead.is_null)
    linking = sum(1 for k in links if k.source and k.target)
    warning = (
        f"the links did not tile the texts in order: {numbered(linking, 'link')} became {numbered(kept, 'bead')} and "
        f"{numbered(len(crossings), 'crossing')}, segments without a link became nulls"
    )
    return Alignment(source, target, tuple(beads), signature, crossings, warnings=(warning,))


def _exact(links: Sequence[Link], n: int, m: int) -> tuple[Bead, ...] | None:
    """The beads, where the links tile both sides in order; nulls of a run, source side first."""
    beads: list[Bead] = []
    run: list[Bead] = []
    i = j = 0
    for link in links:
        a, b = i + len(link.source), j + len(link.target)
        if link.source != tuple(range(i, a)) or link.target != tuple(range(j, b)):
            return None
        bead = Bead(range(i, a), range(j, b), confidence=link.confidence, status=link.status)
        i, j = a, b
        if bead.is_null:
            run.append(bead)
            continue
        beads += _ordered(run)
        run.clear()
        beads.append(bead)
    return (*beads, *_ordered(run)) if (i, j) == (n, m) else None


def _ordered(run: Sequence[Bead]) -> list[Bead]:
    """Nulls with those of the source first, empty sides at their new place."""
    if not run:
        return []
    sources = [bead for bead in run if bead.source]
    targets = [bead for bead in run if bead.target]
    first = min(bead.target.start for bead in run)
    last = max(bead.source.stop for bead in run)
    return [
        *(_moved(bead, bead.source, range(first, first)) for bead in sources),
        *(_moved(bead, range(last, last), bead.target) for bead in targets),
    ]


def _moved(bead: Bead, source: range, target: range) -> Bead:
    return Bead(source, target, confidence=bead.confidence, status=bead.status)
