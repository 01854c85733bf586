"""When two labels are one person: parts of a name, titles before it, initials."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
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


_PARTICLE = "(?:de|del|de la|da|do|dos|la|van|von|der|den|di|le|du|bin|ibn|al|el|y|e)"
_FEW = 20  # people whom initials name, whose whole names are looked for
_INITIALS = 4  # letters; a longer word in capitals is a name


def with_one_name(document: Document) -> Document:
    """`Soto` and `E. S.` are `Eva Soto` where the page prints her whole name, as a label or in its text,
    and nobody else is called so.
    """
    labels = list(dict.fromkeys(name_of(p.speaker) for p in document.paragraphs if p.speaker))
    told = [label for label in labels if not is_generic(label)]
    known = dict.fromkeys([*labels, *_named_in_text(document, told)])
    names = {}
    for label in told:
        longer = [other for other in known if other != label and is_part(label, other)]
        if len(longer) == 1:
            names[label] = longer[0]
    return renamed(document, names)


def _named_in_text(document: Document, labels: Sequence[str]) -> Iterator[str]:
    """Whole names that the text prints of those whom labels call by initials: where one name alone has
    these, and they are written with dots or another label is a part of it.
    """
    for label in [label for label in labels if _letters(label)][:_FEW]:
        letters = _letters(label)
        if any(is_part(label, other) for other in labels if other != label):
            continue
        words = rf"[\s]+(?:{_PARTICLE}\s+)*".join(rf"{re.escape(x)}[^\W\d_]+" for x in letters)
        pattern = re.compile(rf"(?<![\w.]){words}(?![\w])")
        whole = {
            match[0]
            for p in document.paragraphs
            if p.kind not in ("title", "heading")
            for match in pattern.finditer(p.text)
        }
        for name in whole if len(whole) == 1 else ():
            if "." in label or any(is_part(x, name) for x in labels if x != label):
                yield name


def _letters(label: str) -> str:
    """The letters of initials (`O. M.`, `OM`), "" of what is a name or one letter."""
    letters = "".join(label.replace(".", " ").split())
    apart = label.replace(".", " ").split()
    plain = all(len(part) == 1 for part in apart) or (len(apart) == 1 and len(letters) <= _INITIALS)
    return letters if len(letters) > 1 and letters.isupper() and letters.isalpha() and plain else ""


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
