"""OpenDocument texts (.odt, .ott, flat .fodt): OASIS OpenDocument 1.2-1.4.

- Tracked changes are read as accepted: what was deleted lies apart from the text and stays there
  (listed in `Document.dropped`); insertions are part of the text.
- `text:h` is a heading of its outline level; paragraph styles by their names or their parents'
  (Title, Subtitle, Quotations, Caption). Lists give `item`, tables `cell`, text boxes `box`.
- Footnotes and endnotes are `note` paragraphs at the end; the anchor is an empty `note` span.
- Not text: comments, tables of contents, ruby, headers and footers, images and their descriptions.
"""

from __future__ import annotations

from typing import Any

from aligner.documents.office.package import Collector, Style, set_formats
from aligner.files.archives import Package, document_kind
from aligner.files.xml import attribute, local, parse_xml, root_of, texts_of
from aligner.model import Declined, Document, ReadOptions, Source, UsageError
from aligner.text.claimed import by_default
from aligner.text.decoding import is_zip
from aligner.text.drafts import DEFAULTS, make_document, suffix_of
from aligner.text.rich import Rich

__all__ = ["SUFFIXES", "read"]

SUFFIXES = (".odt", ".ott", ".fodt")

_SKIPPED = ("annotation", "ruby-text", "note-citation", "title", "desc", "binary-data", "forms")
_INDEXES = (
    "table-of-content",
    "illustration-index",
    "table-index",
    "object-index",
    "user-index",
    "alphabetical-index",
)
_MANY_SPACES = 1000


def read(source: Source, options: ReadOptions = DEFAULTS) -> Document:
    """`source` as a document.

    Raises Declined for what is no OpenDocument text, Malformed for a damaged one, ReadError for
    one without text, UsageError for segmented text, which is plain text.
    """
    packed = is_zip(source.data) and document_kind(source.data, source.name) == "odt"
    if not packed and suffix_of(source.name) not in SUFFIXES:
        raise Declined(f"not an OpenDocument text (suffix {suffix_of(source.name) or '(none)'})")
    return read_text(source, options)


def read_text(source: Source, options: ReadOptions) -> Document:
    """As `read`, whatever the suffix."""
    if options.segmented:
        raise UsageError("an OpenDocument is not segmented text", hint="export it as .txt first")
    meta: Any = ()
    if is_zip(source.data):
        package = Package.of_document(source.data, source.name)
        root = parse_xml(package.read("content.xml"), f"{source.name}:content.xml")
        if package.get("meta.xml"):
            meta = parse_xml(package.read("meta.xml"), f"{source.name}:meta.xml")
        styles = package.get("styles.xml")
        roots = [parse_xml(styles, f"{source.name}:styles.xml")] if styles else []
    elif root_of(source.data) == "document":
        root = parse_xml(source.data, source.name)
        meta, roots = root.find("{*}meta"), []
        meta = () if meta is None else meta
    else:
        raise Declined("neither a zip package nor a flat OpenDocument")
    text = _Text([*roots, root])
    for body in root.iterfind("{*}body/{*}text"):
        text.blocks(body, "", "")
    known = _metadata(meta)
    title = known.pop("title", ("",))[0]
    drafts = text.found.all(title)
    lang = known.pop("lang", ("",))[0]
    if any(draft.kind == "title" for draft in drafts):
        title = ""
    return make_document(
        source,
        drafts,
        title=title,
        lang=lang,
        doubt=by_default,
        metadata=known,
        dropped=text.found.dropped,
    )


def _metadata(meta: Any) -> dict[str, tuple[str, ...]]:
    if not len(meta):
        return {}
    known = {
        "title": tuple(texts_of(meta, "title"))[:1],
        "author": tuple(texts_of(meta, "initial-creator"))[:1]
        or tuple(texts_of(meta, "creator"))[:1],
        "lang": tuple(texts_of(meta, "language"))[:1],
        "description": tuple(texts_of(meta, "description"))[:1],
    }
    return {key: values for key, values in known.items() if values}


