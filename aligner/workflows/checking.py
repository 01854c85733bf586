"""An encoder and an alignment (or a table) -> findings.

    Alignment -> checks (with the sums of an encoder) -> Report

The command line is a thin shell over `check` and `check_table`; programs call them too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aligner.model import Alignment, UsageError
from aligner.workflows.aligning import Progress

if TYPE_CHECKING:
    from aligner.checks import Accepted, Finding, Summary, TableRow
    from aligner.formats.glossaries import Term

__all__ = ["Report", "Wanted", "check", "check_table", "compare"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which findings to keep, and what the checks need to know.

    `only`, `skip`: codes; `minimum`: the least severity; `sure`: the least confidence; `baseline`: accepted
    findings by id; `cut_ends`: without the page boilerplate at the ends of the texts; `also`: codes of
    checks that are off by themselves; `judged_as`: by which calibration, one of `INPUTS` (see
    `aligner.checks.common.judging`), "" for that of the input.
    """

    minimum: str = "minor"
    only: frozenset[str] = frozenset()
    skip: frozenset[str] = frozenset()
    terms: tuple[Term, ...] = ()
    baseline: Mapping[str, Accepted] = field(default_factory=dict)
    encoder: str = "embedded"
    sure: float = 0.0
    cut_ends: bool = False
    also: frozenset[str] = frozenset()
    judged_as: str = ""

    @property
    def requested(self) -> frozenset[str]:
        """The checks to run that are off by themselves: those of `also` and of `only`."""
        return self.also | self.only

    def keeps(self, finding: Finding) -> bool:
        """True for a code that is wanted; severity is asked for apart."""
        named = not self.only or finding.code in self.only | self.also
        return named and finding.code not in self.skip

    def severe(self, finding: Finding) -> bool:
        """True where the finding is severe and sure enough."""
        from aligner.checks import severity_rank

        enough = severity_rank(finding.severity) >= severity_rank(self.minimum)
        return enough and finding.confidence >= self.sure


@dataclass(frozen=True, slots=True)
class Report:
    """`findings` of all severities, those of the baseline marked; `shown` the severe ones; `cut` the
    numbers of the beads at the ends that were left out; `judged_as`: by which calibration.
    """

    alignment: Alignment
    findings: tuple[Finding, ...]
    summary: Summary
    wanted: Wanted
    cut: frozenset[int] = frozenset()
    judged_as: str = "document"

    @property
    def shown(self) -> tuple[Finding, ...]:
        """The findings that are severe enough, accepted ones among them."""
        return tuple(one for one in self.findings if self.wanted.severe(one))

    @property
    def remaining(self) -> tuple[Finding, ...]:
        """Those of `shown` that nobody accepted: what the exit code speaks of."""
        return tuple(one for one in self.shown if one.status == "open")

    @property
    def expected_precision(self) -> float | None:
        """The mean confidence of `remaining`, None where nothing remains."""
        sure = [one.confidence for one in self.remaining]
        return sum(sure) / len(sure) if sure else None


def _sums(encoder: str) -> Callable[[Sequence[str]], Any]:
    from aligner.engine import embedding

    loaded = embedding.load_encoder(encoder)
    return lambda texts: embedding.text_sums(loaded, texts)


def check(
    alignment: Alignment, wanted: Wanted | None = None, progress: Progress | None = None
) -> Report:
    """All findings of an alignment.

    The same alignment gives the same report. Raises UsageError where a side has no language.
    """
    from aligner.checks import (
        accept_findings,
        bead_texts,
        boilerplate_ends,
        check_alignment,
        summarise,
    )
    from aligner.runtime.threads import one_blas_thread

    wanted = wanted or Wanted()
    for side in (alignment.source, alignment.target):
        if not side.lang:
            raise UsageError(
                "the language of a text is not known",
                context=side.origin or side.id,
                hint="give -s and -t",
            )
    cut = boilerplate_ends(bead_texts(alignment)) if wanted.cut_ends else frozenset()
    with one_blas_thread():
        findings, judged_as = check_alignment(
            alignment,
            _sums(wanted.encoder),
            terms=wanted.terms,
            left_out=cut,
            also=wanted.requested,
            judged_as=wanted.judged_as,
            progress=progress,
        )
    kept = accept_findings([one for one in findings if wanted.keeps(one)], wanted.baseline)
    return Report(alignment, tuple(kept), summarise(alignment, kept, cut), wanted, cut, judged_as)


def check_table(
    rows: Sequence[TableRow], source_lang: str, target_lang: str, wanted: Wanted | None = None
) -> Iterator[tuple[TableRow, list[Finding]]]:
    """The rows of a bilingual table with their findings, in order; one batch at a time."""
    from aligner.checks import Checker, accept_findings, check_rows
    from aligner.runtime.threads import one_blas_thread

    wanted = wanted or Wanted()
    with one_blas_thread():
        checker = Checker(source_lang, target_lang, _sums(wanted.encoder), also=wanted.requested)
        for row, findings in check_rows(rows, checker, wanted.judged_as or "pairs"):
            kept = [one for one in findings if wanted.keeps(one) and wanted.severe(one)]
            yield row, accept_findings(kept, wanted.baseline)


def compare(first: Report, second: Report) -> list[dict[str, Any]]:
    """Two translations of one source: what each leaves out, and what only one of them changes.

    One object a source segment in which they differ. Raises UsageError where the sources differ.
    """
    from aligner.checks import same_source

    if not same_source(first.alignment, second.alignment):
        raise UsageError(
            "the two alignments have different sources",
            hint="--against compares two translations of one text, segmented alike",
        )
    by_segment = [_by_segment(first), _by_segment(second)]
    translated = [_translations(first.alignment), _translations(second.alignment)]
    rows = []
    for index, segment in enumerate(first.alignment.source.segments):
        left, right = by_segment[0].get(index, {}), by_segment[1].get(index, {})
        only = sorted(left.keys() - right.keys()), sorted(right.keys() - left.keys())
        if only[0] or only[1]:
            rows.append(
                {
                    "segment": index,
                    "source": segment.text,
                    "first": {
                        "text": translated[0].get(index, ""),
                        "only": [left[k] for k in only[0]],
                    },
                    "second": {
                        "text": translated[1].get(index, ""),
                        "only": [right[k] for k in only[1]],
                    },
                }
            )
    return rows


def _by_segment(report: Report) -> dict[int, dict[str, str]]:
    messages: dict[int, dict[str, str]] = {}
    for finding in report.remaining:
        for place in finding.places:
            for index in place.source:
                messages.setdefault(index, {})[finding.code] = finding.message
    return messages


def _translations(alignment: Alignment) -> dict[int, str]:
    texts = {}
    for bead, _, target in alignment.pairs():
        for index in bead.source:
            texts[index] = " ".join(segment.text for segment in target)
    return texts
