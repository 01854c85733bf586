"""How the parts make files.

- `corpus` one self-contained teiCorpus: header, standOff, one TEI a language
- `separate` one TEI a language (`out.es.xml`), the links (`out.align.xml`), and a teiCorpus that
  includes them by XInclude
- `parallel` one TEI with a group of texts, each segment pointing to its counterparts (corresp):
  for reading editions, which show texts side by side from one file
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from aligner.files import Sink
from aligner.files.xml_file import xml_file
from aligner.formats.common.ids import prefixes
from aligner.formats.options import WriteOptions
from aligner.formats.tei.header import corpus_header, links_header, text_header
from aligner.formats.tei.links import has_links, set_counterparts, write_stand_off
from aligner.formats.tei.markup import NAMESPACE
from aligner.formats.tei.view import View, views
from aligner.formats.tei.write_body import write_text
from aligner.model import AlignmentSet

__all__ = ["LAYOUTS", "corpus", "parallel", "separate"]

_XINCLUDE = "http://www.w3.org/2001/XInclude"


def corpus(alignments: AlignmentSet, sink: Sink, options: WriteOptions) -> None:
    """One file with everything."""
    made = views(alignments, words=options.words)
    with _root(sink, "", "teiCorpus") as xml:
        _line(xml, corpus_header(alignments, made, options))
        write_stand_off(xml, alignments, made)
        for view in made:
            with xml.element("TEI", {"xml:id": view.prefix}):
                xml.write("\n")
                _text(xml, view, made, options)
            xml.write("\n")


def separate(alignments: AlignmentSet, sink: Sink, options: WriteOptions) -> None:
    """A file a language, a file of links, a corpus that includes them.

    Raises ExportError where the sink has one file only.
    """
    suffixes = [f".{prefix}.xml" for prefix in prefixes(alignments.documents)]
    files = [sink.name(suffix) for suffix in suffixes]
    made = views(alignments, files, sink.name(), words=options.words)
    for view, suffix in zip(made, suffixes, strict=True):
        with _root(sink, suffix, "TEI", {"xml:id": view.prefix}) as xml:
            _text(xml, view, made, options)
    links = ".align.xml"
    if has_links(alignments, words=options.words):
        with _root(sink, links, "TEI") as xml:
            _line(xml, links_header(made))
            write_stand_off(xml, alignments, made)
        files.append(sink.name(links))
    with _root(sink, "", "teiCorpus") as xml:
        _line(xml, corpus_header(alignments, made, options))
        for name in files:
            with xml.element(f"{{{_XINCLUDE}}}include", {"href": name}, nsmap={"xi": _XINCLUDE}):
                pass
            xml.write("\n")


def parallel(alignments: AlignmentSet, sink: Sink, options: WriteOptions) -> None:
    """One TEI, the texts in one group."""
    made = views(alignments, words=options.words)
    set_counterparts(alignments, made)
    with _root(sink, "", "TEI") as xml:
        _line(xml, corpus_header(alignments, made, options, whole=True))
        write_stand_off(xml, alignments, made, beads=False)
        with xml.element("text"), xml.element("group"):
            xml.write("\n")
            for view in made:
                write_text(xml, view)
                xml.write("\n")


LAYOUTS: Mapping[str, Callable[[AlignmentSet, Sink, WriteOptions], None]] = {
    "corpus": corpus,
    "separate": separate,
    "parallel": parallel,
}


@contextlib.contextmanager
def _root(
    sink: Sink, suffix: str, tag: str, attributes: Mapping[str, str] | None = None
) -> Iterator[Any]:
    """A file with its root element open; our own prose in it is English."""
    with sink.open(suffix) as out, xml_file(out) as xml:
        name = f"{{{NAMESPACE}}}{tag}"
        with xml.element(name, {**(attributes or {}), "xml:lang": "en"}, nsmap={None: NAMESPACE}):
            xml.write("\n")
            yield xml


def _text(xml: Any, view: View, made: Sequence[View], options: WriteOptions) -> None:
    _line(xml, text_header(view, made, options))
    write_text(xml, view)
    xml.write("\n")


def _line(xml: Any, made: Any) -> None:
    xml.write(made)
    xml.write("\n")
