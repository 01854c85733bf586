"""Text layer of a PDF (experimental; the optional part [pdf]): pypdfium2, reading order as PDFium
finds it.

A PDF knows lines, not paragraphs or cells: lines whose wide gaps stand over each other are rows of a
table (see `_grid`), a paragraph each cell; elsewhere a line ends a paragraph where it is short for its
page, where the next is set apart, larger or indented, and at a list's mark. Hyphens at line ends are
taken out (PDFium marks them), running heads and page numbers that come again on most pages go (listed
in `Document.dropped`). Notes are recognised by smaller letters with a number before them, by a raised
number that opens a line, by a link back at their end; they come last. Scanned pages have no text
layer (see `pictures`): the error, or a notice where others have one, says which and what to do.
"""

from __future__ import annotations

import re
from collections import Counter

from aligner.documents.office.package import BULLET
from aligner.documents.pdf.extract import extract
from aligner.documents.pdf.grid import Line, column_edges, find_tables
from aligner.documents.pdf.pictures import page_numbers
from aligner.model import (
    Declined,
    Document,
    Dropped,
    ReadError,
    ReadOptions,
    Source,
    UsageError,
)
from aligner.text.drafts import DEFAULTS, make_document, suffix_of
from aligner.text.rich import Draft, clean, weight

__all__ = ["SUFFIXES", "read"]

SUFFIXES = (".pdf",)

_OCR = "for example with ocrmypdf --skip-text IN.pdf OUT.pdf"
_HYPHENS = re.compile("[\u0002\ufffe\u00ad]\\s*$")
_PLAIN_HYPHEN = re.compile(r"(?<=[^\W\d_])-$")
# a hyphen of PDFium between two parts of a word, which may be on one line of its text
_PARTED = re.compile("(?P<before>\\w+)[\u0002\ufffe](?P<after>\\w+)")
_HYPHENATED = re.compile(r"\w+(?:-\w+)+")
# before these a hyphen stands for the rest of a word that follows, whole, behind them
_JOINING = frozenset(
    ["und", "oder", "bzw", "sowie", "and", "or", "et", "ou", "och", "eller", "og", "y", "e", "o"]
)
_DIGITS = re.compile(r"\d+")
_ITEM = re.compile(r"(?:[•‣▪◦·●*–-]|\(?\d{1,3}[.)]|[a-z]\))\s+\S")
_ENDS = (".", "!", "?", "…", ":", "。", "！", "？", "»", "”", '"', ")")
_BACK = re.compile(r"\s*↩[\ufe0e\ufe0f]?\s*$")
_NUMBER = re.compile(r"^(?:\d{1,3}|[*†‡])\.?\s+")
_NOTE = re.compile(r"(?:\d{1,3}|[*†‡])\.?\s*\S")


def read(source: Source, options: ReadOptions = DEFAULTS) -> Document:
    """`source` as a document.

    Raises Declined for what is no PDF, MissingExtra without the library, ReadError for one without a
    text layer, with too many pages or one that passes `options.limits`, Malformed for a damaged or a locked one, UsageError for
    segmented text.
    """
    if not source.data[:1024].lstrip().startswith(b"%PDF-"):
        raise Declined(f"does not open with %PDF- (suffix {suffix_of(source.name) or '(none)'})")
    return read_text(source, options)


def read_text(source: Source, options: ReadOptions) -> Document:
    """As `read`, whatever the suffix."""
    if options.segmented:
        raise UsageError("a PDF is not segmented text", hint="export it as .txt first")
    lines, pages, metadata, pictures = extract(source.data, source.name, options.limits)
    if not lines:
        what = "its pages are images" if pictures else "its pages are empty"
        raise ReadError(
            f"the PDF has no text layer: {what}",
            context=source.name,
            hint=f"recognise the text first, {_OCR}" if pictures else "is it the right file?",
        )
    notices = []
    if pictures:
        notices.append(
            f"{source.name}: {page_numbers(pictures)} of {pages}: images with no text layer, or next to "
            f"none; recognise their text, {_OCR}"
        )
    kept, dropped = _without_running_heads(lines, pages)
    author = metadata.get("Author", "")
    return make_document(
        source,
        _drafts(kept),
        title=clean(metadata.get("Title", "")),
        metadata={"author": (clean(author),)} if clean(author) else {},
        dropped=dropped,
        notices=notices,
    )


def _without_running_heads(lines: list[Line], pages: int) -> tuple[list[Line], list[Dropped]]:
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


def _drafts(lines: list[Line]) -> list[Draft]:
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    edges = {id(line): edge for line, edge in zip(lines, column_edges(lines), strict=True)}
    hyphenated = frozenset(
        word.casefold() for line in lines for word in _HYPHENATED.findall(line.text)
    )
    groups: list[list[Line]] = []
    cells: dict[int, list[str]] = {}  # texts of the table that stands before a group
    at = 0
    for table in [*find_tables(lines), None]:
        opens = True
        for line in lines[at : table.start if table else len(lines)]:
            if not opens and not _breaks(groups[-1], line, edges[id(groups[-1][-1])]):
                groups[-1].append(line)
            else:
                groups.append([line])
            opens = False
        if table:
            texts = [clean(_joined(cell, hyphenated)) for row in table.rows for cell in row]
            cells.setdefault(len(groups), []).extend(filter(None, texts))
            at = table.end
    return _kinds(groups, cells, usual, hyphenated)


def _kinds(
    groups: list[list[Line]],
    cells: dict[int, list[str]],
    usual: float,
    hyphenated: frozenset[str],
) -> list[Draft]:
    """Paragraphs with what they are, cells of tables between them; notes last."""
    drafts, notes = [], []
    for number, group in enumerate(groups):
        drafts += [Draft("cell", text) for text in cells.get(number, ())]
        whole = clean(_joined([line.text for line in group], hyphenated))
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
    drafts += [Draft("cell", text) for text in cells.get(len(groups), ())]
    if drafts and drafts[0].kind == "heading":
        drafts[0].kind, drafts[0].level = "title", 0
    return [*drafts, *notes]


def _breaks(group: list[Line], line: Line, edge: float) -> bool:
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
    goes_on = not ended and line.text.lstrip()[:1].islower()
    return (very_short and not goes_on) or (ended and (short or indented))


def _joined(texts: list[str], hyphenated: frozenset[str]) -> str:
    """The lines of a paragraph as one; `hyphenated` are the words of the text with hyphens of their
    own, which they keep at the end of a line.
    """
    made: list[str] = []
    for line in texts:
        body = line.strip()
        last = made[-1] if made else ""
        if _HYPHENS.search(last) or (body[:1].isalpha() and _PLAIN_HYPHEN.search(last)):
            made[-1:] = [f"{_HYPHENS.sub('', last).removesuffix('-')}\ufffe", body]
        else:
            made += ["\n", body] if made else [body]

    def settled(match: re.Match[str]) -> str:
        if match["after"] in _JOINING:  # "Nord- und Ostsee"
            return f"{match['before']}- {match['after']}"
        own = _own_hyphen(match["before"], match["after"], hyphenated)
        return f"{match['before']}{'-' if own else ''}{match['after']}"

    return _HYPHENS.sub("-", _PARTED.sub(settled, "".join(made)))


def _own_hyphen(before: str, after: str, hyphenated: frozenset[str]) -> bool:
    """True where the hyphen between two lines belongs to the word: words are not parted after one
    letter, before a capital or in a number.
    """
    whole = f"{before}-{after}"
    return not after[0].islower() or len(before) == 1 or whole.casefold() in hyphenated
