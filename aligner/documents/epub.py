"""EPUB books (2 and 3; W3C EPUB 3.3): the files of the spine, each read as a web page is.

Everything in the reading order is text, but the navigation, pages that only name the cover, and what
pages do not show or print as code (listed in `Document.dropped`);
the package document gives title, authors, translator (role `trl`), language, date, publisher.
"""

from __future__ import annotations

import posixpath
from typing import Any
from urllib.parse import unquote

from aligner.documents.html.attributes import words_beside
from aligner.documents.html.walk import parse_html, unseen_texts, walk
from aligner.documents.office.package import promote_title
from aligner.files.archives import Package, document_kind
from aligner.files.xml import attribute, local, parse_xml
from aligner.model import (
    Declined,
    Document,
    Dropped,
    Malformed,
    ReadError,
    ReadOptions,
    Source,
    UsageError,
)
from aligner.text.claimed import by_claim
from aligner.text.decoding import decode, is_zip
from aligner.text.drafts import DEFAULTS, make_document, suffix_of
from aligner.text.rich import Draft

__all__ = ["SUFFIXES", "read"]

SUFFIXES = (".epub",)
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbncx+xml", "text/x-oeb1-document")


def read(source: Source, options: ReadOptions = DEFAULTS) -> Document:
    """`source` as a document.

    Raises Declined for what is no EPUB, Malformed for a damaged one, ReadError for one without
    text, UsageError for segmented text, which is plain text.
    """
    if not is_zip(source.data) or document_kind(source.data, source.name) != "epub":
        raise Declined(f"not an EPUB book (suffix {suffix_of(source.name) or '(none)'})")
    return read_text(source, options)


def read_text(source: Source, options: ReadOptions) -> Document:
    """As `read`, whatever the suffix."""
    if options.segmented:
        raise UsageError("a book is not segmented text", hint="export it as .txt first")
    if not is_zip(source.data):
        raise Declined("not a zip package, as EPUB books are")
    package = Package.of_document(source.data, source.name)
    path = _package_path(package)
    opf = parse_xml(package.read(path), f"{source.name}:{path}")
    known = _metadata(opf)
    lang, title = known.pop("lang", ("",))[0], known.pop("title", ("",))[0]
    sheets = [
        package.read(name).decode("utf-8", errors="replace")
        for name in package.names
        if name.lower().endswith(".css")
    ]
    drafts: list[Draft] = []
    dropped: list[Dropped] = []
    notices: list[str] = []
    for member in _spine(opf, path, package):
        data = package.read(member)
        if not data.strip():
            continue
        text = decode(data, f"{source.name}:{member}", encoding=options.encoding, notices=notices)
        root = parse_html(text, f"{source.name}:{member}")
        if root is None:
            continue
        dropped += [Dropped(*part) for part in (*unseen_texts(root), *words_beside(root))]
        drafts += [block.draft for block in walk(root, sheets)]
    promote_title(drafts, title)
    return make_document(
        source,
        drafts,
        title=title,
        lang=lang,
        doubt=by_claim,
        metadata=known,
        dropped=dropped,
        notices=notices,
    )


def _package_path(package: Package) -> str:
    data = package.get("META-INF/container.xml")
    if data:
        for element in parse_xml(data, f"{package.name}:META-INF/container.xml").iter():
            if local(element) == "rootfile":
                path = attribute(element, "full-path")
                if path in package:
                    return path
    path = next((name for name in package.names if name.lower().endswith(".opf")), "")
    if not path:
        raise ReadError("the book holds no package document (.opf)", context=package.name)
    return path


def _spine(opf: Any, path: str, package: Package) -> list[str]:
    folder = posixpath.dirname(path)
    items = {
        attribute(e, "id"): e for e in opf.iter() if local(e) == "item" and attribute(e, "href")
    }
    members = []
    for reference in (e for e in opf.iter() if local(e) == "itemref"):
        item = items.get(attribute(reference, "idref"))
        if item is None or "nav" in attribute(item, "properties").split():
            continue
        if attribute(item, "media-type") not in _PAGES:
            continue
        href = unquote(attribute(item, "href").partition("#")[0])
        member = posixpath.normpath(posixpath.join(folder, href))
        if member in package and member not in members:
            members.append(member)
    if not members:
        raise Malformed("the book's spine names no page that is in it", context=package.name)
    return members


def _metadata(opf: Any) -> dict[str, tuple[str, ...]]:
    """Dublin Core of the package document; roles by opf:role or by a refining meta."""
    roles = {
        attribute(e, "refines").lstrip("#"): (e.text or "").strip()
        for e in opf.iter()
        if local(e) == "meta" and attribute(e, "property") == "role"
    }
    names = {
        "title": "title",
        "creator": "author",
        "contributor": "",
        "language": "lang",
        "date": "date",
        "publisher": "outlet",
        "rights": "licence",
        "description": "description",
    }
    by_role = {"trl": "translator", "edt": "editor", "aut": "author", "ivr": "interviewer"}
    known: dict[str, list[str]] = {}
    for element in opf.iter():
        if local(element) not in names or "purl.org/dc" not in str(element.tag):
            continue
        text = " ".join("".join(element.itertext()).split())
        role = attribute(element, "role") or roles.get(attribute(element, "id"), "")
        key = by_role.get(role, names[local(element)])
        if text and key:
            known.setdefault(key, []).append(text)
    single = ("title", "lang", "date", "outlet", "licence", "description")
    return {key: tuple(v[:1] if key in single else v) for key, v in known.items()}
