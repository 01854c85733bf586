"""A unit as JSON: what is none is named, so that the line of a file can be."""

from __future__ import annotations

from typing import Any

import pytest

from aligner.model.unit_json import unit_from_json

RIGHT: dict[str, Any] = {"languages": ["es", "en"], "translation": {"es": "Uno.", "en": "One."}}


def test_what_is_right() -> None:
    unit = unit_from_json(
        {**RIGHT, "comment": None, "notes": ["a"], "metadata": {"x": None, "y": 1}}, 7
    )
    assert [variant.text for variant in unit.variants] == ["Uno.", "One."]
    assert (unit.number, unit.comment, unit.notes, set(unit.metadata)) == (7, "", ("a",), {"y"})


@pytest.mark.parametrize(
    ("change", "error", "said"),
    [
        ({"languages": []}, ValueError, "a language for each text"),
        ({"languages": "es en"}, TypeError, "'es en' is not a list"),
        ({"languages": ["es", 4]}, TypeError, "4 is not a text"),
        ({"translation": {"es": "Uno."}}, KeyError, "translation has no 'en'"),
        ({"labels": "x"}, TypeError, "'x' is not a list"),
        ({"labels": [["x"]]}, TypeError, "is not a text"),
        ({"attributes": [["a", "b", "c"]]}, ValueError, "too many values"),
    ],
)
def test_what_is_none(change: dict[str, Any], error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        unit_from_json({**RIGHT, **change})
