"""Programs of others that do work for this one: LibreOffice.

`run` is what a child process calls (see `children.call`), so that limits of time and memory hold for
the program too: it inherits the memory, and ends with the child, whose group of processes it is in.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence

__all__ = ["run"]


def run(command: Sequence[str], folder: str, environment: Mapping[str, str]) -> int:
    """The code with which the command ends, run in `folder`, without input and output.

    `environment` is added to that of this process. Raises OSError where it cannot be started.
    """
    return subprocess.run(
        list(command),
        cwd=folder,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    ).returncode
