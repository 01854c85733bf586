"""Many pairs of texts -> a folder of alignments, whatever happens on the way.

    manifest or folders -> Job ... -> runner (processes | dask) -> Outcome ... -> OUT/

- `parse_manifest`, `find_pairs` say which pairs there are (`manifests`, `folders`)
- `Pool` runs jobs in worker processes that may crash, hang or eat memory (`pool`, `worker`);
  `DaskRunner` runs the same function on a cluster (`cluster`)
- `causes` says whose fault an exception is: the pair's (`Failure`, listed), the machine's (`Outage`,
  tried again or the end of the run, never listed) or ours (`Failure` of kind `error`, with traceback)
- `Output` is the folder: one rename a pair is its commit, so a kill at any moment loses only
  pairs in flight, and a second run does the rest (`output`); what it holds is what its report lists
  (`tables`, `built_pairs`), and `differences` says what is not as it was made (`verifying`)
- `BuildJournal` tells from the first pair on how far a run is; `progress_of` reads it (`journal`)
- `build` joins them; `merge_shards` joins shards (`merging`)

This package knows nothing of alignments: a job's work is a function named `module:factory`
(`aligner.workflows.corpus.building`). The factory gets the settings once a worker and returns `Job -> Outcome`.

    OUT/run.json            settings
    OUT/pairs/ID/...        the files of one pair, log.txt and quality.json, which has their digests
    OUT/report.tsv          a line a pair, with the digest of its quality.json
    OUT/failures.tsv        a line a pair that failed, with the reason

Promise: the bytes under OUT depend on inputs and settings alone, not on the number of workers,
the runner, the shards or how often the run was killed. Start reading from `output.py`.
"""

from __future__ import annotations

from aligner.corpus.build.cluster import DaskRunner
from aligner.corpus.build.digests import digest_of, digest_of_file
from aligner.corpus.build.folders import FolderPairs, find_pairs
from aligner.corpus.build.jobs import Job, shard_of
from aligner.corpus.build.journal import Progress, progress_of
from aligner.corpus.build.manifests import Manifest, parse_manifest
from aligner.corpus.build.merging import merge_shards
from aligner.corpus.build.outcome import Failure, Outage, Outcome
from aligner.corpus.build.output import Output, locked, place_of
from aligner.corpus.build.pool import Pool
from aligner.corpus.build.run import Runner, Tally, build
from aligner.corpus.build.verifying import built_pairs, differences

__all__ = [
    "DaskRunner",
    "Failure",
    "FolderPairs",
    "Job",
    "Manifest",
    "Outage",
    "Outcome",
    "Output",
    "Pool",
    "Progress",
    "Runner",
    "Tally",
    "build",
    "built_pairs",
    "differences",
    "digest_of",
    "digest_of_file",
    "find_pairs",
    "locked",
    "merge_shards",
    "parse_manifest",
    "place_of",
    "progress_of",
    "shard_of",
]
