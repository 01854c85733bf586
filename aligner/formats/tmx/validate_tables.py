"""The DTDs of TMX 1.1 to 1.4 as tables: content and attributes of each element, by version.

Written after the DTDs of LISA OSCAR (tmx11.dtd 1998, tmx12.dtd, tmx13.dtd, tmx14.dtd 2002) and the
text of TMX 1.4b (2005), which also says what values mean where a DTD has CDATA only. `!`: required.
"""

from __future__ import annotations

from collections.abc import Mapping

from aligner.formats.validation.grammar import Element, element

__all__ = ["GRAMMARS", "VERSIONS"]

_SEGTYPE = "segtype(block|paragraph|sentence|phrase)@103"
_WHO = "creationdate creationid changedate changeid"
_HEADER = (
    f"creationtool! creationtoolversion! {_SEGTYPE.replace('(', '!(')} o-tmf! adminlang! srclang!"
    f" datatype! o-encoding {_WHO}"
)
_USE = "o-encoding datatype usagecount(count)@106 lastusagedate creationtool creationtoolversion"
_CODES = "bpt | ept | ph | it | ut"
_ALL_CODES = "bpt | ept | ph | it | hi | ut"
_CODE = "(#PCDATA | sub)*"


def _grammar(
    seg: str,
    sub: str,
    sub_attributes: str,
    ut: str,
    *,
    highlight: str = "",
    lang: str,
    note_lang: str,
    prop_lang: str,
) -> Mapping[str, Element]:
    """What the versions share, and what each has of its own."""
    rows = {
        "tmx": element("(header, body)", "version!"),
        "header": element("(note | prop | ude)*", _HEADER),
        "ude": element("(map+)", "name! base"),
        "map": element("EMPTY", "unicode!(hex) code(hex) ent subst"),
        "body": element("(tu*)"),
        "note": element("(#PCDATA)", f"o-encoding {note_lang}"),
        "prop": element("(#PCDATA)", f"type! o-encoding {prop_lang}"),
        "tu": element("((note | prop)*, tuv+)", f"tuid {_USE} {_WHO} {_SEGTYPE} o-tmf srclang"),
        "tuv": element("((note | prop)*, seg)", f"{_USE} {_WHO} o-tmf {lang}"),
        "seg": element(f"(#PCDATA | {seg})*"),
        "bpt": element(_CODE, "i!(count)@406 x(count)@406 type"),
        "ept": element(_CODE, "i!(count)@406"),
        "it": element(_CODE, "pos!(begin|end)@404 x(count)@406 type"),
        "ph": element(_CODE, "assoc(p|f|b)@407 x(count)@406 type"),
        "sub": element(f"(#PCDATA | {sub})*", sub_attributes),
        "ut": element(ut, "x(count)@406"),
    }
    if highlight:
        rows["hi"] = element(f"(#PCDATA | {_ALL_CODES})*", highlight)
    return rows


_OLD = {"lang": "lang!", "note_lang": "lang", "prop_lang": "lang"}
GRAMMARS: Mapping[str, Mapping[str, Element]] = {
    "1.1": _grammar(f"{_CODES} | sub", _CODES, "", "(#PCDATA)", **_OLD),
    "1.2": _grammar(_ALL_CODES, _ALL_CODES, "datatype type", "(#PCDATA)", highlight="type", **_OLD),
    "1.3": _grammar(
        _ALL_CODES,
        _ALL_CODES,
        "datatype type",
        "(#PCDATA)",
        highlight="type",
        lang="xml:lang! lang",
        note_lang="xml:lang lang",
        prop_lang="xml:lang",
    ),
    "1.4": _grammar(
        _ALL_CODES,
        _ALL_CODES,
        "datatype type",
        _CODE,
        highlight="x(count)@406 type",
        lang="xml:lang! lang",
        note_lang="xml:lang lang",
        prop_lang="xml:lang lang",
    ),
}
VERSIONS = tuple(GRAMMARS)
