"""Subtitles as programs and people leave them: what is no cue is told, what is one is kept."""

from __future__ import annotations

import pytest

from aligner.model import AlignerError, Document, ReadOptions, Source
from aligner.workflows.reading import read


def opened(name: str, text: str) -> Document:
    return read(Source(name, text.encode()), ReadOptions())


def told(document: Document) -> list[tuple[str, str]]:
    return [(one.reason, one.text) for one in document.dropped]


def test_subrip_with_a_gap_codes_and_a_tag_that_never_closes() -> None:
    document = opened(
        "a.srt",
        "\n1\n00:00:01,000 --> 00:00:02,000\n<i>Hola\n\nmás\n2\n00:00:03,000 --> 00:00:04,000\n"
        "{\\an8}{\\i1}¿Sí?{\\i0} [ruido]\n\n",
    )
    assert [p.text for p in document.paragraphs] == ["Hola más", "¿Sí? [ruido]"]
    assert told(document) == [("styling code", code) for code in ("{\\an8}", "{\\i1}", "{\\i0}")]


def test_web_subtitles_with_blocks_that_are_none_of_the_text() -> None:
    document = opened(
        "a.vtt",
        "WEBVTT\n\nNOTE a note\nof two lines\n\nSTYLE\n::cue {}\n\nREGION\nid:x\n\nid1\n"
        "00:01.000 --> 00:02.000 align:start\n<v Ana>Hola <b>a</b> <c.x>todos</c></v>\n\n"
        "00:03.000 --> 00:04.000\n<ruby>漢<rt>kan</rt></ruby>\n",
    )
    assert [(p.text, p.speaker) for p in document.paragraphs] == [
        ("Hola a todos", "Ana"),
        ("漢", None),
    ]
    assert told(document) == [
        ("before the first cue", "WEBVTT"),
        *(("NOTE", line) for line in ("NOTE a note", "of two lines")),
        *(("STYLE", line) for line in ("STYLE", "::cue {}")),
        *(("REGION", line) for line in ("REGION", "id:x")),
        ("position of a cue", "align:start"),
        ("styling code", "<c.x>"),
        ("reading above the text (ruby)", "kan"),
    ]


def test_a_script_with_codes_comments_and_a_line_cut_short() -> None:
    document = opened(
        "a.ass",
        "[Script Info]\nTitle: Film\n[Events]\nFormat: Start, End, Name, Text\n"
        "Dialogue: 0:00:01.00,0:00:02.00,ANA,{\\b1}Hola{\\r}\\Ndos\n"
        "Dialogue: 0:00:03.00,0:00:04.00\nComment: 0:00:05.00,0:00:06.00,,x\n",
    )
    assert document.title == "Film"
    (cue,) = document.paragraphs
    assert (cue.text, cue.speaker, [span.kind for span in cue.spans]) == (
        "Hola dos",
        "ANA",
        ["bold", "break"],
    )
    assert told(document)[-2:] == [
        ("a cue without text", "0:00:03.00,0:00:04.00"),
        ("comment", "Comment: 0:00:05.00,0:00:06.00,,x"),
    ]


def test_timed_text_without_times_and_of_parts() -> None:
    document = opened(
        "a.ttml",
        '<tt xmlns="http://www.w3.org/ns/ttml"><body><div><p>Sin tiempo</p><p begin="1s" end="2s"> </p>'
        '</div><div xml:lang="es"><div xml:lang="fr"><p begin="3s" end="4s">Hola</p></div><x>y</x></div>'
        "</body></tt>",
    )
    assert [p.text for p in document.paragraphs] == ["Sin tiempo"]
    assert told(document) == [("outside cues (x)", "y"), ("the es side", "Hola")]
    assert document.notices[0] == "a.ttml: 1 cue has no times"


def test_another_root_is_no_timed_text() -> None:
    with pytest.raises(AlignerError, match="its root element is nott, not tt"):
        opened("a.ttml", "<nott/>")
