"""Those who speak in the texts of a set: one `person` a person, whatever each page calls her.

Labels of two texts are one person where they are the same words, where the turns that they open
translate each other (`text.speakers`), and where both mean the only one who asks, or answers:
`P:` and `Q:` are the interviewer whom the metadata name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from aligner.model import AlignmentSet, Document
from aligner.text.speakers import (
    ANSWERER,
    ASKER,
    UNKNOWN,
    is_generic,
    known_roles,
    name_of,
    same_speakers,
)

__all__ = ["Person", "persons_of", "speaker_name"]

_Key = tuple[int, str]  # number of a document, name of a person in it
_ROLES = (ASKER, ANSWERER)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks: `names` as (number of the first text that has it, name); none where the
    texts name nobody.
    """

    id: str
    names: tuple[tuple[int, str], ...]
    role: str = ""


def speaker_name(label: str) -> str:
    """A printed label without its punctuation, as `text.speakers.name_of`."""
    return name_of(label) or "unnamed"


def persons_of(alignments: AlignmentSet) -> tuple[tuple[Person, ...], list[dict[str, Person]]]:
    """Everybody who speaks or is said to ask or answer, in order of appearance; and of each document
    who its names are.
    """
    documents = alignments.documents
    roles = _roles(alignments)
    keys = [(n, name) for n, document in enumerate(documents) for name in _names(document)]
    first = _joined(keys, alignments, roles)
    groups: dict[_Key, list[_Key]] = {}
    for key in keys:
        groups.setdefault(first[key], []).append(key)
    persons: list[Person] = []
    of_document: list[dict[str, Person]] = [{} for _ in documents]
    for number, group in enumerate(groups.values(), start=1):
        role = next((roles[key] for key in group if roles[key]), "")
        person = Person(
            f"person{number}", tuple(_shown(group)), re.sub(r"[\s\x00-\x1f]+", "_", role)
        )
        persons.append(person)
        for n, name in group:
            of_document[n][name] = person
    return tuple(persons), of_document


def _names(document: Document) -> dict[str, None]:
    """Those named as speakers in the text, then those the metadata name besides."""
    labels = (p.speaker for p in document.paragraphs if p.speaker is not None)
    known = (name.strip() for role in _ROLES for name in document.metadata.get(role, ()))
    return dict.fromkeys([*map(speaker_name, labels), *filter(None, known)])


def _roles(alignments: AlignmentSet) -> dict[_Key, str]:
    """The role of every name, "" where nobody knows."""
    known = known_roles(alignments.alignments)
    made: dict[_Key, str] = {}
    for n, (document, by_label) in enumerate(zip(alignments.documents, known, strict=True)):
        by_name = {speaker_name(label): role for label, role in by_label.items()}
        for name in _names(document):
            role = by_name.get(name, UNKNOWN)
            given = (r for r in _ROLES if name in document.metadata.get(r, ()))
            made[n, name] = next(given, "") if role == UNKNOWN else role
    return made


def _joined(
    keys: Sequence[_Key], alignments: AlignmentSet, roles: Mapping[_Key, str]
) -> dict[_Key, _Key]:
    """For every name the first one of the same person."""
    order = {key: number for number, key in enumerate(keys)}
    parent = {key: key for key in keys}

    def root(key: _Key) -> _Key:
        while parent[key] != key:
            key = parent[key]
        return key

    def join(one: _Key, other: _Key) -> None:
        if one in parent and other in parent:
            a, b = sorted((root(one), root(other)), key=order.__getitem__)
            parent[b] = a

    by_name: dict[str, _Key] = {}
    for key in keys:
        join(by_name.setdefault(key[1].casefold(), key), key)
    for n, alignment in enumerate(alignments.alignments, start=1):
        for one, other in same_speakers(alignment):
            join((0, speaker_name(one)), (n, speaker_name(other)))
    for role in _ROLES:
        mine = [key for key in keys if roles[key] == role]
        named = {root(key) for key in mine if not is_generic(key[1])}
        nameless = [key for key in mine if is_generic(key[1])]
        # several who answer are not told apart by "A:"
        for key in nameless if len(named) <= 1 else ():
            join(next(iter(named), nameless[0]), key)
    return {key: root(key) for key in keys}


def _shown(group: Sequence[_Key]) -> Iterator[tuple[int, str]]:
    """The names of a person, each once; labels such as `Q` only where there is nothing better."""
    names = [key for key in group if not is_generic(key[1])]
    shown: set[str] = set()
    for number, name in names or [key for key in group if key[1] not in _ROLES][:1]:
        if name.casefold() not in shown:
            shown.add(name.casefold())
            yield number, name
