"""Work for the tests of corpus build: what the source text says is what happens.

A line is added to the journal (outside the output folder) for every pair that was really done.
"""

from __future__ import annotations

import errno
import os
import signal
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from aligner.corpus.build import Job, Outcome
from aligner.model import ExportError, ModelError, ReadError

WORK = "tests.unit.corpus.build.work:factory"


def factory(settings: Mapping[str, Any]) -> Callable[[Job], Outcome]:
    if settings.get("broken"):
        raise ModelError("the encoder is missing", hint="install it")
    if settings.get("stillborn"):
        os.kill(os.getpid(), signal.SIGKILL)
    journal = settings["journal"]

    def work(job: Job) -> Outcome:
        texts = [Path(name).read_text() for name in job.names]
        said = texts[0].split()[0]
        if said == "crash":
            os.kill(os.getpid(), signal.SIGSEGV)
        if said == "once":
            flag = Path(journal + ".once")
            if not flag.exists():
                flag.touch()
                os.kill(os.getpid(), signal.SIGKILL)
        if said == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        if said == "full" and not Path(journal + ".space").exists():
            # as writers say it of a temporary folder
            error = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "scratch")
            raise ExportError("cannot write", context="scratch") from error
        if said == "nan":
            return Outcome({}, {"mean_confidence": float("nan")})
        if said == "endless":
            return Outcome({"x" * 300: b""}, {})
        if said == "hang":
            time.sleep(60)
        if said == "memory":
            bytearray(8 << 30)
        if said == "unreadable":
            raise ReadError("there is no text in it", context=job.source)
        if said == "bug":
            raise KeyError("a key")
        time.sleep(float(settings.get("pause", 0)))
        with Path(journal).open("a") as out:
            out.write(f"{job.id}\n")
        both = "|".join(texts)
        quality = {
            "source_lang": "es",
            "target_lang": "en",
            "source_segments": len(texts[0].split()),
            "target_segments": len(texts[1].split()),
            "warnings": [],
        }
        return Outcome({f"{job.id}.txt": both.encode(), "log.txt": b"fine\n"}, quality)

    return work
