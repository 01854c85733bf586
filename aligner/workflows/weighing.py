"""Weights, and the encoder that goes with them.

Weights weigh the likenesses of one encoder: those of another lie elsewhere, and what comes out
looks sure and is wrong. So a weights file names the encoder it was trained for, `auto` takes that
one, and any other is refused. The shipped weights go with every encoder: they were trained for
`embedded`, and e5 and `both` were measured with them (docs/encoders.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aligner.model import FileName, ModelError
from aligner.workflows.opening import read_source

if TYPE_CHECKING:
    from aligner.engine.embedding import Encoder
    from aligner.engine.features import Weights

__all__ = ["chosen_encoder", "load_weights", "refuse_other_encoder"]

_MEASURED = ("embedded", "e5", "both")  # encoders that the shipped weights were measured with


def load_weights(path: FileName | None) -> Weights:
    """Weights of a file of `aligner train`, or the shipped ones.

    Raises ModelError where they are missing, damaged or made for other features.
    """
    from aligner.engine import features

    if path is None:
        return features.shipped_weights()
    return features.parse_weights(read_source(str(path)).data.decode("utf-8", "replace"), str(path))


def chosen_encoder(
    name: str, langs: tuple[str, str], weights: Weights, path: FileName | None
) -> tuple[Encoder, str, str]:
    """The encoder for these languages and weights (`path`: their file, None for the shipped ones),
    the name it was loaded by, and a line for the user or "".

    "auto" takes the encoder that a weights file was trained for. Raises ModelError where the file
    is for another encoder, and what `embedding.load_encoder` raises.
    """
    from aligner.engine import embedding

    wanted = weights.encoder if path is not None else ""
    chosen, line = embedding.choose(name, langs, wanted)
    encoder = embedding.load_encoder(chosen, langs)
    if path is not None:
        refuse_other_encoder(weights, encoder, chosen, str(path))
        if not wanted:
            line = line or f"{path} does not say which encoder it was trained for"
    elif chosen.partition(":")[0] not in _MEASURED:
        line = line or (
            "the shipped weights were not trained for this encoder: "
            f"`aligner train GOLD --encoder {chosen}` makes weights that are"
        )
    return encoder, chosen, line


def refuse_other_encoder(weights: Weights, encoder: Encoder, name: str, context: str) -> None:
    """Raise ModelError where weights were trained for another encoder than this one, which is loaded
    by `name`; `context` is their file's name. Weights that do not say it are taken.
    """
    from aligner.engine import embedding

    used = embedding.model_of(encoder)
    if not weights.encoder or weights.encoder == used:
        return
    known = embedding.name_of(weights.encoder)
    hint = f"train weights for this one: aligner train GOLD --encoder {name}"
    if known and known != name:
        hint = f"use --encoder {known}, or {hint}"
    raise ModelError(
        f"the weights were trained for the encoder {weights.encoder}, not for {used}",
        context=context,
        hint=hint,
    )
