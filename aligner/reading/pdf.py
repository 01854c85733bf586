"""Text layer of a PDF (experimental; the optional part [pdf]): pypdfium2, reading order as PDFium
finds it.

A PDF knows lines, not paragraphs: a line ends a paragraph where it is short for its page, where the
next is set apart, larger or indented, and at a list's mark. Hyphens at line ends are taken out (PDFium
marks them), running heads and page numbers that come again on most pages go (listed in
`Document.dropped`). Notes are recognised by smaller letters with a number before them, by a raised
number that opens a line, by a link back at their end; they come last. A scanned page has no text
layer: the error says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from aligner.errors import Declined, Malformed, MissingExtra, ReadError, UsageError
from aligner.model import Document, Dropped, ReadOptions, Source
from aligner.reading._build import DEFAULTS, make_document, suffix_of
from aligner.reading._package import BULLET
from aligner.reading._text import Draft, clean, weight

__all__ = ["SUFFIXES", "read"]

SUFFIXES = (".pdf",)

_MAX_PAGES = 5000
_HYPHENS = re.compile("[\u0002\ufffe\u00ad]\\s*$")
_PLAIN_HYPHEN = re.compile(r"(?<=[^\W\d_])-$")
_DIGITS = re.compile(r"\d+")
_ITEM = re.compile(r"(?:[•‣▪◦·●*–-]|\(?\d{1,3}[.)]|[a-z]\))\s+\S")
_ENDS = (".", "!", "?", "…", ":", "。", "！", "？", "»", "”", '"', ")")
_BACK = re.compile(r"\s*↩[\ufe0e\ufe0f]?\s*$")
_MARK = re.compile(r"(?<=[^\W\d_]|[.,;:!?»”)])\d{1,3}(?!\w)")
_NUMBER = re.compile(r"^(?:\d{1,3}|[*†‡])\.?\s+")
_NOTE = re.compile(r"(?:\d{1,3}|[*†‡])\.?\s*\S")
_LONE_MARK = re.compile(r"\s*(?:\d{1,3}|[*†‡])\s*$")


@dataclass(slots=True)
class _Line:
    text: str
    page: int
    left: float
    right: float
    top: float
    bottom: float
    size: float
    note: bool = False  # a raised number stood before it


def read(source: Source, options: ReadOptions = DEFAULTS) -> Document:
    """`source` as a document.

    Raises Declined for what is no PDF, MissingExtra without the library, ReadError for one without a text layer, Malformed for a
    damaged or a locked one, UsageError for segmented text.
    """
    if not source.data[:1024].lstrip().startswith(b"%PDF-"):
        raise Declined(f"does not open with %PDF- (suffix {suffix_of(source.name) or '(none)'})")
    return read_text(source, options)


def read_text(source: Source, options: ReadOptions) -> Document:
    """As `read`, whatever the suffix."""
    if options.segmented:
        raise UsageError("a PDF is not segmented text", hint="export it as .txt first")
    try:
        import pypdfium2
    except ImportError:
        raise MissingExtra(
            "reading PDF needs the optional part [pdf]",
            context=source.name,
            hint="pip install 'aligner[pdf]', or export the text as .txt",
        ) from None
    try:
        pdf = pypdfium2.PdfDocument(source.data)
    except pypdfium2.PdfiumError as error:
        raise Malformed(f"PDFium cannot open it ({error})", context=source.name) from None
    try:
        pages = min(len(pdf), _MAX_PAGES)
        lines = [line for n in range(pages) for line in _whole(list(_lines(pdf, n)))]
        said = pdf.get_metadata_dict(skip_empty=True)
    except pypdfium2.PdfiumError as error:
        raise Malformed(f"PDFium cannot read it ({error})", context=source.name) from None
    finally:
        pdf.close()
    if not lines:
        raise ReadError(
            "the PDF has no text layer", context=source.name, hint="recognise its text (OCR) first"
        )
    kept, dropped = _without_running_heads(lines, pages)
    author = said.get("Author", "")
    return make_document(
        source,
        _drafts(kept),
        title=clean(said.get("Title", "")),
        metadata={"author": (clean(author),)} if clean(author) else {},
        dropped=dropped,
    )


def _lines(pdf: Any, number: int) -> Iterator[_Line]:
    """The lines of a page in PDFium's order, with the box that their characters fill."""
    page = pdf[number]
    text_page = page.get_textpage()
    try:
        count = text_page.count_chars()
        text = text_page.get_text_range(0, count) if count else ""
        at = 0
        for raw in text.splitlines(keepends=True):
            body = raw.rstrip("\r\n")
            if body.strip():
                yield _boxed(text_page, body, at, count, number)
            at += len(raw)
    finally:
        text_page.close()
        page.close()


def _whole(lines: list[_Line]) -> list[_Line]:
    """Pieces of one printed line together: PDFium parts a line at a raised number."""
    whole: list[_Line] = []
    for line in lines:
        last = whole[-1] if whole else None
        height = max(line.size, 1.0)
        level = last is not None and abs(last.bottom - line.bottom) < 0.45 * height
        if last is not None and _is_mark_of(last, line, height):
            whole[-1] = replace(line, note=True)
        elif last is not None and level and line.left >= last.right - 0.3 * height:
            apart = line.left - last.right > 0.15 * height
            last.text += (" " if apart else "") + line.text
            last.right, last.top = line.right, max(last.top, line.top)
        else:
            whole.append(line)
    return whole


