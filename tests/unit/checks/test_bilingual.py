"""A quotation kept in the source's language with its translation beside it is a note."""

from __future__ import annotations

from aligner.workflows import checking
from tests.unit.checks.samples import alignment
from tests.unit.checks.test_article import PLAIN

KEPT = "El que guarda las cartas de su abuela guarda también las calles de su pueblo."
TRANSLATED = "Whoever keeps the letters of a grandmother also keeps the streets of the town."


def test_kept_and_translated() -> None:
    report = checking.check(alignment([*PLAIN[:2], (KEPT, KEPT), ("", TRANSLATED), *PLAIN[2:]]))
    (finding,) = report.findings
    assert (finding.code, finding.severity) == ("untranslated", "note")
    assert "with a translation in t4" in finding.message


def test_kept_and_something_else_added() -> None:
    added = "The mayor of the capital opened a swimming pool for horses on Monday."
    report = checking.check(alignment([*PLAIN[:2], (KEPT, KEPT), ("", added), *PLAIN[2:]]))
    assert {one.code for one in report.shown} == {"untranslated", "added-segment"}


def test_the_translation_stands_in_the_bead_before() -> None:
    before = ("Mi madre lo decía siempre.", f"My mother always said so. {TRANSLATED}")
    report = checking.check(alignment([*PLAIN[:2], before, (KEPT, KEPT), *PLAIN[2:]]))
    kept = [one for one in report.findings if one.code == "untranslated"]
    assert [one.severity for one in kept] == ["note"]
    assert "with a translation in t3" in kept[0].message
