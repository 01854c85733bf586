"""The error tree: one line each, codes that differ, places and excerpts."""

from __future__ import annotations

import inspect

import pytest

from aligner.model import AlignerError, Malformed, errors

KINDS = [getattr(errors, name) for name in errors.__all__]


def test_every_error_is_listed_and_stands_in_the_tree() -> None:
    defined = {name for name, _ in inspect.getmembers(errors, inspect.isclass)}
    assert defined == set(errors.__all__)
    assert all(issubclass(kind, AlignerError) for kind in KINDS)
    assert len({kind.code for kind in KINDS}) == len(KINDS)
    assert errors.__doc__ is not None
    assert all(kind.__name__ in errors.__doc__ for kind in KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_one_line_with_what_where_and_what_to_do(kind: type[AlignerError]) -> None:
    error = kind("it is empty", context="a.txt", hint="give another")
    assert str(error) == "a.txt: it is empty (give another)"
    assert str(kind("it is empty")) == "it is empty"


def test_a_place_in_a_file() -> None:
    error = Malformed("not a pin", context="pins", line=3, column=7, excerpt="[x]")
    assert str(error) == "pins, line 3, column 7: not a pin: «[x]»"
    assert (error.line, error.column, error.excerpt) == (3, 7, "[x]")
    assert str(Malformed("not a pin", context="pins")) == "pins: not a pin"
    assert str(Malformed("not a pin", context="pins", column=7)) == "pins: not a pin"
