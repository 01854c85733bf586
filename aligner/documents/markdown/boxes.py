"""Boxes and other marks of the sites that are written in Markdown: structure, never text.

    ::: note Title          pandoc, Quarto, Carpentries, Docusaurus, VitePress: `:::` closes
    :::note[Title]          Docusaurus, MyST's `:::{note} Title`
    /// tip | Title         pymdownx blocks (Material for MkDocs): `///` closes
    !!! note "Title"        MkDocs, `???` folded, `===` a tab: what is indented belongs to it
    ```{note} Title         MyST directives that hold text, `:option:` lines before it
    > [!NOTE] Title         alerts of GitHub and Obsidian
    ## Heading {#id}        ids and classes: pandoc, kramdown `{: #id}`, MDX `{/*id*/}`
    <Note title="Title">    components of MDX, `import` and `export` lines, `{/* comments */}`

A box is a stretch of paragraphs of the kind `box`; its title is its first paragraph. What is not
text is a token of the type `mark`, which the reader lists as dropped.

References: pandoc's manual (fenced_divs, header_attributes), Docusaurus and VitePress (custom
containers), MyST specification, MDX 2, GitHub Docs (alerts), Python-Markdown (admonition, attr_list).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

__all__ = ["ALERT", "box_plugin", "directive_of", "title_of_fence", "without_attributes"]

ALERT = re.compile(r"\[!([A-Za-z]+)\][+-]?[ \t]*([^\n]*)(?:\n|$)")
_FENCE = re.compile(r"(:{3,}|/{3,})[ \t]*(.*?)[ \t]*$")
_QUOTED = re.compile(r"""["“]([^"”]*)["”]|'([^']*)'""")
_DEFINED = re.compile(r":[ \t]{1,3}(?=[!?]{3})")
_CALL = re.compile(r"(!{3}|\?{3}\+?|={3}[!+]?)[ \t]+(.*?)[ \t]*$")
_ATTRIBUTES = re.compile(r"\{[^{}\n]*\}")
_TITLE = re.compile(r"""\b(?:title|label|summary|header)\s*=\s*\{?["'`]([^"'`]*)["'`]""")
_PERCENT = re.compile(r"%(?:[ \t]|$)")
_STYLED_TAG = re.compile(r"</?[a-z][\w.]*\s[^<>]*=\{[^<>]*/?>[ \t]*$")
_TRAILING = re.compile(r"[ \t]+\{:?\s*(?:[#.][\w:.-]+|tbl-[\w-]+=)[^{}\n]*\}\s*$")
_HEADING_ID = re.compile(r"\s*(?:\{/\*[^{}]*\*/\}|\{\s*:?\s*[#.\-][^{}\n]*\}|\{-\})\s*$")
_AFTER_LINK = re.compile(
    r"\{:?\s*(?:[#.][\w-]+|[\w-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s{}]+))(?:\s+[^{}\n]*)?\}"
)
_COMPONENT = re.compile(r"</?[A-Z][\w.]*(?:\s[^<>]*|\s*)/?>[ \t]*$")
_COMPONENT_OPENS = re.compile(r"<[A-Z][\w.]*(?:\s[^<>]*)?$")
_MODULE = re.compile(
    r"import\s+(?:[\w*{][^\n]*\bfrom\s+)?[\"'][^\n]*|import\s+\{[^}\n]*$"
    r"|export\s+(?:const|default|let|var|function|async)\b[^\n]*"
)
_COMMENT = re.compile(r"\{/\*.*?\*/\}", re.DOTALL)
_ALONE = re.compile(
    r"(?:\{:[^{}\n]*\}|\{\s*[#.][^{}\n]*\}|\([\w:.+-]+\)=|\[\[?_?toc_?\]\]?|--8<--.*|\+\+\+|<<<\s.*)[ \t]*$",
    re.IGNORECASE,
)
_ROLE = re.compile(r"\{([A-Za-z][\w:.+-]*)\}(?=`)")
_DIRECTIVE = re.compile(r"\{([A-Za-z][\w:.+-]*)\}[ \t]*(.*)$")
_OPTION = re.compile(r":[\w-]+:[^\n]*(?:\n|$)")
_MAX_COMMENT = 20_000
_MAX_TAG_LINES = 30
# directives whose body is no text
_NO_TEXT = frozenset(
    [
        "code",
        "code-block",
        "code-cell",
        "sourcecode",
        "literalinclude",
        "math",
        "mermaid",
        "graphviz",
        "toctree",
        "image",
        "raw",
        "include",
        "bibliography",
        "eval-rst",
        "jupyter-execute",
        "plot",
        "tableofcontents",
        "contents",
        "index",
        # cells of code: Quarto, R Markdown, Observable
        *("r", "python", "julia", "ojs", "bash", "sh", "sql", "dot", "stan", "js", "css", "html"),
        *("rcpp", "node", "perl", "ruby", "ipython", "python3", "shinylive-python", "webr-r"),
    ]
)
# containers that name no kind of box, so that what follows is no title
_PLAIN = frozenset(["code-group", "v-pre", "raw"])


