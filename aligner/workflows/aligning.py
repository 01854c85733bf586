"""Two texts -> their alignment: calls the packages below in the order of data flow.

    Source -> reading -> segmenting -> engine (embedding, features, decoding) -> Alignment -> formats

The command line is a thin shell over the functions here; programs call them too. Nothing here
prints: what a user should hear (a language that was detected, texts that do not look like
translations) goes to `Notices`, and progress to a callback.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.languages.tags import primary, same_language
from aligner.model import (
    Alignment,
    AlignmentSet,
    Bead,
    Crossing,
    Document,
    FileName,
    ReadError,
    Reading,
    Signature,
    UsageError,
    program_version,
)
from aligner.runtime.limits import trim_memory
from aligner.workflows.opening import Notices, open_document, open_documents, read_source
from aligner.workflows.rating import rated
from aligner.workflows.weighing import chosen_encoder, load_weights

if TYPE_CHECKING:
    from aligner.engine.decoding import Decoded, Pin
    from aligner.engine.features import Part, Weights
    from aligner.engine.markers import Markers
    from aligner.engine.solving import Scored
    from aligner.formats import WriteOptions
    from aligner.formats.glossaries import Dictionary

__all__ = [
    "ExplainedBead",
    "Notices",
    "Partners",
    "PinFile",
    "Progress",
    "Settings",
    "align_documents",
    "export",
    "held_segments",
    "one_or_set",
    "open_document",
    "open_documents",
    "prepare",
    "read_source",
]

Progress = Callable[[str, int, int], None]  # stage, done, total

# unrelated texts of one language pair had .98 and more of their segments in doubtful or null
# beads, translations .18 and less (26 pairs each of the gold and of the gold mixed up)
_UNALIKE = 0.75
_DOUBTFUL = 0.5
_TAUGHT = "beads of this size among the pins"
_LOW = 0.85  # expected F1 that a user should hear about
_LONG = 4_000  # segments of both sides, from which on memory is given back between the steps


@dataclass(frozen=True, slots=True)
class Partners:
    """Where the words of one segment (`side` 0: source) find their partners on the other side:
    segments and the share of the words each holds (0-1), largest first.
    """

    side: int
    segment: int
    shares: tuple[tuple[int, float], ...]


@dataclass(frozen=True, slots=True)
class ExplainedBead:
    """A bead, its score in nats and the parts that sum to it, its posterior (0-1), and where the
    words of its segments find partners, where they were looked up; `other` as in `model.Bead`.
    """

    source: range
    target: range
    score: float
    posterior: float
    parts: tuple[Part, ...]
    partners: tuple[Partners, ...] = ()
    other: Reading | None = None


@dataclass(frozen=True, slots=True)
class PinFile:
    """Pins as text (see `decoding.pins`) and the name of the file they come from."""

    name: str = "pins"
    content: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to align.

    `encoder`: a name of `embedding.ENCODERS`, or "auto"; `vectors`: a file of the user's own
    vectors instead of one. `dictionary`: a user's own words as evidence. `weights`: a file of `aligner train`, None for the shipped ones.
    `explain` is called once with the beads that were scored; markers (`engine.markers`) are not
    among them.
    """

    encoder: str = "auto"
    vectors: FileName | None = None
    weights: FileName | None = None
    pins: PinFile = PinFile()
    dictionary: Dictionary | None = None
    explain: Callable[[Sequence[ExplainedBead]], None] | None = None


def prepare(settings: Settings) -> None:
    """Begin what aligning will need, beside the reading of the texts. Raises MissingExtra."""
    from aligner.engine import embedding

    if settings.vectors is None and settings.encoder in (embedding.AUTO, "embedded"):
        embedding.prepare_encoder()


