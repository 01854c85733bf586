"""Rules of a user's CAT tool count for every kind of paragraph; one segment a paragraph on request."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from aligner.model import Document, Paragraph, Source, Span, UsageError
from aligner.segmenting import SegmentOptions, segment
from aligner.workflows.corpus import building
from aligner.workflows.reading import read
from tests.unit.documents.packages import docx, odt

RULES = """<?xml version="1.0" encoding="UTF-8"?>
<srx xmlns="http://www.lisa.org/srx20" version="2.0">
<header segmentsubflows="yes" cascade="yes"><formathandle type="start" include="no"/></header>
<body><languagerules><languagerule languagerulename="All">{}</languagerule></languagerules>
<maprules><languagemap languagepattern=".*" languagerulename="All"/></maprules></body></srx>"""
STOP = "<rule break='yes'><beforebreak>[.?!]+</beforebreak><afterbreak>\\s</afterbreak></rule>"
TAG = (
    "<rule break='yes'><beforebreak>&lt;br\\d+/?&gt;</beforebreak><afterbreak>.</afterbreak></rule>"
)
LINE = "<rule break='yes'><beforebreak>[\\n\\t]</beforebreak><afterbreak/></rule>"


Rules = Callable[..., SegmentOptions]


@pytest.fixture
def rules(tmp_path: Path) -> Rules:
    def write(*lists: str) -> SegmentOptions:
        path = tmp_path / "user.srx"
        path.write_text(RULES.format("".join(lists)))
        return SegmentOptions(srx=path)

    return write


def document(*paragraphs: Paragraph) -> Document:
    return Document("a", "es", "a", "", "", paragraphs)


def texts(document: Document) -> list[str]:
    return [s.text for s in document.segments]


KINDS = ["title", "heading", "byline", "cell", "cue", "item", "para"]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_split_as_the_rules_of_a_user_say(kind: str, rules: Rules) -> None:
    made = segment(document(Paragraph(0, kind, "Uno 3. Dos. Tres")), rules(STOP))
    assert texts(made) == ["Uno 3.", "Dos.", "Tres"]


@pytest.mark.parametrize("kind", ["title", "heading", "byline", "cell", "cue"])
def test_by_our_rules_titles_and_cells_stay_whole(kind: str) -> None:
    assert texts(segment(document(Paragraph(0, kind, "No pasa nada. Va bien.")))) == [
        "No pasa nada. Va bien."
    ]


LINES = Paragraph(0, "para", "Uno dos. Tres", spans=(Span(3, 3, "break"), Span(8, 8, "tab")))


def test_line_ends_and_tabs_are_seen_by_the_rules_of_a_user(rules: Rules) -> None:
    assert texts(segment(document(LINES), rules(STOP))) == ["Uno dos.", "Tres"]
    assert texts(segment(document(LINES), rules(LINE))) == ["Uno", "dos.", "Tres"]


def test_rules_that_break_after_the_tag_of_a_line_end(rules: Rules) -> None:
    assert texts(segment(document(LINES), rules(STOP, TAG))) == ["Uno", "dos.", "Tres"]


def test_tabs_and_line_ends_of_word_processors(rules: Rules) -> None:
    word = docx("<w:p><w:r><w:t>Uno</w:t><w:tab/><w:t>dos</w:t><w:br/><w:t>tres</w:t></w:r></w:p>")
    opened = odt("<text:p>Uno<text:tab/>dos<text:line-break/>tres</text:p>")
    rich = b"{\\rtf1\\ansi\\pard Uno\\tab dos\\line tres\\par}"
    for name, data in (("a.docx", word), ("a.odt", opened), ("a.rtf", rich)):
        made = read(Source(name, data)).with_lang("es")
        assert [p.text for p in made.paragraphs] == ["Uno dos tres"]
        assert texts(segment(made, rules(LINE))) == ["Uno", "dos", "tres"]
        assert texts(segment(made)) == ["Uno dos tres"]


def test_one_segment_a_paragraph() -> None:
    made = document(
        Paragraph(0, "heading", "¿Qué? Esto."),
        Paragraph(1, "turn", "ANA: Uno. Dos.", label=(0, 5)),
        Paragraph(2, "para", "Tres. Cuatro."),
    )
    assert texts(segment(made, SegmentOptions(paragraphs=True))) == [
        "¿Qué? Esto.",
        "Uno. Dos.",
        "Tres. Cuatro.",
    ]


def test_a_corpus_does_not_take_both() -> None:
    from aligner.model import ReadOptions

    with pytest.raises(UsageError, match="contradict"):
        building.build_settings(read=ReadOptions(segmented=True), paragraphs=True)
    assert building.build_settings(paragraphs=True)["paragraphs"] is True
