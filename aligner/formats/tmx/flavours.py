"""Dialects of TMX: the names under which each tool looks for what we know about a unit.

Sources: Trados field names and memoQ/Phrase context properties as seen in files of those tools;
`corpus` as ParaCrawl and bitextor publish. A dialect changes texts or structure nowhere; `limit` is
the longest segment its tools take, and units beyond it are left out and listed (`tmx.left_out`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aligner.model import UsageError

__all__ = ["FLAVOURS", "Flavour", "flavour"]


@dataclass(frozen=True, slots=True)
class Flavour:
    """Property names; an empty name leaves the property out.

    `fixed` goes into every unit; `context` names (previous, next) segment in the source variant;
    `origin` names the property of a variant that holds where its document came from; `limit` is in
    characters, 0 for none.
    """

    score: str = "x-score"
    quality: str = "x-quality"
    kind: str = "x-align-type"
    kind_joint: str = "-"
    document: str = "x-document"
    label: str = "x-label"
    fixed: tuple[tuple[str, str], ...] = ()
    context: tuple[str, str] = ("", "")
    origin: str = ""
    limit: int = 0


FLAVOURS: Mapping[str, Flavour] = {
    "": Flavour(context=("x-context-pre", "x-context-post")),
    # OmegaT stores contexts of its own in projects and has no use for ours
    "omegat": Flavour(),
    "trados": Flavour(
        score="x-score:SingleString",
        quality="x-quality:SingleString",
        kind="x-align-type:SingleString",
        document="x-document:SingleString",
        label="x-label:MultipleString",
        limit=2000,  # RWS's servers refuse a file with a longer segment
    ),
    "memoq": Flavour(fixed=(("aligned", "yes"),), context=("x-context-pre", "x-context-post")),
    "phrase": Flavour(context=("context_prev", "context_next")),
    "corpus": Flavour(
        score="score", kind="type", kind_joint=":", document="", origin="source-document"
    ),
}


def flavour(name: str) -> Flavour:
    """The dialect called `name`; raises UsageError listing the known ones."""
    try:
        return FLAVOURS[name]
    except KeyError:
        known = ", ".join(known for known in FLAVOURS if known)
        raise UsageError(f"there is no TMX flavour {name!r}", hint=f"known: {known}") from None
