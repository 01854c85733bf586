"""What every finding's code means: of XML itself and of a schema here, of each format in its own
table (`formats/*/validate_codes.py`).
"""

from __future__ import annotations

from collections.abc import Mapping

from aligner.formats.validation.fault import FaultCode

__all__ = ["COMMON", "codes_of"]

COMMON: Mapping[str, FaultCode] = {
    "X001": FaultCode(
        "fatal",
        "not well-formed: markup that does not close, an & that is no reference",
        "XML 1.0, 2.1",
    ),
    "X002": FaultCode("fatal", "a character that XML forbids", "XML 1.0, 2.2"),
    "X003": FaultCode(
        "error",
        "an entity of its own that is no short text of the file: not expanded, since a few lines of them can fill the memory",
        "what tools refuse for safety",
    ),
    "X004": FaultCode(
        "fatal", "a declaration of another encoding than the file's", "XML 1.0, 4.3.3"
    ),
    "X005": FaultCode("error", "a prefix that nobody declares", "Namespaces in XML 1.0, 5"),
    "X006": FaultCode(
        "error",
        "a byte that the encoding of the file does not have: nearly all tools refuse the file,"
        " the others lose the character",
        "XML 1.0, 4.3.3",
    ),
    "S001": FaultCode("error", "what a schema of the user refuses", "the schema named by --schema"),
}


def codes_of(letter: str) -> Mapping[str, FaultCode]:
    """The table of a format by the letter of its codes: T, L, F, E, J; "" for all of them.

    Raises KeyError for another letter.
    """
    from aligner.formats.json.validate_codes import CODES as JSON
    from aligner.formats.tei.validate_codes import CODES as TEI
    from aligner.formats.tmx.validate_codes import CODES as TMX
    from aligner.formats.xliff.rules1.codes import CODES as XLIFF1
    from aligner.formats.xliff.rules2.codes import CODES as XLIFF2

    tables: dict[str, Mapping[str, FaultCode]] = {
        "T": TMX,
        "L": XLIFF1,
        "F": XLIFF2,
        "E": TEI,
        "J": JSON,
        "X": COMMON,
        "S": COMMON,
    }
    if letter:
        return tables[letter]
    return {
        code: row
        for table in (COMMON, TMX, XLIFF1, XLIFF2, TEI, JSON)
        for code, row in table.items()
    }
