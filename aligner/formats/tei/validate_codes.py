"""The findings about TEI: how bad each is, what it means, who says so."""

from __future__ import annotations

from collections.abc import Mapping

from aligner.formats.validation.fault import FaultCode
from aligner.formats.validation.rules import structure_codes

__all__ = ["CODES"]

_SCHEMA = "TEI P5, the schema of tei_all"
_IDS = "XML 1.0, 3.3.1, and xml:id"
_LINKS = "TEI P5, 17 Linking, Segmentation, and Alignment"

CODES: Mapping[str, FaultCode] = {
    **structure_codes("E", "TEI P5, 4 Default Text Structure", _SCHEMA),
    "E002": FaultCode(
        "error", "a namespace that is not that of TEI", "TEI P5, v.7.2 TEI Namespace"
    ),
    "E101": FaultCode("error", "a text without a teiHeader, or one that comes late", _SCHEMA),
    "E102": FaultCode("error", "neither text nor standOff", _SCHEMA),
    "E103": FaultCode("error", "a language that is no language code", "TEI P5, teidata.language"),
    "E104": FaultCode("error", "a header without title, publication or source", "TEI P5, 2.2"),
    "E105": FaultCode("error", "a date that is none", "TEI P5, teidata.temporal.w3c"),
    "E106": FaultCode("warning", "nobody names the language of a text", "TEI P5, vi.1"),
    "E201": FaultCode("warning", "a segment without xml:id", "nothing can link it"),
    "E202": FaultCode("error", "an id used twice", _IDS),
    "E203": FaultCode("error", "an id that is no XML name", _IDS),
    "E204": FaultCode("error", "a pointer to nothing", "TEI P5, 17.2"),
    "E205": FaultCode("error", "a pointer into a file that is not there", "TEI P5, 17.2"),
    "E206": FaultCode("warning", "a person or category that is not here", "TEI P5, who, ana"),
    "E301": FaultCode("error", "a link with fewer than two targets", f"{_LINKS}, <link>"),
    "E302": FaultCode("error", "a link to the same place twice", f"{_LINKS}, <link>"),
    "E303": FaultCode("error", "more targets than targFunc has sides", f"{_LINKS}, targFunc"),
    "E304": FaultCode(
        "error", "a certainty that is none", "TEI P5, teidata.certainty, probability"
    ),
    "E305": FaultCode("error", "a join of fewer than two", f"{_LINKS}, <join>"),
    "E306": FaultCode("warning", "a link to what cannot be aligned", "what tools read"),
    "E307": FaultCode("warning", "a segment that two links hold", "tools keep one of the two"),
    "E401": FaultCode("warning", "an empty segment", "what tools read"),
    "E402": FaultCode("error", "<s> where only paragraphs may stand", _SCHEMA),
    "E403": FaultCode("error", "<s> in <s>", "TEI P5, 18.1 <s>, Schematron"),
    "E404": FaultCode("error", "<p> in <p> and the like", "TEI P5, 3.1 <p>, Schematron"),
}
