"""PDF apart from its geometry: words at the ends of lines, bounds."""

from __future__ import annotations

import pytest

from aligner.documents.pdf import extract
from aligner.documents.pdf.read import _joined
from aligner.model import ReadError, Source
from aligner.workflows.reading import read

KNOWN = frozenset(["r-universe", "on-site", "non-native"])


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["una pala\ufffe", "bra"], "una palabra"),
        (["una pala\ufffebra larga"], "una palabra larga"),
        (["una pala-", "bra"], "una palabra"),
        (["una pala\u00ad", "bra"], "una palabra"),
        (["Pierre-", "Yves"], "Pierre-Yves"),
        (["the R\ufffeuniverse and on\ufffe", "site work"], "the R-universe and on-site work"),
        (["of non\ufffeEnglish speakers"], "of non-English speakers"),
        (["pages 1\ufffe", "14"], "pages 1-14"),
        (["non\ufffe", "native"], "non-native"),
        (["an der Nord\ufffe", "und Ostsee"], "an der Nord- und Ostsee"),
        (["one -", "two"], "one -\ntwo"),
        (["one", "two"], "one\ntwo"),
        (["end\ufffe"], "end-"),
    ],
)
def test_hyphens(lines: list[str], whole: str) -> None:
    assert _joined(lines, KNOWN) == whole


def test_too_many_pages_are_not_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extract, "MAX_PAGES", 1)
    pages = b"".join(
        b"%d 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>> endobj\n" % n for n in (3, 4)
    )
    data = (
        b"%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages"
        b"/Kids[3 0 R 4 0 R]/Count 2>> endobj\n" + pages + b"trailer <</Root 1 0 R>>\n%%EOF\n"
    )
    with pytest.raises(ReadError, match="it has 2 pages, and at most 1 are read"):
        read(Source("a.pdf", data))


def pdf(*contents: str) -> Source:
    """A file of pages 300 points wide and high; `/I Do` draws an image, `/F 10 Tf` sets the font."""
    kids = " ".join(f"{2 * n + 5} 0 R" for n in range(len(contents)))
    image = "/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/Length 1"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(contents)}>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        f"<</Type/XObject/Subtype/Image{image}>> stream\nx\nendstream",
    ]
    for number, content in enumerate(contents):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents {2 * number + 6} 0 R"
            "/Resources<</Font<</F 3 0 R>>/XObject<</I 4 0 R>>>>>>"
        )
        objects.append(f"<</Length {len(content)}>> stream\n{content}\nendstream")
    body = "".join(f"{n} 0 obj {text} endobj\n" for n, text in enumerate(objects, start=1))
    return Source("a.pdf", f"%PDF-1.4\n{body}trailer <</Root 1 0 R>>\n%%EOF\n".encode())


IMAGE = "q 280 0 0 280 10 10 cm /I Do Q"
STAMP = "BT /F 8 Tf 20 20 Td (Page 3, downloaded) Tj ET"
TEXT = f"BT /F 10 Tf 20 250 Td ({'A line of words that goes on and on. ' * 3}) Tj ET"
LETTERS = "".join(f"{n} 10 m {n + 1} 20 l S\n" for n in range(120))


def test_a_scanned_pdf_says_so() -> None:
    with pytest.raises(ReadError, match=r"no text layer: its pages are images \(.*ocrmypdf"):
        read(pdf(IMAGE, IMAGE))
    with pytest.raises(ReadError, match="no text layer: its pages are images"):
        read(pdf(LETTERS))
    with pytest.raises(ReadError, match="no text layer: its pages are empty"):
        read(pdf("", "10 10 m 20 20 l S"))


def test_scanned_pages_among_others_are_named() -> None:
    document = read(pdf(TEXT, IMAGE, f"{IMAGE} {STAMP}", LETTERS, "", TEXT, IMAGE))
    (notice,) = document.notices
    assert notice.startswith(
        "a.pdf: pages 2-4, 7 of 7: images with no text layer, or next to none;"
    )
    small = "q 50 0 0 50 10 200 cm /I Do Q"
    assert read(pdf(TEXT, f"{small} {STAMP}", f"{IMAGE} {TEXT}")).notices == ()


def test_many_pages_are_named_in_short() -> None:
    document = read(pdf(*[TEXT, IMAGE] * 20))
    assert (
        "pages 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24 and 8 more of 40:" in document.notices[0]
    )
