"""Corpora laid out and compressed as OPUS publishes them, written and read.

    NAME/latest/xml/en-es.xml.gz    a linkGrp a pair of documents; languages in the order of the alphabet
    NAME/latest/xml/es.zip          NAME/xml/es/DOC.xml: sentences of words (<w>)
    NAME/latest/raw/es.zip          NAME/raw/es/DOC.xml: the same sentences as they were
    ...

`opus_read -rd FOLDER -d NAME -s es -t en` reads it with its defaults. Read are also the folders
`xml/` and `raw/` alone, unpacked texts (`raw/es/DOC.xml`, with or without .gz) and links that are not
packed; of texts that are in both, those of `raw`, for nothing was done to them.
"""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from aligner.files import atomic, storage
from aligner.files.archives import Package
from aligner.files.opening import open_source, open_stream
from aligner.files.xml_text import DECLARATION, attributes, content
from aligner.formats import FORMATS
from aligner.formats.common.links import Beside
from aligner.model import Alignment, Document, ReadError, ReadOptions, Source, as_set
from aligner.registry import imported
from aligner.runtime.places import stem_of
from aligner.text.output import bcp47, one_line, three_decimals
from aligner.text.words import tokens

__all__ = ["is_opus", "read_opus", "write_opus"]

_KINDS = ("raw", "xml")  # in the order in which texts are looked for
_RELEASE = "latest"
_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # no output reads the clock
_END = b"</linkGrp>"
_CHUNK = 1 << 20
_MEMBERS = 100_000_000  # documents of a language: the largest corpora have some millions


def write_opus(alignments: Iterator[tuple[str, Alignment]], output: Path) -> None:
    """Write (name, alignment) one after the other; the files appear when all are complete."""
    release = output / _RELEASE
    with ExitStack() as stack:
        archives: dict[tuple[str, str], zipfile.ZipFile] = {}
        links: dict[str, Any] = {}
        counts: dict[str, int] = {}

        def archive(kind: str, lang: str) -> zipfile.ZipFile:
            if (kind, lang) not in archives:
                out = stack.enter_context(_opened(release / kind / f"{lang}.zip"))
                archives[kind, lang] = stack.enter_context(zipfile.ZipFile(out, "w"))
            return archives[kind, lang]

        for stem, one in alignments:
            sides = {"source": one.source, "target": one.target}
            langs = {side: document.lang or side for side, document in sides.items()}
            first, second = sorted(sides, key=lambda side: (langs[side], side))
            for side, document in sides.items():
                for kind in _KINDS:
                    info = zipfile.ZipInfo(
                        f"{output.name}/{kind}/{langs[side]}/{_file(stem, side, langs)}", _FIRST_DAY
                    )
                    info.compress_type = zipfile.ZIP_DEFLATED
                    info.external_attr = 0o644 << 16
                    text = _text(document, words=kind == "xml")
                    archive(kind, langs[side]).writestr(info, text)
            pair = f"{langs[first]}-{langs[second]}"
            if pair not in links:
                out = stack.enter_context(_opened(release / "xml" / f"{pair}.xml.gz"))
                links[pair] = stack.enter_context(
                    gzip.GzipFile(filename="", mode="wb", fileobj=out, mtime=0)
                )
                links[pair].write(f'{DECLARATION}<cesAlign version="1.0">\n'.encode())
                counts[pair] = 0
            group = attributes(
                targType="s",
                fromDoc=f"{langs[first]}/{_file(stem, first, langs)}.gz",
                toDoc=f"{langs[second]}/{_file(stem, second, langs)}.gz",
            )
            rows = [f"<linkGrp{group}>\n"]
            for bead in one.beads:
                counts[pair] += 1
                numbers = {
                    side: " ".join(str(k + 1) for k in segments)
                    for side, segments in (("source", bead.source), ("target", bead.target))
                }
                sure = "" if bead.confidence is None else three_decimals(bead.confidence)
                rows.append(
                    f'<link id="SL{counts[pair]}" xtargets="{numbers[first]};{numbers[second]}"'
                    f"{attributes(certainty=sure)}/>\n"
                )
            rows.append("</linkGrp>\n")
            links[pair].write("".join(rows).encode("utf-8", "backslashreplace"))
        for out in links.values():
            out.write(b"</cesAlign>\n")


def _opened(path: Path) -> Any:
    storage.make_folder(path.parent)
    return atomic(path)


