"""What public files hold that nobody thinks of: it comes back, or `convert` says that it does not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from aligner.cli import app
from aligner.model import Header, ReadOptions, Unit
from aligner.workflows.unit_files import open_units

XLIFF = '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">{}</xliff>'
FILE = '<file original="a" source-language="en" target-language="es" datatype="x"><body>{}</body></file>'
XLIFF2 = (
    '<xliff version="2.1" srcLang="en" trgLang="es" xmlns="urn:oasis:names:tc:xliff:document:2.0">'
    '<file id="f">{}</file></xliff>'
)
TMX = (
    '<tmx version="1.4"><header creationtool="c" creationtoolversion="1" segtype="sentence" '
    'o-tmf="c" adminlang="en" srclang="en" datatype="plaintext"/><body>{}</body></tmx>'
)
PO = 'msgid ""\nmsgstr "Language: es\\nX-Source-Language: en\\nPlural-Forms: nplurals=2; plural=n != 1;\\n"\n\n'


def read(path: Path) -> tuple[list[Unit], Header]:
    with open_units(str(path), None, ReadOptions(None, False)) as stream:
        return list(stream), stream.header


def convert(path: Path, name: str) -> tuple[Path, dict[str, Any]]:
    out = path.parent / name
    result = CliRunner().invoke(app, ["convert", str(path), str(out), "--json", "--quiet"])
    assert result.exit_code == 0, result.output
    return out, json.loads(result.stdout)


def lost(summary: dict[str, Any]) -> list[str]:
    (sentences,) = summary["lost"].values()
    return list(sentences)


def again(tmp_path: Path, text: str, name: str) -> tuple[str, list[Unit]]:
    """The text of a file written in its own format, whose units and header are those before."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    out, summary = convert(path, f"out.{name.partition('.')[2]}")
    units, header = read(path)
    assert (units, header) == read(out)
    assert lost(summary) == []
    assert summary["not_read"] == {}
    return out.read_text(encoding="utf-8"), units


def tu(source: str, target: str = "", *, more: str = "") -> str:
    sides = [("en", source), ("es", target)]
    tuvs = (f'<tuv xml:lang="{lang}"><seg>{text}</seg></tuv>' for lang, text in sides if text)
    return f"<tu{more}>{''.join(tuvs)}</tu>"


def unit(number: str, source: str, target: str = "") -> str:
    return (
        f'<trans-unit id="{number}"><source>{source}</source><target>{target}</target></trans-unit>'
    )


def test_units_without_a_translation_that_a_memory_leaves_out_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xlf"
    body = unit("1", "One.", "Uno.") + unit("2", "Two.") + unit("3", "Three.") + unit("4", "")
    path.write_text(XLIFF.format(FILE.format(body)))
    out, summary = convert(path, "a.tmx")
    assert len(read(out)[0]) == 1
    assert sorted(one for one in lost(summary) if one[0].isdigit()) == [
        "1 unit without any text",
        "2 segments without a counterpart (--nulls keep or separate writes them)",
    ]


def test_the_same_note_twice_keeps_the_attributes_of_each(tmp_path: Path) -> None:
    notes = '<note xml:lang="en">ask</note><note o-encoding="x">ask</note><note>ask</note>'
    props = '<prop type="p" xml:lang="fr">1</prop><prop type="p">1</prop>'
    text, _ = again(tmp_path, TMX.format(f"<tu>{props}{notes}{tu('A.', 'B.')[4:]}"), "a.tmx")
    assert notes in text
    assert props in text


def test_codes_without_ids_stay_pairs(tmp_path: Path) -> None:
    path = tmp_path / "a.xlf"
    inner = '<bpt rid="1">[b]</bpt>new<ept rid="1">[/b]</ept>'
    path.write_text(XLIFF.format(FILE.format(unit("1", inner, inner))))
    out, _ = convert(path, "a.tmx")
    (one,) = read(out)[0]
    assert [[code.role for code in variant.codes] for variant in one.variants] == [
        ["open", "close"]
    ] * 2
    assert [code.markup for code in one.variants[0].codes] == ["[b]", "[/b]"]


