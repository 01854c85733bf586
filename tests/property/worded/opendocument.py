"""OpenDocument texts, each word its own."""

from __future__ import annotations

from tests.property.worded.words import Words
from tests.unit.documents.packages import pack

__all__ = ["made_odt"]

_ODF_BLOCKS = (
    "text:p text:p text:p text:h text:list text:section table:table text:table-of-content "
    "text:alphabetical-index text:bibliography text:numbered-paragraph draw:frame text:soft-page-break "
    "text:unknown draw:g draw:custom-shape text:index-body text:sheet-name"
)
_ODF_INLINES = (
    "text:span text:span text:a text:s text:tab text:line-break text:note office:annotation text:ruby "
    "draw:frame text:bookmark-ref text:date text:author-name text:placeholder text:conditional-text "
    "text:hidden-text text:hidden-paragraph text:unknown text:meta text:user-defined text:sequence "
    "text:alphabetical-index-mark-start draw:custom-shape presentation:notes text:page-number "
    "text:expression text:text-input text:script text:database-display text:bibliography-mark "
    "text:execute-macro text:drop-down draw:line draw:control text:measure"
)


def _odf_blocks(words: Words, depth: int) -> str:
    return "".join(_odf_block(words, depth) for _ in range(words.chance.randint(1, 3)))


def _odf_block(words: Words, depth: int) -> str:
    kind = words.pick(_ODF_BLOCKS) if depth > 0 else "text:p"
    inner = depth - 1
    if kind in ("text:p", "text:h"):
        return f"<{kind}>{_odf_inlines(words, inner)}</{kind}>"
    if kind == "text:list":
        tags = [words.pick("list-item list-item list-header") for _ in range(2)]
        items = (f"<text:{tag}>{_odf_blocks(words, inner)}</text:{tag}>" for tag in tags)
        return f"<text:list>{''.join(items)}</text:list>"
    if kind == "table:table":
        rows = "".join(
            f"<table:table-row><table:table-cell>{_odf_blocks(words, inner)}</table:table-cell>"
            f"<table:covered-table-cell>{_odf_blocks(words, 0)}</table:covered-table-cell></table:table-row>"
            for _ in range(2)
        )
        return f"<table:table><table:title>{words.text()}</table:title><table:table-header-rows>{rows}</table:table-header-rows></table:table>"
    if kind in ("draw:frame", "draw:custom-shape", "draw:g"):
        return _odf_frame(words, kind, inner)
    return f"<{kind}>{_odf_blocks(words, inner)}</{kind}>"


def _odf_frame(words: Words, kind: str, depth: int) -> str:
    said = f"<svg:title>{words.text()}</svg:title><svg:desc>{words.text()}</svg:desc>"
    if kind == "draw:frame":
        box = f"<draw:text-box>{_odf_blocks(words, depth)}</draw:text-box>"
        maths = (
            f"<draw:object><math:math><math:mi>{words.text()}</math:mi></math:math></draw:object>"
        )
        return (
            f"<draw:frame>{words.chance.choice((box, maths, '<draw:image/>'))}{said}</draw:frame>"
        )
    return f"<{kind}>{said}{_odf_blocks(words, depth)}</{kind}>"


def _odf_inlines(words: Words, depth: int) -> str:
    return words.text() + "".join(
        f"{_odf_inline(words, depth)}{words.text()}" for _ in words.some(3 if depth >= 0 else 0)
    )


def _odf_inline(words: Words, depth: int) -> str:
    kind = words.pick(_ODF_INLINES) if depth > 0 else "text:span"
    inner = depth - 1
    if kind in ("text:s", "text:tab", "text:line-break"):
        return f"<{kind}/>"
    if kind == "text:note":
        body = f"<text:note-body>{_odf_blocks(words, inner)}</text:note-body>"
        return (
            f"<text:note text:id='n'><text:note-citation>1</text:note-citation>{body}</text:note>"
        )
    if kind == "text:ruby":
        base = f"<text:ruby-base>{_odf_inlines(words, inner)}</text:ruby-base>"
        return f"<text:ruby>{base}<text:ruby-text>{words.text()}</text:ruby-text></text:ruby>"
    if kind in ("draw:frame", "draw:custom-shape"):
        return _odf_frame(words, kind, inner)
    if kind in ("office:annotation", "presentation:notes", "draw:line", "draw:control"):
        who = "<dc:creator>somebody</dc:creator><dc:date>2020</dc:date>"
        return f"<{kind}>{who}{_odf_blocks(words, inner)}</{kind}>"
    return f"<{kind}>{_odf_inlines(words, inner)}</{kind}>"


def made_odt(words: Words) -> bytes:
    names = " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for prefix, name in (
            ("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"),
            ("draw", "drawing"), ("svg", "svg-compatible"), ("presentation", "presentation"),
        )
    )  # fmt: skip
    names += ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:math="http://www.w3.org/1998/Math/MathML"'
    deleted = (
        "<text:tracked-changes><text:changed-region><text:deletion><office:change-info>"
        f"<dc:creator>x</dc:creator></office:change-info>{_odf_blocks(words, 2)}</text:deletion>"
        "</text:changed-region></text:tracked-changes>"
    )
    body = f"{deleted}<text:p>{words.word()}</text:p>{_odf_blocks(words, 5)}"
    content = f"<office:document-content {names}><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    styles = (
        f"<office:document-styles {names}><office:master-styles><style:master-page>"
        f"<style:header>{_odf_blocks(words, 2)}</style:header><style:footer>{_odf_blocks(words, 1)}</style:footer>"
        "</style:master-page></office:master-styles></office:document-styles>"
    )
    return pack(
        {"content.xml": content, "styles.xml": styles}, "application/vnd.oasis.opendocument.text"
    )
