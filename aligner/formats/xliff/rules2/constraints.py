"""The constraints of XLIFF 2, in the order of the standard: on which element, and what must hold."""

from __future__ import annotations

from aligner.formats.xliff.rules2 import inline, its, modules, order, structure
from aligner.formats.xliff.rules2.problems import Constraint

__all__ = ["CONSTRAINTS"]

_CODES = ("ph", "pc", "sc", "ec")
_MARKS = ("mrk", "sm")
_SIZED = ("file", "group", "unit", *_CODES, *_MARKS)
_STYLED = (*_SIZED, "note", "segment", "source", "target")
_ITS = (
    *("file", "group", "unit", "mtc:match", "ctr:revisions", "ctr:revision", *_MARKS),
    *("its:locQualityIssues", "its:locQualityIssue", "its:provenanceRecords"),
    "its:provenanceRecord",
)
_LISTS = (
    *("notes", "originalData", "mtc:matches", "gls:glossary", "mda:metadata", "res:resourceData"),
)

CONSTRAINTS = (
    # 4.2.2 structural elements
    Constraint(("skeleton",), structure.skeletons),
    Constraint(("unit",), structure.segments),
    Constraint(("source", "target"), structure.languages),
    Constraint(("segment", "ignorable"), structure.spaces),
    # 4.2.3 inline elements
    Constraint(("cp",), inline.characters),
    Constraint(_CODES, inline.codes),
    Constraint(("ec",), inline.ends),
    # 4.3.1 attributes
    Constraint(_LISTS, structure.ids_of_list),
    Constraint(("unit", "mtc:match"), structure.ids_of_content),
    Constraint(("unit", "mtc:match"), inline.data),
    Constraint(("unit", "mtc:match"), inline.copies),
    Constraint(("unit", "mtc:match"), inline.pairs),
    Constraint(("unit",), order.target_order),
    Constraint(("segment",), structure.states),
    # 4.7 inline content
    Constraint(_MARKS, inline.marks),
    Constraint(("segment", "ignorable"), order.sequences),
    Constraint(("unit",), order.kept),
    # 5 modules
    Constraint(("mtc:match",), modules.candidates),
    Constraint(("gls:glossEntry",), modules.entries),
    Constraint(_STYLED, modules.styles),
    Constraint(("res:resourceItem",), modules.resources),
    Constraint(("res:source", "res:target"), modules.resource_sides),
    Constraint(_SIZED, modules.sizes),
    Constraint(("val:rule",), modules.rules),
    Constraint(("ctr:revisions",), modules.revisions),
    Constraint(_ITS, its.scopes),
    Constraint(_ITS, its.combinations),
    Constraint(_ITS, its.annotators),
    Constraint(_ITS, its.records),
    # what tools need besides
    Constraint(("segment",), structure.texts),
)
