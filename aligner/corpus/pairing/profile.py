"""What pairing knows of a document."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["BLOCKS", "Profile"]

BLOCKS = 64  # blocks of a document at most


@dataclass(frozen=True, slots=True, eq=False)
class Profile:
    """`whole` [D]: the document as one text; `blocks` [B, D], 1 <= B <= 64: runs of its segments
    in order. Unit vectors, float32.
    """

    name: str
    whole: npt.NDArray[np.float32]
    blocks: npt.NDArray[np.float32]
