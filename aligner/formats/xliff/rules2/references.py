"""References by fragment identifiers: `#f=f1/u=u1/n=n1` (XLIFF 2.1, 3).

What points inside its unit is looked up when the unit is read; what points elsewhere waits for the
end of the file. Of each unit the ids are kept, nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from aligner.formats.xliff.rules2.inline import sides
from aligner.formats.xliff.rules2.problems import Problem
from aligner.formats.xliff.rules2.tables import INLINE
from aligner.formats.xliff.rules2.tree import Node

__all__ = ["Fragment", "Index", "References", "Waiting", "parsed"]

_STRUCTURE = ("f", "g", "u")
# prefix of a module -> the elements whose ids it names; u, n, d, t are of the core
_MODULES = {
    "mtc": ("mtc:match",),
    "gls": ("gls:glossEntry", "gls:translation"),
    "mda": ("mda:metadata", "mda:metaGroup"),
    "res": ("res:resourceItem", "res:resourceItemRef"),
    "its": ("its:locQualityIssues", "its:provenanceRecords"),
    "tbx": (),  # terms as ISO 30042 stores them, an extension that the TC itself uses
    "ctr": (),
    "fs": (),
    "slr": (),
    "val": (),
}
# element -> (attribute that refers to a place of the same unit, finding, prefixes it may name)
_INSIDE = {
    "mtc:match": ("ref", 601, ("", "t")),
    "gls:glossEntry": ("ref", 602, ("", "t")),
    "gls:translation": ("ref", 602, ("", "t")),
}
_MARKS = ("mrk", "sm")
_TOKEN = re.compile(r"[\w.\-:·]+")


@dataclass(frozen=True, slots=True)
class Fragment:
    """A reference in its parts: file, group, unit ("" where it is that of the place), leaf."""

    absolute: bool
    file: str
    group: str
    unit: str
    prefix: str
    leaf: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A reference that points out of its unit."""

    line: int
    unit: str
    text: str
    file: str
    fragment: Fragment


@dataclass(slots=True)
class Index:
    """The ids of one document: of its files, and of what each file holds."""

    files: dict[str, dict[str, frozenset[str]]] = field(default_factory=dict)

    def add(self, file: str, owner: str, ids: frozenset[str]) -> None:
        """`owner`: "u=1", "g=2", or "" for the file itself; `ids` as fragments write them."""
        held = self.files.setdefault(file, {})
        held[owner] = held.get(owner, frozenset()) | ids

    def has(self, fragment: Fragment, here: str) -> bool:
        """True where the fragment points to something; `here` is the file of the place."""
        held = self.files.get(fragment.file or here)
        if held is None:
            return False
        owner = ""
        if fragment.group:
            owner = f"g={fragment.group}"
        if fragment.unit:
            owner = f"u={fragment.unit}"
        if owner and owner not in held:
            return False
        if fragment.group and f"g={fragment.group}" not in held:
            return False
        return not fragment.leaf or _is_known(fragment, held.get(owner, frozenset()))


def leaf_key(prefix: str, name: str) -> str:
    """How an id is written in a fragment."""
    return f"{prefix}={name}" if prefix else name


def _is_known(fragment: Fragment, ids: frozenset[str]) -> bool:
    """True where the ids hold the last part, or where it is of an extension that nobody knows."""
    own = fragment.prefix in _MODULES and not _MODULES[fragment.prefix]
    return own or leaf_key(fragment.prefix, fragment.leaf) in ids


def parsed(text: str) -> Fragment | str:
    """The parts of a fragment, or what is wrong with it."""
    body = text.removeprefix("#")
    absolute = body.startswith("/")
    parts = {"f": "", "g": "", "u": ""}
    prefix = leaf = ""
    order = -1
    for selector in body.removeprefix("/").split("/"):
        name, equals, value = selector.rpartition("=")
        if not _TOKEN.fullmatch(value) or (equals and not _TOKEN.fullmatch(name)):
            return f"{selector!r} is no selector"
        if leaf:
            return f"{selector!r} comes after what must be the last part"
        if name in _STRUCTURE:
            place = _STRUCTURE.index(name)
            if parts[name]:
                return f"the prefix {name!r} is there twice"
            if place < order:
                return f"{name}= comes after {_STRUCTURE[order]}="
            order, parts[name] = place, value
            continue
        wrong = _wrong_prefix(name)
        if wrong:
            return wrong
        prefix, leaf = name, value
    return Fragment(absolute, parts["f"], parts["g"], parts["u"], prefix, leaf)


def _wrong_prefix(name: str) -> str:
    if name in ("", "n", "d", "t") or name in _MODULES:
        return ""
    if len(name) == 1:
        return f"the prefix {name!r} of a module is one letter"
    return f"the prefix {name!r} is registered for no module"


