"""Whether pip can install the core without a compiler on every system and Python that we name.

    scripts/check_wheels [--extra NAME ...] [--only PLATFORM-PYTHON ...]

For each system and Python the dependencies are followed from pyproject.toml, with the markers of
that system, not of this one: pip looks for a wheel of each (`pip install --dry-run --no-deps
--only-binary=:all: --platform ... --python-version ...`, which downloads metadata only), and what
the wheel requires is looked for next. Prints a line a system; exit code 1 where a wheel is missing.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
_GLIBC = ("2_28", "2_27", "2_26", "2_24", "2_17", "2_12", "2_5")


def _linux(machine: str) -> tuple[str, ...]:
    old = ("manylinux2014", "manylinux2010", "manylinux1")
    return tuple(f"{name}_{machine}" for name in (*(f"manylinux_{n}" for n in _GLIBC), *old))


# system -> tags of pip (it adds older ones of macOS itself), sys_platform, platform_system, machine
SYSTEMS = {
    "linux-x86_64": (_linux("x86_64"), "linux", "Linux", "x86_64"),
    "linux-aarch64": (_linux("aarch64"), "linux", "Linux", "aarch64"),
    "macos-x86_64": (("macosx_13_0_x86_64",), "darwin", "Darwin", "x86_64"),
    "macos-arm64": (("macosx_13_0_arm64",), "darwin", "Darwin", "arm64"),
    "windows-amd64": (("win_amd64",), "win32", "Windows", "AMD64"),
}


def requirements(extras: Iterable[str]) -> list[Requirement]:
    """What pyproject.toml asks for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"]]
    for extra in extras:
        lines += project["optional-dependencies"][extra]
    return [Requirement(line) for line in lines]


def environment(system: str, python: str) -> dict[str, str]:
    """The markers of a system."""
    _, platform, name, machine = SYSTEMS[system]
    return {
        "implementation_name": "cpython",
        "implementation_version": f"{python}.0",
        "os_name": "nt" if platform == "win32" else "posix",
        "platform_machine": machine,
        "platform_python_implementation": "CPython",
        "platform_release": "",
        "platform_system": name,
        "platform_version": "",
        "python_full_version": f"{python}.0",
        "python_version": python,
        "sys_platform": platform,
    }


def found(wanted: list[str], system: str, python: str) -> list[dict[str, Any]]:
    """pip's report on the wheels for requirements. Raises CalledProcessError where one is missing."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run", "--no-deps"]
        command += ["--ignore-installed", "--only-binary=:all:", "--target", folder]
        command += ["--implementation", "cp", "--python-version", python, "--report", str(report)]
        for tag in SYSTEMS[system][0]:
            command += ["--platform", tag]
        subprocess.run([*command, *wanted], check=True, capture_output=True, text=True)
        rows: list[dict[str, Any]] = json.loads(report.read_bytes())["install"]
        return rows


def gaps(extras: Iterable[str], system: str, python: str) -> tuple[int, list[str]]:
    """How many packages there are, and for which of them no wheel."""
    about = environment(system, python)
    waiting = {
        canonicalize_name(one.name): one
        for one in requirements(extras)
        if one.marker is None or one.marker.evaluate({**about, "extra": ""})
    }
    seen: set[str] = set()
    missing: list[str] = []
    while waiting:
        seen |= waiting.keys()
        asked = {name: f"{one.name}{one.specifier}" for name, one in waiting.items()}
        rows = []
        try:
            rows = found(list(asked.values()), system, python)
        except subprocess.CalledProcessError:
            for line in asked.values():  # which of them?
                try:
                    rows += found([line], system, python)
                except subprocess.CalledProcessError as error:
                    missing.append(line)
                    print(error.stderr.strip().splitlines()[-1:], file=sys.stderr)
        chosen = {canonicalize_name(one.name): one for one in waiting.values()}
        waiting = {}
        for row in rows:
            metadata = row["metadata"]
            asker = chosen[canonicalize_name(metadata["name"])]
            for line in metadata.get("requires_dist", ()):
                one = Requirement(line)
                name = canonicalize_name(one.name)
                wanted = one.marker is None or any(
                    one.marker.evaluate({**about, "extra": extra})
                    for extra in (asker.extras or {""})
                )
                if wanted and name not in seen:
                    waiting[name] = one
    return len(seen), missing


def main() -> int:
    parser = argparse.ArgumentParser(description="Look for wheels of all dependencies.")
    parser.add_argument("--extra", action="append", default=[], help="an optional part, too")
    parser.add_argument("--only", action="append", default=[], help="for example macos-arm64-3.14")
    given = parser.parse_args()
    failed = False
    for system in SYSTEMS:
        for python in PYTHONS:
            name = f"{system}-{python}"
            if given.only and name not in given.only:
                continue
            count, missing = gaps(given.extra, system, python)
            failed |= bool(missing)
            told = f"no wheel for {', '.join(missing)}" if missing else "wheels for all"
            print(f"{name}: {count} packages, {told}", flush=True)
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
