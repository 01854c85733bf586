"""Findings as JSON (docs/schemas/check.schema.json), SARIF 2.1.0 and a table in MQM's columns."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from aligner.checks.common import CHECK_CODES, Finding, Place
from aligner.checks.report.summary import Summary

__all__ = [
    "FORMAT",
    "VERSION",
    "finding_json",
    "findings_report",
    "findings_sarif",
    "mqm_lines",
    "row_json",
]

FORMAT = "aligner-check"
VERSION = 1
_LEVEL = {"note": "note", "minor": "warning", "major": "error", "critical": "error"}
_MQM = {"note": "neutral", "minor": "minor", "major": "major", "critical": "critical"}
_COLUMNS = (
    "system",
    "doc",
    "docSegId",
    "globalSegId",
    "rater",
    "source",
    "target",
    "category",
    "severity",
    "metadata",
)


def _side(segments: Sequence[int], text: str, spans: Sequence[tuple[int, int]]) -> dict[str, Any]:
    return {"segments": list(segments), "text": text, "spans": [list(span) for span in spans]}


def _place(place: Place) -> dict[str, Any]:
    return {
        **({"row": place.row} if place.row else {}),
        **({"bead": place.bead} if place.bead is not None else {}),
        "source": _side(place.source, place.source_text, place.source_spans),
        "target": _side(place.target, place.target_text, place.target_spans),
    }


def finding_json(finding: Finding) -> dict[str, Any]:
    """One finding of a report. Spans are half-open, in code points of the text beside them."""
    return {
        "id": finding.id,
        "code": finding.code,
        "mqm": finding.mqm,
        "severity": finding.severity,
        "confidence": finding.confidence,
        "message": finding.message,
        "evidence": finding.cause,
        "status": finding.status,
        **({"reason": finding.reason} if finding.reason else {}),
        "places": [_place(place) for place in finding.places],
    }


def row_json(finding: Finding) -> dict[str, Any]:
    """One finding of a row of a table: the row's id first, then what a report holds."""
    place = finding.places[0]
    flat = finding_json(finding)
    del flat["places"]
    return {
        "row": place.row,
        **flat,
        "source": {"spans": [list(span) for span in place.source_spans]},
        "target": {"spans": [list(span) for span in place.target_spans]},
    }


def findings_report(findings: Iterable[Finding], summary: Summary) -> dict[str, Any]:
    """A whole report."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "summary": summary.as_json(),
        "findings": [finding_json(finding) for finding in findings],
    }


def findings_sarif(
    findings: Iterable[Finding], source_name: str, target_name: str, version: str
) -> dict[str, Any]:
    """SARIF 2.1.0 (OASIS): results lie in the translation, or in the source where it has nothing.

    Locations have no region: offsets of segments are none of the files they come from, which may be no
    plain text. The segment's number ("t14", counted from 1) is the logical location, the evidence the
    location's message. Accepted findings are suppressions.
    """
    listed = list(findings)
    used = sorted({finding.code for finding in listed})
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "aligner check",
                        "version": version,
                        "rules": [
                            {
                                "id": code,
                                "shortDescription": {"text": CHECK_CODES[code].help},
                                "properties": {"mqm": CHECK_CODES[code].mqm},
                            }
                            for code in used
                        ],
                    }
                },
                "results": [_result(one, used, source_name, target_name) for one in listed],
            }
        ],
    }


def _result(
    finding: Finding, used: Sequence[str], source_name: str, target_name: str
) -> dict[str, Any]:
    return {
        "ruleId": finding.code,
        "ruleIndex": used.index(finding.code),
        "level": _LEVEL[finding.severity],
        "rank": round(100 * finding.confidence, 1),
        "message": {"text": finding.message},
        "partialFingerprints": {"aligner/v1": finding.id},
        "locations": [_location(one, source_name, target_name) for one in finding.places],
        **(
            {"suppressions": [{"kind": "external", "justification": finding.reason}]}
            if finding.status == "accepted"
            else {}
        ),
    }


def _location(place: Place, source_name: str, target_name: str) -> dict[str, Any]:
    in_target = bool(place.target_text)
    text = place.target_text if in_target else place.source_text
    spans = place.target_spans if in_target else place.source_spans
    start, end = spans[0] if spans else (0, len(text))
    numbers = place.target if in_target else place.source
    side = "target" if in_target else "source"
    # as people count
    segments = ", ".join(f"{side[0]}{number + 1}" for number in numbers)
    where = f"{side} row {place.row}" if place.row else f"{side} segment {segments}"
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(target_name if in_target else source_name)}
        },
        "message": {"text": text[start:end]},
        "logicalLocations": [{"name": where, "kind": "element"}],
    }


def _uri(name: str) -> str:
    from urllib.parse import quote

    return quote(name.replace("\\", "/"))


def mqm_lines(findings: Iterable[Finding], system: str, document: str) -> Iterator[str]:
    """A table in the columns of Google's MQM data: <v>...</v> marks the evidence."""
    yield "\t".join(_COLUMNS)
    for finding in findings:
        for place in finding.places:
            number = place.row or str((place.target or place.source or (0,))[0])
            metadata = json.dumps(
                {"id": finding.id, "confidence": finding.confidence, "note": finding.message},
                ensure_ascii=False,
            )
            yield "\t".join(
                (
                    system,
                    document,
                    number,
                    number,
                    "aligner check",
                    _marked(
                        place.source_text, place.source_spans if not place.target_spans else ()
                    ),
                    _marked(place.target_text, place.target_spans),
                    finding.mqm,
                    _MQM[finding.severity],
                    metadata,
                )
            )


def _marked(text: str, spans: Sequence[tuple[int, int]]) -> str:
    out = text
    for start, end in reversed(spans):
        out = f"{out[:start]}<v>{out[start:end]}</v>{out[end:]}"
    return " ".join(out.split())
