"""The page of a check: what was accepted, what is critical, findings in many places or in none."""

from __future__ import annotations

from dataclasses import replace

from lxml import html

from aligner.checks import Finding, report_page, summarise
from aligner.model import Alignment
from aligner.workflows import checking
from tests.unit.checks.interview import interview


def page(alignment: Alignment, *findings: Finding) -> html.HtmlElement:
    made: html.HtmlElement = html.fromstring(
        report_page(alignment, findings, summarise(alignment, findings))
    )
    return made


def test_accepted_critical_and_findings_everywhere() -> None:
    alignment = interview()
    (first, *_) = checking.check(alignment).findings
    place = first.places[0]
    many = replace(
        first, id="1", severity="critical", places=(replace(place, bead=None), *[place] * 22)
    )
    accepted = replace(
        first, id="2", severity="major", status="accepted", reason="the house's spelling"
    )
    made = page(alignment, many, accepted)
    figures = made.xpath("//ul[@class='figures']/li")
    shown = [one.text_content() for one in figures]
    assert "1 critical finding" in shown
    assert "1 accepted by the baseline" in shown
    one, other = made.xpath("//article")
    assert len(one.xpath(".//div[@class='texts']")) == 20
    assert one.xpath("./p[@class='meta']")[-1].text_content() == "and 3 places more"
    # a place in no bead is shown and leads nowhere
    assert len(one.xpath(".//a[starts-with(@href, '#b')]")) == 19
    assert "Accepted: the house's spelling" in other.text_content()


def test_nothing_was_found() -> None:
    made = page(interview())
    assert "Nothing was found." in made.text_content()
    assert made.xpath("//article") == []
