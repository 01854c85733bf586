"""Files filled from a memory: segments, codes, placeholders, plural forms, doubts."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.memory import Memory, load_units
from aligner.model import Source, Unit, UsageError
from aligner.workflows.memory.pretranslating import pretranslate

CORE = 'xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"'
FILE = '<file original="a" source-language="en" target-language="es" datatype="x"><body>{}</body></file>'
PAIRS = [
    ("One boat.", "Un barco."),
    ("Two boats came.", "Llegaron dos barcos."),
    ("Dear %s, it is %d.", "Es %d, querido %s."),
    ("%d sail", "%d vela"),
    ("%d sails", "%d velas"),
    ("Close", "Cerrar"),
    ("Close", "Cerca"),
]
UNITS = [Unit.of("en", "es", a, b, "d", n) for n, (a, b) in enumerate(PAIRS, start=1)]


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    store = Memory(tmp_path / "m.db", write=True)
    load_units(store, UNITS, "a", "a")
    return store


def test_segments_of_a_unit(memory: Memory) -> None:
    """Without a target the marks are those of the source; what nobody knows stays empty."""
    text = f"<xliff {CORE}>" + FILE.format(
        '<trans-unit id="1"><source>One boat. Who? Two boats came.</source><seg-source>'
        '<mrk mtype="seg" mid="a">One boat.</mrk> <mrk mtype="seg" mid="b">Who?</mrk> '
        '<mrk mtype="seg" mid="c">Two boats came.</mrk></seg-source></trans-unit>'
        '<group translate="no"><trans-unit id="2"><source>One boat.</source></trans-unit></group>'
    ) + "</xliff>"  # fmt: skip
    data, filled = pretranslate(memory, Source("a.xlf", text.encode()), least=90)
    assert (
        '<mrk mtype="seg" mid="a">Un barco.</mrk> <mrk mtype="seg" mid="b"/> '
        '<mrk mtype="seg" mid="c">Llegaron dos barcos.</mrk></target>'
    ) in data.decode()
    assert data.count(b"<target") == 1
    assert (filled.segments, filled.exact) == (4, 2)


def test_codes_at_the_ends_have_a_place_and_others_a_proposal(memory: Memory) -> None:
    units = (
        '<trans-unit id="1"><source><g id="9">One boat.</g></source></trans-unit>'
        '<trans-unit id="2"><source>Two <g id="1">boats</g> came.</source></trans-unit>'
    )
    text = f"<xliff {CORE}>{FILE.format(units)}</xliff>"
    data, filled = pretranslate(memory, Source("a.xlf", text.encode()))
    out = data.decode()
    # the memory has no such code: a person must see it
    assert (
        'state="needs-review-translation" state-qualifier="fuzzy-match"><g id="9">Un barco.</g>'
        in out
    )
    assert "<alt-trans" in out
    assert (filled.exact, filled.fuzzy, filled.proposed) == (0, 1, 1)
    assert sum(filled.left.values()) == 1
    second = (
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en"'
        ' trgLang="es"><file id="f"><unit id="u"><segment><source>Two <pc id="1">boats</pc> came.'
        "</source></segment></unit></file></xliff>"
    )
    data, filled = pretranslate(memory, Source("a.xlf", second.encode()))
    assert b'ref="#s1"' in data
    assert b'<segment id="s1"><source>' in data
    assert filled.proposed == 1


SDL = "http://sdl.com/FileTypes/SdlXliff/1.0"


def test_the_segments_of_studio(memory: Memory) -> None:
    """Studio keeps the state of a segment beside the unit; a target that has some segments gets the others."""
    units = (
        '<trans-unit id="1"><source>Two boats came. One boat. One <g id="7">boat</g>.</source><seg-source>'
        '<mrk mtype="seg" mid="1">Two boats came.</mrk> <mrk mtype="seg" mid="2">One <g id="9">boat.</g></mrk> '
        '<mrk mtype="seg" mid="3">One boat.</mrk></seg-source>'
        '<target><mrk mtype="seg" mid="1">Hecho.</mrk></target>'
        f'<sdl:seg-defs xmlns:sdl="{SDL}"><sdl:seg id="1" conf="Translated"/><!-- no tag --><sdl:seg id="2"/>'
        '<sdl:seg id="3" conf="Draft"/></sdl:seg-defs></trans-unit>'
    )
    text = f"<xliff {CORE}>{FILE.format(units)}</xliff>"
    data, filled = pretranslate(memory, Source("a.sdlxliff", text.encode()))
    out = data.decode()
    assert (
        '<target><mrk mtype="seg" mid="1">Hecho.</mrk> <mrk mtype="seg" mid="3">Un barco.</mrk></target>'
    ) in out
    assert '<sdl:seg id="1" conf="Translated"/><!-- no tag --><sdl:seg id="2"/>' in out
    assert '<sdl:seg id="3" conf="Translated" origin="tm" percent="100"/>' in out
    # the code in the middle has no place in the known translation
    assert (
        '<alt-trans match-quality="100%" mid="2"><source>One boat.</source><target>Un barco.</target></alt-trans>'
    ) in out
    assert (filled.segments, filled.exact, filled.fuzzy, filled.proposed) == (3, 1, 0, 1)
    # all of it is written: nothing is changed
    _, filled = pretranslate(memory, Source("a.sdlxliff", data))
    assert (filled.segments, filled.exact, filled.fuzzy) == (3, 0, 0)


def test_what_is_said_to_be_unfinished_stays_so(memory: Memory) -> None:
    """One exact match and one that is not in one unit: its state is that of the worse."""
    units = (
        '<trans-unit id="1"><source>Close. One boat.</source><seg-source>'
        '<mrk mtype="seg" mid="1">Two boat came.</mrk> <mrk mtype="seg" mid="2">One boat.</mrk></seg-source>'
        "</trans-unit>"
    )
    text = f"<xliff {CORE}>{FILE.format(units)}</xliff>"
    data, filled = pretranslate(memory, Source("a.xlf", text.encode()))
    assert (filled.exact, filled.fuzzy) == (1, 1)
    assert (
        '<target state="needs-review-translation" state-qualifier="fuzzy-match">' in data.decode()
    )


def test_xliff_2(memory: Memory) -> None:
    """State by segment; candidates come first in their unit, for a segment that has an id of its own."""
    body = (
        '<unit id="s1"><segment><source>One boat.</source></segment>'
        "<segment><source>Two boat came.</source></segment>"
        '<segment id="given"><source>Two <pc id="1">boats</pc> came.</source></segment></unit>'
        '<unit id="s2" translate="no"><segment><source>One boat.</source></segment></unit>'
        '<unit id="u3"><segment id="s1"><source>One boat.</source><target>Hecho</target></segment>'
        '<segment><source>One <pc id="1">boat</pc>.</source></segment></unit>'
    )
    text = (
        '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en"'
        f' trgLang="es"><file id="f">{body}</file></xliff>'
    )
    data, filled = pretranslate(memory, Source("a.xlf", text.encode()), least=60)
    out = data.decode()
    assert '<segment state="translated"><source>One boat.</source><target>Un barco.</target>' in out
    assert '<segment state="initial"><source>Two boat came.</source><target>Llegaron dos' in out
    assert '<unit id="s2" translate="no"><segment><source>One boat.</source></segment>' in out
    assert "<source>One boat.</source><target>Hecho</target>" in out
    assert (
        '<unit id="u3"><mtc:matches xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0"><mtc:match'
        in out
    )
    matches = [line.split(">")[0] for line in out.split("<mtc:match ")[1:]]
    assert [("#given" in one, "#s2" in one) for one in matches] == [(True, False), (False, True)]
    assert '<segment id="s2"><source>One <pc id="1">boat</pc>.' in out
    assert (filled.segments, filled.exact, filled.fuzzy, filled.proposed) == (6, 1, 1, 2)


def test_what_is_no_xliff(memory: Memory) -> None:
    with pytest.raises(UsageError, match="the root element is <tmx>, not <xliff>"):
        pretranslate(memory, Source("a.xlf", b"<tmx/>"))


def test_a_catalogue(memory: Memory) -> None:
    text = (
        'msgid ""\nmsgstr ""\n"Language: es\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
        'msgid "Dear %s, it is %d."\nmsgstr ""\n\nmsgid "%d sail"\nmsgid_plural "%d sails"\n'
        'msgstr[0] ""\nmsgstr[1] ""\n\nmsgid "Close"\nmsgstr ""\n\n#~ msgid "One boat."\n#~ msgstr ""\n'
    )
    data, filled = pretranslate(memory, Source("a.po", text.encode()), "en")
    assert data.decode() == text.replace(
        'it is %d."\nmsgstr ""', 'it is %d."\nmsgstr "Es %d, querido %s."'
    ).replace('msgstr[0] ""\nmsgstr[1] ""', 'msgstr[0] "%d vela"\nmsgstr[1] "%d velas"').replace(
        'msgid "Close"\nmsgstr ""', '#, fuzzy\nmsgid "Close"\nmsgstr "Cerrar"'
    )
    assert (filled.segments, filled.exact, filled.fuzzy) == (3, 2, 1)


def test_one_form_and_other_charsets(memory: Memory) -> None:
    head = 'msgid ""\nmsgstr ""\n"Language: es\\n"\n"Content-Type: text/plain; charset={}\\n"\n\n'
    text = head.format("UTF-8") + 'msgid "%d sail"\nmsgid_plural "%d sails"\nmsgstr[0] ""\n'
    data, filled = pretranslate(memory, Source("a.po", text.encode()), "en")
    assert b'msgstr[0] "%d velas"' in data
    assert filled.exact == 1
    other = head.format("ISO-8859-1") + '# a\u00f1o\r\nmsgid "One boat."\nmsgstr ""\n'
    data, _ = pretranslate(memory, Source("a.po", other.encode("latin-1")), "en")
    assert data == other.encode("latin-1").replace(b'msgstr ""\n', b'msgstr "Un barco."\n').replace(
        b'msgid ""\nmsgstr "Un barco."\n', b'msgid ""\nmsgstr ""\n'
    )


def test_comments_and_instructions_of_a_file_stay(memory: Memory) -> None:
    unit = (
        "<!-- of the unit --><trans-unit id='1'><source>One <!-- mine -->boat.</source>"
        "<?tool keep?></trans-unit>"
    )
    text = f"<?before it?><!-- first --><xliff {CORE}>{FILE.format(unit)}<!-- last --></xliff>"
    data, filled = pretranslate(memory, Source("a.xlf", text.encode()))
    assert filled.exact == 1
    assert b"Un barco.</target>" in data
    for kept in ("<?before it?>", "first", "of the unit", "mine", "<?tool keep?>", "last"):
        assert kept in data.decode()
