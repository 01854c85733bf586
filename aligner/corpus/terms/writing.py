"""Candidates as entries of a glossary (`aligner.formats.glossaries` writes them)."""

from __future__ import annotations

from collections.abc import Iterable

from aligner.corpus.terms.extracting import Candidate
from aligner.formats.glossaries import GlossaryEntry

__all__ = ["glossary_entries"]


def glossary_entries(candidates: Iterable[Candidate]) -> list[GlossaryEntry]:
    """One entry a candidate: its figures as columns, other translations and a context as comment."""
    return [_entry(one) for one in candidates]


def _entry(one: Candidate) -> GlossaryEntry:
    variants = "; ".join(f"{text} ({count})" for text, count in one.variants)
    parts = (f"also: {variants}" if variants else "", one.context[0])
    columns = (
        ("frequency", str(one.frequency)),
        ("source_frequency", str(one.source_frequency)),
        ("target_frequency", str(one.target_frequency)),
        ("dice", f"{one.dice:.3f}"),
        ("score", f"{one.score:.3f}"),
        ("source_context", one.context[0]),
        ("target_context", one.context[1]),
        ("document", one.document),
        ("variants", variants),
    )
    comment = ". ".join(filter(None, parts))
    return GlossaryEntry(one.source, one.target, comment, one.context, columns)
