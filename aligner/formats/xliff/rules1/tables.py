"""XLIFF 1.0, 1.1 and 1.2 as tables: content and attributes of each element, by version.

1.2: the schema `xliff-core-1.2-transitional` (OASIS, 2008), which takes what is given up since and
lets attributes of no namespace pass; what only the strict schema refuses is told as L016 and L017.
1.1: its schema, which differs in segments and names. 1.0: its DTD (2002), without a namespace.
`!`: required. `##other` are elements of other namespaces.
"""

from __future__ import annotations

from collections.abc import Mapping

from aligner.formats.validation.grammar import Element, element

__all__ = ["DEPRECATED", "GRAMMARS", "INLINE", "NAMESPACE_OF", "VERSIONS"]

_URN = "urn:oasis:names:tc:xliff:document:"
NAMESPACE_OF = {"1.0": "", "1.1": f"{_URN}1.1", "1.2": f"{_URN}1.2"}
VERSIONS = tuple(NAMESPACE_OF)
# what the transitional schema keeps for files of XLIFF 1.0; not told of `tool`, which nearly every
# writer of XLIFF 1.2 still uses and every reader knows
DEPRECATED = frozenset({"ts", "prop-group"})
INLINE = frozenset({"g", "x", "bx", "ex", "ph", "it", "bpt", "ept", "mrk"})

_DATATYPE = (
    "(asp|c|cdf|cfm|cpp|csharp|cstring|csv|database|documentfooter|documentheader|filedialog|form"
    "|html|htmlbody|ini|interleaf|javaclass|javapropertyresourcebundle|javalistresourcebundle"
    "|javascript|jscript|layout|lisp|margin|menufile|messagefile|mif|mimetype|mo|msglib|pagefooter"
    "|pageheader|parameters|pascal|php|plaintext|po|report|resources|resx|rtf|sgml|sgmldtd|svg"
    "|vbscript|warning|winres|xhtml|xml|xmldtd|xsl|xul|x-...)"
)
_RESTYPE = (
    "(auto3state|autocheckbox|autoradiobutton|bedit|bitmap|button|caption|cell|checkbox"
    "|checkboxmenuitem|checkedlistbox|colorchooser|combobox|comboboxexitem|comboboxitem|component"
    "|contextmenu|ctext|cursor|datetimepicker|defpushbutton|dialog|dlginit|edit|file|filechooser"
    "|fn|font|footer|frame|grid|groupbox|header|heading|hedit|hscrollbar|icon|iedit|keywords|label"
    "|linklabel|list|listbox|listitem|ltext|menu|menubar|menuitem|menuseparator|message"
    "|monthcalendar|numericupdown|panel|popupmenu|pushbox|pushbutton|radio|radiobuttonmenuitem"
    "|rcdata|row|rtext|scrollpane|separator|shortcut|spinner|splitter|state3|statusbar|string"
    "|tabcontrol|table|textbox|togglebutton|toolbar|tooltip|trackbar|tree|uri|userbutton"
    "|usercontrol|var|versioninfo|vscrollbar|window|x-...)"
)
_STATE = (
    "(final|needs-adaptation|needs-l10n|needs-review-adaptation|needs-review-l10n"
    "|needs-review-translation|needs-translation|new|signed-off|translated|x-...)@205"
)
_QUALIFIER = (
    "(exact-match|fuzzy-match|id-match|leveraged-glossary|leveraged-inherited|leveraged-mt"
    "|leveraged-repository|leveraged-tm|mt-suggestion|rejected-grammar|rejected-inaccurate"
    "|rejected-length|rejected-spelling|tm-suggestion|x-...)"
)
_MTYPE = (
    "(abbrev|abbreviated-form|abbreviation|acronym|appellation|collocation|common-name|datetime"
    "|equation|expanded-form|formula|head-term|initialism|international-scientific-term"
    "|internationalism|logical-expression|materials-management-unit|name|near-synonym|part-number"
    "|phrase|phraseological-unit|protected|romanized-form|seg|set-phrase|short-form|sku"
    "|standard-text|symbol|synonym|synonymous-phrase|term|transcribed-form|transliterated-form"
    "|truncated-term|variant|x-...)"
)
_UNITS = "(byte|char|col|cm|dlgunit|em|ex|glyph|in|mm|percent|pixel|point|row|x-...)=pixel"
_COUNTED = (
    "(word|page|trans-unit|bin-unit|glyph|item|instance|character|line|sentence|paragraph|segment"
    "|placeable|x-...)=word"
)
_CONTEXT = (
    "(database|element|elementtitle|linenumber|numparams|paramnotes|record|recordtitle|sourcefile"
    "|x-...)"
)
_PURPOSE = "(+information|location|match|x-...)"
_REFORMAT = (
    "reformat(+yes|no|coord|coord-x|coord-y|coord-cx|coord-cy|font|font-name|font-size|font-weight"
    "|css-style|style|ex-style|x-...)=yes"
)
_YES_NO = "(yes|no)"
_PAIRED = "ctype(bold|italic|underlined|link|x-...)"
_ALONE = "ctype(image|pb|lb|x-...)"
_SPACE = "xml:space(default|preserve)=default"
_LANG = "xml:lang(lang)@103"
_TEXT = "(#PCDATA | g | bpt | ept | ph | it | mrk | x | bx | ex)*"
_CODE = "(#PCDATA | sub)*"
_FILE = "(internal-file | external-file)"
_ID = "id! ts xid equiv-text"
_LOOK = "coord(coordinates) font css-style style(NMTOKEN) exstyle(NMTOKEN)"
_RESOURCE = (
    f"datatype{_DATATYPE} {_SPACE} ts restype{_RESTYPE} resname extradata extype help-id(NMTOKEN)"
    f" menu menu-option menu-name {_LOOK}"
)
_SIZES = (
    f"size-unit{_UNITS} maxwidth(NMTOKEN) minwidth(NMTOKEN) maxheight(NMTOKEN) minheight(NMTOKEN)"
    " maxbytes(NMTOKEN) minbytes(NMTOKEN) charclass"
)
_FLAGS = f"approved{_YES_NO}@206 translate{_YES_NO}=yes {_REFORMAT}"
_TOOL = "tool tool-id"
_ABOUT = "context-group | count-group | prop-group | note"

