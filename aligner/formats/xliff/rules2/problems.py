"""What constraints are made of: the document they look at, and what they find."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from aligner.formats.xliff.rules2.tree import Node

__all__ = ["CheckedFile", "Constraint", "Problem", "within_language"]


@dataclass(slots=True)
class CheckedFile:
    """What a constraint knows of the whole file."""

    version: str = "2.1"
    source_language: str = ""
    target_language: str | None = None


class Problem(NamedTuple):
    """A finding to be made where `node` starts."""

    number: int
    node: Node
    reason: str
    advice: str


class Constraint(NamedTuple):
    """A sentence of the standard: looked at when one of the elements `on` is complete."""

    on: tuple[str, ...]
    check: Callable[[Node, CheckedFile], Iterator[Problem]]


def within_language(tag: str, declared: str) -> bool:
    """True for a language and the same with a region or script (Schematron F4S: `lang()`)."""
    one, other = tag.lower(), declared.lower()
    return one == other or one.startswith(f"{other}-")
