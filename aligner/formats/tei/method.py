"""How the alignment was made: editorialDecl, classDecl, appInfo, revisionDesc (TEI P5, 2.3, 2.6).

appInfo names the program, its version, the encoder and the digest of its weights, and every
parameter of the alignment's signature: enough to make the same alignment again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from aligner.files.xml_file import XML_ID
from aligner.formats.options import WriteOptions
from aligner.formats.tei.links import bead_category, bead_types
from aligner.formats.tei.markup import element
from aligner.formats.tei.view import View, label_category, null_categories
from aligner.model import AlignmentSet

__all__ = ["application", "editorial", "revision", "taxonomies"]

_VERSION = re.compile(r"[0-9]+[a-z]*[0-9]*(\.[0-9]+[a-z]*[0-9]*){0,3}")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")
_SEGMENTATION = (
    "Each s is one segment of the alignment, a sentence as its punctuation shows it. White space"
    " and text between segments are kept."
)
_NORMALIZATION = (
    "The text is in Unicode normalization form C; characters that XML forbids are removed. Nothing"
    " else is changed, corrected or regularized."
)
_INTERPRETATION = (
    "Where somebody speaks, a segment that is one bracket stands in stage (edited text) or incident"
    " (transcription of speech). A bracketed ellipsis is a gap; its desc keeps what is printed. Where"
    " no speaker is printed, who says whose speech it is all the same: as typography (bold questions,"
    " dashes) and the order of the turns show, and the speakers printed in the other text."
)
_WORDS = (
    "Words (w) are runs of letters, marks and digits, with single hyphens, apostrophes and full"
    " stops inside; each character of Chinese and Japanese is one. Anything else is pc."
)
_METHOD = (
    "Links were computed. The attribute cert is the estimated probability that a link is right;"
    " subtype says where a person has accepted or edited it."
)
# parts of a signature that have a longer name
_PARAMETERS = {"enc": "encoder", "weights": "weights digest", "seg": "segmentation"}


def editorial(*, words: bool) -> Any:
    """What was done to the texts."""
    return element(
        "editorialDecl",
        None,
        *(
            element(name, None, element("p", None, text))
            for name, text in (
                ("segmentation", f"{_SEGMENTATION} {_WORDS}" if words else _SEGMENTATION),
                ("normalization", _NORMALIZATION),
                ("interpretation", _INTERPRETATION),
            )
        ),
    )


def taxonomies(alignments: AlignmentSet, views: Sequence[View]) -> Any:
    """Every type of bead in the file: links by their numbers of segments, and nulls."""
    linked = [
        (bead_category(range(n), range(m)), f"{n} of the source, {m} of the target")
        for n, m in bead_types(alignments)
    ]
    return element(
        "classDecl",
        None,
        element(
            "taxonomy",
            {XML_ID: "bead-types"},
            element("desc", None, "Types of beads: how many segments translate how many"),
            *(
                element("category", {XML_ID: name}, element("catDesc", None, meaning))
                for name, meaning in (*linked, *null_categories(views))
            ),
        ),
        *_labels(alignments),
    )


def _labels(alignments: AlignmentSet) -> Iterator[Any]:
    """The labels that people put on beads, as a taxonomy of their own."""
    labels = {label for a in alignments.alignments for bead in a.beads for label in bead.labels}
    named = {label_category(label): label for label in sorted(labels)}
    if named:
        yield element(
            "taxonomy",
            {XML_ID: "labels"},
            element("desc", None, "Labels that were put on beads"),
            *(
                element("category", {XML_ID: name}, element("catDesc", None, label))
                for name, label in named.items()
            ),
        )


def application(alignments: AlignmentSet, options: WriteOptions) -> Any:
    """The program and what it was told."""
    number = _VERSION.match(options.version)
    parameters = [part for a in alignments.alignments for part in a.signature.parts]
    parameters += options.parameters
    items = [
        part
        for name, value in dict.fromkeys(parameters)
        for part in (
            element("label", None, _PARAMETERS.get(name, name)),
            element("item", None, value),
        )
    ]
    listed = element("list", {"type": "gloss"}, *items) if items else None
    return element(
        "appInfo",
        None,
        element(
            "application",
            {
                "ident": options.tool if _NAME.fullmatch(options.tool) else "aligner",
                "version": number[0] if number else "0",
            },
            element("label", None, f"{options.tool} {options.version}"),
            element("p", None, _METHOD),
            element("p", None, listed) if items else None,
        ),
    )


def revision(alignments: AlignmentSet, options: WriteOptions) -> Any:
    """When the file was written, and how much of it a person had seen; only with a known time."""
    moment = options.moment()
    if moment is None:
        return None
    when = {"when": f"{moment:%Y-%m-%dT%H:%M:%SZ}"}
    change = f"Written by {options.tool}{''.join(_reviewed(alignments))}."
    return element("revisionDesc", None, element("change", when, change))


def _reviewed(alignments: AlignmentSet) -> Iterator[str]:
    counts = Counter(bead.status for one in alignments.alignments for bead in one.beads)
    if counts["accepted"] or counts["edited"]:
        yield (
            f"; of {counts.total()} beads a person has accepted {counts['accepted']}"
            f" and edited {counts['edited']}"
        )