def targets_of(scope: Node) -> frozenset[str]:
    """What a fragment may name in a unit, group or file, as it writes it."""
    made: set[str] = set()
    for notes in scope.named("notes"):
        made.update(leaf_key("n", note.get("id")) for note in notes.children)
    for stored in scope.named("originalData"):
        made.update(leaf_key("d", one.get("id")) for one in stored.children)
    made.update(part.get("id") for part in scope.named("segment", "ignorable"))
    for side, prefix in (("source", ""), ("target", "t")):
        for held in sides(scope, side):
            made.update(
                leaf_key(prefix, node.get("id")) for node in held.walk() if node.name in INLINE
            )
    made.update(_of_modules(scope))
    return frozenset(made)


def _of_modules(scope: Node) -> Iterator[str]:
    prefixes = {name: prefix for prefix, names in _MODULES.items() for name in names}
    for held in scope.children:
        if ":" not in held.name:
            continue
        for node in held.walk():
            prefix = prefixes.get(node.name)
            if prefix:
                yield leaf_key(prefix, node.get("id") or node.get("xml:id"))


class References:
    """The references of one document: those inside a unit at once, the others at its end."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._waiting: list[Waiting] = []

    def of(self, nodes: list[Node], file: str) -> Iterator[Problem]:
        """The references of what is complete; the ids of a unit, group or file are noted."""
        scope = nodes[0]
        if scope.name not in _SCOPES:
            return
        ids = targets_of(scope)
        owner = "" if scope.name == "file" else f"{scope.name[0]}={scope.get('id')}"
        self._index.add(file, owner, ids)
        if scope.name != "unit":
            return
        for node in nodes:
            if node.name in _INSIDE and _INSIDE[node.name][0] in node.attributes:
                if node.name != "mtc:match" and not node.get("ref").startswith("#"):
                    continue  # a term may point to another document
                yield from self._inside(node, *_INSIDE[node.name], ids, scope, file)
            elif node.name in _MARKS:
                yield from self._annotation(node, ids, scope, file)

    def _inside(
        self,
        node: Node,
        attribute: str,
        number: int,
        prefixes: tuple[str, ...],
        ids: frozenset[str],
        unit: Node,
        file: str,
    ) -> Iterator[Problem]:
        """A reference that must name a place of its own unit."""
        text = node.get(attribute)
        fragment = parsed(text) if text.startswith("#") else "it does not start with #"
        if isinstance(fragment, str):
            yield Problem(501, node, f"{text!r} is no reference: {fragment}", _SHAPE)
            return
        own = _is_of(fragment, unit, file) and fragment.prefix in prefixes
        if not own or leaf_key(fragment.prefix, fragment.leaf) not in ids:
            reason = f"{text!r} is no place of the same unit"
            yield Problem(number, node, reason, "point to a segment or an annotation of it")

    def _annotation(
        self, node: Node, ids: frozenset[str], unit: Node, file: str
    ) -> Iterator[Problem]:
        issues = node.get("its:locQualityIssuesRef")
        if issues and issues.removeprefix("#") not in ids:
            yield Problem(
                609, node, f"{issues!r} is no list of issues of the unit", "write #its=id"
            )
        kind = node.get("type", "generic")
        text = node.get("ref")
        if not text.startswith("#"):
            if kind == "comment" and "ref" in node.attributes:
                yield _no_note(node, text)
            return
        fragment = parsed(text)
        if isinstance(fragment, str):
            yield Problem(501, node, f"{text!r} is no reference: {fragment}", _SHAPE)
        elif kind == "comment":
            own = _is_of(fragment, unit, file) and fragment.prefix == "n"
            if not own or leaf_key("n", fragment.leaf) not in ids:
                yield _no_note(node, text)
        elif kind == "term":
            if not _is_of(fragment, unit, file):
                name = unit.get("id")
                self._waiting.append(Waiting(node.line, name, text, file, fragment))
            elif fragment.leaf and not _is_known(fragment, ids):
                yield Problem(502, node, f"{text!r} points to nothing", "correct the reference")

    def lost(self) -> Iterator[Waiting]:
        """What points to nothing, at the end of the document."""
        for waiting in self._waiting:
            if not self._index.has(waiting.fragment, waiting.file):
                yield waiting


_SCOPES = ("file", "group", "unit")
_SHAPE = "write it as #f=file/u=unit/id, each part at most once, in this order"


def _is_of(fragment: Fragment, unit: Node, file: str) -> bool:
    """True where a fragment stays in the unit that it stands in."""
    if fragment.file not in ("", file):
        return False
    if fragment.unit:
        return fragment.unit == unit.get("id")
    return not fragment.file and not fragment.group and not fragment.absolute


def _no_note(node: Node, text: str) -> Problem:
    reason = f"the comment points to {text!r}, which is no note of the unit"
    return Problem(417, node, reason, "write #n= and the id of a note of the unit")
