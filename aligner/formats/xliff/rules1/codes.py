"""The findings about XLIFF 1: how bad each is, what it means, who says so."""

from __future__ import annotations

from collections.abc import Mapping

from aligner.formats.validation.fault import FaultCode
from aligner.formats.validation.rules import structure_codes

__all__ = ["CODES"]

_SCHEMA = "XLIFF 1.2, schema (transitional)"
_KEYS = "XLIFF 1.2, schema, identity constraints of <file>"

CODES: Mapping[str, FaultCode] = {
    **structure_codes("L", "XLIFF 1.2, 2.1 <xliff>", _SCHEMA),
    "L002": FaultCode("error", "a namespace that is not that of the version", "XLIFF 1.2, 2.1"),
    "L016": FaultCode(
        "warning",
        "an attribute that the strict schema does not have",
        "XLIFF 1.2, 1.1: the transitional schema lets any pass",
    ),
    "L017": FaultCode("style", "what is given up since XLIFF 1.1", "XLIFF 1.2, deprecated"),
    "L101": FaultCode("error", "a version that there is not", "XLIFF 1.2, 2.3 version"),
    "L102": FaultCode("error", "a language of <file> that is no language code", "XLIFF 1.2, 2.3"),
    "L103": FaultCode("error", "an xml:lang that is no language code", "XML 1.0, 2.12"),
    "L104": FaultCode("warning", "a target of no language", "tools do not know what it is"),
    "L201": FaultCode("error", "two units of a file with one id", _KEYS),
    "L202": FaultCode("error", "a unit without source", _SCHEMA),
    "L203": FaultCode("error", "a second source, seg-source or target", _SCHEMA),
    "L204": FaultCode("error", "a source after its target", _SCHEMA),
    "L205": FaultCode("error", "a state that there is not", "XLIFF 1.2, 2.3 state"),
    "L206": FaultCode("error", "approved is neither yes nor no", "XLIFF 1.2, 2.3 approved"),
    "L207": FaultCode("error", "a phase or tool that the header does not have", _KEYS),
    "L208": FaultCode("error", "two groups of contexts or counts with one name", _KEYS),
    "L209": FaultCode("error", "two groups of a file with one id", _KEYS),
    "L301": FaultCode("warning", "a unit without any text", "tools count it as not translated"),
    "L302": FaultCode(
        "warning", "an empty target that is said to be done", "tools take it as it is"
    ),
    "L303": FaultCode(
        "style", "a text is indented: white space counts", "XLIFF 1.2, 2.3 xml:space"
    ),
    "L401": FaultCode("error", "<bpt> or <bx> without its end", "XLIFF 1.2, 2.2.4"),
    "L402": FaultCode("error", "<ept> or <ex> without its start", "XLIFF 1.2, 2.2.4"),
    "L403": FaultCode(
        "error", "a segment of the target that the source has not", f"{_SCHEMA}, mid"
    ),
    "L405": FaultCode("warning", "two codes of a source with one id", "XLIFF 1.2, 2.3 id"),
    "L406": FaultCode("error", "pos is neither open nor close", "XLIFF 1.2, 2.3 pos"),
    "L407": FaultCode("error", "two segments or starts of a text with one mid or rid", _KEYS),
    "L408": FaultCode(
        "warning",
        "starts and ends without rid or id in common: nothing says which belong together",
        "XLIFF 1.2, 2.3 rid",
    ),
    "L501": FaultCode("warning", "markup of ITS that ITS does not have", "ITS 2.0"),
}
