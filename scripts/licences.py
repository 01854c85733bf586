"""The licences of what the core brings along, or of an environment's optional parts too.

    python scripts/licences.py [EXTRA ...]

Follows the requirements of the installed `aligner` in this Python (which needs `packaging`) and prints name, version and licence of
each package. Exit code 1 where one of them says GPL or AGPL (not LGPL), or says nothing.
"""

from __future__ import annotations

import re
import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution

_FORBIDDEN = re.compile(r"\bA?GPL|GNU (Affero )?General Public", re.IGNORECASE)


def requirements(package: Distribution, extras: frozenset[str]) -> list[str]:
    """Names of the packages that `package` needs here, with these extras."""
    from packaging.requirements import Requirement

    names = []
    for line in package.requires or ():
        need = Requirement(line)
        wanted = [{"extra": extra} for extra in ("", *sorted(extras))]
        if need.marker is None or any(need.marker.evaluate(one) for one in wanted):
            names.append(need.name)
    return names


def licence(package: Distribution) -> str:
    """What the package's metadata say: an SPDX expression, classifiers, or a short licence field."""
    metadata = package.metadata.json  # PEP 566
    expression = str(metadata.get("license_expression") or "")
    classifiers = metadata.get("classifier") or []
    named = [one.rpartition(" :: ")[2] for one in classifiers if one.startswith("License ::")]
    field = str(metadata.get("license") or "").strip()
    return expression or "; ".join(named) or field.split("\n", 1)[0][:80]


def is_free_for_us(text: str) -> bool:
    """True where the licence is no GPL or AGPL, or leaves a choice that is none."""
    return any(one and not _FORBIDDEN.search(one) for one in text.split(" OR "))


def all_needed(extras: frozenset[str]) -> dict[str, Distribution]:
    """Every package that the installed `aligner` needs with these extras, by name."""
    needed: dict[str, Distribution] = {}
    waiting = [("aligner", extras)]
    while waiting:
        name, wanted = waiting.pop()
        key = re.sub(r"[-_.]+", "-", name).lower()
        if key in needed:
            continue
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue  # needed on another system or Python only
        needed[key] = package
        waiting += [(one, frozenset[str]()) for one in requirements(package, wanted)]
    return needed


def main(extras: list[str]) -> int:
    """Print the list; 1 where a licence is missing or not for us."""
    bad = 0
    for name, package in sorted(all_needed(frozenset(extras)).items()):
        text = licence(package)
        free = is_free_for_us(text)
        bad += not free
        print(
            f"{name:34} {package.version:18} {text or 'no licence said'}{'' if free else '  <--'}"
        )
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
