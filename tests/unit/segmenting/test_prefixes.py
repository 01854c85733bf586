"""Abbreviations of the user and of Moses as no-break rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.model import ReadError, SegmentError
from aligner.segmenting import SegmentOptions
from aligner.segmenting.prefixes import moses_rules, user_rules
from aligner.segmenting.srx import splitter


def test_user_abbreviations(tmp_path: Path) -> None:
    path = tmp_path / "abbr.txt"
    path.write_text("\ufeffexpte.\n# comment\n\nres. jud\naa+bb # note\n", encoding="utf-8")
    text = "El expte. Uno. Una res. jud. Dos. El aa+bb. Tres. Conexpte. Fin."
    (plain,) = splitter("es", SegmentOptions())([text])
    (added,) = splitter("es", SegmentOptions(abbreviations=path))([text])
    gone = [text[:place].rstrip().split()[-1] for place in plain if place not in added]
    assert gone == ["expte.", "jud.", "aa+bb."]
    assert set(added) < set(plain)


def test_abbreviation_may_open_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "abbr.txt"
    path.write_text("expte", encoding="utf-8")
    assert splitter("es", SegmentOptions(abbreviations=path))(["Expte. Tres."]) == [[]]


def test_empty_file_adds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "abbr.txt"
    path.write_text("# nothing\n.\n", encoding="utf-8")
    assert user_rules(path) == ()


def test_unreadable(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file"):
        user_rules(tmp_path / "none")
    path = tmp_path / "latin.txt"
    path.write_bytes("uno\nCía".encode("latin-1"))
    with pytest.raises(SegmentError, match=r"latin\.txt, line 2"):
        user_rules(path)


def test_moses_lists() -> None:
    assert moses_rules("xx") == ()
    words, numeric = moses_rules("nl")
    assert words.after == ""
    assert numeric.after
    assert not words.breaks
