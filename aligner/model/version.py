"""The version of this program, as signatures, headers and `--version` give it."""

from __future__ import annotations

from functools import cache

__all__ = ["program_version"]


@cache
def program_version() -> str:
    """The installed version; "0" where the program runs from a source tree never installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("aligner")
    except PackageNotFoundError:
        return "0"
