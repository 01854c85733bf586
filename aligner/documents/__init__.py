"""Readers of one text, by kind: web pages, word processors, books, printed pages, Markdown, subtitles,
plain text. Each `read(source, options) -> Document`, heavy libraries imported inside.

Start reading from `plain`, the shortest.
"""

from __future__ import annotations

from aligner.text.readers import DocumentFormat, Reader

__all__ = ["DOCUMENTS"]


def _html() -> Reader:
    from aligner.documents.html.read import read, read_text

    return Reader(read, read_text)


def _markdown() -> Reader:
    from aligner.documents.markdown.read import read, read_text

    return Reader(read, read_text)


def _plain() -> Reader:
    from aligner.documents.plain import read, read_text

    return Reader(read, read_text)


def _docx() -> Reader:
    from aligner.documents.office.docx import read, read_text

    return Reader(read, read_text)


def _doc() -> Reader:
    from aligner.documents.office.doc import read, read_text

    return Reader(read, read_text)


def _odt() -> Reader:
    from aligner.documents.office.odt import read, read_text

    return Reader(read, read_text)


def _rtf() -> Reader:
    from aligner.documents.office.rtf import read, read_text

    return Reader(read, read_text)


def _epub() -> Reader:
    from aligner.documents.epub.read import read, read_text

    return Reader(read, read_text)


def _pdf() -> Reader:
    from aligner.documents.pdf.read import read, read_text

    return Reader(read, read_text)


def _subtitles() -> Reader:
    from aligner.documents.subtitles.read import read, read_text

    return Reader(read, read_text)


def _ass() -> Reader:
    from aligner.documents.subtitles.ass import read, read_text

    return Reader(read, read_text)


def _ttml() -> Reader:
    from aligner.documents.subtitles.ttml import read, read_text

    return Reader(read, read_text)


DOCUMENTS: dict[str, DocumentFormat] = {
    one.name: one
    for one in (
        DocumentFormat(
            "html",
            (".html", ".htm", ".xhtml", ".mht", ".mhtml"),
            _html,
            roots=("html",),
            title="web page, MHTML",
        ),
        DocumentFormat(
            "md", (".md", ".mdx", ".markdown", ".mkd", ".qmd", ".rmd"), _markdown, title="Markdown"
        ),
        DocumentFormat("txt", (".txt", ".text"), _plain, title="plain text"),
        DocumentFormat("docx", (".docx", ".docm", ".dotx"), _docx, title="Word"),
        DocumentFormat(
            "doc", (".doc", ".dot"), _doc, title="Word 6 to 2003, through LibreOffice where it is"
        ),
        DocumentFormat(
            "odt", (".odt", ".ott", ".fodt"), _odt, roots=("document",), title="OpenDocument text"
        ),
        DocumentFormat("rtf", (".rtf",), _rtf, title="Rich Text Format"),
        DocumentFormat("epub", (".epub",), _epub, title="electronic book"),
        DocumentFormat(
            "pdf", (".pdf",), _pdf, extra="pdf", title="printed pages with a text layer"
        ),
        DocumentFormat("srt", (".srt",), _subtitles, title="subtitles, SubRip"),
        DocumentFormat("vtt", (".vtt",), _subtitles, title="subtitles, WebVTT"),
        DocumentFormat("ass", (".ass", ".ssa"), _ass, title="subtitles, Advanced SubStation Alpha"),
        DocumentFormat(
            "ttml", (".ttml", ".dfxp", ".itt"), _ttml, roots=("tt",), title="subtitles, TTML"
        ),
    )
}
