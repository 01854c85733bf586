"""The findings about XLIFF 1: how bad each is, what it means, who says so."""

from __future__ import annotations

from collections.abc import Mapping

from aligner.formats.validation.fault import Code
from aligner.formats.validation.rules import structure_codes

__all__ = ["CODES"]

_SCHEMA = "XLIFF 1.2, schema (transitional)"
_KEYS = "XLIFF 1.2, schema, identity constraints of <file>"

CODES: Mapping[str, Code] = {
    **structure_codes("L", "XLIFF 1.2, 2.1 <xliff>", _SCHEMA),
    "L002": Code("error", "a namespace that is not that of the version", "XLIFF 1.2, 2.1"),
    "L016": Code(
        "warning",
        "an attribute that the strict schema does not have",
        "XLIFF 1.2, 1.1: the transitional schema lets any pass",
    ),
    "L017": Code("style", "what is given up since XLIFF 1.1", "XLIFF 1.2, deprecated"),
    "L101": Code("error", "a version that there is not", "XLIFF 1.2, 2.3 version"),
    "L102": Code("error", "a language of <file> that is no language code", "XLIFF 1.2, 2.3"),
    "L103": Code("error", "an xml:lang that is no language code", "XML 1.0, 2.12"),
    "L104": Code("warning", "a target of no language", "tools do not know what it is"),
    "L201": Code("error", "two units of a file with one id", _KEYS),
    "L202": Code("error", "a unit without source", _SCHEMA),
    "L203": Code("error", "a second source, seg-source or target", _SCHEMA),
    "L204": Code("error", "a source after its target", _SCHEMA),
    "L205": Code("error", "a state that there is not", "XLIFF 1.2, 2.3 state"),
    "L206": Code("error", "approved is neither yes nor no", "XLIFF 1.2, 2.3 approved"),
    "L207": Code("error", "a phase or tool that the header does not have", _KEYS),
    "L208": Code("error", "two groups of contexts or counts with one name", _KEYS),
    "L209": Code("error", "two groups of a file with one id", _KEYS),
    "L301": Code("warning", "a unit without any text", "tools count it as not translated"),
    "L302": Code("warning", "an empty target that is said to be done", "tools take it as it is"),
    "L303": Code("style", "a text is indented: white space counts", "XLIFF 1.2, 2.3 xml:space"),
    "L401": Code("error", "<bpt> or <bx> without its end", "XLIFF 1.2, 2.2.4"),
    "L402": Code("error", "<ept> or <ex> without its start", "XLIFF 1.2, 2.2.4"),
    "L403": Code("error", "a segment of the target that the source has not", f"{_SCHEMA}, mid"),
    "L405": Code("warning", "two codes of a source with one id", "XLIFF 1.2, 2.3 id"),
    "L406": Code("error", "pos is neither open nor close", "XLIFF 1.2, 2.3 pos"),
    "L407": Code("error", "two segments or starts of a text with one mid or rid", _KEYS),
    "L408": Code(
        "warning",
        "starts and ends without rid or id in common: nothing says which belong together",
        "XLIFF 1.2, 2.3 rid",
    ),
    "L501": Code("warning", "markup of ITS that ITS does not have", "ITS 2.0"),
}
