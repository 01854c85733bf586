"""Shortcodes in markdown: `{{< hugo >}}`, `{{% hugo %}}`, `{% jekyll %}`, `{{ value }}`.

They are rules of the parser, not a pass before it, so that code keeps its braces and a shortcode
on its own line ends a paragraph. The tag goes; the text between a pair stays, unless it is code.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

__all__ = ["TAG", "caption_of", "shortcode_plugin"]

_QUOTED = r"\"(?:[^\"\\]|\\.)*\"|`[^`]*`|'[^'\n]*'"
TAG = re.compile(
    rf"\{{\{{<(?:{_QUOTED}|[^>\"`]|>(?!\}}\}}))*>\}}\}}"
    rf"|\{{\{{%(?:{_QUOTED}|[^%\"`]|%(?!\}}\}}))*%\}}\}}"
    r"|\{%(?:[^%]|%(?!\}))*%\}"
    r"|\{\{[^{}\n]*\}\}"
)
_NAME = re.compile(r"\{[{%]+[<%]?-?\s*(?P<slash>/?)\s*(?P<name>[\w./-]+)")
_ATTRIBUTE = re.compile(
    r"(?P<key>[\w-]+)\s*=\s*(?:\"(?P<a>(?:[^\"\\]|\\.)*)\"|`(?P<b>[^`]*)`|'(?P<c>[^']*)')"
)
_CODE = frozenset(
    ("highlight", "code", "raw", "comment", "mermaid", "katex", "math", "script", "css")
)
_MAX_TAG = 5_000


def caption_of(tag: str) -> str:
    """The words that a figure's shortcode prints under the image, as markdown, or ""."""
    name = _NAME.match(tag)
    values = {m["key"].lower(): m["a"] or m["b"] or m["c"] or "" for m in _ATTRIBUTE.finditer(tag)}
    keys = ("title", "caption", "attr") if name and name["name"] == "figure" else ("caption",)
    return " ".join(values[key].replace('\\"', '"') for key in keys if values.get(key))


def shortcode_plugin(md: MarkdownIt) -> None:
    """Adds tokens of type `shortcode` (content: the tag as written), in blocks and in lines."""
    ends = ["paragraph", "reference", "blockquote", "list"]  # what such a line may end
    md.block.ruler.before("fence", "shortcode", _block, {"alt": ends})
    md.inline.ruler.before("link", "shortcode", _inline)


def _tag_at(text: str, start: int, end: int) -> re.Match[str] | None:
    """The shortcode that opens at `start`; a plain search first keeps hostile input linear."""
    end = min(start + _MAX_TAG, end)
    closing = "%}" if text.startswith("{%", start) else "}}"
    return TAG.match(text, start, end) if text.find(closing, start, end) >= 0 else None


def _block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    start = state.bMarks[start_line] + state.tShift[start_line]
    if not state.src.startswith(("{{", "{%"), start) or state.is_code_block(start_line):
        return False
    match = _tag_at(state.src, start, state.eMarks[end_line - 1])
    if match is None:
        return False
    line = start_line
    while line < end_line and state.eMarks[line] < match.end():
        line += 1
    if line >= end_line or state.src[match.end() : state.eMarks[line]].strip():
        return False
    if silent:
        return True
    name = _NAME.match(match.group())
    if name and name["name"] in _CODE and not name["slash"]:
        line = _closing_line(state, line, end_line, name["name"])
    token = state.push("shortcode", "", 0)
    token.content = match.group()
    token.map = [start_line, line + 1]
    state.line = line + 1
    return True


def _closing_line(state: StateBlock, line: int, end_line: int, name: str) -> int:
    """The line that closes a pair of code, or `line` where nothing does."""
    closing = re.compile(rf"\{{[{{%][<%]?-?\s*(?:/\s*|end){re.escape(name)}\b")
    for number in range(line + 1, end_line):
        if closing.search(state.src, state.bMarks[number], state.eMarks[number]):
            return number
    return line


def _inline(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith(("{{", "{%"), state.pos):
        return False
    match = _tag_at(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        token = state.push("shortcode", "", 0)
        token.content = match.group()
    state.pos = match.end()
    return True
