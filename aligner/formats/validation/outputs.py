"""Findings for people (repeated ones as one line with a count), as JSON, and as SARIF 2.1.0."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aligner.files import output
from aligner.formats.validation.codes import codes_of
from aligner.formats.validation.fault import SEVERITIES, Fault, Severity
from aligner.model import program_version

__all__ = ["Grouped", "Repeated", "fault_json", "report_json", "sarif", "write_sarif"]

FORMAT = "aligner-validate"
VERSION = 1
_LINES_SHOWN = 4
_LEVEL: Mapping[Severity, str] = {
    "fatal": "error",
    "error": "error",
    "warning": "warning",
    "style": "note",
}
# what differs between findings of one kind: quoted values and numbers
_VALUES = re.compile(r"""'(?:[^'\\]|\\.)*'|"[^"]*"|\(\w[\w-]*\)|0x[0-9A-F]+|U\+[0-9A-F]+|\d+""")


@dataclass(slots=True)
class Repeated:
    """Findings of one code whose reasons differ in values only.

    `lines` are the first few different ones, `more` says that there are others.
    """

    first: Fault
    count: int = 0
    lines: list[int] = field(default_factory=list)
    more: bool = False

    def line(self, name: str, wording: Callable[[str], str] = str) -> str:
        """`FILE:LINE: SEVERITY CODE [UNIT] reason; advice`, with a count where there are more.

        `wording` puts what is said into the language of the person.
        """
        fault = self.first
        unit = f" [{fault.unit}]" if fault.unit else ""
        text = f"{name}:{fault.line}: {fault.severity} {fault.code}{unit} {wording(fault.reason)}"
        if self.count == 1:
            return f"{text}; {wording(fault.advice)}"
        others = ", ".join(map(str, self.lines[1:]))
        told = f", also in lines {others} ..." if self.more else f", also in lines {others}"
        times = wording(f"({self.count} times{told if others else ''})")
        return f"{text}; {wording(fault.advice)} {times}"


class Grouped:
    """The findings about one file, in groups, in the order of the first of each."""

    def __init__(self) -> None:
        self._groups: dict[tuple[str, str], Repeated] = {}

    def add(self, fault: Fault) -> None:
        """One more."""
        kind = (fault.code, _VALUES.sub("_", fault.reason))
        group = self._groups.setdefault(kind, Repeated(fault))
        group.count += 1
        if fault.line in group.lines:
            return
        if len(group.lines) < _LINES_SHOWN:
            group.lines.append(fault.line)
        else:
            group.more = True

    def __iter__(self) -> Iterator[Repeated]:
        return iter(self._groups.values())


def fault_json(name: str, fault: Fault) -> dict[str, Any]:
    """One finding; lines and columns count from 1, 0 where they are not known."""
    return {
        "file": name,
        "line": fault.line,
        "column": fault.column,
        "severity": fault.severity,
        "code": fault.code,
        "unit": fault.unit,
        "reason": fault.reason,
        "advice": fault.advice,
    }


def report_json(faults: Iterable[tuple[str, Fault]]) -> dict[str, Any]:
    """All findings about some files, (name, finding) each, one by one."""
    listed = [fault_json(name, fault) for name, fault in faults]
    counts = {
        severity: sum(entry["severity"] == severity for entry in listed) for severity in SEVERITIES
    }
    return {
        "format": FORMAT,
        "version": VERSION,
        "count": len(listed),
        "counts": counts,
        "findings": listed,
    }


def write_sarif(path: Path, faults: Iterable[tuple[str, Fault]]) -> None:
    """The findings as a file of SARIF. Raises ExportError."""
    made = sarif(faults, program_version())
    with output(path) as out:
        out.write(
            (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode(
                "utf-8", "backslashreplace"
            )
        )


def sarif(faults: Iterable[tuple[str, Fault]], version: str) -> dict[str, Any]:
    """The same as SARIF 2.1.0 (OASIS); `version` is that of this program.

    The severity of a code is the level of its rule: fatal and error are `error`, style is `note`.
    """
    listed = list(faults)
    used = sorted({fault.code for _, fault in listed})
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "aligner validate",
                        "version": version,
                        "rules": [_rule(code) for code in used],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(name, fault, used) for name, fault in listed],
            }
        ],
    }


def _rule(code: str) -> dict[str, Any]:
    row = codes_of(code[0])[code]
    return {
        "id": code,
        "shortDescription": {"text": row.meaning},
        "help": {"text": row.clause},
        "defaultConfiguration": {"level": _LEVEL[row.severity]},
        "properties": {"severity": row.severity},
    }


def _result(name: str, fault: Fault, used: list[str]) -> dict[str, Any]:
    from urllib.parse import quote

    region = {
        **({"startLine": fault.line} if fault.line else {}),
        **({"startColumn": fault.column} if fault.line and fault.column else {}),
    }
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(name.replace("\\", "/"))},
            **({"region": region} if region else {}),
        }
    }
    if fault.unit:
        location["logicalLocations"] = [{"name": fault.unit, "kind": "element"}]
    return {
        "ruleId": fault.code,
        "ruleIndex": used.index(fault.code),
        "level": _LEVEL[fault.severity],
        "message": {"text": f"{fault.reason}; {fault.advice}"},
        "locations": [location],
    }