def box_plugin(md: MarkdownIt) -> None:
    """Adds tokens `box_open` (content: the title; meta `mark`: what was written), `box_close`, `mark`."""
    ends = ["paragraph", "reference", "blockquote", "list"]
    for name, rule in (
        ("box_fence", _fence),
        ("box_call", _call),
        ("mdx_comment", _comment),
        ("mdx_component", _component),
        ("mark_alone", _alone),
    ):
        md.block.ruler.before("fence", name, rule, {"alt": ends})
    md.inline.ruler.before("link", "mdx_comment", _inline_comment)
    md.inline.ruler.before("backticks", "role", _role)
    md.inline.ruler.before("link", "attributes", _inline_attributes)


def directive_of(info: str, content: str) -> tuple[str, str, str] | None:
    """(name, title, body) of a fence that is a directive holding text; None for any other fence."""
    match = _DIRECTIVE.match(info.strip())
    if match is None or match[1].lower() in _NO_TEXT:
        return None
    body = content
    if body.startswith("---\n") and "\n---" in body[4:]:
        body = body[body.index("\n---", 4) + 4 :].partition("\n")[2]
    while option := _OPTION.match(body):
        body = body[option.end() :]
    return match[1], match[2].strip(), body


def without_attributes(text: str, *, heading: bool = True) -> tuple[str, str]:
    """A heading's text, or that of a caption or an equation, without the id and classes at its end,
    and these.
    """
    match = (_HEADING_ID if heading else _TRAILING).search(text)
    return (text[: match.start()], match[0].strip()) if match and match.start() else (text, "")


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _mark(state: StateBlock, content: str, start: int, stop: int, title: str = "") -> None:
    token = state.push("mark", "", 0)
    token.content = content
    token.meta = {"title": title}
    token.map = [start, stop]