_XLIFF_1_2: Mapping[str, Element] = {
    "xliff": element("((##other*, file)+)", f"version! {_LANG}", foreign=True),
    "file": element(
        "(header?, body)",
        f"original! source-language!(language)@102 datatype!{_DATATYPE} {_TOOL} date(dateTime)"
        f" xml:space(default|preserve) ts category target-language(language)@102 product-name"
        " product-version build-num",
        foreign=True,
    ),
    "header": element(
        "(skl?, phase-group?, (glossary | reference | count-group | prop-group | note | tool)*,"
        " ##other*)"
    ),
    "skl": element(_FILE),
    "glossary": element(_FILE),
    "reference": element(_FILE),
    "internal-file": element("(#PCDATA)", "form crc(NMTOKEN)"),
    "external-file": element("EMPTY", "href! crc(NMTOKEN) uid(NMTOKEN)"),
    "note": element(
        "(#PCDATA)", f"{_LANG} priority(priority)=1 from annotates(source|target|general)=general"
    ),
    "phase-group": element("(phase+)"),
    "phase": element(
        "(note*)",
        f"phase-name! process-name! company-name {_TOOL} date(dateTime) job-id contact-name"
        " contact-email contact-phone",
    ),
    "count-group": element("(count*)", "name!"),
    "count": element("(#PCDATA)", f"count-type phase-name unit{_COUNTED}"),
    "context-group": element("(context+)", f"name crc(NMTOKEN) purpose{_PURPOSE}"),
    "context": element(
        "(#PCDATA)", f"context-type!{_CONTEXT} match-mandatory{_YES_NO}=no crc(NMTOKEN)"
    ),
    "prop-group": element("(prop+)", "name"),
    "prop": element("(#PCDATA)", f"prop-type! {_LANG}"),
    "tool": element("ANY", "tool-id! tool-name! tool-version tool-company", foreign=True),
    "body": element("((group | trans-unit | bin-unit)*)"),
    "group": element(
        "(context-group*, count-group*, prop-group*, note*, ##other*,"
        " (group | trans-unit | bin-unit)*)",
        f"id {_RESOURCE} translate{_YES_NO}=yes {_REFORMAT} {_SIZES} merged-trans{_YES_NO}=no",
        foreign=True,
    ),
    "trans-unit": element(
        f"(source, seg-source?, target?, ({_ABOUT} | alt-trans)*, ##other*)",
        f"id! {_FLAGS} {_RESOURCE} phase-name {_SIZES}",
        foreign=True,
    ),
    "source": element(_TEXT, f"{_LANG} ts", foreign=True),
    "seg-source": element(_TEXT, f"{_LANG} ts", foreign=True),
    "target": element(
        _TEXT,
        f"state{_STATE} state-qualifier{_QUALIFIER} phase-name(NMTOKEN) {_LANG} ts"
        f" restype{_RESTYPE} resname {_LOOK} equiv-trans{_YES_NO}=yes",
        foreign=True,
    ),
    "alt-trans": element(
        "(source?, seg-source?, target+, context-group*, prop-group*, note*, ##other*)",
        f"match-quality {_TOOL} crc(NMTOKEN) {_LANG} origin {_RESOURCE} mid(NMTOKEN)"
        " phase-name(NMTOKEN)"
        " alttranstype(proposal|previous-version|rejected|reference|accepted|x-...)=proposal",
        foreign=True,
    ),
    "bin-unit": element(
        f"(bin-source, bin-target?, ({_ABOUT} | trans-unit)*, ##other*)",
        f"id! mime-type!(mime) {_FLAGS} ts restype{_RESTYPE} resname phase-name",
        foreign=True,
    ),
    "bin-source": element(_FILE, "ts", foreign=True),
    "bin-target": element(
        _FILE,
        f"mime-type(mime) ts state{_STATE} state-qualifier{_QUALIFIER} phase-name(NMTOKEN)"
        f" restype{_RESTYPE} resname",
        foreign=True,
    ),
    "g": element(_TEXT, f"{_PAIRED} clone{_YES_NO}=yes {_ID}", foreign=True),
    "x": element("EMPTY", f"{_ALONE} clone{_YES_NO}=yes {_ID}", foreign=True),
    "bx": element("EMPTY", f"rid(NMTOKEN) {_PAIRED} clone{_YES_NO}=yes {_ID}", foreign=True),
    "ex": element("EMPTY", f"rid(NMTOKEN) {_ID}", foreign=True),
    "ph": element(_CODE, f"{_ALONE} crc assoc(preceding|following|both) {_ID}", foreign=True),
    "bpt": element(_CODE, f"rid(NMTOKEN) {_PAIRED} crc {_ID}", foreign=True),
    "ept": element(_CODE, f"rid(NMTOKEN) crc {_ID}", foreign=True),
    "it": element(_CODE, f"pos!(open|close)@406 rid(NMTOKEN) {_PAIRED} crc {_ID}", foreign=True),
    "sub": element(_TEXT, f"datatype{_DATATYPE} {_PAIRED} xid"),
    "mrk": element(_TEXT, f"mtype!{_MTYPE} mid(NMTOKEN) comment ts", foreign=True),
}

