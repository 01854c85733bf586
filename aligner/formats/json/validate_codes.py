"""The findings about `.alignment.json`: how bad each is and what it means."""

from __future__ import annotations

from collections.abc import Mapping

from aligner.formats.validation.fault import FaultCode

__all__ = ["CODES"]

_READING = "what `aligner` refuses to read"
_FORMAT = "the format, version 1"

CODES: Mapping[str, FaultCode] = {
    "J001": FaultCode("fatal", "not JSON, or not UTF-8", "RFC 8259"),
    "J002": FaultCode("error", "a key twice in one object", "RFC 8259, 4"),
    "J003": FaultCode("fatal", "JSON, but no alignment", _READING),
    "J004": FaultCode("fatal", "a version of the future", _READING),
    "J101": FaultCode("error", "a key that is missing, or a value of the wrong kind", _FORMAT),
    "J201": FaultCode("error", "a language that is no language code", "BCP 47"),
    "J202": FaultCode("error", "two documents of one language with one id", _FORMAT),
    "J203": FaultCode("error", "a kind of paragraph that there is not", _FORMAT),
    "J204": FaultCode("error", "a segment outside its paragraph, or over another one", _FORMAT),
    "J205": FaultCode("error", "an empty segment", _FORMAT),
    "J206": FaultCode("error", "a line break in a paragraph", _FORMAT),
    "J207": FaultCode("warning", "text that is not in normalization form C", "UAX 15"),
    "J301": FaultCode("error", "an alignment of documents that are not there", _FORMAT),
    "J302": FaultCode("error", "a bead of segments that are not there", _FORMAT),
    "J303": FaultCode("error", "a segment in no bead, or in two", _FORMAT),
    "J304": FaultCode("error", "nulls of the target before those of the source", _FORMAT),
    "J305": FaultCode("error", "a confidence that is no probability", _FORMAT),
    "J306": FaultCode("error", "a status that there is not", _FORMAT),
    "J307": FaultCode("error", "a bead without segments", _FORMAT),
}
