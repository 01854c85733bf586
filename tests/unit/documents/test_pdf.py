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
