"""Cores dealt out, with a system that holds a process to its cores and without."""

from __future__ import annotations

import os

import pytest

from aligner.runtime import cores, limits


def test_the_cores_of_this_process() -> None:
    assert cores.count() == len(cores.numbers()) >= 1
    if hasattr(os, "sched_getaffinity"):
        assert set(cores.numbers()) == os.sched_getaffinity(0)


@pytest.mark.parametrize(
    ("workers", "dealt"),
    [
        (1, [(0, 1, 2, 3)]),
        (2, [(0, 2), (1, 3)]),
        (3, [(0, 3), (1,), (2,)]),
        (6, [(0,), (1,), (2,), (3,), (0,), (1,)]),
    ],
)
def test_as_many_threads_as_cores_in_all(
    workers: int, dealt: list[tuple[int, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cores, "numbers", lambda: (0, 1, 2, 3))
    assert [cores.deal(number, workers) for number in range(workers)] == dealt


def test_a_system_without_affinity(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("sched_getaffinity", "sched_setaffinity"):
        monkeypatch.delattr(os, name, raising=False)
    monkeypatch.setattr(cores, "_taken", [])
    monkeypatch.setattr(os, "process_cpu_count", lambda: 5, raising=False)
    assert cores.numbers() == (0, 1, 2, 3, 4)
    monkeypatch.delattr(os, "process_cpu_count")
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert cores.numbers() == (0,)
    cores.bind((3, 1))
    assert cores.numbers() == (1, 3)
    assert cores.count() == 2


def test_memory_in_bytes() -> None:
    assert 1 << 24 < limits.resident() < limits.total_memory()
    assert limits.total_memory() > 1 << 28
