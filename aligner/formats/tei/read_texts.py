"""The texts of a TEI file: which there are, in which languages, and what their headers say."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from lxml import etree

from aligner.files.xml import XML_ID, XML_LANG, attribute, local, parse_xml, texts_of
from aligner.formats.tei.markup import NAMESPACE
from aligner.formats.tei.read_body import SEGMENT, Body, read_body
from aligner.formats.tei.read_tables import NOT_TEXT
from aligner.model import (
    Declined,
    Document,
    Dropped,
    Paragraph,
    ReadError,
    ReadOptions,
    Segment,
    Source,
    UsageError,
)
from aligner.text.rich import Draft

__all__ = [
    "ROOTS",
    "TeiText",
    "beside",
    "body_of",
    "choose",
    "metadata_of",
    "namespace_notice",
    "root_element",
    "segmented",
    "texts_in",
    "unmarked",
    "without_marks",
]

ROOTS = ("TEI", "teiCorpus", "TEI.2")
_DERIVATIONS = {"original": "original", "translation": "translation", "abridgment": "abridged"}
_ROLES = {
    "translator": "translator",
    "interviewer": "interviewer",
    "interviewee": "interviewee",
    "editor": "editor",
}


@dataclass(frozen=True, slots=True)
class TeiText:
    """An element `text`, the language it declares ("" for none), its header (or None) and ids."""

    element: Any
    lang: str
    header: Any
    ids: tuple[str, ...] = ()


def root_element(source: Source, options: ReadOptions) -> Any:
    """The root of a TEI file. Raises Declined for another one, Malformed for broken XML."""
    root = parse_xml(source.data, source.name, options.encoding)
    if local(root) not in ROOTS:
        raise Declined(f"the root element is <{local(root)}>, not <TEI>")
    return root


def namespace_notice(root: Any, name: str) -> Iterator[str]:
    """The sentence for the user where the elements are not in the namespace of TEI."""
    own = etree.QName(root).namespace or ""
    if own != NAMESPACE and local(root) != "TEI.2":  # which TEI P4 had, and no namespace
        there = f"has {own!r}" if own else "has none"
        yield f"{name}: the namespace of TEI is {NAMESPACE}, this file {there}; read as TEI all the same"


def texts_in(root: Any, name: str) -> list[TeiText]:
    """Every text that holds a body and is not inside another. Raises ReadError for none."""
    made = []
    for text in root.iter("{*}text"):
        if text.find("{*}body") is None or any(map(_holds_body, text.iterancestors())):
            continue
        tei = next((a for a in _above(text) if local(a) in ("TEI", "TEI.2")), root)
        header = tei.find("{*}teiHeader")
        ids = tuple(e.get(XML_ID) for e in (tei, text) if e.get(XML_ID))
        made.append(TeiText(text, _language(text, header), header, ids))
    if not made:
        raise ReadError(
            "there is no text with a body in it",
            context=name,
            hint="a corpus whose texts are in files of their own is read text by text",
        )
    return made


def choose(
    root: Any, texts: Sequence[TeiText], side: str, name: str
) -> tuple[list[TeiText], list[str]]:
    """The texts that `side` names, and sentences for the user where it names none.

    Texts in one language are parts of one document, unless the file links them to each other.
    `side`: source, target, a language, the number of a text (from 1), the id of one. Raises
    UsageError for one that is not there.
    """
    groups = _groups(root, texts)
    order = list(groups)
    wanted = side.lower()
    if side == "":
        return groups[order[0]], list(_told(groups, texts, name))
    if wanted in ("source", "target"):
        place = 0 if wanted == "source" or len(order) == 1 else 1
        return groups[order[place]], []
    if side.isascii() and side.isdigit() and 1 <= int(side) <= len(texts):
        return [texts[int(side) - 1]], []
    by_id = [text for text in texts if side in text.ids]
    if by_id:
        return by_id[:1], []
    for group in groups.values():
        lang = group[0].lang.lower()
        if wanted in (lang, lang.split("-")[0]):
            return group, []
    known = [*dict.fromkeys(text.lang for text in texts if text.lang)]
    ids = [one for text in texts for one in text.ids]
    raise UsageError(
        f"there is no text {side!r} in it",
        context=name,
        hint=f"known: {', '.join([*known, *ids, f'1-{len(texts)}'])}",
    )


def _groups(root: Any, texts: Sequence[TeiText]) -> dict[str, list[TeiText]]:
    """Texts by language, each its own where they are linked; in order of appearance."""
    linked = next(root.iter("{*}link"), None) is not None or any(
        attribute(element, "corresp") for element in root.iter("{*}s", "{*}seg")
    )
    groups: dict[str, list[TeiText]] = {}
    for number, text in enumerate(texts):
        key = f"{text.lang.lower()}/{number}" if linked else text.lang.lower()
        groups.setdefault(key, []).append(text)
    return groups


def _told(groups: dict[str, list[TeiText]], texts: Sequence[TeiText], name: str) -> Iterator[str]:
    first = next(iter(groups.values()))
    if len(first) > 1:
        lang = f" in {first[0].lang}" if first[0].lang else ""
        yield (
            f"{name}: {len(first)} texts{lang} are read as one; --side 1 to --side {len(texts)} "
            "(or an xml:id) picks one"
        )
    others = [group[0].lang or "an unnamed language" for group in groups.values()][1:]
    if others:
        yield f"{name}: there are texts in {', '.join(others)} too; --side picks them"


def _holds_body(element: Any) -> bool:
    return local(element) in ("text", "floatingText") and element.find("{*}body") is not None


def _above(element: Any) -> Iterator[Any]:
    yield element
    yield from element.iterancestors()


def _language(text: Any, header: Any) -> str:
    for element in (text, *text.iterfind("{*}body")):
        if element.get(XML_LANG):
            return str(element.get(XML_LANG))
    named = header.findall(".//{*}langUsage/{*}language") if header is not None else []
    if len(named) == 1:
        return attribute(named[0], "ident")
    parent = text.getparent()
    own = local(parent) in ("TEI", "TEI.2") and parent.get(XML_LANG)
    return str(own) if own and not named else ""


def body_of(texts: Sequence[TeiText]) -> Body:
    """The paragraphs of all the texts in order, each with its notes after it; one title."""
    whole = Body()
    for text in texts:
        body = read_body(text.element)
        for draft in body.all():
            if draft.kind == "title" and any(d.kind == "title" for d in whole.drafts):
                draft.kind, draft.level = "heading", 1
        whole.drafts += body.all() if len(texts) > 1 else body.drafts
        whole.notes += [] if len(texts) > 1 else body.notes
        whole.dropped += body.dropped
    return whole


def beside(root: Any, texts: Sequence[TeiText]) -> Iterator[Dropped]:
    """The words of a file that are in none of these texts, each part with what it is."""
    chosen = [text.element for text in texts]
    around = {element for text in chosen for element in text.iterancestors()}
    yield from _beside(root, chosen, around)


def _beside(element: Any, chosen: list[Any], around: set[Any]) -> Iterator[Dropped]:
    if element in around:
        pieces = [element.text or "", *(child.tail or "" for child in element)]
        words = " ".join(" ".join(pieces).split())
        if words:
            yield Dropped(f"words in an element that holds none ({local(element)})", words)
        for child in element:
            yield from _beside(child, chosen, around)
    elif element not in chosen and local(element):
        words = " ".join(" ".join(element.itertext()).split())
        tag = local(element)
        another = "another text (--side reads it)" if tag in ("TEI", "text") else ""
        if words:
            reason = another or NOT_TEXT.get(tag, f"outside the texts ({tag})")
            yield Dropped(reason, words, element.sourceline or 0)


def without_marks(draft: Draft) -> Draft:
    """The draft without the spans of the file's own segments."""
    draft.spans = tuple(span for span in draft.spans if span.kind != SEGMENT)
    return draft