def align_documents(
    source: Document,
    target: Document,
    *,
    settings: Settings | None = None,
    notices: Notices | None = None,
    progress: Progress | None = None,
) -> Alignment:
    """Align two segmented documents.

    The same documents and settings give the same alignment, whatever the number of threads.
    Raises ReadError where a side has no segments, ModelError or UsageError for the settings.
    """
    from aligner.runtime.threads import one_blas_thread
    from aligner.text.attributing import attributed

    settings, notices = settings or Settings(), notices or Notices()
    for side in (source, target):
        if not side.segments:
            raise ReadError("there is no text in it", context=side.origin or side.id)
    if source.digest and source.digest == target.digest:
        raise UsageError(
            "source and target are the same text", hint="give the original and its translation"
        )
    if source.lang and target.lang and same_language(source.lang, target.lang):
        notices.add(f"both texts are in the language {primary(source.lang)}")
    with one_blas_thread():
        made = _align(source, target, settings, notices, progress or (lambda *_: None))
    return attributed([made])[0]


def _align(
    source: Document, target: Document, settings: Settings, notices: Notices, progress: Progress
) -> Alignment:
    from aligner.engine import decoding, embedding, features
    from aligner.engine.markers import find_markers, without
    from aligner.engine.solving import as_bead, score_pair, sees

    weights = load_weights(settings.weights)
    counts = (len(source.segments), len(target.segments))
    pins = decoding.parse_pins(settings.pins.content, settings.pins.name, *counts)
    langs = (source.lang, target.lang)
    chosen = ""
    if settings.vectors is None:  # what made a user's vectors nobody knows: all weights will do
        _, chosen, advice = chosen_encoder(settings.encoder, langs, weights, settings.weights)
        if advice:
            notices.add(advice)
    progress("encoding", 0, sum(counts))
    whole = (source, target)
    texts = [[segment.text for segment in side.segments] for side in whole]
    # the rows of a user's vectors stand for all segments
    markers = None if settings.vectors else find_markers(texts[0], texts[1], held_segments(pins))
    pair = whole
    if markers is not None:
        pair = (without(source, markers, 0), without(target, markers, 1))
        texts = [[segment.text for segment in side.segments] for side in pair]
        pins = tuple(map(markers.pin, pins))
    vectors = None if settings.vectors is None else Path(settings.vectors)
    encoded = embedding.encode_pair(
        chosen, vectors, (texts[0], texts[1]), langs, tokens=bool(weights.second)
    )
    _trim(counts)
    scored = score_pair(
        pair,
        encoded.overlaps,
        encoded.covers,
        weights,
        decoding.cells_of(pins),
        lambda done, rows: progress("aligning", done, rows),
        encoded.background,
        encoded.tokens,
        settings.dictionary.entries if settings.dictionary else (),
    )
    blocks, signature_of_encoder = scored.blocks, encoded.signature
    if settings.explain is None:
        blocks.thin_out()
        _trim(counts)
    potentials, taught = decoding.Corrections(scored.potentials).corrected(pins)
    decoded = decoding.decode_beads(decoding.apply_pins(potentials, pins))
    pinned = {(pin.source, pin.target) for pin in pins if pin.is_bead}
    beads = []
    others = decoded.others()
    for (a, b), steps in decoding.join_pinned(decoded.ranges(), pins, scored.potentials.types):
        score = sum(decoded.scores[step] for step in steps)
        posterior = min(decoded.posteriors[step] for step in steps)
        beads.append(
            as_bead(
                weights,
                a,
                b,
                score,
                posterior,
                pinned=(a, b) in pinned,
                curve=scored.curve,
                other=others.get(steps[0]) if len(steps) == 1 else None,
            )
        )
    crossings = tuple(
        Crossing(crossed.source, crossed.target, round(crossed.confidence, 3))
        for crossed in features.find_crossings(
            blocks, [(bead.source, bead.target) for bead in beads]
        )
    )
    beads = rated(pair, beads, blocks, encoded.tokens, believed=sees(scored.trust))
    if settings.explain is None:
        blocks.release()
        del encoded
    warnings = _warnings(*pair, beads)
    for line in warnings:
        notices.add(line)
    if markers is not None:
        beads = list(markers.restored(beads))
        crossings = tuple(
            replace(one, source=markers.whole(0, one.source), target=markers.whole(1, one.target))
            for one in crossings
        )
    if settings.explain is not None:
        settings.explain(_explained(scored, weights, decoded, markers, taught.tolist()))
    signature = Signature(
        (
            ("aligner", program_version()),
            ("enc", signature_of_encoder),
            ("weights", weights.digest),
            ("beads", "sum8"),
            *((("dict", settings.dictionary.digest),) if settings.dictionary else ()),
        )
    )
    made = Alignment(
        source,
        target,
        tuple(beads),
        signature,
        crossings=crossings,
        pins=tuple(pin.text for pin in pins),
        warnings=tuple(warnings),
    )
    expected = made.expected_f1
    if expected is not None and expected < _LOW and not warnings:
        notices.add(
            f"about {expected * 100:.0f} of 100 links are right: look through the doubtful ones "
            "with `aligner review`"
        )
    return made


