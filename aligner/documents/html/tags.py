"""What the tags, classes and ids of a web page say of what is in them: data for `_walk`."""

from __future__ import annotations

import re

__all__ = ["BLOCK_TAGS", "CLASS_KINDS", "INLINE_TAGS", "TAG_KINDS", "UNSEEN_TAGS"]

INLINE_TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "cite": "italic",
    "dfn": "italic",
    "u": "underline",
    "ins": "underline",
    "a": "link",
    "sup": "sup",
    "sub": "sub",
    "code": "code",
    "kbd": "code",
    "samp": "code",
    "tt": "code",
}
BLOCK_TAGS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
UNSEEN_TAGS = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "input",
        "select",
        "textarea",
        "object",
        "audio",
        "video",
        "canvas",
        "embed",
        "map",
        "area",
        "datalist",
        "progress",
        "meter",
        "head",
        "title",
        "meta",
        "link",
        "rt",
        "rp",
        "base",
        "param",
        "source",
        "track",
        "noframes",
        "frame",
        "frameset",
        "button",
        # of AMP: what no reader sees before asking for it, and what others put into the page
        "amp-ad",
        "amp-analytics",
        "amp-app-banner",
        "amp-auto-ads",
        "amp-consent",
        "amp-embed",
        "amp-geo",
        "amp-lightbox",
        "amp-sidebar",
        "amp-social-share",
        "amp-sticky-ad",
        "amp-user-notification",
    ]
)
TAG_KINDS = {
    "li": "item",
    "blockquote": "quote",
    "figcaption": "caption",
    "figure": "caption",
    "caption": "caption",
    "td": "cell",
    "th": "cell",
    "aside": "box",
}
# What a class or id says of a block; words are parts between hyphens, underscores and capitals.
CLASS_KINDS = (
    (
        "note",
        re.compile(
            r"\b(footnotes?|sdfootnote\d*|endnotes?|sdendnote\d*|fn-list|notas? (del? )?(editor|redaccion|traductor)|editors? note|editorial note|translators? note|doc endnotes?|doc footnote)\b"
        ),
    ),
    (
        "standfirst",
        re.compile(
            r"\b(standfirst|subtitle|subtitulo|sub title|bajada|entradilla|dek|deck|chapo|chapeau|sumario|subhead|subheadline|copete|excerpt|article (lead|intro|summary)|lede?)\b"
        ),
    ),
    (
        "byline",
        re.compile(
            r"\b(byline|author name|article author|post author|autor(es|a)?|firma|auteur|credits author|byauthor)\b"
        ),
    ),
    (
        "caption",
        re.compile(
            r"\b(caption( text)?|pie (de )?foto|legende|photo credit|image credit|foto credito)\b"
        ),
    ),
    (
        "box",
        re.compile(
            r"\b(infobox|recuadro|despiece|callout|box|pull ?quote|encadre|sidebar ?note|highlight box|ladillo)\b"
        ),
    ),
)
