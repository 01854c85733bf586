"""Edits of a review as its journal holds them: what is written is read, what is damaged is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest

from aligner.review.changes import Links, Marks, Patch, Splice, from_json, to_json
from aligner.review.state import Item

PATCH = Patch(
    "merge",
    (
        Splice(
            0,
            3,
            (Item((1, 1)), Item((1, 0), 2.5, 0.75)),
            (Item((2, 1), status="edited", comment="c"),),
        ),
        Marks(0, ((0, 2), (5, 6)), "auto", "accepted"),
        Links(0, ((), ()), ((), ())),
    ),
    (0, 3),
)


def held() -> Any:
    return json.loads(json.dumps(to_json(PATCH)))


def test_what_is_written_is_read() -> None:
    assert from_json(held()) == PATCH


@pytest.mark.parametrize(
    ("place", "value", "error", "said"),
    [
        (("changes", 0, "kind"), "swap", ValueError, "no change is called 'swap'"),
        (("changes", 0, "start"), "3", TypeError, "'3' is no whole number"),
        (("changes", 0, "start"), -1, ValueError, "-1 is below 0"),
        (("changes", 0, "start"), True, TypeError, "True is no whole number"),
        (("changes", 0, "before", 1, "score"), "high", TypeError, "'high' is no number"),
        (("changes", 0, "before", 1, "confidence"), True, TypeError, "True is no number"),
        (("changes", 1, "after"), 4, TypeError, "4 is no text"),
        (("name",), None, TypeError, "None is no text"),
        (("focus",), [0], ValueError, "not enough values"),
        (("changes", 1), {}, KeyError, "kind"),
    ],
)
def test_what_is_damaged(
    place: tuple[Any, ...], value: Any, error: type[Exception], said: str
) -> None:
    data = held()
    inner = data
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    with pytest.raises(error, match=said):
        from_json(data)
