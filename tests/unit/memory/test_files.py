"""Files in and out of a memory: broken TMX, export and back, pretranslation."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.memory import Filter, Memory, find_matches, load_units, stored_units
from aligner.model import (
    ExportError,
    Malformed,
    ReadError,
    Source,
    StoreError,
    Unit,
    dump_unit,
)
from aligner.workflows.corpus.units import alignments_of, read_units, units_of
from aligner.workflows.memory.pretranslating import pretranslate
from aligner.workflows.memory.storing import export_memory, import_file

UNITS = [
    Unit.of("en", "es", "Open the file.", "Abra el archivo.", "guide", 1, confidence=0.9),
    Unit.of(
        *("en", "es", "Save the file.", "Guarde el archivo.", "guide", 2),
        status="edited",
        before="Open the file.",
    ),
    Unit.of("en", "es", "Close every window now.", "Cierre ya cada ventana.", "tips", 1),
]


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    store = Memory(tmp_path / "m.db", write=True)
    load_units(store, UNITS, "a", "a")
    return store


def test_export_and_back(memory: Memory, tmp_path: Path) -> None:
    assert export_memory(memory, Filter(), tmp_path / "out.tmx.gz") == 3
    with Memory(tmp_path / "two.db", write=True) as other:
        assert import_file(other, tmp_path / "out.tmx.gz").new == 3
        back = list(stored_units(other, Filter()))
        assert [(u.source, u.target, u.document, u.confidence) for u in back] == [
            (u.source, u.target, u.document, u.confidence) for u in UNITS
        ]
        assert back[1].status == "edited"
        assert find_matches(other, "Save the file.", before="Open the file.")[0].kind == "context"
    with pytest.raises(ExportError, match="nothing to write"):
        export_memory(memory, Filter(document="none"), tmp_path / "none.tmx")
    assert not (tmp_path / "none.tmx").exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("<tmx><body><tu></body></tmx>", "line 1"),
        ('<!DOCTYPE tmx [<!ENTITY a SYSTEM "b">]><tmx>&a;</tmx>', "entities"),
    ],
)
def test_broken_tmx(memory: Memory, tmp_path: Path, data: str, said: str) -> None:
    (tmp_path / "bad.tmx").write_text(data)
    with pytest.raises(Malformed, match=said):
        import_file(memory, tmp_path / "bad.tmx")
    with pytest.raises(ReadError):
        import_file(memory, tmp_path / "absent.tmx")


def test_units_as_lines_and_as_alignments(tmp_path: Path) -> None:
    units = [*UNITS[:2], Unit.of("en", "es", "", "Solo aquí.", "guide", 3, "0-1"), UNITS[2]]
    path = tmp_path / "units.jsonl"
    path.write_text("".join(f"{dump_unit(unit)}\n" for unit in units), encoding="utf-8")
    assert list(read_units(path)) == units
    texts = [(u.source, u.target) for a in alignments_of(units) for u in units_of(a)]
    assert texts == [(u.source, u.target) for u in units]
    path.write_text(f"{dump_unit(units[0])}\n3\n", encoding="utf-8")
    with pytest.raises(Malformed, match="line 2"):
        list(read_units(path))


def test_text(memory: Memory) -> None:
    """Everything between the segments stays: blank lines, indentation, lines that wrap."""
    source = Source(
        "t.txt", b"  Open the file. Nobody\nknows this.\n\n\n\tClose all windows now.\nEnd\n"
    )
    data, filled = pretranslate(memory, source, "en", "es", least=70)
    assert data.decode() == (
        "  Abra el archivo. Nobody\nknows this.\n\n\n\tCierre ya cada ventana.\nEnd\n"
    )
    assert (filled.exact, filled.fuzzy) == (1, 1)


def test_catalogue(memory: Memory) -> None:
    text = (
        '# head\nmsgid ""\nmsgstr "Language: es\\n"\n\n#: a.c:1\n#, c-format\nmsgid "Save "\n'
        '"the file.\\n"\nmsgstr ""\n\nmsgid "Close every window."\nmsgstr ""\n\n'
        'msgid "Open the file."\nmsgstr "Mío"\n\nmsgid "one"\nmsgid_plural "many"\n'
        'msgstr[0] ""\nmsgstr[1] ""\n\n#~ msgid "old"\n#~ msgstr ""\n'
    )
    data, filled = pretranslate(memory, Source("m.po", text.encode()), "en", "es", least=70)
    assert data.decode() == text.replace(
        '"the file.\\n"\nmsgstr ""', '"the file.\\n"\nmsgstr "Guarde el archivo.\\n"'
    ).replace(
        'msgid "Close every window."\nmsgstr ""',
        '#, fuzzy\nmsgid "Close every window."\nmsgstr "Cierre ya cada ventana."',
    )
    assert (filled.segments, filled.exact, filled.fuzzy) == (4, 1, 1)


def test_what_a_catalogue_is_not_sure_of_stays_so(memory: Memory, tmp_path: Path) -> None:
    head = 'msgid ""\nmsgstr "Language: es\\n"\n\n'
    entry = 'msgid "Print the letter."\nmsgstr "{}"\n'
    path = tmp_path / "m.po"
    path.write_text(f"{head}#, fuzzy\n{entry.format('Borre la carta.')}", encoding="utf-8")
    import_file(memory, path, "en", "es")
    (match,) = find_matches(memory, "Print the letter.", "en", "es", limit=1)
    assert (match.score, match.kind) == (99.0, "fuzzy")
    data, _ = pretranslate(memory, Source("n.po", (head + entry.format("")).encode()), "en")
    assert data.decode() == f"{head}#, fuzzy\n{entry.format('Borre la carta.')}"


def test_a_file_says_its_languages(memory: Memory) -> None:
    """What is declared is filled in, and no other language's translation; both ways."""
    po = 'msgid ""\nmsgstr ""\n"Language: {}\\n"\n\nmsgid "Open the file."\nmsgstr ""\n'
    data, filled = pretranslate(memory, Source("m.po", po.format("es_MX").encode()))
    assert b'msgstr "Abra el archivo."' in data
    assert filled.exact == 1
    with pytest.raises(StoreError, match="no units from any to fr"):
        pretranslate(memory, Source("m.po", po.format("fr").encode()))
    xliff = (
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a"'
        ' source-language="{}" target-language="{}" datatype="plaintext"><body><trans-unit id="1">'
        "<source>{}</source></trans-unit></body></file></xliff>"
    )
    for source, target, text, wanted in (
        ("en", "es", "Open the file.", b">Abra el archivo.</target>"),
        ("es-ES", "en-GB", "Abra el archivo.", b">Open the file.</target>"),
    ):
        file = Source("a.xlf", xliff.format(source, target, text).encode())
        assert wanted in pretranslate(memory, file)[0]
    with pytest.raises(StoreError, match="no units from en to de"):
        pretranslate(memory, Source("a.xlf", xliff.format("en", "de", "Open the file.").encode()))


