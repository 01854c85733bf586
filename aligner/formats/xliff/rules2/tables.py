"""XLIFF 2 and its modules as tables: content and attributes of each element, places of modules.

Written after the schemas of XLIFF 2.0, 2.1 and 2.2 (OASIS) and the sections of the elements. `!`:
required; after `=` stands the default. `##other` are elements of other namespaces: of modules where
`PLACES` has them, of extensions where they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from aligner.formats.validation.grammar import Attribute, Element, attributes, element
from aligner.formats.xliff.its_tables import ELEMENTS as ITS_ELEMENTS
from aligner.formats.xliff.its_tables import ITS, ITS_ATTRIBUTES

__all__ = [
    "CODES_OF_TEXT",
    "CORE",
    "GRAMMARS",
    "INLINE",
    "MODULE_ATTRIBUTES",
    "MODULE_PLACES",
    "NAMESPACES",
    "VERSIONS",
    "ModuleAttribute",
]

_URN = "urn:oasis:names:tc:xliff:"
CORE = f"{_URN}document:2.0"
CORE_2_2 = f"{_URN}document:2.2"
VERSIONS = {"2.0": CORE, "2.1": CORE, "2.2": CORE_2_2}
NAMESPACES = {
    CORE: "",
    CORE_2_2: "",
    f"{_URN}matches:2.0": "mtc",
    f"{_URN}glossary:2.0": "gls",
    f"{_URN}fs:2.0": "fs",
    f"{_URN}metadata:2.0": "mda",
    f"{_URN}resourcedata:2.0": "res",
    f"{_URN}changetracking:2.0": "ctr",
    f"{_URN}sizerestriction:2.0": "slr",
    f"{_URN}validation:2.0": "val",
    f"{_URN}itsm:2.1": "itsm",
    f"{_URN}pgs:1.0": "pgs",
    ITS: "its",
}

# codes of the original format, and all that may stand inside a text
CODES_OF_TEXT = frozenset({"ph", "pc", "sc", "ec"})
INLINE = CODES_OF_TEXT | {"cp", "mrk", "sm", "em"}

_TEXT = "(#PCDATA | cp | ph | pc | sc | ec | mrk | sm | em)*"
_YES_NO = "(yes|no)"
_DIR = "(ltr|rtl|auto)"
_SPACE = "xml:space(default|preserve)"
_LANG = "xml:lang(lang)@103"
_ID = "id(NMTOKEN)"
_INHERITED = (
    f"canResegment{_YES_NO} translate{_YES_NO} srcDir{_DIR} trgDir{_DIR} type(prefixed) {_SPACE}"
)
_HINTS = (
    f"canCopy{_YES_NO}=yes canDelete{_YES_NO}=yes canReorder(yes|firstNo|no)=yes copyOf(NMTOKEN)"
    " subType(prefixed)@415 type(fmt|ui|quote|link|image|other)"
)
_ONE = "disp equiv dataRef(NMTOKEN) subFlows(NMTOKENS)"
_SPAN = f"{_ONE} canOverlap{_YES_NO}=yes dir{_DIR} isolated{_YES_NO}=no"
_MARK = f"id!(NMTOKEN) translate{_YES_NO} type(annotation)=generic ref value"
_PART = "(source, target?)"

_XLIFF_2_1: Mapping[str, Element] = {
    "xliff": element(
        "(file+)",
        f"version! srcLang!(language)@102 trgLang(language)@102 {_SPACE}=default",
        foreign=True,
    ),
    "file": element(
        "(skeleton?, ##other*, notes?, (unit | group)+)",
        f"id!(NMTOKEN) canResegment{_YES_NO}=yes original translate{_YES_NO}=yes srcDir{_DIR}=auto"
        f" trgDir{_DIR}=auto {_SPACE}",
        foreign=True,
    ),
    "skeleton": element("(#PCDATA | ##other)*", "href"),
    "group": element(
        "(##other*, notes?, (unit | group)*)", f"id!(NMTOKEN) name {_INHERITED}", foreign=True
    ),
    "unit": element(
        "(##other*, notes?, originalData?, (segment | ignorable)+)",
        f"id!(NMTOKEN) name {_INHERITED}",
        foreign=True,
    ),
    "segment": element(
        _PART,
        f"{_ID} canResegment{_YES_NO} state(initial|translated|reviewed|final)=initial@205"
        " subState(prefixed)@205",
    ),
    "ignorable": element(_PART, _ID),
    "notes": element("(note+)"),
    "note": element(
        "(#PCDATA)", f"{_ID} appliesTo(source|target) category priority(priority)=1", foreign=True
    ),
    "originalData": element("(data+)"),
    "data": element("(#PCDATA | cp)*", f"id!(NMTOKEN) dir{_DIR}=auto xml:space(preserve|)"),
    "source": element(_TEXT, f"{_LANG} {_SPACE}"),
    "target": element(_TEXT, f"{_LANG} {_SPACE} order(positiveInteger)@209"),
    "cp": element("EMPTY", "hex!(hexBinary)@416"),
    "ph": element("EMPTY", f"id!(NMTOKEN) {_HINTS} {_ONE}", foreign=True),
    "pc": element(
        _TEXT,
        f"id!(NMTOKEN) {_HINTS} canOverlap{_YES_NO}=no dispEnd dispStart equivEnd equivStart"
        f" dataRefEnd(NMTOKEN) dataRefStart(NMTOKEN) subFlowsEnd(NMTOKENS)"
        f" subFlowsStart(NMTOKENS) dir{_DIR}",
        foreign=True,
    ),
    "sc": element("EMPTY", f"id!(NMTOKEN) {_HINTS} {_SPAN}", foreign=True),
    "ec": element("EMPTY", f"{_ID} startRef(NMTOKEN) {_HINTS} {_SPAN}", foreign=True),
    "mrk": element(_TEXT, _MARK, foreign=True),
    "sm": element("EMPTY", _MARK, foreign=True),
    "em": element("EMPTY", "startRef!(NMTOKEN)"),
}

_MODULES: Mapping[str, Element] = {
    # 5.1 Translation Candidates
    "mtc:matches": element("(mtc:match+)"),
    "mtc:match": element(
        "(mda:metadata?, originalData?, source, target, ##other*)",
        f"{_ID} matchQuality(percent) matchSuitability(percent) origin ref! reference{_YES_NO}=no"
        " similarity(percent) subType(prefixed) type(am|mt|icm|idm|tb|tm|other)",
        foreign=True,
    ),
    # 5.2 Glossary
    "gls:glossary": element("(gls:glossEntry+)"),
    "gls:glossEntry": element(
        "(gls:term, gls:translation*, gls:definition?, ##other*)", f"{_ID} ref", foreign=True
    ),
    "gls:term": element("(#PCDATA)", "source", foreign=True),
    "gls:translation": element("(#PCDATA)", f"{_ID} ref source", foreign=True),
    "gls:definition": element("(#PCDATA)", "source", foreign=True),
    # 5.4 Metadata
    "mda:metadata": element("(mda:metaGroup+)", _ID),
    "mda:metaGroup": element(
        "((mda:metaGroup | mda:meta)+)", f"{_ID} category appliesTo(source|target|ignorable)"
    ),
    "mda:meta": element("(#PCDATA)", "type!"),
    # 5.5 Resource Data
    "res:resourceData": element("(res:resourceItemRef*, res:resourceItem*)"),
    "res:resourceItemRef": element("EMPTY", f"{_ID} ref!(NMTOKEN)", foreign=True),
    "res:resourceItem": element(
        "(res:source?, res:target?, res:reference*)",
        f"mimeType {_ID} context{_YES_NO}=yes",
        foreign=True,
    ),
    "res:source": element("(##other*)", f"href {_LANG}", foreign=True),
    "res:target": element("(##other*)", f"href {_LANG}", foreign=True),
    "res:reference": element("EMPTY", f"href! {_LANG}", foreign=True),
    # 5.6 Size and Length Restriction
    "slr:profiles": element("(slr:normalization?, ##other*)", "generalProfile storageProfile"),
    "slr:normalization": element("EMPTY", "general(none|nfc|nfd)=none storage(none|nfc|nfd)=none"),
    "slr:data": element("(##other*)", "profile!", foreign=True),
    # 5.7 Validation
    "val:validation": element("(val:rule+)", foreign=True),
    "val:rule": element(
        "EMPTY",
        f"isPresent occurs(positiveInteger) isNotPresent startsWith endsWith existsInSource{_YES_NO}"
        f"=no caseSensitive{_YES_NO}=yes normalization(none|nfc|nfd)=nfc disabled{_YES_NO}=no",
        foreign=True,
    ),
    # change tracking, 5.6 of XLIFF 2.0, an extension in 2.1
    "ctr:changeTrack": element("(ctr:revisions+)"),
    "ctr:revisions": element(
        "(ctr:revision+)", "appliesTo!(NMTOKEN) ref(NMTOKEN) currentVersion(NMTOKEN)", foreign=True
    ),
    "ctr:revision": element("(ctr:item+)", "author datetime version(NMTOKEN)", foreign=True),
    "ctr:item": element("(#PCDATA)", "property!", foreign=True),
    # 5.9 ITS
    **ITS_ELEMENTS,
}

_XLIFF_2_2: Mapping[str, Element] = {
    **_XLIFF_2_1,
    "xliff": element(
        "(notes?, mda:metadata?, file+)",
        f"version!(2.0|2.1|2.2)@101 srcLang!(language)@102 trgLang(language)@102 {_SPACE}=default",
        foreign=True,
    ),
    "note": element(
        "(#PCDATA)",
        f"{_ID} appliesTo(source|target) category priority(priority)=1 ref",
        foreign=True,
    ),
    "segment": element(
        _PART,
        f"{_ID} canResegment{_YES_NO} state(initial|translated|reviewed|final)=initial@205"
        " subState(prefixed)@205 pgs:case",
    ),
}
_MODULES_2_2: Mapping[str, Element] = {
    **_MODULES,
    "res:resourceItem": element(
        "(notes?, res:source?, res:target?, res:reference*)",
        f"mimeType {_ID} context{_YES_NO}=yes",
        foreign=True,
    ),
}
GRAMMARS: Mapping[str, Mapping[str, Element]] = {
    "2.0": {**_XLIFF_2_1, **_MODULES},
    "2.1": {**_XLIFF_2_1, **_MODULES},
    "2.2": {**_XLIFF_2_2, **_MODULES_2_2},
}

# module -> elements that may hold it, and whether more than once (4.2.2, Constraints)
_STRUCTURE = ("file", "group", "unit")
MODULE_PLACES: Mapping[str, tuple[tuple[str, ...], bool]] = {
    "mtc:matches": (("unit",), False),
    "gls:glossary": (("unit",), False),
    "mda:metadata": (("xliff", *_STRUCTURE, "mtc:match", "gls:glossEntry"), False),
    "res:resourceData": (("file", "unit"), False),
    "ctr:changeTrack": (_STRUCTURE, True),
    "slr:profiles": (("file",), False),
    "slr:data": (_STRUCTURE, False),
    "val:validation": (_STRUCTURE, False),
    "its:locQualityIssues": (("unit",), True),
    "its:provenanceRecords": (_STRUCTURE, True),
}


class ModuleAttribute(NamedTuple):
    """An attribute of a module, and the elements that may bear it."""

    attribute: Attribute
    on: frozenset[str]


_FS = (
    "fs:fs(a|b|bdo|big|blockquote|body|br|button|caption|center|cite|code|col|colgroup|dd|del|div"
    "|dl|dt|em|h1|h2|h3|h4|h5|h6|head|hr|html|i|img|label|legend|li|ol|p|pre|q|s|samp|select|small"
    "|span|strike|strong|sub|sup|table|tbody|td|tfoot|th|thead|title|tr|tt|u|ul)@603 fs:subFs"
)
_MARKS = ("mrk", "sm")
_INLINE_CODES = ("ph", "pc", "sc", "ec")
_ITS_HERE = frozenset({"xliff", *_STRUCTURE, *_MARKS, "mtc:match", "ctr:revisions", "ctr:revision"})


def _on(listed: str, *elements: str) -> dict[str, ModuleAttribute]:
    return {
        name: ModuleAttribute(attribute, frozenset(elements))
        for name, attribute in attributes(listed).items()
    }


MODULE_ATTRIBUTES: Mapping[str, ModuleAttribute] = {
    **_on(_FS, *_STRUCTURE, "note", *_INLINE_CODES, *_MARKS),
    **_on("slr:equivStorage", *_INLINE_CODES),
    **_on("slr:sizeInfo slr:sizeInfoRef(NMTOKEN)", *_STRUCTURE, *_INLINE_CODES),
    **_on("slr:sizeRestriction slr:storageRestriction", *_STRUCTURE, *_MARKS, "pc", "sc"),
    **_on("itsm:domains itsm:lang(language)", *_STRUCTURE, *_MARKS, "mtc:match"),
    **_on("pgs:switch", "group", "unit"),
    **{name: ModuleAttribute(row, _ITS_HERE) for name, row in ITS_ATTRIBUTES.items()},
}
