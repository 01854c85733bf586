"""When two labels are one person: parts of a name, titles before it, initials."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from aligner.model import Document
from aligner.text.speakers import is_generic, name_of

__all__ = ["is_part", "renamed", "with_one_name"]

_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "miss",
        "dr",
        "dra",
        "prof",
        "profa",
        "sir",
        "lady",
        "sr",
        "sra",
        "srta",
        "don",
        "doña",
        "dom",
        "dona",
        "m",
        "mme",
        "mlle",
        "herr",
        "frau",
        "sig",
        "signora",
    ]
)


def with_one_name(document: Document) -> Document:
    """`Soto` is `Eva Soto` where the page prints both, and nobody else is called so."""
    labels = list(dict.fromkeys(name_of(p.speaker) for p in document.paragraphs if p.speaker))
    names = {}
    for label in labels:
        longer = [other for other in labels if other != label and is_part(label, other)]
        if len(longer) == 1 and not is_generic(label):
            names[label] = longer[0]
    return renamed(document, names)


def renamed(document: Document, names: Mapping[str, str]) -> Document:
    """The document with other names for its speakers, by their labels without punctuation."""
    if not names:
        return document
    paragraphs = tuple(
        replace(p, speaker=names.get(name_of(p.speaker), p.speaker)) if p.speaker else p
        for p in document.paragraphs
    )
    return replace(document, paragraphs=paragraphs)


def is_part(label: str, name: str) -> bool:
    """`Marroquín` of `Ofelia Marroquín`, `La Bitácora` of `La Bitácora del Istmo`, `Dr. Soto`, and
    `O. M.` or `OM`.
    """
    letters = "".join(label.replace(".", " ").split())
    if len(letters) > 1 and letters.isupper():
        initials = "".join(word[0] for word in name.split() if word[0].isupper())
        if letters == initials:
            return True
    part, whole = label.casefold().split(), name.casefold().split()
    titles = [words[0].rstrip(".") in _TITLES for words in (part, whole) if len(words) > 1]
    if titles == [True, False]:
        del part[0]
    return bool(part) and part in (whole[: len(part)], whole[-len(part) :])
