"""Content models as DTDs write them, compiled to automata: `((note | prop)*, tuv+)`.

The notation is that of XML 1.0, 3.2: `,` `|` `?` `*` `+`, `EMPTY`, `ANY`, `(#PCDATA | a | b)*`. One
name more: `##other` is any element of a namespace that the table does not name, as in XML Schema.

Models are deterministic (XML 1.0, appendix E), so the positions of Glushkov's automaton are its
states: after each child there is one place in the expression where one stands.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

__all__ = ["OTHER", "Model", "compiled"]

OTHER = "##other"
_TOKEN = re.compile(r"\s*([(),|?*+]|[^\s(),|?*+]+)")


class _Part(NamedTuple):
    """A part of an expression: may it be empty, which positions begin it, which end it."""

    nullable: bool
    first: frozenset[int]
    last: frozenset[int]


class Model:
    """The children of one element. State 0 is before the first of them."""

    def __init__(self, expression: str) -> None:
        self.expression = expression
        self.any = expression == "ANY"
        self.text = self.any or "#PCDATA" in expression
        self._names: list[str] = [""]
        self._follow: list[set[int]] = [set()]
        self._tokens = _TOKEN.findall(expression)
        self._cursor = 0
        if self.any or expression == "EMPTY":
            whole = _Part(True, frozenset(), frozenset())
        else:
            whole = self._choice()
        self._follow[0] = set(whole.first)
        self._ends = whole.last | ({0} if whole.nullable else frozenset())
        self._steps = [
            {self._names[position]: position for position in following}
            for following in self._follow
        ]
        self.names = frozenset(self._names) - {"", "#PCDATA"}

    def step(self, state: int, name: str, *, other: bool = False) -> int:
        """The state after the child `name`, -1 where it may not come.

        `other`: it is of another namespace than its parent.
        """
        if self.any:
            return 0
        following = self._steps[state].get(name, -1)
        if following < 0 and other and name not in self.names:
            return self._steps[state].get(OTHER, -1)
        return following

    def complete(self, state: int) -> bool:
        """True where no child is missing any more."""
        return self.any or state in self._ends

    def later(self, state: int, name: str) -> int:
        """The next state that `name` leads to when what must come before it is left out; else -1."""
        reached = self._reached({state})
        return min((one for one in reached if self._names[one] == name), default=-1)

    def repeats(self, name: str) -> bool:
        """True where the child `name` may come more than once."""
        own = {position for position, known in enumerate(self._names) if known == name}
        return bool(own & self._reached(own))

    def _reached(self, states: set[int]) -> set[int]:
        """All states after these."""
        reached: set[int] = set()
        waiting = list(states)
        while waiting:
            for position in self._follow[waiting.pop()] - reached:
                reached.add(position)
                waiting.append(position)
        return reached

    def expected(self, state: int) -> list[str]:
        """What must come next: the children that complete the element, else all that may come."""
        following = {name: after for name, after in self._steps[state].items() if name[0] != "#"}
        closing = [name for name, after in following.items() if after in self._ends]
        return sorted(closing or following)

    # ------------------------------------------------------------- the grammar of the notation

    def _choice(self) -> _Part:
        part = self._sequence()
        while self._peek() == "|":
            self._cursor += 1
            other = self._sequence()
            part = _Part(
                part.nullable or other.nullable, part.first | other.first, part.last | other.last
            )
        return part

    def _sequence(self) -> _Part:
        part = self._repeated()
        while self._peek() == ",":
            self._cursor += 1
            other = self._repeated()
            for position in part.last:
                self._follow[position] |= other.first
            part = _Part(
                part.nullable and other.nullable,
                part.first | (other.first if part.nullable else frozenset()),
                other.last | (part.last if other.nullable else frozenset()),
            )
        return part

    def _repeated(self) -> _Part:
        part = self._one()
        sign = self._peek()
        if sign not in ("?", "*", "+"):
            return part
        self._cursor += 1
        if sign != "?":
            for position in part.last:
                self._follow[position] |= part.first
        return _Part(part.nullable or sign != "+", part.first, part.last)

    def _one(self) -> _Part:
        word = self._tokens[self._cursor]
        self._cursor += 1
        if word == "(":
            part = self._choice()
            self._cursor += 1  # the bracket that closes
            return part
        self._names.append(word)
        self._follow.append(set())
        position = frozenset({len(self._names) - 1})
        # text may always be absent
        return _Part(word == "#PCDATA", position, position)

    def _peek(self) -> str:
        return self._tokens[self._cursor] if self._cursor < len(self._tokens) else ""


@cache
def compiled(expression: str) -> Model:
    """The automaton of an expression, made once."""
    return Model(expression)
