"""The parts of a Word package: which is the text, what its styles say, what else holds words."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from aligner.documents.office.docx_words import placed_words_of
from aligner.documents.office.package import Style
from aligner.files.archives import Package
from aligner.files.xml import attribute, local, parse_xml, texts_of
from aligner.model import ReadError
from aligner.text.notation import whole_number
from aligner.text.rich import Piece

__all__ = ["Parts", "WordStyle", "child_of", "outline_level", "value_of"]

OFF = ("0", "false", "off", "none")
_ASIDE = re.compile(r"(?:(?P<kind>header|footer|comments)|charts/chart|diagrams/data)\d*\.xml$")
_ASIDE_NAMES = {"header": "header", "footer": "footer", "comments": "comment"}


@dataclass(frozen=True, slots=True)
class WordStyle:
    """What a style says of its paragraphs: their kind, whether they are numbered, or hidden."""

    style: Style = field(default_factory=Style)
    numbered: bool = False
    hidden: bool = False


class Parts:
    """One package, its main part found. Raises ReadError where it holds none."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.roots: dict[str, Any] = {}  # of the parts that were parsed
        self.main = self._main()
        self.folder = posixpath.dirname(self.main)

    def parse(self, member: str) -> Any:
        """The root element of a part. Raises Malformed."""
        root = parse_xml(self.package.read(member), f"{self.package.name}:{member}")
        self.roots[member] = root
        return root

    def beside(self, name: str) -> Any:
        """The root of the part `name` beside the main one, () where there is none."""
        member = posixpath.join(self.folder, name)
        return self.parse(member) if self.package.get(member) else ()

    def relations(self) -> dict[str, str]:
        """Targets of the main part's relations by id."""
        folder, name = posixpath.split(self.main)
        member = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.package.get(member):
            return {}
        return {attribute(r, "Id"): attribute(r, "Target") for r in self.parse(member)}

    def asides(self) -> Iterator[tuple[str, str, list[Piece]]]:
        """(what it is, its words, where they stand) of every header, footer, comment, chart and
        diagram; headers that come again too.
        """
        for member in sorted(self.package.names):
            match = _ASIDE.fullmatch(posixpath.relpath(member, self.folder or "."))
            if match is None:
                continue
            kind = _ASIDE_NAMES.get(match["kind"] or "", "chart or diagram")
            root = self.parse(member)
            for part in root if kind == "comment" else [root]:
                yield from ((kind, words, pieces) for words, pieces in placed_words_of(part))

    def metadata(self) -> dict[str, tuple[str, ...]]:
        """What docProps/core.xml says: title, author, language."""
        data = self.package.get("docProps/core.xml")
        if not data:
            return {}
        root = parse_xml(data, f"{self.package.name}:docProps/core.xml")
        names = {"title": "title", "creator": "author", "language": "lang"}
        known = {key: tuple(texts_of(root, tag))[:1] for tag, key in names.items()}
        return {key: values for key, values in known.items() if values}

    def properties(self) -> Iterator[str]:
        """The words of docProps/core.xml that are of the text: title, subject, keywords ..."""
        data = self.package.get("docProps/core.xml")
        root = parse_xml(data, f"{self.package.name}:docProps/core.xml") if data else ()
        for element in root:
            if local(element) in ("title", "subject", "description", "keywords", "category"):
                yield element.text or ""

    def styles(self) -> tuple[dict[str, WordStyle], str]:
        """The styles by id, bases followed, and the default language of all."""
        raw: dict[str, tuple[WordStyle, str]] = {}
        lang = ""
        for element in self.beside("styles.xml"):
            if local(element) == "docDefaults":
                language = next((e for e in element.iter() if local(e) == "lang"), None)
                lang = value_of(language)
            if local(element) != "style":
                continue
            children = {local(child): child for child in element}
            style = Style.named(value_of(children.get("name")))
            properties = children.get("pPr")
            level = outline_level(properties)
            if not style.kind and level:
                style = Style("heading", level)
            numbered = properties is not None and child_of(properties, "numPr") is not None
            own = WordStyle(style, numbered, is_hidden(children.get("rPr")) or False)
            raw[attribute(element, "styleId")] = (own, value_of(children.get("basedOn")))
        return {name: _inherited(raw, name) for name in raw}, lang

    def _main(self) -> str:
        data = self.package.get("_rels/.rels")
        if data:
            for relation in parse_xml(data, f"{self.package.name}:_rels/.rels"):
                if attribute(relation, "Type").endswith("/officeDocument"):
                    target = attribute(relation, "Target").lstrip("/")
                    if target in self.package:
                        return target
        if "word/document.xml" not in self.package:
            raise ReadError(
                "the package holds no word/document.xml",
                context=self.package.name,
                hint="is it a Word document?",
            )
        return "word/document.xml"


def _inherited(raw: dict[str, tuple[WordStyle, str]], name: str) -> WordStyle:
    numbered = hidden = False
    style, seen = Style(), set()
    while name in raw and name not in seen:
        seen.add(name)
        own, base = raw[name]
        numbered, hidden = numbered or own.numbered, hidden or own.hidden
        if own.style.kind:
            style = own.style
            break
        name = base
    return WordStyle(style, numbered, hidden)


def child_of(element: Any, name: str) -> Any:
    """The first child of this name, None where there is none."""
    return None if element is None else next((c for c in element if local(c) == name), None)


def value_of(element: Any) -> str:
    """The attribute `w:val`, "" where there is none."""
    return "" if element is None else attribute(element, "val")


def is_hidden(properties: Any) -> bool | None:
    """What run properties say of hiding: True, False, or None for nothing."""
    mark = child_of(properties, "vanish")
    return None if mark is None else value_of(mark).lower() not in OFF


def outline_level(properties: Any) -> int:
    """Level 1-6 of a heading, 0 for none."""
    value = whole_number(value_of(child_of(properties, "outlineLvl")))
    return value + 1 if value is not None and value < 6 else 0
