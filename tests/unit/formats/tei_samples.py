"""Alignments with what only TEI shows: a whole interview with its metadata, a transcription."""

from __future__ import annotations

from aligner.model import Alignment, Crossing, Signature, Span
from tests.unit.formats.samples import bead, document

__all__ = ["edition", "transcript"]


def edition() -> Alignment:
    """A translated interview: people, outlets, notes, omissions, directions, words in formatting."""
    source = document(
        "es",
        [
            ("title", ["El faro de Cabo Norte"]),
            ("turn", ["¿Vive sola?"], {"printed": "P. ", "label": (0, 2), "speaker": "P."}),
            (
                "turn",
                ["Con el viento.", "[Ríe]", "Y dice: «[...] nada cambia»."],
                {
                    "printed": "R. ",
                    "label": (0, 2),
                    "speaker": "R.",
                    "spans": (
                        Span(3, 9, "bold"),
                        Span(7, 13, "link", "https://example.org/viento"),
                        Span(24, 28, "italic"),
                        Span(27, 27, "break"),
                        Span(29, 29, "image", "faro.png"),
                        Span(16, 16, "note", "nota1"),
                    ),
                },
            ),
            ("para", ["(…)"]),
            ("note", ["El viento del norte."], {"spans": (Span(0, 20, "note", "nota1"),)}),
        ],
        title="El faro de Cabo Norte",
        digest="cd" * 32,
        metadata={
            "relation": ("original",),
            "author": ("Ana Gil",),
            "interviewer": ("Ana Gil",),
            "interviewee": ("Eva Soler",),
            "outlet": ("El Diario", "La Revista"),
            "date": ("2021-03-04", "abril de 2021"),
            "url": ("https://example.org/es", "https://example.org/revista"),
            "licence": ("https://creativecommons.org/licenses/by/4.0/",),
        },
    )
    target = document(
        "en",
        [
            ("title", ["The Lighthouse"]),
            ("turn", ["Do you live alone?"], {"speaker": "Ana Gil"}),
            ("turn", ["With the wind.", "[Laughs]", "It says nothing changes."], {"speaker": "A:"}),
            ("note", ["The north wind."]),
        ],
        metadata={
            "relation": ("translation",),
            "translator": ("Sam Roe",),
            "interviewer": ("Ana Gil",),
            "outlet": ("The Paper",),
        },
    )
    beads = (
        bead(0, 1, 0, 1, 0.99, status="accepted"),
        bead(1, 1, 1, 1, 0.98),
        bead(2, 1, 2, 1, 0.97, status="edited"),
        bead(3, 1, 3, 1, 0.96),
        bead(4, 1, 4, 1, 0.95),
        bead(5, 1, 5, 0, 0.94),
        bead(6, 1, 5, 1, 0.93),
    )
    return Alignment(
        source,
        target,
        beads,
        Signature((("aligner", "0.1.0"), ("enc", "embedded:1"), ("weights", "0a1b2c"))),
        crossings=(Crossing(range(5, 6), range(5, 6), 0.4),),
    )


def transcript() -> Alignment:
    """Subtitles: speech with times, a direction, a heading that nobody speaks."""
    source = document(
        "es",
        [
            ("heading", ["Parte primera"], {"level": 1}),
            ("cue", ["¿Quién anda ahí?"], {"times": (0, 1500), "speaker": "ANA"}),
            ("cue", ["[Portazo]"], {"times": (1500, 2000)}),
            ("cue", ["Nadie.", "(suspira)"], {"times": (2000, 3250), "speaker": "EVA"}),
            ("stage", ["[Música]"], {"times": (4000, 4000)}),
            ("note", ["Nota."]),
        ],
    )
    target = document(
        "en",
        [
            ("cue", ["Who is there?"], {"times": (40, 1540)}),
            (
                "cue",
                ["[Door slams]", "Nobody."],
                {"times": (1600, 3300), "spans": (Span(0, 12, "italic"), Span(4, 4, "break"))},
            ),
            ("para", ["End."]),
        ],
    )
    beads = (
        bead(0, 1, 0, 0, 0.5),
        bead(1, 1, 0, 1, 0.9),
        bead(2, 1, 1, 1, 0.9),
        bead(3, 2, 2, 1, 0.8),
        bead(5, 1, 3, 0, 0.7),
        bead(6, 1, 3, 1, 0.4),
    )
    return Alignment(source, target, beads)
