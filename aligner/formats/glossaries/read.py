"""A glossary's bytes -> terms, whatever tool it is of."""

from __future__ import annotations

import re

from aligner.formats.glossaries.tables import table_terms
from aligner.formats.glossaries.tbx import tbx_terms
from aligner.formats.glossaries.terms import Term, gathered
from aligner.model import Malformed

__all__ = ["parse_glossary"]

# a term may begin with `<` too: a table's first cell can be `<br>` or `<`
_XML = re.compile(rb"(\xef\xbb\xbf)?\s*<(\?xml\b|!|([\w.-]+:)?(martif|tbx)\b)", re.IGNORECASE)


def parse_glossary(content: bytes, name: str, langs: tuple[str, str]) -> list[Term]:
    """The terms of a TBX file or a table for texts of these languages.

    Raises Malformed with the place where it is broken, or where it has no terms.
    """
    if name.lower().endswith(".tbx") or _XML.match(content):
        return gathered(tbx_terms(content, name, langs))
    terms = gathered(table_terms(content, name, langs))
    if not terms:
        raise Malformed(
            "this glossary has no terms",
            context=name,
            hint="a line is: source term, tab, target term, and a comment if wanted",
        )
    return terms
