"""Links from one place of a page to another: marks of notes, their way back, places that are named.

A link that shows a number, a letter or a sign leads to a note where what it names stands after it, is a
small block, and one of these holds:

- the block links back to where the mark stands;
- the block, or what is around it, is called notes by its class or by the heading above;
- the mark is raised, or stands in brackets, after other words of its paragraph.

Any other link names a place: the paragraph there has what the link says as its `key`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from urllib.parse import unquote

from aligner.documents.html.tags import BLOCK_TAGS, CLASS_KINDS

__all__ = ["NOTE_MARK", "Pointers", "pointers_of"]

NOTE_MARK = re.compile(r"[\[(]?(\d{1,3}|[a-z*†‡§]{1,2})[\])]?$")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# what holds the words of a note; others hold a part of the page
_HOLDERS = frozenset(("p", "li", "dd", "td", "div", "aside", "section"))
_PARTS = frozenset(("html", "body", "main", "article", "section", "div", "header"))
_LONGEST = 3000  # characters; more is a chapter
_FEW = 20  # links around a mark that a way back may name
_ABOVE = 4  # elements around a note whose class or heading may call it one
_CALLED = re.compile(
    r"(foot|end)?notes?|notas?( (al|de) (pie|p[aá]gina|pie de p[aá]gina|fim|rodap[eé]))?|note a pi[eè] di pagina"
    r"|notes de bas de page|anmerkungen|fu(ß|ss)noten|endnoten|voetnoten|(eind)?noten|noter|fotnoter"
    r"|przypisy|pozn[aá]mky|jegyzetek|примечания|примітки|сноски|бележки|σημειώσεις"
    r"|注释|註釋|脚注|腳註|注|각주|الهوامش|هوامش|notlar|dipnotlar",
    re.IGNORECASE,
)
_RAISED = re.compile(r"vertical-align\s*:\s*super")
_NOTES = next(pattern for kind, pattern in CLASS_KINDS if kind == "note")


@dataclass(frozen=True, slots=True)
class Pointers:
    """By element: `notes`, the blocks that are notes, with their names; `marks`, the links that lead to
    them; `back`, the links from a note to its mark; `places`, what a link names, with the name.
    """

    notes: dict[Any, str] = field(default_factory=dict)
    marks: dict[Any, str] = field(default_factory=dict)
    back: frozenset[Any] = frozenset()
    places: dict[Any, str] = field(default_factory=dict)


def pointers_of(root: Any, names_of: Any) -> Pointers:
    """The links of a page that lead to a place of the same page; `names_of` gives the class, id and
    role of an element as words.
    """
    own = _address(root)
    links = [(link, name) for link in root.iter("a") if (name := _named(link, own))]
    if not links:
        return Pointers()
    wanted = {name for _, name in links}
    ids: dict[str, Any] = {}
    order: dict[Any, int] = {}
    followed = {link for link, _ in links}
    for number, element in enumerate(root.iter()):
        if not isinstance(element.tag, str):
            continue
        if element in followed:
            order[element] = number
        for given in (element.get("id"), element.get("name") if element.tag == "a" else None):
            if given in wanted and given not in ids:
                ids[given] = element
                order[element] = number
    targets = _Found(ids, order, names_of, own)
    notes: dict[Any, str] = {}
    marks: dict[Any, str] = {}
    for link, name in links:
        block = targets.note(link, name)
        if block is not None:
            marks[link] = notes.setdefault(block, name)
    # a note that is named several times has a way back to each mark
    of_note: dict[str, set[Any]] = {}
    for mark, name in marks.items():
        of_note.setdefault(name, set()).add(mark)
    back = {
        link
        for link, name in links
        if link not in marks and (block := _within(link, notes)) is not None
        if _leads_back(ids.get(name), of_note[notes[block]])
    }
    places = {
        ids[name]: name
        for link, name in links
        if name in ids and link not in marks and link not in back
    }
    return Pointers(notes, marks, frozenset(back), places)


def _address(root: Any) -> str:
    """The page's own address as its head says it: browsers write it before `#place` when they save a page."""
    for link in root.iter("link"):
        if (link.get("rel") or "").lower() == "canonical":
            return (link.get("href") or "").strip().rstrip("/")
    return ""


def _named(link: Any, own: str) -> str:
    """The place of the page that a link names, "" for none; `own` is the page's address."""
    address, _, place = (link.get("href") or "").strip().partition("#")
    return unquote(place) if not address or (own and address.rstrip("/") == own) else ""


