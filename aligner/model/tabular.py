"""An alignment as rows: for data frames, and as a table in a notebook.

`display_html` is what Jupyter shows of an alignment (its protocol `_repr_html_`): both texts side by
side, each bead with its confidence.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from aligner.model.alignment import Alignment

__all__ = ["display_html", "records"]

_MOST = 200  # beads that a notebook shows of one alignment
_DOUBTFUL = 0.8
_CELL = "text-align:left;vertical-align:top"


def records(alignment: Alignment) -> list[dict[str, Any]]:
    """One dict a bead, in order: `type` (1-1, 2-1 ...), `confidence` and `quality`
    (0-1 or None), `source` and `target`
    (texts joined by a space, "" for none), `source_segments` and `target_segments` (numbers from 0),
    `speaker`, `kind` (of the paragraph), `status`, `labels`, `comment`.
    """
    rows = []
    for bead, source, target in alignment.pairs():
        side, document = (source, alignment.source) if source else (target, alignment.target)
        paragraph = document.paragraphs[side[0].paragraph]
        rows.append(
            {
                "type": bead.kind,
                "confidence": bead.confidence,
                "quality": bead.quality,
                "source": " ".join(segment.text for segment in source),
                "target": " ".join(segment.text for segment in target),
                "source_segments": list(bead.source),
                "target_segments": list(bead.target),
                "speaker": paragraph.speaker or "",
                "kind": paragraph.kind,
                "status": bead.status,
                "labels": list(bead.labels),
                "comment": bead.comment,
            }
        )
    return rows


def display_html(alignment: Alignment) -> str:
    """A table of the first 200 beads; what is not shown is counted below it."""
    head = "".join(
        f'<th style="{_CELL}">{escape(f"{title} ({document.lang})" if document.lang else title)}</th>'
        for title, document in (("Source", alignment.source), ("Target", alignment.target))
    )
    rows = []
    for bead, source, target in list(alignment.pairs())[:_MOST]:
        sure = "" if bead.confidence is None else f"{bead.confidence:.2f}"
        doubtful = bead.confidence is not None and bead.confidence < _DOUBTFUL
        weight = ";font-weight:bold" if doubtful else ""
        cells = "".join(
            f'<td style="{_CELL}"{_language(document.lang)}>'
            + "<br>".join(escape(segment.text) for segment in side)
            + "</td>"
            for side, document in ((source, alignment.source), (target, alignment.target))
        )
        rows.append(f'<tr><td style="{_CELL}{weight}">{sure}</td>{cells}</tr>')
    more = len(alignment.beads) - len(rows)
    below = f"<p>... and {more} more beads</p>" if more > 0 else ""
    return f"<table><tr><th></th>{head}</tr>{''.join(rows)}</table>{below}"


def _language(lang: str) -> str:
    return f' lang="{escape(lang)}" dir="auto"' if lang else ' dir="auto"'
