"""A user's dictionary: the pairs of phrases of a glossary (`read`)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from aligner.formats.glossaries.read import parse_glossary

__all__ = ["Dictionary", "parse_dictionary"]


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Pairs of phrases (source's language, target's language) and a digest of 8 hex digits."""

    entries: tuple[tuple[str, str], ...]
    digest: str


def parse_dictionary(data: bytes, name: str, langs: tuple[str, str]) -> Dictionary:
    """The entries of a file's content for texts of these languages; raises as `parse_glossary`."""
    entries = tuple(
        (source, target)
        for term in parse_glossary(data, name, langs)
        for source in term.source
        for target in term.required
    )
    return Dictionary(entries, hashlib.sha256(data).hexdigest()[:8])
