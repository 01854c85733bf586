"""Parallel texts aligned sentence by sentence, with confidences that can be believed.

Each package knows those above it in this list and none below:

    model/        what travels between packages: Document, Alignment, Unit, errors
    languages/    language tags, names, detection, look-alikes
    text/         decoding, normalising, mojibake, turns, speakers, rich text
    runtime/      processes, limits, interrupts
    files/        opening and writing, archives, XML; registry.py the tables of what can be chosen
    documents/    readers of one text by kind: html, office, pdf, epub, markdown, subtitles, plain
    formats/      one package a format of alignments: read, write, validate, stream
    segmenting/   paragraphs -> segments, by SRX 2.0
    engine/       embedding, features, lattice, decoding -> beads with posteriors; training, evaluating
    checks/       an alignment -> what its translation left out, added or changed
    memory/       a translation memory in one SQLite file
    corpus/       building, pairing, filtering, word links, terms
    review/       a person repairs an alignment in the browser or in a sheet
    workflows/    what the commands do, as functions: align, convert, check, build, pretranslate ...
    cli/          the command line; the only package that prints

documents, formats, segmenting and engine do not know each other, nor do checks, memory, corpus and
review; `workflows` joins them. A package is entered through the names of its `__init__`, whose
docstring says where to start reading (import-linter holds both, see pyproject.toml).

    >>> import aligner
    >>> made = aligner.align("corpora/interview/es.html", "corpora/interview/en.html")
    >>> bead, source, target = next(made.pairs())
    >>> bead.kind, source[0].text, target[0].text
    ('1-1', '«Yo anotaba los contenedores que nadie quería ver»', '“I Wrote Down the Containers Nobody Wanted to See”')

`api` says what programs call. Everything heavy is imported when it is first used: `import aligner` is cheap.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from aligner.api import (
        Corpus,
        Memory,
        UnitFilters,
        align,
        align_all,
        align_texts,
        apply_sheet,
        check,
        check_table,
        compare,
        convert,
        evaluate,
        evaluate_all,
        evaluate_by_text,
        known_formats,
        known_languages,
        label,
        read,
        review_alignment,
        segment,
        segment_text,
        train,
        validate,
    )
    from aligner.formats import WriteOptions
    from aligner.model import (
        AlignerError,
        Alignment,
        AlignmentSet,
        Bead,
        Crossing,
        Document,
        Limits,
        Paragraph,
        ReadOptions,
        Segment,
    )
    from aligner.segmenting import SegmentOptions
    from aligner.workflows.aligning import (
        Notices,
        Settings,
        align_documents,
        export,
        open_document,
    )
    from aligner.workflows.alignment_files import open_alignment
    from aligner.workflows.checking import Wanted

__all__ = [
    "AlignerError",
    "Alignment",
    "AlignmentSet",
    "Bead",
    "Corpus",
    "Crossing",
    "Document",
    "Limits",
    "Memory",
    "Notices",
    "Paragraph",
    "ReadOptions",
    "Segment",
    "SegmentOptions",
    "Settings",
    "UnitFilters",
    "Wanted",
    "WriteOptions",
    "__version__",
    "align",
    "align_all",
    "align_documents",
    "align_texts",
    "apply_sheet",
    "check",
    "check_table",
    "compare",
    "convert",
    "evaluate",
    "evaluate_all",
    "evaluate_by_text",
    "export",
    "known_formats",
    "known_languages",
    "label",
    "open_alignment",
    "open_document",
    "read",
    "review_alignment",
    "segment",
    "segment_text",
    "train",
    "validate",
]

_PLACES = {
    "aligner.api": (
        "Corpus",
        "Memory",
        "UnitFilters",
        "align",
        "align_all",
        "align_texts",
        "apply_sheet",
        "check",
        "check_table",
        "compare",
        "convert",
        "evaluate",
        "evaluate_all",
        "evaluate_by_text",
        "known_formats",
        "known_languages",
        "label",
        "read",
        "review_alignment",
        "segment",
        "segment_text",
        "train",
        "validate",
    ),
    "aligner.formats": ("WriteOptions",),
    "aligner.segmenting": ("SegmentOptions",),
    "aligner.workflows.checking": ("Wanted",),
    "aligner.workflows.aligning": (
        "Notices",
        "Settings",
        "align_documents",
        "export",
        "open_document",
    ),
    "aligner.workflows.alignment_files": ("open_alignment",),
}


def __getattr__(name: str) -> object:
    """A public name, imported when it is first used (PEP 562)."""
    if name == "__version__":
        from aligner.model import program_version

        return program_version()
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    place = next((place for place, names in _PLACES.items() if name in names), "aligner.model")
    value = getattr(import_module(place), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
