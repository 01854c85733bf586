"""EPUB books (2 and 3; W3C EPUB 3.3): the files of the spine as one text, each read as a web page is.

- Everything in the reading order is text, what is not linear (`linear="no"`) after the rest; the
  navigation, and what pages do not show or print as code, is listed in `Document.dropped`.
- A chapter without a heading of its own gets that of the table of contents (see `chapters`), told.
- Notes in files of their own are notes (see `notes`), also those that the spine leaves out.
- The package document gives title, authors, translator (role `trl`), language, date, publisher.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import Any

from aligner.documents.epub.chapters import ContentsEntry, contents_of, member_of, with_headings
from aligner.documents.epub.notes import mark_notes, note_files, own_names
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
from aligner.text.drafts import DEFAULTS, FilePlaces, make_document, places_named, suffix_of
from aligner.text.rich import Draft, Piece

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
    return read_places(source, options)[0]


def read_places(source: Source, options: ReadOptions) -> FilePlaces:
    """The document and where its text stands. Raises as `read_text`."""
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
    pages, notices = _pages(_spine(opf, path, package), package, options)
    for member in note_files(pages):
        if member not in pages and member in package:
            more, told = _pages([member], package, options)
            pages |= more
            notices += told
    mark_notes(pages)
    entries: dict[str, list[ContentsEntry]] = {}
    nav, ncx = _navigation(opf, path)
    for entry in contents_of(package, nav, ncx):
        entries.setdefault(entry.member, []).append(entry)
    drafts: list[Draft] = []
    dropped: list[Dropped] = []
    added = 0
    names: set[str] = set()
    for member, root in pages.items():
        dropped += [Dropped(*part) for part in (*unseen_texts(root), *words_beside(root))]
        blocks = list(walk(root, sheets))
        if member == nav:
            dropped += [Dropped("navigation", block.draft.text) for block in blocks]
            continue
        own_names([block.draft for block in blocks], PurePosixPath(member).stem, names)
        made, count = with_headings(blocks, root, entries.get(member, ()))
        drafts += made
        added += count
    if added:
        headings = (
            "1 heading of a chapter is" if added == 1 else f"{added} headings of chapters are"
        )
        notices.append(f"{source.name}: {headings} taken from the table of contents")
    promote_title(drafts, title)
    linked = places_named(drafts)
    for draft in drafts:
        draft.key = draft.key if draft.key in linked else ""
    places: list[Sequence[Piece]] = []
    document = make_document(
        source,
        drafts,
        title=title,
        lang=lang,
        doubt=by_claim,
        metadata=known,
        dropped=dropped,
        notices=notices,
        places=places,
    )
    return FilePlaces(document, places, pages)


def _pages(
    members: Iterable[str], package: Package, options: ReadOptions
) -> tuple[dict[str, Any], list[str]]:
    """The roots of pages by member, those without anything left out, and sentences for the user."""
    notices: list[str] = []
    pages: dict[str, Any] = {}
    for member in members:
        data, name = package.read(member), f"{package.name}:{member}"
        if data.strip():
            text = decode(data, name, encoding=options.encoding, notices=notices)
            root = parse_html(text, name)
            if root is not None:
                pages[member] = root
    return pages, notices


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


def _items(opf: Any) -> dict[str, Any]:
    """The manifest by id."""
    return {
        attribute(e, "id"): e for e in opf.iter() if local(e) == "item" and attribute(e, "href")
    }


def _spine(opf: Any, path: str, package: Package) -> list[str]:
    """The pages in reading order, then those that are not linear."""
    items = _items(opf)
    linear: list[str] = []
    aside: list[str] = []
    for reference in (e for e in opf.iter() if local(e) == "itemref"):
        item = items.get(attribute(reference, "idref"))
        if item is None or attribute(item, "media-type") not in _PAGES:
            continue
        member, _ = member_of(attribute(item, "href"), path)
        if member in package and member not in (*linear, *aside):
            (aside if attribute(reference, "linear") == "no" else linear).append(member)
    if not linear and not aside:
        raise Malformed("the book's spine names no page that is in it", context=package.name)
    return [*linear, *aside]


def _navigation(opf: Any, path: str) -> tuple[str, str]:
    """The navigation document and the NCX, "" for what is not there."""
    items = _items(opf)
    nav = next((e for e in items.values() if "nav" in attribute(e, "properties").split()), None)
    spine = next((e for e in opf.iter() if local(e) == "spine"), None)
    ncx = items.get(attribute(spine, "toc")) if spine is not None else None
    hrefs = ("" if item is None else attribute(item, "href") for item in (nav, ncx))
    first, second = (member_of(href, path)[0] if href else "" for href in hrefs)
    return first, second


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
