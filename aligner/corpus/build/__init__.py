"""Many pairs of texts -> a folder of alignments, whatever happens on the way.

    manifest or folders -> Job ... -> engine (processes | dask) -> Outcome ... -> OUT/

- `parse_manifest`, `find_pairs` say which pairs there are (`jobs`, `folders`)
- `Pool` runs jobs in worker processes that may crash, hang or eat memory (`pool`, `worker`);
  `DaskEngine` runs the same function on a cluster (`cluster`)
- `Output` is the folder: one rename a pair is its commit, so a kill at any moment loses only
  pairs in flight, and a second run does the rest (`output`)
- `build` joins the three; `merge` joins shards

The room knows nothing of alignments: a job's work is a function named `module:factory`, which the
hall provides. The factory gets the settings once a worker and returns `Job -> Outcome`.

    OUT/run.json            settings
    OUT/pairs/ID/...        the files of one pair, log.txt and quality.json
    OUT/report.tsv          a line a pair
    OUT/failures.tsv        a line a pair that failed, with the reason

Promise: the bytes under OUT depend on inputs and settings alone, not on the number of workers,
the engine, the shards or how often the run was killed. Start reading from `output.py`.
"""

from __future__ import annotations

from aligner.corpus.build.folders import find_pairs
from aligner.corpus.build.jobs import Job, parse_manifest, shard_of
from aligner.corpus.build.outcome import Failure, Limits, Outcome
from aligner.corpus.build.output import Output, merge
from aligner.corpus.build.pool import Pool
from aligner.corpus.build.run import Engine, Tally, build

__all__ = [
    "Engine",
    "Failure",
    "Job",
    "Limits",
    "Outcome",
    "Output",
    "Pool",
    "Tally",
    "build",
    "find_pairs",
    "merge",
    "parse_manifest",
    "shard_of",
]
