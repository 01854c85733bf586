"""A unit of XLIFF 2 as a small tree, for what a standard says of several elements at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

__all__ = ["Node"]


@dataclass(slots=True, eq=False)
class Node:
    """An element: `name` with the prefix of its module, `line` where it starts.

    `filled`: it holds something; `ids`: the ids of what a module holds of other namespaces. Units, groups and files are no children of their parents here, so
    that what has been checked can be forgotten.
    """

    name: str
    attributes: dict[str, str]
    line: int
    parent: Node | None
    children: list[Node] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    filled: bool = False
    ids: set[str] = field(default_factory=set)

    def get(self, name: str, default: str = "") -> str:
        """An attribute."""
        return self.attributes.get(name, default)

    def walk(self) -> Iterator[Node]:
        """The element and all inside it, in the order of the file."""
        yield self
        for child in self.children:
            yield from child.walk()

    def child(self, name: str) -> Node | None:
        """The first child of that name."""
        return next((child for child in self.children if child.name == name), None)

    def named(self, *names: str) -> list[Node]:
        """The children of these names."""
        return [child for child in self.children if child.name in names]

    def up(self, *names: str) -> Node | None:
        """The nearest element around this one (or this one) of these names."""
        node: Node | None = self
        while node is not None and node.name not in names:
            node = node.parent
        return node

    def inherited(self, attribute: str, default: str = "") -> str:
        """The value of an attribute here, or of the nearest element around that has it."""
        node: Node | None = self
        while node is not None:
            if attribute in node.attributes:
                return node.attributes[attribute]
            node = node.parent
        return default

    def content(self) -> str:
        """The text inside, codes left out."""
        return "".join(self.texts)
