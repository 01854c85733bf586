"""The findings about XLIFF 2: how bad each is, what it means, who says so.

Clauses are those of XLIFF 2.1 (OASIS, 2018), where the section of an element or attribute bears its
name; "Schematron" is that of the same standard.
"""

from __future__ import annotations

from collections.abc import Mapping

from aligner.formats.validation.fault import FaultCode
from aligner.formats.validation.rules import structure_codes

__all__ = ["CODES"]

_SCHEMA = "XLIFF 2, schema of the core and of the modules"
_IDS = "XLIFF 2.1, 4.3.1 id"
_HINTS = "XLIFF 2.1, 4.7.4 Editing Hints"
_FRAGMENTS = "XLIFF 2.1, 3 Fragment Identification"

CODES: Mapping[str, FaultCode] = {
    **structure_codes("F", "XLIFF 2.1, 4.2.2.1 xliff", _SCHEMA),
    "F002": FaultCode("error", "a namespace that is not that of the version", "XLIFF 2.1, 4.1"),
    "F016": FaultCode(
        "error", "a module where the standard does not have it", "XLIFF 2.1, 4.2.2, Constraints"
    ),
    "F101": FaultCode("error", "a version that there is not", "XLIFF 2.1, 4.3.1 version"),
    "F102": FaultCode("error", "srcLang or trgLang is no language code", "BCP 47"),
    "F103": FaultCode("error", "an xml:lang that is no language code", "BCP 47"),
    "F104": FaultCode(
        "error", "a text in another language than the file says", "4.2.2 source, target"
    ),
    "F105": FaultCode("error", "targets, but no trgLang", "XLIFF 2.1, 4.2.2.1 xliff, Constraints"),
    "F201": FaultCode("error", "an id used twice where it must be one", _IDS),
    "F202": FaultCode("error", "a unit without segment", "XLIFF 2.1, 4.2.2 unit, Constraints"),
    "F203": FaultCode("error", "a segment without source", _SCHEMA),
    "F204": FaultCode("error", "a second source or target", _SCHEMA),
    "F205": FaultCode(
        "error", "a state that there is not, a subState alone", "4.3.1 state, subState"
    ),
    "F206": FaultCode("error", "a state that needs a target, which is not there", "4.3.1 state"),
    "F207": FaultCode("error", "a source after its target", _SCHEMA),
    "F208": FaultCode(
        "error", "a skeleton with both content and href, or neither", "4.2.2 skeleton"
    ),
    "F209": FaultCode("error", "orders of targets that do not fit together", "4.3.1 order"),
    "F210": FaultCode(
        "error", "two elements of an extension with one id", "XLIFF 2.1, 4.8 Extensions"
    ),
    "F301": FaultCode("warning", "a segment without any text", "tools count it as not translated"),
    "F302": FaultCode("style", "a text is indented: white space counts", "4.3.2 xml:space"),
    "F303": FaultCode(
        "warning",
        "white space kept in the source, not in the target",
        "4.3.2 xml:space; the samples of the TC refuse it",
    ),
    "F401": FaultCode("error", "a code of a target that is not that of its source", _IDS),
    "F402": FaultCode("error", "<sc> without <ec> in the unit", "4.2.3 sc, isolated"),
    "F403": FaultCode("error", "<ec> without <sc> before it in the unit", "4.2.3 ec, isolated"),
    "F404": FaultCode("error", "a pointer to original data that is not there", "4.3.1 dataRef"),
    "F405": FaultCode("error", "<ec> with id and startRef at once, or the wrong one", "4.2.3 ec"),
    "F406": FaultCode("error", "<sc> and <ec> of a pair with different hints", "4.2.3 sc, ec"),
    "F407": FaultCode("error", "<sm> without <em>, or the reverse", "XLIFF 2.1, 4.7.5, Schematron"),
    "F408": FaultCode(
        "error", "a copy of a code that is not there or may not be copied", "4.7.2.3"
    ),
    "F409": FaultCode("error", "a code that may be moved no more, but deleted or copied", _HINTS),
    "F410": FaultCode("error", "a sequence of codes that does not start with firstNo", _HINTS),
    "F411": FaultCode("error", "a sequence of codes in another order in the target", _HINTS),
    "F412": FaultCode("error", "a code that must stay is not in a target that is final", _HINTS),
    "F413": FaultCode("warning", "a code that must stay is not in the target", _HINTS),
    "F414": FaultCode(
        "error", "a sub-flow that is no unit of the file", "XLIFF 2.1, 4.7.6 Sub-Flows"
    ),
    "F415": FaultCode("error", "a subType without type, or of another one", "4.3.1 subType"),
    "F416": FaultCode("error", "a character in <cp> that XML does not forbid", "4.2.3 cp, hex"),
    "F417": FaultCode("error", "an annotation without what its type needs", "XLIFF 2.1, 4.7.5"),
    "F419": FaultCode("warning", "an annotation that says nothing", "4.7.5.1 Translate Annotation"),
    "F420": FaultCode(
        "warning",
        "a code of a target that is of another segment's source",
        f"{_IDS}; the samples of the TC take it",
    ),
    "F501": FaultCode("error", "a reference that is none", _FRAGMENTS),
    "F502": FaultCode("error", "a reference to nothing", _FRAGMENTS),
    "F601": FaultCode("error", "translation candidates", "XLIFF 2.1, 5.1"),
    "F602": FaultCode("error", "glossary", "XLIFF 2.1, 5.2"),
    "F603": FaultCode("error", "format style", "XLIFF 2.1, 5.3"),
    "F605": FaultCode("error", "resource data", "XLIFF 2.1, 5.5"),
    "F606": FaultCode("error", "size and length restriction", "XLIFF 2.1, 5.6"),
    "F607": FaultCode("error", "validation", "XLIFF 2.1, 5.7"),
    "F608": FaultCode("error", "change tracking", "XLIFF 2.0, 5.6; 2.1, appendix"),
    "F609": FaultCode("error", "ITS", "XLIFF 2.1, 5.9"),
    "F615": FaultCode(
        "warning",
        "a resource that is not there, or in another language",
        "5.5 ref, target: the samples of the TC do so themselves",
    ),
    "F616": FaultCode(
        "warning", "a size restriction of a profile that nobody names", "5.6 profiles"
    ),
}
