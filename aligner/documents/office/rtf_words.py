r"""What the control words of Rich Text Format mean for the text: data for the reader.

Standard: RTF Specification 1.9.1.
"""

from __future__ import annotations

import re

__all__ = [
    "ASIDE",
    "CHARACTERS",
    "DRAWING",
    "ENDS",
    "KEPT_STARS",
    "PLACES",
    "SIGNS",
    "SKIPPED",
    "SYMBOL_FIELD",
    "TOGGLES",
]

SIGNS = {"~": "\u00a0", "_": "\u2011", "\n": "\n", "\r": "\n", "\\": "\\", "{": "{", "}": "}"}
CHARACTERS = {
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "page": " ",
    "column": " ",
    "zwj": "\u200d",
    "zwnj": "\u200c",
}
TOGGLES = {"b": "bold", "i": "italic", "ul": "underline", "super": "sup", "sub": "sub"}
ENDS = ("par", "sect", "cell", "nestcell", "row")
# destinations without words of the text: tables of what the file uses, data, names
SKIPPED = frozenset(
    [
        *("colortbl", "pict", "objdata", "objclass", "objname", "objalias", "objsect", "themedata"),
        *("listtable", "listoverridetable", "bkmkstart", "bkmkend", "nonshppict", "datastore"),
        *("atnid", "atnauthor", "atndate", "atnref", "atrfstart", "atrfend", "atnparent", "atnicn"),
        *("ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "filetbl", "revtbl"),
        *("rsidtbl", "generator", "xmlnstbl", "latentstyles", "colorschememapping", "pgdsc"),
        *("panose", "falt", "blipuid", "sn", "svb", "fontemb", "passwordhash", "pgptbl"),
        *("nonesttables", "operator", "userprops", "writereservhash", "ffname", "ffformat"),
        *("pnseclvl", "mmathPr", "background", "shprslt", "wgrffmtfilter", "pgdsctbl"),
    ]
)
DRAWING = "property of a drawing"
PLACES = {"fonttbl": "fonts", "stylesheet": "styles", "fldinst": "field", "upr": "upr"}
PLACES |= {"picprop": "text"}  # inside the data of a picture

# destinations whose words are left out, and what a list of them calls them
ASIDE = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "header"),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "footer"),
    "annotation": "comment",
    **dict.fromkeys(("listtext", "pntext", "pntxtb", "pntxta"), "number of a list item"),
    **dict.fromkeys(("xe", "tc"), "entry of an index"),
    "sv": DRAWING,
    "info": "what the file says of itself",
    **dict.fromkeys(("ffdeftext", "ffl", "ffhelptext", "ffstattext"), "field of a form"),
}
KEPT_STARS = frozenset(
    [
        *("shpinst", "shptxt", "footnote", "annotation", "fldinst", "do", "sp", "formfield", "ud"),
        *("shppict", "moMath", "moMathPara", "result", "shpgrp", "nesttableprops"),
    ]
)
SYMBOL_FIELD = re.compile(r"\s*SYMBOL\s+(\d{1,5})\b(?:.*\\f\s+\"([^\"]*)\")?", re.IGNORECASE)
