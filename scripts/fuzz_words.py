"""Words of a mutated file that its document lacks and nothing lists: for `fuzz_readers.py`.

The rule holds without false alarms. Plain formats (`aligner.text.trace`): every visible character of
the decoded file is in a paragraph or listed. XML that lxml takes, alone or in a package: every word of
the elements that hold words in this format is told as often as it stands there; two in one place may
be told as one piece, so words are looked for inside what is told.
"""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from aligner.model import Document, ReadOptions, Source
from aligner.text.rich import clean
from aligner.text.trace import Trace

__all__ = ["missing_words"]

_WORD = re.compile(r"[^\W\d_]{3,}")
# elements whose text is words, wherever they stand; None: all of them
_HOLDING: dict[str, frozenset[str] | None] = {
    "tei": None,
    "xliff": None,
    "docx": frozenset(("t", "delText", "instrText")),
    "odt": frozenset(("p", "h", "span")),
    "tmx": frozenset(("note", "prop")),
}
_PARTS = {
    "docx": re.compile(r"word/(?:document|footnotes|endnotes|comments|header\d*|footer\d*)\.xml"),
    "odt": re.compile(r"content\.xml"),
}
_CELLS = ("tsv", "csv")  # quotes and escapes of cells may be changed


def missing_words(
    name: str, source: Source, options: ReadOptions, document: Document, traced: Trace | None
) -> list[str]:
    """What of `source`, read as format `name`, is told nowhere; [] also where the rule says nothing
    (other encodings, repaired text, formats without it).
    """
    if options.encoding or options.fix_mojibake:
        return []
    told = [p.text for p in document.paragraphs] + [part.text for part in document.dropped]
    if traced is not None:
        told += [part.text for part in traced.left]
        lost = _visible(traced.text) - _visible("".join(told))
        return sorted(lost) if name not in _CELLS else []
    if name not in _HOLDING:
        return []
    told += [document.title, *(value for values in document.metadata.values() for value in values)]
    told += [text for p in document.paragraphs for text in (p.key, p.speaker or "")]
    pieces = ["".join(clean(text).split()) for text in told]
    wanted: Counter[str] = Counter()
    for text in _texts(name, source.data):
        wanted.update(_WORD.findall(clean(text)))
    return [
        word for word, count in wanted.items() if sum(piece.count(word) for piece in pieces) < count
    ]


def _visible(text: str) -> Counter[str]:
    return Counter("".join(unicodedata.normalize("NFD", text).split()))


def _texts(name: str, data: bytes) -> Iterator[str]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    holding = _HOLDING[name]
    for part in _xml(name, data):
        try:
            root = etree.fromstring(part, parser)
        except (etree.XMLSyntaxError, ValueError):
            continue
        for element in root.iter():
            if not isinstance(element.tag, str):
                continue
            above = element.getparent()
            tags = (_local(element), _local(above) if above is not None else "")
            if holding is None or tags[0] in holding:
                yield element.text or ""
            if above is not None and (holding is None or tags[1] in holding):
                yield element.tail or ""


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _xml(name: str, data: bytes) -> Iterator[bytes]:
    if name not in _PARTS:
        yield data
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            yield from (package.read(n) for n in package.namelist() if _PARTS[name].fullmatch(n))
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError):
        return
