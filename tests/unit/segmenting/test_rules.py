"""SRX files: what they give, and how a broken one is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.model import ReadError, SegmentError
from aligner.segmenting import SegmentOptions, srx
from aligner.segmenting.rules import parse
from aligner.segmenting.srx import splitter

GOOD = """<?xml version="1.0"?>
<srx xmlns="http://www.lisa.org/srx20" version="2.0">
<header segmentsubflows="yes" cascade="{cascade}"/>
<body><languagerules>
<languagerule languagerulename="Any">
<rule break="yes"><beforebreak>;</beforebreak><afterbreak>\\s</afterbreak></rule>
</languagerule>
<languagerule languagerulename="Spanish">
<rule break="no"><beforebreak>no;</beforebreak><afterbreak>\\s</afterbreak></rule>
<rule><beforebreak>#</beforebreak></rule>
</languagerule>
</languagerules>
<maprules>
<languagemap languagepattern="ES.*" languagerulename="Spanish"/>
<languagemap languagepattern=".*" languagerulename="Any"/>
</maprules></body></srx>
"""


def test_cascade() -> None:
    rules = parse(GOOD.format(cascade="yes").encode(), "f.srx")
    assert rules.names(["es-MX", "ES-MX"]) == ("Spanish", "Any")
    assert rules.names(["en"]) == ("Any",)
    assert [rule.breaks for rule in rules.rules(["ES"])] == [False, True, True]
    assert rules.rules(["ES"])[0].origin == "f.srx, line 9"
    assert parse(GOOD.format(cascade="no").encode(), "f").names(["ES"]) == ("Spanish",)


@pytest.mark.parametrize(
    ("change", "message", "line"),
    [
        (("</languagerules>", ""), "not well-formed", 16),
        (("<srx ", "<html "), "not well-formed|root element", 0),
        (('languagerulename="Any"/>', 'languagerulename="Other"/>'), "'Other'", 15),
        (('languagepattern="ES.*"', 'languagepattern="(ES"'), "no regular expression", 14),
        (('languagepattern="ES.*" ', ""), "languagepattern is missing", 14),
        (('break="no"', 'break="maybe"'), "neither yes nor no", 9),
    ],
)
def test_malformed(change: tuple[str, str], message: str, line: int) -> None:
    text = GOOD.format(cascade="yes").replace(*change)
    with pytest.raises(SegmentError, match=message) as caught:
        parse(text.encode(), "mine.srx")
    assert "mine.srx" in str(caught.value)
    if line:
        assert f"line {line}" in str(caught.value)


def test_no_maps_and_no_srx() -> None:
    with pytest.raises(SegmentError, match="languagemap"):
        parse(b'<srx version="2.0"/>', "f")
    with pytest.raises(SegmentError, match="<tmx> and not <srx>"):
        parse(b"<tmx/>", "f")


def test_entities_are_refused() -> None:
    bomb = b'<!DOCTYPE srx [<!ENTITY a "aaaa">]><srx version="2.0"/>'
    with pytest.raises(SegmentError, match="entity"):
        parse(bomb, "f")


def test_rule_outside_a_list() -> None:
    with pytest.raises(SegmentError, match="outside"):
        parse(b"<srx><rule/></srx>", "f")


def test_user_rules_replace_ours(tmp_path: Path) -> None:
    path = tmp_path / "cat.srx"
    path.write_text(GOOD.format(cascade="yes"), encoding="utf-8")
    breaks = splitter("es-SV", SegmentOptions(srx=path))
    assert breaks(["Uno. Dos; tres; no; cuatro#cinco"] * 2) == [[9, 15, 27]] * 2


def test_user_rules_that_break_nothing_or_are_not_there(tmp_path: Path) -> None:
    path = tmp_path / "cat.srx"
    path.write_text(GOOD.format(cascade="no").replace('".*"', '"EN"'), encoding="utf-8")
    with pytest.raises(SegmentError, match="'fr'"):
        splitter("fr", SegmentOptions(srx=path))(["Un."])
    with pytest.raises(ReadError, match="no such file"):
        splitter("fr", SegmentOptions(srx=tmp_path / "none.srx"))


def test_broken_pattern_in_user_rules_has_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "cat.srx"
    path.write_text(GOOD.format(cascade="yes").replace("no;", "no;["), encoding="utf-8")
    with pytest.raises(SegmentError, match=r"cat\.srx, line 9"):
        splitter("es", SegmentOptions(srx=path))(["Uno."])


def test_overlay_is_valid_srx() -> None:
    etree = pytest.importorskip("lxml.etree")
    choppa = pytest.importorskip("choppa")
    schema = etree.XMLSchema(_schema(choppa.SRX_2_XSD, etree))
    tree = etree.parse(str(Path(srx.__file__).with_name("overlay.srx")))
    assert schema.validate(tree), schema.error_log


def _schema(path: Path, etree: object) -> object:
    """The XSD imports xml.xsd from the network: leave that out."""
    tree = etree.parse(str(path))  # type: ignore[attr-defined]
    for node in tree.iter("{http://www.w3.org/2001/XMLSchema}import"):
        node.getparent().remove(node)
    for node in tree.iter("{http://www.w3.org/2001/XMLSchema}attribute"):
        if node.get("ref", "").startswith("xml:"):
            node.getparent().remove(node)
    return tree


def test_every_rule_of_the_overlay_has_its_case() -> None:
    text = Path(srx.__file__).with_name("overlay.srx").read_text(encoding="utf-8")
    for block in text.split("<!--")[2:]:
        comment = block.partition("-->")[0]
        assert "|" in comment or "_" in comment, comment


def test_bundled_rules_are_found_without_importing_choppa() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from aligner.segmenting.srx import splitter; from aligner.segmenting import *;"
        "splitter('es', SegmentOptions())(['Uno. Dos.']); "
        "print({'choppa', 'xmlschema', 'sacremoses'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
