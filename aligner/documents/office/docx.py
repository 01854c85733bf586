"""Word documents (.docx, .docm): ECMA-376 WordprocessingML, transitional and strict.

- Tracked changes are read as accepted: insertions and moves-to stay, deletions, moves-from and
  deleted rows go; a paragraph whose mark is deleted runs on into the next.
- Styles by their built-in names, which are English in every locale: Title, Subtitle, heading n,
  Caption, Quote; an outline level makes a heading too. A numbered or bulleted paragraph is `item`,
  what stands in a table `cell`, in a text box `box`.
- Footnotes and endnotes are `note` paragraphs at the end; the anchor is an empty `note` span.
- Not text: headers and footers, comments, field codes, hidden text, tables of contents, images.
  What of these holds words is listed in `Document.dropped`.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from typing import Any

from aligner.documents.office.package import Collector, Style, set_formats
from aligner.files.archives import Package, document_kind
from aligner.files.xml import attribute, local, parse_xml, texts_of
from aligner.model import Declined, Document, ReadError, ReadOptions, Source, UsageError
from aligner.text.claimed import by_default
from aligner.text.decoding import is_zip
from aligner.text.drafts import DEFAULTS, make_document, suffix_of
from aligner.text.rich import Rich

__all__ = ["SUFFIXES", "read"]

SUFFIXES = (".docx", ".docm", ".dotx")

_OFF = ("0", "false", "off", "none")
_FORMATS = {"b": "bold", "bCs": "", "i": "italic", "u": "underline"}
_GONE = ("del", "moveFrom")
_THROUGH = (
    "ins",
    "moveTo",
    "smartTag",
    "customXml",
    "sdt",
    "sdtContent",
    "fldSimple",
    "hyperlink",
    "dir",
    "bdo",
    "r",
    "oMath",
    "oMathPara",
    "ruby",
    "rubyBase",
)
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}


def read(source: Source, options: ReadOptions = DEFAULTS) -> Document:
    """`source` as a document.

    Raises Declined for what is no Word document, Malformed for a damaged one, ReadError for one
    without text, UsageError for segmented text, which is plain text.
    """
    if not is_zip(source.data) or document_kind(source.data, source.name) != "docx":
        raise Declined(f"not a Word document (suffix {suffix_of(source.name) or '(none)'})")
    return read_text(source, options)


def read_text(source: Source, options: ReadOptions) -> Document:
    """As `read`, whatever the suffix."""
    if options.segmented:
        raise UsageError("a Word document is not segmented text", hint="export it as .txt first")
    if not is_zip(source.data):
        raise Declined("not a zip package, as Word documents are")
    word = _Word(Package.of_document(source.data, source.name))
    word.body()
    known = word.metadata()
    lang = known.pop("lang", ("",))[0]
    title = known.pop("title", ("",))[0]
    drafts = word.found.all(title)
    if any(draft.kind == "title" for draft in drafts):
        title = ""
    return make_document(
        source,
        drafts,
        title=title,
        lang=lang,
        doubt=by_default,
        metadata=known,
        dropped=word.found.dropped,
    )


class _Word:
    """One package on its way to paragraphs."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.found = Collector()
        self.part = self._main()
        self.folder = posixpath.dirname(self.part)
        self.styles = self._styles()
        self.links = self._relations(self.part)
        self.notes: dict[str, dict[str, Any]] = {}
        self._carry: Rich | None = None  # a paragraph whose mark was deleted goes on
        self._formats: list[str] = []
        self._boxes: list[Any] = []
        self._anchors: list[tuple[str, str]] = []
        self._hidden = False

    def body(self) -> None:
        """All paragraphs of the main part."""
        root = self._parse(self.part)
        for child in root:
            if local(child) == "body":
                self._blocks(child, "", "")
        if self._carry is not None:
            self.found.add(self._carry, Style(), "")

    def metadata(self) -> dict[str, tuple[str, ...]]:
        """What docProps/core.xml says: title, author, language."""
        data = self.package.get("docProps/core.xml")
        if not data:
            return {}
        root = parse_xml(data, f"{self.package.name}:docProps/core.xml")
        names = {"title": "title", "creator": "author", "language": "lang"}
        known = {key: tuple(texts_of(root, tag))[:1] for tag, key in names.items()}
        return {key: values for key, values in known.items() if values}

    def _parse(self, member: str) -> Any:
        return parse_xml(self.package.read(member), f"{self.package.name}:{member}")

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

    def _sibling(self, name: str) -> str:
        return posixpath.join(self.folder, name)

    def _relations(self, part: str) -> dict[str, str]:
        folder, name = posixpath.split(part)
        data = self.package.get(posixpath.join(folder, "_rels", f"{name}.rels"))
        if not data:
            return {}
        root = parse_xml(data, f"{self.package.name}:{name}.rels")
        return {attribute(r, "Id"): attribute(r, "Target") for r in root}

    def _styles(self) -> dict[str, tuple[Style, bool]]:
        """By id: what the style says, and whether it numbers its paragraphs."""
        data = self.package.get(self._sibling("styles.xml"))
        if not data:
            return {}
        raw: dict[str, tuple[Style, bool, str]] = {}
        for element in parse_xml(data, f"{self.package.name}:styles.xml"):
            if local(element) != "style":
                continue
            said = {local(child): child for child in element}
            style = Style.named(_value(said.get("name")))
            properties = said.get("pPr")
            level = _outline(properties)
            if not style.kind and level:
                style = Style("heading", level)
            numbered = properties is not None and _child(properties, "numPr") is not None
            raw[attribute(element, "styleId")] = (style, numbered, _value(said.get("basedOn")))
        return {name: _inherited(raw, name) for name in raw}

    def _blocks(self, parent: Any, kind: str, note: str) -> None:
        for child in parent:
            tag = local(child)
            if tag == "p":
                self._paragraph(child, kind, note)
            elif tag == "tbl":
                self._table(child, kind, note)
            elif tag in _GONE:
                self.found.drop("deleted in the file's tracked changes", _deleted(child))
            elif tag in ("sdt", "sdtContent", "ins", "moveTo", "customXml", "smartTag"):
                self._blocks(child, kind, note)

    def _table(self, table: Any, kind: str, note: str) -> None:
        for row in table.iterfind("{*}tr"):
            properties = _child(row, "trPr")
            if properties is not None and _child(properties, "del") is not None:
                self.found.drop("deleted in the file's tracked changes", _deleted(row))
                continue
            for cell in row:
                self._blocks(cell, kind or "cell", note)

    def _paragraph(self, element: Any, kind: str, note: str) -> None:
        properties = _child(element, "pPr")
        style, numbered = self._style_of(properties)
        if kind and style.kind not in ("caption", "contents"):
            style = Style(kind)
        elif numbered and not style.kind:
            style = Style("item")
        rich = self._carry or Rich()
        self._carry = None
        self._formats.clear()
        if style.kind in ("heading", "title"):
            self._inline(element, rich, ignore=("bold",))
        else:
            self._inline(element, rich, ignore=())
        boxes, self._boxes = self._boxes, []
        anchors, self._anchors = self._anchors, []
        mark = _child(properties, "rPr") if properties is not None else None
        if mark is not None and any(_child(mark, tag) is not None for tag in _GONE):
            rich.add(" ")
            self._carry = rich
        else:
            self.found.add(rich, style, note)
        for box in boxes:
            self._blocks(box, "box", note)
        for part, number in anchors:
            self._note(part, number)

    def _style_of(self, properties: Any) -> tuple[Style, bool]:
        if properties is None:
            return Style(), False
        style, numbered = self.styles.get(_value(_child(properties, "pStyle")), (Style(), False))
        level = _outline(properties)
        if level and not style.kind:
            style = Style("heading", level)
        own = _child(properties, "numPr")
        if own is not None:
            numbered = _value(_child(own, "numId")) != "0"
        return style, numbered

    def _note(self, part: str, number: str) -> None:
        if part not in self.notes:
            member = self._sibling(f"{part}.xml")
            root = self._parse(member) if member in self.package else ()
            self.notes[part] = {attribute(note, "id"): note for note in root}
        element = self.notes[part].pop(number, None)  # once, so that no note can hold itself
        if element is not None:
            self._blocks(element, "note", f"{part[:-1]}-{number}")

    def _inline(self, parent: Any, rich: Rich, ignore: tuple[str, ...]) -> None:
        for child in parent:
            tag = local(child)
            if tag == "hyperlink":
                address = self.links.get(attribute(child, "id"), "") or (
                    f"#{attribute(child, 'anchor')}" if attribute(child, "anchor") else ""
                )
                set_formats(rich, self._formats, ())
                rich.open("link", address)
                self._inline(child, rich, ignore)
                set_formats(rich, self._formats, ())
                rich.close("link")
            elif tag == "r":
                self._run(child, rich, ignore)
            elif tag in _THROUGH:
                self._inline(child, rich, ignore)
            elif tag in _GONE:
                self.found.drop("deleted in the file's tracked changes", _deleted(child))
            else:
                self._piece(child, tag, rich)

    def _run(self, run: Any, rich: Rich, ignore: tuple[str, ...]) -> None:
        properties = _child(run, "rPr")
        wanted = list(_formats(properties)) if properties is not None else []
        if "hidden" in wanted:
            self.found.drop("hidden text", "".join(run.itertext()))
            return
        set_formats(rich, self._formats, [kind for kind in wanted if kind not in ignore])
        self._inline(run, rich, ignore)

    def _piece(self, element: Any, tag: str, rich: Rich) -> None:
        if tag == "t":
            rich.add(element.text or "")
        elif tag in ("tab", "ptab"):
            rich.add("\t")
        elif tag == "br" and attribute(element, "type") in ("page", "column"):
            rich.add(" ")
        elif tag in ("br", "cr"):
            rich.mark("break")
        elif tag == "noBreakHyphen":
            rich.add("\u2011")
        elif tag in _NOTES:
            part, number = _NOTES[tag], attribute(element, "id")
            rich.mark("note", f"{part[:-1]}-{number}")
            self._anchors.append((part, number))
        elif tag in ("drawing", "pict", "object", "AlternateContent"):
            self._boxes += _text_boxes(element)
        elif tag in ("sup", "sub", "e", "num", "den", "deg", "fName", "f", "sSup", "sSub", "d"):
            self._inline(element, rich, ())  # parts of a formula


