"""The protocol that every encoder follows, and the table of encoders by name."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from functools import lru_cache
from threading import Lock, Thread
from typing import Protocol

import numpy as np
import numpy.typing as npt

from aligner.model import AlignerError, UsageError
from aligner.registry import Table

__all__ = [
    "AUTO",
    "ENCODERS",
    "WITHOUT_ARGUMENT",
    "Encoder",
    "Overlaps",
    "load_encoder",
    "prepare_encoder",
]

Vectors = npt.NDArray[np.float32]


class Overlaps(Protocol):
    """All runs of neighbouring segments of one document, their vectors made on demand."""

    @property
    def count(self) -> int:
        """N, the number of segments."""
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


WITHOUT_ARGUMENT = ("embedded", "e5", "both")
AUTO = "auto"  # not an encoder: `choose` makes a name of it
Make = Callable[..., Encoder]


def _embedded() -> Make:
    from aligner.engine.embedding.embedded import EmbeddedEncoder

    return EmbeddedEncoder


def _e5() -> Make:
    from aligner.engine.embedding.e5 import E5Encoder

    return E5Encoder


def _both() -> Make:
    from aligner.engine.embedding.both import BothEncoder

    return BothEncoder


def _transformers() -> Make:
    from aligner.engine.embedding.transformers import TransformerEncoder

    return TransformerEncoder


ENCODERS: Table[Make] = Table(
    kind="encoder",
    group="aligner.encoders",
    entries={
        "embedded": _embedded,
        "e5": _e5,
        "both": _both,
        "sentence-transformers": _transformers,
    },
    extras={
        "e5": "languages",
        "both": "languages",
        "sentence-transformers": "transformers",
    },
)


_LOADING = Lock()


def prepare_encoder(name: str = "embedded") -> None:
    """Begin to load an encoder beside other work: half of it is no Python. `load_encoder` waits for
    it, and tells what is wrong with it.

    Raises UsageError for an unknown name, MissingExtra where its module is absent.
    """
    # modules are imported here: two threads that import at once may wait for each other
    ENCODERS.load(name)

    def begin() -> None:
        with contextlib.suppress(AlignerError):
            load_encoder(name)

    Thread(target=begin).start()


def load_encoder(name: str = "embedded", langs: tuple[str, str] = ("", "")) -> Encoder:
    """The encoder of that name, its weights loaded; `NAME:ARGUMENT` for one that takes an argument.

    `langs` are the pair's, for an encoder that weighs its parts by them. Encoders do not change,
    so the last two stay loaded. Raises UsageError for an unknown name, MissingExtra or ModelError
    where its parts are absent.
    """
    with _LOADING:
        return _loaded(name, langs if name == "both" else ("", ""))


@lru_cache(maxsize=2)
def _loaded(name: str, langs: tuple[str, str]) -> Encoder:
    kind, _, argument = name.partition(":")
    make = ENCODERS.load(kind)
    encoder: Encoder
    if argument:
        if kind in WITHOUT_ARGUMENT:
            raise UsageError(f"the encoder {kind!r} takes no argument", hint=f"write {kind}")
        encoder = make(argument)
    else:
        encoder = make(langs) if kind == "both" and all(langs) else make()
    return encoder
