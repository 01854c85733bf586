"""The tables of codes: complete, of one shape, and in the docs as they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from aligner.formats.validation import SEVERITIES
from aligner.formats.validation.codes import codes_of
from tests.conftest import ROOT, load_script

FORMATS = ROOT / "aligner" / "formats"


def test_tables() -> None:
    rows = codes_of("")
    assert {row.severity for row in rows.values()} == set(SEVERITIES)
    assert all(re.fullmatch(r"[XSTLFEJ]\d{3}", code) for code in rows)
    assert all(row.meaning and row.clause for row in rows.values())


def test_docs_list_them() -> None:
    made = load_script("make_validation_docs")
    assert made.page() == made.PAGE.read_text(encoding="utf-8")


def test_bench_counts_what_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bench = load_script("bench_validation")
    right = '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="en"><file id="f"><unit id="u"><segment><source>a</source></segment></unit></file></xliff>'
    texts = {
        "valid/a.xlf": right,
        "valid/b.xlf": right.replace("2.1", "2.0"),
        "invalid/a.xlf": right.replace(' id="u"', ""),
        "invalid/b.xlf": right,
        "invalid/c.xlf": "not XML",
    }
    for name, text in texts.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    bench.main([str(tmp_path), "--list"])
    told = capsys.readouterr().out
    assert "| invalid | 3 | 2 | 66.7 % |" in told
    assert "| valid | 2 | 0 | 0.0 % |" in told
    assert "invalid: b.xlf: not found" in told
