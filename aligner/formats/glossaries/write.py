"""Entries as glossaries of tools: TBX 2 and 3, OmegaT's table, tables with names of columns.

TBX 2 (ISO 30042:2008, martif) is what OmegaT, translate-toolkit and most tools load; TBX 3 (ISO
30042:2019, style DCA) is the standard now. Both in the dialect TBX-Basic: an entry is a concept with a
term in both languages, admitted and not preferred, for nobody has approved it yet.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.files import atomic
from aligner.files.xml_file import XML_LANG
from aligner.formats.tables.write_csv import safe
from aligner.model import UsageError
from aligner.text.output import xml_safe

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["GLOSSARY_SUFFIXES", "GlossaryEntry", "glossary_format", "write_glossary"]

GLOSSARY_SUFFIXES: Mapping[str, str] = {
    ".tbx": "tbx",
    ".tsv": "tsv",
    ".csv": "csv",
    ".utf8": "omegat",
    ".txt": "omegat",
    ".tab": "omegat",
}
_TBX3 = "urn:iso:std:iso:30042:ed-2"
_SOURCE = "Candidates extracted by aligner; not reviewed."


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """A term in both languages, what to say of it, a text of each language that holds it, and what
    else a table has a column for.
    """

    source: str
    target: str
    comment: str = ""
    contexts: tuple[str, str] = ("", "")
    columns: tuple[tuple[str, str], ...] = ()


def glossary_format(path: Path, to: str | None = None) -> str:
    """The format of a file to write: `to`, or what its suffix says.

    Raises UsageError for one nobody knows.
    """
    known = to or GLOSSARY_SUFFIXES.get(path.suffix.lower(), "")
    if known in _WRITERS:
        return known
    if to:
        raise UsageError(
            f"there is no glossary format {to!r}", hint=f"known: {', '.join(_WRITERS)}"
        )
    raise UsageError(
        f"this is written as {', '.join(GLOSSARY_SUFFIXES)}",
        context=str(path),
        hint="name it terms.tbx or terms.tsv, or name the format with --to",
    )


def write_glossary(
    entries: Sequence[GlossaryEntry],
    path: Path,
    format: str,  # noqa: A002 - the word users know
    langs: tuple[str, str],
    title: str = "",
) -> None:
    """Write the entries in a format of `glossary_format`. Raises ExportError."""
    made = _WRITERS[format](entries, langs, title)
    with atomic(path) as out:
        out.write(made)


def _tsv(entries: Sequence[GlossaryEntry], langs: tuple[str, str], title: str) -> bytes:
    """Under names of columns, so that more can be said of a term."""
    del langs, title
    names = [name for name, _ in entries[0].columns] if entries else []
    rows = [["source", "target", *names]]
    rows += [[one.source, one.target, *(value for _, value in one.columns)] for one in entries]
    return _tabbed(rows)


def _omegat(entries: Sequence[GlossaryEntry], langs: tuple[str, str], title: str) -> bytes:
    """Source, target, comment; no names, which would be an entry."""
    del langs, title
    return _tabbed([[one.source, one.target, one.comment] for one in entries])


def _tabbed(rows: Sequence[Sequence[str]]) -> bytes:
    lines = [
        "\t".join([_first(row[0]), *(" ".join(cell.split()) for cell in row[1:])]) for row in rows
    ]
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace")


def _first(term: str) -> str:
    """A term at the start of a line, which OmegaT takes for a comment where it begins with #."""
    cell = " ".join(term.split())
    return f" {cell}" if cell.startswith("#") else cell


def _csv(entries: Sequence[GlossaryEntry], langs: tuple[str, str], title: str) -> bytes:
    """As spreadsheets take it: commas, a byte order mark, no cell that is a formula."""
    del langs, title
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    names = [name for name, _ in entries[0].columns] if entries else []
    table.writerow(["source", "target", "comment", *names])
    for one in entries:
        cells = (one.target, one.comment, *(value for _, value in one.columns))
        table.writerow(map(safe, [_first(one.source), *(" ".join(cell.split()) for cell in cells)]))
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def _tbx2(entries: Sequence[GlossaryEntry], langs: tuple[str, str], title: str) -> bytes:
    from lxml import etree

    root = etree.Element("martif", {"type": "TBX-Basic", XML_LANG: langs[0] or "en"})
    header = _add(root, "martifHeader")
    _describe(header, title)
    _add(_add(header, "encodingDesc"), "p", "TBXBasicXCSV02.xcs", type="XCSURI")
    body = _add(_add(root, "text"), "body")
    _entries(body, entries, langs, ("termEntry", "langSet", "tig"))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _tbx3(entries: Sequence[GlossaryEntry], langs: tuple[str, str], title: str) -> bytes:
    from lxml import etree

    root = etree.Element(
        f"{{{_TBX3}}}tbx",
        {"type": "TBX-Basic", "style": "dca", XML_LANG: langs[0] or "en"},
        nsmap={None: _TBX3},  # type: ignore[dict-item]  # the stubs know no default namespace
    )
    _describe(_add(root, "tbxHeader"), title)
    body = _add(_add(root, "text"), "body")
    _entries(body, entries, langs, ("conceptEntry", "langSec", "termSec"))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def _describe(header: etree._Element, title: str) -> None:
    about = _add(header, "fileDesc")
    _add(_add(about, "titleStmt"), "title", title)
    _add(_add(about, "sourceDesc"), "p", _SOURCE)


def _entries(
    body: etree._Element,
    entries: Sequence[GlossaryEntry],
    langs: tuple[str, str],
    names: tuple[str, str, str],
) -> None:
    for number, one in enumerate(entries, start=1):
        concept = _add(body, names[0], id=f"c{number}")
        for lang, term, context in zip(langs, (one.source, one.target), one.contexts, strict=True):
            section = _add(concept, names[1])
            section.set(XML_LANG, lang or "und")
            group = _add(section, names[2])
            _add(group, "term", term)
            _add(group, "termNote", "admittedTerm-admn-sts", type="administrativeStatus")
            if context:
                _add(group, "descrip", context, type="context")


def _add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
    """A new last child, in the namespace of its parent."""
    from lxml import etree

    space = etree.QName(parent).namespace
    child = etree.SubElement(parent, f"{{{space}}}{name}" if space else name, attributes)
    child.text = xml_safe(text) or None
    return child


_Written = Callable[[Sequence[GlossaryEntry], tuple[str, str], str], bytes]
_WRITERS: Mapping[str, _Written] = {
    "tbx": _tbx2,
    "tbx3": _tbx3,
    "omegat": _omegat,
    "csv": _csv,
    "tsv": _tsv,
}
