"""How much of a text is translated: by the whole, by section, by speaker; labels counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from aligner.checks.common import ONE_SIDED, BeadTexts, Finding, Spans, bead_texts, letters_in
from aligner.model import Alignment

__all__ = ["NOBODY", "Group", "Share", "Summary", "sections_of", "speakers_of", "summarise"]

Group = tuple[str, list[BeadTexts]]  # a name, and the beads that it has


@dataclass(frozen=True, slots=True)
class Share:
    """Letters of a part of the text: `source` in all, `omitted` of them, `added` in the target."""

    name: str
    source: int
    omitted: int
    added: int

    @property
    def covered(self) -> float:
        """Share of the source that is translated, 0-1."""
        return 1 - self.omitted / self.source if self.source else 1.0

    def as_json(self) -> dict[str, Any]:
        """Name, letters, share."""
        return {
            "name": self.name,
            "source": self.source,
            "omitted": self.omitted,
            "added": self.added,
            "covered": round(self.covered, 3),
        }


@dataclass(frozen=True, slots=True)
class Summary:
    """See the module. `severities` counts open findings; `labels` the labels of beads. `nulls_seen`: False for
    input that holds no segments without a partner, of which coverage cannot be told.
    """

    whole: Share
    sections: tuple[Share, ...]
    speakers: tuple[Share, ...]
    beads: int
    severities: tuple[tuple[str, int], ...]
    codes: tuple[tuple[str, int], ...]
    labels: tuple[tuple[str, int], ...]
    accepted: int
    nulls_seen: bool = True

    def as_json(self) -> dict[str, Any]:
        """Everything, for the JSON report."""
        return {
            **({} if self.nulls_seen else {"coverage": "cannot be told"}),
            "letters": self.whole.as_json(),
            "sections": [one.as_json() for one in self.sections],
            "speakers": [one.as_json() for one in self.speakers],
            "beads": self.beads,
            "severities": dict(self.severities),
            "codes": dict(self.codes),
            "labels": dict(self.labels),
            "accepted": self.accepted,
        }


_NOTHING = (0, 0)  # letters of a bead whose text stands elsewhere
NOBODY = "(no speaker named)"


def summarise(
    alignment: Alignment, findings: Sequence[Finding], left_out: frozenset[int] = frozenset()
) -> Summary:
    """Figures of an alignment and its findings, without the beads `left_out` and page boilerplate.

    Letters of omitted segments count whole, those of omitted clauses by their evidence. What stands
    elsewhere (moved, or in a crossing) is neither omitted nor added.
    """
    units = [unit for unit in bead_texts(alignment) if unit.number not in left_out]
    page = set(_within(units, _segments(findings, "boilerplate")))
    units = [unit for unit in units if unit.number not in page]
    partial = _partial(findings, units)
    crossed = (
        {i for one in alignment.crossings for i in one.source},
        {j for one in alignment.crossings for j in one.target},
    )
    for elsewhere in (_segments(findings, "moved"), crossed):
        nulls = [unit for unit in units if unit.bead.is_null]
        partial |= dict.fromkeys(_within(nulls, elsewhere), _NOTHING)
    open_ = [finding for finding in findings if finding.status == "open"]
    labels = Counter(label for unit in units for label in unit.bead.labels)
    return Summary(
        _share("whole", units, partial),
        tuple(_share(name, part, partial) for name, part in sections_of(alignment, units)),
        tuple(_share(name, part, partial) for name, part in speakers_of(alignment, units)),
        len(units),
        tuple(
            (name, sum(f.severity == name for f in open_))
            for name in ("critical", "major", "minor", "note")
        ),
        tuple(sorted(Counter(f.code for f in open_).items())),
        tuple(sorted(labels.items())),
        len(findings) - len(open_),
    )


def _partial(findings: Iterable[Finding], units: Sequence[BeadTexts]) -> dict[int, tuple[int, int]]:
    """Bead with two sides -> letters of what is omitted and what is added in it."""
    both = {unit.number for unit in units if not unit.bead.is_null}
    letters: dict[int, tuple[int, int]] = {}
    for finding in findings:
        for place in finding.places if finding.code in ONE_SIDED else ():
            if place.bead is None or place.bead not in both:
                continue
            omitted = sum(letters_in(place.source_text[a:b]) for a, b in place.source_spans)
            added = sum(letters_in(place.target_text[a:b]) for a, b in place.target_spans)
            before = letters.get(place.bead, (0, 0))
            letters[place.bead] = (before[0] + omitted, before[1] + added)
    return letters


def _segments(findings: Iterable[Finding], code: str) -> tuple[set[int], set[int]]:
    """The segments that findings of a code name whole, of the source and of the translation."""
    sides: tuple[set[int], set[int]] = (set(), set())
    for finding in findings:
        for place in finding.places if finding.code == code else ():
            sides[0].update(place.source if _whole(place.source_text, place.source_spans) else ())
            sides[1].update(place.target if _whole(place.target_text, place.target_spans) else ())
    return sides


def _within(units: Sequence[BeadTexts], sides: tuple[set[int], set[int]]) -> Iterator[int]:
    """The beads all of whose segments are among these."""
    for unit in units:
        if set(unit.bead.source) <= sides[0] and set(unit.bead.target) <= sides[1]:
            yield unit.number


def _whole(text: str, spans: Spans) -> bool:
    return spans == ((0, len(text)),)


def _share(name: str, units: Sequence[BeadTexts], partial: dict[int, tuple[int, int]]) -> Share:
    source = omitted = added = 0
    for unit in units:
        letters = letters_in(unit.source_text)
        source += letters
        if unit.bead.is_null and unit.number in partial:
            continue
        if not unit.target:
            omitted += letters
        elif not unit.source:
            added += letters_in(unit.target_text)
        else:
            inside = partial.get(unit.number, (0, 0))
            omitted, added = omitted + inside[0], added + inside[1]
    return Share(name, source, omitted, added)


def sections_of(alignment: Alignment, units: Sequence[BeadTexts]) -> list[Group]:
    """Beads under each heading of the source; an added segment goes with what stands before it.
    [] where there is one section only.
    """
    sections: list[Group] = []
    for unit in units:
        for segment in unit.source:
            paragraph = alignment.source.paragraphs[segment.paragraph]
            if paragraph.kind in ("title", "heading"):
                sections.append((paragraph.text, []))
        if not sections:
            sections.append(("", []))
        sections[-1][1].append(unit)
    return sections if len(sections) > 1 else []


def speakers_of(alignment: Alignment, units: Sequence[BeadTexts]) -> list[Group]:
    """Beads by who speaks, in order of appearance; [] where nobody is known to."""
    by_name: dict[str, list[BeadTexts]] = {}
    for unit in units:
        document, segments = (
            (alignment.source, unit.source) if unit.source else (alignment.target, unit.target)
        )
        name = document.paragraphs[segments[0].paragraph].speaker if segments else None
        by_name.setdefault(name or NOBODY, []).append(unit)
    # where some are named the others are told apart, so that the rows make up the whole
    return list(by_name.items()) if by_name.keys() - {NOBODY} else []
