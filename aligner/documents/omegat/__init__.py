"""The texts of a document as OmegaT's filters give them to a translator, its tags numbered (`<t0/>`).

OmegaT parts a DOCX, ODT or HTML file into texts by rules of its own, and puts a tag where markup stands
inside one. A memory matches such a text exactly only where it has the same tags, so these rules are
followed here as OmegaT has them without a change of its settings (3.6; of 5 and 6 but for few elements
of web pages).

- `texts`: a text and its tags, white space as OmegaT leaves it
- `markup`: DOCX and ODT, one machine with two sets of rules
- `pages`: HTML
- `finding`: which stretch of them each segment of a document is, as OmegaT breaks sentences
- `carrying`: where the tags of a segment stand in its translation

Start reading from `markup`.
"""

from __future__ import annotations

from pathlib import PurePath

from aligner.documents.omegat.carrying import Dressed, carried, dressed
from aligner.documents.omegat.finding import OmegatSegment, TextsOf, found
from aligner.documents.omegat.texts import OmegatText, TextTag, unfolded
from aligner.model import Source

__all__ = [
    "OMEGAT_SUFFIXES",
    "Dressed",
    "OmegatSegment",
    "OmegatText",
    "TextTag",
    "TextsOf",
    "carried",
    "dressed",
    "found",
    "omegat_texts",
    "unfolded",
]

_WORD = (".docx", ".docm", ".dotx")
_ODF = (".odt", ".ott")
_PAGES = (".html", ".htm", ".xhtml", ".xht")
OMEGAT_SUFFIXES = (*_WORD, *_ODF, *_PAGES)


def omegat_texts(source: Source) -> list[OmegatText]:
    """The texts of a file in OmegaT's order; none for a format whose tags are not known here.

    Raises Malformed for a damaged file.
    """
    suffix = PurePath(source.name).suffix.lower()
    if suffix in _PAGES:
        from aligner.documents.omegat.pages import page_texts

        return page_texts(source)
    if suffix in (*_WORD, *_ODF):
        from aligner.documents.omegat.markup import ODF, WORD, package_texts

        return package_texts(source, WORD if suffix in _WORD else ODF)
    return []
