"""TMX 1.4b (LISA OSCAR, 2005): one `tu` a unit, one `tuv` a language; level 1, plain text.

Decisions, each made by what clients accept (OmegaT, translate-toolkit, Poedit, Trados exports):

- no DOCTYPE: all clients tried load files without it, and a parser that resolves external
  entities fails on `SYSTEM "tmx14.dtd"` where that file is not beside the document; the files are
  valid against that DTD all the same (`xmllint --dtdvalid tmx14.dtd`)
- `srclang` is the real language: without it OmegaT and Poedit refuse the file
- language tags with hyphens, no white space in or around the text of `seg`, XML-illegal
  characters removed: each of these makes units useless in OmegaT without a message
- `tuid` is a hash of the texts and the documents, so that it survives insertions elsewhere;
  an ordinal follows where the same unit comes again
- `x-Origin` Alignment, so that Trados can apply its penalty; `x-ConfirmationLevel` Draft until a
  person has accepted or edited the bead
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from lxml import etree

from aligner.exporting.options import WriteOptions
from aligner.exporting.text import bcp47, joined, one_line, three_decimals, xml_safe
from aligner.exporting.tmx_flavours import Flavour, flavour
from aligner.exporting.units import Unit, as_set, units
from aligner.exporting.xmlfile import XML_LANG, xml_file
from aligner.files import Sink
from aligner.model import Alignment, AlignmentSet, Document, Segment

__all__ = ["write"]

NULLS_SUFFIX = ".nulls.tmx"


def write(alignment: Alignment | AlignmentSet, sink: Sink, options: WriteOptions) -> None:
    """Write TMX 1.4b; with `nulls="separate"` also a sibling `.nulls.tmx`.

    Raises UsageError for an unknown flavour, ExportError where the sink cannot be written.
    """
    memory = _Memory(as_set(alignment), options)
    with sink.open() as out:
        memory.write(out, nulls=options.nulls == "keep", pairs=True)
    if options.nulls == "separate":
        with sink.open(NULLS_SUFFIX) as out:
            memory.write(out, nulls=True, pairs=False)


class _Memory:
    """What the units of one file share."""

    def __init__(self, alignments: AlignmentSet, options: WriteOptions) -> None:
        self.alignments = alignments
        self.documents = alignments.documents
        self.segments = [document.segments for document in self.documents]
        self.langs = [bcp47(document.lang) for document in self.documents]
        self.options = options
        self.flavour: Flavour = flavour(options.flavour)
        moment = options.moment()
        self.date = {"creationdate": f"{moment:%Y%m%dT%H%M%SZ}"} if moment else {}
        self.name = xml_safe(self.documents[0].id)

    def write(self, out: BinaryIO, *, nulls: bool, pairs: bool) -> None:
        """One whole file: units of two and more languages, units of one, or both."""
        with xml_file(out) as xml, xml.element("tmx", {"version": "1.4"}):
            xml.write("\n")
            xml.write(self.header())
            xml.write("\n")
            with xml.element("body"):
                xml.write("\n")
                for tuid, unit, texts in self.named_units():
                    filled = sum(1 for text in texts if text)
                    if (nulls and filled == 1) or (pairs and filled > 1):
                        xml.write(self.tu(tuid, unit, texts))
                        xml.write("\n")
            xml.write("\n")

    def header(self) -> Any:
        """The element `header` with everything that DTD and clients require."""
        options = self.options
        header = etree.Element(
            "header",
            {
                "creationtool": xml_safe(options.tool),
                "creationtoolversion": xml_safe(options.version),
                "segtype": "sentence",
                "o-tmf": xml_safe(options.tool),
                "adminlang": "en",
                "srclang": self.langs[0],
                "datatype": "plaintext",
                **self.date,
            },
        )
        for alignment in self.alignments.alignments:
            if alignment.signature.parts:
                _property(header, "x-signature", str(alignment.signature))
        for name, value in options.parameters:
            _property(header, xml_safe(f"x-{name}"), value)
        return header

    def named_units(self) -> Iterator[tuple[str, Unit, list[str]]]:
        """Each unit with its id and cleaned texts; units without any text are left out."""
        seen: dict[bytes, int] = {}
        documents = [document.id for document in self.documents]
        for unit in units(self.alignments):
            texts = [
                one_line(joined(document, side)) if side else ""
                for document, side in zip(self.documents, unit.sides, strict=True)
            ]
            if not any(texts):
                continue
            key = "\0".join([*documents, *self.langs, *texts]).encode("utf-8", "replace")
            digest = hashlib.blake2b(key, digest_size=8).digest()
            ordinal = seen[digest] = seen.get(digest, 0) + 1
            yield digest.hex() + (f"-{ordinal}" if ordinal > 1 else ""), unit, texts

    def tu(self, tuid: str, unit: Unit, texts: list[str]) -> Any:
        """One `tu`: notes and properties first, then the variants, as the DTD orders them."""
        names = self.flavour
        tu = etree.Element("tu", {"tuid": tuid, **self.date})
        for comment in unit.comments:
            etree.SubElement(tu, "note").text = one_line(comment)
        _property(tu, "x-Origin", "Alignment")
        _property(tu, "x-ConfirmationLevel", "ApprovedTranslation" if unit.approved else "Draft")
        if unit.confidence is not None:
            _property(tu, names.score, three_decimals(unit.confidence))
        _property(tu, names.kind, unit.kind.replace("-", names.kind_joint))
        _property(tu, names.document, self.name)
        for label in unit.labels:
            _property(tu, names.label, label)
        for name, value in names.fixed:
            _property(tu, name, value)
        for number, text in enumerate(texts):
            if text:
                self.tuv(tu, number, unit.sides[number], text)
        return tu

    def tuv(self, tu: Any, number: int, side: tuple[Segment, ...], text: str) -> None:
        """One language of a unit."""
        document: Document = self.documents[number]
        tuv = etree.SubElement(tu, "tuv", {XML_LANG: self.langs[number]})
        _property(tuv, self.flavour.origin, document.origin)
        before, after = self.flavour.context
        if number == 0 and before:
            segments = self.segments[0]
            first, last = side[0].index, side[-1].index
            if first > 0:
                _property(tuv, before, segments[first - 1].text)
            if last + 1 < len(segments):
                _property(tuv, after, segments[last + 1].text)
        etree.SubElement(tuv, "seg").text = text


def _property(parent: Any, name: str, value: str) -> None:
    if name and value:
        etree.SubElement(parent, "prop", type=name).text = one_line(value)
