"""XLIFF as a stream of units, with all that they came with: 1.0, 1.1, 1.2 (`stream1`) and 2.0-2.2
(`stream2`), and the dialects of Studio, memoQ, Phrase, Wordfast and Okapi, which are 1.2 with
elements and attributes of their own.

`Unit.form` is `xliff` for 1.x and `xliff2` for 2.x: the two have other words for the same things.

    Unit        1.x: trans-unit, or `mrk mtype="seg"` of one     2.x: segment
    document    `original` of the file                            the same, else its id
    id          id of the trans-unit                              id of the unit
    context     msgctxt, resname, an id that is a key
    attributes  of the trans-unit                                 of the unit
    properties  elements beside the texts, as XML                 the same
    Variant     attributes of its element and its mark            target: also those of the segment

Properties that say where a unit stood: `file` (number of a further file, with its first unit),
`group` (the start of each group around it; `group-continued` behind its first unit), `segment` (its
id in the unit). Of a variant: `mrk`, the start tag of its mark; `gap` and `tail`, what stands before
it and behind the last one; `raw`, its content as XML, where our policy for characters changes it.
The header has the namespaces and attributes of the root, and each `file` without its units.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from aligner.files.xml import attribute, local, parse_xml, root_of
from aligner.formats.common.bilingual import Contents
from aligner.formats.xliff.markup import Markup
from aligner.languages.tags import canonical
from aligner.model import Declined, Header, Pairs, ReadOptions, Source, UnitStream
from aligner.text.claimed import known_tag
from aligner.text.drafts import suffix_of

__all__ = [
    "CONTINUED",
    "GROUPS",
    "SUFFIXES",
    "Group",
    "Groups",
    "contents",
    "first",
    "key_of_id",
    "language",
    "number_of",
    "spaces",
    "standing",
    "stream",
]

SUFFIXES = (".xlf", ".xliff", ".mxliff", ".sdlxliff", ".mqxliff", ".txlf", ".poxliff")
# a number that a tool counted, perhaps behind a few letters: it says nothing of another file
_COUNTED = re.compile(r"[A-Za-z]{0,5}[-_.:\[]?\d{1,7}(?:[-_.:\[]\d{1,7})*\]?")
# reasons for which words are no text of a unit, though the unit or its codes keep them for XLIFF
_KEPT = (
    "alt-trans",
    "proposed match",
    "text between segments",
    "tracked deletion",
    "header of the catalogue",
)
GROUPS = ("group", "bin-unit")
CONTINUED = "-continued"  # behind the name of a group, where a unit goes on in it
_SHARE = re.compile(r"[01](?:\.\d{1,9})?")


@dataclass(slots=True)
class Group:
    """A group of units: its element, the XML of its start and what is said of it, and whether a
    unit in it was read already.
    """

    tag: str
    start: str
    begun: bool = False


Groups = tuple[Group, ...]


def standing(groups: Groups) -> Iterator[tuple[str, str]]:
    """Properties that say in which groups a unit stands, the outermost first."""
    for group in groups:
        yield f"{group.tag}{CONTINUED if group.begun else ''}", group.start
        group.begun = True


def stream(file: BinaryIO, name: str, options: ReadOptions) -> UnitStream:
    """The units of a file (`formats.base.UnitReader`).

    Raises Declined for what is no XLIFF, Malformed for broken XML, both at once.
    """
    return contents(Source(name, file.read()), options).stream()


def contents(source: Source, options: ReadOptions, *, whatever: bool = False) -> Contents:
    """The same with the texts that were not taken; `whatever` the file is called.

    Raises as `stream`.
    """
    name = root_of(source.data)
    if name != "xliff" and (name or not (whatever or suffix_of(source.name) in SUFFIXES)):
        raise Declined(f"the root element is {f'<{name}>' if name else 'missing'}, not <xliff>")
    root = parse_xml(source.data, source.name, options.encoding)
    if local(root) != "xliff":
        raise Declined(f"the root element is <{local(root)}>, not <xliff>")
    markup = Markup(root, source.data)
    second = bool(attribute(root, "srcLang")) or attribute(root, "version").startswith("2")
    # read where they are needed: the two ways are code of their own
    if second:
        from aligner.formats.xliff.stream2 import Reader2 as Reader
    else:
        from aligner.formats.xliff.stream1 import Reader1 as Reader  # type: ignore[assignment]
    reader = Reader(root, markup, source.name)
    properties: list[tuple[str, str]] = []
    for child in root:
        if local(child) != "file":
            properties.append((local(child), markup.outer(child)))
            continue
        # one in the body of another is met with in real files
        files = (markup.outer(file, reader.is_beside) for file in child.iter(child.tag))
        properties += (("file", xml) for xml in files)
    header = Header(
        form=reader.form,
        source_lang=reader.source_lang,
        attributes=(*markup.declarations(), *markup.attributes(root)),
        properties=tuple(properties),
    )
    return Contents(header, reader.units(), reader.dropped, kept=frozenset(_KEPT), root=root)


def language(tag: str) -> str:
    """A language that a file declares, in canonical case; "" for what says none."""
    return canonical(known_tag(tag))


def key_of_id(name: str) -> str:
    """An id as context: "" where it is only a number that a tool counted."""
    return "" if _COUNTED.fullmatch(name) else name


def number_of(value: str) -> float | None:
    """A confidence, None where a value is none."""
    return float(value) if _SHARE.fullmatch(value) and float(value) <= 1 else None


def spaces(element: Any, inherited: bool) -> bool:
    """Whether white space counts in an element (`xml:space`)."""
    value = element.get("{http://www.w3.org/XML/1998/namespace}space")
    return inherited if value is None else value == "preserve"


def first(pairs: Pairs, name: str) -> str:
    """The first value of a name, "" without one."""
    return next((value for key, value in pairs if key == name), "")
