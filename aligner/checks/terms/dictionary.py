"""A user's dictionary: TSV, TBX or hunalign's .dic -> pairs of phrases.

TSV: a phrase of the source's language, a tab, one of the target's; a header line with `source` and
`target` says which column is which, and `|` separates several in a cell. TBX as in `check --terms`.
hunalign's .dic has a line `target phrase @ source phrase` for each entry.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from aligner.checks.terms.glossary import parse_glossary
from aligner.model import Malformed

__all__ = ["Dictionary", "parse_dictionary"]

_HUNALIGN = " @ "


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Pairs of phrases (source's language, target's language) and a digest of 8 hex digits."""

    entries: tuple[tuple[str, str], ...]
    digest: str


def parse_dictionary(data: bytes, name: str, langs: tuple[str, str]) -> Dictionary:
    """The entries of a file's content for texts of these languages.

    Raises Malformed, naming file and line, where it is none of the formats or has no entry.
    """
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        entries = _terms(data, name, langs)
    else:
        entries = _lines(data, name)
    if not entries:
        raise Malformed(
            "this dictionary has no entries",
            context=name,
            hint="a line is: source phrase, tab, target phrase (or target @ source as hunalign's)",
        )
    return Dictionary(entries, hashlib.sha256(data).hexdigest()[:8])


def _terms(data: bytes, name: str, langs: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(
        (source, target)
        for term in parse_glossary(data, name, langs)
        for source in term.source
        for target in term.required
    )


def _lines(data: bytes, name: str) -> tuple[tuple[str, str], ...]:
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise Malformed(f"byte {error.start} is not UTF-8", context=name) from error
    order: tuple[int, int] | None = None
    out: list[tuple[str, str]] = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        if "\t" not in line and _HUNALIGN in line:
            target, source = line.split(_HUNALIGN, maxsplit=1)
            cells = [source, target]
        elif "\t" in line:
            columns = line.split("\t")
            names = [cell.strip().lower() for cell in columns]
            if order is None:
                headed = "source" in names and "target" in names
                order = (names.index("source"), names.index("target")) if headed else (0, 1)
                if headed:
                    continue
            cells = [columns[k] if k < len(columns) else "" for k in order]
        else:
            cells = ["", ""]
        if not all(cell.strip() for cell in cells):
            raise Malformed(
                "an entry without its translation",
                context=name,
                line=number,
                excerpt=line[:40],
                hint="a line is: source phrase, tab, target phrase (or target @ source as hunalign's)",
            )
        out += [
            (one.strip(), other.strip())
            for one in cells[0].split("|")
            for other in cells[1].split("|")
            if one.strip() and other.strip()
        ]
    return tuple(out)
