"""What belongs to the user: permissions, links, names that are held open, what killed runs left."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from aligner.files import FileSink, atomic, scratch_folder, temporaries
from aligner.model import ExportError
from aligner.runtime import identity, places
from tests.conftest import CORPORA
from tests.unit.cli.run import run

_TEXTS = [CORPORA / "interview" / f"{lang}.html" for lang in ("es", "en")]


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def put(path: Path, data: bytes) -> None:
    with atomic(path) as out:
        out.write(data)


@pytest.fixture(autouse=True)
def _nothing_swept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(temporaries, "_swept", set())


@pytest.mark.parametrize("given", [0o600, 0o640, 0o664, 0o666, 0o400])
def test_an_output_keeps_the_permissions_of_what_it_replaces(given: int, tmp_path: Path) -> None:
    path = tmp_path / "x.tmx"
    path.write_bytes(b"old")
    path.chmod(given)
    put(path, b"new")
    assert (path.read_bytes(), mode(path)) == (b"new", given)


@pytest.mark.parametrize(("umask", "wanted"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_output_obeys_the_umask(umask: int, wanted: int, tmp_path: Path) -> None:
    code = (
        "import os, sys\nfrom pathlib import Path\nfrom aligner.files import atomic\n"
        f"os.umask({umask})\n"
        "os.umask = None  # it belongs to all threads: nobody may touch it\n"
        "with atomic(Path(sys.argv[1])) as out:\n    out.write(b'x')\n"
    )
    subprocess.run([sys.executable, "-c", code, str(tmp_path / "x.tmx")], check=True)
    assert mode(tmp_path / "x.tmx") == wanted


def test_what_will_be_private_is_never_open_to_others(tmp_path: Path) -> None:
    path = tmp_path / "x.tmx"
    path.write_bytes(b"old")
    path.chmod(0o600)
    with atomic(path) as out:
        out.write(b"new")
        assert [mode(p) for p in tmp_path.iterdir()] == [0o600, 0o600]


@pytest.mark.skipif(os.name == "nt" or os.getuid() != 0, reason="only root gives files away")
def test_the_group_and_the_owner_stay(tmp_path: Path) -> None:
    path = tmp_path / "x.tmx"
    path.write_bytes(b"old")
    os.chown(path, 12345, 54321)
    path.chmod(0o660)
    put(path, b"new")
    state = path.stat()
    assert (state.st_uid, state.st_gid, mode(path)) == (12345, 54321, 0o660)


def test_a_link_stays_a_link_and_its_target_is_written(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    target = tmp_path / "far" / "real.tmx"
    target.write_bytes(b"old")
    target.chmod(0o640)
    link, second = tmp_path / "x.tmx", tmp_path / "y.tmx"
    link.symlink_to("far/real.tmx")
    second.symlink_to(link)
    put(second, b"new")
    assert link.is_symlink()
    assert second.is_symlink()
    assert (target.read_bytes(), mode(target)) == (b"new", 0o640)
    assert [path.name for path in (tmp_path / "far").iterdir()] == ["real.tmx"]


def test_a_link_to_what_is_not_there_yet(tmp_path: Path) -> None:
    link = tmp_path / "x.tmx"
    link.symlink_to(tmp_path / "real.tmx")
    put(link, b"new")
    assert link.is_symlink()
    assert (tmp_path / "real.tmx").read_bytes() == b"new"


def test_links_that_lead_nowhere_are_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.tmx").symlink_to(tmp_path / "b.tmx")
    (tmp_path / "b.tmx").symlink_to(tmp_path / "a.tmx")
    with pytest.raises(ExportError, match="Too many levels of symbolic links"):
        put(tmp_path / "a.tmx", b"new")
    (tmp_path / "c.tmx").symlink_to(tmp_path / "absent" / "c.tmx")
    done = run("align", *_TEXTS, "-o", tmp_path / "c.tmx")
    assert done.code == 2
    assert "c.tmx: the folder of this output does not exist" in done.err


def test_the_command_writes_through_a_link(tmp_path: Path) -> None:
    real = tmp_path / "real.beads"
    real.write_text("old", encoding="utf-8")
    real.chmod(0o600)
    (tmp_path / "x.beads").symlink_to("real.beads")
    assert run("align", *_TEXTS, "-o", tmp_path / "x.beads").code == 0
    assert (tmp_path / "x.beads").is_symlink()
    assert real.read_text(encoding="utf-8").startswith("[")
    assert mode(real) == 0o600


def test_a_name_that_is_held_open_for_a_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where a virus scanner reads every new file."""
    refused = iter([True] * 3)
    before = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if next(refused, False):
            raise PermissionError(13, "The process cannot access the file")
        return before(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr(places, "_WAITS", (0, 0, 0, 0))
    put(tmp_path / "x.tmx", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["x.tmx"]


def test_a_name_that_stays_held_open_costs_no_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where a CAT tool has the memory open."""
    held = tmp_path / "x.tei.xml"
    held.write_bytes(b"old")
    (tmp_path / "x.new.tei.xml").write_bytes(b"older")
    before = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if Path(target) == held:
            raise PermissionError(13, "The process cannot access the file")
        return before(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    monkeypatch.setattr(places, "_WAITS", (0, 0))
    with pytest.raises(ExportError) as caught:
        put(held, b"new")
    said = str(caught.value)
    assert said.startswith(f"{held}: cannot be replaced (The process cannot access the file)")
    assert "it is left as it was, and the new file is x.new2.tei.xml" in said
    contents = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert contents == {"x.tei.xml": b"old", "x.new.tei.xml": b"older", "x.new2.tei.xml": b"new"}


def killed(folder: Path, body: str) -> None:
    """A process that is killed while it writes."""
    code = (
        "import os, sys\nfrom pathlib import Path\n"
        "from aligner.files import FileSink, scratch_folder\n"
        f"folder = Path(sys.argv[1])\n{body}\n    os.kill(os.getpid(), 9)\n"
    )
    subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        check=False,
        env={**os.environ, "TMPDIR": str(folder)},
    )


def test_the_next_run_removes_what_a_killed_one_left(tmp_path: Path) -> None:
    killed(tmp_path, "with FileSink(folder / 'x.tmx').open() as out:\n    out.write(b'half')")
    (left,) = tmp_path.iterdir()
    assert temporaries._NAME.fullmatch(left.name)
    users = [".x.tmx.tmp", "aligner-notes", ".aligner-0-1-2.tmp", "x.tmx~"]
    for name in users:
        (tmp_path / name).write_bytes(b"")
    put(tmp_path / "y.tmx", b"new")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([*users, "y.tmx"])


def test_a_folder_of_a_killed_run_goes_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    killed(tmp_path, "with scratch_folder() as made:\n    (made / 'x').write_bytes(b'x')")
    assert len(list(tmp_path.iterdir())) == 1
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with scratch_folder() as folder:
        assert list(tmp_path.iterdir()) == [folder]
        assert mode(folder) == 0o700
    assert not list(tmp_path.iterdir())


def test_what_a_running_process_or_another_machine_writes_stays(tmp_path: Path) -> None:
    other = "0" * 8 if identity.place() != "0" * 8 else "1" * 8
    running = tmp_path / f".aligner-{identity.place()}-{os.getppid()}-00000000.tmp"
    far, old = (tmp_path / f".aligner-{other}-1-0000000{n}.tmp" for n in range(2))
    for path in (running, far, old):
        path.write_bytes(b"half")
    week = time.time() - 8 * 24 * 3600
    for path in (running, old):
        os.utime(path, (week, week))
    put(tmp_path / "x.tmx", b"new")
    assert {path.name for path in tmp_path.iterdir()} == {running.name, far.name, "x.tmx"}


def test_an_end_from_another_thread_leaves_nothing(tmp_path: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom aligner.files import FileSink\n"
        "from aligner.runtime import interrupts\n"
        "with FileSink(Path(sys.argv[1]) / 'x.tmx').open() as out:\n"
        "    out.write(b'half')\n    interrupts.end_now(2)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False)
    assert done.returncode == 2
    assert not list(tmp_path.iterdir())


def test_a_long_name_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / f"{'x' * 240}.tmx"
    sink = FileSink(path)
    with sink.open() as out:
        out.write(b"x")
    assert sink.commit() == (path,)
