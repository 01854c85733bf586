"""The findings about XLIFF 2: how bad each is, what it means, who says so.

Clauses are those of XLIFF 2.1 (OASIS, 2018), where the section of an element or attribute bears its
name; "Schematron" is that of the same standard.
"""

from __future__ import annotations

from collections.abc import Mapping

from aligner.formats.validation.fault import Code
from aligner.formats.validation.rules import structure_codes

__all__ = ["CODES"]

_SCHEMA = "XLIFF 2, schema of the core and of the modules"
_IDS = "XLIFF 2.1, 4.3.1 id"
_HINTS = "XLIFF 2.1, 4.7.4 Editing Hints"
_FRAGMENTS = "XLIFF 2.1, 3 Fragment Identification"

CODES: Mapping[str, Code] = {
    **structure_codes("F", "XLIFF 2.1, 4.2.2.1 xliff", _SCHEMA),
    "F002": Code("error", "a namespace that is not that of the version", "XLIFF 2.1, 4.1"),
    "F016": Code(
        "error", "a module where the standard does not have it", "XLIFF 2.1, 4.2.2, Constraints"
    ),
    "F101": Code("error", "a version that there is not", "XLIFF 2.1, 4.3.1 version"),
    "F102": Code("error", "srcLang or trgLang is no language code", "BCP 47"),
    "F103": Code("error", "an xml:lang that is no language code", "BCP 47"),
    "F104": Code("error", "a text in another language than the file says", "4.2.2 source, target"),
    "F105": Code("error", "targets, but no trgLang", "XLIFF 2.1, 4.2.2.1 xliff, Constraints"),
    "F201": Code("error", "an id used twice where it must be one", _IDS),
    "F202": Code("error", "a unit without segment", "XLIFF 2.1, 4.2.2 unit, Constraints"),
    "F203": Code("error", "a segment without source", _SCHEMA),
    "F204": Code("error", "a second source or target", _SCHEMA),
    "F205": Code("error", "a state that there is not, a subState alone", "4.3.1 state, subState"),
    "F206": Code("error", "a state that needs a target, which is not there", "4.3.1 state"),
    "F207": Code("error", "a source after its target", _SCHEMA),
    "F208": Code("error", "a skeleton with both content and href, or neither", "4.2.2 skeleton"),
    "F209": Code("error", "orders of targets that do not fit together", "4.3.1 order"),
    "F210": Code("error", "two elements of an extension with one id", "XLIFF 2.1, 4.8 Extensions"),
    "F301": Code("warning", "a segment without any text", "tools count it as not translated"),
    "F302": Code("style", "a text is indented: white space counts", "4.3.2 xml:space"),
    "F303": Code(
        "warning",
        "white space kept in the source, not in the target",
        "4.3.2 xml:space; the samples of the TC refuse it",
    ),
    "F401": Code("error", "a code of a target that is not that of its source", _IDS),
    "F402": Code("error", "<sc> without <ec> in the unit", "4.2.3 sc, isolated"),
    "F403": Code("error", "<ec> without <sc> before it in the unit", "4.2.3 ec, isolated"),
    "F404": Code("error", "a pointer to original data that is not there", "4.3.1 dataRef"),
    "F405": Code("error", "<ec> with id and startRef at once, or the wrong one", "4.2.3 ec"),
    "F406": Code("error", "<sc> and <ec> of a pair with different hints", "4.2.3 sc, ec"),
    "F407": Code("error", "<sm> without <em>, or the reverse", "XLIFF 2.1, 4.7.5, Schematron"),
    "F408": Code("error", "a copy of a code that is not there or may not be copied", "4.7.2.3"),
    "F409": Code("error", "a code that may be moved no more, but deleted or copied", _HINTS),
    "F410": Code("error", "a sequence of codes that does not start with firstNo", _HINTS),
    "F411": Code("error", "a sequence of codes in another order in the target", _HINTS),
    "F412": Code("error", "a code that must stay is not in a target that is final", _HINTS),
    "F413": Code("warning", "a code that must stay is not in the target", _HINTS),
    "F414": Code("error", "a sub-flow that is no unit of the file", "XLIFF 2.1, 4.7.6 Sub-Flows"),
    "F415": Code("error", "a subType without type, or of another one", "4.3.1 subType"),
    "F416": Code("error", "a character in <cp> that XML does not forbid", "4.2.3 cp, hex"),
    "F417": Code("error", "an annotation without what its type needs", "XLIFF 2.1, 4.7.5"),
    "F419": Code("warning", "an annotation that says nothing", "4.7.5.1 Translate Annotation"),
    "F420": Code(
        "warning",
        "a code of a target that is of another segment's source",
        f"{_IDS}; the samples of the TC take it",
    ),
    "F501": Code("error", "a reference that is none", _FRAGMENTS),
    "F502": Code("error", "a reference to nothing", _FRAGMENTS),
    "F601": Code("error", "translation candidates", "XLIFF 2.1, 5.1"),
    "F602": Code("error", "glossary", "XLIFF 2.1, 5.2"),
    "F603": Code("error", "format style", "XLIFF 2.1, 5.3"),
    "F605": Code("error", "resource data", "XLIFF 2.1, 5.5"),
    "F606": Code("error", "size and length restriction", "XLIFF 2.1, 5.6"),
    "F607": Code("error", "validation", "XLIFF 2.1, 5.7"),
    "F608": Code("error", "change tracking", "XLIFF 2.0, 5.6; 2.1, appendix"),
    "F609": Code("error", "ITS", "XLIFF 2.1, 5.9"),
    "F615": Code(
        "warning",
        "a resource that is not there, or in another language",
        "5.5 ref, target: the samples of the TC do so themselves",
    ),
    "F616": Code("warning", "a size restriction of a profile that nobody names", "5.6 profiles"),
}
