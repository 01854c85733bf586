"""Two texts and what is known of how they translate each other: beads, crossings, links of words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aligner.model import tabular
from aligner.model.document import Document, Segment
from aligner.model.errors import MissingExtra
from aligner.model.requiring import require
from aligner.model.unit import Header, Unit

if TYPE_CHECKING:
    from pandas import DataFrame

__all__ = [
    "STATUSES",
    "Alignment",
    "AlignmentSet",
    "Bead",
    "Crossing",
    "Reading",
    "Signature",
    "WordLink",
]

_LINKED = 0.25  # of two texts that translate each other, the least share of linked segments
STATUSES = ("auto", "accepted", "edited")


@dataclass(frozen=True, slots=True)
class Reading:
    """Another division of the same segments that is nearly as likely.

    It takes the place of the bead that has it and, where `beads` is 2, of the next one; `sizes` are
    the numbers of source and target segments of what stands there instead. `posterior` is its
    probability (0-1) and `here` that of the division as it is.
    """

    beads: int
    sizes: tuple[tuple[int, int], ...]
    posterior: float
    here: float

    def __post_init__(self) -> None:
        require(self.beads in (1, 2), "another reading takes the place of one bead or two")
        require(
            all(a > 0 and b > 0 for a, b in self.sizes) and len(self.sizes) == 3 - self.beads,
            "another reading holds two beads for one, or one for two",
        )

    def __str__(self) -> str:
        made = " and ".join(f"{a}-{b}" for a, b in self.sizes)
        whole = "this bead" if self.beads == 1 else "this bead and the next"
        return f"{whole} may as well be {made} ({self.posterior:.2f} against {self.here:.2f})"


@dataclass(frozen=True, slots=True)
class Bead:
    """Source range x target range of segment indexes; one of them empty in a null bead.

    `score` in nats; `confidence` the calibrated probability that the bead is right (0-1), or None
    where nobody estimated it (a gold file, an imported memory); `quality` the probability that its
    two sides translate each other fully (0-1), None in a null bead. `unit` is the unit of a file that
    the bead was read from, with its codes and whatever else that file says of it. `other`: a second
    way to divide its segments that is nearly as likely.
    """

    source: range
    target: range
    score: float = 0.0
    confidence: float | None = None
    status: str = "auto"
    labels: tuple[str, ...] = ()
    comment: str = ""
    unit: Unit | None = None
    other: Reading | None = None
    quality: float | None = None

    def __post_init__(self) -> None:
        require(self.source.step == self.target.step == 1, "a bead holds plain ranges")
        require(bool(self.source) or bool(self.target), "a bead is empty on both sides")
        require(self.status in STATUSES, f"bead status {self.status!r} is not known")
        require(
            self.confidence is None or 0.0 <= self.confidence <= 1.0, "confidence is outside 0-1"
        )
        require(self.quality is None or 0.0 <= self.quality <= 1.0, "quality is outside 0-1")

    @property
    def is_null(self) -> bool:
        """True where one side is empty."""
        return not self.source or not self.target

    @property
    def kind(self) -> str:
        """Bead type as the field writes it: 1-1, 2-1, 0-1 ..."""
        return f"{len(self.source)}-{len(self.target)}"


@dataclass(frozen=True, slots=True)
class Crossing:
    """Source and target ranges that translate each other against the order of the beads."""

    source: range
    target: range
    confidence: float


@dataclass(frozen=True, slots=True)
class WordLink:
    """A word of the source and one of the target that translate each other, inside a bead.

    Each side is (segment index, start, end): code points in the segment's text, half-open.
    `similarity` is the cosine of the encoder's vectors of the two words, `confidence` the chance (0-1)
    that the link is right, None where the encoder's links were not measured.
    """

    source: tuple[int, int, int]
    target: tuple[int, int, int]
    similarity: float
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """What made an alignment, for reports and headers (the idea is sacrebleu's)."""

    parts: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return "|".join(f"{name}:{value}" for name, value in self.parts)


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two documents tiled by beads; `words` holds word links where somebody asked for them.

    `header` is what the file says of all its units, where the beads were read from one.
    """

    source: Document
    target: Document
    beads: tuple[Bead, ...]
    signature: Signature = Signature()
    crossings: tuple[Crossing, ...] = ()
    pins: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    words: tuple[WordLink, ...] = ()
    header: Header | None = None

    def __post_init__(self) -> None:
        i = j = 0
        after_target_null = False
        for number, bead in enumerate(self.beads):
            if bead.source:
                require(bead.source.start == i, f"bead {number} leaves the source order")
                i = bead.source.stop
            if bead.target:
                require(bead.target.start == j, f"bead {number} leaves the target order")
                j = bead.target.stop
            require(
                not (after_target_null and not bead.target),
                f"bead {number}: in a run of nulls the source side comes first",
            )
            after_target_null = not bead.source
        n, m = len(self.source.segments), len(self.target.segments)
        require((i, j) == (n, m), f"the beads cover {i} x {j} of {n} x {m} segments")

    def pairs(self) -> Iterator[tuple[Bead, tuple[Segment, ...], tuple[Segment, ...]]]:
        """Each bead with its segments on both sides."""
        source, target = self.source.segments, self.target.segments
        for bead in self.beads:
            yield (
                bead,
                source[bead.source.start : bead.source.stop],
                target[bead.target.start : bead.target.stop],
            )

    def records(self) -> list[dict[str, Any]]:
        """One dict a bead, in order; see `model.tabular.records`."""
        return tabular.records(self)

    def to_pandas(self) -> DataFrame:
        """The same as a data frame of pandas. Raises MissingExtra where pandas is not installed."""
        try:
            import pandas as pd
        except ImportError as error:
            raise MissingExtra("a data frame needs pandas", hint="pip install pandas") from error
        return pd.DataFrame(self.records())

    def _repr_html_(self) -> str:
        return tabular.display_html(self)

    @property
    def expected_f1(self) -> float | None:
        """What strict F1 the confidences promise (0-1): the share of beads that are right, against
        the share of links that are, as `evaluate` would count them. None without confidences.
        """
        sure = [bead.confidence for bead in self.beads if bead.confidence is not None]
        links = [
            bead.confidence
            for bead in self.beads
            if bead.confidence is not None and not bead.is_null
        ]
        if not links:
            return None
        precision, recall = sum(sure) / len(sure), sum(links) / len(links)
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0

    @property
    def mean_confidence(self) -> float | None:
        """That of beads with both sides (0-1): that texts with nothing in common are surely not
        linked says nothing for them. None where less than a quarter of the segments is linked.
        """
        links = [b for b in self.beads if not b.is_null]
        sure = [b.confidence for b in links if b.confidence is not None]
        linked = sum(len(b.source) + len(b.target) for b in links)
        count = len(self.source.segments) + len(self.target.segments)
        return sum(sure) / len(sure) if sure and linked >= _LINKED * count else None

    @property
    def translated(self) -> float:
        """Expected share of all segments that are rightly linked to a translation (0-1).

        Near 1 for a close translation, about the present share for an abridged one, near 0 for
        texts that do not translate each other. Beads without a confidence count in full.
        """
        total = len(self.source.segments) + len(self.target.segments)
        linked = sum(
            (1.0 if bead.confidence is None else bead.confidence)
            * (len(bead.source) + len(bead.target))
            for bead in self.beads
            if not bead.is_null
        )
        return linked / total if total else 0.0


@dataclass(frozen=True, slots=True)
class AlignmentSet:
    """n documents, each aligned to the first; `alignments[k].target` is document k + 1."""

    alignments: tuple[Alignment, ...]

    def __post_init__(self) -> None:
        require(bool(self.alignments), "an alignment set is empty")
        first = self.alignments[0].source
        require(
            all(a.source == first for a in self.alignments),
            "the alignments of a set share their source document",
        )

    @property
    def documents(self) -> tuple[Document, ...]:
        """The shared source, then each target."""
        return (self.alignments[0].source, *(a.target for a in self.alignments))
