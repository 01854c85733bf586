"""The features of some beads by name, so that no code counts places in an array."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["FeatureRows"]

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class FeatureRows:
    """A view of `values` [features, ...] by the features' names.

    `rows["distance"] = values` writes, `rows["distance"]` is the row itself. `places` says where
    each name stands. Raises KeyError for a feature that does not exist.
    """

    places: Mapping[str, int]
    values: Floats

    def __getitem__(self, name: str) -> Floats:
        row: Floats = self.values[self.places[name]]
        return row

    def __setitem__(self, name: str, value: npt.ArrayLike) -> None:
        self.values[self.places[name]] = value