def _child(element: Any, name: str) -> Any:
    return None if element is None else next((c for c in element if local(c) == name), None)


def _value(element: Any) -> str:
    return "" if element is None else attribute(element, "val")


def _outline(properties: Any) -> int:
    value = _value(_child(properties, "outlineLvl"))
    return int(value) + 1 if value.isascii() and value.isdigit() and int(value) < 6 else 0


def _inherited(raw: dict[str, tuple[Style, bool, str]], name: str) -> tuple[Style, bool]:
    numbered, seen = False, set()
    while name in raw and name not in seen:
        seen.add(name)
        style, numbers, base = raw[name]
        numbered = numbered or numbers
        if style.kind:
            return style, numbered
        name = base
    return Style(), numbered


def _formats(properties: Any) -> Iterator[str]:
    for element in properties:
        tag, value = local(element), attribute(element, "val").lower()
        if tag == "vanish" and value not in _OFF:
            yield "hidden"
        elif tag == "vertAlign" and value in ("superscript", "subscript"):
            yield value[:3]
        elif tag == "rStyle" and value in ("strong", "emphasis"):
            yield "bold" if value == "strong" else "italic"
        elif _FORMATS.get(tag) and value not in _OFF:
            yield _FORMATS[tag]


def _text_boxes(element: Any) -> list[Any]:
    """The contents of text boxes; of alternatives the first that holds one."""
    if local(element) == "AlternateContent":
        return next((found for found in map(_text_boxes, element) if found), [])
    if local(element) == "txbxContent":
        return [element]
    return [box for child in element for box in _text_boxes(child)]


def _deleted(element: Any) -> str:
    return " ".join(e.text or "" for e in element.iter() if local(e) in ("delText", "t"))
