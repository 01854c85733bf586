"""Subtitles in TTML, each word its own."""

from __future__ import annotations

from tests.property.worded.words import Words

__all__ = ["made_ttml"]

_TIMES = (
    *("", "", 'begin="1s" end="2s"', 'begin="00:00:01:02" dur="3f"', 'begin="9t"'),
    *('begin="soon"', 'end="4.5s"', 'dur="indefinite"', 'timeContainer="seq"'),
)
_STYLES = (
    *("", "", 'tts:fontStyle="italic"', 'tts:display="none"', 'tts:ruby="text"'),
    *('tts:visibility="hidden"', 'style="s t u"', 'xml:space="preserve"', 'region="s"'),
)
_INLINES = "span span span br metadata set image ttm:desc unknown x:own ruby"
_BLOCKS = "div p p p p metadata set ttm:title x:own image"


def _element(words: Words, name: str, inner: str) -> str:
    times, style = words.chance.choice(_TIMES), words.chance.choice(_STYLES)
    lang = words.chance.choice(("", "", "", 'xml:lang="en"', 'xml:lang="es"'))
    agent = words.chance.choice(("", "", 'ttm:agent="a"'))
    return f"<{name} {times} {style} {lang} {agent}>{inner}</{name}>"


def _inlines(words: Words, depth: int) -> str:
    made = words.text()
    for _ in words.some(3 if depth > 0 else 0):
        name = words.pick(_INLINES)
        inner = "" if name in ("br", "image") else _inlines(words, depth - 1)
        made += _element(words, name, inner) + words.text()
    return made


def _blocks(words: Words, depth: int) -> str:
    made = words.text()
    for _ in words.some(3):
        name = words.pick(_BLOCKS) if depth > 0 else "p"
        inner = _blocks(words, depth - 1) if name == "div" else _inlines(words, 3)
        made += _element(words, name, "" if name == "image" else inner) + words.text()
    return made


def made_ttml(words: Words) -> bytes:
    head = "".join(
        f"<{name}>{words.text()}</{name}>"
        for name in ("ttm:title", "ttm:desc", "ttm:copyright", "x:own", "ttm:title")
        if words.chance.random() < 0.5
    )
    agent = f'<ttm:agent xml:id="a"><ttm:name>{words.word()}</ttm:name></ttm:agent>'
    styles = '<styling><style xml:id="s" style="t"/><style xml:id="t" style="s"/></styling>'
    spaces = (
        'xmlns="http://www.w3.org/ns/ttml" xmlns:tts="http://www.w3.org/ns/ttml#styling" '
        'xmlns:ttm="http://www.w3.org/ns/ttml#metadata" xmlns:x="urn:x"'
    )
    body = _element(words, "body", f"<div><p>{words.word()}</p>{_blocks(words, 3)}</div>")
    return f"<tt {spaces}><head>{agent}{head}{styles}</head>{body}</tt>".encode()
