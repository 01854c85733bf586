"""OpenDocument texts (.odt, .ott, flat .fodt): OASIS OpenDocument 1.2-1.4.

- Tracked changes are read as accepted: what was deleted lies apart from the text and stays there
  (listed in `Document.dropped`); insertions are part of the text.
- `text:h` is a heading of its outline level; paragraph styles by their names or their parents'
  (Title, Subtitle, Quotations, Caption). Lists give `item`, tables `cell`, text boxes `box`.
- Footnotes and endnotes are `note` paragraphs at the end; the anchor is an empty `note` span.
- Characters of symbol fonts are Unicode where they are known (`symbols`).
- Not text: comments, tables of contents, ruby, headers and footers, hidden text, images and their
  descriptions; all listed in `Document.dropped`, or text where a user includes it (`include`).
- The language is the default of the program, and only counts where the text itself does not say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from aligner.documents.office.package import Collector, Style, set_formats
from aligner.documents.office.symbols import in_unicode, is_symbol_font
from aligner.files.archives import Package, document_kind
from aligner.files.xml import attribute, local, parse_xml, root_of, texts_of
from aligner.model import Declined, Document, ReadOptions, Source, UsageError
from aligner.text.claimed import by_default
from aligner.text.decoding import is_zip
from aligner.text.drafts import DEFAULTS, FilePlaces, make_document, suffix_of
from aligner.text.notation import whole_number
from aligner.text.rich import Piece, Rich

__all__ = ["SUFFIXES", "read"]

SUFFIXES = (".odt", ".ott", ".fodt")

_SKIPPED = ("note-citation", "binary-data", "forms")
_ASIDE = {
    "annotation": "comment",
    "ruby-text": "reading above the text (ruby)",
    "title": "description of an image",
    "desc": "description of an image",
    "hidden-text": "hidden text",
    "hidden-paragraph": "hidden text",
}
_PAGE_PARTS = {
    **dict.fromkeys(("header", "header-left", "header-first"), "header"),
    **dict.fromkeys(("footer", "footer-left", "footer-first"), "footer"),
}
_INDEXES = (
    "table-of-content",
    "illustration-index",
    "table-index",
    "object-index",
    "user-index",
    "alphabetical-index",
)
# what stands inside words, and parts none
_TOUCHING = frozenset(("span", "a", "bookmark", "bookmark-start", "bookmark-end", "meta"))
# parts of a file that hold no text
_STYLES = ("font-face-decls", "styles", "automatic-styles")
_ABOUT = ("meta", "settings", "scripts", *_STYLES, "master-styles")
_BODY, _TEXTS = ("{*}body",), ("{*}p", "{*}h", "{*}span")
_SHAPES = ("frame", "custom-shape", "rect", "g")
_MARKS = {"tab": "tab", "line-break": "break"}
_MANY_SPACES = 1000
_SIGNATURE = re.compile(
    r"\{(?:http://purl\.org/dc/|urn:oasis:[^}]*:meta:)[^}]*\}|.*\}sender-initials$"
)
_NOT_SHOWN = ("hidden", "shown")  # what a style says of showing, among its formats
_FONT = "font:"


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
    return read_places(source, options)[0]


def read_places(source: Source, options: ReadOptions) -> FilePlaces:
    """The document and where its text stands. Raises as `read_text`."""
    if options.segmented:
        raise UsageError("an OpenDocument is not segmented text", hint="export it as .txt first")
    meta: Any = ()
    objects: list[Any] = []
    if is_zip(source.data):
        package = Package.of_document(source.data, source.name)
        root = parse_xml(package.read("content.xml"), f"{source.name}:content.xml")
        if package.get("meta.xml"):
            meta = parse_xml(package.read("meta.xml"), f"{source.name}:meta.xml")
        styles = package.get("styles.xml")
        roots = [parse_xml(styles, f"{source.name}:styles.xml")] if styles else []
        inside = (name for name in package.names if name.endswith("/content.xml"))
        objects = [parse_xml(package.read(name), f"{source.name}:{name}") for name in inside]
    elif root_of(source.data) == "document":
        root = parse_xml(source.data, source.name)
        meta, roots = root.find("{*}meta"), []
        meta = () if meta is None else meta
    else:
        raise Declined("neither a zip package nor a flat OpenDocument")
    text = _Text([*roots, root], options.include)
    text.parts(root)
    text.drop_page_parts([*roots, root])
    for one in objects:
        text.drop(one, "embedded object (formula, chart, drawing)")
    names = ("title", "subject", "description", "keyword") if len(meta) else ()
    text.collected.properties(words for name in names for words in texts_of(meta, name))
    known = _metadata(meta)
    title = known.pop("title", ("",))[0]
    drafts = text.collected.all(title)
    lang = known.pop("lang", ("",))[0] or text.default_lang
    if any(draft.kind == "title" for draft in drafts):
        title = ""
    places: list[Sequence[Piece]] = []
    document = make_document(
        source,
        drafts,
        title=title,
        lang=lang,
        doubt=by_default,
        metadata=known,
        dropped=text.collected.dropped,
        places=places,
    )
    members = {"content.xml" if is_zip(source.data) else "": root}
    members |= dict(zip(["styles.xml"], roots, strict=False))
    return FilePlaces(document, places, members, text.collected.copies)


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

    def __init__(self, roots: list[Any], include: frozenset[str] = frozenset()) -> None:
        self.collected = Collector(include)
        self._styles: dict[str, tuple[Style, tuple[str, ...], str]] = {}
        self.default_lang = next((lang for lang in map(_default_lang, roots) if lang), "")
        for root in roots:
            for element in root.iter("{*}style"):
                name = attribute(element, "name")
                shown = attribute(element, "display-name") or name
                parent = attribute(element, "parent-style-name")
                self._styles[name] = (Style.named(shown), _formats(element), parent)
        self._current: list[str] = []
        self._notes: list[tuple[str, Any]] = []
        self._boxes: list[Any] = []

    def parts(self, root: Any) -> None:
        """The text of a file; what stands where the standard has none is listed."""
        for part in root:
            if local(part) != "body":
                wrong = (*_BODY, *_TEXTS) if local(part) in _STYLES else _BODY
                if local(part) not in _ABOUT or next(part.iter(*wrong), None) is not None:
                    self.drop(part, "outside the text")
                continue
            for child in part:
                if local(child) == "text":
                    self.blocks(child, "", "")
                else:
                    self.drop(child, "outside the text")

    def blocks(self, parent: Any, kind: str, note: str) -> None:
        """The paragraphs under an element that holds blocks."""
        for child in parent:
            tag = local(child)
            if tag in ("p", "h"):
                self._paragraph(child, tag, kind, note)
            elif tag == "tracked-changes":
                for deletion in child.iter("{*}deletion"):
                    self.drop(deletion, "deleted in the file's tracked changes")
            elif attribute(child, "display") == "none" or tag in _ASIDE:
                self.drop(child, _ASIDE.get(tag, "hidden text"))
            elif tag in _INDEXES:
                self.drop(child, "table of contents")
            elif tag in ("list", "list-item", "list-header"):
                self.blocks(child, kind or "item", note)
            elif tag == "table":
                self.blocks(child, kind or "cell", note)
            elif _holds_text(child) and tag not in _SKIPPED:  # beside paragraphs: a formula, say
                self._paragraph(child, tag, kind, note)
            elif tag not in _SKIPPED:
                self.blocks(child, "box" if tag in _SHAPES else kind, note)

    def drop_page_parts(self, roots: list[Any]) -> None:
        """List what headers and footers hold, each text once."""
        for root in roots:
            for part in root.iter():
                kind = _PAGE_PARTS.get(local(part), "")
                for words, pieces in _listed(part) if kind else ():
                    self.collected.drop(kind, words, pieces, once=True)

    def drop(self, element: Any, reason: str) -> None:
        """List the paragraphs of an element; a comment without its author and date."""
        for words, pieces in _listed(element):
            self.collected.drop(reason, words, pieces)

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
            level = whole_number(attribute(element, "outline-level")) or 1
            style = Style("heading", min(max(level, 1), 6))
        elif style.kind == "heading":
            style = Style()
        if kind and style.kind not in ("caption", "heading"):
            style = Style(kind)
        rich = Rich()
        self._current.clear()
        name = attribute(element, "style-name")
        self._inline(element, rich, tuple(f for f in self._formats_of(name) if f in _NOT_SHOWN))
        notes, self._notes = self._notes, []
        boxes, self._boxes = self._boxes, []
        self.collected.add(rich, style, note)
        for box in boxes:
            self.blocks(box, "box", note)
        for label, body in notes:
            self.blocks(body, "note", label)

    def _inline(self, element: Any, rich: Rich, formats: tuple[str, ...]) -> None:
        self._add(rich, element.text, formats, (element, False))
        for child in element:
            tag = local(child)
            if tag == "span":
                own = self._formats_of(attribute(child, "style-name"))
                fonts = [f for f in own if f.startswith(_FONT)]
                kept = [f for f in formats if not (fonts and f.startswith(_FONT))]
                if "shown" in own:
                    kept = [f for f in kept if f != "hidden"]
                self._inline(child, rich, (*kept, *own))
            elif tag == "a":
                set_formats(rich, self._current, ())
                rich.open("link", attribute(child, "href"))
                self._inline(child, rich, formats)
                set_formats(rich, self._current, ())
                rich.close("link")
            elif tag == "s":
                count = whole_number(attribute(child, "c"))
                rich.add(" " * (1 if count is None else min(count, _MANY_SPACES)))
            elif tag in _MARKS:
                rich.mark(_MARKS[tag])
            elif tag == "note":
                self._note(child, rich)
            elif tag in _SHAPES:
                self._boxes.append(child)
            elif tag in _ASIDE:
                self.drop(child, _ASIDE[tag])
            elif tag in ("p", "h", "list", "table"):  # inside what stands in a line
                self._boxes.append([child])
            elif tag not in _SKIPPED:
                self._inline(child, rich, formats)
            self._add(rich, child.tail, formats, (child, True))

    def _add(
        self, rich: Rich, text: str | None, formats: tuple[str, ...], origin: tuple[Any, bool]
    ) -> None:
        if not text:
            return
        if "hidden" in formats:
            self.collected.drop("hidden text", text)
            return
        font = next((f.removeprefix(_FONT) for f in formats if f.startswith(_FONT)), "")
        made, unknown = in_unicode(text, font)
        for sign in unknown:
            self.collected.drop("character of a symbol font", sign)
        shown = [f for f in formats if f not in _NOT_SHOWN and not f.startswith(_FONT)]
        set_formats(rich, self._current, shown)
        rich.add(made, origin if made == text else None)

    def _formats_of(self, name: str) -> tuple[str, ...]:
        """The formats of a style and, where it does not say, whether those above it hide it."""
        own = self._styles.get(name, (Style(), (), ""))[1]
        seen: set[str] = set()
        formats = own
        while name in self._styles and name not in seen and not {"hidden", "shown"} & {*formats}:
            seen.add(name)
            _, formats, name = self._styles[name]
        return (*own, *(f for f in formats if f in _NOT_SHOWN and f not in own))

    def _note(self, element: Any, rich: Rich) -> None:
        label = (
            attribute(element, "id") or f"note-{len(self.collected.notes) + len(self._notes) + 1}"
        )
        rich.mark("note", label)
        self._notes += [(label, body) for body in element if local(body) == "note-body"]


def _holds_text(element: Any) -> bool:
    """True where words stand in an element itself, not only in what it holds."""
    return bool((element.text or "").strip()) or any((c.tail or "").strip() for c in element)


def _listed(element: Any) -> Iterator[tuple[str, list[Piece]]]:
    """The words of every paragraph in an element and where they stand, one inside another by itself,
    and those that stand in none; authors and dates of comments and changes are left out.
    """
    made: list[list[Piece]] = [[]]

    def add(part: Any, pieces: list[Piece]) -> None:
        pieces.append(((part, False), part.text or ""))
        for child in part:
            tag = local(child)
            if tag in ("p", "h"):
                made.append([])
                add(child, made[-1])
            elif tag and tag not in _SKIPPED and not _SIGNATURE.match(child.tag):
                pieces.append((None, "" if tag in _TOUCHING else " "))
                add(child, pieces)
                pieces.append((None, "" if tag in _TOUCHING else " "))
            pieces.append(((child, True), child.tail or ""))

    add(element, made[0])
    for pieces in made:
        if words := " ".join("".join([text for _, text in pieces]).split()):
            yield words, pieces


def _default_lang(root: Any) -> str:
    """The language of the default style of paragraphs."""
    for style in root.iter("{*}default-style"):
        for properties in style.iterfind("{*}text-properties"):
            lang, country = attribute(properties, "language"), attribute(properties, "country")
            if attribute(style, "family") == "paragraph" and lang not in ("", "none"):
                return f"{lang}-{country}" if country not in ("", "none") else lang
    return ""


def _formats(style: Any) -> tuple[str, ...]:
    formats = []
    for element in style:
        if local(element) != "text-properties":
            continue
        if attribute(element, "font-weight") in ("bold", "600", "700", "800", "900"):
            formats.append("bold")
        if attribute(element, "font-style") in ("italic", "oblique"):
            formats.append("italic")
        if attribute(element, "text-underline-style") not in ("", "none"):
            formats.append("underline")
        display = attribute(element, "display")
        if display:
            formats.append("hidden" if display == "none" else "shown")
        font = attribute(element, "font-name") or attribute(element, "font-family")
        if is_symbol_font(font.strip("'")):
            formats.append(_FONT + font.strip("'"))
        position = attribute(element, "text-position")
        if position.startswith(("super", "sub")):
            formats.append(position[:3])
    return tuple(formats)
