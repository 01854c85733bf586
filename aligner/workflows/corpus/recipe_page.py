"""What each step of a recipe took: as a table, and as a page without scripts or outside files."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from aligner.text.speaking import spoken_tag, t

__all__ = ["page_of", "rows_of", "table_of"]


def rows_of(record: Mapping[str, Any]) -> Iterator[tuple[str, str, int]]:
    """(step, what is counted, how many), in order."""
    for step in record["steps"]:
        for what, count in step["counts"].items():
            yield step["name"], what, count


def table_of(record: Mapping[str, Any]) -> str:
    """The rows parted by tabs, with their names in the first line."""
    rows = [("step", "what", "count"), *((a, b, str(c)) for a, b, c in rows_of(record))]
    return "".join("\t".join(row) + "\n" for row in rows)


def page_of(record: Mapping[str, Any], name: str) -> str:
    """The same with settings and digests; shares are of the step's own input."""
    steps = "".join(_step(step) for step in record["steps"])
    made = t(
        "aligner {version}, recipe {digest}", version=record["aligner"], digest=record["recipe"]
    )
    return (
        f"<!DOCTYPE html>\n<html lang={spoken_tag()}><head><meta charset=utf-8>"
        '<meta name=viewport content="width=device-width">'
        f"<title>{escape(name)}</title><style>{_STYLE}</style></head><body><h1>{escape(name)}</h1>"
        f"<p>{escape(made)}</p>{steps}"
        "</body></html>\n"
    )


def _step(step: Mapping[str, Any]) -> str:
    counts = step["counts"]
    whole = counts.get("units") or counts.get("sources") or 0
    rows = "".join(
        f"<tr><th scope=row>{escape(what)}</th><td>{count:,}</td>"
        f"<td>{f'{100 * count / whole:.1f} %' if whole else ''}</td></tr>"
        for what, count in counts.items()
    )
    settings = ", ".join(f"{k} {json.dumps(v)}" for k, v in step["settings"].items()) or "-"
    files = "".join(
        f"<tr><th scope=row>{escape(path)}</th><td><code>{escape(digest)}</code></td></tr>"
        for path, digest in step["files"].items()
    )
    return (
        f"<section><h2>{escape(step['name'])}</h2><p>{escape(settings)}</p><table><thead><tr>"
        f"<th scope=col>{escape(t('what'))}</th><th scope=col>{escape(t('count'))}</th>"
        f"<th scope=col>{escape(t('share'))}</th></tr></thead><tbody>{rows}</tbody></table>"
        f"<details><summary>{escape(t('files'))}</summary><table>{files}</table>"
        "</details></section>"
    )


_STYLE = (
    ":root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;"
    "max-width:60rem;padding:0 1rem}table{border-collapse:collapse}th,td{padding:.2rem .7rem;"
    "text-align:right;border-bottom:1px solid #8886}th[scope=row]{text-align:left}"
    "code{overflow-wrap:anywhere;font-size:.8em}"
)
