r"""What the control words of Rich Text Format mean for the text: data for the reader.

Standard: RTF Specification 1.9.1.
"""

from __future__ import annotations

import re

__all__ = [
    "ASIDE",
    "CHARACTERS",
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
SKIPPED = frozenset(
    [
        *("colortbl", "pict", "object", "atnid", "atnauthor"),
        *("listtext", "pntext", "pntxtb", "pntxta", "listtable", "listoverridetable", "xe", "tc"),
        *("bkmkstart", "bkmkend", "sp", "nonshppict", "themedata", "datastore", "rsidtbl"),
        *("ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "filetbl", "revtbl"),
        *("generator", "comment", "subject", "keywords", "doccomm", "operator", "company"),
    ]
)
PLACES = {"fonttbl": "fonts", "stylesheet": "styles", "info": "skip", "fldinst": "field"}
ASIDE = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "header"),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "footer"),
    "annotation": "comment",
}
KEPT_STARS = frozenset(("shpinst", "shptxt", "footnote", "annotation", "fldinst"))
SYMBOL_FIELD = re.compile(r"\s*SYMBOL\s+(\d{1,5})\b(?:.*\\f\s+\"([^\"]*)\")?", re.IGNORECASE)
