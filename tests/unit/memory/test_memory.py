"""The memory: loading, looking up, searching, upkeep; kills and readers beside a writer."""

from __future__ import annotations

import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rapidfuzz import fuzz

from aligner.memory import (
    Filter,
    Memory,
    add_vectors,
    concordance_lines,
    delete_units,
    find_matches,
    inconsistencies,
    load_units,
    loading,
    memory_statistics,
    merge_memory,
    semantic_matches,
    set_penalty,
    stored_units,
)
from aligner.memory.lookup import _frequency
from aligner.memory.query import required
from aligner.model import AlignerError, InternalError, Malformed, StoreError, Unit, UsageError
from tests.units import changed

ROOT = Path(__file__).resolve().parents[3]
WORDS = [
    "river",
    "stone",
    "harbour",
    "lamp",
    "winter",
    "ledger",
    "copper",
    "sailor",
    "garden",
    "letter",
    "bridge",
    "market",
    "orchard",
    "candle",
    "station",
    "journey",
    "mirror",
    "island",
    "timber",
    "weather",
]


def unit(source: str, target: str, number: int = 1, **more: object) -> Unit:
    return changed(Unit.of("en", "es", source, target, "doc", number), **more)


def many(count: int, seed: int = 3) -> list[Unit]:
    draw = random.Random(seed)
    return [
        unit(" ".join(draw.choices(WORDS, k=draw.randint(3, 14))) + f" {n}", f"frase {n}", n)
        for n in range(count)
    ]


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    return Memory(tmp_path / "m.db", write=True)


def test_exact_context_and_fuzzy(memory: Memory) -> None:
    load_units(
        memory,
        [
            unit("Good morning.", "Buenos días.", 1, after="How are you?"),
            unit("Good morning.", "Buen día.", 2, before="Bye.", after="Come in."),
            unit("How are you today, my friend?", "¿Cómo estás hoy, amigo?", 3),
        ],
        "a",
        "a",
    )
    found = find_matches(memory, "Good  morning.", "en", "es", before="Bye.", after="Come in.")
    assert [(m.unit.target, m.score, m.kind) for m in found] == [
        ("Buen día.", 101.0, "context"),
        ("Buenos días.", 99.0, "ambiguous"),
    ]
    near = find_matches(memory, "How are you today, friend?", "en", "es")
    assert near[0].unit.target == "¿Cómo estás hoy, amigo?"
    assert near[0].kind == "fuzzy"
    assert near[0].score == pytest.approx(
        fuzz.ratio("How are you today, friend?", "How are you today, my friend?"), abs=0.1
    )
    assert find_matches(memory, "Nothing of the kind") == []
    assert find_matches(memory, "—") == []
    with pytest.raises(StoreError, match="no units from en to fr"):
        find_matches(memory, "Good morning.", "en", "fr")


def test_the_best_match_of_brute_force_is_found(memory: Memory) -> None:
    units = many(3000)
    load_units(memory, units, "a", "a")
    draw = random.Random(9)
    right = 0
    for _ in range(60):
        words = draw.choice(units).source.split()
        words[draw.randrange(len(words))] = "something"
        text = " ".join(words)
        best = max(units, key=lambda u: fuzz.ratio(text, u.source))
        found = find_matches(memory, text, "en", "es", least=60)
        score = fuzz.ratio(text, best.source)
        right += score < 60 or (bool(found) and found[0].score >= round(score, 1) - 0.05)
    assert right >= 59


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("zh", True),
        ("zh-TW", True),
        ("zh-Hant", True),
        ("zh-Hans", False),
        ("", True),
        ("en", False),
    ],
)
def test_which_languages_are_of_use(memory: Memory, asked: str, found: bool) -> None:
    load_units(memory, [changed(unit("One.", "一。"), target_lang="zh-Hant-HK")], "a", "a")
    if not found:
        with pytest.raises(StoreError):
            memory.either_way("en", asked)
    else:
        assert len(memory.either_way("en", asked)[0]) == 1


def test_how_often_a_word_stands(memory: Memory) -> None:
    """Counted where it is rare, estimated where it is common or belongs to one document."""

    def text(n: int) -> str:
        words = ["all", "third" * (n % 3 == 0), "rare" * (n % 50 == 0), "book" * (n < 1500)]
        return " ".join([*words, "middle" * (2000 < n < 4000), str(n)])

    load_units(memory, [unit(text(n), "x", n) for n in range(6000)], "a", "a")
    assert _frequency(memory, "rare", "source") == 120
    assert _frequency(memory, "none", "source") == 0
    for word, count in (("all", 6000), ("third", 2000), ("book", 1500), ("middle", 1999)):
        assert _frequency(memory, word, "source") == pytest.approx(count, rel=0.02)


