"""run.json: what a folder was made with, so that nothing made otherwise is mixed with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from aligner.files import storage
from aligner.model import UsageError

__all__ = ["RUN", "difference", "json_bytes", "levels_in", "read_run", "run_bytes"]

FORMAT, VERSION = "aligner-corpus", 3
RUN = "run.json"


def read_run(folder: Path) -> dict[str, Any]:
    """The settings of a folder, `levels` among them. Raises UsageError for a folder of another kind."""
    storage.here(folder, "the folder of a build", "copy it here")
    try:
        run = json.loads((folder / RUN).read_bytes())
    except (OSError, ValueError):
        run = None
    if not isinstance(run, dict) or run.get("format") != FORMAT:
        raise UsageError("this is no folder of aligner corpus build", context=str(folder))
    if run.get("version") != VERSION:
        raise UsageError(
            "this corpus was built by another version of aligner",
            context=str(folder),
            hint="build it anew",
        )
    return {"levels": 1, **run}


def json_bytes(value: object) -> bytes:
    r"""JSON for people; halves of surrogate pairs (names that are no UTF-8) as `\udce9`."""
    text = json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)
    return f"{text}\n".encode("utf-8", "backslashreplace")


def run_bytes(settings: Mapping[str, Any], shard: tuple[int, int] | None, levels: int) -> bytes:
    """The file for these settings."""
    run: dict[str, Any] = {"format": FORMAT, "version": VERSION, "settings": dict(settings)}
    if levels > 1:
        run["levels"] = levels
    if shard:
        run["shard"] = list(shard)
    return json_bytes(run)


def levels_in(run: bytes) -> int:
    """The levels that a run.json says; 0 for one that is damaged."""
    try:
        levels = json.loads(run).get("levels", 1)
    except (ValueError, AttributeError):
        return 0
    return levels if levels in (1, 2) else 0


def difference(before: bytes, now: bytes) -> str:
    """Which settings two runs have not in common, for people."""
    try:
        first, second = (_flat(json.loads(data)) for data in (before, now))
    except (ValueError, AttributeError):
        return "its run.json is damaged"
    parts = [
        f"{name} {json.dumps(first.get(name))}, now {json.dumps(second.get(name))}"
        for name in sorted(first.keys() | second.keys())
        if first.get(name) != second.get(name)
    ]
    return "; ".join(parts) or "its run.json is written otherwise"


def _flat(run: dict[str, Any]) -> dict[str, Any]:
    return {**{k: v for k, v in run.items() if k != "settings"}, **run.get("settings", {})}
