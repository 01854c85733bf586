"""The trained models of quality: logistic regression over features, each piecewise linear.

`quality.json` is made by `scripts/train_quality.py`.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from aligner.corpus.quality.measuring import FEATURES, PARTS
from aligner.files.shipped import shipped_bytes, shipped_json
from aligner.model import ModelError

__all__ = ["FAR", "QualityModel", "expanded", "quality_digest", "quality_model", "usual_length"]

Floats = npt.NDArray[np.float64]

FAR = 5.0  # spreads from the mean beyond which a feature says no more
_FILE = ("aligner.corpus.quality", "quality.json", "scripts/train_quality.py")
_KNOTS = (0.5, 1.5)


def expanded(Z: Floats) -> Floats:
    """[n, F] -> [n, 5 F]: the features, and what each has beyond half a spread and one and a half
    from the mean, to either side.
    """
    beyond = [np.maximum(sign * Z - knot, 0) for knot in _KNOTS for sign in (1, -1)]
    return np.concatenate([Z, *beyond], axis=1)


@dataclass(frozen=True, slots=True)
class QualityModel:
    """One part of `measuring.PARTS`; `columns` are its features in a table of `measure`."""

    columns: tuple[int, ...]
    mean: Floats
    scale: Floats
    weights: Floats
    bias: float
    slope: float
    offset: float

    def probabilities(self, table: Floats) -> Floats:
        """[n, all features] -> [n] calibrated probabilities (0-1)."""
        standard = (table[:, self.columns] - self.mean) / self.scale
        score = expanded(np.clip(standard, -FAR, FAR)) @ self.weights + self.bias
        return np.asarray(1 / (1 + np.exp(-np.clip(self.slope * score + self.offset, -30, 30))))


@lru_cache(maxsize=1)
def _all() -> dict[str, Any]:
    stored: dict[str, Any] = shipped_json(*_FILE)
    return stored


@lru_cache(maxsize=4)
def quality_model(part: str) -> QualityModel:
    """The model of a part. Raises ModelError where it was trained for other features."""
    kept = _all()["models"].get(part)
    if kept is None or tuple(kept["features"]) != PARTS[part]:
        raise ModelError(
            f"the model of quality {part!r} does not fit its features",
            hint="run scripts/train_quality.py",
        )
    return QualityModel(
        tuple(FEATURES.index(name) for name in PARTS[part]),
        np.array(kept["mean"]),
        np.array(kept["scale"]),
        np.array(kept["weights"]),
        kept["bias"],
        kept["slope"],
        kept["offset"],
    )


@lru_cache(maxsize=1)
def quality_digest() -> str:
    """8 hex digits that identify the models."""
    return hashlib.sha256(shipped_bytes(*_FILE)).hexdigest()[:8]


def usual_length(source_lang: str, target_lang: str) -> float:
    """Usual log of target by source letters; languages nobody measured count as English does."""
    sizes: dict[str, float] = _all()["lengths"]
    source, target = (lang.partition("-")[0].lower() for lang in (source_lang, target_lang))
    return sizes.get(target, 0.0) - sizes.get(source, 0.0)
