"""Aligning again around what a person has fixed, fast enough to wait for.

The vectors of the texts, the potentials of all beads and the answers between fixed beads are kept
from one call to the next; only what an edit touched is computed anew.
"""

from __future__ import annotations

import functools
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from aligner.engine.solving import as_bead, score_pair
from aligner.model import AlignError, Alignment, Bead, Document
from aligner.workflows.aligning import Settings, held_segments
from aligner.workflows.weighing import chosen_encoder, load_weights

if TYPE_CHECKING:
    from aligner.engine.decoding import Corrections, Pin, ScoredBead, Stretch
    from aligner.engine.embedding import Encoder, Overlaps
    from aligner.engine.features import Weights
    from aligner.engine.lattice import Potentials

__all__ = ["Realigner"]

_KEPT = 8  # documents, and pairs of them, of which something stays in memory
_Name = tuple[str, str, str]  # which document it is, whatever has become of its words
_Wording = tuple[tuple[str, str], ...]  # kind of paragraph and text of every segment


@dataclass(slots=True)
class _Known:
    """What is known about one pair of texts. `potentials`: with what the last fixed beads taught;
    `stretches`: answers between fixed beads with these potentials; `through`: cells the band was
    made to hold; `curve`: see `Scored.curve`.
    """

    wordings: tuple[_Wording, _Wording]
    potentials: Potentials
    corrections: Corrections
    through: tuple[tuple[int, int], ...]
    curve: str
    stretches: dict[Stretch, tuple[ScoredBead, ...]] = field(default_factory=dict)

    def decode(self, pins: Sequence[Pin]) -> tuple[ScoredBead, ...]:
        """The best beads given the pins. Raises what `decoding.decode_around` raises."""
        from aligner.engine import decoding

        potentials, _ = self.corrections.corrected(pins)
        if potentials is not self.potentials:
            self.potentials = potentials
            self.stretches.clear()
        return decoding.decode_around(potentials, pins, self.stretches)


