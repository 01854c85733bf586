"""Web pages and books, each word its own."""

from __future__ import annotations

import re

from tests.property.worded.words import Words
from tests.unit.documents.packages import epub

__all__ = ["made_epub", "made_html"]

_HTML_BLOCKS = (
    "div div p p p section article aside blockquote ul ol dl table pre figure details fieldset form "
    "h1 h2 h3 header footer nav main address center hr noscript template dialog select video audio "
    "object canvas iframe svg math textarea hgroup search menu marquee my-element map"
)
_HTML_INLINES = (
    "b i em strong a a span span code sub sup ruby img br wbr input button label q cite abbr mark time "
    "s del ins kbd samp var small big font tt u bdi bdo data output meter progress unknown nobr"
)
_VOID = ("img", "br", "wbr", "input", "hr")


def _html_blocks(words: Words, depth: int) -> str:
    return "".join(_html_block(words, depth) for _ in range(words.chance.randint(1, 3)))


def _html_block(words: Words, depth: int) -> str:
    kind = words.pick(_HTML_BLOCKS) if depth > 0 else "p"
    inner = depth - 1
    if kind == "hr":
        return "<hr>"
    if kind in ("p", "h1", "h2", "h3", "pre", "address", "hgroup", "marquee"):
        return f"<{kind}>{_html_inlines(words, inner)}</{kind}>"
    if kind in ("ul", "ol", "menu"):
        return f"<{kind}>" + "".join(f"<li>{_html_flow(words, inner)}</li>" for _ in range(2)) + f"</{kind}>"  # fmt: skip
    if kind == "dl":
        return f"<dl><dt>{_html_inlines(words, inner)}</dt><dd>{_html_flow(words, inner)}</dd></dl>"
    if kind == "table":
        cells = (
            f"<tr><th>{_html_inlines(words, inner)}</th><td>{_html_flow(words, inner)}</td></tr>"
        )
        return f"<table><caption>{words.text()}</caption><tbody>{cells}</tbody></table>"
    if kind == "figure":
        return f"<figure><img alt='{words.text()}'><figcaption>{_html_inlines(words, inner)}</figcaption></figure>"
    if kind == "details":
        return f"<details><summary>{_html_inlines(words, inner)}</summary>{_html_flow(words, inner)}</details>"
    if kind == "select":
        return f"<select><optgroup label='x'><option>{words.text()}</option></optgroup></select>"
    if kind == "svg":
        return f"<svg><title>{words.text()}</title><text>{words.text()}</text></svg>"
    if kind == "math":
        return f"<math><mi>{words.text()}</mi><mo>+</mo></math>"
    if kind in ("textarea", "iframe"):
        return f"<{kind}>{words.text()}</{kind}>"
    style = words.chance.choice(("", "", "", "", " hidden", " style='display: none'"))
    return f"<{kind}{style}>{_html_flow(words, inner)}</{kind}>"


def _html_flow(words: Words, depth: int) -> str:
    return words.text() + (_html_blocks(words, depth) if depth > 0 else "") + words.text()


def _html_inlines(words: Words, depth: int) -> str:
    return words.text() + "".join(
        f"{_html_inline(words, depth)}{words.text()}" for _ in words.some(3 if depth >= 0 else 0)
    )


def _html_inline(words: Words, depth: int) -> str:
    kind = words.pick(_HTML_INLINES) if depth > 0 else "b"
    if kind == "img":
        return f"<img alt='{words.text()}' src='x.png'>"
    if kind in _VOID:
        return f"<{kind}>"
    if kind == "ruby":
        return f"<ruby>{words.text()}<rp>(</rp><rt>{words.text()}</rt><rp>)</rp></ruby>"
    return f"<{kind}>{_html_inlines(words, depth - 1)}</{kind}>"


def _html_body(words: Words) -> str:
    return f"<p>{words.word()}</p>{_html_blocks(words, 4)}"


def made_html(words: Words) -> bytes:
    return f"<!DOCTYPE html><html><body>{_html_body(words)}</body></html>".encode()


def made_epub(words: Words) -> bytes:
    def page() -> str:
        body = _html_body(words)
        for tag in _VOID:
            body = re.sub(rf"<{tag}([^>]*)>", rf"<{tag}\1/>", body)
        return body.replace(" hidden>", " hidden='hidden'>")

    return epub(page(), page())
