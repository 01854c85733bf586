"""Files filled from a memory: segments, codes, placeholders, plural forms, doubts."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.memory import Memory, load_units
from aligner.model import Source, Unit
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