@dataclass(frozen=True, slots=True)
class _Found:
    """The elements that links of a page name, and where they and the links stand; `own` is the address of
    the page. What is asked again of an element is kept.
    """

    ids: dict[str, Any]
    order: dict[Any, int]
    names_of: Any
    own: str
    sizes: dict[Any, int] = field(default_factory=dict)  # letters, 0 of what holds a heading
    headed: dict[Any, bool] = field(default_factory=dict)

    def note(self, link: Any, name: str) -> Any:
        """The block of the note that a link leads to; None where it is the mark of none."""
        target = self.ids.get(name)
        words = "".join(link.itertext()).strip()
        if target is None or not NOTE_MARK.match(words) or self.order[target] < self.order[link]:
            return None
        block = _holder(target)
        if block is None or any(block is above for above in link.iterancestors()):
            return None
        if block not in self.sizes:
            headed = next(block.iter(*_HEADINGS), None) is not None
            self.sizes[block] = 0 if headed else len("".join(block.itertext()).strip())
        if not len(words) + 2 < self.sizes[block] <= _LONGEST:
            return None
        back = (self.ids.get(other) for one in block.iter("a") if (other := _named(one, self.own)))
        if any(_leads_back(place, {link}) for place in back) or self._called_notes(block):
            return block
        return block if _raised(link) else None

    def _called_notes(self, block: Any) -> bool:
        for _, element in zip(range(_ABOVE), (block, *block.iterancestors()), strict=False):
            if element.tag in ("body", "article", "main"):
                return False
            if _NOTES.search(self.names_of(element)) or self._is_headed(element):
                return True
        return False

    def _is_headed(self, element: Any) -> bool:
        """Whether the heading above, among its siblings, calls it notes."""
        passed = [element]
        for before in element.itersiblings(preceding=True):
            if before.tag in _HEADINGS:
                words = "".join(before.itertext()).strip(" :.\n\t")
                self.headed[before] = _CALLED.fullmatch(words) is not None
            if before in self.headed:
                break
            passed.append(before)
        else:
            before = None
        self.headed.update(dict.fromkeys(passed, before is not None and self.headed[before]))
        return self.headed[element]


def _holder(target: Any) -> Any:
    """The block that a place is, or is in; of a row or a list of terms what stands beside the number. A
    heading holds no note.
    """
    for element in (target, *target.iterancestors()):
        if element.tag == "dt":
            return next(element.itersiblings("dd"), None)
        if element.tag == "tr":
            return next(element.iterchildren("td", reversed=True), None)
        if element.tag == "td" and NOTE_MARK.match("".join(element.itertext()).strip(" .\n\t")):
            return next(element.itersiblings("td"), None)
        if element.tag in BLOCK_TAGS:
            return element if element.tag in _HOLDERS else None
    return None


def _leads_back(place: Any, marks: set[Any]) -> bool:
    """Whether a place is one of these marks, is in one, or is around one and little else."""
    if place is None:
        return False
    if place in marks or any(above in marks for above in place.iterancestors("a")):
        return True
    if place.tag in _PARTS:
        return False  # the top of the page
    if any(link in marks for link in islice(place.iter("a"), _FEW)):
        return True
    # an empty anchor before the mark
    after = place.getnext()
    return after is not None and any(one in marks for one in islice(after.iter("a"), _FEW))


def _raised(link: Any) -> bool:
    """A mark that stands above the line, or in brackets, after other words."""
    if not any(words.strip() for words in _before(link)):
        return False
    around = (link, *link.iterancestors("sup"), *link.iter("sup"))
    words = "".join(link.itertext()).strip()
    return (
        any(element.tag == "sup" for element in around)
        or _RAISED.search(link.get("style") or "") is not None
        or words[0] in "[("
        or not words[0].isalnum()
    )


def _before(link: Any) -> Iterator[str]:
    """The words of the same block before a link."""
    element = link
    while element is not None and element.tag not in BLOCK_TAGS:
        for sibling in element.itersiblings(preceding=True):
            yield sibling.tail or ""
            yield "".join(sibling.itertext()) if isinstance(sibling.tag, str) else ""
        element = element.getparent()
        if element is not None:
            yield element.text or ""


def _within(link: Any, notes: dict[Any, str]) -> Any:
    """The note that a link is in, None for none."""
    return next((above for above in link.iterancestors() if above in notes), None)
