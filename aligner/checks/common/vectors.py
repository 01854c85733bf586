"""What checks ask of an encoder: texts with a part taken out or put in, and parts by themselves.

`aligner.workflows.checking` hands in two `Sums` (see `embedding.text_sums`), one for the sources and one for the
targets of a batch of pairs. Shapes: D dimensions, n cuts asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

__all__ = ["Floats", "PairVectors", "SideTokens", "Sums", "SumsOf"]

Floats = npt.NDArray[np.float32]
Cut = tuple[int, int]


class Sums(Protocol):
    """Texts of one side; `tokens[row]` are the (start, end) code points of its tokens."""

    tokens: list[tuple[Cut, ...]]

    def vector(self, row: int) -> Floats:
        """[D], the whole text."""
        ...

    def without(self, row: int, cuts: Sequence[Cut]) -> Floats:
        """[n, D]: the text without each of these runs of tokens."""
        ...

    def only(self, row: int, cuts: Sequence[Cut]) -> Floats:
        """[n, D]: each of these runs of tokens by itself."""
        ...

    def plus(self, row: int, other: Any, others: Sequence[int]) -> Floats:
        """[n, D]: the text with each of these texts of another `Sums` added."""
        ...

    def without_partner(self, row: int, other: Any, other_row: int) -> tuple[Floats, Floats] | None:
        """[T] the chance that each token has no partner in a text of another `Sums`, and how much it
        says; None where nobody can tell.
        """
        ...


SumsOf = Callable[[Sequence[str]], Sums]


@dataclass(frozen=True, slots=True)
class SideTokens:
    """One text of a pair: its tokens, grouped to words of the text."""

    sums: Sums
    row: int

    @property
    def tokens(self) -> tuple[Cut, ...]:
        """(start, end) code points of each token."""
        return self.sums.tokens[self.row]

    def cut(self, start: int, end: int) -> Cut:
        """The tokens that lie in these code points."""
        inside = [k for k, (a, b) in enumerate(self.tokens) if b > start and a < end and b > a]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)

    def vector(self) -> Floats:
        """[D]."""
        return self.sums.vector(self.row)

    def without(self, cuts: Sequence[Cut]) -> Floats:
        """[n, D]."""
        return self.sums.without(self.row, cuts)

    def only(self, cuts: Sequence[Cut]) -> Floats:
        """[n, D]."""
        return self.sums.only(self.row, cuts)

    def without_partner(self, other: SideTokens) -> tuple[Floats, Floats] | None:
        """[T], [T], see `Sums`."""
        return self.sums.without_partner(self.row, other.sums, other.row)


@dataclass(frozen=True, slots=True)
class PairVectors:
    """Both sides of one pair."""

    source: SideTokens
    target: SideTokens

    def gain(self, in_target: bool, span: Cut) -> float:
        """How much nearer the two texts come where one of them lacks these code points."""
        one, other = (self.target, self.source) if in_target else (self.source, self.target)
        far = other.vector()
        return float(one.without([one.cut(*span)])[0] @ far - one.vector() @ far)
