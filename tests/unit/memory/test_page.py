"""The page of a memory: its lists are those of `list` and `concordance`, its changes can be undone."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from aligner.memory import (
    Filter,
    Memory,
    SearchQuery,
    browse_units,
    browsing,
    concordance_lines,
    count_units,
    delete_units,
    edit_unit,
    find_matches,
    listed_units,
    load_units,
    prepare_page,
    rename_language,
    revising,
    stored_units,
)
from aligner.memory.coded import read_marked, shown_pieces, text_with_marks
from aligner.memory.editing import NewText
from aligner.memory.revising import SeenUnit, UnitChanged
from aligner.model import Code, Unit, UsageError

WORDS = [
    "the",
    "ship",
    "left",
    "port",
    "bombs",
    "bombing",
    "changed",
    "changes",
    "water",
    "of",
    "house",
    "7",
    "blue",
]


def units(count: int, seed: int = 3) -> Iterator[Unit]:
    draw = random.Random(seed)
    for number in range(count):
        one, two = (
            " ".join(draw.choice(WORDS) for _ in range(draw.randint(2, 6))) + f" {number}"
            for _ in range(2)
        )
        source, target = draw.choice([("en", "es"), ("en-GB", "es"), ("fr", "en")])
        unit = Unit.of(source, target, one, two, f"doc{number // 50}", number % 50)
        day = (
            f"{draw.choice((2024, 2025))}{draw.randint(1, 12):02d}{draw.randint(1, 28):02d}T101010Z"
        )
        attributes = [("creationid", draw.choice("abc")), ("creationdate", day)]
        if draw.random() < 0.3:
            attributes.append(("changeid", draw.choice("cd")))
        plain = draw.random() < 0.2
        yield unit._replace(
            status=draw.choice(("auto", "auto", "accepted", "edited")),
            confidence=draw.random(),
            labels=("x",) if draw.random() < 0.2 else (),
            attributes=() if plain else tuple(attributes),
            properties=() if plain else (("client", draw.choice("NS")), ("n", str(number))),
        )


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Memory]:
    with Memory(tmp_path / "m.db", write=True) as memory:
        load_units(memory, units(600), "a", "a")
        assert prepare_page(memory)
        assert not prepare_page(memory)
        yield memory


def everything(
    memory: Memory, chosen: Filter, query: SearchQuery | None = None, **more: Any
) -> list[int]:
    """Ids of all pages, one after the other."""
    ids: list[int] = []
    after = 0
    while True:
        page = browse_units(memory, chosen, query, after=after, limit=7, **more)
        ids += [one.id for one in page.units]
        if page.place is None:
            return ids
        after = page.place


def backwards(memory: Memory, chosen: Filter, query: SearchQuery | None = None) -> list[int]:
    ids: list[int] = []
    before = 1 << 60
    while True:
        page = browse_units(memory, chosen, query, before=before, limit=7)
        ids = [one.id for one in page.units] + ids
        if page.place is None:
            return ids
        before = page.place


FILTERS = [
    Filter(),
    Filter(source_lang="en"),
    Filter(source_lang="en-GB", target_lang="es"),
    Filter(status="edited"),
    Filter(user="c"),
    Filter(user="nobody"),
    Filter(document="doc1"),
    Filter(document="doc11"),
    Filter(since="20250301"),
    Filter(until="20240400"),
    Filter(since="20240301", until="20240931"),
    Filter(field=("client", "N")),
    Filter(field=("client", "")),
    Filter(field=("n", "17")),
    Filter(confidence=0.9),
    Filter(reviewed=True, label="x"),
    Filter(user="a", status="auto", since="20250101", document="doc"),
    Filter(ids=(3, 5, 700)),
]


@pytest.mark.parametrize("chosen", FILTERS, ids=str)
def test_a_filter_leaves_what_list_does(memory: Memory, chosen: Filter) -> None:
    wanted = [number for number, _ in listed_units(memory, chosen, 1000)]
    assert everything(memory, chosen) == wanted
    assert backwards(memory, chosen) == wanted
    assert count_units(memory, chosen) == (len(wanted), None)


@pytest.mark.parametrize("lead", ["words", "condition", "nothing"])
@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("the ship", {}),
        ("bomb*", {}),
        ("*ing the", {}),
        ("changes", {"forms": True}),
        (r"\bship \w+ing\b", {"regex": True}),
        (r"[0-9]7$", {"regex": True}),
        ("zebra", {}),
        ("THE", {}),
    ],
)
def test_a_search_finds_what_concordance_does(
    memory: Memory, monkeypatch: pytest.MonkeyPatch, text: str, how: dict[str, Any], lead: str
) -> None:
    """Whatever leads the walk."""
    if lead != "words":
        monkeypatch.setattr(browsing, "_FEW", 0)
        monkeypatch.setattr(browsing, "_COMMON", 0 if lead == "nothing" else 10**9)
        monkeypatch.setattr(browsing, "_WINDOW", 64)
    hits = concordance_lines(memory, text, limit=10_000, **how)
    for chosen in (Filter(), Filter(status="edited"), Filter(user="c", field=("client", "S"))):
        passing = {number for number, _ in listed_units(memory, chosen, 1000)}
        ids = everything(memory, chosen, SearchQuery.of(text, **how))
        texts = {
            (unit.source, unit.target) for n, unit in listed_units(memory, chosen, 1000) if n in ids
        }
        assert set(ids) <= passing
        wanted = {(hit.unit.source, hit.unit.target) for hit in hits}
        all_passing = {(u.source, u.target) for _, u in listed_units(memory, chosen, 1000)}
        assert texts == wanted & all_passing
        assert ids == sorted(set(ids))
        assert backwards(memory, chosen, SearchQuery.of(text, **how)) == ids


def test_words_anywhere_and_one_side(memory: Memory) -> None:
    query = SearchQuery.of("water ship", apart=True)
    for side in ("source", "target"):
        ids = everything(memory, Filter(), query, side=side)
        every = dict(listed_units(memory, Filter(), 1000))
        texts = {n: getattr(unit, side).split() for n, unit in every.items()}
        assert ids == [n for n, words in texts.items() if {"water", "ship"} <= set(words)]
    page = browse_units(memory, Filter(), query)
    for one in page.units:
        for text, spans in zip((one.unit.source, one.unit.target), one.spans, strict=True):
            assert {text[a:b] for a, b in spans} in (set(), {"water", "ship"})
            assert all(first[1] <= second[0] for first, second in pairwise(spans))


def test_a_request_ends_in_time_and_goes_on(memory: Memory) -> None:
    query = SearchQuery.of("[0-9]+99$", regex=True)
    page = browse_units(memory, Filter(), query, seconds=0)
    assert page.place is not None
    assert not page.is_full
    assert everything(memory, Filter(), query, seconds=0) == everything(memory, Filter(), query)
    _, place = count_units(memory, Filter(), query, seconds=0)
    assert place is not None


def test_indexes_stay_in_step(memory: Memory, tmp_path: Path) -> None:
    """What comes in, goes out and changes later, by whatever way; a page made before is as one made after."""
    load_units(memory, units(200, 9), "b", "b")
    load_units(memory, units(100, 3), "c", "c")  # known ones, some with other properties
    delete_units(memory, Filter(user="b", status="auto"))
    edit_unit(memory, 20, target="new words")
    rename_language(memory, "en-GB", "en")
    for chosen in FILTERS:
        if chosen.source_lang != "en-GB":
            wanted = [number for number, _ in listed_units(memory, chosen, 1000)]
            assert everything(memory, chosen) == wanted, chosen
    tables = {
        "facet_unit": "SELECT kind, name, value, unit FROM facet_unit JOIN facet ON id = facet ORDER BY 1, 2, 3, 4",
        "unit_day": "SELECT * FROM unit_day ORDER BY 1",
    }
    kept = {name: memory.db.execute(sql).fetchall() for name, sql in tables.items()}
    with memory.transaction() as db:
        for name in ("facet", "facet_unit", "unit_day"):
            db.execute(f"DELETE FROM {name}")
        db.execute("UPDATE setting SET value = '0' WHERE name = 'page'")
    assert prepare_page(memory)
    assert {name: memory.db.execute(sql).fetchall() for name, sql in tables.items()} == kept


def state(memory: Memory) -> tuple[Any, ...]:
    """Everything that a person would miss, and what the indexes find."""
    rows = memory.db.execute("SELECT * FROM unit ORDER BY id").fetchall()
    again = memory.db.execute("SELECT * FROM again ORDER BY 1, 2, 3").fetchall()
    searches = tuple(
        tuple(everything(memory, Filter(), SearchQuery.of(w))) for w in (*WORDS, "new", "sea")
    )
    return rows, again, searches


def seen_of(memory: Memory, number: int) -> SeenUnit:
    unit = revising.unit_there(memory, number)
    return SeenUnit(unit.source, unit.target, unit.status)


def change(
    memory: Memory,
    number: int,
    source: str | None = None,
    target: str | None = None,
    status: str | None = None,
) -> Any:
    new = (source and NewText(source), target and NewText(target))
    return revising.change_unit(memory, number, seen_of(memory, number), lambda _: new, status)  # type: ignore[arg-type,return-value]


def test_everything_can_be_undone_and_done_again(memory: Memory) -> None:
    draw = random.Random(5)
    states = [state(memory)]
    for step in range(40):
        ids = [row[0] for row in memory.db.execute("SELECT id FROM unit ORDER BY id")]
        number = draw.choice(ids)
        kind = step % 4
        if kind == 0:
            change(memory, number, target=f"new words {step}")
        elif kind == 1:
            change(memory, number, source=f"the sea {step}", status="accepted")
        elif kind == 2:
            now = seen_of(memory, number).status
            change(memory, number, status="auto" if now != "auto" else "edited")
        else:
            revising.remove_unit(memory, number, seen_of(memory, number))
        states.append(state(memory))
    for wanted in reversed(states[:-1]):
        revising.undo(memory)
        assert state(memory) == wanted
    with pytest.raises(UsageError, match="nothing to undo"):
        revising.undo(memory)
    for wanted in states[1:]:
        revising.redo(memory)
        assert state(memory) == wanted
    with pytest.raises(UsageError, match="nothing to do again"):
        revising.redo(memory)


def test_a_unit_that_becomes_another_comes_back(memory: Memory) -> None:
    before = state(memory)
    unit = revising.unit_there(memory, 5)
    other = next(
        n
        for n, u in listed_units(memory, Filter(), 1000)
        if u.source_lang == unit.source_lang and n != 5
    )
    twin = revising.unit_there(memory, other)
    done = change(memory, 5, twin.source, twin.target)
    if twin.target_lang == unit.target_lang:
        assert done.became == other
    revising.undo(memory)
    assert state(memory) == before


def test_neighbours_know_a_corrected_source_and_the_old_one_again(tmp_path: Path) -> None:
    rows = [
        Unit.of("en", "es", s, s.upper(), "d", n)
        for n, s in enumerate(("one two", "three", "four five"), 1)
    ]
    rows[1] = rows[1]._replace(before="one two", after="four five")
    with Memory(tmp_path / "m.db", write=True) as memory:
        load_units(memory, rows, "a", "a")
        prepare_page(memory)
        change(memory, 1, source="one and two")
        assert [unit.before for unit in stored_units(memory, Filter())][1] == "one and two"
        revising.undo(memory)
        assert [unit.before for unit in stored_units(memory, Filter())][1] == "one two"


def test_what_another_program_did_is_never_overwritten(memory: Memory) -> None:
    seen = seen_of(memory, 7)
    with Memory(memory.path, write=True) as other:
        edit_unit(other, 7, target="of somebody else")
    new = (None, NewText("mine"))
    with pytest.raises(UnitChanged, match="meanwhile"):
        revising.change_unit(memory, 7, seen, lambda _: new)
    with pytest.raises(UnitChanged, match="meanwhile"):
        revising.remove_unit(memory, 7, seen)
    assert revising.unit_there(memory, 7).target == "of somebody else"
    # and what was done before is not taken back over it
    change(memory, 8, target="mine")
    with Memory(memory.path, write=True) as other:
        edit_unit(other, 8, target="of somebody else")
    with pytest.raises(UnitChanged, match="another program"):
        revising.undo(memory)
    assert revising.unit_there(memory, 8).target == "of somebody else"


def test_an_undone_deletion_does_not_make_a_double(memory: Memory) -> None:
    unit = revising.unit_there(memory, 9)
    revising.remove_unit(memory, 9, seen_of(memory, 9))
    with Memory(memory.path, write=True) as other:
        load_units(other, [replace_numbers(unit)], "z", "z")
    with pytest.raises(UnitChanged, match="same unit again"):
        revising.undo(memory)
    with pytest.raises(UnitChanged, match="not there"):
        revising.unit_there(memory, 9)


def replace_numbers(unit: Unit) -> Unit:
    return unit._replace(number=999)


KEY = (
    Code(9, "open", "1", "italic", "<i>"),
    Code(12, "close", "1", "italic", "</i>"),
    Code(13, "point", "2", "", "{0}"),
)


def test_codes_are_marks_that_can_be_edited() -> None:
    text = "Turn the key ."
    assert text_with_marks(text, KEY) == "Turn the <1>key</1> <2/>."
    assert shown_pieces(text, KEY, [(5, 10)]) == [
        ("Turn ", ""), ("the ", "match"), ("<1>", "code"), ("k", "match"), ("ey", ""),
        ("</1>", "code"), (" ", ""), ("<2/>", "code"), (".", ""),
    ]  # fmt: skip
    words, codes = read_marked("<2/> turns the blue <1>key</1>.", text, KEY)
    assert words == " turns the blue key."
    assert [(code.place, code.markup) for code in codes] == [(0, "{0}"), (16, "<i>"), (19, "</i>")]
    # a text that looks like marks has others
    assert text_with_marks("a <1> b", KEY[2:3]) == "a <1> b⟨1/⟩"
    assert read_marked("see <1> ⟨1/⟩", "a <1> b", KEY[2:3])[0] == "see <1> "


@pytest.mark.parametrize(
    ("marked", "reason"),
    [
        ("Turn the key <2/>.", "missing: <1>, </1>"),
        ("Turn the <1>key <2/>.", "missing: </1>"),
        ("Turn <1><1>the key</1> <2/>.", "twice"),
        ("Turn </1>the key<1> <2/>.", "stands before"),
        ("Turn the <1>key</1> <2/>\x00", r"U\+0000"),
        ("Turn the <1>key</1> <2/>\ud800", r"U\+D800"),
    ],
)
def test_a_correction_loses_no_code(marked: str, reason: str) -> None:
    with pytest.raises(UsageError, match=reason):
        read_marked(marked, "Turn the key .", KEY)


def test_codes_may_go_when_the_person_says_so() -> None:
    words, codes = read_marked("Turn the <1>key <2/>.", "Turn the key .", KEY, may_go=True)
    assert (words, [code.markup for code in codes]) == ("Turn the key .", ["{0}"])


def test_a_corrected_text_keeps_its_codes_in_the_memory(tmp_path: Path) -> None:
    plain = Unit.of("en", "es", "Turn the key .", "Gire la llave.", "d", 1)
    source = plain.variants[0]._replace(codes=KEY)
    with Memory(tmp_path / "m.db", write=True) as memory:
        unit = plain._replace(variants=(source, plain.variants[1]))
        load_units(memory, [unit], "a", "a")
        prepare_page(memory)
        new = NewText(*read_marked("Now turn the <1>key</1> <2/>.", source.text, KEY))
        done = revising.change_unit(memory, 1, seen_of(memory, 1), lambda _: (new, None))
        assert (done.changed, done.codes) == (True, 0)
        (match,) = find_matches(memory, "Now turn the key .")
        assert [code.place for code in match.unit.variants[0].codes] == [13, 16, 17]
        # it is stored as an import would store it
        load_units(memory, [match.unit], "b", "b")
        assert count_units(memory, Filter()) == (1, None)
