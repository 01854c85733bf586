"""What XLIFF files hold beside the texts of their units: where it goes when only the texts are read."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.model import Document, ReadOptions, Source
from aligner.workflows.reading import read as read_document
from tests.unit.formats.xliff.samples import CORE, again, one, read, two, units, written

MODULES = (
    'xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0" '
    'xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0"'
)
WIND = (
    f'<unit id="u1" {MODULES}><notes><note id="n1" category="x">Mind the gap.</note></notes>'
    '<mtc:matches><mtc:match ref="#s1"><source>Old wind.</source><target>Viento viejo.</target>'
    '</mtc:match><mtc:match ref="#s1"/></mtc:matches>'
    '<mda:metadata><mda:metaGroup category="theirs"><mda:meta type="a">word</mda:meta>'
    "</mda:metaGroup></mda:metadata>"
    '<segment id="s1"><source>Wind<ph id="p1"/>.</source><target>Viento<ph id="p1"/>.</target>'
    '</segment><ignorable id="i1"><source><ph id="p2"/></source></ignorable></unit>'
)
EMPTY = (
    '<unit id="u2"><ignorable id="i2"><source><ph id="c1" equiv="x"/></source></ignorable></unit>'
)
RAIN = '<unit id="u3"><segment><source>Rain.</source></segment></unit>'
SNOW = '<unit id="u1"><segment><source>Snow.</source><target>Nieve.</target></segment></unit>'
TWO_FILES = two(f'{WIND}{EMPTY}{RAIN}</file><file id="f2" original="b.html">{SNOW}')


def side(text: str, name: str) -> Document:
    return read_document(Source("a.xlf", text.encode()), ReadOptions(side=name))


def gone(document: Document) -> list[tuple[str, str]]:
    return [(one.reason, one.text) for one in document.dropped]


@pytest.mark.parametrize(
    ("name", "texts", "other"),
    [
        (
            "source",
            ["Wind.", "Rain.", "Snow."],
            [("the es side", "Viento."), ("the es side", "Nieve.")],
        ),
        (
            "target",
            ["Viento.", "Nieve."],
            [("the en side", one) for one in ("Wind.", "Rain.", "Snow.")],
        ),
    ],
)
def test_notes_proposals_and_metadata_of_2_are_told(
    name: str, texts: list[str], other: list[tuple[str, str]]
) -> None:
    document = side(TWO_FILES, name)
    assert [paragraph.text for paragraph in document.paragraphs] == texts
    assert gone(document) == [
        ("note", "Mind the gap."),
        ("proposed match", "Old wind. Viento viejo."),
        ("metadata", "word"),
        *other,
    ]


def test_what_has_no_text_stands_by_the_unit_after_it(tmp_path: Path) -> None:
    """A unit of codes only, the codes behind the last segment, the second file: all come back."""
    made = units(TWO_FILES)
    assert [(unit.id, unit.document) for unit in made] == [
        ("u1", "f1"),
        ("u3", "f1"),
        ("u1", "b.html"),
    ]
    assert made[0].properties[-1][0] == "tail"
    assert made[1].properties[0] == ("unit", EMPTY)
    assert made[2].properties[0] == ("file", "1")
    assert units(again(tmp_path, TWO_FILES)) == made


def test_words_in_sub_are_told_apart_from_native_code() -> None:
    text = one(
        '<trans-unit id="1"><source>See <ph id="1">a <sub>first <it id="2">x</it> note</sub>'
        '<sub> </sub> b</ph>it<x id="7"/>.<bpt id="9">{c <sub>two</sub></bpt>now<ept id="9">}</ept>'
        "</source><target>Véalo.</target></trans-unit>"
        '<trans-unit id="2"><source><ph id="1">only <sub>inside</sub></ph></source></trans-unit>'
    )
    document = side(text, "source")
    assert [paragraph.text for paragraph in document.paragraphs] == ["See it.now"]
    assert sorted(gone(document)) == [
        ("inline code", "a b"),
        ("inline code", "only"),
        ("inline code", "{c"),
        ("text inside an inline code", "first x note"),
        ("text inside an inline code", "inside"),
        ("text inside an inline code", "two"),
        ("the es side", "Véalo."),
    ]


UNIT = '<trans-unit id="{}"><source>One.</source><target>Uno.</target></trans-unit>'
FILE = '<file original="{}" source-language="en" target-language="es" datatype="html"{}>'
OTHERS = ' b:x="1"'
NESTED = (
    f'<xliff {CORE} xmlns:ns1="urn:a" xmlns:b="urn:b"><!-- c -->{FILE.format("e.html", "")}<header>'
    f"<note>empty</note></header><body/></file>{FILE.format('a.html', OTHERS)}<header><ns1:h/></header>"
    f'<body><group id="g1"><group id="g2">{UNIT.format(1)}</group><group id="g3"><note>n</note>'
    f"{UNIT.format(2)}</group></group>{UNIT.format(3)}</body></file>{FILE.format('z.html', '')}<body/></file>"
    "<ns1:tail/></xliff>"
)


def test_groups_files_without_units_and_parts_of_others_come_back(tmp_path: Path) -> None:
    text = again(tmp_path, NESTED)
    assert units(text) == units(NESTED)
    plain = text.replace("\n", "")
    assert [plain.count(f"<{name}") for name in ("file ", "group ", "ns1:tail")] == [3, 3, 1]
    assert plain.index("e.html") < plain.index("a.html") < plain.index("z.html")
    assert f'{UNIT.format(1)}</group><group id="g3"><note>n</note>' in plain


def test_units_in_another_order_open_their_groups_anew(tmp_path: Path) -> None:
    made = list(reversed(units(NESTED)))
    plain = written(tmp_path, made, read(NESTED).header).replace("\n", "")
    assert plain.index('id="3"') < plain.index('id="2"') < plain.index('id="1"')
    assert plain.count('<group id="g1">') == 2
    assert plain.count("<group") == plain.count("</group>")


def test_units_without_their_header_stand_in_a_file_of_ours(tmp_path: Path) -> None:
    plain = written(tmp_path, units(NESTED)).replace("\n", "")
    assert "ns1" not in plain
    assert '<tool tool-id="aligner"' in plain
    assert [unit.id for unit in units(plain)] == ["1", "2", "3"]


def test_files_of_2_without_units_come_back(tmp_path: Path) -> None:
    text = two(
        f'<notes><note id="x">n</note></notes><group id="g">{RAIN}</group></file><file id="f0">'
        f'<skeleton href="s"/></file><file id="f2">{SNOW}'
    )
    made = again(tmp_path, text)
    assert units(made) == units(text)
    assert '<file id="f0"><skeleton href="s"/></file>' in made
    assert '<notes><note id="x">n</note></notes>' in made
