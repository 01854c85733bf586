"""Each version of TMX and of XLIFF 1 against its own DTD or schema."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.formats.tmx.validate_codes import CODES as TMX_CODES
from aligner.formats.validation import validate
from aligner.formats.xliff.rules1.codes import CODES as XLIFF_CODES
from tests.unit.formats.validation.defects import DEFECTS, XLIFF

HEADER = (
    '<header creationtool="t" creationtoolversion="1" segtype="sentence" o-tmf="t" adminlang="en"'
    ' srclang="en" datatype="plaintext"/>'
)


def memory(
    version: str, body: str = "", *, tuv: str = "", seg: str = "A", header: str = HEADER
) -> str:
    """A memory of one unit in the way of its version."""
    lang = tuv or ("lang" if version in ("1.1", "1.2") else "xml:lang")
    unit = body or (
        f'<tu><tuv {lang}="en"><seg>{seg}</seg></tuv><tuv {lang}="es"><seg>B</seg></tuv></tu>'
    )
    return f'<tmx version="{version}">{header}<body>{unit}</body></tmx>'


TMX = [
    ("1.1 says lang", memory("1.1"), []),
    ("1.2 says lang", memory("1.2"), []),
    ("1.3 says xml:lang", memory("1.3"), []),
    ("1.4 says xml:lang", memory("1.4"), []),
    ("1.1 has no xml:lang", memory("1.1", tuv="xml:lang"), ["T302", "T302"]),
    ("1.4 needs xml:lang", memory("1.4", tuv="lang"), ["T302", "T302"]),
    ("1.3 may have both", memory("1.3", tuv='lang="en" xml:lang'), []),
    ("1.2 has not both", memory("1.2", tuv='lang="en" xml:lang'), ["T013", "T013"]),
    ("1.1 has no hi", memory("1.1", seg="a <hi>b</hi>"), ["T010"]),
    ("1.2 has hi without x", memory("1.2", seg='a <hi x="1">b</hi>'), ["T013"]),
    ("1.4 has hi with x", memory("1.4", seg='a <hi x="1">b</hi>'), []),
    ("1.1 has sub in seg", memory("1.1", seg="a <sub>b</sub>"), []),
    ("1.2 has not", memory("1.2", seg="a <sub>b</sub>"), ["T010"]),
    ("1.3 has ut", memory("1.3", seg="a <ut>b</ut>"), []),
    ("1.4 has given it up", memory("1.4", seg="a <ut>b</ut>"), ["T405"]),
    ("1.4 has sub in ut", memory("1.4", seg="a <ut><sub>b</sub></ut>"), ["T405"]),
    ("1.3 has not", memory("1.3", seg="a <ut><sub>b</sub></ut>"), ["T010"]),
    ("1.3 has no lang on prop", memory("1.3").replace("<tu>", '<tu><prop type="a" lang="en">b</prop>'), ["T013"]),
    ("1.4 has", memory("1.4").replace("<tu>", '<tu><prop type="a" lang="en">b</prop>'), []),
    ("edition b", memory("1.4b"), ["T107"]),
    ("no such version", memory("1.5"), ["T101"]),
    ("no version", memory("1.4").replace(' version="1.4"', ""), ["T011"]),
    ("attribute of nobody", memory("1.4").replace("<tu>", '<tu id="1">'), ["T013"]),
    ("attribute of another element", memory("1.4").replace("<seg>A", '<seg type="a">A'), ["T013"]),
    ("white space is told to be kept", memory("1.4").replace("<seg>A", '<seg xml:space="preserve">A'), ["T013"]),
    ("namespace", memory("1.4").replace("<tmx", '<tmx xmlns="http://www.lisa.org/tmx14"'), ["T002"]),
    ("another root", memory("1.4").replace("tmx", "memory"), ["T001"]),
    ("no body", f'<tmx version="1.4">{HEADER}</tmx>', ["T102"]),
    ("no header", memory("1.4", header=""), ["T102"]),
    ("body first", f'<tmx version="1.4"><body/>{HEADER}</tmx>', ["T102"]),
    ("no variant", memory("1.4", "<tu><note>a</note></tu>"), ["T201"]),
    ("map without base", memory("1.4").replace("/><body>", '><ude name="a"><map unicode="#x41" code="#x1"/></ude></header><body>'), ["T108"]),
    ("map with base", memory("1.4").replace("/><body>", '><ude name="a" base="b"><map unicode="#x41" code="#x1"/></ude></header><body>'), []),
    ("empty map", memory("1.4").replace("/><body>", '><ude name="a"/></header><body>'), ["T015"]),
    ("code point", memory("1.4").replace("/><body>", '><ude name="a"><map unicode="A"/></ude></header><body>'), ["T014"]),
    ("language of the header", memory("1.4").replace('adminlang="en"', 'adminlang="English"'), ["T104"]),
    ("used", memory("1.4").replace("<tu>", '<tu usagecount="often">'), ["T106"]),
    ("i twice", memory("1.4", seg='<bpt i="1"/>a<ept i="1"/><bpt i="1"/>b<ept i="1"/>'), ["T403"]),
    ("pos", memory("1.4", seg='a<it pos="middle"/>'), ["T404"]),
    ("i in words", memory("1.4", seg='<bpt i="one"/>a<ept i="one"/>'), ["T406", "T406"]),
    ("assoc", memory("1.4", seg='a<ph assoc="x"/>'), ["T407"]),
    ("indented more than once", memory("1.4", seg="\n  a\n"), ["T306"]),
    ("line breaks of the text", memory("1.4", seg="a\nb\n\n   c"), []),
    ("any source", memory("1.4").replace('srclang="en"', 'srclang="*all*"'), []),
    ("source of the unit", memory("1.4").replace('srclang="en"', 'srclang="fr"').replace("<tu>", '<tu srclang="es">'), []),
    ("another region", memory("1.4").replace('xml:lang="en"', 'xml:lang="en-GB"').replace('srclang="en"', 'srclang="en-US"'), []),
]  # fmt: skip

UNIT = '<trans-unit id="1"><source>A</source><target>B</target></trans-unit>'
FILE = '<file original="a" source-language="en" target-language="es" datatype="html">{}</file>'


def job(
    version: str, unit: str = UNIT, *, head: str = "", space: str | None = None, more: str = ""
) -> str:
    """A job of one unit in the way of its version."""
    urn = "" if version == "1.0" else f' xmlns="urn:oasis:names:tc:xliff:document:{version}"'
    held = (head or ("<header/>" if version == "1.0" else "")) + f"<body>{unit}</body>"
    root = urn if space is None else space
    return f'<xliff version="{version}"{root}{more}>{FILE.format(held)}</xliff>'


ITS = ' xmlns:its="http://www.w3.org/2005/11/its"'
SEG = '<seg-source><mrk mtype="seg" mid="1">A</mrk></seg-source>'
XLIFF_FILES = [
    ("1.0", job("1.0"), []),
    ("1.1", job("1.1"), []),
    ("1.2", job("1.2"), []),
    ("1.0 needs a header", job("1.0").replace("<header/>", ""), ["L015"]),
    ("1.0 has no namespace", job("1.0", space=' xmlns="urn:x"'), ["L002"]),
    ("1.2 has one", job("1.2", space=""), ["L002"]),
    ("1.0 in the namespace of 1.2", job("1.2").replace('"1.2"', '"1.0"', 1), []),
    ("a version that there is not", job("1.2").replace('"1.2"', '"1.3"', 1), ["L101"]),
    ("no file", '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"/>', ["L015"]),
    ("another root", job("1.2").replace("xliff v", "job v").replace("/xliff", "/job"), ["L001"]),
    ("1.1 has no segments", job("1.1", UNIT.replace("<target>", f"{SEG}<target>")), ["L010"]),
    ("1.2 has", job("1.2", UNIT.replace("<target>", f"{SEG}<target>")), []),
    ("1.0 has a closed list", job("1.0", UNIT.replace('id="1"', 'id="1" own="x"')), ["L013"]),
    ("1.2 in its strict schema", job("1.2", UNIT.replace('id="1"', 'id="1" own="x"')), ["L016"]),
    ("1.2 on a note", job("1.2", UNIT.replace("</trans", '<note id="x">a</note></trans')), ["L013"]),
    ("attribute of another namespace", job("1.2", UNIT.replace('id="1"', 'id="1" o:x="y"'), more=' xmlns:o="urn:o"'), []),
    ("element of another namespace", job("1.2", UNIT.replace("</trans", "<o:x/></trans"), more=' xmlns:o="urn:o"'), []),
    ("element of another namespace too early", job("1.2", UNIT.replace("<source", "<o:x/><source"), more=' xmlns:o="urn:o"'), ["L010"]),
    ("ITS", job("1.2", UNIT.replace("<target>", '<target its:locQualityIssueType="grammar">'), more=ITS + ' its:version="2.0"'), []),
    ("ITS in elements", job("1.2", UNIT.replace("</trans", '<its:provenanceRecords xml:id="a"><its:provenanceRecord person="B"/></its:provenanceRecords></trans'), more=ITS), []),
    ("what ITS has not", job("1.2", UNIT.replace("<target>", '<target its:mood="x">'), more=ITS), ["L501"]),
    ("a value that ITS has not", job("1.2", UNIT.replace("<target>", '<target its:translate="x">'), more=ITS), ["L501"]),
    ("given up", job("1.2", UNIT.replace('id="1"', 'id="1" ts="x"')), ["L017"]),
    ("datatype", job("1.2").replace('"html"', '"book"'), ["L014"]),
    ("datatype of one's own", job("1.2").replace('"html"', '"x-book"'), []),
    ("text", job("1.2", UNIT + "lost"), ["L012"]),
    ("xml:lang", job("1.2", UNIT.replace("<source>", '<source xml:lang="e n">')), ["L103"]),
    ("second id", job("1.2", UNIT * 2), ["L201"]),
    ("ids of two files", job("1.2").replace("</file>", "</file>" + FILE.format(f"<body>{UNIT}</body>")), []),
    ("groups", job("1.2", f'<group id="g"/><group id="g">{UNIT}</group>'), ["L209"]),
    ("groups of 1.1", job("1.1", f'<group id="g"/><group id="g">{UNIT}</group>'), []),
    ("contexts", job("1.2", UNIT.replace("</trans", '<context-group name="c"><context context-type="record">a</context></context-group>' * 2 + "</trans")), ["L208"]),
    ("phase", job("1.2", UNIT.replace("<target>", '<target phase-name="p">')), ["L207"]),
    ("phase that is there", job("1.2", UNIT.replace("<target>", '<target phase-name="p">'), head='<header><phase-group><phase phase-name="p" process-name="q"/></phase-group></header>'), []),
    ("tool", job("1.2").replace('datatype="html"', 'datatype="html" tool-id="t"'), ["L207"]),
    ("source after target", job("1.2", '<trans-unit id="1"><target>B</target><source>A</source></trans-unit>'), ["L204"]),
    ("two targets", job("1.2", UNIT.replace("</trans", "<target>C</target></trans")), ["L203"]),
    ("target too late", job("1.2", '<trans-unit id="1"><source>A</source><note>n</note><target>B</target></trans-unit>'), ["L010"]),
    ("approved", job("1.2", UNIT.replace('id="1"', 'id="1" approved="perhaps"')), ["L206"]),
    ("pos", job("1.2", UNIT.replace(">A<", '>A<it id="1" pos="left"/><')), ["L406"]),
    ("ept of nothing", job("1.2", UNIT.replace(">A<", '>A<ept id="1" rid="9"/><')), ["L402"]),
    ("bpt and ept of two ids", job("1.2", UNIT.replace(">A<", '><bpt id="1"/>A<ept id="2"/><')), ["L408"]),
    ("a mid twice", job("1.2", UNIT.replace("<target>", SEG.replace("</seg-", '<mrk mtype="seg" mid="1">B</mrk></seg-') + "<target>")), ["L407"]),
    ("cloned codes of a target", job("1.2", UNIT.replace(">A<", '>A<x id="1"/><').replace(">B<", '>B<x id="1"/><x id="1"/><')), []),
    ("white space not translated", job("1.2", '<trans-unit id="1" translate="no"><source> </source></trans-unit>'), []),
    ("white space translated", job("1.2", '<trans-unit id="1"><source> </source></trans-unit>'), ["L301"]),
    ("purposes", job("1.2", UNIT.replace("</trans", '<context-group purpose="match lost"><context context-type="record">a</context></context-group></trans')), ["L014"]),
    ("groups in wild places", job("1.2").replace("<file", "<group><file><group/></file></group><file", 1), ["L010", "L010", "L011", "L011", "L011", "L010", "L015"]),
    ("line breaks of the text", job("1.2", UNIT.replace(">A<", ">A\nB\n\n  C<")), []),
    ("space kept", job("1.2", UNIT.replace('id="1"', 'id="1" xml:space="preserve"').replace(">A<", ">\n  A\n  <")), []),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "codes"), TMX, ids=[row[0] for row in TMX])
def test_tmx(name: str, text: str, codes: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.tmx").write_text(text)
    assert [fault.code for fault in validate(tmp_path / "a.tmx", "tmx")] == codes, name


@pytest.mark.parametrize(
    ("name", "text", "codes"), XLIFF_FILES, ids=[row[0] for row in XLIFF_FILES]
)
def test_xliff(name: str, text: str, codes: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.xlf").write_text(text)
    assert [fault.code for fault in validate(tmp_path / "a.xlf", "xliff")] == codes, name


def test_every_finding_has_an_example() -> None:
    seen = {code for _, _, codes in TMX for code in codes} | {row[3] for row in DEFECTS["tmx"]}
    assert set(TMX_CODES) - seen == {"T000"}  # test_validate nests elements
    seen = {code for _, _, codes in XLIFF_FILES for code in codes}
    seen |= {row[3] for row in DEFECTS["xliff"]}
    assert set(XLIFF_CODES) - seen == {"L000"}


def test_the_schema_agrees(shared: Path, tmp_path: Path) -> None:
    """What OASIS and LISA wrote as schemas says the same of these files (it knows no warnings)."""
    from lxml import etree

    schemas = shared / "schemas"
    judges = {
        "1.1": etree.DTD(str(schemas / "tmx11.dtd")),
        "1.4": etree.DTD(str(schemas / "tmx14.dtd")),
    }
    # in words only, or of the prefix that libxml2 passes over (xml:lang for lang)
    words = {"T104", "T106", "T108", "T403", "T014", "T302"}
    for name, text, codes in TMX:
        tree = etree.fromstring(text)
        judge = judges.get(tree.get("version", ""))
        if judge is None or words & set(codes) or "T107" in codes:
            continue
        refused = any(TMX_CODES[code].severity in ("error", "fatal") for code in codes)
        assert judge.validate(tree) is not refused, name
    schema = etree.XMLSchema(
        etree.parse(str(schemas / "xliff1.2" / "xliff-core-1.2-transitional.xsd"))
    )
    for name, text, codes in [*XLIFF_FILES, ("clean", XLIFF.split("\n", 1)[1], [])]:
        tree = etree.fromstring(text)
        if etree.QName(tree).namespace != "urn:oasis:names:tc:xliff:document:1.2":
            continue
        refused = any(XLIFF_CODES[code].severity in ("error", "fatal") for code in codes)
        assert schema.validate(tree) is not refused, (name, schema.error_log)
