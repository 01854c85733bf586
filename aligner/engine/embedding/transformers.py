"""`sentence-transformers:MODEL`: any model of that library that the user has at hand (LaBSE).

MODEL is a folder, or the name of a model that lies in the library's own cache; nothing is ever
downloaded here. Overlaps are joined strings, encoded once and kept (see joined.py). What languages
the model knows is not measured: it counts as knowing all of them, as the user chose it.

The library decides the order of its sums by the number of threads, so vectors may differ in the
last bits between machines; the overlaps that were kept do not.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from aligner.engine.embedding.composed import unit
from aligner.engine.embedding.joined import JoinedOverlaps
from aligner.model import MissingExtra, ModelError, UsageError
from aligner.runtime import cores

__all__ = ["TransformerEncoder"]

Floats = npt.NDArray[np.float32]

_PROBE = ("A sentence.", "Una frase.", "一句话。")  # their vectors tell one model from another
_ASSUMED = 0.95


class TransformerEncoder:
    """See the module. `dim` and `signature` are the model's."""

    def __init__(self, model: str = "") -> None:
        """Raises UsageError without a model's name, MissingExtra without the library, ModelError
        where the model is neither a folder nor cached.
        """
        if not model:
            raise UsageError(
                "the encoder 'sentence-transformers' needs a model",
                hint="--encoder sentence-transformers:FOLDER, or the name of a cached model",
            )
        try:
            import torch
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise MissingExtra(
                f"the encoder 'sentence-transformers' needs the optional part [transformers] "
                f"({error.name} is missing)",
                hint="pip install 'aligner[transformers]'",
            ) from error
        torch.set_num_threads(cores.count())
        try:
            self._model: Any = SentenceTransformer(model, device="cpu", local_files_only=True)
        except Exception as error:  # the library raises what its parts raise
            reason = str(error).strip().split("\n", maxsplit=1)[0]
            raise ModelError(
                f"the model cannot be loaded: {reason}",
                context=model,
                hint="name a folder of a sentence-transformers model, or download the model "
                "first: nothing is downloaded here",
            ) from error
        probe = self._model.encode(list(_PROBE), show_progress_bar=False, convert_to_numpy=True)
        self.dim = int(probe.shape[1])
        digest = hashlib.sha256(np.round(unit(probe.astype(np.float32)), 3).tobytes()).hexdigest()
        name = Path(model).name.replace("|", "_")
        self.signature = f"sentence-transformers-{name}-{digest[:12]}"

    def encode(self, texts: Sequence[str]) -> Floats:
        """[n] texts -> [n, D] float32, rows of length 1; an empty text has a vector too."""
        if not texts:
            return np.zeros((0, self.dim), np.float32)
        made = self._model.encode(list(texts), show_progress_bar=False, convert_to_numpy=True)
        out = unit(np.asarray(made, np.float32))
        # a model of word vectors gives zeros for a text without words: all alike, none near
        out[~out.any(axis=1)] = np.float32(self.dim**-0.5)
        return out

    def overlaps(self, segments: Sequence[str]) -> JoinedOverlaps:
        """All runs of neighbouring segments as joined strings, made when asked for and kept."""
        return JoinedOverlaps(self.encode, segments, self.signature, self.dim)

    def covers(self, lang: str) -> float:
        """Nobody measured it; the user's choice counts as knowing every language."""
        del lang
        return _ASSUMED
