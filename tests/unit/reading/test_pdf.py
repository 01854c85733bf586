"""Words at the ends of printed lines."""

from __future__ import annotations

import pytest

from aligner.reading.pdf import _joined

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
