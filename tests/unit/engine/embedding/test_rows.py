"""Rows in half precision: the same in memory and in a file, from several threads."""

from __future__ import annotations

import errno
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from aligner.engine.embedding import rows as module
from aligner.engine.embedding.rows import Rows


@pytest.mark.parametrize("kept", [0, 1000])
def test_they_come_back_as_they_were_written(monkeypatch: pytest.MonkeyPatch, kept: int) -> None:
    monkeypatch.setattr(module, "_KEPT", kept)
    wanted = np.random.default_rng(0).standard_normal((500, 7), dtype=np.float32)
    made = Rows(500, 7)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda k: made.write(k, wanted[k : k + 9]), range(0, 500, 9)))
        parts = list(pool.map(lambda k: made.read(k, min(k + 31, 500)), range(0, 500, 31)))
    found = np.concatenate(parts)
    assert found.dtype == np.float16
    assert np.array_equal(found, wanted.astype(np.float16))
    assert made.read(3, 3).shape == (0, 7)


def test_where_there_is_no_space_the_folder_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_KEPT", 0)

    class Full:
        def seek(self, place: int) -> None:
            del place

        def write(self, data: memoryview) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

        def close(self) -> None:
            pass

        def readinto(self, data: memoryview) -> int:
            return 0

    monkeypatch.setattr("tempfile.TemporaryFile", lambda **_: Full())
    monkeypatch.setattr("tempfile.gettempdir", lambda: "scratch")
    made = Rows(10, 2)
    with pytest.raises(OSError, match="No space left on device: 'scratch'") as caught:
        made.write(0, np.zeros((3, 2), np.float32))
    assert caught.value.errno == errno.ENOSPC
    with pytest.raises(OSError, match="scratch"):
        made.read(0, 3)
