"""XLIFF to units and back: codes, segments, contexts, states, files, and what stands beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.model import Code, Declined, Header, Malformed, Unit, Variant
from tests.unit.formats.xliff.samples import CORE, again, one, read, two, units, written

SDL = f'{CORE} xmlns:sdl="http://sdl.com/FileTypes/SdlXliff/1.0" sdl:version="1.0"'
STUDIO = one(
    '<group><sdl:cxts><sdl:cxt id="5"/></sdl:cxts>'
    '<trans-unit id="1b2c3d4e-aaaa-bbbb-cccc-0123456789ab"><source><g id="3">One boat. Two</g>'
    ' boats.</source><seg-source><g id="3"><mrk mtype="seg" mid="7">One boat.</mrk> '
    '<mrk mtype="seg" mid="8">Two</mrk></g> boats.</seg-source><target><g id="3">'
    '<mrk mtype="seg" mid="7">Un <mrk mtype="x-sdl-deleted" sdl:revid="r1">viejo </mrk>barco.</mrk>'
    ' <mrk mtype="seg" mid="8"/></g> boats.</target><sdl:seg-defs>'
    '<sdl:seg id="7" conf="ApprovedSignOff" origin="interactive">'
    '<sdl:value key="created_by">ana</sdl:value>'
    '<sdl:value key="modified_on">05/04/2019 11:48:30</sdl:value></sdl:seg><sdl:seg id="8"/>'
    "</sdl:seg-defs></trans-unit></group>",
    root=SDL,
)
MEMOQ = one(
    '<trans-unit id="1" mq:status="ManuallyConfirmed" mq:lastchanginguser="eva"'
    ' mq:lastchangedtimestamp="2019-05-05T05:44:39Z"><source xml:space="preserve">'
    '<bpt id="1" rid="1">&lt;b&gt;</bpt>Boats<ept id="2" rid="1">&lt;/b&gt;</ept></source>'
    '<target xml:space="preserve"><bpt id="1" rid="3">&lt;b&gt;</bpt>Barcos'
    '<ept id="2" rid="3">&lt;/b&gt;</ept></target></trans-unit>'
    '<trans-unit id="2" mq:status="PartiallyEdited"><source>Sea</source><target>Mar</target>'
    "</trans-unit>",
    root=f'{CORE} xmlns:mq="MQXliff"',
)
PHRASE = one(
    '<trans-unit id="a:1" m:confirmed="1" m:created-at="1557035079000"><source>Sea</source>'
    '<target>Mar</target></trans-unit><trans-unit id="a:2" m:confirmed="0"><source>Sun</source>'
    "<target>Sol</target></trans-unit>",
    root=f'{CORE} xmlns:m="http://www.memsource.com/mxlf/2.0"',
)
CODES = one(
    '<trans-unit id="1"><source>A <g id="1" ctype="bold">big <x id="2" equiv-text="{n}"/></g> boat'
    '<bx id="3"/> and <ex id="3"/><it id="4" pos="open">&lt;i&gt;</it> more '
    '<ph id="5">&lt;img alt="<sub>A sail</sub>"/&gt;</ph></source></trans-unit>'
)
NOTES = one(
    '<group id="g1" resname="menu"><note>Of the group</note><trans-unit id="1" resname="file.open">'
    "<source>Open</source><target>Abrir</target>"
    '<context-group purpose="location"><context context-type="sourcefile">a.c</context>'
    '</context-group><note from="dev" priority="1">A verb</note><note>Short</note>'
    '<alt-trans match-quality="80%"><target>Abra</target></alt-trans></trans-unit></group>'
)
SECOND = two(
    '<unit id="u1" name="key"><notes><note id="n1" category="x">Mind</note></notes><originalData>'
    '<data id="d1">&lt;b&gt;</data><data id="d2">&lt;/b&gt;</data></originalData>'
    '<segment id="s1" state="reviewed"><source>A <pc id="1" dataRefStart="d1" dataRefEnd="d2">big'
    '</pc> boat.</source><target>Un barco <pc id="1" dataRefStart="d1" dataRefEnd="d2">grande</pc>.'
    "</target></segment><ignorable><source> </source></ignorable>"
    '<segment id="s2" state="initial"><source>Two.<ph id="2" equiv="%d"/></source>'
    '<target>Dos.<ph id="2" equiv="%d"/></target></segment></unit>'
)
SPACES = one(
    '<trans-unit id="1" xml:space="preserve"><source>a\n  b </source><target> c\td</target>'
    '</trans-unit><trans-unit id="2"><source>x\u00adx  y</source></trans-unit>'
)
SEVERAL = (
    f'<xliff {CORE}><file original="a" source-language="en" target-language="es" datatype="x">'
    '<header><note>of a</note></header><body><trans-unit id="1"><source>Sea</source>'
    '<target>Mar</target></trans-unit></body></file><file original="a" source-language="en"'
    ' target-language="fr" datatype="x"><body/></file><file original="a" source-language="en"'
    ' target-language="es" datatype="y"><body><trans-unit id="1"><source>Sun</source>'
    "<target>Sol</target></trans-unit></body></file></xliff>"
)
ALL = {
    "studio": STUDIO,
    "memoq": MEMOQ,
    "phrase": PHRASE,
    "codes": CODES,
    "notes": NOTES,
    "2.1": SECOND,
    "white space": SPACES,
    "several files": SEVERAL,
}


@pytest.mark.parametrize("name", ALL)
def test_it_comes_back_as_it_was(name: str, tmp_path: Path) -> None:
    before = read(ALL[name])
    there = list(before)
    text = again(tmp_path, ALL[name])
    after = read(text)
    assert list(after) == there
    assert after.header == before.header


def test_a_studio_file_is_read_segment_by_segment() -> None:
    stream = read(STUDIO)
    first, second = stream
    assert [(u.source, u.target) for u in (first, second)] == [
        ("One boat.", "Un barco."),
        ("Two", ""),
    ]
    assert (first.status, second.status) == ("accepted", "auto")
    assert (first.joins, second.joins) == (False, True)
    assert first.context == first.id == "1b2c3d4e-aaaa-bbbb-cccc-0123456789ab"
    people = dict(first.variants[1].attributes)
    assert people == {"creationid": "ana", "changedate": "20190504T114830Z"}
    # deleted by tracked changes, and in no segment: told
    assert dict(stream.dropped) == {"tracked deletion": 1, "text between segments": 2}


def test_a_segment_that_was_decided_on_says_so_in_studios_words(tmp_path: Path) -> None:
    stream = read(STUDIO)
    first, second = stream
    done = second._replace(
        variants=(second.variants[0], second.variants[1]._replace(text="Dos")), status="accepted"
    )
    plain = first._replace(status="auto", labels=("fuzzy",))
    text = written(tmp_path, [plain, done], stream.header)
    assert '<sdl:seg id="7" conf="Draft"' in text
    assert '<mrk mtype="seg" mid="8">Dos</mrk></g> boats.</target>' in text


def test_memoq_and_phrase_say_what_is_confirmed() -> None:
    for text in (MEMOQ, PHRASE):
        sure, unsure = units(text)
        assert (sure.status, sure.labels) == ("accepted", ())
        assert (unsure.status, unsure.labels) == ("auto", ("fuzzy",))
    assert dict(units(MEMOQ)[0].variants[1].attributes)["changeid"] == "eva"
    assert dict(units(PHRASE)[0].variants[1].attributes)["creationdate"] == "20190505T054439Z"


def test_a_pair_has_one_id_in_both_texts() -> None:
    source, target = units(MEMOQ)[0].variants
    assert [(c.role, c.id, c.markup) for c in source.codes] == [
        ("open", "1", "<b>"),
        ("close", "1", "</b>"),
    ]
    assert [(c.role, c.id) for c in target.codes] == [("open", "1"), ("close", "1")]


def test_codes_of_1_2() -> None:
    (unit,) = units(CODES)
    assert unit.source == "A big  boat and  more "
    assert [
        (c.place, c.role, c.id, c.kind, c.markup, c.element) for c in unit.variants[0].codes
    ] == [
        (2, "open", "1", "bold", "", "g"),
        (6, "point", "2", "", "{n}", "x"),
        (6, "close", "1", "bold", "", "g"),
        (11, "open", "3", "", "", "bx"),
        (16, "close", "3", "", "", "ex"),
        (16, "begin", "4", "", "<i>", "it"),
        (22, "point", "5", "", '<img alt=""/>', "ph"),
    ]
    assert unit.variants[0].codes[-1].content == '&lt;img alt="<sub>A sail</sub>"/&gt;'


def test_what_stands_beside_the_texts() -> None:
    stream = read(NOTES)
    (unit,) = stream
    assert (unit.context, unit.id) == ("file.open", "1")
    assert unit.notes == ("A verb", "Short")
    assert [name for name, _ in unit.properties] == ["group", "context-group", "alt-trans", "note"]
    assert dict(stream.dropped) == {"alt-trans": 1}


def test_groups_and_binary_units_that_hold_no_unit_are_named() -> None:
    empty = (
        '<group id="g"><note>N</note></group><bin-unit id="b" mime-type="image/png"><bin-source>'
        '<external-file href="a.png"/></bin-source></bin-unit>'
    )
    stream = read(one(f'<trans-unit id="1"><source>A</source></trans-unit>{empty}'))
    assert [unit.id for unit in stream] == ["1"]
    assert dict(stream.dropped) == {"empty group": 1, "empty bin-unit": 1}


def test_codes_and_states_of_2_1() -> None:
    first, second = units(SECOND)
    assert (first.source, first.status, first.context) == ("A big boat.", "accepted", "key")
    assert [(c.role, c.markup) for c in first.variants[0].codes] == [
        ("open", "<b>"),
        ("close", "</b>"),
    ]
    assert (second.status, second.labels, second.joins) == ("auto", ("fuzzy",), True)
    assert second.variants[0].codes[0].markup == "%d"


@pytest.mark.parametrize(
    ("said", "status", "labels"),
    [
        ('approved="yes"', "accepted", ()),
        ('state="final"', "accepted", ()),
        ('state="signed-off"', "accepted", ()),
        ('state="translated"', "auto", ()),
        ('state="needs-translation"', "auto", ("fuzzy",)),
        ('state="translated" state-qualifier="fuzzy-match"', "auto", ("fuzzy",)),
        ("", "auto", ()),
    ],
)
def test_states_of_1_2(said: str, status: str, labels: tuple[str, ...], tmp_path: Path) -> None:
    unit, target = (said, "") if "approved" in said else ("", said)
    text = one(
        f'<trans-unit id="1" {unit}><source>Sea</source><target {target}>Mar</target></trans-unit>'
    )
    (found,) = units(text)
    assert (found.status, found.labels) == (status, labels)
    stream = read(text)
    for wanted, unsure in (("accepted", ()), ("edited", ()), ("auto", ("fuzzy",)), ("auto", ())):
        changed = [found._replace(status=wanted, labels=unsure)]
        (back,) = units(written(tmp_path, changed, stream.header))
        assert (back.status, back.labels) == (wanted, unsure)


def test_units_without_marks_pair_with_a_whole_target() -> None:
    text = one(
        '<trans-unit id="1"><source>One. Two.</source><seg-source><mrk mtype="seg" mid="1">One.</mrk>'
        ' <mrk mtype="seg" mid="2">Two.</mrk></seg-source><target>Uno. Dos.</target></trans-unit>'
    )
    (unit,) = units(text)
    assert (unit.source, unit.target) == ("One. Two.", "Uno. Dos.")


def test_units_of_another_format(tmp_path: Path) -> None:
    """Codes, notes, context, labels and a third language; ids that a second unit has too."""
    codes = (
        Code(0, "open", "1", "bold", "<b>"),
        Code(3, "close", "1", "bold", "</b>"),
        Code(3, "point", "2", "", "%d"),
        Code(3, "begin", "9", "", "<i>"),
    )
    unit = Unit(
        (Variant("en", "Sea", codes), Variant("es", "Mar", codes), Variant("fr", "Mer", ())),
        document="doc",
        context="menu",
        id="x",
        notes=("Mind",),
        labels=("a;b",),
        status="edited",
        confidence=0.5,
        form="tmx",
        kind="1-1",
    )
    made = [unit, unit._replace(context="", notes=(), confidence=None, status="auto", labels=())]
    for form in ("xliff", "xliff2"):
        first, second = units(written(tmp_path, made, to=form))
        assert (first.source, first.target) == ("Sea", "Mar")
        assert [(c.place, c.role, c.kind, c.markup) for c in first.variants[0].codes] == [
            (c.place, c.role, c.kind, c.markup) for c in codes
        ]
        assert (first.context, first.notes, first.labels) == ("menu", ("Mind",), ("a;b",))
        assert (first.status, first.confidence) == ("edited", 0.5)
        assert (second.status, second.labels, second.context) == ("auto", (), "")
        assert first.id == "x" != second.id
        (french, _) = units((tmp_path / "out.fr.xlf").read_bytes())
        assert (french.target_lang, french.target) == ("fr", "Mer")


def test_pairs_that_cross_are_written(tmp_path: Path) -> None:
    crossed = (
        Code(0, "open", "1", "bold"),
        Code(1, "open", "2", "italic"),
        Code(2, "close", "1", "bold"),
        Code(3, "close", "2", "italic"),
    )
    unit = Unit((Variant("en", "Sea", crossed), Variant("es", "Mar")), form="html")
    for form in ("xliff", "xliff2"):
        (back,) = units(written(tmp_path, [unit], to=form))
        assert [(c.place, c.role, c.id, c.kind) for c in back.variants[0].codes[:2]] == [
            (0, "open", "1", "bold"),
            (1, "open", "2", "italic"),
        ]
        assert [(c.place, c.role, c.id) for c in back.variants[0].codes[2:]] == [
            (2, "close", "1"),
            (3, "close", "2"),
        ]


def test_a_file_without_units_is_one(tmp_path: Path) -> None:
    for form in ("xliff", "xliff2"):
        assert units(written(tmp_path, [], Header(), form)) == []


def test_what_is_no_xliff() -> None:
    with pytest.raises(Declined):
        read("<tmx/>")
    with pytest.raises(Declined):
        read("plain", name="a.txt")
    with pytest.raises(Malformed, match="line 1"):
        read("<xliff><file></xliff>")
