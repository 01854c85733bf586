"""XLIFF 2.0, 2.1 and 2.2 (OASIS) with their modules: files are read as a stream, units as trees.

What may stand where is in `rules2.tables`, what must hold besides in `rules2.constraints`, the
findings and their severity in `rules2.codes`. Here is what needs the whole file: ids of files,
groups and units, references, sub-flows, the namespace and version.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from aligner.formats.validation.fault import FaultCode
from aligner.formats.validation.grammar import Element
from aligner.formats.validation.rules import Position, Rules, prefix_of, shown_name
from aligner.formats.validation.texts import CODE
from aligner.formats.xliff.rules2.codes import CODES
from aligner.formats.xliff.rules2.constraints import CONSTRAINTS
from aligner.formats.xliff.rules2.problems import CheckedFile, Constraint, Problem
from aligner.formats.xliff.rules2.references import Index, References
from aligner.formats.xliff.rules2.tables import (
    CODES_OF_TEXT,
    CORE,
    GRAMMARS,
    MODULE_ATTRIBUTES,
    MODULE_PLACES,
    NAMESPACES,
    VERSIONS,
)
from aligner.formats.xliff.rules2.tree import Node

__all__ = ["Xliff2Rules"]

_STREAMED = frozenset({"xliff", "file", "group", "unit"})
_EXTENSIBLE = frozenset({"file", "group", "unit"})
_MODULES = frozenset(NAMESPACES.values()) - {""}
_SPANS = frozenset({"pc", "mrk"})
_FLOWS = ("subFlows", "subFlowsStart", "subFlowsEnd")


def _by_element() -> Mapping[str, list[Constraint]]:
    table: dict[str, list[Constraint]] = {}
    for constraint in CONSTRAINTS:
        for name in constraint.on:
            table.setdefault(name, []).append(constraint)
    return table


_CONSTRAINTS = _by_element()


class Xliff2Rules(Rules):
    """The state of one pass."""

    LETTER = "F"
    NAMESPACES: ClassVar[Mapping[str, str]] = NAMESPACES
    CODES: ClassVar[Mapping[str, FaultCode]] = CODES
    GRAMMAR: ClassVar[Mapping[str, Element]] = GRAMMARS["2.1"]
    PLACES: ClassVar[Mapping[tuple[str, str], Position]] = {
        ("unit", "segment"): Position(missing=202),
        ("segment", "source"): Position(203, 207, 204),
        ("segment", "target"): Position(again=204),
        ("ignorable", "source"): Position(203, 207, 204),
        ("ignorable", "target"): Position(again=204),
    }

    def __init__(self) -> None:
        super().__init__()
        self._document = CheckedFile()
        self._index = Index()
        self._references = References(self._index)
        self._node: Node | None = None
        self._unit_node: Node | None = None
        self._side: Node | None = None
        self._asked_for_target = False
        self._files: set[str] = set()
        # of the file
        self._file = ""
        self._names: dict[str, set[str]] = {}
        self._flows: list[tuple[Node, str, str]] = []
        self._resources: set[str] = set()
        self._resource_refs: list[tuple[Node, str]] = []

    # ------------------------------------------------------------- root and attributes

    def root(self, namespace: str, name: str, attributes: dict[str, str]) -> None:
        """The root must be `xliff`, in the namespace of its version."""
        if name != "xliff":
            self.add(1, f"the root element is <{name}>", "the file starts with <xliff>")
        version = attributes.get("version", "2.1")
        if version not in VERSIONS:
            self.add(101, f"there is no XLIFF version {version!r} here", 'write version="2.1"')
            version = "2.1"
        right = VERSIONS[version]
        newer = namespace == VERSIONS["2.2"]  # its schema takes the versions before, too
        if namespace != right and not newer:
            place = f"in the namespace {namespace!r}" if namespace else "in no namespace"
            self.add(2, f"<xliff> is {place}; it should be {right!r}", f'write xmlns="{right}"')
            self.namespaces = {**NAMESPACES, namespace: ""}
        self.grammar = GRAMMARS["2.2" if newer or right != CORE else version]
        self._document = CheckedFile(
            version, attributes.get("srcLang", ""), attributes.get("trgLang")
        )

    def unknown(self, name: str, key: str, attributes: dict[str, str], row: Element) -> None:
        """As the base; attributes of modules have a table of their own."""
        module = MODULE_ATTRIBUTES.get(key)
        if module is not None and row.foreign:
            if name not in module.on:
                where = ", ".join(f"<{one}>" for one in sorted(module.on))
                reason = f"{key} does not belong on {shown_name(name)}"
                self.add(16, reason, f"it may be on {where}")
            elif (check := module.attribute.check) is not None:
                wrong = check(attributes[key])
                if wrong is not None:
                    self.value(module.attribute.number, key, wrong)
            return
        closed = name in CODES_OF_TEXT or (name in ("mrk", "sm") and key.startswith("xml:"))
        if row.foreign and (closed or prefix_of(key) in _MODULES):
            shown = key.rpartition(" ")[2]
            reason = f"{shown_name(name)} has no attribute {shown} in this standard"
            self.add(13, reason, "remove it")
            return
        super().unknown(name, key, attributes, row)

    # ------------------------------------------------------------- the stream as trees

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """As the base; the element becomes a node."""
        super().start(name, attributes)
        parent = self._node
        node = Node(name, attributes, self.line, parent)
        if parent is not None:
            parent.filled = True
            if name not in _STREAMED:
                parent.children.append(node)
            self._place_module(node, parent)
        self._node = node
        if name == "unit":
            self._unit_node = node
        elif name in ("source", "target"):
            self._side = node
        elif self._side is not None and name not in _SPANS:
            self._side.texts.append(CODE)

    def _place_module(self, node: Node, parent: Node) -> None:
        prefix = prefix_of(node.name)
        if not prefix or prefix == prefix_of(parent.name):
            return
        places, often = MODULE_PLACES.get(node.name, ((), False))
        if parent.name not in places:
            where = " or ".join(f"<{one}>" for one in places) or f"elements of {prefix}"
            reason = f"{shown_name(node.name)} does not belong in {shown_name(parent.name)}"
            self.add(16, reason, f"it may be in {where}")
        elif not often and len(parent.named(node.name)) > 1:
            reason = f"there is a second {shown_name(node.name)} in {shown_name(parent.name)}"
            self.add(16, reason, "keep one")

    def foreign(self, namespace: str, name: str, attributes: dict[str, str], depth: int) -> None:
        """As the base; ids of extensions are one in their file, group or unit."""
        super().foreign(namespace, name, attributes, depth)
        node = self._node
        if node is None:
            return
        node.filled = True
        ident = attributes.get("id", attributes.get("xml:id"))
        if ident is None:
            return
        key = f"{namespace} {ident}" if node.name in _EXTENSIBLE else ident
        if key in node.ids and node.name in _EXTENSIBLE:
            reason = f"the id {ident!r} of an extension is there twice in <{node.name}>"
            self.add(210, reason, "give each its own")
        node.ids.add(key)

    def text(self, data: str) -> None:
        """Text of a source or target, of a skeleton."""
        super().text(data)
        if self._side is not None:
            self._side.texts.append(data)
        if self._node is not None and not data.isspace():
            self._node.filled = True

    def end(self, name: str) -> None:
        """As the base; what is complete is looked at."""
        super().end(name)
        node = self._node
        if node is None:
            return
        self._node = node.parent
        if node is self._side:
            self._side = None
        if node is self._unit_node:
            self._unit_node = None
            self._judge(list(node.walk()))
            self.unit = ""
        elif self._unit_node is None:
            self._judge([node])
            if name == "file":
                self._end_of_file()

    def _judge(self, nodes: list[Node]) -> None:
        problems = [
            problem
            for node in nodes
            for constraint in _CONSTRAINTS.get(node.name, ())
            for problem in constraint.check(node, self._document)
        ]
        problems += self._references.of(nodes, self._file)
        for problem in sorted(problems, key=lambda one: one.node.line):
            self._tell(problem)
        for node in nodes:
            self._note(node)

    def _tell(self, problem: Problem) -> None:
        self.add(problem.number, problem.reason, problem.advice, line=problem.node.line)

    def _note(self, node: Node) -> None:
        """What the end of the file will be asked."""
        for key in _FLOWS:
            for name in node.get(key).split():
                self._flows.append((node, self.unit, name))
        if node.name == "res:resourceItemRef" and "ref" in node.attributes:
            self._resource_refs.append((node, self.unit))
        elif node.name == "res:resourceItem":
            self._resources.add(node.get("id"))

    # ------------------------------------------------------------- files, groups, units

    def start_file(self, attributes: dict[str, str]) -> None:
        """Ids of units and groups start anew."""
        self._file = attributes.get("id", "")
        self._once(attributes, self._files, "file")
        self._names = {"group": set(), "unit": set()}
        self._flows, self._resource_refs, self._resources = [], [], set()

    def _once(self, attributes: dict[str, str], known: set[str], what: str) -> None:
        name = attributes.get("id")
        if name is None:
            return
        if name in known:
            self.add(201, f"the id {name!r} is that of an earlier {what}", "give each its own")
        known.add(name)

    def start_group(self, attributes: dict[str, str]) -> None:
        """A group opens."""
        self._once(attributes, self._names.setdefault("group", set()), "group")

    def start_unit(self, attributes: dict[str, str]) -> None:
        """A unit opens."""
        self.unit = attributes.get("id", "")
        self._once(attributes, self._names.setdefault("unit", set()), "unit")

    def start_target(self, attributes: dict[str, str]) -> None:
        """A target needs a language."""
        del attributes
        here = self.stack[-2:-1] in (["segment"], ["ignorable"])
        if here and self._document.target_language is None and not self._asked_for_target:
            self._asked_for_target = True
            self.add(105, "there is a target, but nobody names its language", "add trgLang")

    def _end_of_file(self) -> None:
        units = self._names.get("unit", set())
        for node, unit, name in self._flows:
            if name not in units:
                reason = f"the sub-flow {name!r} is no unit of the file"
                self.add(414, reason, "correct it", line=node.line, unit=unit)
        for node, unit in self._resource_refs:
            if node.get("ref") not in self._resources:
                reason = f"ref={node.get('ref')!r} is no resourceItem of the file"
                self.add(615, reason, "add it to the file", line=node.line, unit=unit)
        # the tree of the file is no longer needed
        self._flows, self._resource_refs = [], []

    def finish(self) -> None:
        """References into other units and files, now that every id is known."""
        for waiting in self._references.lost():
            self.add(
                502,
                f"{waiting.text!r} points to nothing",
                "correct the reference",
                line=waiting.line,
                unit=waiting.unit,
            )
