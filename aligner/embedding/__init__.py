"""Texts -> unit vectors.

- An `Encoder` gives vectors of texts (`encode`) and of all runs of neighbouring segments
  (`overlaps`); it says how well it knows a language (`covers`) and what it is (`signature`).
- `embedded` is the encoder that comes with the core install: the multilingual Universal Sentence
  Encoder (Yang et al. 2020), whose sum over tokens lets one pass over a document give every
  overlap exactly.
- Others join through the table below or the entry-point group `aligner.encoders`.

Start reading from `additive.py` (the mathematics of overlaps), then `network.py` (the forward
pass) and `store.py` (where the weights lie).

Shape suffixes: N segments, W width of an overlap, D dimensions, T tokens.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Protocol

import numpy as np
import numpy.typing as npt

from aligner.registry import Table

__all__ = ["ENCODERS", "Encoder", "Overlaps", "load"]

Vectors = npt.NDArray[np.float32]


class Overlaps(Protocol):
    """All runs of neighbouring segments of one document, their vectors made on demand."""

    @property
    def count(self) -> int:
        """N, the number of segments."""
        ...

    @property
    def lengths_N(self) -> npt.NDArray[np.int64]:
        """Tokens in each segment."""
        ...

    def vectors(self, width: int, start: int = 0, stop: int | None = None) -> Vectors:
        """Unit vectors [stop - start, D] of the runs of `width` segments that begin there.

        Row i stands for segments i .. i + width - 1 joined by a space; rows whose run would pass
        the end of the document are zero.
        """
        ...


class Encoder(Protocol):
    """What every encoder offers."""

    @property
    def dim(self) -> int:
        """D."""
        ...

    @property
    def signature(self) -> str:
        """Name and version of the weights, for signatures and cache keys."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """[n] texts -> [n, D] float32, rows of length 1."""
        ...

    def overlaps(self, segments: Sequence[str]) -> Overlaps:
        """All runs of the segments; `vectors(w)[i]` equals `encode([" ".join(i..i+w)])[0]`."""
        ...

    def covers(self, lang: str) -> float:
        """How well the encoder knows a language (BCP 47): retrieval P@1 measured on news, 0-1.

        0.0 for a language nobody measured.
        """
        ...


ENCODERS = Table(
    kind="encoder",
    group="aligner.encoders",
    entries={"embedded": "aligner.embedding.embedded:EmbeddedEncoder"},
)


@cache
def load(name: str = "embedded") -> Encoder:
    """The encoder of that name, its weights loaded; the same one however often it is asked for.

    Raises UsageError for an unknown name, MissingExtra or ModelError where its parts are absent.
    """
    encoder: Encoder = ENCODERS.load(name)()
    return encoder
