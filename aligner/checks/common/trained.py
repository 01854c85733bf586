"""The small trained models: logistic regression over features, their squares and products.

`model.json` is made by `scripts/train_fidelity.py`. For each check it holds the features' names,
means and scales, the pairs of features that are multiplied, weights, and `curve`: the share of
clean pairs and of wrong pairs whose score is higher, at some scores, from folds that did not see
the text. The curve gives the threshold and a calibrated probability.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from aligner.checks.common.tokens import base
from aligner.files.shipped import shipped_json
from aligner.model import ModelError

__all__ = ["TrainedModel", "expand", "length_ratio", "trained_model"]

Floats = npt.NDArray[np.float64]


def expand(features: Floats, products: Sequence[tuple[int, int]]) -> Floats:
    """[n, F] -> [n, F + P]: the features and the products of the pairs."""
    if not len(products):
        return features
    first, second = np.array(products, np.int64).T
    return np.concatenate([features, features[:, first] * features[:, second]], axis=1)


@dataclass(frozen=True, slots=True)
class TrainedModel:
    """`score` in nats; a pair is flagged where it passes the threshold of its source language.

    `thresholds` are those of measured languages, `threshold` that of all others.
    """

    features: tuple[str, ...]
    mean: Floats
    scale: Floats
    products: tuple[tuple[int, int], ...]
    weights: Floats
    bias: float
    threshold: float
    thresholds: Mapping[str, float]
    slope: float
    offset: float

    def score(self, values: Mapping[str, float]) -> float:
        """Log odds of the training set; `values` are the features by name."""
        row = [values[name] for name in self.features]
        standard = np.clip((np.array(row, np.float64) - self.mean) / self.scale, -6, 6)
        terms = expand(standard[None], self.products)[0]
        return float(terms @ self.weights + self.bias)

    def passes(self, score: float, source_lang: str) -> bool:
        """Whether the pair is flagged."""
        return score > self.limit(source_lang)

    def limit(self, source_lang: str) -> float:
        """The threshold of a source language."""
        return self.thresholds.get(base(source_lang), self.threshold)

    def probability(self, score: float) -> float:
        """Calibrated probability that the finding is right, where 1 pair in 20 is wrong."""
        return float(1 / (1 + np.exp(-(self.slope * score + self.offset))))


@lru_cache(maxsize=1)
def _all() -> dict[str, Any]:
    stored: dict[str, Any] = shipped_json(
        "aligner.checks.common", "model.json", "scripts/train_fidelity.py"
    )
    return stored


@lru_cache(maxsize=16)
def trained_model(name: str, features: tuple[str, ...]) -> TrainedModel:
    """The model of a check. Raises ModelError where it was trained for other features."""
    kept = _all()["models"].get(name)
    if kept is None or tuple(kept["features"]) != features:
        raise ModelError(
            f"the model of the check {name!r} does not fit its features",
            hint="run scripts/train_fidelity.py",
        )
    return TrainedModel(
        features,
        np.array(kept["mean"]),
        np.array(kept["scale"]),
        tuple((i, j) for i, j in kept["products"]),
        np.array(kept["weights"]),
        kept["bias"],
        kept["threshold"],
        kept["thresholds"],
        kept["slope"],
        kept["offset"],
    )


def length_ratio(source_lang: str, target_lang: str) -> float:
    """Usual log of target by source length in letters; 0 for languages nobody measured."""
    sizes: dict[str, float] = _all()["lengths"]
    return sizes.get(target_lang, 0.0) - sizes.get(source_lang, 0.0)