def _file(stem: str, side: str, langs: dict[str, str]) -> str:
    """A file of each text, also where both are of one language."""
    return f"{stem}.xml" if langs["source"] != langs["target"] else f"{stem}.{side}.xml"


def _text(document: Document, *, words: bool) -> bytes:
    out = [f'{DECLARATION}<text xml:lang="{bcp47(document.lang)}">\n']
    for paragraph in document.paragraphs:
        if not paragraph.segments:
            continue
        out.append(f'<p id="{paragraph.index + 1}" type="{paragraph.kind}">\n')
        for segment in paragraph.segments:
            number, text = segment.index + 1, one_line(segment.text)
            inside = content(text)
            if words:
                inside = "".join(
                    f'<w id="{number}.{k}">{content(text[t.start : t.end])}</w>'
                    for k, t in enumerate(tokens(text), start=1)
                )
            out.append(f'<s id="{number}">{inside}</s>\n')
        out.append("</p>\n")
    out.append("</text>\n")
    return "".join(out).encode("utf-8", "backslashreplace")


def is_opus(folder: Path) -> bool:
    """Whether a folder is laid out so."""
    return next(_link_files(folder), None) is not None


def _link_files(folder: Path) -> Iterator[Path]:
    for place in (folder / "xml", folder / _RELEASE / "xml", *sorted(folder.glob("v*/xml"))):
        if place.is_dir():
            yield from sorted(
                path
                for path in place.iterdir()
                if "-" in path.name and path.name.endswith((".xml", ".xml.gz")) and path.is_file()
            )
            return


def read_opus(folder: Path) -> Iterator[Alignment]:
    """The alignments, a pair of documents at a time, each named by its first document.

    Raises ReadError where a text is not there, Malformed for links that cannot be read.
    """
    form = FORMATS["xces"]
    if form.read_links is None:
        raise ReadError("links cannot be read", context=str(folder))
    reader = imported(form.read_links, "input format 'xces'", form.extra)
    with ExitStack() as stack:
        for path in _link_files(folder):
            texts = _Texts(path.parent.parent, stack)
            for group in _groups(path):
                alignment = reader(Source(str(path), group), ReadOptions(), Beside((), texts.open))
                for one in as_set(alignment).alignments:
                    name = stem_of(Path(texts.first).name)
                    yield replace(one, source=replace(one.source, id=name))


def _groups(path: Path) -> Iterator[bytes]:
    """Each linkGrp that has links, as a file of its own: a corpus may have millions."""
    held = b""
    with open_stream(path, archives=False) as file:
        while chunk := file.read(_CHUNK):
            held += chunk
            while (end := held.find(_END)) >= 0:
                start = held.find(b"<linkGrp")
                group = held[start : end + len(_END)]
                held = held[end + len(_END) :]
                if start >= 0 and b"<link " in group:
                    yield b'<cesAlign version="1.0">' + group + b"</cesAlign>"


class _Texts:
    """The texts beside links; `first` is the name of the first that was asked for in a group."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder, self._stack = folder, stack
        self._packages: dict[Path, tuple[Package, dict[str, str]] | None] = {}
        self.first, self._asked = "", 0

    def open(self, name: str) -> Source:
        """A text by the name that links give it (`es/DOC.xml.gz`). Raises ReadError."""
        if self._asked % 2 == 0:
            self.first = name
        self._asked += 1
        plain = name.removesuffix(".gz")
        lang = plain.partition("/")[0]
        for kind in _KINDS:
            for place in (self._folder / kind / plain, self._folder / kind / f"{plain}.gz"):
                if place.is_file():
                    return replace(open_source(str(place)), name=plain)
            package = self._package(self._folder / kind / f"{lang}.zip", kind)
            if package and plain in package[1]:
                return Source(plain, package[0].read(package[1][plain]))
        raise ReadError("there is no such text", context=name)

    def _package(self, path: Path, kind: str) -> tuple[Package, dict[str, str]] | None:
        if path not in self._packages:
            self._packages[path] = None
            if path.is_file():
                file: BinaryIO = self._stack.enter_context(path.open("rb"))
                package = Package(file, str(path), 0, _MEMBERS)
                members = {m.rpartition(f"{kind}/")[2] or m: m for m in package.names}
                self._packages[path] = package, members
        return self._packages[path]