def _trim(counts: tuple[int, int]) -> None:
    if sum(counts) >= _LONG:
        trim_memory()


def _explained(
    scored: Scored,
    weights: Weights,
    decoded: Decoded,
    markers: Markers | None,
    taught: Sequence[float],
) -> list[ExplainedBead]:
    """The beads of a path with all that is known about their scores; `taught`: see `Corrections`."""
    from aligner.engine.features import Part

    out = []
    others = decoded.others()
    for number, (sides, score, posterior, parts) in enumerate(
        zip(
            decoded.ranges(),
            decoded.scores,
            decoded.posteriors,
            scored.explain(weights, decoded.steps),
            strict=True,
        )
    ):
        whole = sides
        if markers is not None:
            whole = (markers.whole(0, sides[0]), markers.whole(1, sides[1]))
        partners = _partners(scored, sides, markers)
        nats = taught[decoded.steps[number][2]]
        every = (*parts, Part(_TAUGHT, 1.0, nats)) if nats else parts
        out.append(ExplainedBead(*whole, score, posterior, every, partners, others.get(number)))
    return out


def _partners(
    scored: Scored, sides: tuple[range, range], markers: Markers | None
) -> tuple[Partners, ...]:
    if scored.attributed is None:
        return ()
    evidence = scored.attributed.evidence

    def place(side: int, index: int) -> int:
        return index if markers is None else markers.kept[side][index]

    return tuple(
        Partners(
            side,
            place(side, index),
            tuple(
                (place(1 - side, other), share) for other, share in evidence.partners(side, index)
            ),
        )
        for side in (0, 1)
        for index in sides[side]
    )


def held_segments(pins: Sequence[Pin]) -> tuple[frozenset[int], frozenset[int]]:
    """The segments of both sides that pinned beads hold."""
    beads = [pin for pin in pins if pin.is_bead]
    return (
        frozenset(index for pin in beads for index in pin.source),
        frozenset(index for pin in beads for index in pin.target),
    )


def _warnings(source: Document, target: Document, beads: Sequence[Bead]) -> list[str]:
    doubtful = sum(
        len(bead.source) + len(bead.target)
        for bead in beads
        if bead.is_null or (bead.confidence or 0.0) < _DOUBTFUL
    )
    if doubtful > _UNALIKE * (len(source.segments) + len(target.segments)):
        return ["these texts do not look like translations of each other"]
    return []


def export(
    alignment: Alignment,
    format_name: str,
    path: FileName | None,
    options: WriteOptions | None = None,
) -> tuple[Path, ...]:
    """Write an alignment to a file (or to standard output where `path` is None).

    Returns the files written. Raises ExportError or UsageError; a file appears whole or not at all.
    """
    from aligner import formats
    from aligner.files import STDOUT, sink_of

    sink = sink_of(STDOUT if path is None else Path(path))
    try:
        formats.write(alignment, format_name, sink, options or formats.WriteOptions())
        return sink.commit()
    finally:
        sink.discard()


def one_or_set(alignments: Sequence[Alignment]) -> Alignment | AlignmentSet:
    """One alignment as it is, several of one source as a set, whose texts agree on who speaks."""
    from aligner.text.attributing import attributed

    if len(alignments) == 1:
        return alignments[0]
    return AlignmentSet(tuple(attributed(alignments)))
