"""Smallest files of the packed formats, made in memory, for tests that need odd content in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from html import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
    for key, name in (
        ("Title", "Title"),
        ("Ttulo1", "heading 1"),
        ("Ttulo2", "heading 2"),
        ("Cita", "Quote"),
        ("Pie", "caption"),
    )
)
_ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
    )
)


def pack(members: Mapping[str, str | bytes], stored: str = "") -> bytes:
    """A zip package; `stored` is a first member `mimetype`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        if stored:
            package.writestr(zipfile.ZipInfo("mimetype"), stored)
        for name, content in members.items():
            package.writestr(name, content)
    return out.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A Word document of this body; `footnotes="..."` and the like fill more parts."""
    members = {
        "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}</w:body></w:document>',
        "word/styles.xml": f'<w:styles xmlns:w="{W}">{_STYLES}</w:styles>',
    }
    for name, content in parts.items():
        members[f"word/{name}.xml"] = f'<w:{name} xmlns:w="{W}">{content}</w:{name}>'
    return pack(members)


def word_p(text: str, style: str = "") -> str:
    """A paragraph of Word."""
    said = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{said}<w:r><w:t xml:space='preserve'>{escape(text)}</w:t></w:r></w:p>"


def odt(body: str, styles: str = "") -> bytes:
    """An OpenDocument text of this body."""
    content = (
        f"<office:document-content {_ODF}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    return pack({"content.xml": content}, "application/vnd.oasis.opendocument.text")


def epub(*pages: str, metadata: str = "") -> bytes:
    """A book of these pages (bodies of XHTML)."""
    items = "".join(
        f'<item id="p{n}" href="text/p%20{n}.xhtml" media-type="application/xhtml+xml"/>'
        for n in range(len(pages))
    )
    spine = "".join(f'<itemref idref="p{n}"/>' for n in range(len(pages)))
    opf = (
        '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<metadata>{metadata}</metadata><manifest>{items}"
        '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>'
        f'</manifest><spine><itemref idref="nav"/>{spine}</spine></package>'
    )
    members: dict[str, str | bytes] = {
        "META-INF/container.xml": '<container><rootfiles><rootfile full-path="OPS/b.opf"/></rootfiles></container>',
        "OPS/b.opf": opf,
        "OPS/nav.xhtml": "<html><body><p>Índice</p></body></html>",
    }
    for n, page in enumerate(pages):
        members[f"OPS/text/p {n}.xhtml"] = (
            f'<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><body>{page}</body></html>'
        )
    return pack(members, "application/epub+zip")


def rtf(text: str) -> str:
    """Text as RTF writes it."""
    made = []
    for character in text:
        if character in "\\{}":
            made.append(f"\\{character}")
        elif ord(character) < 128:
            made.append(character)
        else:
            units = character.encode("utf-16-le")
            for low, high in zip(units[::2], units[1::2], strict=True):
                value = low + 256 * high
                made.append(f"\\u{value - 65536 if value > 32767 else value}?")
    return "".join(made)


def xlsx(rows: str, *shared: str, size: str = "A1:C3") -> bytes:
    """A workbook of one sheet with these rows; `shared` are its shared strings, `size` what the
    sheet says its size is.
    """
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    strings = "".join(f"<si><t>{escape(text)}</t></si>" for text in shared)

    def relations(**targets: str) -> str:
        made = "".join(
            f'<Relationship Id="{name}" Type="{R}/{name}" Target="{target}"/>'
            for name, target in targets.items()
        )
        return f'<Relationships xmlns="{parts}/relationships">{made}</Relationships>'

    return pack(
        {
            "[Content_Types].xml": f'<Types xmlns="{parts}/content-types">'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
            f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}.sharedStrings+xml"/>'
            "</Types>",
            "_rels/.rels": relations(officeDocument="xl/workbook.xml"),
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{R}"><sheets>'
            '<sheet name="a" sheetId="1" r:id="worksheet"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relations(
                worksheet="worksheets/sheet1.xml", sharedStrings="sharedStrings.xml"
            ),
            "xl/sharedStrings.xml": f'<sst xmlns="{main}">{strings}</sst>',
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><dimension ref="{size}"/>'
            f"<sheetData>{rows}</sheetData></worksheet>",
        }
    )
