"""The page to read: whole in itself, honest about doubts, and readable without its colours."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import lxml.html
import pytest

from aligner.formats.html.style import STYLE
from aligner.model import Alignment
from tests.unit.formats.samples import bead, document, export, flat, interview, trilingual


def page(alignment: Any, folder: Path) -> Any:
    return lxml.html.fromstring(export(alignment, "html", folder)["out.html"].decode())


def test_it_needs_nothing_else(tmp_path: Path) -> None:
    """No script, and nothing that a browser would load."""
    root = page(interview(), tmp_path)
    assert not root.xpath("//script | //img | //link | //iframe | //object | //embed | //base")
    assert not [a for e in root.iter() for a in e.attrib if a.startswith("on") or a == "src"]
    assert all(link.startswith("#") for link in root.xpath("//a/@href"))
    assert "url(" not in STYLE
    assert "@import" not in STYLE


def test_every_link_leads_somewhere(tmp_path: Path) -> None:
    root = page(interview(), tmp_path)
    ids = root.xpath("//@id")
    assert len(set(ids)) == len(ids)
    assert {href[1:] for href in root.xpath("//a/@href")} <= set(ids)
    # links are what the keyboard reaches: to the texts first, then to every row
    assert root.xpath("//body/*")[0].get("class") == "skip"
    assert len(root.xpath("//tbody//th/a")) == len(root.xpath("//tbody/tr"))


def test_confidence_is_a_number_and_a_bar(tmp_path: Path) -> None:
    root = page(interview(), tmp_path)
    first = root.get_element_by_id("r1").find("th")
    assert first.text_content().split() == ["1", "1-1", "0.999", "accepted"]
    assert first.find(".//i").get("style") == "width:100%"
    classes = {row.get("id"): row.xpath(".//th/span[1]/@class") for row in root.iter("tr")}
    assert classes["r3"] == ["mid"]
    assert classes["r5"] == []  # not known: no bar


def test_doubtful_beads_are_listed(tmp_path: Path) -> None:
    source, target = flat("es", ["a", "b", "c"]), flat("en", ["x", "y", "z"])
    beads = (bead(0, 1, 0, 1, 0.9), bead(1, 1, 1, 1, 0.2), bead(2, 1, 2, 1, 0.49))
    root = page(Alignment(source, target, beads), tmp_path)
    assert root.xpath("//nav//a/@href") == ["#r2", "#r3"]
    assert "2 doubtful" in root.find(".//nav").text_content()
    assert not page(trilingual(), tmp_path).xpath("//nav//a[@href='#r1']")


def test_nulls_and_crossings_are_said_in_words(tmp_path: Path) -> None:
    root = page(interview(), tmp_path)
    null = root.get_element_by_id("r4")
    assert "null" in null.get("class").split()
    assert null.xpath("./td[@class='none']")[0].text == "no counterpart"
    crossing = root.xpath("//span[contains(., 'crossing 1')]")
    assert len(crossing) == 2  # seen from both sides, each leads to the other
    for mark in crossing:
        here = mark.iterancestors("tr").__next__().get("id")
        assert mark.find("a").get("href") != f"#{here}"


def test_languages_have_their_direction(tmp_path: Path) -> None:
    alignment = Alignment(flat("he", ["שלום"]), flat("az-Latn", ["salam"]), (bead(0, 1, 0, 1),))
    root = page(alignment, tmp_path)
    cells = [(td.get("lang"), td.get("dir")) for td in root.xpath("//tbody//td")]
    assert cells == [("he", "rtl"), ("az-Latn", "ltr")]
    heads = [(th.get("lang"), th.get("dir")) for th in root.xpath("//thead//th")[1:]]
    assert heads == cells


def test_texts_are_never_markup(tmp_path: Path) -> None:
    bad = '<script>alert(1)</script> <img src=x onerror="y"> &amp; javascript:z'
    source = document("es", [("turn", [bad], {"speaker": bad})], title=bad, origin=bad)
    alignment = Alignment(
        source,
        flat('en" onload="x', [bad]),
        (bead(0, 1, 0, 1, labels=(bad,), comment=bad),),
        warnings=(bad,),
    )
    root = page(alignment, tmp_path)
    assert not root.xpath("//script | //img | //*[@onload]")
    assert root.xpath("//tbody//td")[1].text_content() == bad


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_have_contrast(scheme: str) -> None:
    """At least 4.5 to 1 on paper and on the ground of null rows (WCAG 2.2, 1.4.3)."""
    blocks = re.findall(r":root \{([^}]*)\}", STYLE)
    colours = dict(re.findall(r"--(\w+): (#\w{6})", blocks[0]))
    if scheme == "dark":
        colours |= dict(re.findall(r"--(\w+): (#\w{6})", blocks[1]))
    for ground in ("paper", "null"):
        for ink in ("ink", "soft", "mark", "low", "mid", "high"):
            ratio = contrast(colours[ink], colours[ground])
            assert ratio >= 4.5, (ink, ground, ratio)


def contrast(one: str, other: str) -> float:
    lights = sorted((luminance(one), luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