_OLD_UNIT = f"(source, target?, ({_ABOUT} | alt-trans)*{{other}})"
_OLD_MATCH = "(source?, target+, (note | context-group | prop-group)*{other})"
_XLIFF_1_1: Mapping[str, Element] = {
    **{name: row for name, row in _XLIFF_1_2.items() if name != "seg-source"},
    "context-group": element("(context+)", f"name! crc(NMTOKEN) purpose{_PURPOSE}"),
    "trans-unit": element(
        _OLD_UNIT.format(other=", ##other*"),
        f"id! {_FLAGS} {_RESOURCE} phase-name {_SIZES}",
        foreign=True,
    ),
    "alt-trans": element(
        _OLD_MATCH.format(other=", ##other*"),
        f"match-quality {_TOOL} crc(NMTOKEN) {_LANG} origin {_RESOURCE}",
        foreign=True,
    ),
}

_OLD_LOOK = "coord font css-style style(NMTOKEN) exstyle(NMTOKEN)"
_OLD_RESOURCE = (
    f"datatype {_SPACE} ts restype resname(NMTOKEN) extradata help-id(NMTOKEN) menu menu-option"
    f" menu-name {_OLD_LOOK}"
)
_OLD_TARGET = "state(NMTOKEN) phase-name(NMTOKEN) ts restype resname(NMTOKEN)"
_OLD_FLAGS = f"approved{_YES_NO}@206 translate{_YES_NO}=yes reformat{_YES_NO}=yes"
_OLD_ABOUT = "note | context-group | prop-group"
_XLIFF_1_0: Mapping[str, Element] = {
    "xliff": element("(file+)", f"version! {_LANG}"),
    "file": element(
        "(header, body)",
        f"original! source-language!(language)@102 datatype! tool date {_SPACE} ts category"
        " target-language(language)@102 product-name product-version build-num",
    ),
    "header": element(
        "(skl?, phase-group?, (prop-group | glossary | reference | note | count-group)*)"
    ),
    "skl": element(_FILE),
    "glossary": element(_FILE),
    "reference": element(_FILE),
    "internal-file": element("(#PCDATA)", "form crc(NMTOKEN)"),
    "external-file": element("EMPTY", "href! crc(NMTOKEN) uid(NMTOKEN)"),
    "note": element("(#PCDATA)", f"{_LANG} priority(priority)=1 from"),
    "prop-group": element("(prop+)", "name"),
    "prop": element("(#PCDATA)", f"prop-type! {_LANG}"),
    "context-group": element("(context+)", "name! crc(NMTOKEN)"),
    "context": element("(#PCDATA)", f"context-type! match-mandatory{_YES_NO}=no crc(NMTOKEN)"),
    "phase-group": element("(phase+)"),
    "phase": element(
        "(note*)",
        "phase-name! process-name! company-name tool date job-id contact-name contact-email"
        " contact-phone",
    ),
    "count-group": element("(count*)", "name!"),
    "count": element("(#PCDATA)", "count-type unit"),
    "body": element("((group | trans-unit | bin-unit)*)"),
    "group": element(
        "(context-group*, count-group*, prop-group*, note*, (group | trans-unit | bin-unit)*)",
        f"id(NMTOKEN) {_OLD_RESOURCE}",
    ),
    "trans-unit": element(
        _OLD_UNIT.format(other=""),
        f"id!(NMTOKEN) {_OLD_FLAGS} {_OLD_RESOURCE} {_SIZES.replace(_UNITS, '')} phase-name",
    ),
    "source": element(_TEXT, f"{_LANG} ts"),
    "target": element(_TEXT, f"{_OLD_TARGET} {_LANG} {_OLD_LOOK}"),
    "alt-trans": element(
        _OLD_MATCH.format(other=""),
        f"match-quality tool crc(NMTOKEN) {_LANG} origin {_OLD_RESOURCE}",
    ),
    "bin-unit": element(
        f"(bin-source, bin-target?, ({_OLD_ABOUT} | trans-unit)*)",
        f"id!(NMTOKEN) mime-type! {_OLD_FLAGS} ts restype resname(NMTOKEN) phase-name",
    ),
    "bin-source": element(_FILE, "ts"),
    "bin-target": element(_FILE, f"mime-type {_OLD_TARGET}"),
    "g": element(_TEXT, f"id! ctype clone{_YES_NO}=yes ts"),
    "x": element("EMPTY", f"id! ctype clone{_YES_NO}=yes ts"),
    "bx": element("EMPTY", f"id! rid(NMTOKEN) ctype clone{_YES_NO}=yes ts"),
    "ex": element("EMPTY", "id! rid(NMTOKEN) ts"),
    "ph": element(_CODE, "id! ctype ts crc(NMTOKEN) assoc"),
    "bpt": element(_CODE, "id! rid(NMTOKEN) ctype ts crc(NMTOKEN)"),
    "ept": element(_CODE, "id! rid(NMTOKEN) ts crc(NMTOKEN)"),
    "it": element(_CODE, "id! pos!(open|close)@406 rid(NMTOKEN) ctype ts crc(NMTOKEN)"),
    "mrk": element(_TEXT, "mtype! mid(NMTOKEN) comment ts"),
    "sub": element(_TEXT, "datatype ctype"),
}
GRAMMARS: Mapping[str, Mapping[str, Element]] = {
    "1.0": _XLIFF_1_0,
    "1.1": _XLIFF_1_1,
    "1.2": _XLIFF_1_2,
}
