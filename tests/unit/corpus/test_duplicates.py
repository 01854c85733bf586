"""Copies: exact ones are exact, near ones as comparing all with all finds them."""

from __future__ import annotations

import random
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from aligner import corpus
from aligner.corpus.near import _word_pairs
from aligner.corpus.partitions import Distinct, Flags, Partitions
from aligner.model import Unit, UsageError
from tests.units import changed

LONG = "the committee met again on the second floor of the old customs house in november"
FIRST = Unit.of("en", "es", LONG, "el comité volvió a reunirse en el segundo piso", "a", 1)


def kinds(
    folder: Path, units: list[Unit], *, sides: str = "both", ignore: str = "", near: float = 0.0
) -> list[str]:
    folder.mkdir(exist_ok=True)
    rules = corpus.DuplicateRules(sides, frozenset(ignore.split()), near)
    return [kind for _, kind in corpus.without_duplicates(lambda: units, rules, folder)]


@pytest.mark.parametrize(
    ("text", "ignore", "kind"),
    [
        (LONG, "", "exact"),
        (f"  {LONG.replace(' ', chr(0xA0))} ", "", "exact"),
        (f"{LONG}.", "", ""),
        (LONG.upper(), "", ""),
        (LONG.upper(), "case", "exact"),
        (f"«{LONG}»!", "punctuation", "exact"),
        (f"{LONG.title()}?", "punctuation case", "exact"),
        (LONG.replace("november", "december"), "punctuation case digits", ""),
    ],
)
def test_exact_is_exact(tmp_path: Path, text: str, ignore: str, kind: str) -> None:
    assert kinds(tmp_path, [FIRST, changed(FIRST, source=text)], ignore=ignore) == ["", kind]


def test_what_counts(tmp_path: Path) -> None:
    def one(source: str, target: str = "x", lang: str = "es") -> Unit:
        return Unit.of("en", lang, source, target, "d", 1)

    accents = [one("caf\u00e9"), one("cafe\u0301"), one("cafe")]
    assert kinds(tmp_path / "1", accents) == ["", "exact", ""]
    years = [one("In 1999 it fell"), one("In 20 it fell"), one("In x it fell")]
    assert kinds(tmp_path / "2", years, ignore="digits") == ["", "exact", ""]
    assert kinds(tmp_path / "3", years) == ["", "", ""]
    # nothing but signs: these must be equal
    signs = [one("—", "—"), one("…", "…"), one("—", "—")]
    assert kinds(tmp_path / "4", signs, ignore="punctuation") == ["", "", "exact"]
    assert kinds(tmp_path / "5", [one("a", "b", "es"), one("a", "b", "fr")]) == ["", ""]
    sides = [one("a", "b"), one("c", "b"), one("a", "d")]
    assert kinds(tmp_path / "6", sides, sides="target") == ["", "exact", ""]
    assert kinds(tmp_path / "7", sides, sides="source") == ["", "", "exact"]
    assert kinds(tmp_path / "8", [one("a b", "c"), one("a", "b c")]) == ["", ""]
    with pytest.raises(UsageError, match="'accents' cannot be ignored"):
        corpus.DuplicateRules("both", frozenset(["accents"]))
    with pytest.raises(UsageError, match="--sides cannot be 'left'"):
        corpus.DuplicateRules("left")


def test_near(tmp_path: Path) -> None:
    near = changed(FIRST, source=LONG.replace("november", "december"))
    other = Unit.of("en", "es", "a quite different sentence about ships and rope", "otra", "a", 2)
    assert kinds(tmp_path, [FIRST, other, near, FIRST], near=0.8) == ["", "", "near", "exact"]


def invented(count: int, seed: int) -> list[Unit]:
    """Sentences of which many are others with a word or three changed, some of them very often."""
    draw = random.Random(seed)
    words = [f"w{n}" for n in range(400)]
    texts: list[list[str]] = []
    for _ in range(count):
        if texts and draw.random() < 0.6:
            text = list(draw.choice(texts[:8] if draw.random() < 0.3 else texts))
            for _ in range(draw.choice([0, 1, 1, 2, 6])):
                text[draw.randrange(len(text))] = draw.choice(words)
        else:
            text = draw.choices(words, k=draw.randint(3, 40))
        texts.append(text)
    return [
        Unit.of("en", "es", " ".join(t), " ".join(t[::-1]), "d", n) for n, t in enumerate(texts, 1)
    ]


