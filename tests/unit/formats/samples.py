"""Small documents and alignments that every test of the writers shares."""

from __future__ import annotations

import contextlib
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from aligner.files import FileSink
from aligner.formats import WriteOptions, write
from aligner.model import (
    Alignment,
    AlignmentSet,
    Bead,
    Crossing,
    Document,
    Paragraph,
    Segment,
    Signature,
    Span,
)

SUFFIX = {
    "tmx": ".tmx",
    "tei": ".tei.xml",
    "beads": ".beads",
    "tsv": ".tsv",
    "json": ".alignment.json",
    "parquet": ".parquet",
    "csv": ".csv",
    "jsonl": ".jsonl",
    "xlsx": ".xlsx",
    "html": ".html",
    "moses": ".moses",
    "ladder": ".ladder",
    "xliff": ".xlf",
    "xliff2": ".xliff2",
    "po": ".po",
    "xces": ".xces.xml",
    "intertext": ".intertext.xml",
    "vertical": ".vert",
    "conllu": ".conllu",
    "docx": ".docx",
    "odt": ".odt",
    "epub": ".epub",
}
Row = tuple[str, Sequence[str]] | tuple[str, Sequence[str], dict[str, Any]]


def document(lang: str, rows: Sequence[Row], **more: Any) -> Document:
    """Paragraphs of segments, joined by spaces; a label in `more` comes before them."""
    paragraphs: list[Paragraph] = []
    index = 0
    for number, row in enumerate(rows):
        kind, texts = row[0], row[1]
        extra = dict(row[2]) if len(row) > 2 else {}
        text = extra.pop("printed", "")
        segments = []
        for piece in texts:
            clean = unicodedata.normalize("NFC", piece)
            if text and not text.endswith(" "):
                text += " "
            segments.append(Segment(index, number, len(text), len(text) + len(clean), clean))
            text += clean
            index += 1
        paragraphs.append(Paragraph(number, kind, text, tuple(segments), **extra))
    fields = {"id": f"doc-{lang}", "origin": f"{lang}.html", "title": "", "digest": ""}
    return Document(lang=lang, paragraphs=tuple(paragraphs), **{**fields, **more})


def flat(lang: str, texts: Sequence[str], **more: Any) -> Document:
    """One paragraph a text."""
    return document(lang, [("para", [text]) for text in texts], **more)


def bead(i: int, a: int, j: int, b: int, confidence: float | None = 0.9, **more: Any) -> Bead:
    """The bead of `a` segments from `i` and `b` segments from `j`."""
    return Bead(range(i, i + a), range(j, j + b), confidence=confidence, **more)


def one_to_one(source: Document, target: Document) -> Alignment:
    """Beads 1-1 as far as both sides reach, then nulls."""
    n, m = len(source.segments), len(target.segments)
    k = min(n, m)
    beads = [bead(i, 1, i, 1) for i in range(k)]
    beads += [bead(i, 1, k, 0) for i in range(k, n)]
    beads += [bead(n, 0, j, 1) for j in range(k, m)]
    return Alignment(source, target, tuple(beads))


