"""The frame of an XLIFF file of units: its root, its files and its groups, opened and closed as the
units go by. What a header of the same form says of them comes back as it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from aligner.files.xml_text import DECLARATION, TextStream, attribute
from aligner.formats.xliff.markup import prefixes_of
from aligner.formats.xliff.states import PEOPLE
from aligner.formats.xliff.stream import CONTINUED, GROUPS
from aligner.model import Header, Pairs, Unit
from aligner.text.output import xml_safe

__all__ = ["Frame", "attributes_of", "first"]

_ORIGINAL = re.compile(r"""^<file\b[^>]*?\s(?:original)="([^"]*)\"""")
_ID = re.compile(r"""^<file\b[^>]*?\sid="([^"]*)\"""")
_PLACES = frozenset(["file", *GROUPS, *(f"{name}{CONTINUED}" for name in GROUPS)])


def first(pairs: Pairs, name: str) -> str:
    """The first value of a name, "" without one."""
    return next((value for key, value in pairs if key == name), "")


def attributes_of(pairs: Pairs) -> str:
    """Names and values as attributes of an element."""
    return "".join([f' {name}="{attribute(xml_safe(value))}"' for name, value in pairs])


class Frame:
    """Writes all of a file but its units.

    `root` are the attributes of a new root; `made` makes the start of a file and what stands before
    its units, for a document and two languages; `body` the element around the units, "" for none.
    """

    def __init__(
        self,
        out: TextStream,
        header: Header | None,
        root: Pairs,
        made: Callable[[Unit], str],
        body: str = "",
    ) -> None:
        self._out, self._made, self._body = out, made, body
        self._groups: list[tuple[str, str]] = []
        self._file: tuple[str, ...] | None = None
        self._next = 0
        self.start = ""  # of the file that is open
        self.is_own = header is not None
        pairs = header.attributes if header else root
        self.known = frozenset(
            ["xml", *(name[6:] for name, _ in pairs if name.startswith("xmlns:"))]
        )
        kept = header.properties if header else ()
        self._files = [xml for name, xml in kept if name == "file"]
        names = [name for name, _ in kept]
        at = names.index("file") if "file" in names else len(names)
        self._after = [xml for name, xml in kept[at:] if name != "file"]
        out.write(f"{DECLARATION}<xliff{attributes_of(pairs)}>\n")
        for _, xml in kept[:at]:
            out.write(f"{xml}\n")

    @property
    def prefixes(self) -> frozenset[str] | None:
        """Prefixes that the root declares; None where it declares all that its units use."""
        return None if self.is_own else self.known

    def is_known(self, xml: str) -> bool:
        """Whether the root declares all names of a string of XML."""
        return self.is_own or prefixes_of(xml) <= self.known

    def attributes(self, pairs: Pairs) -> dict[str, str]:
        """Attributes whose names the root declares, without dates and people in words of TMX."""
        return {
            name: value
            for name, value in pairs
            if name not in PEOPLE
            and (self.is_own or ":" not in name or name.partition(":")[0] in self.known)
        }

    def place(self, unit: Unit, *, own: bool) -> None:
        """Open the file that a unit stands in, and its groups where they are `own` words."""
        where = (unit.document, *(variant.lang for variant in unit.variants))
        further = [
            int(v) for n, v in unit.properties if n == "file" and self.is_own and v.isdecimal()
        ]
        if further or where != self._file:
            self._close_file()
            self._open_file(unit, further)
            self._file = where
        self._regroup([p for p in unit.properties if own and p[0] in _PLACES and p[0] != "file"])

    def end(self) -> None:
        """Close everything; files without units are written too."""
        self._close_file()
        if self.is_own:
            for xml in self._files[self._next :]:
                self._empty(xml)
        for xml in self._after:
            self._out.write(f"{xml}\n")
        self._out.write("</xliff>\n")

    def _open_file(self, unit: Unit, further: Sequence[int]) -> None:
        at = further[-1] if further else self._named(unit.document)
        if at is None or at >= len(self._files):
            self.start = self._made(unit)
        else:
            for xml in self._files[self._next : at]:
                self._empty(xml)
            self._next = max(self._next, at + 1)
            self.start = _opened(self._files[at], "file")
        self._out.write(f"{self.start}\n")
        if self._body:
            self._out.write(f"<{self._body}>\n")

    def _named(self, document: str) -> int | None:
        """The next file of the header that is the document."""
        for number in range(self._next, len(self._files)):
            match = _ORIGINAL.match(self._files[number]) or _ID.match(self._files[number])
            name = match[1] if match else ""
            if name == attribute(document):
                return number
        return None

    def _empty(self, xml: str) -> None:
        """A file that has no unit."""
        body = f"<{self._body}/>" if self._body else ""
        self._out.write(f"{_opened(xml, 'file')}{body}</file>\n")

    def _close_file(self) -> None:
        self._regroup([])
        if self._file is not None:
            self._out.write(f"</{self._body}>\n</file>\n" if self._body else "</file>\n")

    def _regroup(self, wanted: list[tuple[str, str]]) -> None:
        """Close and open groups until those that stand open are the wanted ones."""
        same = 0
        for (name, xml), (tag, there) in zip(wanted, self._groups, strict=False):
            if not name.endswith(CONTINUED) or (name.removesuffix(CONTINUED), xml) != (tag, there):
                break
            same += 1
        for tag, _ in reversed(self._groups[same:]):
            self._out.write(f"</{tag}>\n")
        del self._groups[same:]
        for name, xml in wanted[same:]:
            if not self.is_known(xml):
                continue
            tag = name.removesuffix(CONTINUED)
            self._groups.append((tag, xml))
            self._out.write(f"{_opened(xml, tag)}\n")


@lru_cache(maxsize=64)
def _opened(xml: str, tag: str) -> str:
    """An element without its end, so that more can stand in it."""
    if xml.endswith("/>"):
        return f"{xml[:-2]}>"
    return xml.removesuffix(f"</{tag}>")
