"""A Word document (ECMA-376, transitional) with a table: a column a text, a row a unit.

The row of the languages stands on every page, no row is parted by a page's end; a segment without
counterpart has an empty grey cell beside it. Text that runs to the left does so in its cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from aligner.files import Sink
from aligner.formats.common.packing import packed
from aligner.formats.common.runs import TextPart, TextRun, other_formatting, parts_of, title_of
from aligner.formats.options import WriteOptions
from aligner.languages.scripts import is_right_to_left
from aligner.model import Alignment, AlignmentSet, Document, Row, as_set, rows_of
from aligner.text.output import bcp47, xml_safe

__all__ = ["losses", "write"]

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PARTS = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WIDTH = 14_570  # twentieths of a point: A4 on its side between its margins
_FORMATS = {
    "bold": "<w:b/>",
    "italic": "<w:i/>",
    "underline": '<w:u w:val="single"/>',
    "sup": '<w:vertAlign w:val="superscript"/>',
    "sub": '<w:vertAlign w:val="subscript"/>',
    "code": "",
}
_STYLES = {
    "title": ("Title", "Title", '<w:b/><w:sz w:val="30"/>'),
    "caption": ("Caption", "caption", '<w:sz w:val="18"/>'),
    "quote": ("Quote", "Quote", "<w:i/>"),
    "standfirst": ("Subtitle", "Subtitle", '<w:sz w:val="24"/>'),
    "item": ("ListParagraph", "List Paragraph", ""),
}


def losses(alignment: Alignment | AlignmentSet, options: WriteOptions) -> Iterator[str]:
    """Links, images and notes."""
    del options
    yield from other_formatting(alignment)


def write(alignment: Alignment | AlignmentSet, sink: Sink, options: WriteOptions) -> None:
    """Write the document. Raises ExportError where the sink cannot be written."""
    alignments = as_set(alignment)
    moment = options.moment()
    stamp = f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment else ""
    members = {
        "[Content_Types].xml": _HEAD
        + f'<Types xmlns="{_PARTS}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_KIND}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{_KIND}.styles+xml"/>'
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
        "_rels/.rels": _relations(
            (f"{_OFFICE}/officeDocument", "word/document.xml"),
            (f"{_PARTS}/relationships/metadata/core-properties", "docProps/core.xml"),
        ),
        "word/_rels/document.xml.rels": _relations((f"{_OFFICE}/styles", "styles.xml")),
        "word/document.xml": "".join(_document(alignments)),
        "word/styles.xml": _styles(),
        "docProps/core.xml": _core(title_of(alignments.documents), stamp),
    }
    with sink.open() as out:
        out.write(packed(members))


def _relations(*targets: tuple[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="r{n}" Type="{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PARTS}/relationships">{rows}</Relationships>'


def _core(title: str, stamp: str) -> str:
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{stamp}</dcterms:{name}>'
        for name in (("created", "modified") if stamp else ())
    )
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_PARTS}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{_safe(title)}</dc:title>{dates}</cp:coreProperties>"
    )


def _styles() -> str:
    defaults = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="21"/></w:rPr></w:rPrDefault><w:pPrDefault>'
        '<w:pPr><w:spacing w:before="20" w:after="40"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
    )
    made = [f'{_HEAD}<w:styles xmlns:w="{_W}">{defaults}']
    headings = {
        f"heading{n}": (
            f"Heading{n}",
            f"heading {n}",
            f'<w:b/><w:sz w:val="{max(22, 30 - 2 * n)}"/>',
        )
        for n in range(1, 7)
    }
    for key, name, looks in (*_STYLES.values(), *headings.values()):
        level = f'<w:outlineLvl w:val="{int(key[-1]) - 1}"/>' if key[-1].isdigit() else ""
        made.append(
            f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>'
            f'<w:basedOn w:val="Normal"/><w:pPr>{level}</w:pPr><w:rPr>{looks}</w:rPr></w:style>'
        )
    return "".join([*made, "</w:styles>"])


def _document(alignments: AlignmentSet) -> Iterator[str]:
    documents = alignments.documents
    width = _WIDTH // len(documents)
    border = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="BFBFBF"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    yield f'{_HEAD}<w:document xmlns:w="{_W}"><w:body><w:tbl><w:tblPr>'
    yield f'<w:tblW w:w="{_WIDTH}" w:type="dxa"/><w:tblBorders>{border}</w:tblBorders>'
    yield '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="100" w:type="dxa"/>'
    yield '<w:right w:w="100" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>'
    yield f'<w:gridCol w:w="{width}"/>' * len(documents)
    yield "</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
    for document in documents:
        head = f"{title_of([document])} ({bcp47(document.lang)})"
        part = TextPart("para", 0, (TextRun(xml_safe(head), ("bold",)),))
        yield _cell([part], document, width, "EDEDED")
    yield "</w:tr>"
    for row in rows_of(alignments):
        yield _row(row, documents, width)
    yield '</w:tbl><w:p/><w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    yield '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" '
    yield 'w:footer="567" w:gutter="0"/></w:sectPr></w:body></w:document>'


def _row(row: Row, documents: tuple[Document, ...], width: int) -> str:
    cells = [
        _cell(parts_of(document, side), document, width, "" if side else "F2F2F2")
        for document, side in zip(documents, row.sides, strict=True)
    ]
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _cell(parts: list[TextPart], document: Document, width: int, colour: str) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{colour}"/>' if colour else ""
    body = "".join(_paragraph(part, document) for part in parts) or "<w:p/>"
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{body}</w:tc>'


def _paragraph(part: TextPart, document: Document) -> str:
    turned = is_right_to_left(document.lang)
    key = f"Heading{min(max(part.level, 1), 6)}" if part.kind == "heading" else ""
    key = key or _STYLES.get(part.kind, ("",))[0]
    style = f'<w:pStyle w:val="{key}"/>' if key else ""
    properties = f"<w:pPr>{style}{'<w:bidi/>' * turned}</w:pPr>"
    return (
        f"<w:p>{properties}{''.join(_run(run, document, turned=turned) for run in part.runs)}</w:p>"
    )


def _run(run: TextRun, document: Document, *, turned: bool) -> str:
    if run.text == "\n":
        return "<w:r><w:br/></w:r>"
    tag = quoteattr(bcp47(document.lang))
    names = "w:bidi" if turned else "w:val"
    lang = f"<w:lang {names}={tag} w:eastAsia={tag}/>"
    font = '<w:rFonts w:ascii="Courier New" w:hAnsi="Courier New"/>' * ("code" in run.kinds)
    looks = [_FORMATS[kind] for kind in ("bold", "italic", "underline") if kind in run.kinds]
    above = [_FORMATS[kind] for kind in ("sup", "sub") if kind in run.kinds][:1]
    properties = "".join([font, *looks, *above, "<w:rtl/>" * turned, lang])
    return (
        f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{_safe(run.text)}</w:t></w:r>'
    )


def _safe(text: str) -> str:
    return escape(xml_safe(text))
