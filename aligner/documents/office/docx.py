"""Word documents (.docx, .docm): ECMA-376 WordprocessingML, transitional and strict.

- Tracked changes are read as accepted: insertions and moves-to stay, deletions, moves-from and
  deleted rows go; a paragraph whose mark is deleted runs on into the next, and so does a drop cap.
- Content controls and custom XML are looked through wherever they stand: around paragraphs, rows,
  cells, runs.
- Styles by their built-in names, which are English in every locale: Title, Subtitle, heading n,
  Caption, Quote; an outline level makes a heading too. A numbered or bulleted paragraph is `item`,
  what stands in a table `cell`, in a text box `box`.
- Footnotes and endnotes are `note` paragraphs at the end; the anchor is an empty `note` span.
- Characters of symbol fonts are Unicode where they are known (`symbols`).
- Not text: headers and footers, comments, field codes, hidden text, tables of contents, readings
  above ruby, charts, diagrams, images. What of these holds words is listed in `Document.dropped`;
  headers, footers, comments and properties of the file are text where a user includes them.
- The language is the default that the program wrote, and only counts where the text itself does not
  say; languages of runs (`w:lang`), where most of the text has one, come before those of styles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from aligner.documents.office.docx_parts import (
    OFF,
    Parts,
    WordStyle,
    child_of,
    is_hidden,
    outline_level,
    value_of,
)
from aligner.documents.office.docx_words import (
    chosen_form,
    described,
    holds_paragraphs,
    symbol_of,
    text_boxes,
    words_of,
    words_within,
)
from aligner.documents.office.package import Collector, Style, set_formats
from aligner.documents.office.symbols import in_unicode
from aligner.files.archives import Package, document_kind
from aligner.files.xml import attribute, local
from aligner.model import Declined, Document, ReadOptions, Source, UsageError
from aligner.text.claimed import by_default
from aligner.text.decoding import is_zip
from aligner.text.drafts import DEFAULTS, FilePlaces, make_document, suffix_of
from aligner.text.rich import Piece, Rich

__all__ = ["SUFFIXES", "read"]

SUFFIXES = (".docx", ".docm", ".dotx")

_FORMATS = {"b": "bold", "bCs": "", "i": "italic", "u": "underline"}
_GONE = ("del", "moveFrom")
_DELETED = "deleted in the file's tracked changes"
_MARKS = {"tab": "tab", "ptab": "tab", "br": "break", "cr": "break"}
_ASIDE = {
    "rt": "reading above the text (ruby)",
    "instrText": "code of a field",
    "delInstrText": "code of a field",
    "delText": _DELETED,
}
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
# elements that hold no text; every other one is looked into, known or not
_NO_TEXT = frozenset(
    [
        *("rPr", "pPr", "sdtPr", "sdtEndPr", "customXmlPr", "smartTagPr", "rubyPr", "ctrlPr"),
        *("fldChar", "proofErr", "annotationRef", "sectPr", "tblPr", "tblGrid", "trPr", "tcPr"),
        *("footnoteRef", "endnoteRef", "separator", "continuationSeparator", "pgNum"),
        *("bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd"),
        *("commentReference", "permStart", "permEnd", "lastRenderedPageBreak", "softHyphen"),
    ]
)


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
    return read_places(source, options)[0]


def read_places(source: Source, options: ReadOptions) -> FilePlaces:
    """The document and where its text stands. Raises as `read_text`."""
    if options.segmented:
        raise UsageError("a Word document is not segmented text", hint="export it as .txt first")
    if not is_zip(source.data):
        raise Declined("not a zip package, as Word documents are")
    word = _Word(Parts(Package.of_document(source.data, source.name)), options.include)
    word.body()
    word.collected.properties(word.parts.properties())
    known = word.parts.metadata()
    lang = word.language(known.pop("lang", ("",))[0])
    title = known.pop("title", ("",))[0]
    drafts = word.collected.all(title)
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
        dropped=word.collected.dropped,
        places=places,
    )
    return FilePlaces(document, places, word.parts.roots, word.collected.copies)


class _Word:
    """One package on its way to paragraphs."""

    def __init__(self, parts: Parts, include: frozenset[str] = frozenset()) -> None:
        self.parts = parts
        self.collected = Collector(include)
        self.styles, self.default_lang = parts.styles()
        self.links = parts.relations()
        self.notes: dict[str, dict[str, Any]] = {}
        self.langs: Counter[str] = Counter()  # characters that runs say to be in a language
        self.characters = 0
        self._carry: Rich | None = None  # what goes on in the next paragraph
        self._formats: list[str] = []
        self._boxes: list[Any] = []
        self._anchors: list[tuple[str, str]] = []
        self._hidden = False  # by the style of the paragraph
        self._font = ""

    def body(self) -> None:
        """All paragraphs of the main part, then what is left out of the others."""
        for child in self.parts.parse(self.parts.main):
            if local(child) == "body":
                self._blocks(child, "", "")
                self._misplaced(child)
            for words in words_of([child]) if local(child) != "body" else ():
                self.collected.drop("outside the body", words)
        if self._carry is not None:
            self.collected.add(self._carry, Style(), "")
        for kind, words, pieces in self.parts.asides():
            self.collected.drop(kind, words, pieces, once=kind != "comment")
        for part in _NOTES.values():
            for note in self._notes_of(part).values():
                for words in words_of(note):
                    self.collected.drop(f"{part[:-1]} that the text does not refer to", words)

    def _misplaced(self, root: Any) -> None:
        """List the words of elements that hold none by the standard."""
        for element in root.iter(*[f"{{*}}{tag}" for tag in _NO_TEXT]):
            if any(map(str.strip, element.itertext())) and not any(
                local(above) in _NO_TEXT for above in element.iterancestors()
            ):
                self.collected.drop("where the standard has no text", words_within([element]))

    def language(self, of_file: str) -> str:
        """What the runs say, where most of the text says it; else the file's default."""
        lang, characters = max(self.langs.items(), key=lambda entry: entry[1], default=("", 0))
        return lang if 2 * characters > self.characters else of_file or self.default_lang

    def _blocks(self, parent: Any, kind: str, note: str) -> None:
        for child in parent:
            tag = local(child)
            if tag == "p":
                self._paragraph(child, kind, note)
            elif tag == "tbl":
                self._table(child, kind, note)
            elif tag in _GONE:
                self._drop_deleted(child)
            elif tag == "AlternateContent":
                chosen = self._form_of(child)
                self._blocks(() if chosen is None else chosen, kind, note)
            elif tag == "altChunk":
                self.collected.drop(
                    "embedded document", self.links.get(attribute(child, "id"), "?")
                )
            elif holds_paragraphs(child):
                self._blocks(child, kind, note)
            elif tag and tag not in _NO_TEXT:  # words beside paragraphs: a formula, a stray run
                self._paragraph([child], kind, note)

    def _table(self, table: Any, kind: str, note: str) -> None:
        for row in _through(table, "tr"):
            if local(row) in _GONE or child_of(child_of(row, "trPr"), "del") is not None:
                self._drop_deleted(row)
                continue
            for cell in _through(row, "tc"):
                gone = local(cell) in _GONE
                if gone or child_of(child_of(cell, "tcPr"), "cellDel") is not None:
                    self._drop_deleted(cell)
                else:
                    self._blocks(cell, kind or "cell", note)

    def _paragraph(self, element: Any, kind: str, note: str) -> None:
        properties = child_of(element, "pPr")
        word_style = self._style_of(properties)
        style = word_style.style
        if kind and style.kind not in ("caption", "contents"):
            style = Style(kind)
        elif word_style.numbered and not style.kind:
            style = Style("item")
        rich = self._carry or Rich()
        self._carry = None
        self._formats.clear()
        self._hidden = word_style.hidden
        ignore = ("bold",) if style.kind in ("heading", "title") else ()
        self._inline(element, rich, ignore)
        boxes, self._boxes = self._boxes, []
        anchors, self._anchors = self._anchors, []
        mark = child_of(properties, "rPr")
        if mark is not None and any(child_of(mark, tag) is not None for tag in _GONE):
            rich.add(" ")
            self._carry = rich
        elif _is_drop_cap(properties):
            set_formats(rich, self._formats, ())
            self._carry = rich
        else:
            self.collected.add(rich, style, note)
        carry, self._carry = self._carry, None  # boxes and notes do not go on with it
        for box in boxes:
            self._apart(box, "box", note)
        for part, number in anchors:
            self._note(part, number)
        self._carry = carry

    def _apart(self, parent: Any, kind: str, note: str) -> None:
        """Blocks that stand beside the text: what goes on at their end goes on nowhere."""
        self._blocks(parent, kind, note)
        if self._carry is not None:
            self.collected.add(self._carry, Style(kind), note)
            self._carry = None

    def _style_of(self, properties: Any) -> WordStyle:
        word_style = self.styles.get(value_of(child_of(properties, "pStyle")), WordStyle())
        style, numbered = word_style.style, word_style.numbered
        level = outline_level(properties)
        if level and not style.kind:
            style = Style("heading", level)
        own = child_of(properties, "numPr")
        if own is not None:
            numbered = value_of(child_of(own, "numId")) != "0"
        return WordStyle(style, numbered, word_style.hidden)

    def _notes_of(self, part: str) -> dict[str, Any]:
        """The notes of a part that have not been read yet, by their ids."""
        if part not in self.notes:
            known = {attribute(note, "id"): note for note in self.parts.beside(f"{part}.xml")}
            self.notes[part] = known
        return self.notes[part]

    def _note(self, part: str, number: str) -> None:
        element = self._notes_of(part).pop(number, None)  # once, so that no note can hold itself
        if element is not None:
            self._apart(element, "note", f"{part[:-1]}-{number}")
            self._misplaced(element)

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
            elif tag in _GONE:
                self._drop_deleted(child)
            else:
                self._piece(child, tag, rich, ignore)

    def _run(self, run: Any, rich: Rich, ignore: tuple[str, ...]) -> None:
        properties = child_of(run, "rPr")
        own = is_hidden(properties)
        by_style = self.styles.get(value_of(child_of(properties, "rStyle")), WordStyle()).hidden
        if (self._hidden or by_style) if own is None else own:
            self.collected.drop("hidden text", words_within(run))
            return
        wanted = [] if properties is None else _formats(properties)
        set_formats(rich, self._formats, [kind for kind in wanted if kind not in ignore])
        size = sum(len(e.text or "") for e in run if local(e) == "t")
        if lang := value_of(child_of(properties, "lang")):
            self.langs[lang] += size
        self.characters += size
        before, self._font = self._font, _font_of(properties)
        self._inline(run, rich, ignore)
        self._font = before

    def _piece(self, element: Any, tag: str, rich: Rich, ignore: tuple[str, ...]) -> None:
        if tag in ("t", "sym"):
            self._characters(element, tag, rich, ignore)
        elif tag == "noBreakHyphen":
            rich.add("\u2011")
        elif tag in _MARKS:
            paged = attribute(element, "type") in ("page", "column")
            (rich.add if paged else rich.mark)(" " if paged else _MARKS[tag])
        elif tag in _NOTES:
            part, number = _NOTES[tag], attribute(element, "id")
            rich.mark("note", f"{part[:-1]}-{number}")
            self._anchors.append((part, number))
        elif tag == "AlternateContent":
            chosen = self._form_of(element)
            self._inline(() if chosen is None else chosen, rich, ignore)
        elif tag in ("drawing", "pict", "object"):
            self._boxes += text_boxes(element)
            for reason, words in described(element):
                self.collected.drop(reason, words)
        elif tag in _ASIDE:
            self.collected.drop(_ASIDE[tag], words_within([element]))
        elif tag in ("p", "tbl"):  # inside what stands in a line
            self._boxes.append([element])
        elif tag not in _NO_TEXT:
            self._inline(element, rich, ignore)

    def _characters(self, element: Any, tag: str, rich: Rich, ignore: tuple[str, ...]) -> None:
        sign, name = symbol_of(element) if tag == "sym" else ("", "")
        self._text(rich, element.text or sign, (element, False) if element.text else None)
        if name and not sign:
            self.collected.drop("character of a symbol font", name)
        for child in element:  # which the schema forbids
            self._inline([child], rich, ignore)
            self._text(rich, child.tail or "")

    def _text(self, rich: Rich, text: str, origin: tuple[Any, bool] | None = None) -> None:
        made, unknown = in_unicode(text, self._font)
        rich.add(made, origin if made == text else None)
        for lost in unknown:
            self.collected.drop("character of a symbol font", lost)

    def _form_of(self, element: Any) -> Any:
        """The form that is read of several of one thing; what others say more is listed."""
        chosen, others = chosen_form(element)
        for words in others:
            self.collected.drop("another form of what is read", words)
        return chosen

    def _drop_deleted(self, element: Any) -> None:
        self.collected.drop(_DELETED, words_within(element))


def _through(parent: Any, wanted: str) -> Iterator[Any]:
    """The rows of a table or the cells of a row, also those in content controls and their like;
    deleted ones come as they are.
    """
    for child in parent:
        tag = local(child)
        if tag in (wanted, *_GONE):
            yield child
        elif tag and tag not in _NO_TEXT:
            yield from _through(child, wanted)


def _is_drop_cap(properties: Any) -> bool:
    frame = child_of(properties, "framePr")
    return frame is not None and attribute(frame, "dropCap") in ("drop", "margin")


def _font_of(properties: Any) -> str:
    fonts = child_of(properties, "rFonts")
    return "" if fonts is None else attribute(fonts, "ascii") or attribute(fonts, "hAnsi")


def _formats(properties: Any) -> Iterator[str]:
    for element in properties:
        tag, value = local(element), attribute(element, "val").lower()
        if tag == "vertAlign" and value in ("superscript", "subscript"):
            yield value[:3]
        elif tag == "rStyle" and value in ("strong", "emphasis"):
            yield "bold" if value == "strong" else "italic"
        elif _FORMATS.get(tag) and value not in OFF:
            yield _FORMATS[tag]
