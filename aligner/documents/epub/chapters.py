"""The table of contents of a book, and headings for chapters whose pages have none.

Standard: EPUB 3.3, 7 (navigation document: `nav` of the type toc), and the NCX of EPUB 2.
"""

from __future__ import annotations

import itertools
import posixpath
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from urllib.parse import unquote

from aligner.documents.html.walk import Block, parse_html
from aligner.files.archives import Package
from aligner.files.xml import attribute, local, parse_xml
from aligner.model import Malformed, ReadError
from aligner.text.decoding import decode
from aligner.text.rich import Draft, clean

__all__ = ["ContentsEntry", "contents_of", "member_of", "with_headings"]

_MOST = 20_000  # entries
_NEAR = 3  # paragraphs among which a chapter's own heading stands
_LEVELS = 6
_CHAPTER = 200  # letters of a stretch that is a chapter: no cover, no title page
_LEAST = 0.5  # share of an entry's letters that a paragraph has which is its heading


class ContentsEntry(NamedTuple):
    """A line of the table of contents: where it leads, its words, how deep it stands (from 1)."""

    member: str
    fragment: str
    label: str
    depth: int


def member_of(href: str, page: str) -> tuple[str, str]:
    """The file and the id in it that an address in `page` means."""
    path, _, fragment = href.partition("#")
    folder = posixpath.dirname(page)
    member = posixpath.normpath(posixpath.join(folder, unquote(path))) if path else page
    return member, unquote(fragment)


def contents_of(package: Package, nav: str, ncx: str) -> list[ContentsEntry]:
    """The entries in order, of the navigation document, else of the NCX; [] where neither can be read."""
    for member, read in ((nav, _of_nav), (ncx, _of_ncx)):
        if member and member in package:
            try:
                made = [entry for entry in read(package, member) if entry.label]
            except (Malformed, ReadError):
                continue  # the text does not need it
            if made:
                return made[:_MOST]
    return []


def _of_nav(package: Package, member: str) -> Iterator[ContentsEntry]:
    name = f"{package.name}:{member}"
    root = parse_html(decode(package.read(member), name, notices=[]), name)
    for nav in root.iter("nav") if root is not None else ():
        kind = f"{nav.get('epub:type') or ''} {nav.get('role') or ''}".split()
        if not {"toc", "doc-toc"} & set(kind):
            continue
        for link in nav.iter("a"):
            depth = sum(above.tag == "ol" for above in link.iterancestors())
            target = member_of(link.get("href") or "", member)
            yield ContentsEntry(*target, clean("".join(link.itertext())), max(depth, 1))


def _of_ncx(package: Package, member: str) -> Iterator[ContentsEntry]:
    root = parse_xml(package.read(member), f"{package.name}:{member}")
    for point in (e for e in root.iter() if local(e) == "navPoint"):
        parts = {local(child): child for child in point}
        if "content" in parts and "navLabel" in parts:
            depth = sum(local(above) == "navPoint" for above in point.iterancestors()) + 1
            target = member_of(attribute(parts["content"], "src"), member)
            yield ContentsEntry(*target, clean("".join(parts["navLabel"].itertext())), depth)


def with_headings(
    blocks: Sequence[Block], root: Any, entries: Sequence[ContentsEntry]
) -> tuple[list[Draft], int]:
    """The paragraphs of a page with a heading where each of the entries that lead into it begins, and
    how many had none of their own. A paragraph that says no more than an entry is its heading.
    """
    where = _Places(blocks, root)
    places = [(where.of(entry.fragment), entry) for entry in entries]
    starts = sorted({place for place, _ in places})
    missing: dict[int, list[Draft]] = {}
    for place, entry in places:
        near = blocks[place : place + _NEAR]
        if not near or _has_heading(near, entry):
            continue
        end = next((start for start in starts if start > place), len(blocks))
        if sum(block.weight for block in blocks[place:end]) >= _CHAPTER:
            level = min(entry.depth, _LEVELS)
            missing.setdefault(place, []).append(Draft("heading", entry.label, level=level))
    drafts: list[Draft] = []
    for number, block in enumerate(blocks):
        drafts += [*missing.get(number, ()), block.draft]
    return drafts, sum(map(len, missing.values()))


def _has_heading(near: Sequence[Block], entry: ContentsEntry) -> bool:
    """Whether a chapter says its own heading; paragraphs that do become one."""
    if near[0].draft.kind in ("heading", "title"):
        return True
    label = _letters(entry.label)
    for block in near:
        words = _letters(block.draft.text)
        if block.draft.kind in ("heading", "title") and (label in words or words in label):
            return True
    whole, count = "", 0
    for number, block in enumerate(near, start=1):
        whole += _letters(block.draft.text)
        if not whole or whole not in label:
            break
        count = number if len(whole) >= _LEAST * len(label) else 0
    for block in near[:count]:
        block.draft.kind, block.draft.level = "heading", min(entry.depth, _LEVELS)
    return bool(count)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


class _Places:
    """Where the ids of a page stand among its paragraphs."""

    def __init__(self, blocks: Sequence[Block], root: Any) -> None:
        self._order: dict[Any, int] = {}
        self._named: dict[str, Any] = {}
        for number, element in enumerate(root.iter()):
            self._order[element] = number
            for name in (element.get("id"), element.get("name")):
                if name:
                    self._named.setdefault(name, element)
        self._alone: dict[Any, int] = {}
        for number, block in enumerate(blocks):
            self._alone[block.element] = -1 if block.element in self._alone else number
        # text beside other blocks belongs to an element that began long before it
        starts = (self._order[block.element] for block in blocks)
        self._starts = list(itertools.accumulate(starts, max))

    def of(self, fragment: str) -> int:
        """Number of the paragraph of an id; 0 for one that is not there."""
        target = self._named.get(fragment)
        if target is None:
            return 0
        for above in (target, *target.iterancestors()):
            if self._alone.get(above, -1) >= 0:
                return self._alone[above]
        return bisect_left(self._starts, self._order[target])
