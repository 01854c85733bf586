"""Lines of JSON as others write them: objects of columns, lists, plain texts, our own with more in it."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from aligner.formats.jsonl.stream import stream
from aligner.model import Declined, Malformed, ReadOptions, Unit


def units(*rows: Any) -> list[Unit]:
    lines = "".join(f"{json.dumps(row)}\n" for row in rows)
    return list(stream(io.BytesIO(lines.encode()), "a.jsonl", ReadOptions()))


def texts(*rows: Any) -> list[list[str]]:
    return [[variant.text for variant in unit.variants] for unit in units(*rows)]


def test_a_row_may_be_a_list_or_one_text() -> None:
    assert texts(["Uno.", "One."], ["Dos.", "Two.", "Zwei."]) == [
        ["Uno.", "One."],
        ["Dos.", "Two.", "Zwei."],
    ]
    assert texts("Uno.", "Dos.") == [["Uno."], ["Dos."]]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ([["a"], "b"], "a list in a row"),
        (4, "not an object of columns"),
        ([{"a": 1}], "a list in a row"),
    ],
)
def test_what_is_no_row(row: Any, said: str) -> None:
    with pytest.raises(Malformed, match=said) as caught:
        units({"es": "Uno.", "en": "One."}, row)
    assert caught.value.line == 2


def test_one_object_of_another_format() -> None:
    with pytest.raises(Declined, match="one object with a format of its own"):
        units({"format": "theirs", "es": "Uno.", "en": "One."})


def test_columns_beside_the_texts() -> None:
    (unit,) = units(
        {
            "es": "Uno.",
            "en": "One.",
            "score": 0.5,
            "doc": "d1",
            "labels": ["a", "b"],
            "notes": ["n", 3],
            "metadata": {"licence": "CC0"},
            "empty": None,
            "other": {"deep": 1},
        }
    )
    assert (unit.document, unit.labels, unit.metadata) == ("d1", ("a", "b"), {"licence": "CC0"})
    assert unit.confidence == 0.5
    held = dict(unit.properties)
    assert json.loads(str(held["other"])) == {"deep": 1}
    assert json.loads(str(held["notes"])) == ["n", 3]


def test_a_word_of_ours_that_means_nothing_here_is_kept_as_it_was() -> None:
    row = {"languages": ["es", "en"], "translation": {"es": "Uno.", "en": "One."}}
    (unit,) = units({**row, "status": "perfect", "kind": "sonnet", "mine": "x"})
    assert (unit.status, unit.role) == ("auto", "para")
    assert {("status", "perfect"), ("kind", "sonnet"), ("mine", "x")} <= set(unit.properties)


def test_keys_of_a_translation_are_languages_whatever_they_are() -> None:
    made = units({"translation": {"quz-PE": "Huk.", "en": "One."}})
    assert [variant.lang for variant in made[0].variants] == ["quz-PE", "en"]
