"""The lines of a PDF by PDFium, in a process under limits.

PDFium is a library in C++: a form that draws itself makes it take all memory, and where there is no
more it ends its process. `extracted` is what that process runs.
"""

from __future__ import annotations

from typing import NamedTuple

from aligner.documents.pdf.grid import Line
from aligner.model import Limits, Malformed, MissingExtra, ReadError
from aligner.runtime.bounded import Work, bounded

__all__ = ["Extracted", "extract"]

MAX_PAGES = 5000
_USUAL = Limits(60.0, 400_000_000)
_AGAIN = (
    "get the file again; where a viewer opens it, print it to a new PDF, or export its text as .txt"
)


class Extracted(NamedTuple):
    """The lines of all pages in PDFium's order, how many pages there are, PDF's own metadata, and the
    pages (from 1) whose text is a picture.
    """

    lines: list[Line]
    pages: int
    metadata: dict[str, str]
    pictures: list[int]


def extract(data: bytes, name: str, limits: Limits) -> Extracted:
    """Read a PDF under limits.

    Raises MissingExtra without the library, ReadError for too many pages and for one that passes a
    limit, Malformed for a damaged or a locked one.
    """
    answer: Extracted = bounded(
        "aligner.documents.pdf.extract:extracted",
        data,
        name,
        MAX_PAGES,
        work=Work(name, "reading this PDF", _USUAL, len(data)),
        limits=limits,
        error=ReadError,
    )
    return answer


def extracted(data: bytes, name: str, most: int) -> Extracted:
    """The same without limits, in this process; `most` pages."""
    try:
        import pypdfium2
    except ImportError:
        raise MissingExtra(
            "reading PDF needs the optional part [pdf]",
            context=name,
            hint="pip install 'aligner[pdf]', or export the text as .txt",
        ) from None
    from aligner.documents.pdf.pictures import FEW, is_picture
    from aligner.documents.pdf.printed import page_lines

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadError(
                "locked with a password", context=name, hint="open it and print it to a new PDF"
            ) from None
        raise Malformed(f"a damaged PDF: {error}".rstrip("."), context=name, hint=_AGAIN) from None
    try:
        pages = len(pdf)
        if pages > most:
            raise ReadError(
                f"it has {pages} pages, and at most {most} are read", context=name, hint="split it"
            )
        lines: list[Line] = []
        pictures: list[int] = []
        for number in range(pages):
            of_page = page_lines(pdf, number)
            lines += of_page
            letters = sum(sum(map(str.isalpha, line.text)) for line in of_page)
            if letters < FEW:
                page = pdf[number]
                pictures += [number + 1] if is_picture(page, letters) else []
                page.close()
        return Extracted(lines, pages, dict(pdf.get_metadata_dict(skip_empty=True)), pictures)
    except pypdfium2.PdfiumError as error:
        raise Malformed(f"a damaged PDF: {error}".rstrip("."), context=name, hint=_AGAIN) from None
    finally:
        pdf.close()
