"""What a check reports: findings, their places, and the files that accept some of them.

A finding's id is made of its code and its evidence in normal form, not of its place, so it
survives a new alignment and edits elsewhere in the segment, and lapses when the evidence changes.
The same cause in several places is one finding.

A baseline is a TSV file with a header, committed beside the text:

    id  code  date  reason  evidence

`id` and `reason` are required; `code`, `date` and `evidence` are for the reader.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from aligner.checks.common.codes import CHECK_CODES, FIGURES
from aligner.checks.common.hits import SEVERITIES, Hit, Spans
from aligner.checks.common.judging import Setting, judged
from aligner.checks.common.tokens import fold, words
from aligner.model import Malformed

__all__ = [
    "SEVERITIES",
    "Accepted",
    "Finding",
    "Place",
    "accept_findings",
    "baseline_lines",
    "finding_of",
    "gather",
    "parse_baseline",
    "severity_rank",
]

# evidence that says by itself what is meant; the others are told apart by the text they stand in
_TELLING = FIGURES | {
    "name",
    "acronym",
    "omitted-segment",
    "added-segment",
    "omitted-clause",
    "added-clause",
    "moved",
    "boilerplate",
    "untranslated",
    "terminology",
    "inconsistent",
    "repeated",
    "link",
    "wrong-language",
}
_ANCHOR = 6  # words of the source that tell places apart


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding stands.

    `source`, `target`: segment indexes (empty for rows of a table). `source_text`, `target_text`:
    the texts as checked (the segments of a bead joined by a space); `source_spans`, `target_spans`
    code points of the evidence in them. `row`: the id of a row of a table. `bead`: its number.
    """

    source: tuple[int, ...]
    target: tuple[int, ...]
    source_text: str
    target_text: str
    source_spans: Spans
    target_spans: Spans
    row: str = ""
    bead: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """See the module. `status` is open or accepted, with the `reason` of the baseline."""

    id: str
    code: str
    severity: str
    confidence: float
    message: str
    cause: str
    places: tuple[Place, ...]
    status: str = "open"
    reason: str = ""

    @property
    def mqm(self) -> str:
        """The error type of MQM: what stands in the translation only is an addition."""
        kind = CHECK_CODES[self.code].mqm
        only_target = all(p.target_spans and not p.source_spans for p in self.places)
        return "accuracy/addition" if kind == "accuracy/omission" and only_target else kind


def severity_rank(name: str) -> int:
    """0 for a note, 3 for critical."""
    return SEVERITIES.index(name)


def finding_of(hit: Hit, place: Place, target_lang: str, setting: Setting) -> Finding:
    """A finding in one place, with the probability and severity that judging gives it."""
    hit = judged(hit, (place.source_text, place.target_text), target_lang, setting)
    telling = hit.cause if hit.code in _TELLING and hit.cause else ""
    if not telling:
        text = place.source_text or place.target_text
        telling = hit.cause + "|" + " ".join(w.key for w in words(text) if w.is_word)[:200]
        telling = " ".join(telling.split()[: _ANCHOR + 3])
    identity = hashlib.sha256(f"{hit.code}\n{fold(telling)}".encode()).hexdigest()[:12]
    return Finding(
        identity, hit.code, hit.severity, round(hit.confidence, 3), hit.message, hit.cause, (place,)
    )


def gather(findings: Iterable[Finding]) -> list[Finding]:
    """One finding a cause, its places in order of the text; order of first places kept."""
    gathered: dict[str, Finding] = {}
    for one in findings:
        known = gathered.get(one.id)
        if known is None:
            gathered[one.id] = one
            continue
        worst = max(known.severity, one.severity, key=severity_rank)
        gathered[one.id] = replace(
            known,
            places=(*known.places, *one.places),
            severity=worst,
            confidence=max(known.confidence, one.confidence),
        )
    return list(gathered.values())


@dataclass(frozen=True, slots=True)
class Accepted:
    """One line of a baseline."""

    id: str
    reason: str
    date: str = ""
    code: str = ""


def parse_baseline(content: str, name: str) -> dict[str, Accepted]:
    """Id -> what was accepted. Raises Malformed for a line without id or reason."""
    lines = content.lstrip("\ufeff").splitlines()
    if not lines:
        return {}
    header = lines[0].split("\t")
    if "id" not in header or "reason" not in header:
        raise Malformed(
            "a baseline needs the columns id and reason",
            context=name,
            line=1,
            hint="write one with --write-baseline",
        )
    accepted = {}
    for number, line in enumerate(lines[1:], start=2):
        if not line.strip() or line.startswith("#"):
            continue
        cells = dict(zip(header, line.split("\t"), strict=False))
        identity, reason = cells.get("id", "").strip(), cells.get("reason", "").strip()
        if not identity or not reason:
            raise Malformed(
                "every accepted finding needs its id and a reason",
                context=name,
                line=number,
                excerpt=line[:40],
            )
        accepted[identity] = Accepted(
            identity, reason, cells.get("date", "").strip(), cells.get("code", "").strip()
        )
    return accepted


def accept_findings(findings: Sequence[Finding], baseline: Mapping[str, Accepted]) -> list[Finding]:
    """The findings, those of the baseline marked as accepted."""
    return [
        replace(one, status="accepted", reason=baseline[one.id].reason)
        if one.id in baseline
        else one
        for one in findings
    ]


def baseline_lines(findings: Iterable[Finding], reason: str, date: str) -> Iterator[str]:
    """A baseline of these findings, line by line; those accepted before keep their reason."""
    yield "id\tcode\tdate\treason\tevidence"
    for one in findings:
        evidence = " ".join((one.cause or one.message).split())
        yield f"{one.id}\t{one.code}\t{date}\t{one.reason or reason}\t{evidence}"
