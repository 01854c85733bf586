"""Front matter of a markdown file: what it says of the text, none of it text itself.

`---` YAML (Jekyll, Hugo, Quarto, pandoc) in the subset that front matter is written in: scalars
plain or quoted, also over several lines, `|` and `>` blocks, lists in both styles, one level of
mappings (`- name: ...` gives the name). `+++` TOML through the standard library. Values that the
subset cannot say are left out, never guessed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping

__all__ = ["METADATA_KEYS", "known_metadata", "split_front_matter"]

METADATA_KEYS = {
    "author": "author",
    "authors": "author",
    "autor": "author",
    "by": "author",
    "translator": "translator",
    "translators": "translator",
    "traductor": "translator",
    "traductora": "translator",
    "traduction": "translator",
    "interviewer": "interviewer",
    "interviewee": "interviewee",
    "editor": "editor",
    "editors": "editor",
    "date": "date",
    "published": "date",
    "outlet": "outlet",
    "publisher": "outlet",
    "url": "url",
    "canonical": "url",
    "canonical_url": "url",
    "canonicalurl": "url",
    "licence": "licence",
    "license": "licence",
    "description": "description",
    "summary": "description",
    "title": "title",
    "lang": "lang",
    "language": "lang",
    "locale": "lang",
}
_DELIMITER = re.compile(r"(?:[ \t]*\n)*(---|\+\+\+)[ \t]*\n")
_KEY = re.compile(
    r"(?P<indent> *)(?P<dash>(?:- +)?)(?P<key>[\w.-]+|\"[^\"]+\"|'[^']+') *:(?: +(?P<value>.*)|)$"
)
_LIST_ITEM = re.compile(r" *- +(?P<value>.*)$")
_ESCAPES = {"n": " ", "t": " ", '"': '"', "\\": "\\", "/": "/", " ": " "}


def split_front_matter(text: str) -> tuple[dict[str, tuple[str, ...]], str]:
    """(values by key in lower case, the rest of the text); no front matter gives ({}, text)."""
    opening = _DELIMITER.match(text)
    if opening is None:
        return {}, text
    delimiter = opening[1]
    end = re.compile(
        rf"^(?:{re.escape(delimiter)}{'|[.]{3}' if delimiter == '---' else ''})[ \t]*$",
        re.MULTILINE,
    )
    closing = end.search(text, opening.end())
    if closing is None:
        return {}, text
    body, rest = text[opening.end() : closing.start()], text[closing.end() :]
    if delimiter == "+++":
        try:
            return _flatten(tomllib.loads(body)), rest
        except (ValueError, RecursionError):
            return {}, rest
    values = _yaml(body.split("\n"))
    # a text may open with a rule and hold another one: without one key it is no front matter
    return (values, rest) if values or not body.strip() else ({}, text)


def known_metadata(values: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """The values under the names that `Document.metadata` uses, plus `title` and `lang`."""
    known: dict[str, tuple[str, ...]] = {}
    for key, listed in values.items():
        name = METADATA_KEYS.get(key)
        kept = tuple(value for value in listed if value)
        if name and kept and name not in known:
            known[name] = kept
    return known


def _flatten(table: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    values: dict[str, tuple[str, ...]] = {}
    for key, value in table.items():
        items = value if isinstance(value, list) else [value]
        named = [item.get("name", "") if isinstance(item, dict) else item for item in items]
        values[key.lower()] = tuple(str(item) for item in named if item != "")
    return values


def _yaml(lines: list[str]) -> dict[str, tuple[str, ...]]:
    values: dict[str, tuple[str, ...]] = {}
    at = 0
    while at < len(lines):
        match = _KEY.match(lines[at].rstrip())
        at += 1
        if match is None or match["indent"] or match["dash"]:
            continue
        block = []
        while at < len(lines) and (not lines[at].strip() or lines[at][0] in " \t-#"):
            block.append(lines[at])
            at += 1
        values[match["key"].strip("\"'").lower()] = _value((match["value"] or "").strip(), block)
    return values


def _value(first: str, block: list[str]) -> tuple[str, ...]:
    """The values of one key: what stands after the colon and the lines below it."""
    if first[:1] in ("|", ">"):
        return (" ".join(" ".join(block).split()),)
    if first.startswith("[") or (first.startswith("{") and not first.startswith("{{")):
        inner = " ".join([first, *map(str.strip, block)])
        return _flow(inner) if inner.startswith("[") else ()
    bare = "" if first.startswith("#") else first
    rows = [line for line in block if line.strip() and not line.lstrip().startswith("#")]
    if not bare and rows and _LIST_ITEM.match(rows[0]):
        return _items(rows)
    if not bare and rows and _KEY.match(rows[0].rstrip()):
        return ()  # a mapping: nothing of it is used
    return (_scalar(" ".join([bare, *map(str.strip, rows)]).strip()),)


def _items(rows: list[str]) -> tuple[str, ...]:
    items = []
    for row in rows:
        pair = _KEY.match(row.rstrip())
        item = _LIST_ITEM.match(row.rstrip())
        if pair and pair["key"] == "name":
            items.append(_scalar(pair["value"] or ""))
        elif item and not pair:
            items.append(_scalar(item["value"].strip()))
    return tuple(items)


def _flow(text: str) -> tuple[str, ...]:
    inner = text[1 : text.rfind("]")] if "]" in text else text[1:]
    parts = re.findall(r"\s*\"(?:[^\"\\]|\\.)*\"|\s*'(?:[^']|'')*'|[^,]+", inner)
    return tuple(value for value in (_scalar(part.strip()) for part in parts) if value)


def _scalar(text: str) -> str:
    if text[:1] == '"':
        end = re.match(r'"((?:[^"\\]|\\.)*)"', text)
        inner = end[1] if end else text[1:]
        return re.sub(r"\\(.)", lambda m: _ESCAPES.get(m[1], m[0]), inner)
    if text[:1] == "'":
        end = re.match(r"'((?:[^']|'')*)'", text)
        return (end[1] if end else text[1:]).replace("''", "'")
    plain = re.split(r"\s#", text, maxsplit=1)[0].strip()
    return "" if plain in ("~", "null") else plain
