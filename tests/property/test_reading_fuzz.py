"""Mutated files of every format: the fuzzer at reduced size; 20,000 with scripts/fuzz_readers.py."""

from __future__ import annotations

from types import ModuleType

import pytest

from tests.conftest import load_script


@pytest.fixture(scope="module")
def fuzz() -> ModuleType:
    return load_script("fuzz_readers")


def test_only_our_errors(fuzz: ModuleType) -> None:
    outcome = fuzz.run(800, seed=7)
    assert outcome.faults == []
    assert outcome.tried == 800
    assert outcome.read > 250  # the mutations do not only break files


def test_the_same_seed_gives_the_same_files(fuzz: ModuleType) -> None:
    first, second = fuzz.run(60, seed=3), fuzz.run(60, seed=3)
    assert (first.read, first.refused) == (second.read, second.refused)
