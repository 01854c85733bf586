"""What other programs read of files of units: lxml, translate-toolkit, polib."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

from lxml import etree

from aligner.model import Code, Header, Unit, Variant

__all__ = ["Texts", "of_lxml", "of_polib", "of_toolkit", "said", "shown", "whole", "words"]

_TAG = re.compile(r"<[^<>]*>")
_WORD = re.compile(r"\w+")
# elements that hold text of a unit or about it, in any version of the format
_HOLDING = {"tmx": ("seg", "note", "prop"), "xliff": ("source", "target", "note")}
Texts = list[str]


def words(texts: Iterator[str] | Texts) -> Counter[str]:
    """The words of texts, and how often."""
    return Counter(word for text in texts for word in _WORD.findall(text))


def whole(variant: Variant) -> str:
    """The text with what its codes hold, as a parser sees the content of its element."""
    pieces, at = [], 0
    for code in variant.codes:
        pieces += [variant.text[at : code.place], _inside(code)]
        at = code.place
    return "".join([*pieces, variant.text[at:]])


def _inside(code: Code) -> str:
    return _bare(code.content) if code.content else code.markup


def _bare(xml: str) -> str:
    return unescape(_TAG.sub("", xml))


def shown(units: list[Unit]) -> Counter[str]:
    """The words of the texts of units: with what their codes hold, and where a code stands inside a
    word with what is inside the code only in its own element.
    """
    variants = [variant for unit in units for variant in unit.variants]
    bare = ["".join(_pieces(variant)) for variant in variants]
    return words([whole(variant) for variant in variants]) | words(bare)


def _pieces(variant: Variant) -> Iterator[str]:
    """Text and content of a variant without native codes, which stand elsewhere in XLIFF 2."""
    at = 0
    for code in variant.codes:
        yield variant.text[at : code.place]
        yield _bare(code.content)
        at = code.place
    yield variant.text[at:]


def said(units: list[Unit], header: Header) -> Counter[str]:
    """The words of all else that units and header hold; what XLIFF keeps as XML is text without
    markup here, with and without a space for each tag.
    """
    out = [*header.notes, header.content, *(word for pair in header.attributes for word in pair)]
    kept = [value for _, value in header.properties]
    for unit in units:
        out += [unit.comment, unit.context, *unit.notes]
        kept += [value for _, value in unit.properties]
        for variant in unit.variants:
            out += variant.notes
            kept += [value for _, value in variant.properties]
    if not header.form.startswith("xliff"):
        return words([*out, *(value.replace("\\n", "\n") for value in kept)])
    apart = (unescape(_TAG.sub(" ", xml)) for xml in kept)
    return words([*out, *map(_bare, kept)]) | words([*out, *apart])


def of_lxml(data: bytes, kind: str) -> dict[str, Texts] | None:
    """The texts of a file by the element that holds them; None where lxml refuses it."""
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    for reference in list(root.iter(etree.Entity)):
        reference.tail, text = None, reference.tail
        parent, before = reference.getparent(), reference.getprevious()
        if before is None:  # what an entity of the file's own stands for is not asked here
            parent.text = f"{parent.text or ''} {text or ''}"
        else:
            before.tail = f"{before.tail or ''} {text or ''}"
        parent.remove(reference)
    return {
        name: ["".join(map(str, one.itertext())) for one in root.iter(f"{{*}}{name}")]
        for name in _HOLDING[kind]
    }


def of_toolkit(data: bytes, kind: str) -> Texts | None:
    """What translate-toolkit reads; None where it refuses the file, or would mistake the encoding of
    a catalogue.
    """
    try:
        if kind == "po":
            data.decode("utf-8")
        return list(_of_toolkit(data, kind))
    except Exception:  # noqa: BLE001 - another program's failure
        return None


def _of_toolkit(data: bytes, kind: str) -> Iterator[str]:
    from translate.storage import pypo, tmx, xliff

    store: Any
    if kind == "tmx":
        store = tmx.tmxfile.parsestring(data)  # type: ignore[no-untyped-call, unused-ignore]
    elif kind == "po":
        store = pypo.pofile.parsestring(data)  # type: ignore[no-untyped-call, unused-ignore]
    elif b'version="2' in data[:2000]:
        from translate.storage import xliff2

        store = xliff2.Xliff2File.parsestring(data)  # type: ignore[attr-defined, no-untyped-call, unused-ignore]
    else:
        store = xliff.xlifffile.parsestring(data)  # type: ignore[no-untyped-call, unused-ignore]
    for unit in store.units:
        if kind == "po" and (unit.isheader() or unit.isobsolete()):
            continue
        for text in (unit.source, unit.target):
            if text:
                yield from map(str, getattr(text, "strings", None) or [text])
        yield str(unit.getnotes() or "")


def of_polib(path: Path) -> Texts | None:
    """What polib reads of a catalogue; None where it refuses it."""
    import polib

    try:
        path.read_bytes().decode("utf-8")
        encoding = "utf-8"  # whatever it declares
    except UnicodeDecodeError:
        encoding = polib.detect_encoding(str(path))
    try:
        catalogue = polib.pofile(str(path), encoding=encoding)
    except (OSError, UnicodeError, ValueError, LookupError):
        return None
    out: Texts = [catalogue.header, *map(str, catalogue.metadata.values())]
    for entry in catalogue:
        if entry.obsolete:
            continue
        out += [entry.msgid, entry.msgid_plural, entry.msgstr, entry.msgctxt or ""]
        out += [*entry.msgstr_plural.values(), entry.comment, entry.tcomment]
        out += [place for place, _ in entry.occurrences]
    return out
