"""Data files of the package, read where they lie: an installation that lacks one says so."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

from aligner.model import ModelError

__all__ = ["shipped_bytes", "shipped_json", "shipped_text"]


def shipped_bytes(package: str, name: str, made_by: str = "") -> bytes:
    """The file `name` inside `package`; `made_by` is the script that writes it anew.

    Raises ModelError where it is missing or cannot be read.
    """
    try:
        return (resources.files(package) / name).read_bytes()
    except OSError as error:
        raise _damaged(package, name, made_by, error) from error


def shipped_text(package: str, name: str, made_by: str = "") -> str:
    """The same as text; raises ModelError where it is not UTF-8 too."""
    try:
        return shipped_bytes(package, name, made_by).decode("utf-8")
    except UnicodeDecodeError as error:
        raise _damaged(package, name, made_by, error) from error


def shipped_json(package: str, name: str, made_by: str = "") -> Any:
    """The same as JSON; raises ModelError where it is none."""
    try:
        return json.loads(shipped_text(package, name, made_by))
    except json.JSONDecodeError as error:
        raise _damaged(package, name, made_by, error) from error


def _damaged(package: str, name: str, made_by: str, error: Exception) -> ModelError:
    return ModelError(
        f"a file of the program cannot be read: {error}",
        context=f"{package.replace('.', '/')}/{name}",
        hint=f"reinstall aligner, or run {made_by}" if made_by else "reinstall aligner",
    )