def interview() -> Alignment:
    """Every kind of paragraph, every kind of bead, crossings, review marks, metadata."""
    source = document(
        "es",
        [
            ("title", ["La casa vacía"]),
            ("standfirst", ["Una charla sobre el mar.", "Y sobre el viento."]),
            ("byline", ["Por Ana Gil"]),
            ("caption", ["El puerto en enero."]),
            (
                "para",
                ["Primera frase.", 'Segunda frase: 3 < 4 & "así".'],
                {
                    "spans": (Span(0, 20, "bold"), Span(8, 25, "italic"), Span(3, 3, "break")),
                },
            ),
            ("heading", ["Los años"], {"level": 2}),
            ("turn", ["¿Cómo empezó?"], {"printed": "P: ", "label": (0, 2), "speaker": "P:"}),
            (
                "turn",
                ["Empecé tarde.", "Muy tarde.", "[Risas]"],
                {
                    "printed": "R: ",
                    "label": (0, 2),
                    "speaker": "R:",
                    "spans": (Span(0, 2, "bold"),),
                },
            ),
            ("stage", ["[Se levanta.]"]),
            ("heading", ["Detalle"], {"level": 3}),
            ("item", ["Uno."]),
            ("item", ["Dos."]),
            ("quote", ["Nada se pierde."]),
            ("quote", ["Todo cambia."]),
            ("para", []),
            ("heading", ["Final"], {"level": 2}),
            ("box", ["Recuadro."]),
            ("cell", ["A"]),
            ("cell", ["B"]),
            ("cue", ["Un subtítulo."]),
            ("note", ["Nota del editor."]),
            ("title", ["Otro título"]),
            ("byline", ["Por nadie"]),
            ("standfirst", ["Coda."]),
            ("byline", ["Madrid"]),
        ],
        title="La casa vacía",
        digest="ab" * 32,
        metadata={
            "author": ("Ana Gil",),
            "interviewer": ("P",),
            "outlet": ("El Diario",),
            "date": ("2021-03-04",),
            "url": ("https://example.org/es?a=1&b=2",),
            "licence": ("https://creativecommons.org/licenses/by/4.0/",),
        },
    )
    target = document(
        "en-GB",
        [
            ("title", ["The Empty House"]),
            ("para", ["A talk about the sea and the wind.", "By Ana Gil"]),
            (
                "para",
                ["First sentence.", 'Second sentence: 3 < 4 & "so".'],
                {
                    "spans": (Span(0, 5, "link", "https://example.org/a b?q=ñ#x#y"),),
                },
            ),
            ("para", ["A sentence added in translation."]),
            ("turn", ["How did you start?"], {"speaker": "Q", "spans": (Span(0, 18, "bold"),)}),
            ("turn", ["I started late, very late."], {"speaker": "A"}),
        ],
        metadata={"translator": ("Sam Roe",)},
    )
    n = len(source.segments)
    beads = (
        bead(0, 1, 0, 1, 0.999, status="accepted"),
        bead(1, 2, 1, 1, 0.973),
        bead(3, 1, 2, 1, 0.5, status="edited", comment="a doubt: <x>", labels=("free", "style")),
        bead(4, 1, 3, 0, 0.8),
        bead(5, 2, 3, 2, None),
        bead(7, 1, 5, 0, 0.7),
        bead(8, 0, 5, 1, 0.6),
        bead(8, 1, 6, 1, 0.9, score=-12.5),
        bead(9, 2, 7, 1, 0.9),
        *(bead(i, 1, 8, 0, 0.9) for i in range(11, n)),
    )
    return Alignment(
        source,
        target,
        beads,
        Signature((("enc", "mini1"), ("seg", "srx4"), ("beads", "4x4"))),
        crossings=(
            Crossing(range(4, 5), range(5, 6), 0.41),
            Crossing(range(12, 14), range(3, 5), 0.3),
        ),
        pins=("[3]:[2]", "cut 5:3"),
        warnings=("the target is short",),
    )


def trilingual() -> AlignmentSet:
    """Beads that overlap differently in two targets, nulls in one and in both."""
    es = flat("es", ["Uno.", "Dos.", "Tres.", "Cuatro.", "Cinco."])
    en = flat("en", ["One.", "Added.", "Two.", "Three.", "Five."])
    fr = flat("fr", ["Un, deux.", "Trois.", "Cinq.", "Fin."])
    return AlignmentSet(
        (
            Alignment(
                es,
                en,
                (
                    bead(0, 1, 0, 1, 0.9),
                    bead(1, 0, 1, 1, 0.8),
                    bead(1, 1, 2, 1, 0.7),
                    bead(2, 1, 3, 1, 0.6),
                    bead(3, 1, 4, 0, 0.5),
                    bead(4, 1, 4, 1, 0.95),
                ),
                Signature((("enc", "mini1"),)),
            ),
            Alignment(
                es,
                fr,
                (
                    bead(0, 2, 0, 1, 0.85),
                    bead(2, 1, 1, 1, 0.65),
                    bead(3, 1, 2, 0, 0.55),
                    bead(4, 1, 2, 1, None),
                    bead(5, 0, 3, 1, 0.4),
                ),
            ),
        )
    )


def export(
    alignment: Alignment | AlignmentSet,
    fmt: str,
    folder: Path,
    *,
    as_they_stand: bool = False,
    **options: Any,
) -> dict[str, bytes]:
    """Write one format as `out.*`; returns the bytes of every file that appeared.

    Origins are named as seen from `folder`, or left `as_they_stand`.
    """
    sink = FileSink(folder / f"out{SUFFIX[fmt]}")
    if as_they_stand:
        sink.folder = None
    write(alignment, fmt, sink, WriteOptions(version="0.1.0", **options))
    return {path.name: path.read_bytes() for path in sink.commit()}


class FailingSink(FileSink):
    """A disk that is full after so many bytes."""

    space = 50

    @contextlib.contextmanager
    def open(self, suffix: str = "") -> Iterator[BinaryIO]:
        with super().open(suffix) as out:
            yield _Failing(out, self.space)  # type: ignore[misc]


class _Failing:
    def __init__(self, out: BinaryIO, space: int) -> None:
        self.out, self.space = out, space
        self.closed = False

    def write(self, data: bytes) -> int:
        self.space -= len(data)
        if self.space < 0:
            raise OSError(28, "No space left on device")
        return self.out.write(data)

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False

    def flush(self) -> None:
        self.out.flush()

    def close(self) -> None:
        self.closed = True
