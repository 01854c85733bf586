"""Whole units in a memory: what came in goes out, what is meant is found, what stays out is counted."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from aligner.cli import app
from aligner.formats.tmx.stream import stream
from aligner.memory import Filter, Memory, find_matches, load_units, stored_units
from aligner.model import Code, StoreError, Unit, Variant
from aligner.workflows.memory.storing import export_memory, import_file

HEAD = (
    '<tmx version="1.4"><header creationtool="{tool}" segtype="sentence" o-tmf="o" adminlang="en"'
)
HEAD += ' creationtoolversion="1" datatype="plaintext" srclang="{lang}">{head}</header><body>'


def tmx(path: Path, body: str, lang: str = "en", tool: str = "cat", head: str = "") -> Path:
    text = HEAD.format(tool=tool, lang=lang, head=head) + body + "</body></tmx>"
    path.write_text(text, encoding="utf-8")
    return path


def tu(*variants: tuple[str, str], said: str = "", beside: str = "") -> str:
    tuvs = "".join(f'<tuv xml:lang="{lang}"><seg>{text}</seg></tuv>' for lang, text in variants)
    return f"<tu{said}>{beside}{tuvs}</tu>"


def units_in(path: Path) -> list[Unit]:
    with path.open("rb") as file:
        return [unit._replace(number=0) for unit in stream(file, path.name)]


def run(*words: str) -> Any:
    return CliRunner().invoke(app, list(words))


BODY = (
    tu(
        ("en-GB", 'Turn the <bpt i="1" x="1">&lt;i&gt;</bpt>key<ept i="1">&lt;/i&gt;</ept>.'),
        ("fr-FR", 'Tournez la <bpt i="1" x="1">&lt;i&gt;</bpt>clé<ept i="1">&lt;/i&gt;</ept>.'),
        said=' tuid="9" changeid="eva" usagecount="2"',
        beside='<note>ask</note><prop type="x-Origin">TM</prop><prop type="Kunde">K</prop>',
    )
    + tu(("EN", "Wait here."), ("fr", "Attendez ici."), ("de-AT", "Warte hier."))
    + tu(("en", "Well."), ("fr", "Bien."), ("fr-CA", "Bon."))
)


def test_what_came_in_goes_out(tmp_path: Path) -> None:
    source = tmx(tmp_path / "a.tmx", BODY, head='<prop type="x-K">all</prop>')
    with Memory(tmp_path / "m.db", write=True) as memory:
        loaded = import_file(memory, source)
        assert (loaded.units, loaded.new, loaded.lost) == (3, 5, {})
        assert export_memory(memory, Filter(), tmp_path / "out.tmx") == 3
        assert [(s, t) for _, s, t in memory.languages()] == [
            ("en-GB", "fr-FR"),
            ("en", "fr"),
            ("en", "de-AT"),
            ("en", "fr-CA"),
        ]
    assert units_in(tmp_path / "out.tmx") == units_in(source)
    text = (tmp_path / "out.tmx").read_text(encoding="utf-8")
    assert '<prop type="x-K">all</prop></header>' in text
    assert "Alignment" not in text
    assert "Draft" not in text


def test_two_spellings_of_a_language_are_one(tmp_path: Path) -> None:
    one = tmx(tmp_path / "a.tmx", tu(("PT_br", "Sim."), ("EN-us", "Yes.")), "PT-BR")
    other = tmx(tmp_path / "b.tmx", tu(("pt-br", "Sim."), ("en-US", "Yes.")), "pt-br", "other")
    with Memory(tmp_path / "m.db", write=True) as memory:
        assert import_file(memory, one).new == 1
        assert import_file(memory, other).known == 1
        assert memory.languages() == [(1, "pt-BR", "en-US")]
        assert export_memory(memory, Filter(), tmp_path / "out.tmx") == 1


def test_the_order_of_a_file_is_no_context(tmp_path: Path) -> None:
    body = tu(("en", "One."), ("es", "Uno.")) + tu(
        ("en", "Two."), ("es", "Dos."), beside='<prop type="prev">Zero.</prop>'
    )
    source = tmx(tmp_path / "a.tmx", body + tu(("en", "Four."), ("es", "Cuatro.")), tool="OmegaT")
    with Memory(tmp_path / "m.db", write=True) as memory:
        import_file(memory, source)
        export_memory(memory, Filter(), tmp_path / "b.tmx")
    assert b"context" not in (tmp_path / "b.tmx").read_bytes()
    with Memory(tmp_path / "n.db", write=True) as memory:
        import_file(memory, tmp_path / "b.tmx")
        assert find_matches(memory, "Two.", before="One.")[0].kind == "exact"
        assert find_matches(memory, "Two.", before="Zero.")[0].score == 101.0
        assert find_matches(memory, "Four.", before="Two.")[0].kind == "exact"


@pytest.mark.parametrize(
    ("asked", "taken"),
    [
        ((), 3),
        (("-s", "en"), 3),
        (("-s", "en-US"), 1),
        (("-s", "en", "-t", "es-MX"), 1),
        (("-s", "es", "-t", "en-GB"), 1),
        (("-s", "de"), 0),
        (("-t", "pt"), 0),
    ],
)
def test_languages_select_what_they_name(
    asked: tuple[str, ...], taken: int, tmp_path: Path
) -> None:
    body = tu(("en-us", "One."), ("es-ES", "Uno.")) + tu(("en-GB", "Two."), ("es-MX", "Dos."))
    source = tmx(tmp_path / "a.tmx", body + tu(("en", "Three."), ("es", "Tres.")), "EN-us")
    result = run("memory", "import", str(source), "-m", str(tmp_path / "m.db"), "--json", *asked)
    said = json.loads(result.stdout)
    assert said["new"] == taken
    assert sum(sum(counts.values()) for counts in said["lost"].values()) == 3 - taken
    assert result.exit_code == (0 if taken else 1)
    if not taken:
        assert f"{asked[1]}" in result.stderr
        assert "en-US-es-ES (1)" in result.stderr


def test_an_import_that_takes_nothing_says_so(tmp_path: Path) -> None:
    source = tmx(tmp_path / "a.tmx", tu(("fr", "Un."), ("it", "Uno.")) * 2)
    place = ("-m", str(tmp_path / "m.db"))
    result = run("memory", "import", str(source), *place)
    assert result.exit_code == 1
    assert "asked from en (the file's own source)" in result.stderr
    assert "fr-it (2)" in result.stderr
    assert run("memory", "import", str(source), *place, "-s", "fr", "-t", "it").exit_code == 0


@pytest.mark.parametrize("declared", ["*", "*all*"])
def test_a_source_of_any_language(declared: str, tmp_path: Path) -> None:
    body = tu(("en", "One."), ("es", "Uno.")) + tu(("es", "Dos."), ("en", "Two."))
    source = tmx(tmp_path / "a.tmx", body, declared)
    with Memory(tmp_path / "m.db", write=True) as memory:
        assert import_file(memory, source).new == 2
        assert memory.languages() == [(1, "en", "es")]


def said(context: str, target: str, **more: Any) -> Unit:
    return Unit.of("en", "es", "Open", target)._replace(context=context, form="po", **more)


def test_context_decides(tmp_path: Path) -> None:
    units = [
        said("menu", "Abrir"),
        said("state", "Abierto"),
        said("tool", "Abrir"),
        said("", "Abra"),
    ]
    with Memory(tmp_path / "m.db", write=True) as memory:
        load_units(memory, [u._replace(number=n) for n, u in enumerate(units)], "a", "a")
        for context, target, score in (
            ("menu", "Abrir", 101.0),
            ("state", "Abierto", 101.0),
            ("tool", "Abrir", 101.0),
            ("", "Abra", 100.0),
        ):
            match = find_matches(memory, "Open", "en", "es", context=context)[0]
            assert (match.unit.target, match.score) == (target, score)
        unsure = find_matches(memory, "Open", "en", "es", context="other")
        unsure += find_matches(memory, "Open", "en", "es")
        assert {(match.kind, match.is_exact) for match in unsure} == {("ambiguous", False)}
        back = {(unit.context, unit.target) for unit in stored_units(memory, Filter())}
        assert back == {(unit.context, unit.target) for unit in units}


def test_agreement_needs_no_context(tmp_path: Path) -> None:
    with Memory(tmp_path / "m.db", write=True) as memory:
        load_units(memory, [said("menu", "Abrir"), said("tool", "Abrir")], "a", "a")
        (match,) = find_matches(memory, "Open", "en", "es", context="other")
        assert (match.kind, match.is_exact) == ("exact", True)


def test_codes_and_regions_decide_where_texts_do_not(tmp_path: Path) -> None:
    bold = (Code(0, "open", "1", markup="<b>"), Code(4, "close", "1", markup="</b>"))
    plain = Unit((Variant("en", "Boot"), Variant("de", "Stiefel")))
    coded = Unit((Variant("en", "Boot", bold), Variant("de", "Kofferraum", bold)), form="tmx")
    swiss = Unit((Variant("en", "Tram"), Variant("de-CH", "Tram")))
    other = Unit((Variant("en", "Tram"), Variant("de-DE", "Straßenbahn")))
    with Memory(tmp_path / "m.db", write=True) as memory:
        load_units(memory, [plain, coded, swiss, other], "a", "a")
        best = find_matches(memory, "Boot", "en", "de", codes=bold)[0]
        assert (best.unit.target, best.is_exact) == ("Kofferraum", True)
        assert best.unit.variants[1].codes == bold
        best = find_matches(memory, "Boot", "en", "de")[0]
        assert (best.kind, best.is_exact) == ("ambiguous", False)
        best = find_matches(memory, "Tram", "en", "de-CH")[0]
        assert (best.unit.target, best.is_exact) == ("Tram", True)
        assert not find_matches(memory, "Tram", "en", "de")[0].is_exact


def test_a_pair_known_with_other_properties_is_counted(tmp_path: Path) -> None:
    first = said("", "Abrir", properties=(("a", "b"),))
    with Memory(tmp_path / "m.db", write=True) as memory:
        load_units(memory, [first], "a", "a")
        loaded = load_units(memory, [first._replace(properties=(("a", "c"),))], "b", "b")
        assert (loaded.known, sum(loaded.lost.values())) == (1, 1)
        (kept,) = stored_units(memory, Filter())
        assert kept.properties == (("a", "b"),)


def test_a_memory_of_the_first_version_is_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "m.db"
    with Memory(path, write=True) as memory:
        memory.db.execute("PRAGMA user_version = 1")
    with pytest.raises(StoreError, match="has version 1, this program reads 2") as raised:
        Memory(path)
    assert "export it to TMX" in raised.value.hint
