"""Marks of the site inside a block of html, where the parser of Markdown does not look."""

from __future__ import annotations

import re
from html import escape

from aligner.documents.markdown.boxes import title_of_fence
from aligner.documents.markdown.shortcodes import TAG

__all__ = ["without_marks"]

_FENCE = re.compile(r"^[ \t]*(:{3,})[ \t]*(.*?)[ \t]*$", re.MULTILINE)
_COMMENT = re.compile(r"\{/\*.*?\*/\}", re.DOTALL)
_MARKS = re.compile(f"{_COMMENT.pattern}|{TAG.pattern}", re.DOTALL)


def without_marks(content: str) -> tuple[str, list[str]]:
    """The html without shortcodes, Liquid, comments of MDX and lines of `:::`, and these; the title
    of a box stays, as a paragraph.
    """
    marks: list[str] = []

    def gone(match: re.Match[str]) -> str:
        marks.append(match[0])
        return " "

    def fence(match: re.Match[str]) -> str:
        title = title_of_fence(match[2]) if match[2] else ""
        marks.append(match[0].replace(title, "", 1).strip())
        return f"<p>{escape(title)}</p>" if title else ""

    if ":::" in content:
        content = _FENCE.sub(fence, content)
    if "{" in content:
        content = _MARKS.sub(gone, content)
    return content, marks
