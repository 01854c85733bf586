"""Manifests: what is written comes back; anything else is one clear error."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from aligner.corpus.build import Job, parse_manifest, shard_of
from aligner.model import AlignerError

NAMES = st.text(
    st.characters(exclude_categories=("C", "Z"), exclude_characters='\\"#'), min_size=1, max_size=12
).filter(lambda name: name not in ("-", "source", "target"))
PAIRS = st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=8)


@settings(deadline=None)
@given(PAIRS)
def test_tables_and_lines_say_the_same(pairs: list[tuple[str, str]]) -> None:
    tsv = "".join(f"{a}\t{b}\n" for a, b in pairs)
    lines = "".join(json.dumps({"source": a, "target": b}) + "\n" for a, b in pairs)
    made = [parse_manifest(text, name).jobs for text, name in ((tsv, "m.tsv"), (lines, "m.jsonl"))]
    assert [(j.source, j.target) for j in made[0]] == list(dict.fromkeys(pairs))
    assert made[0] == made[1]
    ids = [job.id for job in made[0]]
    assert len(set(ids)) == len(ids)
    assert all("/" not in one and len(one.encode()) <= 140 for one in ids)


@settings(deadline=None)
@given(st.text(max_size=80), st.sampled_from(["m.tsv", "m.jsonl", "m.toml"]))
def test_any_text_is_a_manifest_or_an_error(text: str, name: str) -> None:
    jobs: list[Job] = []
    said = name
    try:
        jobs = parse_manifest(text, name).jobs
    except AlignerError as error:
        said = str(error)
    assert jobs or name in said


@given(st.text(min_size=1), st.integers(1, 50))
def test_every_pair_is_in_one_shard(identifier: str, count: int) -> None:
    assert 1 <= shard_of(identifier, count) <= count
