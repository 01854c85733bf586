"""Constraints on the codes and annotations of a text: pairs, copies, hints, original data.

XLIFF 2.1, 4.2.3 (elements), 4.3.1 (attributes), 4.7 (Inline Content), and its Schematron.
"""

from __future__ import annotations

from collections.abc import Iterator

from aligner.formats.xliff.rules2.problems import CheckedFile, Problem
from aligner.formats.xliff.rules2.tables import CODES_OF_TEXT
from aligner.formats.xliff.rules2.tree import Node

__all__ = ["characters", "codes", "copies", "data", "ends", "marks", "pairs", "sides"]

_DATA = ("dataRef", "dataRefStart", "dataRefEnd")
_PAIRED_HINTS = (("canCopy", "yes"), ("canDelete", "yes"), ("canOverlap", "yes"))
# reserved values of subType -> the type that they need
_SUBTYPES = {f"xlf:{name}": "fmt" for name in ("b", "i", "u", "lb", "pb")} | {"xlf:var": "ui"}
# code points that XML 1.0 does not have, and those that it discourages
_CONTROLS = (
    (0x0, 0x8),
    (0xB, 0xC),
    (0xE, 0x1F),
    (0x7F, 0x84),
    (0x86, 0x9F),
    (0xD800, 0xDFFF),
    (0xFFFE, 0xFFFF),
)


def sides(scope: Node, side: str) -> list[Node]:
    """The sources or the targets of a unit, or of a translation candidate."""
    if scope.name == "mtc:match":
        return scope.named(side)
    return [part for held in scope.named("segment", "ignorable") for part in held.named(side)]


def pairs(scope: Node, _: CheckedFile) -> Iterator[Problem]:
    """`sc` and `ec`, `sm` and `em` of a unit: a start before its end, in the same unit."""
    parts = scope.named("segment", "ignorable")
    for side in ("source", "target"):
        if side == "target" and not all(part.child("target") for part in parts):
            continue  # not all is translated: the other half may be still to come
        inside = [node for part in sides(scope, side) for node in part.walk()]
        yield from _spans(inside, side)
        yield from _marks(inside, side)


def _spans(inside: list[Node], side: str) -> Iterator[Problem]:
    opened: dict[str, Node] = {}
    isolated = {node.get("id") for node in inside if _is_isolated(node) and node.name == "sc"}
    for node in inside:
        if node.name == "sc" and not _is_isolated(node):
            opened[node.get("id")] = node
        elif node.name == "ec" and not _is_isolated(node) and "startRef" in node.attributes:
            start = opened.pop(node.get("startRef"), None)
            if start is not None:
                yield from _hints(start, node)
            elif node.get("startRef") in isolated:
                reason = f'<sc id="{node.get("startRef")}"> is isolated, but its <ec> is here'
                yield Problem(402, node, reason, "remove isolated")
            else:
                reason = f"<ec> of the {side} closes {node.get('startRef')!r}, which is not open"
                yield Problem(403, node, reason, "add <sc> before it, or isolated and id")
    for name, node in opened.items():
        reason = f'<sc id="{name}"> of the {side} is never closed'
        yield Problem(402, node, reason, 'add <ec>, or isolated="yes"')


def _is_isolated(node: Node) -> bool:
    return node.get("isolated") == "yes"


def _hints(start: Node, end: Node) -> Iterator[Problem]:
    for name, default in _PAIRED_HINTS:
        if start.get(name, default) != end.get(name, default):
            reason = f'{name} of <ec startRef="{start.get("id")}"> is not that of its <sc>'
            yield Problem(406, end, reason, "make them agree")
    order = start.get("canReorder", "yes")
    wanted = "no" if order == "firstNo" else order
    if end.get("canReorder", "yes") != wanted:
        reason = f'canReorder of <ec startRef="{start.get("id")}"> does not fit that of its <sc>'
        yield Problem(406, end, reason, f"write {wanted}")


def _marks(inside: list[Node], side: str) -> Iterator[Problem]:
    opened: dict[str, Node] = {}
    for node in inside:
        if node.name == "sm":
            opened[node.get("id")] = node
        elif node.name == "em" and opened.pop(node.get("startRef"), None) is None:
            reason = f'<em> of the {side} ends "{node.get("startRef")}", which does not start'
            yield Problem(407, node, reason, "add <sm> before it")
    for name, node in opened.items():
        yield Problem(407, node, f'<sm id="{name}"> of the {side} never ends', "add <em>")


