"""The findings about TMX: how bad each is, what it means, who says so."""

from __future__ import annotations

from collections.abc import Mapping

from aligner.formats.validation.fault import Code
from aligner.formats.validation.rules import structure_codes

__all__ = ["CODES"]

CODES: Mapping[str, Code] = {
    **structure_codes("T", "TMX 1.4b, 3.1 <tmx>", "the DTD of the version"),
    "T002": Code("error", "TMX elements in a namespace", "the DTD of the version has none"),
    "T101": Code("error", "a version that there is not", "the DTDs of TMX 1.1 to 1.4"),
    "T102": Code("error", "header or body missing, twice or in the wrong order", "TMX 1.4b, 3.1"),
    "T103": Code("error", "segtype is none of its four values", "TMX 1.4b, 3.2 segtype"),
    "T104": Code("error", "a language of the header is no language code", "TMX 1.4b, 3.2"),
    "T105": Code(
        "warning", "a date that is not YYYYMMDDThhmmssZ", "TMX 1.4b, 3.2: recommended pattern"
    ),
    "T106": Code("error", "usagecount is no number", "TMX 1.4b, 3.2 usagecount"),
    "T107": Code("warning", "the version is written with its edition", 'the DTD has "1.4" only'),
    "T108": Code("error", "<ude> maps codes, but names no base", "TMX 1.4b, 3.1 <ude>"),
    "T201": Code("error", "a unit without variants", "the DTD of the version"),
    "T202": Code("warning", "a unit in one language", "no tool can use it"),
    "T203": Code("warning", "two variants in one language", "tools keep one of the two"),
    "T204": Code("warning", "no variant in the source language", "tools pass over the unit"),
    "T205": Code("warning", "an id used twice", "tools that go by tuid keep one of the two"),
    "T206": Code("error", "a note or property after what it is about", "the DTD of the version"),
    "T301": Code("error", "a variant names no language", "the DTD of the version"),
    "T302": Code("error", "lang instead of xml:lang, or the reverse", "the DTD of the version"),
    "T303": Code("error", "a language that is no language code", "TMX 1.4b, 3.2 xml:lang"),
    "T304": Code("error", "a variant has no or two segments", "the DTD of the version"),
    "T305": Code("warning", "an empty segment", "tools pass over it"),
    "T306": Code("style", "a segment is indented: white space counts", "TMX 1.4b, 2.4"),
    "T307": Code("style", "white space at the ends of a segment", "matches fail on it"),
    "T401": Code("error", "<bpt> without <ept>", "TMX 1.4b, 3.1 <bpt>"),
    "T402": Code("error", "<ept> without <bpt>", "TMX 1.4b, 3.1 <ept>"),
    "T403": Code("error", "two pairs with the same i", "TMX 1.4b, 3.2 i"),
    "T404": Code("error", "pos is neither begin nor end", "the DTD of the version"),
    "T405": Code("style", "<ut> in TMX 1.4", "TMX 1.4b, 3.1 <ut>: deprecated"),
    "T406": Code("warning", "i or x is no number", "TMX 1.4b, 3.2"),
    "T407": Code("warning", "assoc is none of p, f, b", "TMX 1.4b, 3.2 assoc"),
}
