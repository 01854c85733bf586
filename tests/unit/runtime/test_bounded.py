"""What may not end, ends: PDFs and the patterns of a user's rules, and whatever a process does."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from aligner.model import Limits, Malformed, ReadError, ReadOptions, SegmentError, Source
from aligner.runtime.bounded import Work, bounded
from aligner.segmenting import SegmentOptions
from aligner.segmenting.srx import splitter
from aligner.workflows.reading import read

_WORK = "tests.unit.runtime.work"
SMALL = Limits(20.0, 300_000_000)


def run(name: str, *arguments: Any, limits: Limits) -> Any:
    work = Work("a.x", "doing it", SMALL)
    return bounded(f"{_WORK}:{name}", *arguments, work=work, limits=limits, error=SegmentError)


def test_what_ends_in_time_comes_back() -> None:
    assert run("add", 1, 2, limits=SMALL) == 3
    assert run("add", "a", "\udce9", limits=Limits()) == "a\udce9"


def test_errors_of_ours_come_back_as_they_are() -> None:
    with pytest.raises(Malformed, match=r"a\.x, line 3: broken \(repair it\)") as caught:
        run("malformed", "a.x", 3, limits=SMALL)
    assert caught.value.line == 3


@pytest.mark.parametrize(
    ("name", "limits", "words"),
    [
        ("endless", Limits(1.0, 0), "doing it takes longer than 1 seconds"),
        ("hungry", SMALL, "doing it needs more than 300 MB"),
        (
            "aborted",
            SMALL,
            "doing it failed: its process, which may use 300 MB, was killed by SIGABRT",
        ),
        ("broken", SMALL, "doing it failed: .*KeyError"),
    ],
)
def test_whatever_else_it_does_is_one_sentence(name: str, limits: Limits, words: str) -> None:
    with pytest.raises(SegmentError, match=words) as caught:
        run(name, limits=limits)
    assert caught.value.context == "a.x"


FORM = b"""%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]/Contents 4 0 R/Resources 6 0 R>> endobj
4 0 obj <</Length 5>> stream
/A Do
endstream endobj
5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj
6 0 obj <</Font<</F 5 0 R>>/XObject<</A 7 0 R/B 8 0 R>>>> endobj
7 0 obj <</Type/XObject/Subtype/Form/BBox[0 0 300 300]/Resources 6 0 R/Length 65>> stream
BT /F 9 Tf 9 9 Td (Some text.) Tj ET /B Do /B Do /B Do /B Do /B Do
endstream endobj
8 0 obj <</Type/XObject/Subtype/Form/BBox[0 0 300 300]/Resources 6 0 R/Length 65>> stream
BT /F 9 Tf 9 9 Td (Some more.) Tj ET /A Do /A Do /A Do /A Do /A Do
endstream endobj
trailer <</Root 1 0 R>>
%%EOF
"""


def test_a_pdf_whose_forms_draw_each_other_ends() -> None:
    pytest.importorskip("pypdfium2")
    began = time.monotonic()
    with pytest.raises(ReadError, match=r"reading this PDF (takes longer|needs more|failed)"):
        read(Source("a.pdf", FORM), ReadOptions(limits=Limits(10.0, 200_000_000)))
    assert time.monotonic() - began < 60  # ten seconds and a start of a process, on a busy machine


RULES = """<srx version="2.0"><header cascade="yes"/><body><languagerules>
<languagerule languagerulename="a"><rule break="yes"><beforebreak>{}</beforebreak>
<afterbreak>\\s</afterbreak></rule></languagerule></languagerules>
<maprules><languagemap languagepattern="{}" languagerulename="a"/></maprules></body></srx>"""


@pytest.mark.parametrize(
    ("pattern", "languages"),
    [
        (r"(?:(?:a|aa)+b?)+c", ".*"),
        (r"(?:x{1000}){1000}(?:y{1000}){1000}(?:z{5000}){5000}", ".*"),
        (r"\.", "(?:(?:e|ee|s)+)+x|(?:(?:[a-z]+)+)+-"),
    ],
)
def test_patterns_that_do_not_end_end(tmp_path: Path, pattern: str, languages: str) -> None:
    path = tmp_path / "a.srx"
    path.write_text(RULES.format(pattern, languages), encoding="utf-8")
    breaks = splitter("es" * 30, SegmentOptions(srx=path, limits=Limits(3.0, 300_000_000)))
    with pytest.raises(SegmentError, match=r"a\.srx: .*(takes longer|needs more|no rule)"):
        breaks(["a" * 150 + ". Fin."])


@pytest.mark.parametrize("encoding", ["gb2312", "utf-16", "shift_jis", "utf-8", "iso-8859-1"])
@pytest.mark.parametrize("packed", [False, True])
def test_rules_in_any_encoding_packed_or_not(tmp_path: Path, encoding: str, packed: bool) -> None:
    import gzip

    text = f'<?xml version="1.0" encoding="{encoding}"?>' + RULES.format(r"\.|§", ".*")
    data = text.encode("gb18030" if encoding == "gb2312" else encoding)
    path = tmp_path / "a.srx"
    path.write_bytes(gzip.compress(data) if packed else data)
    assert splitter("es", SegmentOptions(srx=path))(["Uno. Dos§ Tres"]) == [[4, 9]]
