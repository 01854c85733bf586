"""Tables of what stands in the files, out of their JSON Schemas in docs/schemas."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from _docs.words import DOCS, Words, escaped

__all__ = ["SCHEMAS", "load_schema", "schema_table"]

SCHEMAS = DOCS / "schemas"


def load_schema(name: str) -> dict[str, Any]:
    """The schema `docs/schemas/NAME.schema.json`."""
    made: dict[str, Any] = json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))
    return made


def schema_table(name: str, words: Words) -> str:
    """What the schema says of the file, then a table for each kind of object in it."""
    schema = load_schema(name)
    say = words.say
    lines = [escaped(say(schema["description"])), ""]
    lines += [f"[`{name}.schema.json`](../schemas/{name}.schema.json)", ""]
    tables = [("", schema), *schema.get("$defs", {}).items()]
    for title, one in tables:
        rows = list(_rows(one, words))
        if not rows:
            continue
        if title:
            about = f": {escaped(say(one['description']))}" if "description" in one else ""
            lines += [f"**`{title}`**{about}", ""]
        lines += [
            f"| {say('key')} | {say('value')} | {say('what it means')} |",
            "| --- | --- | --- |",
        ]
        lines += [*rows, ""]
    return "\n".join(lines)


def _rows(schema: dict[str, Any], words: Words) -> Iterator[str]:
    items = schema
    while items.get("type") == "array" and isinstance(items.get("items"), dict):
        items = items["items"]
    needed = items.get("required", [])
    for key, value in items.get("properties", {}).items():
        text = words.say(value["description"]) if "description" in value else ""
        must = "" if key in needed else f" *({words.say('optional')})*"
        yield f"| `{key}`{must} | {_kind(value, words)} | {escaped(text)} |"


def _kind(value: dict[str, Any], words: Words) -> str:
    say = words.say
    if "$ref" in value:
        return f"`{value['$ref'].rpartition('/')[2]}`"
    if "const" in value:
        return f"`{json.dumps(value['const'])}`"
    if "enum" in value:
        return ", ".join(f"`{json.dumps(one)}`" for one in value["enum"])
    if "anyOf" in value:
        return " / ".join(_kind(one, words) for one in value["anyOf"])
    kinds = value.get("type", "any")
    if isinstance(kinds, list):
        return " / ".join(say(_TYPES[one]) for one in kinds)
    if kinds == "array" and isinstance(value.get("items"), dict):
        return f"{say('list of')} {_kind(value['items'], words)}"
    if kinds == "array" and "prefixItems" in value:
        return f"[{', '.join(_kind(one, words) for one in value['prefixItems'])}]"
    return say(_TYPES[kinds])


_TYPES = {
    "any": "anything",
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "object": "object",
    "array": "list",
    "null": "nothing",
}
