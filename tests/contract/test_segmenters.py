"""What every segmenter of the table keeps: break places ascend inside the text, twice the same."""

from __future__ import annotations

import pytest

from aligner.model import Document, MissingExtra, Paragraph, UsageError
from aligner.segmenting import SEGMENTERS, SegmentOptions, segment

TEXTS = [
    "",
    " ",
    ".",
    "Uno. Dos. Tres.",
    "  Uno.  Dos.\u00a0Tres.  ",
    "😀 Hola. 👩‍👩‍👧 Adiós. ¿Qué?",
    "她答：“可以。”大家笑了。",
    "x" * 3000 + ". Fin.",
    "... !!! ??? ...",
]


@pytest.mark.parametrize("lang", ["es", "en", "zh", "hi", "fi", "", "xx"])
@pytest.mark.parametrize("name", SEGMENTERS.names())
def test_breaks(name: str, lang: str) -> None:
    try:
        splitter = SEGMENTERS.load(name)
    except MissingExtra as error:
        pytest.skip(f"optional: {error}")
    breaks = splitter(lang, SegmentOptions(segmenter=name))
    for text in TEXTS:
        (places,) = breaks([text])
        assert places == sorted(set(places))
        assert all(0 < place < len(text) for place in places)
        assert breaks([text, text]) == [places, places]
    document = Document("d", lang, "d", "", "", (Paragraph(0, "para", TEXTS[4]),))
    done = segment(document, SegmentOptions(segmenter=name))
    assert "".join("".join(s.text.split()) for s in done.segments) == "Uno.Dos.Tres."


def test_sentencex_takes_no_rules(tmp_path: object) -> None:
    pytest.importorskip("sentencex")
    with pytest.raises(UsageError, match="neither"):
        SEGMENTERS.load("sentencex")("es", SegmentOptions("sentencex", srx=tmp_path))  # type: ignore[arg-type]
