"""Single units listed, changed and deleted; languages renamed; filters; penalties; words with other endings."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from aligner.memory import (
    Filter,
    Memory,
    concordance_lines,
    edit_unit,
    find_matches,
    listed_units,
    load_units,
    rename_language,
    set_penalty,
    stored_units,
)
from aligner.model import Unit, UsageError
from tests.unit.cli.run import run

TMX = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header creationtool="x" creationtoolversion="1" segtype="sentence" o-tmf="x"
 adminlang="en" srclang="en" datatype="plaintext"/><body>
<tu creationdate="20240105T000000Z" creationid="ana"><prop type="domain">law</prop>
<tuv xml:lang="en"><seg>The <bpt i="1">&lt;b&gt;</bpt>boats<ept i="1">&lt;/b&gt;</ept> came.</seg></tuv>
<tuv xml:lang="es"><seg>Llegaron los barcos.</seg></tuv></tu>
<tu creationdate="20240105T000000Z" changedate="20260310T101010Z" changeid="luis">
<tuv xml:lang="en"><seg>Nobody bombed it.</seg></tuv><tuv xml:lang="es"><seg>Nadie lo bombardeó.</seg></tuv></tu>
<tu><prop type="domain">sea</prop><tuv xml:lang="en"><seg>A bomb.</seg></tuv>
<tuv xml:lang="es"><seg>Una bomba.</seg></tuv></tu>
</body></tmx>
"""


def unit(source: str, target: str, number: int = 1, langs: str = "en es", **more: Any) -> Unit:
    source_lang, target_lang = langs.split()
    more.setdefault("document", "d")
    return Unit.of(source_lang, target_lang, source, target, number=number, **more)


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return Memory(tmp_path / "m.db", write=True)


@pytest.fixture
def imported(tmp_path: Path) -> Path:
    (tmp_path / "in.tmx").write_text(TMX)
    assert run("memory", "import", tmp_path / "in.tmx", "-m", tmp_path / "m.db").code == 0
    return tmp_path / "m.db"


def shown(store: Path, *options: object) -> list[str]:
    done = run("memory", "list", "-m", store, *options, "--json")
    return [row["source"] for row in json.loads(done.out or b"[]")]


@pytest.mark.parametrize(
    ("options", "numbers"),
    [
        (("--user", "ana"), [0]),
        (("--user", "luis"), [1]),
        (("--since", "2026"), [1]),
        (("--since", "2026-03-11"), []),
        (("--until", "2024-01"), [0]),
        (("--since", "2024-01-05", "--until", "20260310"), [0, 1]),
        (("--field", "domain"), [0, 2]),
        (("--field", "domain=sea"), [2]),
        (("--status", "edited"), []),
        (("--status", "auto", "--field", "domain=law", "--document", "in"), [0]),
    ],
)
def test_filters(imported: Path, options: tuple[str, ...], numbers: list[int]) -> None:
    sources = ["The boats came.", "Nobody bombed it.", "A bomb."]
    assert shown(imported, *options) == [sources[n] for n in numbers]
    out = imported.parent / "out.tmx"
    done = run("memory", "export", "-m", imported, *options, "-o", out)
    assert (done.code == 0) == bool(numbers)
    if numbers:
        assert out.read_text("utf-8").count("<tu ") + out.read_text("utf-8").count("<tu>") == len(
            numbers
        )


def test_a_unit_is_changed_by_its_id(imported: Path) -> None:
    done = run("memory", "edit", 1, "-m", imported, "--source", "The ships came.", "--target", "Llegaron las naves.")  # fmt: skip
    assert done.code == 0, done.err
    assert "2 inline codes went with the old words" in done.err
    with Memory(imported) as memory:
        (match,) = find_matches(memory, "The ships came.", least=100)
        assert (match.unit.target, match.unit.status) == ("Llegaron las naves.", "edited")
        assert match.unit.variants[0].codes == ()
        assert not find_matches(memory, "The boats came.", least=100)
        assert [h.unit.source for h in concordance_lines(memory, "naves")] == ["The ships came."]
        assert concordance_lines(memory, "barcos") == []
    assert (
        "is like that already" in run("memory", "edit", 1, "-m", imported, "--status", "edited").err
    )
    for arguments, words in (
        ((9, "--target", "x"), "there is no unit 9"),
        ((1, "--target", " "), "needs both its texts"),
        ((1, "--status", "x"), "there is no status"),
        ((1,), "nothing to change"),
    ):
        done = run("memory", "edit", *arguments, "-m", imported)
        assert done.code == 2
        assert words in done.err
    assert run("memory", "edit", 1, "-m", imported.parent / "none.db", "--status", "auto").code == 2
    assert not (imported.parent / "none.db").exists()


def test_deleted_by_its_id(imported: Path) -> None:
    assert "2 units deleted" in run("memory", "delete", 1, 3, 77, "-m", imported).err
    assert shown(imported) == ["Nobody bombed it."]
    assert run("memory", "delete", 1, "-m", imported).code == 1