def by_comparing_all(units: list[Unit], similarity: float) -> list[str]:
    seen: set[tuple[str, str]] = set()
    stay: list[set[int]] = []
    out = []
    for unit in units:
        if (unit.source, unit.target) in seen:
            out.append("exact")
            continue
        seen.add((unit.source, unit.target))
        pairs = set(_word_pairs("en\0es", (unit.source, unit.target)).tolist())
        alike = any(len(pairs & other) >= similarity * len(pairs | other) for other in stay)
        out.append("near" if alike and len(pairs) >= 4 else "")
        if not out[-1] and len(pairs) >= 4:
            stay.append(pairs)
    return out


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_near_is_what_comparing_all_gives(tmp_path: Path, seed: int) -> None:
    """MinHash finds pairs above .8 with probability .998; what it finds is right."""
    units = invented(1100, seed)
    expected = by_comparing_all(units, 0.8)
    made = kinds(tmp_path, units, near=0.8)
    assert [k == "exact" for k in made] == [k == "exact" for k in expected]
    different = sum(a != b for a, b in zip(made, expected, strict=True))
    assert different <= 0.01 * expected.count("near")
    assert expected.count("near") > 60


def test_the_same_whatever_the_partitions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    units = invented(600, 5)
    expected = kinds(tmp_path / "a", units, near=0.8)
    monkeypatch.setattr("aligner.corpus.near._PART_BYTES", 1 << 10)
    monkeypatch.setattr("aligner.corpus.near._HELD", 3)
    monkeypatch.setattr("aligner.corpus.partitions._BUFFERED", 7)
    assert kinds(tmp_path / "b", units, near=0.8) == expected


def test_memory_does_not_grow_with_the_corpus(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What waits in memory is made small, so that what would pile up shows with few units."""
    monkeypatch.setattr("aligner.corpus.partitions._BUFFERED", 1 << 10)

    def units(count: int) -> Iterator[Unit]:
        for n in range(count):
            yield Unit.of("en", "es", f"sentence {n} of {n % 7}", f"frase {n}", f"d{n // 10}", n)

    def peak(count: int) -> int:
        folder = tmp_path / str(count)
        folder.mkdir()
        tracemalloc.start()
        for _ in corpus.without_duplicates(lambda: units(count), corpus.DuplicateRules(), folder):
            pass
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    peak(100)  # what is loaded or cached once
    small, large = peak(2_000), peak(20_000)
    assert large < 1.5 * small + (1 << 14)


def test_partitions_and_flags(tmp_path: Path) -> None:
    parts = Partitions(tmp_path, "x", [("a", "<u8"), ("b", "u1")], count=5)
    for number in range(1000):
        parts.add(number.to_bytes(8, "little") + bytes([number % 251]))
    rows = [list(map(tuple, records.tolist())) for records in parts.arrays()]
    assert len(rows) == 5
    assert all(len({a % 5 for a, _ in part}) == 1 and part == sorted(part) for part in rows)
    assert sorted(row for part in rows for row in part) == [(n, n % 251) for n in range(1000)]
    parts.remove()
    assert list(tmp_path.iterdir()) == []
    flags = Flags(tmp_path / "f")
    import numpy as np

    flags.set(np.array([3, 4, 9]), 2)
    assert [value for value, _ in zip(flags, range(12), strict=False)] == [
        0,
        0,
        0,
        2,
        2,
        0,
        0,
        0,
        0,
        2,
        0,
        0,
    ]
    assert (flags.get(4), flags.get(400)) == (2, 0)
    flags.close()


def test_distinct(tmp_path: Path) -> None:
    distinct = Distinct(tmp_path)
    for number in range(5000):
        distinct.add("es-en" if number % 3 else "es-fr", f"d{number % 700}")
    assert distinct.counts() == {"es-en": 700, "es-fr": 700}
