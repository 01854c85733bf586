"""What a folder holds is what its report lists: pairs that left, texts that change, merges, verify."""

from __future__ import annotations

import json
import os
import random
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from aligner.corpus.build import (
    Job,
    Output,
    Pool,
    build,
    built_pairs,
    differences,
    merge_shards,
    shard_of,
)
from aligner.model import UsageError
from tests.unit.corpus.build.test_build import content, make_jobs, run
from tests.unit.corpus.build.work import WORK


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, Any]:
    return {"journal": str(tmp_path / "journal")}


def ids(folder: Path) -> list[str]:
    return [identifier for identifier, _ in built_pairs(folder)]


def test_pairs_that_left_are_removed_or_refused(tmp_path: Path, settings: dict[str, Any]) -> None:
    jobs = make_jobs(tmp_path / "in", ["one", "two", "unreadable", "four"])
    out = tmp_path / "out"
    run(jobs, out, settings)
    assert ids(out) == ["p000", "p001", "p003"]
    before = content(out)

    def again(less: list[Job], *, keep: bool = False) -> Any:
        with Output.open(out, {}) as output, Pool(WORK, settings, 1) as pool:
            return build(less, output, pool, keep=keep)

    with pytest.raises(UsageError, match="2 pairs of this folder left the input: p"):
        again(jobs[:2], keep=True)
    with pytest.raises(UsageError, match="no pair of this folder"):
        again(make_jobs(tmp_path / "other", ["x"])[:0] or [Job("q", "a", "b", str(tmp_path))])
    assert content(out) == before
    assert again(jobs[:2]).removed == 2
    assert ids(out) == ["p000", "p001"]
    run(jobs[:2], tmp_path / "new", settings)
    assert content(out) == content(tmp_path / "new")


def test_a_folder_is_read_by_its_list(tmp_path: Path, settings: dict[str, Any]) -> None:
    jobs = make_jobs(tmp_path / "in", ["one", "two"])
    out = tmp_path / "out"
    run(jobs, out, settings)
    (out / "pairs" / "stray").mkdir()
    assert ids(out) == ["p000", "p001"]
    (out / "report.tsv").unlink()
    with pytest.raises(UsageError, match="has not come to its end"):
        ids(out)
    run(jobs, out, settings)
    assert not (out / "pairs" / "stray").exists()
    (out / "report.tsv").write_text("id\tsource\n")
    with pytest.raises(UsageError, match="no report of this version"):
        ids(out)


def test_verify_names_every_difference(tmp_path: Path, settings: dict[str, Any]) -> None:
    jobs = make_jobs(tmp_path / "in", ["one", "two", "unreadable", "four", "five"])
    out = tmp_path / "out"
    run(jobs, out, settings)
    assert list(differences(out)) == []
    changed = out / "pairs/p000/p000.txt"
    changed.write_bytes(changed.read_bytes().replace(b"o", b"0"))  # of the same size
    (out / "pairs/p001/log.txt").unlink()
    record = out / "pairs/p003/quality.json"
    record.write_text(record.read_text().replace("es", "fr"))
    (out / "pairs/p001/mine.txt").write_text("")
    (out / "pairs/p004").rename(out / "pairs/p005")
    assert dict(differences(out)) == {
        "pairs/p000/p000.txt": "is not the one that was made",
        "pairs/p001/log.txt": "is missing",
        "pairs/p001/mine.txt": "was not made by the build",
        "pairs/p003/quality.json": "is not the one that report.tsv names",
        "pairs/p004": "is listed in report.tsv, but not there",
        "pairs/p005": "is not listed in report.tsv",
    }
    assert run(jobs, out, settings).done == 4
    assert list(differences(out)) == []
    (out / "failures.tsv").write_text("")
    assert dict(differences(out)) == {"failures.tsv": "is not what the pairs say"}


def shards(tmp_path: Path, jobs: list[Job], settings: dict[str, Any]) -> list[Path]:
    parts = [tmp_path / f"part{number}" for number in (1, 2)]
    for number, part in enumerate(parts, 1):
        run([j for j in jobs if shard_of(j.id, 2) == number], part, settings, shard=(number, 2))
    return parts


def test_a_second_merge_replaces_what_changed(tmp_path: Path, settings: dict[str, Any]) -> None:
    jobs = make_jobs(tmp_path / "in", [f"text {n}" for n in range(8)])
    merged = tmp_path / "merged"
    merge_shards(shards(tmp_path, jobs, settings), merged)
    (tmp_path / "in/003.a").write_text("another text")
    jobs = [job for job in jobs if job.id != "p005"]
    parts = shards(tmp_path, jobs, settings)
    before = content(merged)
    with pytest.raises(UsageError, match="1 pair of this folder left"):
        merge_shards(parts, merged, keep=True)
    assert content(merged) == before
    counts = merge_shards(parts, merged)
    assert (counts["pairs"], counts["replaced"], counts["removed"]) == (7, 1, 1)
    run(jobs, tmp_path / "whole", settings)
    assert content(merged) == content(tmp_path / "whole")
    # a file that somebody changed in the merged folder is what the shards have again
    (merged / "pairs/p000/p000.txt").write_text("other bytes")
    assert merge_shards(parts, merged)["replaced"] == 1
    assert content(merged) == content(tmp_path / "whole")


