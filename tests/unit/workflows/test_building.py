"""The work on one pair of a corpus, as a worker process does it, in this one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from aligner.corpus.build import Failure, Job, Outcome, Output
from aligner.corpus.build.worker import TextsRead, attempt
from aligner.model import AlignerError, Limits, UsageError
from aligner.workflows.corpus import building

ES = "La casa del puerto estaba vacía.\nNadie volvió en invierno.\n"
EN = "The harbour house was empty.\nNobody came back in winter.\n"


@pytest.fixture
def job(tmp_path: Path) -> Job:
    (tmp_path / "es.txt").write_text(ES, "utf-8")
    (tmp_path / "en.txt").write_text(EN, "utf-8")
    return Job(
        "a",
        "es.txt",
        "en.txt",
        str(tmp_path),
        "es",
        "en",
        source_known=(("title", "La casa"), ("licence", "CC0")),
    )


def settings(folder: Path, **more: Any) -> dict[str, Any]:
    made = building.build_settings(formats=("json", "tmx", "beads"), encoder="embedded", **more)
    with Output.open(folder / "c", made) as output:
        return building.with_places(made, output)


def test_a_pair_is_aligned_and_told(job: Job, tmp_path: Path) -> None:
    heard: list[object] = []
    made = attempt(building.pair_work(settings(tmp_path)), job, heard.append)
    assert isinstance(made, Outcome)
    assert [type(one) for one in heard] == [TextsRead]
    assert sorted(made.files) == ["a.alignment.json", "a.beads", "a.tmx", "log.txt"]
    assert made.quality["beads"] == 2
    held = json.loads(made.files["a.alignment.json"])["documents"][0]
    assert (held["title"], held["metadata"]["licence"]) == ("La casa", ["CC0"])
    assert b"Nobody came back in winter." in made.files["a.tmx"]


def test_a_pair_that_cannot_be_read_is_a_failure_and_no_end(job: Job, tmp_path: Path) -> None:
    (tmp_path / "en.txt").write_text("", "utf-8")
    made = attempt(building.pair_work(settings(tmp_path)), job)
    assert isinstance(made, Failure)
    assert (made.kind, "the file is empty" in made.message) == ("input", True)


def test_a_text_that_changes_while_it_is_read(job: Job, tmp_path: Path) -> None:
    """It is read again; one that changes each time is told."""
    times = 0

    def work(_: Job) -> Outcome:
        nonlocal times
        times += 1
        if times < until:
            (tmp_path / "es.txt").write_text(f"{ES}{times}\n", "utf-8")
        return Outcome({}, {})

    until = 2
    assert isinstance(attempt(work, job), Outcome)
    assert times == 2
    until = 99
    made = attempt(work, job)
    assert isinstance(made, Failure)
    assert "times while it was read" in made.message


def test_what_no_pair_can_repair_ends_the_run(tmp_path: Path) -> None:
    with pytest.raises(AlignerError, match="there is no encoder 'elmo'"):
        building.pair_work({**settings(tmp_path), "encoder": "elmo"})
    with pytest.raises(UsageError, match="there is no engine 'spark'"):
        building.runner("spark", {}, 1, Limits())


def test_manifests_and_patterns(job: Job, tmp_path: Path) -> None:
    del job
    manifest = tmp_path / "m.tsv"
    manifest.write_text("source\ttarget\tcolour\nes.txt\ten.txt\tred\nes.txt\t-\tred\n", "utf-8")
    jobs, notes = building.jobs_in(manifest, "es", "en", ("", ""))
    assert [(one.source, one.target, one.source_lang) for one in jobs] == [
        ("es.txt", "en.txt", "es")
    ]
    assert notes == [
        "1 text of the manifest without a partner",
        "columns of the manifest that nobody knows, not read: colour",
    ]
    with pytest.raises(UsageError, match="patterns are for folders; a manifest names its files"):
        building.jobs_in(manifest, "es", "en", ("{}.es", "{}.en"))


def test_a_corpus_that_lies_as_the_one_before_needs_no_change(job: Job, tmp_path: Path) -> None:
    made = attempt(
        building.pair_work(settings(tmp_path)),
        job,
    )
    assert isinstance(made, Outcome)
    old = tmp_path / "c" / "pairs" / "a"
    work = tmp_path / "work"
    work.mkdir()
    (work / "a.alignment.json").write_bytes(made.files["a.alignment.json"])
    building.moved(work, old, tmp_path / "d" / "pairs" / "a")
    assert (work / "a.alignment.json").read_bytes() == made.files["a.alignment.json"]
    building.moved(work, old, tmp_path / "deep" / "er" / "pairs" / "a")
    origin = json.loads((work / "a.alignment.json").read_bytes())["documents"][0]["origin"]
    assert origin == "../../../../es.txt"
