"""TEI P5 (.xml, .tei): one text of a file as a document, or its links as an alignment.

A file may hold several texts (`teiCorpus`, `group`): `options.side` picks one by language or as
source and target. `head`, `p`, `l`, `item`, `cell`, `quote`, `note`, `sp`, `u`, `stage`, captions of
figures keep their kinds; notes in running text come last with an anchor. Of `choice` the regular,
of `app` the lemma is text; deletions and other readings are listed in `Document.dropped`.

As an alignment: `linkGrp` of type alignment (sides of several segments through `join`), or
`corresp` on the segments; each text's segments are its outermost `s` (else `seg`). Links that
cross the order of the others become crossings.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from aligner.files.xml import XML_ID, XML_LANG, attribute, local, parse_xml, root_of, texts_of
from aligner.formats.common.tiling import ladder
from aligner.formats.tei.read_body import SEGMENT, read_body
from aligner.model import (
    Alignment,
    AlignmentSet,
    Bead,
    Crossing,
    Declined,
    Document,
    Malformed,
    Paragraph,
    ReadError,
    ReadOptions,
    Segment,
    Signature,
    Source,
    UsageError,
)
from aligner.text.drafts import DEFAULTS, make_document, suffix_of
from aligner.text.rich import Draft

__all__ = ["SUFFIXES", "read", "read_alignment"]

SUFFIXES = (".tei", ".teip5")
_ROOTS = ("TEI", "teiCorpus", "TEI.2")
_DERIVATIONS = {"original": "original", "translation": "translation", "abridgment": "abridged"}
_CROSSING = "crossing"  # type of a linkGrp whose links are off the order of the others
_ROLES = {
    "translator": "translator",
    "interviewer": "interviewer",
    "interviewee": "interviewee",
    "editor": "editor",
}


def read(source: Source, options: ReadOptions = DEFAULTS) -> Document:
    """One text of `source` as a document; under `segmented` its `s` are the segments.

    Raises Declined for what is no TEI, Malformed for broken XML, UsageError for a side that is
    not in it, ReadError for one without text.
    """
    root = root_of(source.data)
    if root not in _ROOTS and (root or suffix_of(source.name) not in SUFFIXES):
        raise Declined(f"the root element is {f'<{root}>' if root else 'missing'}, not <TEI>")
    return read_text(source, options)


def read_text(source: Source, options: ReadOptions) -> Document:
    """As `read`, whatever the suffix."""
    texts = _texts(_root(source, options), source.name)
    text, lang, header = texts[_pick(texts, options.side, source.name)]
    if options.segmented:
        document = _segmented(source, text, lang, header)[0]
        if not document.segments:
            raise _unmarked(source)
        return document
    body = read_body(text)
    drafts = [_plain(draft) for draft in body.all()]
    known = _metadata(header)
    title = known.pop("title", ("",))[0]
    if any(draft.kind == "title" for draft in drafts):
        title = ""
    return make_document(
        source, drafts, title=title, lang=lang, metadata=known, dropped=body.dropped
    )


def read_alignment(source: Source, options: ReadOptions = DEFAULTS) -> Alignment | AlignmentSet:
    """The texts of `source` and the links between them; a set where there are more than two.

    Raises as `read`; ReadError where there is one text only or no segment, Malformed for links
    to segments that are not in the file.
    """
    root = _root(source, options)
    texts = _texts(root, source.name)
    if len(texts) < 2:
        raise ReadError(
            "the file holds one text, not an alignment",
            context=source.name,
            hint="align it with its translation",
        )
    made = [_segmented(source, *text) for text in texts]
    if not any(document.segments for document, _ in made):
        raise _unmarked(source)
    links = list(_links(root, [ids for _, ids in made], source.name))
    alignments = []
    for number in range(1, len(made)):
        pairs = [link for side, link in links if side == number]
        alignments.append(_alignment(made[0][0], made[number][0], pairs))
    return alignments[0] if len(alignments) == 1 else AlignmentSet(tuple(alignments))


def _unmarked(source: Source) -> ReadError:
    return ReadError(
        "the text marks no segments (s, seg, or paragraphs with ids)", context=source.name
    )


def _root(source: Source, options: ReadOptions) -> Any:
    root = parse_xml(source.data, source.name, options.encoding)
    if local(root) not in _ROOTS:
        raise Declined(f"the root element is <{local(root)}>, not <TEI>")
    return root


def _texts(root: Any, name: str) -> list[tuple[Any, str, Any]]:
    """(text, language, header) of every text that holds a body and is not inside another."""
    found = []
    for text in root.iter("{*}text"):
        if text.find("{*}body") is None or any(local(a) == "floatingText" for a in _above(text)):
            continue
        tei = next((a for a in _above(text) if local(a) in ("TEI", "TEI.2")), root)
        header = tei.find("{*}teiHeader")
        found.append((text, _language(text, header), header))
    if not found:
        raise ReadError(
            "there is no text with a body in it",
            context=name,
            hint="a corpus whose texts are in files of their own is read text by text",
        )
    return found


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


def _pick(texts: list[tuple[Any, str, Any]], side: str, name: str) -> int:
    if side in ("", "source") or len(texts) == 1:
        return 0
    if side == "target":
        return 1
    langs = [lang.lower() for _, lang, _ in texts]
    wanted = side.lower()
    for number, lang in enumerate(langs):
        if lang == wanted or lang.split("-")[0] == wanted:
            return number
    raise UsageError(
        f"there is no text {side!r} in it", context=name, hint=f"known: {', '.join(langs)}"
    )


def _plain(draft: Draft) -> Draft:
    draft.spans = tuple(span for span in draft.spans if span.kind != SEGMENT)
    return draft


def _metadata(header: Any) -> dict[str, tuple[str, ...]]:
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
            said = " ".join(texts_of(response, "resp")).lower()
            key = _ROLES.get(said, "translator" if "translat" in said else "")
            if key:
                known[key] = (*known.get(key, ()), *texts_of(response, "name", "persName"))
    for bibl in header.iterfind(".//{*}sourceDesc/{*}bibl"):
        known.setdefault("date", tuple(texts_of(bibl, "date"))[:1])
        known.setdefault("outlet", tuple(texts_of(bibl, "publisher"))[:1])
        urls = [e for e in bibl.iterfind("{*}idno") if attribute(e, "type").upper() == "URL"]
        known.setdefault("url", tuple((e.text or "").strip() for e in urls)[:1])
    for bibl in header.iterfind(".//{*}sourceDesc//{*}biblStruct"):
        outlets = (*texts_of(bibl, "publisher"), *_journals(bibl))[:1]
        for key, values in (
            ("outlet", outlets),
            ("date", tuple(texts_of(bibl, "date"))[:1]),
            ("url", tuple(_urls(bibl))[:1]),
        ):
            known[key] = (*known.get(key, ()), *values)
    derived = attribute(next(header.iter("{*}derivation"), header), "type")
    known["relation"] = (_DERIVATIONS[derived],) if derived in _DERIVATIONS else ()
    licences = tuple(
        attribute(e, "target") or "".join(e.itertext()).strip()
        for e in header.iterfind(".//{*}licence")
    )
    known["licence"] = licences[:1]
    return {key: tuple(dict.fromkeys(v)) for key, v in known.items() if any(v)}


def _journals(bibl: Any) -> Iterator[str]:
    for title in bibl.iterfind("{*}monogr/{*}title"):
        yield " ".join("".join(title.itertext()).split())


def _urls(bibl: Any) -> Iterator[str]:
    for idno in bibl.iter("{*}idno"):
        if attribute(idno, "type").upper() == "URL" and idno.text:
            yield idno.text.strip()


def _segmented(
    source: Source, text: Any, lang: str, header: Any
) -> tuple[Document, dict[str, int]]:
    """The document with the segments that the file marks, and the number of each by its id."""
    body = read_body(text)
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
        plain = _plain(draft)
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
    known = _metadata(header)
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
    )
    return document, ids


_Link = tuple[list[int], list[int], float | None, str]


def _links(root: Any, ids: list[dict[str, int]], name: str) -> Iterator[tuple[int, _Link]]:
    """(number of the target text, link) for every link of the file."""
    joins = {
        element.get(XML_ID): attribute(element, "target").split()
        for element in root.iter("{*}join")
    }
    where = {key: (side, n) for side, known in enumerate(ids) for key, n in known.items()}
    empty = {element.get(XML_ID) for element in root.iter("{*}s", "{*}seg")} - where.keys()
    found = False
    for group in root.iter("{*}linkGrp"):
        crossing = attribute(group, "type") == _CROSSING
        for link in group.iterfind("{*}link"):
            targets = attribute(link, "target").split()
            places: list[list[tuple[int, int]]] = []
            for target in targets:
                key = target.rpartition("#")[2]
                names = [t.rpartition("#")[2] for t in joins.get(key, [key])]
                known = [n for n in names if n in where]
                if not known and not all(n in empty for n in names):
                    raise Malformed(
                        f"a link to {target!r}, which is no segment of the file",
                        context=name,
                        line=link.sourceline or 0,
                    )
                places.append([where[n] for n in known])
            found = found or not crossing
            said = _CROSSING if crossing else attribute(link, "subtype")
            yield from _between(places, attribute(link, "cert"), said)
    if not found:
        yield from _corresponding(root, where)


def _between(
    places: list[list[tuple[int, int]]], cert: str, subtype: str
) -> Iterator[tuple[int, _Link]]:
    source = sorted(n for place in places for side, n in place if side == 0)
    sides = {side for place in places for side, _ in place if side}
    confidence = (
        float(cert) if re.fullmatch(r"0?\.\d{1,9}|[01](?:\.0+)?|0\.\d{1,17}", cert) else None
    )
    for side in sorted(sides):
        target = sorted(n for place in places for other, n in place if other == side)
        if source and target:
            status = subtype if subtype in ("accepted", "edited", _CROSSING) else "auto"
            yield side, (source, target, confidence, status)


def _corresponding(root: Any, where: dict[str, tuple[int, int]]) -> Iterator[tuple[int, _Link]]:
    for element in root.iter("{*}s", "{*}seg", "{*}p", "{*}head", "{*}l"):
        own = where.get(element.get(XML_ID) or "")
        if own is None or own[0]:
            continue
        by_side: dict[int, list[int]] = {}
        for pointer in attribute(element, "corresp").split():
            other = where.get(pointer.rpartition("#")[2])
            if other and other[0]:
                by_side.setdefault(other[0], []).append(other[1])
        for side, numbers in by_side.items():
            yield side, ([own[1]], sorted(numbers), None, "auto")


def _alignment(source: Document, target: Document, links: list[_Link]) -> Alignment:
    beads, crossings = ladder(
        [(a, b, (sure, status)) for a, b, sure, status in links if status != _CROSSING],
        len(source.segments),
        len(target.segments),
    )
    return Alignment(
        source,
        target,
        tuple(
            Bead(a, b) if said is None else Bead(a, b, confidence=said[0], status=said[1])
            for a, b, said in beads
        ),
        Signature((("from", "tei"),)),
        crossings=(
            *(
                Crossing(a, b, said[0] if said and said[0] is not None else 1.0)
                for a, b, said in crossings
            ),
            *(
                Crossing(
                    range(a[0], a[-1] + 1), range(b[0], b[-1] + 1), 1.0 if sure is None else sure
                )
                for a, b, sure, status in links
                if status == _CROSSING
            ),
        ),
    )
