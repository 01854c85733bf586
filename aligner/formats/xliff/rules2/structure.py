"""Constraints on files, units and segments: ids, languages, white space, states, skeletons.

XLIFF 2.1, 4.2.2 (elements) and 4.3.1 (attributes).
"""

from __future__ import annotations

from collections.abc import Iterator

from aligner.formats.validation.texts import CODE, is_indented
from aligner.formats.xliff.rules2.inline import sides
from aligner.formats.xliff.rules2.problems import CheckedFile, Problem, within_language
from aligner.formats.xliff.rules2.tables import INLINE
from aligner.formats.xliff.rules2.tree import Node

__all__ = [
    "ids_of_content",
    "ids_of_list",
    "languages",
    "segments",
    "skeletons",
    "spaces",
    "states",
    "texts",
]

# a list -> the elements in it that share their ids
_KEYED = {
    "notes": ("note",),
    "originalData": ("data",),
    "mtc:matches": ("mtc:match",),
    "gls:glossary": ("gls:glossEntry", "gls:translation"),
    "mda:metadata": ("mda:metadata", "mda:metaGroup"),
    "res:resourceData": ("res:resourceItem", "res:resourceItemRef"),
}
_SPANS = frozenset({"pc", "sc"})


def ids_of_list(node: Node, _: CheckedFile) -> Iterator[Problem]:
    """Notes of one `notes`, data of one `originalData`, candidates, entries, resources."""
    seen: set[str] = set()
    for child in node.walk():
        if child.name not in _KEYED[node.name]:
            continue
        name = child.get("id")
        if name and name in seen:
            reason = f"the id {name!r} is that of an earlier <{_local(child)}> of <{_local(node)}>"
            yield Problem(201, child, reason, "give each its own")
        seen.add(name)


def _local(node: Node) -> str:
    return node.name.rpartition(":")[2]


def ids_of_content(scope: Node, _: CheckedFile) -> Iterator[Problem]:
    """Segments and codes of a unit share their ids; a target repeats those of its source."""
    seen: dict[str, Node] = {}
    for part in scope.named("segment", "ignorable"):
        yield from _first_time(part, seen)
    for source in sides(scope, "source"):
        for node in source.walk():
            if node.name in INLINE:
                yield from _first_time(node, seen)
    there: dict[str, Node] = {}
    for target in sides(scope, "target"):
        source_codes = _codes(target.parent.child("source") if target.parent else None)
        for node in target.walk():
            name = node.get("id")
            if node.name not in INLINE or not name:
                continue
            counterpart = source_codes.get(name)
            if counterpart is not None and _is_same(counterpart, node):
                yield from _first_time(node, there)
            elif counterpart is not None:
                reason = f'<{node.name} id="{name}"> of the target is a <{counterpart.name}> in the source'
                yield Problem(401, node, reason, "number anew")
            elif name in seen:
                reason = f'the code "{name}" of the target is not of its source, but of another one'
                number = 420 if _is_same(seen[name], node) else 401
                yield Problem(number, node, reason, "number anew")
            else:
                yield from _first_time(node, there)


def _first_time(node: Node, seen: dict[str, Node]) -> Iterator[Problem]:
    name = node.get("id")
    if not name:
        return
    if name in seen:
        reason = f'the id "{name}" is that of an earlier <{seen[name].name}> of the unit'
        yield Problem(201, node, reason, "number anew")
    seen.setdefault(name, node)


def _codes(side: Node | None) -> dict[str, Node]:
    if side is None:
        return {}
    return {node.get("id"): node for node in side.walk() if node.name in INLINE}


def _is_same(one: Node, other: Node) -> bool:
    """True for one code in both texts; a span may be one element here and two there (4.7.1)."""
    marks = {one.name, other.name}
    return len(marks) == 1 or marks <= _SPANS or marks <= {"mrk", "sm"}


def languages(side: Node, document: CheckedFile) -> Iterator[Problem]:
    """The explicit or inherited xml:lang of a source or target is that of the file."""
    if side.parent is None or side.parent.name not in ("segment", "ignorable"):
        return
    named = side.inherited("xml:lang")
    if side.name == "target" and document.target_language is None:
        return  # told once for the whole file
    right = document.source_language if side.name == "source" else document.target_language or ""
    if named and not within_language(named, right):
        where = "" if "xml:lang" in side.attributes else ", by the xml:lang of what it is in"
        reason = f"the {side.name} is in {named!r}{where}, the file says {right!r}"
        yield Problem(104, side, reason, "make them agree")


def spaces(part: Node, _: CheckedFile) -> Iterator[Problem]:
    """White space that the source keeps is kept in the target."""
    source, target = part.child("source"), part.child("target")
    if source is None or target is None:
        return
    if source.inherited("xml:space") == "preserve" != target.inherited("xml:space"):
        reason = "the source has xml:space='preserve', the target has not"
        yield Problem(303, target, reason, 'write xml:space="preserve" on both')


def states(segment: Node, _: CheckedFile) -> Iterator[Problem]:
    """A state beyond initial needs a target; a subState needs a state."""
    state = segment.get("state", "initial")
    if state in ("translated", "reviewed", "final") and segment.child("target") is None:
        reason = f"the state is {state}, but there is no target"
        yield Problem(206, segment, reason, "write initial")
    if "subState" in segment.attributes and "state" not in segment.attributes:
        yield Problem(205, segment, "there is a subState without a state", "add state")


def segments(unit: Node, _: CheckedFile) -> Iterator[Problem]:
    """A unit has at least one segment; ignorables alone are none."""
    if unit.child("segment") is None:
        yield Problem(202, unit, "the unit has no segment", "add <segment>")


def skeletons(node: Node, _: CheckedFile) -> Iterator[Problem]:
    """`href` if and only if the skeleton is empty."""
    if node.filled and "href" in node.attributes:
        yield Problem(208, node, "the skeleton has content and href", "keep one of the two")
    elif not node.filled and "href" not in node.attributes:
        yield Problem(208, node, "the skeleton has neither content nor href", "add href")


def texts(segment: Node, _: CheckedFile) -> Iterator[Problem]:
    """Something to translate, and no layout in the text."""
    filled = False
    for side in segment.named("source", "target"):
        text = side.content()
        filled = filled or bool(text.strip()) or len(side.children) > 0
        kept = side.inherited("xml:space") == "preserve"
        if text.replace(CODE, "").strip() and not kept and is_indented(text):
            reason = f"there is a line break around the {side.name}, as indentation makes it"
            advice = f"put <{side.name}> and its text on one line"
            yield Problem(302, side, reason, advice)
    if not filled and segment.inherited("translate", "yes") == "yes":
        yield Problem(301, segment, "source and target are empty", "remove the segment")
