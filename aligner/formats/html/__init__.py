"""Both texts side by side in one HTML file that needs nothing else: no script, no font, no network.

- `page` the document: what was aligned and how, a list of doubtful beads, the table
- `row` one unit: type, confidence as a bar, a colour and a number, the texts, marks
- `style` the style sheet: dark mode, print, narrow screens

Promises: valid HTML (Living Standard); everything that colour says is said in words or numbers too;
all of it can be reached with the keyboard (links to the next doubtful bead, a skip link); each text
has its `lang` and `dir`; null beads and crossings are visible; nothing of the texts is taken for
markup, and no address from them is a link.

Start reading from `page.write`.
"""

from __future__ import annotations

from aligner.formats.base import Format, Writer

__all__ = ["HTML"]


def _write() -> Writer:
    from aligner.formats.html.page import write

    return write


HTML = Format(
    name="html",
    title="page to read, side by side",
    suffixes=(".html",),
    holds=frozenset(
        [
            "texts",
            "languages",
            "nulls",
            "confidences",
            "status",
            "comments",
            "labels",
            "crossings",
            "warnings",
            "signature",
            "speakers",
            "kinds",
            "metadata",
            "words",
        ]
    ),
    write=_write,
)