def metadata_of(header: Any) -> dict[str, tuple[str, ...]]:
    """What a header says, by the keys of `Document.metadata` and `title`."""
    if header is None:
        return {}
    known: dict[str, tuple[str, ...]] = {}
    statement = header.find(".//{*}titleStmt")
    if statement is not None:
        known["title"] = tuple(texts_of(statement, "title"))[:1]
        known["author"] = tuple(texts_of(statement, "author"))
        for element in statement.iter():
            role = _ROLES.get(attribute(element, "role"), "") if local(element) else ""
            text = " ".join("".join(element.itertext()).split())
            if role and text and local(element) in ("editor", "respStmt", "author"):
                known[role] = (*known.get(role, ()), text)
        for response in statement.iterfind("{*}respStmt"):
            duty = " ".join(texts_of(response, "resp")).lower()
            key = _ROLES.get(duty, "translator" if "translat" in duty else "")
            if key:
                known[key] = (*known.get(key, ()), *texts_of(response, "name", "persName"))
    for bibl in header.iterfind(".//{*}sourceDesc/{*}bibl"):
        known.setdefault("date", tuple(texts_of(bibl, "date"))[:1])
        known.setdefault("outlet", tuple(texts_of(bibl, "publisher"))[:1])
        urls = [e for e in bibl.iterfind("{*}idno") if attribute(e, "type").upper() == "URL"]
        known.setdefault("url", tuple((e.text or "").strip() for e in urls)[:1])
    for bibl in header.iterfind(".//{*}sourceDesc//{*}biblStruct"):
        publishers = tuple(texts_of(bibl, "publisher"))
        outlets = (*_journals(bibl, "j"), *publishers, *_journals(bibl))[:1]
        for key, values in (
            ("outlet", outlets),
            ("publisher", [name for name in publishers if name not in outlets]),
            ("date", tuple(texts_of(bibl, "date"))[:1]),
            ("url", tuple(_urls(bibl))[:1]),
        ):
            known[key] = (*known.get(key, ()), *values)
    derived = {attribute(e, "type") for e in header.iter("{*}derivation", "{*}biblStruct")}
    known["relation"] = tuple(_DERIVATIONS[kind] for kind in sorted(derived & _DERIVATIONS.keys()))[
        :1
    ]
    source = header.find(".//{*}sourceDesc")
    known["licence"] = (_licences(source) or _licences(header))[:1]
    edition = header.find(".//{*}publicationStmt")
    for tag in ("publisher", "date") if edition is not None else ():
        known[f"edition-{tag}"] = tuple(texts_of(edition, tag))
    if edition is not None:
        known["edition-place"] = tuple(texts_of(edition, "pubPlace"))
        known["edition-url"] = tuple(_urls(edition))
        known["edition-licence"] = _licences(edition) if _licences(source) else ()
    return {key: tuple(dict.fromkeys(v)) for key, v in known.items() if any(v)}


