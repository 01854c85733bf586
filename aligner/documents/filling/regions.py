"""Where the words of a segment stand in a file: stretches of its text, grouped by how they look."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

__all__ = ["ELSEWHERE", "Edit", "LookGroup", "Stretch", "TextRegion", "grouped"]

ELSEWHERE = "the file does not write it as it is read"


class Edit(NamedTuple):
    """The characters of a part from `start` to `end` become `text`."""

    start: int
    end: int
    text: str


class Stretch(NamedTuple):
    """Characters of one text of a part (`node`): `look` says how they are shown, `point` that something
    other than text stands before them, behind the stretch before.
    """

    start: int
    end: int
    text: str
    look: Hashable
    node: int = -1
    point: bool = False


@dataclass(frozen=True, slots=True)
class LookGroup:
    """Neighbouring stretches that look the same."""

    text: str
    look: Hashable
    stretches: tuple[Stretch, ...]
    point: bool = False


@dataclass(frozen=True, slots=True)
class TextRegion:
    """The groups of a segment in order, and the part of the file that holds them. `clear`: what
    stands between the stretches and has to go with the words. `copies`: the same words elsewhere in the
    file, which become the same.
    """

    part: str
    groups: tuple[LookGroup, ...]
    clear: tuple[Edit, ...] = field(default=())
    copies: tuple[TextRegion, ...] = field(default=())


def grouped(part: str, stretches: Iterable[Stretch], clear: Iterable[Edit] = ()) -> TextRegion:
    """A region of stretches in order."""
    return TextRegion(part, tuple(_groups(stretches)), tuple(clear))


def _groups(stretches: Iterable[Stretch]) -> Iterator[LookGroup]:
    held: list[Stretch] = []
    for stretch in stretches:
        if held and (stretch.point or stretch.look != held[0].look):
            yield _group(held)
            held = []
        held.append(stretch)
    if held:
        yield _group(held)


def _group(held: list[Stretch]) -> LookGroup:
    text = "".join(one.text for one in held)
    return LookGroup(text, held[0].look, tuple(held), held[0].point)
