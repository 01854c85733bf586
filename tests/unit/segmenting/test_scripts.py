"""Full stops of other scripts, items in a line, abbreviations before numbers."""

from __future__ import annotations

import pytest

from aligner.model import Document, Paragraph
from aligner.segmenting import segment

CASES = [
    ("am", ["ሰላም ነው፧", "ቤቱ ትልቅ ነው።", "ወንዙ ሩቅ ነው።"]),
    ("hy", ["Տունը մեծ է:", "Գետը հեռու է:"]),
    ("hy", ["Ասաց այսպես. արի, նստիր:", "Նա եկավ:"]),
    ("my", ["အိမ်ကြီးသည်။", "မြစ်ဝေးသည်။"]),
    ("es", ["Vive en la Cra. 7 con Cl. 12.", "Llame al N.º 5."]),
    ("es", ["Se lee en los párrf. 3 y 4 de la ley.", "Nadie lo sabe."]),
    ("it", ["Lo psicol. Verdi arriva il 3 Set. con noi.", "Poi parte."]),
    ("en", ["1.) Close the door", "2.) Put out the lamp"]),
    ("en", ["• 9. Salt", "• 10. Bread"]),
    ("en", ["It was for my sister and I.", "Did anybody see her?"]),
    ("da", ["Hun bor i U.S.A.", "Hvad med dig?"]),
    ("ru", ["Он живёт в пгт. Лесное, кв. 12.", "Там тихо."]),
    ("sk", ["Patril k XII. Pluku.", "Potom odišiel."]),
]


@pytest.mark.parametrize(("lang", "sentences"), CASES)
def test_sentences(lang: str, sentences: list[str]) -> None:
    joint = "" if lang in ("am", "my") else " "
    paragraph = Paragraph(0, "para", joint.join(sentences))
    made = segment(Document("t", lang, "t", "", "", (paragraph,)))
    assert [s.text for s in made.paragraphs[0].segments] == sentences