def ends(node: Node, _: CheckedFile) -> Iterator[Problem]:
    """`ec`: startRef, or isolated with an id of its own; `dir` for the isolated only."""
    if _is_isolated(node):
        if "startRef" in node.attributes or "id" not in node.attributes:
            yield Problem(405, node, "an isolated <ec> needs an id and no startRef", "correct it")
        return
    if "id" in node.attributes:
        reason = f'<ec id="{node.get("id")}"> is not isolated and has an id'
        yield Problem(405, node, reason, "remove the id, or write isolated")
    if "startRef" not in node.attributes:
        yield Problem(405, node, "<ec> has no startRef", 'add it, or write isolated="yes" and id')
    if "dir" in node.attributes:
        yield Problem(405, node, "<ec> has dir, but is not isolated", "write dir on its <sc>")
    for name in node.attributes:
        if name.startswith(("fs:", "slr:")):
            number = 603 if name.startswith("fs:") else 606
            reason = f"<ec> has {name}, but is not isolated"
            yield Problem(number, node, reason, "write it on its <sc>")


def data(scope: Node, _: CheckedFile) -> Iterator[Problem]:
    """Pointers to original data: of the unit, or of the candidate."""
    stored = scope.child("originalData")
    known = {node.get("id") for node in stored.children} if stored else set()
    for side in ("source", "target"):
        for part in sides(scope, side):
            for node in part.walk():
                for name in _DATA:
                    if name in node.attributes and node.get(name) not in known:
                        reason = (
                            f"{name} points to {node.get(name)!r}, which is no data of the unit"
                        )
                        advice = "add <data> to originalData or remove the pointer"
                        yield Problem(404, node, reason, advice)


def copies(scope: Node, _: CheckedFile) -> Iterator[Problem]:
    """`copyOf`: a code of the unit without original data, which may be copied."""
    codes_here = [
        node
        for side in ("source", "target")
        for part in sides(scope, side)
        for node in part.walk()
        if node.name in CODES_OF_TEXT
    ]
    known = {node.get("id"): node for node in reversed(codes_here) if "id" in node.attributes}
    for node in codes_here:
        if "copyOf" not in node.attributes:
            continue
        name = node.get("copyOf")
        base = known.get(name)
        if base is None:
            yield Problem(408, node, f"copyOf={name!r} is no code of the unit", "correct it")
        elif base.get("canCopy") == "no":
            yield Problem(408, node, f"the code {name!r} may not be copied", "remove the copy")
        elif _has_data(base) or _has_data(node):
            reason = f"the code {name!r} has original data, so no copyOf is needed"
            yield Problem(408, node, reason, "point to the same data instead")


def _has_data(node: Node) -> bool:
    return any(name in node.attributes for name in _DATA)


def codes(node: Node, _: CheckedFile) -> Iterator[Problem]:
    """Type and subtype, and hints that go together."""
    kind = node.get("subType")
    if kind and "type" not in node.attributes:
        yield Problem(415, node, f"subType={kind!r} has no type beside it", "add type")
    elif kind.startswith("xlf:") and _SUBTYPES.get(kind) != node.get("type"):
        wanted = _SUBTYPES.get(kind)
        reason = f"subType={kind!r} does not go with type={node.get('type')!r}"
        yield Problem(415, node, reason, f"write type={wanted!r}" if wanted else "xlf: is reserved")
    if node.get("canReorder") in ("no", "firstNo"):
        for name in ("canCopy", "canDelete"):
            if node.get(name, "yes") != "no":
                reason = f"canReorder={node.get('canReorder')!r}, but {name} is not 'no'"
                yield Problem(409, node, reason, f'write {name}="no"')


def characters(node: Node, _: CheckedFile) -> Iterator[Problem]:
    """`cp` is for characters that XML forbids."""
    value = node.get("hex").strip()
    try:
        number = int(value, 16)
    except ValueError:
        return  # its type tells
    if not any(low <= number <= high for low, high in _CONTROLS):
        reason = f"<cp hex={value!r}> is a character that XML allows, or none"
        yield Problem(416, node, reason, "write the character itself")


def marks(node: Node, _: CheckedFile) -> Iterator[Problem]:
    """`mrk` and `sm`: what each type needs (4.7.5)."""
    kind = node.get("type", "generic")
    if kind == "comment" and ("value" in node.attributes) == ("ref" in node.attributes):
        reason = "a comment has both value and ref" if "ref" in node.attributes else "a comment has"
        reason += "" if "ref" in node.attributes else " neither value nor ref"
        yield Problem(417, node, reason, "write one of the two")
    elif kind == "mtc:match" and "ref" in node.attributes:
        reason = "the annotation of a candidate has a ref"
        yield Problem(417, node, reason, "the candidate points to it, not the reverse")
    elif kind == "generic" and "translate" not in node.attributes:
        own = any(":" in name or " " in name for name in node.attributes)
        if not own:
            yield Problem(419, node, f"<{node.name}> says nothing of its text", "add translate")
