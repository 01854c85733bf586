"""The columns of our own Parquet, whatever the units have.

| column | type | holds |
|---|---|---|
| document, number | string, int64 | where the unit stood |
| source_lang, target_lang | string | BCP 47 |
| source, target | string | the first two texts; null where there is none |
| type, confidence, quality, status | string, double, double, string | as everywhere; confidence and quality as computed |
| id, context, comment | string | null where there is none |
| more | string | what else a unit has, as an object of JSON (`model.unit_json`); null for nothing |
"""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa

from aligner.model import Unit, unit_from_json, unit_to_json

__all__ = ["COLUMNS", "SCHEMA", "row_of", "unit_of"]

_FIELDS = (
    *("document", "number", "type", "confidence", "quality", "status"),
    *("id", "context", "comment"),
)
SCHEMA = pa.schema(
    [
        ("document", pa.string()),
        ("number", pa.int64()),
        *((name, pa.string()) for name in ("source_lang", "target_lang", "source", "target")),
        ("type", pa.string()),
        ("confidence", pa.float64()),
        ("quality", pa.float64()),
        *((name, pa.string()) for name in ("status", "id", "context", "comment", "more")),
    ]
)
# files of before have no quality
COLUMNS = frozenset(SCHEMA.names) - {"quality"}


def row_of(unit: Unit) -> dict[str, Any]:
    """The cells of a unit."""
    more = unit_to_json(unit)
    row: dict[str, Any] = {name: more.pop(name, None) for name in _FIELDS}
    for name in ("id", "context", "comment", "document"):
        if not isinstance(row[name], str | None):  # what was no string in its file
            more[name] = row.pop(name)
    row["number"] = unit.number
    row["source_lang"], row["target_lang"] = unit.source_lang, unit.target_lang
    row["source"], row["target"] = unit.source or None, unit.target or None
    if len(unit.variants) == 2:
        del more["translation"], more["languages"]
    row["more"] = json.dumps(more, ensure_ascii=False) if more else None
    return row


def unit_of(row: dict[str, Any], number: int) -> Unit:
    """The unit of a row. Raises ValueError, KeyError or TypeError for what is none."""
    value = {name: row[name] for name in _FIELDS if row.get(name) is not None}
    more = json.loads(row["more"]) if row["more"] else {}
    if "translation" not in more:
        langs = [row["source_lang"] or "", row["target_lang"] or ""]
        same = not all(langs) or langs[0] == langs[1]
        names = ["source", "target"] if same else langs
        value["languages"] = langs
        value["translation"] = dict(zip(names, (row["source"], row["target"]), strict=True))
    return unit_from_json({**value, **more}, number)
