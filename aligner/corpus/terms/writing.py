"""Candidates as files: a table, and TBX-Basic (ISO 30042:2019, style DCA)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from aligner.corpus.terms.extracting import Candidate
from aligner.files import atomic

__all__ = ["write_tbx", "write_tsv"]

_COLUMNS = (
    "source",
    "target",
    "frequency",
    "source_frequency",
    "target_frequency",
    "dice",
    "score",
    "source_context",
    "target_context",
    "document",
    "variants",
)


def write_tsv(candidates: Sequence[Candidate], path: Path) -> None:
    """One candidate a line under a header; columns `source` and `target` make it a glossary."""
    with atomic(path) as out:
        out.write(("\t".join(_COLUMNS) + "\n").encode())
        for one in candidates:
            variants = "; ".join(f"{text} ({count})" for text, count in one.variants)
            cells = [
                one.source,
                one.target,
                str(one.frequency),
                str(one.source_frequency),
                str(one.target_frequency),
                f"{one.dice:.3f}",
                f"{one.score:.3f}",
                *one.context,
                one.document,
                variants,
            ]
            row = "\t".join(" ".join(cell.split()) for cell in cells)
            out.write(f"{row}\n".encode("utf-8", "replace"))


def write_tbx(
    candidates: Sequence[Candidate], path: Path, source_lang: str, target_lang: str, title: str
) -> None:
    """A concept a candidate, with a context for both languages; terms are admitted, not preferred:
    nobody has approved them yet.
    """
    from lxml import etree

    space = "urn:iso:std:iso:30042:ed-2"
    xml_lang = "{http://www.w3.org/XML/1998/namespace}lang"
    root = etree.Element(
        f"{{{space}}}tbx",
        {"type": "TBX-Basic", "style": "dca", xml_lang: source_lang or "en"},
        nsmap={None: space},  # type: ignore[dict-item]  # the stubs know no default namespace
    )

    def add(parent: etree._Element, name: str, text: str = "", **attributes: str) -> etree._Element:
        element = etree.SubElement(parent, f"{{{space}}}{name}", attributes)
        element.text = _legal(text) or None
        return element

    file_desc = add(add(root, "tbxHeader"), "fileDesc")
    add(add(file_desc, "titleStmt"), "title", title)
    add(add(file_desc, "sourceDesc"), "p", "Candidates extracted by aligner; not reviewed.")
    body = add(add(root, "text"), "body")
    for number, one in enumerate(candidates, start=1):
        entry = add(body, "conceptEntry", id=f"c{number}")
        for lang, term, context in (
            (source_lang, one.source, one.context[0]),
            (target_lang, one.target, one.context[1]),
        ):
            section = add(entry, "langSec")
            section.set(xml_lang, lang or "und")
            group = add(section, "termSec")
            add(group, "term", term)
            add(group, "termNote", "admittedTerm-admn-sts", type="administrativeStatus")
            if context:
                add(group, "descrip", context, type="context")
    with atomic(path) as out:
        out.write(etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True))


def _legal(text: str) -> str:
    """Without characters that XML 1.0 forbids."""
    return "".join(c for c in text if c in "\t\n\r" or (c >= " " and c not in "\ufffe\uffff"))
