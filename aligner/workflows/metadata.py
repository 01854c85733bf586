"""What a user says about the texts (`--meta FILE.toml`), merged over what the files say.

    [text.es]                     one table a text, keyed by its language
    relation = "original"         original | translation | abridged
    title, authors, translator, outlet, publisher, date, url, licence
    [[speakers]]                  name, role, labels: the labels printed before that person's turns
    [edition]                     of what is made of the texts, not of the texts themselves:
    title, editors, publisher, place, date, url, licence

Unknown keys are errors: a misspelt key that is passed over would lose what the user wrote.
Knows documents and no format.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from aligner.model import (
    Alignment,
    AlignmentSet,
    Document,
    FileName,
    Malformed,
    Paragraph,
    UsageError,
    as_set,
)
from aligner.text.labels import name_at
from aligner.text.notation import toml_of
from aligner.text.speaker_names import is_part
from aligner.text.speakers import ANSWERER, ASKER, name_of

__all__ = ["Metadata", "Speaker", "apply_metadata", "described", "parse_metadata", "with_metadata"]

_RELATIONS = ("original", "translation", "abridged")
# key in the file -> key of Document.metadata
_KEYS = {
    "relation": "relation",
    "title": "title",
    "authors": "author",
    "author": "author",
    "translator": "translator",
    "interviewer": "interviewer",
    "interviewee": "interviewee",
    "editor": "editor",
    "outlet": "outlet",
    "publisher": "publisher",
    "date": "date",
    "url": "url",
    "licence": "licence",
    "description": "description",
}
_EDITION = {
    "title": "edition-title",
    "editors": "edition-editor",
    "editor": "edition-editor",
    "publisher": "edition-publisher",
    "place": "edition-place",
    "date": "edition-date",
    "url": "edition-url",
    "licence": "edition-licence",
}
_NO_ROLES = frozenset(
    ["relation", "title", "outlet", "publisher", "date", "url", "licence", "description"]
)
_SPEAKER_KEYS = ("name", "role", "labels")


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person who speaks: `labels` are those printed before the turns, in any of the texts."""

    name: str
    role: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Metadata:
    """`texts[lang]` and `edition` hold values by the keys of Document.metadata."""

    texts: Mapping[str, Mapping[str, tuple[str, ...]]]
    speakers: tuple[Speaker, ...]
    edition: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def parse_metadata(text: str, name: str) -> Metadata:
    """The metadata of a TOML 1.0 file.

    Raises Malformed with the line for broken TOML, unknown keys and values of the wrong kind.
    """
    data = toml_of(text, name)
    where = _Where(text, name)
    where.known(data, ("text", "speakers", "edition"), "")
    texts = {}
    for lang, table in where.table(data.get("text", {}), "text").items():
        fields = where.table(table, f"text.{lang}")
        where.known(fields, tuple(_KEYS), f"text.{lang}")
        texts[lang] = {_KEYS[key]: where.strings(value, key) for key, value in fields.items()}
        relation = texts[lang].get("relation", ("original",))
        if relation[0] not in _RELATIONS:
            raise where.wrong("relation", f"relation is one of {', '.join(_RELATIONS)}")
    speakers = []
    listed = data.get("speakers", [])
    if not isinstance(listed, list):
        raise where.wrong("speakers", "write [[speakers]], one table a person")
    for entry in listed:
        fields = where.table(entry, "speakers")
        where.known(fields, _SPEAKER_KEYS, "speakers")
        if "name" not in fields:
            raise where.wrong("speakers", "every speaker has a name")
        role = where.strings(fields.get("role", "unknown"), "role")[0].strip()
        if role in _NO_ROLES or not role:
            raise where.wrong("role", f"{role!r} says nothing of who speaks")
        speakers.append(
            Speaker(
                where.strings(fields["name"], "name")[0],
                role,
                where.strings(fields.get("labels", []), "labels"),
            )
        )
    about = where.table(data.get("edition", {}), "edition")
    where.known(about, tuple(_EDITION), "edition")
    edition = {_EDITION[key]: where.strings(value, key) for key, value in about.items()}
    return Metadata(texts, tuple(speakers), edition)


@dataclass(frozen=True, slots=True)
class _Where:
    """Messages that name the line of a key."""

    text: str
    name: str

    def wrong(self, key: str, message: str) -> Malformed:
        pattern = re.compile(rf"^\s*(\[+\s*)?([\w.\"-]*\.)?{re.escape(key)}\b")
        lines = self.text.splitlines()
        line = next((n for n, row in enumerate(lines, 1) if pattern.match(row)), 0)
        return Malformed(message, context=self.name, line=line)

    def known(self, table: Mapping[str, Any], keys: tuple[str, ...], inside: str) -> None:
        for key in table:
            if key not in keys:
                place = f" in [{inside}]" if inside else ""
                raise self.wrong(key, f"unknown key {key!r}{place}; known: {', '.join(keys)}")

    def table(self, value: object, key: str) -> Mapping[str, Any]:
        if not isinstance(value, dict):
            raise self.wrong(key.rsplit(".", maxsplit=1)[-1], f"{key} must be a table")
        return value

    def strings(self, value: object, key: str) -> tuple[str, ...]:
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        if isinstance(value, (date, datetime)):
            return (value.isoformat(),)
        if isinstance(value, str):
            return (value,)
        raise self.wrong(key, f"{key} must be text, a date or a list of texts")


