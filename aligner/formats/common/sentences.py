"""Texts as OPUS and InterText keep them: `s` elements with ids, in paragraphs or not.

Words in elements of their own (`w`, OPUS's parsed texts) are joined by spaces; where `s` holds text
it is the text. Ids may be anything that is unique in the text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any

from aligner.files.xml import attribute, local, parse_xml
from aligner.model import (
    PARAGRAPH_KINDS,
    Document,
    Malformed,
    Paragraph,
    ReadError,
    Segment,
    Source,
)
from aligner.text.rich import clean

__all__ = ["Text", "concatenated", "read_sentences"]

_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")

# the text, and its segments by their ids; -1 for a sentence without text, which is no segment
Text = tuple[Document, dict[str, int]]


def read_sentences(source: Source, lang: str = "") -> Text:
    """The text in `source`; `lang` overrules what the file or its name says.

    Raises Malformed for broken XML, an id that comes twice or a sentence without one, ReadError for
    a file without sentences.
    """
    root = parse_xml(source.data, source.name)
    sentences = list(root.iter("{*}s"))
    if not sentences:
        raise ReadError("it holds no sentences (<s>)", context=source.name)
    ids: dict[str, int] = {}
    paragraphs: list[Paragraph] = []
    rows: list[tuple[Any, list[str]]] = []
    count = 0
    for sentence in sentences:
        text = clean(_text(sentence))
        name = attribute(sentence, "id")
        line = sentence.sourceline or 0
        if not name:
            raise Malformed("a sentence has no id", context=source.name, line=line)
        if name in ids:
            raise Malformed(f"the id {name!r} comes twice", context=source.name, line=line)
        ids[name] = count if text else -1
        if not text:
            continue
        count += 1
        parent = _paragraph_of(sentence)
        if rows and rows[-1][0] is parent and parent is not None:
            rows[-1][1].append(text)
        else:
            rows.append((parent, [text]))
    count = 0
    for parent, texts in rows:
        paragraphs.append(_paragraph(len(paragraphs), parent, texts, count))
        count += len(texts)
    document = Document(
        id=PurePath(source.name).name.split(".")[0] or "text",
        lang=lang or _lang(root, source.name),
        origin=source.name,
        title="",
        digest=hashlib.sha256(source.data).hexdigest(),
        paragraphs=tuple(paragraphs),
    )
    return document, ids


def _text(sentence: Any) -> str:
    words = ["".join(word.itertext()) for word in sentence.iter("{*}w")]
    return " ".join(words) if words else "".join(sentence.itertext())


def _paragraph_of(sentence: Any) -> Any:
    parent = sentence.getparent()
    while parent is not None and local(parent) not in ("p", "head", "ab", "l", "u"):
        parent = parent.getparent()
    return parent


def _paragraph(index: int, parent: Any, texts: list[str], first: int) -> Paragraph:
    text, segments = "", []
    for number, piece in enumerate(texts, start=first):
        start = len(text) + 1 if text else 0
        text = f"{text} {piece}" if text else piece
        segments.append(Segment(number, index, start, start + len(piece), piece))
    kind = "" if parent is None else attribute(parent, "type")
    if kind not in PARAGRAPH_KINDS:
        kind = "heading" if parent is not None and local(parent) == "head" else "para"
    level = 2 if kind == "heading" else 0
    return Paragraph(index, kind, text, tuple(segments), level=level)


def _lang(root: Any, name: str) -> str:
    """As the file says, else as OPUS names files: `es/a.xml.gz` or `a.es.xml`."""
    declared = attribute(root, "lang")
    if declared:
        return "" if declared == "und" else declared.replace("_", "-")
    path = PurePath(name.replace("\\", "/"))
    parts = [*path.parts[:1], *path.name.split(".")[1:-1]] if len(path.parts) > 1 else []
    parts = parts or path.name.split(".")[1:-1]
    return next((p.replace("_", "-") for p in parts if _TAG.fullmatch(p) and p != "xml"), "")


def concatenated(texts: Sequence[Text]) -> tuple[Document, list[dict[str, int]]]:
    """Several texts as one, and the numbers of each one's sentences in it."""
    if len(texts) == 1:
        return texts[0][0], [texts[0][1]]
    paragraphs: list[Paragraph] = []
    numbers: list[dict[str, int]] = []
    count = 0
    for document, ids in texts:
        numbers.append(
            {name: number + count if number >= 0 else -1 for name, number in ids.items()}
        )
        for paragraph in document.paragraphs:
            index = len(paragraphs)
            segments = tuple(
                replace(s, index=s.index + count, paragraph=index) for s in paragraph.segments
            )
            paragraphs.append(replace(paragraph, index=index, segments=segments))
        count += len(document.segments)
    first = texts[0][0]
    digest = hashlib.sha256("".join(d.digest for d, _ in texts).encode()).hexdigest()
    return replace(first, digest=digest, paragraphs=tuple(paragraphs)), numbers
