"""EPUB 3.3 of any number of texts: what translates each other stands together, the source first.

Paragraphs stay whole: those of one block are all that the beads between two common ends of paragraphs
join. A heading of the first two levels begins a chapter, a file of its own with an entry in the table
of contents. Elements of a paragraph are those of XHTML; its kind is their class.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from aligner.files import Sink
from aligner.formats.common.packing import packed
from aligner.formats.common.runs import TextPart, TextRun, other_formatting, parts_of, title_of
from aligner.formats.options import WriteOptions
from aligner.languages.scripts import is_right_to_left
from aligner.model import Alignment, AlignmentSet, Document, Segment, as_set, rows_of
from aligner.text.output import bcp47, xml_safe

__all__ = ["losses", "write"]

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACES = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
_TOP = 2  # level of a heading that begins a chapter
_LONGEST = 60  # segments of a block whose paragraphs never end together
_BLOCKS = 400  # of a chapter without headings
_UNDATED = "2000-01-01T00:00:00Z"  # a book must have a date
_TAGS = {"bold": "b", "italic": "i", "underline": "u", "sup": "sup", "sub": "sub", "code": "code"}
_STYLE = """body { margin: 5%; line-height: 1.4; }
.block { margin: 0 0 1em; }
.block > * { margin: 0.1em 0; }
.s1, .s2, .s3, .s4 { color: #454545; }
.item { margin-left: 1.2em; }
blockquote { margin-left: 1.2em; }
.caption, .note { font-size: 0.9em; }
h1, h2, h3, h4, h5, h6 { line-height: 1.2; }
"""


@dataclass(slots=True)
class _Chapter:
    """The blocks of a file and the words of its heading."""

    label: str
    blocks: list[str] = field(default_factory=list)


def losses(alignment: Alignment | AlignmentSet, options: WriteOptions) -> Iterator[str]:
    """Links, images and notes."""
    del options
    yield from other_formatting(alignment)


def write(alignment: Alignment | AlignmentSet, sink: Sink, options: WriteOptions) -> None:
    """Write the book. Raises ExportError where the sink cannot be written."""
    alignments = as_set(alignment)
    documents = alignments.documents
    title = title_of(documents)
    chapters = list(_chapters(alignments, title))
    names = [f"text-{number:03}.xhtml" for number in range(1, len(chapters) + 1)]
    tag = bcp47(documents[0].lang)
    members = {
        "META-INF/container.xml": (
            f'{_HEAD}<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
            '<rootfiles><rootfile full-path="EPUB/package.opf" '
            'media-type="application/oebps-package+xml"/></rootfiles></container>'
        ),
        "EPUB/package.opf": _package(documents, title, names, options),
        "EPUB/nav.xhtml": _navigation(chapters, names, title, tag),
        "EPUB/style.css": _STYLE,
    }
    for name, chapter in zip(names, chapters, strict=True):
        body = "\n".join(chapter.blocks)
        members[f"EPUB/{name}"] = _page(chapter.label, tag, f"<section>\n{body}\n</section>")
    with sink.open() as out:
        out.write(packed(members, "application/epub+zip"))


def _package(
    documents: Sequence[Document], title: str, names: Sequence[str], options: WriteOptions
) -> str:
    texts = "\n".join(s.text for d in documents for s in d.segments)
    identity = uuid.uuid5(uuid.NAMESPACE_URL, f"{title}\n{texts}")
    moment = options.moment()
    modified = f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment else _UNDATED
    tags = dict.fromkeys(bcp47(document.lang) for document in documents)
    languages = "".join(f"<dc:language>{_safe(tag)}</dc:language>" for tag in tags)
    people = "".join(
        f"<dc:{element}>{_safe(name)}</dc:{element}>"
        for key, element in (("author", "creator"), ("translator", "contributor"))
        for name in dict.fromkeys(
            n for d in documents for n in d.metadata.get(key, ()) if n.strip()
        )
    )
    files = "".join(
        f'<item id="t{n}" href="{name}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(names, start=1)
    )
    spine = "".join(f'<itemref idref="t{n}"/>' for n in range(1, len(names) + 1))
    return (
        f'{_HEAD}<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<dc:identifier id="id">urn:uuid:{identity}</dc:identifier>'
        f"<dc:title>{_safe(title)}</dc:title>{languages}{people}"
        f'<meta property="dcterms:modified">{modified}</meta></metadata>'
        '<manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" '
        'properties="nav"/><item id="css" href="style.css" media-type="text/css"/>'
        f"{files}</manifest><spine>{spine}</spine></package>"
    )


def _navigation(chapters: Sequence[_Chapter], names: Sequence[str], title: str, tag: str) -> str:
    rows = "".join(
        f'<li><a href="{name}">{_safe(chapter.label)}</a></li>'
        for name, chapter in zip(names, chapters, strict=True)
    )
    body = f'<nav epub:type="toc" id="toc"><h1>{_safe(title)}</h1><ol>{rows}</ol></nav>'
    return _page(title, tag, body)


def _page(title: str, tag: str, body: str) -> str:
    lang = quoteattr(tag)
    return (
        f"{_HEAD}<!DOCTYPE html>\n<html {_SPACES} lang={lang} xml:lang={lang}><head>"
        f'<title>{_safe(title)}</title><link rel="stylesheet" type="text/css" href="style.css"/>'
        f"</head><body>{body}</body></html>\n"
    )


def _chapters(alignments: AlignmentSet, title: str) -> Iterator[_Chapter]:
    """Files of the book, one at least."""
    chapter = _Chapter(title)
    for sides in _blocks(alignments):
        parts = [
            parts_of(document, side)
            for document, side in zip(alignments.documents, sides, strict=True)
        ]
        label = _heading(parts)
        if (label and chapter.blocks) or len(chapter.blocks) == _BLOCKS:
            yield chapter
            chapter = _Chapter(label or title)
        elif label:
            chapter.label = label
        chapter.blocks.append(_block(parts, alignments.documents))
    yield chapter


def _blocks(alignments: AlignmentSet) -> Iterator[list[list[Segment]]]:
    """Segments of each text up to where a paragraph ends in all of them."""
    documents = alignments.documents
    sides: list[list[Segment]] = [[] for _ in documents]
    for row in rows_of(alignments):
        for side, more in zip(sides, row.sides, strict=True):
            side.extend(more)
        inside = any(
            side and side[-1] != document.paragraphs[side[-1].paragraph].segments[-1]
            for document, side in zip(documents, sides, strict=True)
        )
        if not inside or sum(map(len, sides)) >= _LONGEST:
            yield sides
            sides = [[] for _ in documents]
    if any(sides):
        yield sides


def _heading(parts: Sequence[Sequence[TextPart]]) -> str:
    """The words of a heading that begins a chapter, in all languages; "" for none."""
    first = next((side[0] for side in parts if side), None)
    if first is None or not (
        first.kind == "title" or (first.kind == "heading" and first.level <= _TOP)
    ):
        return ""
    texts = ["".join(run.text for run in side[0].runs).replace("\n", " ") for side in parts if side]
    return " · ".join(filter(str.strip, texts))


def _block(parts: Sequence[Sequence[TextPart]], documents: Sequence[Document]) -> str:
    rows = [
        _paragraph(part, document, number)
        for number, (side, document) in enumerate(zip(parts, documents, strict=True))
        for part in side
    ]
    return f'<div class="block">{"".join(rows)}</div>'


def _paragraph(part: TextPart, document: Document, number: int) -> str:
    tag = quoteattr(bcp47(document.lang))
    turned = ' dir="rtl"' if is_right_to_left(document.lang) else ""
    about = f' class="s{number} {part.kind}" lang={tag} xml:lang={tag}{turned}'
    body = "".join(map(_run, part.runs))
    if part.kind == "quote":
        return f"<blockquote{about}><p>{body}</p></blockquote>"
    name = "p"
    if part.kind in ("title", "heading"):
        name = f"h{1 if part.kind == 'title' else min(max(part.level, 1) + 1, 6)}"
    return f"<{name}{about}>{body}</{name}>"


def _run(run: TextRun) -> str:
    if run.text == "\n":
        return "<br/>"
    text = _safe(run.text)
    for kind in reversed(run.kinds):
        text = f"<{_TAGS[kind]}>{text}</{_TAGS[kind]}>"
    return text


def _safe(text: str) -> str:
    return escape(xml_safe(text))
