"""The findings about TMX: how bad each is, what it means, who says so."""

from __future__ import annotations

from collections.abc import Mapping

from aligner.formats.validation.fault import FaultCode
from aligner.formats.validation.rules import structure_codes

__all__ = ["CODES"]

CODES: Mapping[str, FaultCode] = {
    **structure_codes("T", "TMX 1.4b, 3.1 <tmx>", "the DTD of the version"),
    "T002": FaultCode("error", "TMX elements in a namespace", "the DTD of the version has none"),
    "T101": FaultCode("error", "a version that there is not", "the DTDs of TMX 1.1 to 1.4"),
    "T102": FaultCode(
        "error", "header or body missing, twice or in the wrong order", "TMX 1.4b, 3.1"
    ),
    "T103": FaultCode("error", "segtype is none of its four values", "TMX 1.4b, 3.2 segtype"),
    "T104": FaultCode("error", "a language of the header is no language code", "TMX 1.4b, 3.2"),
    "T105": FaultCode(
        "warning", "a date that is not YYYYMMDDThhmmssZ", "TMX 1.4b, 3.2: recommended pattern"
    ),
    "T106": FaultCode("error", "usagecount is no number", "TMX 1.4b, 3.2 usagecount"),
    "T107": FaultCode(
        "warning", "the version is written with its edition", 'the DTD has "1.4" only'
    ),
    "T108": FaultCode("error", "<ude> maps codes, but names no base", "TMX 1.4b, 3.1 <ude>"),
    "T201": FaultCode("error", "a unit without variants", "the DTD of the version"),
    "T202": FaultCode("warning", "a unit in one language", "no tool can use it"),
    "T203": FaultCode("warning", "two variants in one language", "tools keep one of the two"),
    "T204": FaultCode("warning", "no variant in the source language", "tools pass over the unit"),
    "T205": FaultCode("warning", "an id used twice", "tools that go by tuid keep one of the two"),
    "T206": FaultCode(
        "error", "a note or property after what it is about", "the DTD of the version"
    ),
    "T301": FaultCode("error", "a variant names no language", "the DTD of the version"),
    "T302": FaultCode(
        "error", "lang instead of xml:lang, or the reverse", "the DTD of the version"
    ),
    "T303": FaultCode("error", "a language that is no language code", "TMX 1.4b, 3.2 xml:lang"),
    "T304": FaultCode("error", "a variant has no or two segments", "the DTD of the version"),
    "T305": FaultCode("warning", "an empty segment", "tools pass over it"),
    "T306": FaultCode("style", "a segment is indented: white space counts", "TMX 1.4b, 2.4"),
    "T307": FaultCode("style", "white space at the ends of a segment", "matches fail on it"),
    "T401": FaultCode("error", "<bpt> without <ept>", "TMX 1.4b, 3.1 <bpt>"),
    "T402": FaultCode("error", "<ept> without <bpt>", "TMX 1.4b, 3.1 <ept>"),
    "T403": FaultCode("error", "two pairs with the same i", "TMX 1.4b, 3.2 i"),
    "T404": FaultCode("error", "pos is neither begin nor end", "the DTD of the version"),
    "T405": FaultCode("style", "<ut> in TMX 1.4", "TMX 1.4b, 3.1 <ut>: deprecated"),
    "T406": FaultCode("warning", "i or x is no number", "TMX 1.4b, 3.2"),
    "T407": FaultCode("warning", "assoc is none of p, f, b", "TMX 1.4b, 3.2 assoc"),
}
