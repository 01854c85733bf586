"""Alignments of own words that the tests of the review share, and tools made of the real packages."""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from aligner import formats
from aligner.files import FileSink
from aligner.languages.scripts import is_right_to_left
from aligner.model import (
    Alignment,
    AlignmentSet,
    Bead,
    Document,
    Paragraph,
    Segment,
    Signature,
    Source,
    Span,
)
from aligner.review.session import Tools
from aligner.workflows import reading

ES = ["La casa es azul.", "El perro duerme.", "Llueve mucho hoy.", "Nadie vino.", "Es tarde ya."]
EN = ["The house is blue.", "The dog sleeps.", "It rains a lot today.", "It is late now."]


def document(lang: str, paragraphs: Sequence[Sequence[str]], **more: object) -> Document:
    """A document of paragraphs of segments, a space between two."""
    made, index = [], 0
    for number, texts in enumerate(paragraphs):
        segments, at = [], 0
        for text in texts:
            segments.append(Segment(index, number, at, at + len(text), text))
            at += len(text) + 1
            index += 1
        made.append(Paragraph(number, "para", " ".join(texts), tuple(segments)))
    head = {"id": f"doc-{lang}", "origin": f"{lang}.txt", "title": "", "digest": lang * 8, **more}
    return Document(lang=lang, paragraphs=tuple(made), **head)  # type: ignore[arg-type]


def tiled(sizes: Sequence[tuple[int, int]], confidences: Sequence[float] = ()) -> tuple[Bead, ...]:
    """Beads of these sizes."""
    beads, i, j = [], 0, 0
    for number, (a, b) in enumerate(sizes):
        confidence = confidences[number] if confidences else 0.9
        beads.append(Bead(range(i, i + a), range(j, j + b), 1.5, confidence))
        i, j = i + a, j + b
    return tuple(beads)


def small() -> Alignment:
    """Five source segments in two paragraphs, four target segments in one."""
    source = document("es", [ES[:3], ES[3:]])
    paragraph = source.paragraphs[0]
    spans = (Span(3, 7, "bold"), Span(17, 32, "italic"))
    first = Paragraph(0, "para", paragraph.text, paragraph.segments, spans=spans)
    source = Document("doc-es", "es", "es.txt", "", "d", (first, source.paragraphs[1]))
    return Alignment(
        source,
        document("en", [EN]),
        tiled([(1, 1), (1, 1), (1, 1), (1, 0), (1, 1)], [0.95, 0.4, 0.85, 0.6, 0.99]),
        Signature((("aligner", "0"),)),
    )


def three() -> AlignmentSet:
    """The source of `small` with two translations."""
    one = small()
    french = document(
        "fr", [["La maison est bleue.", "Le chien dort."], ["Il pleut. Il est tard."]]
    )
    other = Alignment(one.source, french, tiled([(1, 1), (1, 1), (3, 1)]))
    return AlignmentSet((one, other))


def long(count: int, seed: int = 7) -> Alignment:
    """`count` beads, mostly 1-1, of made-up sentences."""
    rng = random.Random(seed)
    words = ["lana", "mesa", "verde", "corre", "agua", "monte", "siete", "libro", "casa", "pan"]
    sizes = [rng.choices([(1, 1), (2, 1), (1, 2), (1, 0)], [88, 5, 5, 2])[0] for _ in range(count)]
    texts = []
    for side in (0, 1):
        total = sum(size[side] for size in sizes)
        sentences = [
            f"{' '.join(rng.choices(words, k=rng.randint(4, 18))).capitalize()} {n}."
            for n in range(total)
        ]
        texts.append([sentences[k : k + 4] for k in range(0, total, 4)])
    confidences = [round(rng.betavariate(6, 1), 3) for _ in sizes]
    return Alignment(document("es", texts[0]), document("en", texts[1]), tiled(sizes, confidences))


def tools(**more: object) -> Tools:
    """Readers and writers as the command line passes them in."""

    def read(data: bytes, name: str) -> Alignment | AlignmentSet:
        return reading.read_alignment(Source(name, data))

    def render(alignment: Alignment | AlignmentSet, name: str) -> Mapping[str, bytes]:
        with tempfile.TemporaryDirectory() as folder:
            sink = FileSink(Path(folder) / f"x.{name}")
            sink.folder = None  # as the command does: the texts are where the file says
            formats.write(alignment, name, sink)
            return {path.name: path.read_bytes() for path in sink.commit()}

    return Tools(read, render, is_right_to_left, formats.fitting, **more)  # type: ignore[arg-type]


def write(alignment: Alignment | AlignmentSet, path: Path) -> Path:
    """The alignment as a file, its origins as they stand, wherever the tests are run."""
    sink = FileSink(path)
    sink.folder = None
    formats.write(alignment, "json", sink)
    sink.commit()
    return path


def plain_weights(path: Path) -> Path:
    """A weights file by hand: similar texts belong together, nulls and large beads cost something."""
    from aligner.engine.features import MATCH_FEATURES, NULL_FEATURES

    match = dict.fromkeys(MATCH_FEATURES, 0.0)
    match |= {
        "distance": -6.0,
        "segments beyond two": -3.0,
        "is 1-1": 2.0,
        "length": -0.3,
        "rival in the row": 2.0,
    }
    null = dict.fromkeys(NULL_FEATURES, 0.0)
    null |= {"null": -5.0, "best distance": 1.0}
    content = {
        "format": 1,
        "about": {},
        "reliability": {},
        "match": {"seeing": match, "blind": match},
        "null": {"seeing": null, "blind": null},
    }
    path.write_text(json.dumps(content), encoding="utf-8")
    return path