@pytest.mark.parametrize("harm", ["file gone", "file cut", "file other", "pair gone", "no report"])
def test_shards_copied_by_half_are_refused(
    tmp_path: Path, settings: dict[str, Any], harm: str
) -> None:
    jobs = make_jobs(tmp_path / "in", [f"text {n}" for n in range(6)])
    parts = shards(tmp_path, jobs, settings)
    victim = next(iter(built_pairs(parts[1])))[1]
    file = victim / f"{victim.name}.txt"
    if harm == "file gone":
        file.unlink()
    elif harm == "file cut":
        file.write_bytes(file.read_bytes()[:-1])
    elif harm == "file other":
        file.write_bytes(b"x" * file.stat().st_size)
    elif harm == "pair gone":
        victim.rename(tmp_path / "elsewhere")
    else:
        (parts[1] / "report.tsv").unlink()
    with pytest.raises(UsageError):
        merge_shards(parts, tmp_path / "merged")
    assert not (tmp_path / "merged/report.tsv").exists()


def test_texts_edited_at_any_moment_are_never_finished_before(
    tmp_path: Path, settings: dict[str, Any]
) -> None:
    """Ten edits while the build runs: the next run makes of every text what stands in it now."""
    jobs = make_jobs(tmp_path / "in", [f"text {n}" for n in range(10)])
    slow = {**settings, "pause": 0.05}
    moments = random.Random(9)

    def edit() -> None:
        for number in moments.sample(range(10), 10):
            time.sleep(moments.uniform(0, 0.05))
            (tmp_path / f"in/{number:03}.a").write_text(f"edited {number}")

    editing = threading.Thread(target=edit)
    editing.start()
    run(jobs, tmp_path / "out", slow)
    editing.join()
    run(jobs, tmp_path / "out", slow)
    run(jobs, tmp_path / "fresh", slow)
    assert content(tmp_path / "out") == content(tmp_path / "fresh")
    for number in range(10):
        text = (tmp_path / f"out/pairs/p{number:03}/p{number:03}.txt").read_text()
        assert text.startswith(f"edited {number}|")


def test_a_text_that_never_rests_is_no_result(tmp_path: Path, settings: dict[str, Any]) -> None:
    from aligner.corpus.build.outcome import Failure, Outcome
    from aligner.corpus.build.worker import attempt

    (job,) = make_jobs(tmp_path / "in", ["one"])

    def work(job: Job) -> Outcome:
        with Path(job.names[0]).open("a") as out:
            out.write(" more")
        return Outcome({}, {})

    result = attempt(work, job)
    assert isinstance(result, Failure)
    assert (result.kind, result.digests) == ("input", ())
    assert "changed 3 times" in result.message


def test_names_of_any_bytes_are_committed(tmp_path: Path, settings: dict[str, Any]) -> None:
    """No UTF-8, tabs, line ends: each is written so that the tables stay tables."""
    names = ["caf\udce9", "a\tb", "new\nline", "back\\slash", 'q"uo<te']
    (tmp_path / "in").mkdir()
    jobs = []
    for number, name in enumerate(names):
        for side in "ab":
            Path(os.fsdecode(os.fsencode(str(tmp_path / "in" / f"{name}.{side}")))).write_text("x")
        jobs.append(Job(f"p{number}", f"{name}.a", f"{name}.b", str(tmp_path / "in")))
    jobs.append(Job("gone", "caf\udcff\t.a", "b", str(tmp_path / "in")))
    out = tmp_path / "out"
    tally = run(jobs, out, settings)
    assert (tally.done, tally.failed) == (5, 1)
    rows = [line.split("\t") for line in (out / "report.tsv").read_text().splitlines()]
    assert {len(row) for row in rows} == {len(rows[0])}
    assert [row[1] for row in rows[2:]] == [
        "caf\\udce9.a",
        "a\\tb.a",
        "new\\nline.a",
        "back\\slash.a",
        'q"uo<te.a',
    ]
    assert [line.count("\t") for line in (out / "failures.tsv").read_text().splitlines()] == [4, 4]
    record = json.loads((out / "pairs/p0/quality.json").read_bytes())
    assert record["source"] == "caf\udce9.a"
    assert run(jobs, out, settings).skipped == 5
    assert list(differences(out)) == []


def test_what_cannot_be_committed_is_a_failure_of_its_pair(
    tmp_path: Path, settings: dict[str, Any]
) -> None:
    jobs = make_jobs(tmp_path / "in", ["one", "nan", "endless", "four"])
    tally = run(jobs, tmp_path / "out", settings)
    assert (tally.done, tally.failed, tally.ours) == (2, 2, 2)
    log = (tmp_path / "out/pairs/p001/log.txt").read_text()
    assert "Traceback" in log
    assert "File name too long" in (tmp_path / "out/failures.tsv").read_text()


def test_many_pairs_lie_in_two_levels(
    tmp_path: Path, settings: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aligner.corpus.build.output._MANY", 5)
    jobs = make_jobs(tmp_path / "in", [*(f"text {n}" for n in range(7)), "unreadable"])
    out = tmp_path / "out"

    def made(jobs: list[Job], out: Path, part: tuple[int, int] | None, whole: int) -> Any:
        with Output.open(out, {}, part, whole) as output, Pool(WORK, settings, 2) as pool:
            return build(jobs, output, pool)

    made(jobs, out, None, 8)
    places = [path.relative_to(out / "pairs").parts for path in out.rglob("quality.json")]
    assert len(places) == 8
    assert all(len(parts) == 3 and len(parts[0]) == 2 for parts in places)
    assert list(differences(out)) == []
    assert made(jobs, out, None, 8).skipped == 7
    parts = []
    for number in (1, 2):
        parts.append(tmp_path / f"part{number}")
        made([j for j in jobs if shard_of(j.id, 2) == number], parts[-1], (number, 2), 8)
    merge_shards(parts, tmp_path / "merged")
    assert content(tmp_path / "merged") == content(out)
    # what a folder was made with it keeps, and empty folders go
    assert made(jobs[:2], out, None, 2).removed == 6
    assert len(list((out / "pairs").iterdir())) <= 2
    assert len(ids(out)) == 2
