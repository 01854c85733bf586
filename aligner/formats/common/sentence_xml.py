"""A text as OPUS and InterText keep it: paragraphs and numbered sentences, nothing else.

<text><p id="1"><s id="1">...</s></p></text>
"""

from __future__ import annotations

from collections.abc import Callable

from aligner.files import Sink
from aligner.files.xml_text import DECLARATION, TextStream, attribute, content
from aligner.model import Document, Segment
from aligner.text.output import bcp47, one_line

__all__ = ["write_text"]


def write_text(sink: Sink, suffix: str, document: Document, name: Callable[[Segment], str]) -> None:
    """Write one file; `name` gives the id of a sentence. Paragraphs without any are left out."""
    with sink.open(suffix) as raw, TextStream(raw) as out:
        out.write(f'{DECLARATION}<text xml:lang="{bcp47(document.lang)}">\n')
        for paragraph in document.paragraphs:
            if not paragraph.segments:
                continue
            out.write(f'<p id="{paragraph.index + 1}" type="{paragraph.kind}">\n')
            for segment in paragraph.segments:
                text = content(one_line(segment.text))
                out.write(f'<s id="{attribute(name(segment))}">{text}</s>\n')
            out.write("</p>\n")
        out.write("</text>\n")