class _Text:
    """The body of one file on its way to paragraphs."""

    def __init__(self, roots: list[Any]) -> None:
        self.found = Collector()
        self._styles: dict[str, tuple[Style, tuple[str, ...], str]] = {}
        for root in roots:
            for element in root.iter("{*}style"):
                name = attribute(element, "name")
                shown = attribute(element, "display-name") or name
                parent = attribute(element, "parent-style-name")
                self._styles[name] = (Style.named(shown), _formats(element), parent)
        self._current: list[str] = []
        self._notes: list[tuple[str, Any]] = []
        self._boxes: list[Any] = []

    def blocks(self, parent: Any, kind: str, note: str) -> None:
        """The paragraphs under an element that holds blocks."""
        for child in parent:
            tag = local(child)
            if tag in ("p", "h"):
                self._paragraph(child, tag, kind, note)
            elif tag == "tracked-changes":
                for deletion in child.iter("{*}deletion"):
                    words = " ".join(
                        "".join(part.itertext())
                        for part in deletion
                        if local(part) != "change-info"
                    )
                    self.found.drop("deleted in the file's tracked changes", words)
            elif tag in _INDEXES:
                self.found.drop("table of contents", " ".join(child.itertext()))
            elif tag in ("list", "list-item", "list-header"):
                self.blocks(child, kind or "item", note)
            elif tag == "table":
                self.blocks(child, kind or "cell", note)
            elif tag in ("frame", "custom-shape", "rect", "g"):
                self.blocks(child, "box", note)
            elif tag not in _SKIPPED:
                self.blocks(child, kind, note)

    def _style(self, name: str) -> Style:
        seen = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            style, _, parent = self._styles[name]
            if style.kind:
                return style
            name = parent
        return Style.named(name)

    def _paragraph(self, element: Any, tag: str, kind: str, note: str) -> None:
        style = self._style(attribute(element, "style-name"))
        if tag == "h" and style.kind != "title":
            level = attribute(element, "outline-level")
            style = Style("heading", min(max(int(level), 1), 6) if level.isdecimal() else 1)
        elif style.kind == "heading":
            style = Style()
        if kind and style.kind not in ("caption", "heading"):
            style = Style(kind)
        rich = Rich()
        self._current.clear()
        self._inline(element, rich, ())
        notes, self._notes = self._notes, []
        boxes, self._boxes = self._boxes, []
        self.found.add(rich, style, note)
        for box in boxes:
            self.blocks(box, "box", note)
        for label, body in notes:
            self.blocks(body, "note", label)

    def _inline(self, element: Any, rich: Rich, formats: tuple[str, ...]) -> None:
        self._add(rich, element.text, formats)
        for child in element:
            tag = local(child)
            if tag == "span":
                name = attribute(child, "style-name")
                own = self._styles.get(name, (Style(), (), ""))[1]
                self._inline(child, rich, (*formats, *own))
            elif tag == "a":
                set_formats(rich, self._current, ())
                rich.open("link", attribute(child, "href"))
                self._inline(child, rich, formats)
                set_formats(rich, self._current, ())
                rich.close("link")
            elif tag == "s":
                count = attribute(child, "c")
                rich.add(" " * (min(int(count), _MANY_SPACES) if count.isdecimal() else 1))
            elif tag == "tab":
                rich.add("\t")
            elif tag == "line-break":
                rich.mark("break")
            elif tag == "note":
                self._note(child, rich)
            elif tag in ("frame", "custom-shape", "rect", "g"):
                self._boxes.append(child)
            elif tag not in _SKIPPED:
                self._inline(child, rich, formats)
            self._add(rich, child.tail, formats)

    def _add(self, rich: Rich, text: str | None, formats: tuple[str, ...]) -> None:
        if text:
            set_formats(rich, self._current, formats)
            rich.add(text)

    def _note(self, element: Any, rich: Rich) -> None:
        label = attribute(element, "id") or f"note-{len(self.found.notes) + len(self._notes) + 1}"
        rich.mark("note", label)
        self._notes += [(label, body) for body in element if local(body) == "note-body"]


def _formats(style: Any) -> tuple[str, ...]:
    found = []
    for element in style:
        if local(element) != "text-properties":
            continue
        if attribute(element, "font-weight") in ("bold", "600", "700", "800", "900"):
            found.append("bold")
        if attribute(element, "font-style") in ("italic", "oblique"):
            found.append("italic")
        if attribute(element, "text-underline-style") not in ("", "none"):
            found.append("underline")
        position = attribute(element, "text-position")
        if position.startswith(("super", "sub")):
            found.append(position[:3])
    return tuple(found)