def apply_metadata(document: Document, metadata: Metadata) -> Document:
    """The document with what the user says, over what was found in the file.

    A table counts where its language is the document's, or its prefix (`es` for `es-MX`).
    Speakers are listed by role, the role's name being the key (a word of the user's own, such as
    `lawyer`, too); their labels become names in the paragraphs.
    """
    language = document.lang.split("-")[0]
    given = metadata.texts.get(document.lang) or metadata.texts.get(language) or {}
    merged = dict(document.metadata)
    merged.update({key: values for key, values in given.items() if key != "title"})
    merged.update(metadata.edition)
    for speaker in metadata.speakers:
        if speaker.role != "unknown" and speaker.role not in given:
            already = merged.get(speaker.role, ())
            if speaker.name not in already:
                merged[speaker.role] = (*already, speaker.name)
    names = {label: speaker.name for speaker in metadata.speakers for label in speaker.labels}
    paragraphs = tuple(
        replace(paragraph, speaker=names[paragraph.speaker])
        if paragraph.speaker in names
        else paragraph
        for paragraph in document.paragraphs
    )
    title = given.get("title", (document.title,))[0]
    return replace(document, metadata=merged, title=title, paragraphs=paragraphs)


def described(
    documents: Sequence[Document], meta: FileName, *, aligned: bool = False
) -> list[Document]:
    """The documents with what the user's file says of them; the segments of `aligned` ones stay.

    Raises Malformed, and UsageError for a table about a language that none of them has.
    """
    from aligner.workflows.reading import text_of

    metadata = parse_metadata(text_of(Path(meta)), str(meta))
    known = {document.lang.split("-")[0] for document in documents}
    strangers = [lang for lang in metadata.texts if lang.split("-")[0] not in known]
    if strangers and (len(documents) > 1 or len(strangers) == len(metadata.texts)):
        raise UsageError(
            f"[text.{strangers[0]}] is about none of the texts ({', '.join(sorted(known))})",
            context=str(meta),
        )
    made = [apply_metadata(document, metadata) for document in documents]
    return made if aligned else [_with_labels(document, metadata) for document in made]


def _with_labels(document: Document, metadata: Metadata) -> Document:
    """The document with the labels of those whom the user names, once a page prints other labels too:
    a whole name that opens one turn is no evidence by itself.
    """
    people = {
        *(speaker.name for speaker in metadata.speakers),
        *(name for role in (ASKER, ANSWERER) for name in document.metadata.get(role, ())),
    }
    labels = {label: one.name for one in metadata.speakers for label in one.labels}
    if not people or not any(p.kind == "turn" and p.speaker for p in document.paragraphs):
        return document
    return replace(
        document,
        paragraphs=tuple(_with_label(one, people, labels) for one in document.paragraphs),
    )


def _with_label(
    paragraph: Paragraph, people: Collection[str], labels: Mapping[str, str]
) -> Paragraph:
    first = next(iter(paragraph.segments), None)
    free = paragraph.kind in ("para", "turn") and not paragraph.speaker and not paragraph.label
    opened = name_at(paragraph.text) if free else None
    if opened is None:
        return paragraph
    label, end = opened
    whole = [name for name in people if is_part(name_of(label), name)]
    name = labels.get(label) or (whole[0] if len(whole) == 1 else "")
    if not name:
        return paragraph
    made = replace(paragraph, kind="turn", speaker=name, label=(0, end))
    if first is None or first.start >= end:
        return made
    start = end + len(paragraph.text[end:]) - len(paragraph.text[end:].lstrip())
    if start >= first.end:
        return paragraph  # the label is a segment of its own
    cut = replace(first, start=start, text=paragraph.text[start : first.end])
    return replace(made, segments=(cut, *paragraph.segments[1:]))


def with_metadata(opened: Alignment | AlignmentSet, meta: FileName) -> Alignment | AlignmentSet:
    """The alignment with what the user's file says of its texts, those who speak among it.

    Raises as `described`.
    """
    from aligner.text.attributing import attributed

    alignments = as_set(opened)
    source, *targets = described(alignments.documents, meta, aligned=True)
    made = attributed(
        [
            replace(one, source=source, target=target)
            for one, target in zip(alignments.alignments, targets, strict=True)
        ]
    )
    return AlignmentSet(tuple(made)) if isinstance(opened, AlignmentSet) else made[0]
