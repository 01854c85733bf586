"""What a format allows, as the reader of its files asks it: element by element.

Subclasses fill `GRAMMAR` and `CODES` and add methods `start_x`, `end_x` for what a table cannot
say. Elements and attributes of the format's own namespace have their plain names, those of a
namespace in `NAMESPACES` its prefix (`mtc:match`), others the namespace and a space before it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, NamedTuple

from aligner.formats.validation.content import OTHER
from aligner.formats.validation.fault import Fault, FaultCode
from aligner.formats.validation.grammar import Element
from aligner.formats.validation.types import Wrong
from aligner.languages.tags import wrong_tag

__all__ = ["DEPTH", "Position", "Rules", "prefix_of", "shown_name", "structure_codes"]

_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance "
# the findings that every format numbers alike
DEPTH, ROOT, MISPLACED, MISSING, TEXT, UNKNOWN, INCOMPLETE = 0, 1, 10, 11, 12, 13, 15


def structure_codes(letter: str, clause: str, schema: str) -> dict[str, FaultCode]:
    """The rows of a table of codes that are the same in every format."""
    rows = {
        DEPTH: ("elements are nested deeper than any tool writes them", "limit of this check"),
        MISPLACED: ("an element where it does not belong, once too often or too late", schema),
        MISSING: ("a required attribute is missing", schema),
        TEXT: ("text where none belongs", schema),
        UNKNOWN: ("an attribute that the standard does not have here", schema),
        14: ("an attribute with a value that is none of its type", schema),
        INCOMPLETE: ("a required element is missing", schema),
    }
    codes = {
        f"{letter}{number:03}": FaultCode("error", meaning, source)
        for number, (meaning, source) in rows.items()
    }
    codes[f"{letter}001"] = FaultCode("fatal", "the root element is not that of the format", clause)
    return codes


class Position(NamedTuple):
    """The findings of a child that is not there, comes too late, or comes once too often."""

    missing: int = INCOMPLETE
    late: int = MISPLACED
    again: int = MISPLACED


_ANY_PLACE = Position()


class Rules:
    """The state of one pass over a file."""

    LETTER = "X"
    NAMESPACES: ClassVar[Mapping[str, str]] = {"": ""}
    CODES: ClassVar[Mapping[str, FaultCode]] = {}
    GRAMMAR: ClassVar[Mapping[str, Element]] = {}
    # (parent, child): the findings where the child is misplaced or missing, instead of 10 and 15
    PLACES: ClassVar[Mapping[tuple[str, str], Position]] = {}

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.stack: list[str] = []
        self.line = 0
        self.unit = ""
        self.namespaces: Mapping[str, str] = self.NAMESPACES
        self.grammar: Mapping[str, Element] = self.GRAMMAR
        self._states: list[int] = []
        self._seen: list[dict[str, int]] = []
        # (depth, children one of which was due before what came): told when the element closes
        self._left_out: list[tuple[int, list[str]]] = []
        self._starts = self._methods("start_")
        self._ends = self._methods("end_")

    def _methods(self, prefix: str) -> dict[str, Any]:
        return {
            name.removeprefix(prefix).replace("__", ":").replace("_", "-"): getattr(self, name)
            for name in dir(self)
            if name.startswith(prefix)
        }

    def add(self, number: int, reason: str, advice: str, *, line: int = 0, unit: str = "") -> None:
        """Make a finding, here unless told otherwise."""
        code = f"{self.LETTER}{number:03}"
        severity = self.CODES[code].severity
        self.faults.append(
            Fault(code, line or self.line, unit or self.unit, reason, advice, severity)
        )

    def language(self, number: int, tag: str) -> bool:
        """True where `tag` is a language code; else a finding is made."""
        wrong = wrong_tag(tag)
        if wrong is not None:
            self.add(number, *wrong)
        return wrong is None

    # ------------------------------------------------------------- what the reader calls

    def root(self, namespace: str, name: str, attributes: dict[str, str]) -> None:
        """The root element, before `start`: choose tables by version, judge the namespace."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element opens; it is on the stack when `start_x` runs."""
        if self.stack:
            self._place(name)
        self.stack.append(name)
        self._states.append(0)
        self._seen.append({})
        method = self._starts.get(name)
        if method is not None:
            method(attributes)
        row = self.grammar.get(name)
        if row is not None:
            self._check_attributes(name, row, attributes)

    def end(self, name: str) -> None:
        """An element closes."""
        row = self.grammar.get(name)
        state = self._states[-1]
        while self._left_out and self._left_out[-1][0] == len(self.stack):
            due = self._left_out.pop()[1]
            if not any(map(self.seen, due)):
                self._incomplete(name, due)
        if row is not None and not row.content.complete(state):
            self._incomplete(name, row.content.expected(state))
        method = self._ends.get(name)
        if method is not None:
            method()
        self.stack.pop()
        self._states.pop()
        self._seen.pop()

    def foreign(self, namespace: str, name: str, attributes: dict[str, str], depth: int) -> None:
        """An element of a namespace that is not the format's, `depth` levels inside another one.

        What it holds is passed over.
        """
        del attributes
        if not depth and self.stack:
            self._place(f"{namespace} {name}")

    def text(self, data: str) -> None:
        """Character data, in pieces."""
        row = self.grammar.get(self.stack[-1])
        if row is not None and not row.content.text and not data.isspace():
            shown = " ".join(data.split())[:30]
            self.add(
                TEXT,
                f"text in {shown_name(self.stack[-1])}, where none belongs: {shown!r}",
                "move it into the element that holds text, or remove it",
            )

    def finish(self) -> None:
        """The file is read to its end and is well formed."""

    # ------------------------------------------------------------- the tables at work

    def seen(self, name: str) -> int:
        """How many children `name` the element on top of the stack has had so far."""
        return self._seen[-1].get(name, 0)

    def _place(self, name: str) -> None:
        parent = self.stack[-1]
        before = self._seen[-1]
        count = before[name] = before.get(name, 0) + 1
        row = self.grammar.get(parent)
        if row is None:
            return
        other = prefix_of(name) != prefix_of(parent)
        state = row.content.step(self._states[-1], name, other=other)
        if state >= 0:
            self._states[-1] = state
            return
        later = row.content.later(self._states[-1], name)
        if later >= 0:
            self._left_out.append((len(self.stack), row.content.expected(self._states[-1])))
            self._states[-1] = later
            return
        place = self.PLACES.get((parent, name), _ANY_PLACE)
        again = count > 1 and not row.content.repeats(name)
        others = [other for other in before if other != name]
        self.add(
            place.again if again else place.late, *misplaced(name, parent, row, others, again=again)
        )

    def _incomplete(self, name: str, expected: list[str]) -> None:
        places = self.PLACES
        number = next(
            (places[name, one].missing for one in expected if (name, one) in places), INCOMPLETE
        )
        shown = " or ".join(map(shown_name, expected))
        self.add(number, f"{shown_name(name)} has no {shown}", f"add {shown}")

    def _check_attributes(self, name: str, row: Element, attributes: dict[str, str]) -> None:
        for wanted in row.required:
            if wanted not in attributes:
                self.missing(name, wanted, attributes)
        for key, value in attributes.items():
            attribute = row.attributes.get(key)
            if attribute is None:
                if not row.open:
                    self.unknown(name, key, attributes, row)
            elif attribute.check is not None:
                wrong = attribute.check(value)
                if wrong is not None:
                    self.value(attribute.number, key, wrong)

    def missing(self, name: str, attribute: str, attributes: dict[str, str]) -> None:
        """A required attribute is not there."""
        del attributes
        self.add(MISSING, f"{shown_name(name)} has no attribute {attribute}", f"add {attribute}")

    def unknown(self, name: str, key: str, attributes: dict[str, str], row: Element) -> None:
        """An attribute that the table does not have."""
        del attributes
        if key.startswith(_INSTANCE) or (row.foreign and (":" in key or " " in key)):
            return
        known = ", ".join(row.attributes) or "none"
        self.add(
            UNKNOWN,
            f"{shown_name(name)} has no attribute {key.rpartition(' ')[2]} in this standard",
            f"remove it; there may be: {known}",
        )

    def value(self, number: int, key: str, wrong: Wrong) -> None:
        """An attribute with a value that is none of its type."""
        reason, advice = wrong
        self.add(number, f"{key}{reason}" if reason.startswith("=") else reason, advice)


def misplaced(name: str, parent: str, row: Element, before: list[str], *, again: bool) -> Wrong:
    """Why a child does not belong where it stands, and what to do."""
    here = shown_name(name)
    place = shown_name(parent)
    model = row.content
    other = OTHER in model.names and prefix_of(name) != prefix_of(parent)
    if name not in model.names and not other:
        allowed = ", ".join(sorted(model.names)).replace(OTHER, "elements of other namespaces")
        allowed = allowed or "no elements"
        return f"{here} does not belong in {place}", f"there may be: {allowed}"
    if again:
        return f"there is a second {here} in {place}", "keep one"
    order = f"the order in {place} is {model.expression}"
    if not before:
        return f"{here} comes too early in {place}", order
    return f"{here} comes after {shown_name(before[-1])}, which it must precede", order


def prefix_of(name: str) -> str:
    """What the namespace of an element or attribute is known by, "" for the format's own."""
    return name.rpartition(" ")[0] if " " in name else name.rpartition(":")[0]


def shown_name(name: str) -> str:
    """`<name>`, with the namespace in words where it has one of its own."""
    namespace, _, local = name.rpartition(" ")
    return f"<{local}> of the namespace {namespace!r}" if namespace else f"<{local}>"