@pytest.mark.parametrize("suffix", ["xlf", "xliff2"])
def test_white_space_that_counts_is_there_again(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / "a.tmx"
    path.write_text(TMX.format(tu("Name:   {0}\n\tAge", "Nombre:   {0}\n\tEdad")))
    out, _ = convert(path, f"a.{suffix}")
    assert 'xml:space="preserve"' in out.read_text()
    (one,) = read(out)[0]
    raw = [dict(variant.properties)["raw"] for variant in one.variants]
    assert raw == ["Name:   {0}\n\tAge", "Nombre:   {0}\n\tEdad"]
    plain = tmp_path / "b.tmx"
    plain.write_text(TMX.format(tu("Name: {0}", "Nombre: {0}")))
    assert "xml:space" not in convert(plain, f"b.{suffix}")[0].read_text()


def test_ids_that_may_not_stand_twice_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    first, second = tu("A.", "B.", more=' tuid="7"'), tu("C.", "D.", more=' tuid="7"')
    path.write_text(TMX.format(first + second))
    out, summary = convert(path, "a.xlf")
    assert [one.id for one in read(out)[0]] == ["7", "7-2"]
    assert any(one.startswith("1 id of a unit that is another one") for one in lost(summary))


def test_an_id_of_digits_is_one_in_xliff_2(tmp_path: Path) -> None:
    path = tmp_path / "a.xlf"
    path.write_text(XLIFF.format(FILE.format(unit("12", "A.", "B.") + unit("a b", "C.", "D."))))
    out, summary = convert(path, "a.xliff2")
    first, second = read(out)[0]
    assert first.id == "12"
    assert second.id != "a b"
    assert any(one.startswith("1 id of a unit") for one in lost(summary))


def test_a_group_of_a_tool_inside_a_unit_is_no_group_of_units(tmp_path: Path) -> None:
    inner = '<group name="words">\n <count-group name="c"><count count-type="x">1</count></count-group></group>'
    one = unit("1", "A.", "B.").replace("</trans-unit>", f"{inner}</trans-unit>")
    text, _ = again(tmp_path, XLIFF.format(FILE.format(one)), "a.xlf")
    assert inner in text


def test_a_source_that_is_not_what_its_segments_are_stays(tmp_path: Path) -> None:
    one = (
        '<trans-unit id="1"><source>von Ada Lind. Heute.</source><seg-source><mrk mtype="seg" mid="0">von Ada'
        ' Lint.</mrk> <mrk mtype="seg" mid="1">Heute.</mrk></seg-source></trans-unit>'
    )
    text, units = again(tmp_path, XLIFF.format(FILE.format(one)), "a.xlf")
    assert "<source>von Ada Lind. Heute.</source>" in text
    assert "von Ada Lint." in text
    assert [one.source for one in units] == ["von Ada Lint.", "Heute."]


def test_what_stands_in_codes_that_should_be_empty_stays(tmp_path: Path) -> None:
    inner = 'a <sc id="1">&lt;b></sc>b<ec startRef="1"><x:y xmlns:x="urn:x">c</x:y></ec>'
    segment = f'<unit id="u"><segment><source>{inner}</source></segment></unit>'
    text, units = again(tmp_path, XLIFF2.format(segment), "a.xliff2")
    assert '<sc id="1">&lt;b></sc>' in text.replace("&gt;", ">")
    assert ">c<" in text
    assert units[0].source == "a b"
    assert units[0].variants[0].codes[0].markup == "<b>"


def test_original_data_that_no_code_names_stays(tmp_path: Path) -> None:
    data = '<originalData><data id="d1">one</data></originalData>'
    segment = f'<unit id="u">{data}<segment><source>a<ph id="1" dataRef="other"/></source></segment></unit>'
    text, _ = again(tmp_path, XLIFF2.format(segment), "a.xliff2")
    assert data in text


ODD = """#, c-format
#, fuzzy
msgid "two lines of flags"
msgstr "dos"

#. note
#,
#: a.c:1
msgid "an empty line of flags"
msgstr "una"

msgid "a door"
msgid_plural "%d doors"

msgid_plural "no source"
msgstr[0] "sin"

#~ msgid "old"
#~ msgstr "viejo"

# the last word, behind all entries
"""


def test_what_a_catalogue_holds_besides_entries_comes_back(tmp_path: Path) -> None:
    text, units = again(tmp_path, PO + ODD, "a.po")
    for line in ODD.splitlines():
        assert line in text.splitlines()
    assert text.index("# the last word") > text.index('msgstr "viejo"') > text.index('"%d doors"')
    assert [one.labels for one in units[:2]] == [("fuzzy",), ()]


def test_what_a_catalogue_holds_besides_entries_is_told_elsewhere(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_text(PO + ODD)
    _, summary = convert(path, "a.jsonl")
    assert summary["not_read"] == {
        "entry without a source": 1,
        "obsolete entry": 1,
        "comment at the end": 1,
    }


def test_texts_without_a_source_and_second_translations_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.tmx"
    alone = '<tu><tuv xml:lang="es"><seg>Sola.</seg></tuv></tu>'
    path.write_text(TMX.format(tu("A.", "B.") + tu("A.", "C.") + alone))
    out, summary = convert(path, "a.po")
    assert "# without a source: Sola." in out.read_text()
    assert [one for one in lost(summary) if one[0].isdigit()] == [
        "1 unit of a source and context that stood there before: a number is behind its context",
        "1 text without a source, which stands in a comment",
    ]


def test_characters_that_xml_forbids_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_text(PO + 'msgid "a\\vb c"\nmsgstr "d"\n')
    _, summary = convert(path, "a.tmx")
    assert any(one.startswith("characters that XML forbids") for one in lost(summary))
    assert not any("characters" in one for one in lost(convert(path, "a.jsonl")[1]))


PLAIN = (
    '<trans-unit id="1" approved="yes" xml:space="preserve"><source xml:lang="en">A. B.</source><seg-source>'
    '<mrk mtype="seg" mid="0">A.</mrk> <mrk mtype="seg" mid="1">B.</mrk></seg-source><target xml:lang="es">'
    '<mrk mtype="seg" mid="0">C.</mrk> <mrk mtype="seg" mid="1">D.</mrk></target>{}</trans-unit>'
)
ALTERNATIVE = "<alt-trans><source>A.</source><target>Old words.</target></alt-trans>"


def test_how_a_file_is_laid_out_is_no_loss(tmp_path: Path) -> None:
    """Marks, languages of texts and the like are said by what is written."""
    path = tmp_path / "a.xlf"
    path.write_text(XLIFF.format(FILE.format(PLAIN.format(""))))
    for name in ("a.tmx", "a.xliff2"):
        _, summary = convert(path, name)
        joins = ["which units are parts of one paragraph"] if name == "a.tmx" else []
        assert [one for one in lost(summary) if one not in joins] == []
        assert summary["not_read"] == {}


def test_segments_with_notes_of_their_own_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xlf"
    conf = '<sdl:seg-defs xmlns:sdl="urn:sdl"><sdl:seg id="1" conf="Draft"/></sdl:seg-defs>'
    path.write_text(XLIFF.format(FILE.format(PLAIN.replace(' approved="yes"', "").format(conf))))
    out, summary = convert(path, "a.xliff2")
    assert [(one.joins, one.labels) for one in read(out)[0]] == [(False, ()), (False, ("fuzzy",))]
    assert any(one.startswith("1 segment that is a unit of its own") for one in lost(summary))


def test_proposals_are_told_only_where_they_are_gone(tmp_path: Path) -> None:
    path = tmp_path / "a.xlf"
    path.write_text(XLIFF.format(FILE.format(PLAIN.format(ALTERNATIVE))))
    for name in ("a.tmx", "a.jsonl", "out.xlf"):
        out, summary = convert(path, name)
        assert "Old words." in out.read_text()
        assert summary["not_read"] == {}
    for name in ("a.xliff2", "a.po"):
        out, summary = convert(path, name)
        assert "Old words." not in out.read_text()
        assert summary["not_read"] == {"alt-trans": 1}
        assert any(one.startswith("properties of units") for one in lost(summary))


def test_notes_of_a_file_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xlf"
    file = FILE.format(PLAIN.format("")).replace(
        "<body>", "<header><note>all</note></header><body>"
    )
    path.write_text(XLIFF.format(file))
    assert any("header" in one for one in lost(convert(path, "a.tmx")[1]))