def test_a_change_that_makes_a_double(memory: Memory) -> None:
    load_units(memory, [unit("Yes.", "Sí."), unit("Yes!", "Sí.", 2)], "a", "a")
    assert edit_unit(memory, 2, source="Yes.").is_double
    assert [u.status for _, u in listed_units(memory, Filter())] == ["edited"]
    assert len(concordance_lines(memory, "yes")) == 1


def test_neighbours_follow_a_changed_source(memory: Memory) -> None:
    units = [unit("One.", "Uno."), unit("Two.", "Dos.", 2, before="One.")]
    load_units(memory, units, "a", "a")
    edit_unit(memory, 1, source="First.")
    assert [u.before for u in stored_units(memory, Filter())] == ["", "First."]
    assert find_matches(memory, "Two.", before="First.")[0].score == 101.0


def test_a_language_is_renamed(memory: Memory) -> None:
    load_units(memory, [unit("One.", "Uno.", 1, "en es-MX"), unit("Two.", "Dos.", 2, "en es-MX", before="One.")], "a", "a")  # fmt: skip
    assert rename_language(memory, "es-mx", "es-419") == 2
    assert memory.languages()[0][1:] == ("en", "es-419")
    assert find_matches(memory, "One.", "en", "es-419")[0].score == 100.0
    # into one that is there: the same units become one, neighbours stay neighbours
    load_units(memory, [unit("One.", "Uno.", 1, "en es", document="e", status="accepted"), unit("Three.", "Tres.", 2, "en es")], "b", "b")  # fmt: skip
    assert rename_language(memory, "es-419", "es") == 2
    assert [row[1:] for row in memory.languages()] == [("en", "es")]
    assert sorted(u.source for u in stored_units(memory, Filter())) == ["One.", "Three.", "Two."]
    assert find_matches(memory, "Two.", before="One.")[0].score == 101.0
    assert len(concordance_lines(memory, "uno")) == 1
    for old, new, words in (
        ("fr", "de", "no unit is in 'fr'"),
        ("es", "español!", "no language tag"),
    ):
        with pytest.raises(UsageError, match=words):
            rename_language(memory, old, new)


def test_penalties_by_origin(memory: Memory) -> None:
    load_units(
        memory,
        [unit("Yes.", "Sí.", document="machine.tmx", status="accepted"), unit("No.", "No.", 2)],
        "a",
        "a",
    )
    set_penalty(memory, 20, "machine")
    assert [find_matches(memory, text)[0].score for text in ("Yes.", "No.")] == [80.0, 100.0]
    set_penalty(memory, 5)
    assert [find_matches(memory, text)[0].score for text in ("Yes.", "No.")] == [80.0, 95.0]
    set_penalty(memory, 0, "machine")
    assert find_matches(memory, "Yes.")[0].score == 100.0


def test_stars_and_forms(imported: Path) -> None:
    with Memory(imported) as memory:

        def hits(query: str, **more: Any) -> list[str]:
            return [h.text[h.start : h.end] for h in concordance_lines(memory, query, **more)]

        assert hits("bomb") == ["bomb"]
        assert hits("bomb*") == ["bombed", "bomb", "bombardeó", "bomba"]
        assert hits("*mbed") == ["bombed"]
        assert hits("n*body b*d") == ["Nobody bombed"]
        assert hits("boat", forms=True) == ["boats"]
        assert hits("barco", forms=True) == ["barcos"]
        assert hits("llegó los", forms=True) == ["Llegaron los"]
        assert hits("*", regex=False) == []


def test_nothing_is_said(imported: Path) -> None:
    done = run("memory", "concordance", "zebra", "-m", imported)
    assert (done.code, done.out) == (1, b"")
    assert "nothing in the memory matches" in done.err
    done = run("memory", "lookup", "A zebra crossed the street.", "-m", imported)
    assert done.code == 1
    assert "nothing in the memory is 70 % like this text" in done.err
    done = run("memory", "list", "-m", imported, "--user", "nobody")
    assert done.code == 1
    assert "no unit passes" in done.err


def test_export_says_what_its_file_does_not_hold(tmp_path: Path) -> None:
    rows = [
        {"source": "One boat.", "target": "Un barco.", "speaker": "ANA"},
        {"source": "Two boats.", "target": "Dos barcos.", "confidence": 0.12345},
    ]
    made = tmp_path / "in.jsonl"
    made.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    memory, out = tmp_path / "m.db", tmp_path / "out.tmx"
    assert run("memory", "import", made, "-m", memory, "-s", "en", "-t", "es").code == 0
    done = run("memory", "export", "-m", memory, "-o", out)
    assert done.code == 0
    assert (
        f"{out} does not hold: digits of confidences and qualities beyond the third; speakers"
        in done.err
    )
