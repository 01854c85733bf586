"""An encoder that is loaded beside other work: the same one, and its errors are told once asked for."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from aligner.engine import embedding
from aligner.engine.embedding import encoders, store
from aligner.model import ModelError, UsageError


@pytest.fixture(autouse=True)
def nothing_loaded() -> Iterator[None]:
    encoders._loaded.cache_clear()
    before = threading.enumerate()
    yield
    for thread in threading.enumerate():
        if thread not in before:
            thread.join(30)
    encoders._loaded.cache_clear()


def test_it_is_loaded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    loads: list[int] = []
    real = store.load_arrays

    def counted() -> tuple[store.NetworkArrays, str]:
        loads.append(1)
        return real()

    monkeypatch.setattr(store, "load_arrays", counted)
    for _ in range(3):
        embedding.prepare_encoder()
    first = embedding.load_encoder("embedded", ("es", "en"))
    assert embedding.load_encoder("embedded", ("de", "fr")) is first
    assert embedding.load_encoder() is first
    assert loads == [1]


def test_what_is_wrong_is_told_by_load(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise ModelError("the weights are gone")

    monkeypatch.setattr(store, "load_arrays", broken)
    embedding.prepare_encoder()
    with pytest.raises(ModelError, match="the weights are gone"):
        embedding.load_encoder()
    with pytest.raises(UsageError, match="magic"):
        embedding.prepare_encoder("magic")
