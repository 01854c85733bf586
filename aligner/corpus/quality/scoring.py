"""The quality of units: how probable it is that the two sides translate each other fully."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from aligner.corpus.quality.measuring import Linked, SeenTexts, measure
from aligner.corpus.quality.model import quality_model, usual_length
from aligner.engine import embedding

__all__ = ["KNOWN", "measure_texts", "qualities"]

Floats = npt.NDArray[np.float64]

KNOWN = 0.5  # coverage of a language from which on vectors are believed
_CROWD = 8  # units that tell what chance is


def qualities(
    units: Sequence[Linked], langs: tuple[str, str], seen: SeenTexts | None, *, believed: bool
) -> list[float]:
    """The quality of each unit (0-1, three decimals).

    `believed`: whether the encoder knows both languages. Without it, or without vectors, the texts
    alone decide: lengths, numbers, marks, copies and the languages of sentences.
    """
    table = measure(units, langs, usual_length(*langs), seen if believed else None)
    if seen is None or not believed:
        part = "texts"
    elif seen.tokens is not None:
        part = "tokens"
    else:
        part = "vectors" if len(units) >= _CROWD else "texts"
    return [round(float(one), 3) for one in quality_model(part).probabilities(table)]


def measure_texts(texts: Sequence[tuple[str, str]], langs: tuple[str, str], usual: float) -> Floats:
    """The features of units by the embedded encoder, as if each were a segment of a text."""
    sides = [one for one, _ in texts], [other for _, other in texts]
    encoded = embedding.encode_pair("embedded", None, sides, langs, tokens=True)
    units = [
        Linked(source, target, (range(k, k + 1), range(k, k + 1)))
        for k, (source, target) in enumerate(texts)
    ]
    return measure(units, langs, usual, SeenTexts(encoded.overlaps, encoded.tokens))
