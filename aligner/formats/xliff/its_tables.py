"""What ITS 2.0 (W3C, 2013) adds to XLIFF: its attributes with their types, and its elements.

The attributes are those of ITS 2.0, 8, that stand on elements of a host format; the two elements
with their children are those that XLIFF 2.1, 5.9, and the mapping of ITS to XLIFF 1.2 use.
"""

from __future__ import annotations

from collections.abc import Mapping

from aligner.formats.validation.grammar import Attribute, Element, attributes, element

__all__ = ["ELEMENTS", "ISSUE_TYPES", "ITS", "ITS_ATTRIBUTES"]

ITS = "http://www.w3.org/2005/11/its"
ISSUE_TYPES = (
    "terminology|mistranslation|omission|untranslated|addition|duplication|inconsistency|grammar"
    "|legal|register|locale-specific-content|locale-violation|style|characters|misspelling"
    "|typographical|formatting|inconsistent-entities|numbers|markup|pattern-problem|whitespace"
    "|internationalization|length|non-conformance|uncategorized|other"
)
_ISSUE = (
    f"{{0}}locQualityIssueType({ISSUE_TYPES}) {{0}}locQualityIssueComment"
    " {0}locQualityIssueSeverity(percent) {0}locQualityIssueProfileRef"
    " {0}locQualityIssueEnabled(yes|no)=yes"
)
_AGENTS = (
    "{0}org {0}orgRef {0}person {0}personRef {0}revOrg {0}revOrgRef {0}revPerson {0}revPersonRef"
    " {0}revTool {0}revToolRef {0}tool {0}toolRef"
)
_LOCAL = f"""
    its:version(1.0|2.0) its:translate(yes|no) its:term(yes|no) its:termInfoRef
    its:termConfidence(fraction) its:dir(ltr|rtl|lro|rlo) its:withinText(yes|no|nested)
    its:locNote its:locNoteRef its:locNoteType(alert|description)=description
    its:allowedCharacters its:annotatorsRef its:localeFilterList=*
    its:localeFilterType(include|exclude)=include its:storageSize(count) its:storageEncoding
    its:lineBreakType(cr|lf|crlf|nel) its:locQualityIssuesRef
    its:locQualityRatingProfileRef its:locQualityRatingScore(percent)
    its:locQualityRatingScoreThreshold(percent) its:locQualityRatingVote(integer)
    its:locQualityRatingVoteThreshold(integer) its:mtConfidence(fraction)
    its:provenanceRecordsRef its:taClassRef its:taConfidence(fraction) its:taIdent
    its:taIdentRef its:taSource {_ISSUE.format("its:")} {_AGENTS.format("its:")}
"""
ITS_ATTRIBUTES: Mapping[str, Attribute] = attributes(_LOCAL)
_RECORDS = "xml:id! version its:version"
ELEMENTS: Mapping[str, Element] = {
    "its:locQualityIssues": element("(its:locQualityIssue+)", _RECORDS),
    "its:locQualityIssue": element("EMPTY", f"version its:version {_ISSUE.format('')}"),
    "its:provenanceRecords": element("(its:provenanceRecord+)", _RECORDS),
    "its:provenanceRecord": element("EMPTY", f"version its:version {_AGENTS.format('')}"),
}
