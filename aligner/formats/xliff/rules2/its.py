"""Constraints of the ITS module (XLIFF 2.1, 5.9) and its Schematron."""

from __future__ import annotations

from collections.abc import Iterator

from aligner.formats.xliff.rules2.problems import CheckedFile, Problem
from aligner.formats.xliff.rules2.tree import Node

__all__ = ["annotators", "combinations", "records", "scopes"]

_CATEGORIES = frozenset(
    [
        *("allowed-characters", "directionality", "domain", "elements-within-text"),
        *("external-resource", "id-value", "language-information", "locale-filter"),
        *("localization-note", "localization-quality-issue", "localization-quality-rating"),
        *("mt-confidence", "preserve-space", "provenance", "storage-size", "target-pointer"),
        *("terminology", "text-analysis", "translate"),
    ]
)
_AGENTS = (
    *("org", "orgRef", "person", "personRef", "revOrg", "revOrgRef", "revPerson"),
    *("revPersonRef", "revTool", "revToolRef", "tool", "toolRef"),
)
# attribute -> what may not stand beside it
_EXCLUDED = {
    "its:locQualityIssuesRef": (
        "its:locQualityIssueType",
        "its:locQualityIssueComment",
        "its:locQualityIssueSeverity",
        "its:locQualityIssueProfileRef",
        "its:locQualityIssueEnabled",
    ),
    "its:locQualityRatingScore": ("its:locQualityRatingVote",),
    "its:taIdentRef": ("its:taSource", "its:taIdent"),
    "its:provenanceRecordsRef": tuple(f"its:{name}" for name in _AGENTS),
}
# attribute -> what must stand beside it
_NEEDED = {"its:taSource": "its:taIdent", "its:taIdent": "its:taSource"}
# attribute -> what must stand on it or around it
_NEEDED_AROUND = {
    "its:locQualityRatingScoreThreshold": "its:locQualityRatingScore",
    "its:locQualityRatingVoteThreshold": "its:locQualityRatingVote",
}


def scopes(node: Node, _: CheckedFile) -> Iterator[Problem]:
    """Markup of ITS stands in the scope of an its:version."""
    uses = node.name.startswith("its:") or any(key.startswith("its:") for key in node.attributes)
    if uses and not node.inherited("its:version") and "version" not in node.attributes:
        yield Problem(609, node, "markup of ITS without its:version", 'add its:version="2.0"')


def combinations(node: Node, _: CheckedFile) -> Iterator[Problem]:
    """What excludes and what needs what, on one element."""
    for name, excluded in _EXCLUDED.items():
        beside = [one for one in excluded if one in node.attributes]
        if name in node.attributes and beside:
            yield Problem(609, node, f"there are both {name} and {beside[0]}", "keep one")
    for name, needed in _NEEDED.items():
        if name in node.attributes and needed not in node.attributes:
            yield Problem(609, node, f"there is {name}, but no {needed}", f"add {needed}")
    for name, needed in _NEEDED_AROUND.items():
        if name in node.attributes and not node.inherited(needed):
            yield Problem(609, node, f"there is {name}, but no {needed}", f"add {needed}")


def annotators(node: Node, _: CheckedFile) -> Iterator[Problem]:
    """annotatorsRef: `category|reference`, each category once."""
    if "its:annotatorsRef" not in node.attributes:
        return
    seen: set[str] = set()
    for word in node.get("its:annotatorsRef").split():
        category, bar, reference = word.partition("|")
        if category not in _CATEGORIES or not bar or not reference:
            reason = f"annotatorsRef has {word!r}, which is no category of ITS and its reference"
            yield Problem(609, node, reason, "write category|reference without spaces")
        elif category in seen:
            yield Problem(609, node, f"annotatorsRef names {category!r} twice", "keep one")
        seen.add(category)


def records(node: Node, _: CheckedFile) -> Iterator[Problem]:
    """Records that say something; ids that are one in their unit, group or file."""
    if node.name == "its:locQualityIssue" and not (
        "locQualityIssueType" in node.attributes or "locQualityIssueComment" in node.attributes
    ):
        yield Problem(609, node, "the issue has neither type nor comment", "add one of the two")
    if node.name == "its:provenanceRecord" and not any(name in node.attributes for name in _AGENTS):
        yield Problem(
            609, node, "the record names nobody", "add a person, an organization or a tool"
        )
    if node.name in ("its:locQualityIssues", "its:provenanceRecords") and node.parent is not None:
        same = [
            one
            for one in node.parent.named("its:locQualityIssues", "its:provenanceRecords")
            if one.get("xml:id") == node.get("xml:id")
        ]
        if same[0] is not node:
            reason = f"the xml:id {node.get('xml:id')!r} is that of earlier records"
            yield Problem(609, node, reason, "give each its own")
