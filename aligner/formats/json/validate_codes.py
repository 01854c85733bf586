"""The findings about `.alignment.json`: how bad each is and what it means."""

from __future__ import annotations

from collections.abc import Mapping

from aligner.formats.validation.fault import Code

__all__ = ["CODES"]

_READING = "what `aligner` refuses to read"
_FORMAT = "the format, version 1"

CODES: Mapping[str, Code] = {
    "J001": Code("fatal", "not JSON, or not UTF-8", "RFC 8259"),
    "J002": Code("error", "a key twice in one object", "RFC 8259, 4"),
    "J003": Code("fatal", "JSON, but no alignment", _READING),
    "J004": Code("fatal", "a version of the future", _READING),
    "J101": Code("error", "a key that is missing, or a value of the wrong kind", _FORMAT),
    "J201": Code("error", "a language that is no language code", "BCP 47"),
    "J202": Code("error", "two documents with one id", _FORMAT),
    "J203": Code("error", "a kind of paragraph that there is not", _FORMAT),
    "J204": Code("error", "a segment outside its paragraph, or over another one", _FORMAT),
    "J205": Code("error", "an empty segment", _FORMAT),
    "J206": Code("error", "a line break in a paragraph", _FORMAT),
    "J207": Code("warning", "text that is not in normalization form C", "UAX 15"),
    "J301": Code("error", "an alignment of documents that are not there", _FORMAT),
    "J302": Code("error", "a bead of segments that are not there", _FORMAT),
    "J303": Code("error", "a segment in no bead, or in two", _FORMAT),
    "J304": Code("error", "nulls of the target before those of the source", _FORMAT),
    "J305": Code("error", "a confidence that is no probability", _FORMAT),
    "J306": Code("error", "a status that there is not", _FORMAT),
    "J307": Code("error", "a bead without segments", _FORMAT),
}
