"""What a web page says about itself: title, authors, date, language, address, outlet, translator.

Order of belief: JSON-LD (schema.org Article), Open Graph and article meta elements, Dublin Core,
the visible `rel=author` and `<time>`. Nothing is taken from running text here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from aligner.text.rich import clean

__all__ = ["page_language", "page_metadata", "page_text", "page_titles"]

_META = {
    "author": (
        "author",
        "article:author",
        "dc.creator",
        "dcterms.creator",
        "parsely-author",
        "byl",
    ),
    "date": (
        "article:published_time",
        "date",
        "dc.date",
        "dcterms.date",
        "pubdate",
        "parsely-pub-date",
    ),
    "outlet": ("og:site_name", "application-name", "dc.publisher"),
    "description": ("description", "og:description", "dc.description"),
    "translator": ("translator", "dc.contributor.translator"),
    "licence": ("dc.rights", "dcterms.license"),
}
_ARTICLES = (
    "article",
    "newsarticle",
    "blogposting",
    "reportagenewsarticle",
    "opinionnewsarticle",
    "webpage",
)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$")
_MAX_JSON = 500_000
_MAX_TEXTS = 20
_MARKUP = re.compile(r"<[^<>]{1,500}>")


def page_language(root: Any) -> str:
    """BCP 47 language that the page declares, "" where it declares none."""
    xml = root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang")
    declared = [
        root.get("lang"),
        xml,
        *_values(root, ("content-language", "og:locale", "language")),
    ]
    for value in declared:
        tag = (value or "").split(",")[0].strip()
        if _LANGUAGE.match(tag):
            return tag.replace("_", "-")
    return ""


def page_titles(root: Any) -> list[str]:
    """Titles that the page's head names, most specific first."""
    titles = [*_values(root, ("og:title", "twitter:title", "dc.title"))]
    titles += [clean("".join(element.itertext())) for element in root.iterfind(".//head/title")]
    titles += [value for item in _json_ld(root) for value in _strings(item.get("headline"))]
    return [title for title in map(clean, titles) if title]


def page_text(root: Any) -> str:
    """The article's text by the page's JSON-LD (`articleBody`), its lines apart; "" without one."""
    texts: list[str] = []
    for script in root.iterfind(".//script[@type='application/ld+json']"):
        if "articleBody" not in (script.text or ""):
            continue
        queue = [_parsed(script.text)]
        while queue and len(texts) < _MAX_TEXTS:
            item = queue.pop()
            if isinstance(item, dict):
                if isinstance(item.get("articleBody"), str):
                    texts.append(item["articleBody"])
                queue += item.values()
            elif isinstance(item, list):
                queue += item
    lines = _MARKUP.sub("\n", unescape("\n".join(texts))).splitlines()
    return "\n".join(filter(None, map(clean, lines)))


def _parsed(text: str) -> Any:
    if len(text) > _MAX_JSON:
        return None
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def page_metadata(root: Any) -> dict[str, tuple[str, ...]]:
    """The keys of `Document.metadata` that the page fills."""
    fields: dict[str, list[str]] = {}
    metas = _metas(root)
    for item in _json_ld(root):
        for key, field in (
            ("author", "author"),
            ("translator", "translator"),
            ("editor", "editor"),
        ):
            fields.setdefault(key, []).extend(_strings(item.get(field)))
        fields.setdefault("date", []).extend(_strings(item.get("datePublished")))
        fields.setdefault("outlet", []).extend(_strings(item.get("publisher")))
        fields.setdefault("licence", []).extend(_strings(item.get("license")))
    for key, names in _META.items():
        if not fields.get(key):
            fields[key] = [
                value for value in _named(metas, names) if "://" not in value or key == "licence"
            ]
    if not fields["author"]:
        fields["author"] = ["".join(e.itertext()) for e in root.iterfind(".//a[@rel='author']")]
    if not fields["date"]:
        fields["date"] = [e.get("datetime") for e in root.iterfind(".//time[@datetime]")][:1]
    links = [link.get("href") or "" for link in root.iterfind(".//link[@rel='canonical']")]
    fields["url"] = [*links, *_named(metas, ("og:url",))][:1]
    single = ("date", "outlet", "description", "url", "licence")
    result = {}
    for key, values in fields.items():
        cleaned = list(dict.fromkeys(value for value in map(clean, values) if value))
        if cleaned:
            result[key] = tuple(cleaned[:1] if key in single else cleaned)
    return result


def _values(root: Any, names: tuple[str, ...]) -> Iterator[str]:
    """Contents of meta elements, in the order of `names`, then of the page."""
    return _named(_metas(root), names)


def _metas(root: Any) -> dict[str, list[str]]:
    """Contents of the page's meta elements by their names in lower case."""
    metas: dict[str, list[str]] = {}
    for meta in root.iterfind(".//meta"):
        content = meta.get("content")
        named = (meta.get("name"), meta.get("property"), meta.get("http-equiv"))
        for name in {value.lower() for value in named if value} if content else ():
            metas.setdefault(name, []).append(content)
    return metas


def _named(metas: dict[str, list[str]], names: tuple[str, ...]) -> Iterator[str]:
    for name in names:
        yield from metas.get(name, ())


def _json_ld(root: Any) -> list[dict[str, Any]]:
    """The objects of type Article (and its kin) in the page's JSON-LD."""
    articles = []
    for script in root.iterfind(".//script[@type='application/ld+json']"):
        data = _parsed(script.text or "")
        if data is None:
            continue
        queue = data if isinstance(data, list) else [data]
        for item in queue:
            if not isinstance(item, dict):
                continue
            graph = item.get("@graph")
            queue_items = [item, *(graph if isinstance(graph, list) else [])]
            articles += [i for i in queue_items if isinstance(i, dict) and _is_article(i)]
    return articles


def _is_article(item: dict[str, Any]) -> bool:
    return any(kind.lower() in _ARTICLES for kind in _strings(item.get("@type")))


def _strings(value: Any) -> list[str]:
    """Names in a JSON-LD value: a string, an object with a name, or a list of these."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return _strings(value.get("name"))[:1] if isinstance(value.get("name"), str) else []
    if isinstance(value, list):
        return [
            text for part in value[:50] if not isinstance(part, list) for text in _strings(part)
        ]
    return []