UNIT_TEXTS = (
    "id, languages, key, pair, source, target, length, confidence, status, kind, labels, comment,"
    " origin, number, before, after, context, identifier, together"
)


def test_pieces_and_the_whole_are_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    units = many(300)
    for n in range(0, 300, 7):  # repeated elsewhere, between other neighbours, reviewed
        units.append(changed(units[n], document="other", before=units[n - 1].source, number=n))
        units.append(changed(units[n], status="edited", comment=f"seen {n}"))
    whole = Memory(tmp_path / "whole.db", write=True)
    load_units(whole, units, "a", "a")
    monkeypatch.setattr(loading, "_CHUNK", 11)
    monkeypatch.setattr(loading, "_HELD", 0.0)
    pieces = Memory(tmp_path / "pieces.db", write=True)
    for start in range(0, len(units), 100):
        load_units(pieces, units[start : start + 100], "a", f"{start}")
    for side in ("source", "target"):
        words = (
            f"CREATE VIRTUAL TABLE temp.{side}_vocabulary USING fts5vocab(main, {side}_words, row)"
        )
        for m in (whole, pieces):
            m.db.execute(words)
    # `rest` has the neighbours that an import does not hold: those at its ends
    for table in ("unit", "again", "origin", "source_vocabulary", "target_vocabulary"):
        columns = UNIT_TEXTS if table == "unit" else "*"
        rows = [
            m.db.execute(f"SELECT {columns} FROM {table} ORDER BY 1, 2").fetchall()
            for m in (whole, pieces)
        ]
        assert rows[0] == rows[1]
        assert rows[0]
    for text in (units[5].source, "river stone harbour 7", "winter letter copper"):
        found = [find_matches(m, text, least=40, before=units[4].source) for m in (whole, pieces)]
        assert found[0] == found[1] != []
        assert concordance_lines(whole, text.split()[0]) == concordance_lines(
            pieces, text.split()[0]
        )


def test_what_came_before_a_broken_place_is_stored(
    memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "_CHUNK", 50)

    def until(error: AlignerError) -> Iterator[Unit]:
        yield from many(130)
        raise error

    for _ in range(2):  # the reader was killed: the same file can be gone on with
        with pytest.raises(InternalError):
            load_units(memory, until(InternalError("killed", context="x")), "a", "a")
        assert memory_statistics(memory)["units"] == 130
        assert memory_statistics(memory)["unfinished_imports"] == [{"name": "a", "units": 130}]
    loaded = load_units(memory, many(200), "a", "a")
    assert (loaded.skipped, loaded.new, loaded.known) == (130, 70, 0)
    # a broken file is another one when it is repaired: nothing waits for it
    with pytest.raises(Malformed):
        load_units(memory, until(Malformed("broken", context="x")), "b", "b")
    assert memory_statistics(memory)["unfinished_imports"] == []


def test_a_pair_is_stored_once_and_gets_better(memory: Memory) -> None:
    first = unit("One.", "Uno.", 1, confidence=0.5)
    assert load_units(memory, [first, unit("One.", "", 2)], "a", "a").nulls == 1
    again = changed(first, document="other", status="accepted", confidence=0.9, before="Zero.")
    loaded = load_units(memory, [again, again], "b", "b")
    assert (loaded.new, loaded.known) == (0, 2)
    (match,) = find_matches(memory, "One.", before="Zero.")
    assert match.kind == "context"
    assert (match.unit.status, match.unit.confidence) == ("accepted", 0.9)
    load_units(memory, [changed(first, number=7)], "c", "c")
    assert find_matches(memory, "One.")[0].unit.status == "accepted"
    assert memory_statistics(memory)["units"] == 1
    assert memory_statistics(memory)["repeated"] == 2
    assert load_units(memory, [first], "a", "a").skipped == 2


