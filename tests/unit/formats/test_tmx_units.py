"""TMX in, units, TMX out: what a file says comes back; what means the same is read the same."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from aligner.cli import app
from aligner.files import sink_of
from aligner.formats import WriteOptions
from aligner.formats.tmx.stream import stream
from aligner.formats.tmx.write import write_units
from aligner.model import Code, Declined, Header, Malformed, ReadOptions, Unit, UnitStream, Variant

HEAD = (
    '<tmx version="1.4"><header creationtool="{tool}" srclang="{lang}"/><body>{body}</body></tmx>'
)


def tuv(lang: str, text: str, beside: str = "", **attributes: str) -> str:
    said = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return f'<tuv xml:lang="{lang}"{said}>{beside}<seg>{text}</seg></tuv>'


def opened(body: str, lang: str = "en", tool: str = "x", **options: Any) -> UnitStream:
    data = HEAD.format(tool=tool, lang=lang, body=body).encode()
    return stream(io.BytesIO(data), "a.tmx", ReadOptions(**options))


def units(body: str, lang: str = "en", tool: str = "x") -> list[Unit]:
    return list(opened(body, lang, tool))


def written(units: UnitStream, folder: Path, **options: Any) -> bytes:
    sink = sink_of(folder / "out.tmx")
    write_units(units, sink, WriteOptions(**options))
    sink.commit()
    return (folder / "out.tmx").read_bytes()


CODES = [
    'Press <bpt i="1" x="3" type="bold">&lt;b&gt;</bpt>start<ept i="1">&lt;/b&gt;</ept>.',
    '<it pos="end" x="2">&lt;/i&gt;</it> after <it pos="begin" x="1">&lt;u&gt;</it>that',
    '<ph x="1" type="fnote" assoc="p">[<sub datatype="html">A <hi type="x">note</hi>.</sub>]</ph>Sea',
    'a <hi type="b">b <hi>c</hi></hi> <ut x="9">{\\f}</ut>d<ph/>',
    "an <x-el a='1'/> unknown <span k='v'>one</span>",
]


@pytest.mark.parametrize("code", CODES)
def test_codes_come_back_as_they_were(code: str, tmp_path: Path) -> None:
    body = f"<tu>{tuv('en', code)}{tuv('es', code)}</tu>"
    first = opened(body)
    found = list(first)
    data = written(UnitStream(found, first.header), tmp_path)
    assert list(stream(io.BytesIO(data), "a.tmx")) == found
    assert code.replace("'", '"').encode() in data


def test_text_is_what_is_no_code() -> None:
    texts = [units(f"<tu>{tuv('en', code)}</tu>")[0].source for code in CODES]
    assert texts == [
        "Press start.",
        " after that",
        "Sea",
        "a b c d",
        "an  unknown one",
    ]
    (unit,) = units(f"<tu>{tuv('en', CODES[0])}</tu>")
    assert unit.variants[0].codes == (
        Code(6, "open", "3", "bold", "<b>", "bpt", (("i", "1"), ("x", "3"), ("type", "bold"))),
        Code(11, "close", "3", "bold", "</b>", "ept", (("i", "1"),)),
    )


WHOLE = """<?xml version="1.0"?>
<tmx version="1.4"><header creationtool="Cat" o-tmf="c" srclang="DE" adminlang="de" datatype="xml"
 segtype="block" creationtoolversion="7"><note>of all</note><ude name="u" base="x"><map
 unicode="#xF8FF" code="#xF0"/></ude><prop type="x-Kunde:SinglePicklist">A,B</prop></header><body>
<tu tuid="7" changedate="20210101T000000Z" usagecount="4" o-tmf="z"><note>one</note><note>two</note>
<prop type="x-ConfirmationLevel">ApprovedSignOff</prop><prop type="Txt::Job">J 1</prop>
<prop type="x-label">law</prop><tuv xml:lang="DE" creationid="eva"><note>n</note><prop
 type="x-context-pre">Davor.</prop><seg> Die  Pumpe läuft. </seg></tuv><tuv xml:lang="it_it"
 usagecount="2"><seg>La pompa è accesa.</seg></tuv><tuv xml:lang="IT"><seg>Accesa.</seg></tuv></tu>