def test_xliff(memory: Memory) -> None:
    text = (
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a"'
        ' source-language="en" target-language="es" datatype="plaintext"><body>'
        '<trans-unit id="1"><source>Open the file.</source></trans-unit>'
        '<trans-unit id="2"><source>Save the <g id="1">file</g>.</source></trans-unit>'
        '<trans-unit id="3"><source>Save the file.</source><target>Mío</target></trans-unit>'
        '<trans-unit id="4" translate="no"><source>Open the file.</source></trans-unit>'
        "</body></file></xliff>"
    )
    data, filled = pretranslate(memory, Source("a.xlf", text.encode()), "en", "es")
    out = data.decode()
    assert (
        '<target state="translated" state-qualifier="exact-match">Abra el archivo.</target>' in out
    )
    assert 'match-quality="100%"' in out
    assert out.count("<target") == 3
    assert (filled.exact, filled.proposed) == (1, 1)
    second = (
        '<xliff version="2.0" srcLang="en" trgLang="es"'
        ' xmlns="urn:oasis:names:tc:xliff:document:2.0"><file id="f"><unit id="u"><segment>'
        "<source>Close all windows now.</source></segment></unit></file></xliff>"
    )
    data, filled = pretranslate(memory, Source("a.xlf", second.encode()), "en", "es", least=70)
    assert b'<segment state="initial"><source>' in data
    assert b"<target>Cierre ya cada ventana.</target></segment>" in data
