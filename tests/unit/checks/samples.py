"""Alignments written by hand: one pair of texts a bead, "" for a side that has none."""

from __future__ import annotations

from collections.abc import Sequence

from aligner.model import Alignment, Bead, Document, Paragraph, Segment


def document(
    texts: Sequence[str], lang: str, speakers: Sequence[str | None] | None = None
) -> Document:
    said = speakers or [None] * len(texts)
    return Document(
        lang,
        lang,
        f"{lang}.txt",
        "",
        f"digest-{lang}",
        tuple(
            Paragraph(
                k,
                "turn" if said[k] else "para",
                text,
                (Segment(k, k, 0, len(text), text),),
                said[k],
            )
            for k, text in enumerate(texts)
        ),
    )


def alignment(
    pairs: Sequence[tuple[str, str]],
    langs: tuple[str, str] = ("es", "en"),
    confidence: float = 0.9,
    speakers: Sequence[tuple[str | None, str | None]] | None = None,
) -> Alignment:
    beads, i, j = [], 0, 0
    for source, target in pairs:
        beads.append(Bead(range(i, i + bool(source)), range(j, j + bool(target)), 0.0, confidence))
        i, j = i + bool(source), j + bool(target)
    said = speakers or [(None, None)] * len(pairs)
    left = [(s, a) for (s, _), (a, _) in zip(pairs, said, strict=True) if s]
    right = [(t, b) for (_, t), (_, b) in zip(pairs, said, strict=True) if t]
    return Alignment(
        document([s for s, _ in left], langs[0], [a for _, a in left]),
        document([t for t, _ in right], langs[1], [b for _, b in right]),
        tuple(beads),
    )