def _licences(element: Any) -> tuple[str, ...]:
    return tuple(
        attribute(e, "target") or "".join(e.itertext()).strip()
        for e in (element.iterfind(".//{*}licence") if element is not None else ())
    )


def _journals(bibl: Any, level: str = "") -> Iterator[str]:
    for title in bibl.iterfind("{*}monogr/{*}title"):
        if not level or attribute(title, "level") == level:
            yield " ".join("".join(title.itertext()).split())


def _urls(bibl: Any) -> Iterator[str]:
    for idno in bibl.iter("{*}idno"):
        if attribute(idno, "type").upper() == "URL" and idno.text:
            yield idno.text.strip()


def unmarked(source: Source) -> ReadError:
    """The error for a text in which nothing is marked as a segment."""
    return ReadError(
        "the text marks no segments (s, seg, or paragraphs with ids)", context=source.name
    )


def segmented(
    source: Source, texts: Sequence[TeiText], notices: Sequence[str] = ()
) -> tuple[Document, dict[str, int]]:
    """The document with the segments that the file marks, and the number of each by its id."""
    body = body_of(texts)
    lang, header = texts[0].lang, texts[0].header
    paragraphs: list[Paragraph] = []
    ids: dict[str, int] = {}
    count = 0
    for draft in body.all():
        spans = [span for span in draft.spans if span.kind == SEGMENT]
        segments: list[Segment] = []
        for span in spans:
            if segments and span.start < segments[-1].end:
                continue  # inside another one
            words = draft.text[span.start : span.end]
            segments.append(Segment(count, len(paragraphs), span.start, span.end, words))
            if span.value:
                ids[span.value] = count
            count += 1
        if not spans and draft.key:  # aligned by paragraphs
            start = draft.label[1] if draft.label else 0
            if start < len(draft.text):
                words = draft.text[start:]
                segments.append(Segment(count, len(paragraphs), start, len(draft.text), words))
                ids[draft.key] = count
                count += 1
        plain = without_marks(draft)
        paragraphs.append(
            Paragraph(
                len(paragraphs),
                plain.kind,
                plain.text,
                tuple(segments),
                speaker=plain.speaker,
                label=plain.label,
                level=plain.level,
                spans=plain.spans,
                key=plain.key,
            )
        )
    known = metadata_of(header)
    title = known.pop("title", ("",))[0]
    title = next((p.text for p in paragraphs if p.kind == "title"), title)
    stem = re.sub(r"\.tei$", "", PurePath(source.name).stem) or "text"
    digest = hashlib.sha256(lang.encode() + b"\0" + source.data).hexdigest()
    document = Document(
        f"{stem}-{lang or 'und'}",
        lang,
        source.name,
        title,
        digest,
        tuple(paragraphs),
        known,
        dropped=tuple(body.dropped),
        notices=tuple(notices),
    )
    return document, ids