</body></tmx>"""


def test_everything_that_a_file_says(tmp_path: Path) -> None:
    first = stream(io.BytesIO(WHOLE.encode()), "a.tmx")
    (unit,) = found = list(first)
    assert (unit.id, unit.status, unit.labels, unit.before) == ("7", "accepted", ("law",), "Davor.")
    assert unit.notes == ("one", "two")
    assert [variant.lang for variant in unit.variants] == ["de", "it-IT", "it"]
    assert unit.source == " Die  Pumpe läuft. "
    data = written(UnitStream(found, first.header), tmp_path)
    again = stream(io.BytesIO(data), "a.tmx")
    assert list(again) == found
    assert again.header == first.header
    assert 'unicode="#xF8FF"' in again.header.content
    for word in (b"Alignment", b"Draft", b"x-score", b"x-align-type"):
        assert word not in data


def test_what_changed_is_written_and_the_rest_stays(tmp_path: Path) -> None:
    first = stream(io.BytesIO(WHOLE.encode()), "a.tmx")
    (unit,) = first
    changed = unit._replace(status="edited", confidence=0.25, labels=("law", "sea"))
    data = written(UnitStream([changed], first.header), tmp_path)
    (back,) = stream(io.BytesIO(data), "a.tmx")
    assert (back.status, back.confidence, back.labels) == ("edited", 0.25, ("law", "sea"))
    assert ("Txt::Job", "J 1") in back.properties
    assert back.variants == unit.variants


@pytest.mark.parametrize(
    ("declared", "source"),
    [("EN_us", "en-GB"), ("es", "es-MX"), ("*all*", "es-MX"), ("*", "es-MX"), ("", "es-MX"), ("fr", "es-MX")],
)  # fmt: skip
def test_the_source_stands_first(declared: str, source: str) -> None:
    (unit,) = units(f"<tu>{tuv('es_mx', 'Dos.')}{tuv('en-gb', 'Two.')}</tu>", declared)
    assert unit.source_lang == source
    (unit,) = units(f'<tu srclang="en">{tuv("es", "Dos.")}{tuv("en-GB", "Two.")}</tu>', declared)
    assert unit.source_lang == "en-GB"


def test_lang_of_version_1_1_and_a_namespace() -> None:
    text = (
        '<t:tmx xmlns:t="http://www.lisa.org/tmx14" version="1.1"><t:header srclang="en"/><t:body>'
        '<t:tu><t:tuv lang="EN"><t:seg>One</t:seg></t:tuv><t:tuv lang="es"><t:seg>Uno</t:seg></t:tuv>'
        "</t:tu></t:body></t:tmx>"
    )
    (unit,) = stream(io.BytesIO(text.encode()), "a.tmx")
    assert (unit.source_lang, unit.source, unit.target) == ("en", "One", "Uno")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "windows-1252"])
def test_encodings(encoding: str) -> None:
    body = f"<tu>{tuv('es', 'El año &lt; &eacute;')}</tu>"
    text = f'<?xml version="1.0" encoding="{encoding}"?>' + HEAD.format(
        tool="x", lang="es", body=body
    )
    (unit,) = stream(io.BytesIO(text.encode(encoding)), "a.tmx")
    assert unit.source == "El año < é"


def test_bytes_that_are_not_utf_8_have_a_place() -> None:
    text = HEAD.format(tool="x", lang="es", body=f"\n<tu>{tuv('es', 'Año')}</tu>")
    with pytest.raises(Malformed, match="0xf1 is not UTF-8") as raised:
        list(stream(io.BytesIO(text.encode("latin-1")), "a.tmx"))
    assert (raised.value.line, raised.value.column) == (2, 30)


def test_what_is_no_tmx_is_declined() -> None:
    for data in (b"<tei/>", b"plain text"):
        with pytest.raises(Declined):
            stream(io.BytesIO(data), "a.xml")
    with pytest.raises(Malformed, match="entities"):
        stream(io.BytesIO(b'<!DOCTYPE tmx [<!ENTITY a SYSTEM "b">]><tmx>&a;</tmx>'), "a.tmx")


def test_what_stays_out_is_counted() -> None:
    body = f'<tu><prop type="a" xml:lang="en">b</prop><odd/>{tuv("en", "One")}</tu><tu/>'
    found = opened(body)
    assert len(list(found)) == 1
    assert found.dropped == {
        "element <odd>": 1,
        "unit without a variant": 1,
    }


def test_codes_of_another_format_get_markup(tmp_path: Path) -> None:
    codes = (
        Code(0, "open", "1", "bold", element="g", attributes=(("id", "1"),)),
        Code(3, "close", "1", "bold", element="g"),
        Code(3, "point", "2", "", "{n}"),
        Code(3, "point", "", "", "%d"),
        Code(3, "point", "", "", "%d"),
        Code(4, "begin", "5", "italic", "<i>"),
    )
    unit = Unit(
        (Variant("en", "one.", codes), Variant("es", "uno.", codes)),
        form="xliff",
        context="menu",
        status="accepted",
    )
    data = written(UnitStream([unit]), tmp_path)
    seg = (
        '<bpt i="1" x="1" type="bold">&lt;g id="1"&gt;</bpt>one<ept i="1">&lt;/g&gt;</ept>'
        '<ph x="2">{n}</ph><ph x="3">%d</ph><ph x="4">%d</ph>.'
        '<it pos="begin" x="5" type="italic">&lt;i&gt;</it>'
    )
    assert f"<seg>{seg}</seg>".encode() in data
    assert data.count(b'x="4"') == 2
    (back,) = stream(io.BytesIO(data), "a.tmx")
    assert (back.context, back.status, back.form) == ("menu", "accepted", "tmx")
    assert b"Alignment" not in data


def test_a_unit_made_by_aligning_is_known_and_comes_back(tmp_path: Path) -> None:
    made = Unit.of(
        *("es", "en", "Uno. Dos.", "One. Two."),
        document="a",
        kind="2-1",
        confidence=0.5,
        labels=("free",),
        comment="a doubt",
        before="Cero.",
        after="Tres.",
    )
    source = made.variants[0]._replace(lengths=(4, 4))
    made = made.with_variants(source, made.variants[1])
    data = written(UnitStream([made]), tmp_path)
    assert b'<prop type="x-Origin">Alignment</prop><prop type="x-ConfirmationLevel">Draft' in data
    (back,) = stream(io.BytesIO(data), "a.tmx")
    assert back._replace(id="", number=0) == made
    assert written(UnitStream([back]), tmp_path) == data
    # a word more than we write, and it is the unit of another program
    other = data.replace(b"<tuv", b'<prop type="x-Project">P</prop><tuv', 1)
    (foreign,) = stream(io.BytesIO(other), "a.tmx")
    assert (foreign.form, foreign.confidence, foreign.properties[0]) == (
        "tmx",
        0.5,
        ("x-Origin", "Alignment"),
    )


def test_omegats_tags_stay_text_in_its_own_files(tmp_path: Path) -> None:
    body = f"<tu>{tuv('en', 'Open &lt;b0&gt;it&lt;/b0&gt;&lt;x1/&gt;')}{tuv('es', 'Abra')}</tu>"
    first = opened(body, tool="OmegaT")
    found = list(first)
    assert found[0].source == "Open it"
    data = written(UnitStream(found, first.header), tmp_path)
    assert b"Open &lt;b0&gt;it&lt;/b0&gt;&lt;x1/&gt;</seg>" in data
    data = written(UnitStream(found), tmp_path)  # under another header they are codes
    assert b'<bpt i="1" x="1" type="bold">&lt;b0&gt;</bpt>it<ept' in data


def test_attributes_of_properties_and_notes_come_back(tmp_path: Path) -> None:
    head = '<note xml:lang="en">all</note><prop type="c" o-encoding="x">d</prop>'
    body = (
        f'<tu><note>plain</note><note xml:lang="es">mira</note><prop type="a">b</prop>'
        f'<prop type="a" xml:lang="en">c</prop>{tuv("es", "Uno")}<tuv xml:lang="en">'
        '<prop type="v" xml:lang="fr">w</prop><seg>One</seg></tuv></tu>'
    )
    text = HEAD.format(tool="x", lang="es", body=body)
    text = re.sub(r"<header([^>]*)/>", rf"<header\1>{head}</header>", text)
    path = tmp_path / "a.tmx"
    path.write_text(text, encoding="utf-8")
    run = CliRunner().invoke(app, ["convert", str(path), str(tmp_path / "b.tmx")])
    assert (run.exit_code, run.stderr) == (0, "")
    again = (tmp_path / "b.tmx").read_text(encoding="utf-8")
    for piece in (*re.findall(r"<note[^<]*</note>", text), *re.findall(r"<prop[^<]*</prop>", text)):
        assert piece in again
    with path.open("rb") as one, (tmp_path / "b.tmx").open("rb") as other:
        before, after = stream(one, "a.tmx"), stream(other, "b.tmx")
        assert list(after) == list(before)
        assert set(after.header.attributes) > set(before.header.attributes)
    one_unit = next(iter(stream(io.BytesIO(text.encode()), "a.tmx")))
    decided = UnitStream([one_unit._replace(status="accepted")], Header("tmx", "es"))
    changed = written(decided, tmp_path).decode()
    assert '<prop type="a">b</prop><prop type="a" xml:lang="en">c</prop>' in changed
