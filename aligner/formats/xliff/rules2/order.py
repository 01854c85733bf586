"""Constraints on codes that may not be moved or deleted, and on the order of targets.

XLIFF 2.1, 4.7.4 (Editing Hints) and 4.3.1 order.
"""

from __future__ import annotations

from collections.abc import Iterator

from aligner.formats.xliff.rules2.problems import CheckedFile, Problem
from aligner.formats.xliff.rules2.tables import CODES_OF_TEXT
from aligner.formats.xliff.rules2.tree import Node
from aligner.text.wording import numbered

__all__ = ["kept", "sequences", "target_order"]


def sequences(segment: Node, _: CheckedFile) -> Iterator[Problem]:
    """Sequences that start with firstNo, and are the same in the target."""
    source, target = segment.child("source"), segment.child("target")
    if source is None:
        return
    known, problems = _runs(source)
    yield from problems
    if target is None:
        return
    there, problems = _runs(target)
    yield from problems
    present = {token for run in there for token in run}
    for run in known:
        left = tuple(token for token in run if token in present)
        if len(left) > 1 and not any(_holds(other, left) for other in there):
            first = run[0].removeprefix("/")
            reason = f'the codes from "{first}" on are in another order in the target'
            yield Problem(411, target, reason, "keep them together, in the order of the source")


def _holds(run: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    return tuple(token for token in run if token in wanted) == wanted


def _runs(side: Node) -> tuple[list[tuple[str, ...]], list[Problem]]:
    """The sequences of a text as ids, `/id` for the end of a code; what starts without firstNo."""
    runs: list[list[str]] = []
    problems: list[Problem] = []
    run: list[str] | None = None

    def visit(node: Node) -> None:
        nonlocal run
        hint = node.get("canReorder", "yes")
        is_code = node.name in CODES_OF_TEXT
        name = node.get("id")
        if is_code and node.name == "ec" and "startRef" in node.attributes:
            _close(runs, node.get("startRef"))
        elif is_code and hint == "firstNo":
            run = [name]
            runs.append(run)
        elif is_code and hint == "no" and run is not None:
            run.append(name)
        elif is_code and hint == "no":
            reason = f'the code "{name}" may not be moved, but follows none that is firstNo'
            advice = 'write canReorder="firstNo" on the first of them'
            problems.append(Problem(410, node, reason, advice))
        elif is_code:
            run = None
        for child in node.children:
            visit(child)
        if node.name == "pc":
            _close(runs, name)

    for child in side.children:
        visit(child)
    return [tuple(one) for one in runs], problems


def _close(runs: list[list[str]], name: str) -> None:
    """The end of a spanning code belongs to the sequence of its start."""
    for run in runs:
        if name in run:
            run.append(f"/{name}")


def kept(unit: Node, document: CheckedFile) -> Iterator[Problem]:
    """Codes with canDelete="no" are in a target of the unit, where their segment has one.

    A warning while the segment is not final (2.1, Conformance of codes to Editing Hints); XLIFF 2.0
    makes no difference.
    """
    parts = unit.named("segment", "ignorable")
    there = {
        _key(node)
        for part in parts
        for target in part.named("target")
        for node in target.walk()
        if node.name in CODES_OF_TEXT
    }
    for part in parts:
        target, source = part.child("target"), part.child("source")
        if target is None or source is None:
            continue
        for node in source.walk():
            if node.get("canDelete") != "no" or _key(node) in there:
                continue
            final = part.get("state") == "final" or document.version == "2.0"
            reason = f'the code "{_key(node)[1]}" may not be deleted, but is not in the target'
            yield Problem(412 if final else 413, target, reason, "put it into the target")


def _key(node: Node) -> tuple[str, str]:
    """What names a code: an end is named by its start; `pc` and `sc` are the same code."""
    if node.name == "ec" and "startRef" in node.attributes:
        return "end", node.get("startRef")
    return "code", node.get("id")


def target_order(unit: Node, _: CheckedFile) -> Iterator[Problem]:
    """`order` is a permutation of the places of the parts of a unit."""
    parts = unit.named("segment", "ignorable")
    places: dict[int, Node] = {}
    moved = False
    for place, part in enumerate(parts, start=1):
        target = part.child("target")
        if target is None:
            continue
        value = target.get("order", str(place)).strip()
        if not value.isdigit():
            return  # its type tells
        order = int(value)
        moved = moved or "order" in target.attributes
        if order > len(parts):
            reason = f"order={value!r}, but the unit has {numbered(len(parts), 'part')}"
            yield Problem(209, target, reason, f"write 1 to {len(parts)}")
        elif order in places:
            reason = f"two targets are at place {order}"
            yield Problem(209, target, reason, "give each target its own order")
        places[order] = target