def test_concordance(memory: Memory) -> None:
    load_units(
        memory,
        [
            unit("The Old-Town market opens.", "El mercado del casco antiguo abre.", 1),
            unit("Old towns have markets.", "Los cascos antiguos tienen mercados.", 2),
            changed(unit("Sailors", "水手们在港口等待", 3), target_lang="zh"),
            changed(unit("Harbour", "港", 4), target_lang="zh"),
        ],
        "a",
        "a",
    )

    def hits(query: str, **more: Any) -> list[tuple[int, str]]:
        found = concordance_lines(memory, query, **more)
        return [(h.unit.number, h.text[h.start : h.end]) for h in found]

    assert hits("old town") == [(1, "Old-Town")]
    assert hits("MERCADO") == [(1, "mercado")]
    assert hits("mercado", side="source") == []
    assert hits(r"merc\w+s\b", regex=True) == [(2, "mercados")]
    assert hits(r"\bmarkets?\b", regex=True) == [(1, "market"), (2, "markets")]
    assert hits("港口") == [(3, "港口")]
    assert hits("港") == [(3, "港"), (4, "港")]
    assert hits("口等") == [(3, "口等")]
    assert hits(".", regex=False)[0] == (1, ".")
    assert len(hits("antiguo|antiguos", regex=True, limit=1)) == 1
    for query, more in (("(", {"regex": True}), (" ", {}), ("x", {"side": "left"})):
        with pytest.raises(UsageError):
            concordance_lines(memory, query, **more)


@pytest.mark.parametrize(
    ("pattern", "terms"),
    [
        (r"\bclimate chang\w+", ['"climate"', '"chang" *']),
        (r"colou?r", []),
        (r"(red|blue) \bsea\b", []),
        (r"x* wide [abc] open", ['"wide"', '"open" *']),
        (r"\bno{2,3} way ", ['"n" *', '"way"']),
        (r"data\.frame", ['"frame" *']),
        (r"(?i)word", []),
        (r"\d+ \bkm\b", ['"km"']),
    ],
)
def test_words_that_every_match_holds(pattern: str, terms: list[str]) -> None:
    assert required(pattern) == terms


def test_expressions_find_what_a_full_read_finds(memory: Memory) -> None:
    import re

    units = many(400)
    load_units(memory, units, "a", "a")
    for pattern in (r"\briver\b", r"stone \w+ lamp", r"r\w+r", r"copper sailor", r"win?ter [a-m]"):
        found = [h.unit.number for h in concordance_lines(memory, pattern, regex=True, limit=9999)]
        assert found == [u.number for u in units if re.search(pattern, u.source)]


def test_upkeep(memory: Memory, tmp_path: Path) -> None:
    load_units(
        memory,
        [
            unit("Yes.", "Sí.", 1, confidence=0.95),
            unit("Yes.", "Claro.", 2, labels=("spoken",)),
            unit("No.", "No.", 3, status="edited", document="other"),
        ],
        "a",
        "a",
    )
    (found,) = inconsistencies(memory, Filter())
    assert {t[0] for t in found.targets} == {"Sí.", "Claro."}
    set_penalty(memory, 5)
    assert [(m.score, m.kind) for m in find_matches(memory, "Yes.")] == [(94.0, "ambiguous")] * 2
    assert find_matches(memory, "No.")[0].score == 100.0
    with pytest.raises(UsageError):
        set_penalty(memory, 80)

    def targets(**more: object) -> list[str]:
        return [u.target for u in stored_units(memory, Filter(**more))]  # type: ignore[arg-type,unused-ignore]

    assert targets(confidence=0.9) == ["Sí."]
    assert targets(reviewed=True) == targets(document="oth") == ["No."]
    assert targets(label="spoken") == ["Claro."]
    assert delete_units(memory, Filter(label="spoken")) == 1
    assert concordance_lines(memory, "claro") == []
    assert inconsistencies(memory, Filter()) == []
    with Memory(tmp_path / "two.db", write=True) as other:
        load_units(other, [unit("Yes.", "Sí."), unit("Perhaps.", "Quizás.")], "b", "b")
    loaded = merge_memory(memory, tmp_path / "two.db")
    assert (loaded.new, loaded.known) == (1, 1)
    assert find_matches(memory, "Perhaps.")[0].unit.target == "Quizás."


def test_semantic(memory: Memory) -> None:
    units = many(50)
    load_units(memory, units, "a", "a")

    def encode(texts: object) -> np.ndarray:
        seeds = [list(text.encode()) for text in texts]  # type: ignore[attr-defined]
        rows = np.stack([np.random.default_rng(seed).normal(size=16) for seed in seeds])
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)

    with pytest.raises(StoreError, match="no vectors"):
        semantic_matches(memory, units[7].source, encode, "e")
    assert add_vectors(memory, encode, "e") == 50
    load_units(memory, [unit("late", "tarde", 99)], "b", "b")
    assert add_vectors(memory, encode, "e") == 1
    found = semantic_matches(memory, units[7].source, encode, "e")
    assert found[0].unit.source == units[7].source
    assert found[0].score > 99
    assert semantic_matches(memory, "late", encode, "e")[0].unit.target == "tarde"


