"""`segment`: documents in, documents out."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from aligner.model import Document, MissingExtra, Paragraph, Segment, UsageError
from aligner.segmenting import LONG, SegmentOptions, segment


def document(*paragraphs: Paragraph, lang: str = "es") -> Document:
    return Document("d", lang, "d.txt", "", "", paragraphs, {"author": ("A",)})


def test_running_index_and_offsets() -> None:
    done = segment(document(Paragraph(0, "para", " Uno.  Dos. "), Paragraph(1, "para", "Tres.")))
    assert [(s.index, s.paragraph, s.start, s.end, s.text) for s in done.segments] == [
        (0, 0, 1, 5, "Uno."),
        (1, 0, 7, 11, "Dos."),
        (2, 1, 0, 5, "Tres."),
    ]
    assert done.metadata == {"author": ("A",)}


def test_label_is_not_in_a_segment() -> None:
    text = "EL FARO: ¿Cómo está? Diga."
    done = segment(document(Paragraph(0, "turn", text, speaker="EL FARO", label=(0, 8))))
    assert [s.text for s in done.segments] == ["¿Cómo está?", "Diga."]
    assert done.segments[0].start == 9


def test_text_on_both_sides_of_a_label_is_kept() -> None:
    text = "Uno. P: Dos."
    done = segment(document(Paragraph(0, "turn", text, label=(5, 7))))
    assert [s.text for s in done.segments] == ["Uno.", "Dos."]


def test_label_alone_and_blank_paragraphs_have_no_segment() -> None:
    done = segment(
        document(
            Paragraph(0, "turn", "P:", label=(0, 2)),
            Paragraph(1, "para", "  "),
            Paragraph(2, "para", ""),
        )
    )
    assert done.segments == ()


@pytest.mark.parametrize("kind", ["title", "heading", "byline", "cue", "cell"])
def test_short_title_is_one_segment(kind: str) -> None:
    text = "¿Quién fue? Una entrevista."
    assert len(segment(document(Paragraph(0, kind, text))).segments) == 1
    long = text * (LONG // len(text) + 1)
    assert len(segment(document(Paragraph(0, kind, long))).segments) > 1
    assert len(segment(document(Paragraph(0, "para", text))).segments) == 2


def test_segmented_input_passes_unchanged() -> None:
    ready = document(
        Paragraph(0, "para", "Uno. Dos.", (Segment(0, 0, 0, 9, "Uno. Dos."),)),
        Paragraph(1, "para", ""),
    )
    assert segment(ready) is ready


def test_unknown_language_has_rules() -> None:
    done = segment(document(Paragraph(0, "para", "One two. Three? Four!"), lang=""))
    assert [s.text for s in done.segments] == ["One two.", "Three?", "Four!"]


def test_unknown_segmenter() -> None:
    with pytest.raises(UsageError, match="known: srx, sentencex"):
        segment(document(), SegmentOptions(segmenter="punkt"))


@pytest.mark.skipif(find_spec("sentencex") is not None, reason="sentencex is installed")
def test_missing_extra_names_the_remedy() -> None:
    with pytest.raises(MissingExtra, match=r"pip install 'aligner\[sentencex\]'"):
        segment(document(), SegmentOptions(segmenter="sentencex"))
