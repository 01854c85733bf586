"""One holder at a time, whatever the system."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from aligner.runtime.locks import Lock

_HOLD = (
    "import sys; from pathlib import Path; from aligner.runtime.locks import Lock\n"
    "lock = Lock(Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()\n"
)


def hold(path: Path) -> subprocess.Popen[bytes]:
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    return holder


def test_one_holder_in_one_process_and_no_trace(tmp_path: Path) -> None:
    lock = Lock(tmp_path / "x.lock")
    assert [path.name for path in tmp_path.iterdir()] == ["x.lock"]
    with pytest.raises(BlockingIOError):
        Lock(tmp_path / "x.lock")
    with pytest.raises(BlockingIOError):  # the failed attempt let go of nothing
        Lock(tmp_path / "x.lock")
    refused = subprocess.run(
        [sys.executable, "-c", _HOLD, str(tmp_path / "x.lock")],
        check=False,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert "BlockingIOError" in refused.stderr
    lock.release()
    lock.release()
    assert not list(tmp_path.iterdir())
    Lock(tmp_path / "x.lock").release()


def test_a_killed_holder_holds_no_more(tmp_path: Path) -> None:
    path = tmp_path / "x.lock"
    holder = hold(path)
    with pytest.raises(BlockingIOError):
        Lock(path)
    holder.kill()
    holder.communicate()
    assert path.exists()
    Lock(path).release()
    assert not path.exists()


def test_a_lock_can_be_private(tmp_path: Path) -> None:
    lock = Lock(tmp_path / "x.lock", 0o600)
    assert (tmp_path / "x.lock").stat().st_mode & 0o777 == 0o600
    lock.release()
    with pytest.raises(OSError, match="No such file"):
        Lock(tmp_path / "absent" / "x.lock")
