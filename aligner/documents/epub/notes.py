"""Notes of a book that stand in other files than their marks, made known to the walk of pages.

A mark is a link to an id in another file that says so (`epub:type="noteref"`, the role doc-noteref), or
whose target links back to the file of the mark. The walk knows notes by their roles (DPUB-ARIA), so that
marks, notes and the links back get these.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple
from urllib.parse import unquote

from aligner.documents.epub.chapters import member_of
from aligner.model import Span
from aligner.text.rich import Draft

__all__ = ["mark_notes", "note_files", "own_names"]

_MARK = re.compile(r"[\[(]?(\d{1,4}|[a-z*†‡§]{1,2})[\])]?\.?")
_STOP = re.compile(r"^[.):\]]\s+")  # behind the number of a note
_LONGEST = 6000  # letters of a note
_BLOCKS = frozenset(("p", "li", "div", "dd", "dt", "aside", "td", "blockquote"))


class _Link(NamedTuple):
    element: Any
    page: str
    member: str
    fragment: str
    declared: bool


def _links(pages: Mapping[str, Any]) -> Iterator[_Link]:
    """What may be marks of notes in other files."""
    for page, root in pages.items():
        for link in root.iter("a"):
            href = link.get("href") or ""
            if "#" not in href or not _MARK.fullmatch("".join(link.itertext()).strip()):
                continue
            member, fragment = member_of(href, page)
            kind = f"{link.get('epub:type') or ''} {link.get('role') or ''}"
            if member != page and fragment:
                yield _Link(link, page, member, fragment, "noteref" in kind)


def note_files(pages: Mapping[str, Any]) -> list[str]:
    """Files that hold notes by what the marks say, in the order of the marks."""
    return list(dict.fromkeys(link.member for link in _links(pages) if link.declared))


def mark_notes(pages: Mapping[str, Any]) -> None:
    """Give marks, notes and links back the roles by which they are known."""
    ids: dict[str, dict[str, Any]] = {}
    sizes: dict[Any, int] = {}
    for link in list(_links(pages)):
        root = pages.get(link.member)
        if root is None:
            continue
        if link.member not in ids:
            ids[link.member] = {e.get("id"): e for e in root.iter() if e.get("id")}
        target = ids[link.member].get(link.fragment)
        note = None if target is None else _note(target, sizes)
        if note is None:
            continue
        back = [one for one in note.iter("a") if _leads_to(one, link.member, link.page)]
        # a number at the head of a paragraph is that of a note, and leads back to the text
        if not link.declared and (not back or _opens(link.element)):
            continue
        link.element.set("role", "doc-noteref")
        note.set("role", "doc-endnote")
        if note is not target and not note.get("id"):
            note.set("id", link.fragment)
        for one in back:
            if _MARK.fullmatch("".join(one.itertext()).strip()):
                one.set("role", "doc-backlink")
                one.tail = _STOP.sub("", one.tail or "")


def _note(target: Any, sizes: dict[Any, int]) -> Any | None:
    """The paragraph of a note, None for what is more than one; `sizes` are kept for the next."""
    for element in (target, *target.iterancestors()):
        if element.tag in _BLOCKS:
            if element not in sizes:
                sizes[element] = sum(map(len, element.itertext()))
            return element if sizes[element] <= _LONGEST else None
    return None


def _opens(link: Any) -> bool:
    """True where no words stand before a link in its paragraph."""
    element = link
    while element.tag not in _BLOCKS and element.getparent() is not None:
        before = element.itersiblings(preceding=True)
        if any("".join(e.itertext()).strip() or (e.tail or "").strip() for e in before):
            return False
        element = element.getparent()
        if (element.text or "").strip():
            return False
    return True


def _leads_to(link: Any, page: str, wanted: str) -> bool:
    return member_of(link.get("href") or "", page)[0] == wanted


def own_names(drafts: Sequence[Draft], page: str, taken: set[str]) -> None:
    """Notes and places of a page that are called as those of an earlier one get the page's name before
    theirs, and so do what leads to them from the same page; `taken` are the names so far.
    """
    own = {draft.key for draft in drafts if draft.key}
    own |= {s.value for d in drafts if d.kind == "note" for s in d.spans if s.kind == "note"}
    for draft in drafts if own & taken else ():
        draft.spans = tuple(_renamed(span, own & taken, page) for span in draft.spans)
        draft.key = f"{page}-{draft.key}" if draft.key in taken else draft.key
    taken |= own


def _renamed(span: Span, names: Collection[str], page: str) -> Span:
    if span.kind == "note" and span.value in names:
        return replace(span, value=f"{page}-{span.value}")
    if span.kind == "link" and span.value[:1] == "#" and unquote(span.value[1:]) in names:
        return replace(span, value=f"#{page}-{unquote(span.value[1:])}")
    return span