class Realigner:
    """`realigner(alignment, fixed)` gives the beads; safe to call from several threads.

    Settings as for `pipeline.align_documents`, but no pins, explanation or file of vectors: texts
    change while they are reviewed. Weights and encoder are loaded by the first call, which raises
    ModelError where they cannot be used.

    What is kept of a text is about its last wording only: a long review, in which words are changed
    again and again, needs no more memory than a short one.
    """

    def __init__(self, settings: Settings | None = None) -> None:
        self._settings = settings or Settings()
        self._overlaps: dict[_Name, tuple[str, _Wording, Overlaps]] = {}
        self._known: dict[tuple[_Name, _Name], _Known] = {}
        self._lock = threading.Lock()

    @functools.cached_property
    def _weights(self) -> Weights:
        return load_weights(self._settings.weights)

    def _encoder(self, langs: tuple[str, str]) -> tuple[Encoder, str, str]:
        settings = self._settings
        return chosen_encoder(settings.encoder, langs, self._weights, settings.weights)

    def check(self, alignment: Alignment) -> None:
        """Raise ModelError where a file of weights cannot be used, or is for another encoder."""
        if self._settings.weights is not None:
            self._encoder((alignment.source.lang, alignment.target.lang))

    def prepare(self, alignment: Alignment) -> None:
        """Do what can be done before anything is fixed, so that the first call is fast too."""
        self(alignment, ())

    def __call__(
        self, alignment: Alignment, fixed: Sequence[tuple[range, range]]
    ) -> tuple[Bead, ...]:
        """The beads of the whole alignment: `fixed` as they are, the rest the best around them, by
        scores that several fixed beads teach (`decoding.Corrections`).

        Cuts among the alignment's pins hold too. Confidences are calibrated; those of fixed beads
        are 1; a bead that was there before keeps its quality, others have none until the texts are
        aligned anew. Raises AlignError where no alignment satisfies all of it.
        """
        from threadpoolctl import threadpool_limits

        from aligner.engine import decoding
        from aligner.engine.markers import find_markers, without

        counts = (len(alignment.source.segments), len(alignment.target.segments))
        lines = [f"{list(source)}:{list(target)}" for source, target in fixed]
        lines += [pin for pin in alignment.pins if pin.startswith("cut")]
        pins = decoding.parse_pins("\n".join(lines), "review", *counts)
        pair = (alignment.source, alignment.target)
        texts = [[segment.text for segment in side.segments] for side in pair]
        markers = find_markers(texts[0], texts[1], held_segments(pins))
        if markers is not None:
            pair = (without(pair[0], markers, 0), without(pair[1], markers, 1))
            pins = tuple(map(markers.pin, pins))
        with self._lock, threadpool_limits(1, user_api="blas"):
            decoded, curve = self._decode(pair, pins)
            beads = tuple(self._bead(one, curve) for one in decoded)
        return _rated(beads if markers is None else markers.restored(beads), alignment)

    def _bead(self, scored: ScoredBead, curve: str) -> Bead:
        return as_bead(
            self._weights,
            scored.source,
            scored.target,
            scored.score,
            scored.posterior,
            pinned=scored.pinned,
            curve=curve,
            other=scored.other,
        )

    def _decode(
        self, pair: tuple[Document, Document], pins: Sequence[Pin]
    ) -> tuple[tuple[ScoredBead, ...], str]:
        """The beads, and the curve of their confidence."""
        from aligner.engine import decoding

        names = (_name(pair[0]), _name(pair[1]))
        known = self._known.get(names)
        if known is not None and known.wordings == (_wording(pair[0]), _wording(pair[1])):
            try:
                beads = known.decode(pins)
            except AlignError:
                if set(decoding.cells_of(pins)) <= set(known.through):
                    raise
            else:
                return beads, known.curve
        # the band must hold the pinned places, far from where it would lie by itself
        known = None
        self._known.pop(names, None)  # the old goes before the new is made
        known = self._known[names] = self._learn(pair, decoding.cells_of(pins))
        while len(self._known) > _KEPT:
            del self._known[next(iter(self._known))]
        return known.decode(pins), known.curve

    def _learn(
        self, sides: tuple[Document, Document], through: tuple[tuple[int, int], ...]
    ) -> _Known:
        from aligner.engine import decoding, embedding

        langs = (sides[0].lang, sides[1].lang)
        encoder, name, _ = self._encoder(langs)
        vectors = [self._vectors(name, encoder, side) for side in sides]
        covers = (encoder.covers(langs[0]), encoder.covers(langs[1]))
        counts = (len(sides[0].segments), len(sides[1].segments))
        scored = score_pair(
            sides,
            (vectors[0], vectors[1]),
            covers,
            self._weights,
            through,
            background=embedding.background_of(encoder, counts, covers),
            tokens=embedding.tokens_of(encoder, (vectors[0], vectors[1])),
            dictionary=self._settings.dictionary.entries if self._settings.dictionary else (),
        )
        wordings = (_wording(sides[0]), _wording(sides[1]))
        return _Known(
            wordings,
            scored.potentials,
            decoding.Corrections(scored.potentials),
            through,
            scored.curve,
        )

    def _vectors(self, name: str, encoder: Encoder, document: Document) -> Overlaps:
        wording = _wording(document)
        kept = self._overlaps.pop(_name(document), None)
        if kept is None or kept[:2] != (name, wording):
            kept = None
            texts = [segment.text for segment in document.segments]
            kept = (name, wording, encoder.overlaps(texts))
        self._overlaps[_name(document)] = kept
        while len(self._overlaps) > _KEPT:
            del self._overlaps[next(iter(self._overlaps))]
        return kept[2]


def _rated(beads: Sequence[Bead], alignment: Alignment) -> tuple[Bead, ...]:
    """The beads with the quality that the alignment's beads of the same segments have."""
    known = {(bead.source, bead.target): bead.quality for bead in alignment.beads}
    return tuple(replace(bead, quality=known.get((bead.source, bead.target))) for bead in beads)


def _name(document: Document) -> _Name:
    return (document.id, document.lang, document.digest)


def _wording(document: Document) -> _Wording:
    return tuple((document.paragraphs[s.paragraph].kind, s.text) for s in document.segments)
