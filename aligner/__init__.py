"""Parallel texts aligned sentence by sentence, with confidences that can be believed.

    cli/          the command line; the only room that prints
    converting.py opens the alignments of other programs, for the hall
    pipeline.py   the hall: calls the rooms in the order of data flow
    solving.py    one pair -> potentials, with a second pass where the encoder is blind
    training/     gold -> weights
    reading/      bytes -> Document, with its structure
    segmenting/   paragraphs -> segments, by SRX 2.0
    embedding/    texts -> unit vectors, all overlaps from one pass
    scoring/      vectors and evidence -> potentials of beads
    aligning/     potentials -> beads with posteriors
    exporting/    Alignment -> TMX, TEI, beads, TSV, JSON
    validating/   a file -> what makes tools refuse it
    evaluating/   gold + Alignment -> strict, lax, null, calibration
    potentials.py, metadata.py, speakers.py, files.py, registry.py, model.py, errors.py   the ground floor

Rooms import the ground floor and never each other. The nouns that travel between them are in
`model.py`.

    >>> import aligner
    >>> alignment = aligner.align("es.html", "en.html")  # doctest: +SKIP
    >>> for bead, source, target in alignment.pairs():  # doctest: +SKIP
    ...     print(bead.confidence, [s.text for s in source], [t.text for t in target])

Everything heavy is imported when it is first used: `import aligner` is cheap.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from aligner.model import (
        AlignerError,
        Alignment,
        AlignmentSet,
        Bead,
        Crossing,
        Document,
        Paragraph,
        Segment,
    )
    from aligner.workflows.aligning import (
        Notices,
        Settings,
        align,
        align_documents,
        export,
        open_document,
    )
    from aligner.workflows.converting import open_alignment

__all__ = [
    "AlignerError",
    "Alignment",
    "AlignmentSet",
    "Bead",
    "Crossing",
    "Document",
    "Notices",
    "Paragraph",
    "Segment",
    "Settings",
    "align",
    "align_documents",
    "export",
    "open_alignment",
    "open_document",
]

_PLACES = {
    "aligner.workflows.aligning": (
        "Notices",
        "Settings",
        "align",
        "align_documents",
        "export",
        "open_document",
    ),
    "aligner.workflows.converting": ("open_alignment",),
}


def __getattr__(name: str) -> object:
    """A public name, imported when it is first used (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    place = next((place for place, names in _PLACES.items() if name in names), "aligner.model")
    value = getattr(import_module(place), name)
    globals()[name] = value
    return value