def test_other_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no memory"):
        Memory(tmp_path / "none.db")
    (tmp_path / "text.db").write_text("not a database, by any means, not even a little " * 9)
    with pytest.raises(StoreError, match="cannot be used"):
        Memory(tmp_path / "text.db")
    sqlite3.connect(tmp_path / "other.db").execute("CREATE TABLE x (y)")
    with pytest.raises(StoreError, match="no memory of aligner"):
        Memory(tmp_path / "other.db", write=True)
    with Memory(tmp_path / "m.db", write=True) as memory:
        memory.db.execute("PRAGMA user_version = 99")
    with pytest.raises(StoreError, match="version 99"):
        Memory(tmp_path / "m.db")


def writer(path: Path, pause: float) -> subprocess.Popen[bytes]:
    code = (
        "import time\n"
        "from pathlib import Path\n"
        "from aligner.memory import Memory, load_units, loading\n"
        "from tests.unit.memory.test_memory import many\n"
        "loading._CHUNK, loading._HELD = 10, 0.02\n"
        f"memory = Memory(Path({str(path)!r}), write=True)\n"
        f"load_units(memory, many(2000), 'a', 'a', lambda done: time.sleep({pause}))\n"
    )
    return subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)


def test_many_may_make_the_same_memory(tmp_path: Path) -> None:
    path = tmp_path / "m.db"
    made: list[Memory | StoreError] = []

    def make() -> None:
        gate.wait()
        try:
            with Memory(path, write=True) as memory:
                made.append(memory)
        except StoreError as error:
            made.append(error)

    for _ in range(10):
        gate = threading.Barrier(4)
        threads = [threading.Thread(target=make) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        for file in tmp_path.iterdir():
            file.unlink()
    assert [one for one in made if not isinstance(one, Memory)] == []
    assert len(made) == 40


def test_two_writers_take_turns(tmp_path: Path) -> None:
    path = tmp_path / "m.db"
    process = writer(path, 0.002)
    while not path.is_file():
        assert process.poll() is None
        time.sleep(0.01)
    with Memory(path, write=True) as memory:
        for n in range(5):
            new = [unit(f"other {n}", f"otro {n}", n)]
            assert load_units(memory, new, "b", f"b{n}").new == 1
        assert process.wait() == 0
        assert memory_statistics(memory)["units"] == 2005
        assert memory.db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_readers_read_while_one_writes_and_a_kill_harms_nothing(tmp_path: Path) -> None:
    path = tmp_path / "m.db"
    process = writer(path, 0.002)
    seen = set()
    for _ in range(400):
        if process.poll() is not None:
            break
        if path.is_file():
            try:
                with Memory(path) as reader:
                    said = memory_statistics(reader)
            except StoreError:  # before the first transaction
                continue
            seen.add(said["units"])
            assert said["units"] in (0, 2000, *(one["units"] for one in said["unfinished_imports"]))
            if len(seen) > 5:
                break
        time.sleep(0.02)
    assert len(seen) > 2
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    kills = 1
    for moment in (0.5, 0.8):
        again = writer(path, 0.002)
        time.sleep(moment)
        again.kill()
        again.wait()
        kills += 1
    with Memory(path, write=True) as memory:
        assert memory.db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        before = memory_statistics(memory)["units"]
        loaded = load_units(memory, many(2000), "a", "a")
        assert loaded.skipped == before
        assert loaded.skipped + loaded.new == 2000
        assert [u.source for u in stored_units(memory, Filter())] == [u.source for u in many(2000)]
        for side in ("source", "target"):
            memory.db.execute(f"INSERT INTO {side}_words ({side}_words) VALUES ('integrity-check')")
        assert find_matches(memory, many(2000)[1234].source)[0].score == 100.0


@pytest.mark.parametrize("question", ["stats", "concordance", "lookup", "import"])
def test_a_memory_whose_schema_is_damaged(question: str, tmp_path: Path) -> None:
    """SQLite quotes bytes that are no text in its sentence: that is one of ours all the same."""
    from tests.unit.cli.run import run

    path = tmp_path / "m.db"
    with Memory(path, write=True):
        pass
    data = path.read_bytes()
    at = data.index(b"CREATE TABLE unit")
    path.write_bytes(data[:at] + b"CREATE TABL\x8d un\xb4t" + data[at + 15 :])
    (tmp_path / "a.tsv").write_text("es\ten\nUno.\tOne.\n", encoding="utf-8")
    more = {"stats": [], "import": [tmp_path / "a.tsv"]}.get(question, ["uno"])
    done = run("memory", question, *more, "-m", path)
    assert done.code == 2
    assert re.fullmatch(r"aligner: \S+m\.db: the memory cannot be used: [^\n]+\n", done.err), (
        done.err
    )
    assert "mistake of this program" not in done.err