def _fence(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`:::` or `///`: with words it opens a box, without it closes the one before."""
    del end
    if state.is_code_block(start):
        return False
    text = _line(state, start)
    match = _FENCE.match(text)
    if match is None:
        return False
    about = match[2].rstrip(":").strip() if match[1][0] == ":" else match[2]
    if match[1][0] == "/" and about and not re.match(r"[A-Za-z][\w-]*\s*(?:\||$)", about):
        return False
    if silent:
        return True
    state.line = start + 1
    if not about:
        token = state.push("box_close", "", 0)
    else:
        token = state.push("box_open", "", 0)
        token.content = title_of_fence(about)
    token.meta = {"mark": text}
    token.map = [start, start + 1]
    return True


def title_of_fence(about: str) -> str:
    """The title in what follows the fence: kind, attributes and brackets are none of it."""
    if directive := _DIRECTIVE.match(about):
        return directive[2].strip()
    named = _TITLE.search(about)
    rest = _ATTRIBUTES.sub(" ", about).strip()
    if named:
        return named[1]
    if "|" in rest:
        return rest.partition("|")[2].strip()
    kind, _, words = rest.partition(" ")
    kind, bracket, inside = kind.partition("[")
    if bracket:
        return f"{inside} {words}".strip().removesuffix("]")
    return "" if kind.lower() in _PLAIN else words.strip()


def _call(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`!!! note "Title"` and its indented lines."""
    if state.is_code_block(start):
        return False
    text = _line(state, start)
    defined = _DEFINED.match(text)  # a definition whose term is none of Markdown's
    opening = defined.end() if defined else 0
    match = _CALL.match(text, opening)
    if match is None or (match[1][0] == "=" and not _QUOTED.search(match[2])):
        return False
    if silent:
        return True
    title = _QUOTED.search(match[2])
    indent = state.sCount[start] + opening + 4
    stop = start + 1
    while stop < end and (state.isEmpty(stop) or state.sCount[stop] >= indent):
        stop += 1
    token = state.push("box_open", "", 0)
    token.content = (title[1] or title[2] or "") if title else ""
    token.meta = {"mark": text}
    token.map = [start, start + 1]
    old_indent, old_max, old_parent = state.blkIndent, state.lineMax, state.parentType
    state.blkIndent, state.lineMax, state.parentType = indent, stop, "box"
    state.md.block.tokenize(state, start + 1, stop)
    state.blkIndent, state.lineMax, state.parentType = old_indent, old_max, old_parent
    state.push("box_close", "", 0).meta = {"mark": ""}
    state.line = stop
    return True


def _comment(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """`{/* ... */}` over one or more lines of its own."""
    begin = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("{/*", begin) or state.is_code_block(start):
        return False
    match = _COMMENT.match(state.src, begin, min(begin + _MAX_COMMENT, state.eMarks[end - 1]))
    if match is None:
        return False
    line = start
    while line < end and state.eMarks[line] < match.end():
        line += 1
    if line >= end or state.src[match.end() : state.eMarks[line]].strip():
        return False
    if not silent:
        _mark(state, match[0], start, line + 1)
        state.line = line + 1
    return True


def _component(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A line that is the tag of a component (its name has a capital), and import or export lines."""
    if state.is_code_block(start):
        return False
    text = _line(state, start)
    stop = start + 1
    if not _COMPONENT.match(text):
        if _MODULE.match(text) and state.blkIndent == 0 and _starts_block(state, start):
            while stop < end and not state.isEmpty(stop):
                stop += 1
        elif _COMPONENT_OPENS.match(text):
            while stop < min(end, start + _MAX_TAG_LINES) and not state.isEmpty(stop):
                stop += 1
                if _line(state, stop - 1).rstrip().endswith(">"):
                    break
            else:
                return False
        else:
            return False
    if not silent:
        content = "\n".join(_line(state, line) for line in range(start, stop))
        title = _TITLE.search(content)
        _mark(state, content, start, stop, title[1] if title and not text.startswith("</") else "")
        state.line = stop
    return True


def _starts_block(state: StateBlock, line: int) -> bool:
    return line == 0 or state.isEmpty(line - 1) or bool(_MODULE.match(_line(state, line - 1)))


def _alone(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Lines that are marks by themselves: attributes, labels, tables of contents, snippets, comments
    of MyST, tags whose attributes are code.
    """
    del end
    text = _line(state, start)
    comment = state.env.get("myst") and _PERCENT.match(text)
    if state.is_code_block(start) or not (comment or _ALONE.match(text) or _STYLED_TAG.match(text)):
        return False
    if not silent:
        _mark(state, text, start, start + 1)
        state.line = start + 1
    return True


def _inline_mark(state: StateInline, content: str, silent: bool) -> bool:
    if not silent:
        token = state.push("mark", "", 0)
        token.content = content
    state.pos += len(content)
    return True


def _inline_comment(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("{/*", state.pos):
        return False
    match = _COMMENT.match(state.src, state.pos, min(state.pos + _MAX_COMMENT, state.posMax))
    return match is not None and _inline_mark(state, match[0], silent)


def _role(state: StateInline, silent: bool) -> bool:
    """The name of a MyST role before its text in backticks."""
    if state.src[state.pos] != "{":
        return False
    match = _ROLE.match(state.src, state.pos, state.posMax)
    return match is not None and _inline_mark(state, match[0], silent)


def _inline_attributes(state: StateInline, silent: bool) -> bool:
    """`{target=_blank}` right behind a link, an image or a word in code."""
    if state.src[state.pos] != "{" or not state.pos or state.src[state.pos - 1] not in ")]`*_":
        return False
    match = _AFTER_LINK.match(state.src, state.pos, state.posMax)
    return match is not None and _inline_mark(state, match[0], silent)