def _is_mark_of(mark: _Line, line: _Line, height: float) -> bool:
    """True where `mark` is the raised number that opens the note in `line`."""
    raised = mark.size < 0.8 * height and abs(mark.top - line.top) < 0.45 * height
    beside = -0.3 * height <= line.left - mark.right < 3 * height
    return raised and beside and _LONE_MARK.match(mark.text) is not None


def _boxed(text_page: Any, body: str, at: int, count: int, number: int) -> _Line:
    """A few characters say where a line stands: its first and last and some between."""
    places = [at + i for i, character in enumerate(body) if not character.isspace()]
    some = sorted({places[0], places[-1], *places[:: max(len(places) // 6, 1)]})
    boxes = [text_page.get_charbox(i, loose=True) for i in some if i < count]
    if not boxes:
        return _Line(body, number, 0, 0, 0, 0, 0)
    body = _without_marks(text_page, body, at, count)
    sizes = sorted(top - bottom for _, bottom, _, top in boxes)
    return _Line(
        body,
        number,
        min(b[0] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
        min(b[1] for b in boxes),
        sizes[len(sizes) // 2],
    )


def _without_marks(text_page: Any, body: str, at: int, count: int) -> str:
    """The line without the raised numbers of notes, told by letters smaller than their neighbour."""
    for match in reversed(list(_MARK.finditer(body))):
        if at + match.end() > count:
            continue
        _, low, _, high = text_page.get_charbox(at + match.start(), loose=True)
        _, bottom, _, top = text_page.get_charbox(at + match.start() - 1, loose=True)
        if high - low < 0.85 * (top - bottom):
            body = body[: match.start()] + body[match.end() :]
    return body


def _without_running_heads(lines: list[_Line], pages: int) -> tuple[list[_Line], list[Dropped]]:
    """Lines that come again, numbers apart, at the edge of most pages are not text."""
    edges: dict[int, list[int]] = {}
    for number, line in enumerate(lines):
        edges.setdefault(line.page, []).append(number)
    ends = {n for numbers in edges.values() for n in (*numbers[:2], *numbers[-2:])}
    keys = {n: _DIGITS.sub("#", clean(lines[n].text)) for n in ends}
    counts = Counter(keys.values())
    often = {key for key, times in counts.items() if pages > 1 and times > pages / 2}
    gone = {n for n, key in keys.items() if key in often or key == "#"}
    dropped = [Dropped("running head or page number", clean(lines[n].text)) for n in sorted(gone)]
    return [line for n, line in enumerate(lines) if n not in gone], dropped


def _drafts(lines: list[_Line]) -> list[Draft]:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    widest: dict[int, float] = {}
    for line in lines:
        widest[line.page] = max(widest.get(line.page, 0.0), line.right)
    groups: list[list[_Line]] = []
    for line in lines:
        if groups and not _breaks(groups[-1], line, widest[groups[-1][-1].page]):
            groups[-1].append(line)
        else:
            groups.append([line])
    drafts, notes = [], []
    for group in groups:
        whole = clean(_joined(group))
        text = _BACK.sub("", whole)
        size = group[0].size
        if not text:
            continue
        linked_back = text != whole and _NOTE.match(text)
        if group[0].note or linked_back:
            notes.append(Draft("note", _NUMBER.sub("", text)))
        elif usual and size > 1.15 * usual and weight(text) < 200:
            drafts.append(Draft("heading", text, level=1 if size > 1.6 * usual else 2))
        elif usual and size < 0.9 * usual and _NOTE.match(text):
            notes.append(Draft("note", _NUMBER.sub("", text)))
        else:
            bullet = BULLET.match(text)
            text = text[bullet.end() :] if bullet else text
            drafts.append(Draft("item" if bullet or _ITEM.match(text) else "para", text))
    if drafts and drafts[0].kind == "heading":
        drafts[0].kind, drafts[0].level = "title", 0
    return [*drafts, *notes]


def _breaks(group: list[_Line], line: _Line, edge: float) -> bool:
    """True where `line` opens a new paragraph after `group`."""
    last = group[-1]
    height = max(last.size, 1.0)
    if line.note or abs(line.size - last.size) > 0.12 * height or _ITEM.match(line.text):
        return True
    ended = last.text.rstrip().endswith(_ENDS)
    if line.page != last.page or line.top > last.top + height:  # a new page or column
        return ended
    if last.bottom - line.top > 0.7 * height:
        return True
    short = last.right < edge - 0.12 * max(edge - last.left, 1.0)
    hanging = len(group) == 1 and _ITEM.match(last.text)
    indented = line.left > last.left + 0.8 * height and not hanging
    very_short = last.right < edge - 0.3 * max(edge - last.left, 1.0)
    return very_short or (ended and (short or indented))


def _joined(group: list[_Line]) -> str:
    text = ""
    for line in group:
        body = line.text.strip()
        if _HYPHENS.search(text):
            text = _HYPHENS.sub("", text) + body
        elif _PLAIN_HYPHEN.search(text) and body[:1].islower():
            text = text[:-1] + body
        else:
            text = f"{text}\n{body}" if text else body
    return _HYPHENS.sub("-", text)
