"""Files of others and our own -> findings: what makes a tool refuse, lose or mistake a unit.

- `tmx` TMX 1.1 to 1.4b (T...)
- `tei` TEI P5 with links (E...)
- `xliff`, `xliff2` XLIFF 1.0 to 1.2 (L...) and 2.x with its modules (F...)
- `alignment_json` our own format (J...)
- X001 not well-formed, X002 a character that XML forbids, X003 an entity that is no short text
- S001 what a schema of the user says

A finding has line, unit, reason, advice and the severity of its code; the tables of codes
(`formats/*/validate_codes.py`, `codes`) say which clause of which standard each comes from. XML is
read once, as a stream, by expat: two hundred thousand units take memory for their ids only; no
entity is expanded and nothing is fetched. What a standard tables (elements, their order, their
attributes and types) is a table here, `grammar`; what it says in sentences are methods of `Rules`
and, for XLIFF 2, a list of constraints. `schema` adds a schema of the user's own.

Start reading from `validate`; `rules.Rules` is how rules are written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import BinaryIO, cast

from aligner.files.opening import open_stream
from aligner.files.xml_encoding import head_text
from aligner.formats.validation.fault import FAILING, SEVERITIES, Fault, Severity
from aligner.formats.validation.outputs import Grouped, report_json, sarif, write_sarif
from aligner.model import ReadError, UsageError

__all__ = [
    "FAILING",
    "FORMATS",
    "SEVERITIES",
    "Fault",
    "Grouped",
    "Severity",
    "check_format",
    "format_of",
    "report_json",
    "sarif",
    "validate",
    "write_sarif",
]

FORMATS = ("tmx", "tei", "xliff", "xliff2", "json")
_ROOTS = {"tmx": "tmx", "TEI": "tei", "teiCorpus": "tei", "TEI.2": "tei"}
_SUFFIXES = {
    ".tmx": "tmx",
    ".tei": "tei",
    ".tei.xml": "tei",
    ".xlf": "xliff",
    ".xliff": "xliff",
    ".xliff2": "xliff2",
    ".alignment.json": "json",
}
_HEAD = 4096
_PROLOGUE = re.compile(
    r"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>|\s)*", re.DOTALL
)
# a version without prefix: its:version says nothing of XLIFF
_TWO = re.compile(r"""(?:^|\s)version\s*=\s*["']2|document:2""")
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)([^>]*)")


def validate(path: Path, format: str = "", schema: Path | None = None) -> Iterator[Fault]:  # noqa: A002
    """All findings about a file, as they become known; `path` may be
    gzip, a member of an archive, `-`.

    `format`: one of FORMATS, "" to find out. Standards: TMX 1.1 to 1.4b, TEI P5,
    XLIFF 1.0 to 2.2.
    Raises ReadError for a file that is not there or of another format, UsageError for a format or
    schema that cannot be used.
    """
    check_format(format)
    with open_stream(path, again=True) as stream:
        head = stream.read(_HEAD)
        stream.seek(0)
        chosen = format or format_of(path.name, head)
        if schema is not None and chosen == "json":
            raise UsageError("a schema is for XML", context=str(path), hint="leave --schema out")
        if chosen == "json":
            from aligner.formats.json.validate import check_json

            yield from check_json(stream.read())
        else:
            yield from _check_xml(stream, chosen, path)
        if schema is not None:
            from aligner.formats.validation.schema import check_schema

            stream.seek(0)
            yield from check_schema(stream.read(), str(path), schema)


def check_format(format: str) -> None:  # noqa: A002 - the word users know
    """Raise UsageError for a format, other than "", that nothing here checks."""
    if format and format not in FORMATS:
        known = ", ".join(FORMATS)
        raise UsageError(f"there is no check of the format {format!r}", hint=f"known: {known}")


def format_of(name: str, head: bytes) -> str:
    """The format by the first bytes, else by the name. Raises ReadError where neither says."""
    text = head_text(head)
    if text.lstrip().startswith("{"):
        return "json"
    root = _ROOT.match(text, cast("re.Match[str]", _PROLOGUE.match(text)).end())
    if root is not None:
        if root[1] == "xliff":
            two = _TWO.search(root[2])
            return "xliff2" if two else "xliff"
        if root[1] in _ROOTS:
            return _ROOTS[root[1]]
    lower = name.lower().removesuffix(".gz")
    for suffix, known in _SUFFIXES.items():
        if lower.endswith(suffix):
            return known
    raise ReadError(
        "this is no TMX, TEI, XLIFF or .alignment.json" + (f" but <{root[1]}>" if root else ""),
        context=name,
        hint=f"name the format with --from: {', '.join(FORMATS)}",
    )


def _check_xml(stream: BinaryIO, chosen: str, path: Path) -> Iterator[Fault]:
    from aligner.formats.validation.rules import Rules
    from aligner.formats.validation.walk import walk

    rules: Rules
    if chosen == "tmx":
        from aligner.formats.tmx.validate import TmxRules

        rules = TmxRules()
    elif chosen == "xliff":
        from aligner.formats.xliff.validate import XliffRules

        rules = XliffRules()
    elif chosen == "xliff2":
        from aligner.formats.xliff.validate2 import Xliff2Rules

        rules = Xliff2Rules()
    else:
        from aligner.formats.tei.validate import TeiRules
        from aligner.formats.tei.validate_tables import IdRules

        @cache
        def ids_of(name: str) -> Mapping[str, str] | None:
            beside = path.parent / name
            if not beside.is_file():
                return None
            known = IdRules()
            with open_stream(beside) as other:
                # what is wrong in that file is said when it is checked itself
                list(walk(other, known))
            return known.ids

        rules = TeiRules(ids_of)
    yield from walk(stream, rules)
