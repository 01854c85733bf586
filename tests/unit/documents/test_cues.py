"""Subtitle cues: who speaks in one, and what is no dash."""

from __future__ import annotations

import pytest

from aligner.model import Document, Source
from aligner.segmenting import segment
from aligner.workflows.reading import read


def cue(text: str) -> Document:
    return read(Source("a.srt", f"7\n00:00:01,000 --> 00:00:02,500\n{text}\n".encode()))


def said(document: Document) -> list[str]:
    return [s.text for s in segment(document).segments]


@pytest.mark.parametrize("dash", ["- ", "-", "– ", "—", "‐ "])
def test_two_dashes_are_two_turns(dash: str) -> None:
    document = cue(f"{dash}<i>¿Quién</i> es?\n{dash}Nadie. La puerta\nestá cerrada.")
    assert said(document) == ["¿Quién es?", "Nadie. La puerta está cerrada."]
    first, second = document.paragraphs
    assert (first.kind, first.times, first.key) == (second.kind, second.times, second.key)
    assert [(s.kind, first.text[s.start : s.end]) for s in first.spans] == [("italic", "¿Quién")]
    assert {s.kind for s in second.spans} == {"break"}


def test_a_turn_may_be_a_remark_and_a_line_may_come_before() -> None:
    document = cue("Un momento.\n- [suena el teléfono]\n- Ya voy.")
    assert [p.kind for p in document.paragraphs] == ["cue", "stage", "cue"]
    assert said(document)[0] == "Un momento."


def test_one_dash_parts_nothing() -> None:
    assert said(cue("- Dos palabras\ny otra.")) == ["Dos palabras y otra."]


def test_a_minus_is_no_dash() -> None:
    assert said(cue("-3 grados.\n-5 mañana.")) == ["-3 grados. -5 mañana."]
    assert said(cue("- ¿Cuántos grados?\n-3 o 4.")) == ["¿Cuántos grados?", "3 o 4."]


def srt(*lines: str, name: str = "a.srt", end: str = "\n") -> Document:
    return read(Source(name, end.join(lines).encode()))


def shown(document: Document) -> list[tuple[str, tuple[int, int] | None, str]]:
    return [(p.text, p.times, p.key) for p in document.paragraphs]


@pytest.mark.parametrize(
    ("stamp", "times"),
    [
        ("00:00:20 --> 00:00:24", (20_000, 24_000)),
        ("0:20 --> 0:24", (20_000, 24_000)),
        ("00:00:20,5 --> 00:00:24,25", (20_500, 24_250)),
        ("00:00:20.500 --> 00:00:24.250", (20_500, 24_250)),
        ("00:00:20:500 --> 00:00:24:250", (20_500, 24_250)),
        ("00:00:20,500-->00:00:24,250  X1:53 Y1:25", (20_500, 24_250)),
        ("00: 00: 20, 500 --> 00: 00: 24, 250", (20_500, 24_250)),
        ("00:00:20,500 -> 00:00:24,250", (20_500, 24_250)),
        ("1:00:00,000 – > 1:00:01,000", None),
        ("00:00:20,500 —> 00:00:24,250", (20_500, 24_250)),
        ("00:00:20,500000 --> 00:00:24,250", (20_500, 24_250)),
    ],
)
def test_stamps(stamp: str, times: tuple[int, int] | None) -> None:
    if times is not None:
        assert shown(srt("1", stamp, "Texto.")) == [("Texto.", times, "1")]


DAMAGED = [
    "00:00:13,980 --> 00:00:19werwer,580",
    "00:00:xx,980 --> 00:00:19,580",
    "00:00:13,980 --> ",
    "--> 00:00:19,580",
    "00:00:13,980 -- 00:00:19,580",
    "00:00:13,980 00:00:19,580",
    "00:00:1O,980 --> 00:OO:19,580",
    "00;00;13,980 --> 00:00:19,580",
]


@pytest.mark.parametrize("stamp", DAMAGED)
@pytest.mark.parametrize("first", [True, False])
def test_a_damaged_stamp_costs_the_time_and_never_the_words(stamp: str, first: bool) -> None:
    good = ["00:00:20,000 --> 00:00:21,000", "Otra entrada."]
    bad = [stamp, "Una entrada,", "en dos líneas."]
    blocks = [bad, good] if first else [good, bad]
    lines = ["1", *blocks[0], "", "2", *blocks[1], "", "3", "00:01:00,000 --> 00:01:01,000", "Fin."]
    document = srt(*lines)
    words = [("Una entrada, en dos líneas.", None), ("Otra entrada.", (20_000, 21_000))]
    expected = words if first else words[::-1]
    assert [(p.text, p.times) for p in document.paragraphs] == [
        *expected,
        ("Fin.", (60_000, 61_000)),
    ]
    line = lines.index(stamp) + 1
    told = f"a.srt: 1 cue has no times that can be read, its words are kept: line {line} «"
    assert document.notices == (f"{told}{stamp.strip()}»",)
    dropped = [(d.reason, d.text, d.line) for d in document.dropped]
    assert ("damaged time stamp", stamp.strip(), line) in dropped


def test_a_missing_stamp_too() -> None:
    one, three = "00:00:01,000 --> 00:00:02,000", "00:00:05,000 --> 00:00:06,000"
    document = srt("1", one, "Uno.", "", "2", "Dos.", "", "3", three, "Tres.")
    assert shown(document) == [
        ("Uno.", (1000, 2000), "1"),
        ("Dos.", None, "2"),
        ("Tres.", (5000, 6000), "3"),
    ]
    assert "line 5 «2»" in document.notices[0]


def test_many_damaged_stamps_are_one_sentence() -> None:
    lines = [
        line for n in range(1, 6) for line in (str(n), "00:00:x1,000 --> 00:00:02,000", "A.", "")
    ]
    document = srt(*lines)
    assert len(document.notices) == 1
    assert "5 cues have no times" in document.notices[0]
    assert document.notices[0].endswith(" and 2 more")


def test_times_in_the_words_are_words() -> None:
    one = "00:00:01,000 --> 00:00:02,000"
    document = srt("1", one, "De 10:00 -> 12:00, cerrado.", "09:30 -> 11:00", "", "Nota: 12:30:00")
    assert [p.text for p in document.paragraphs] == [
        "De 10:00 -> 12:00, cerrado. 09:30 -> 11:00 Nota: 12:30:00"
    ]
    assert document.notices == ()


@pytest.mark.parametrize("blank", [[], [""], ["", ""], ["  "]])
def test_cues_with_and_without_blank_lines(blank: list[str]) -> None:
    lines = []
    for number, text in ((1, "Uno."), (2, "Son 12\n12"), (3, "Tres.")):
        stamp = f"00:00:0{number},000 --> 00:00:0{number},900"
        lines += [str(number), stamp, *text.split("\n"), *blank]
    document = srt(*lines)
    assert [(p.text, p.key) for p in document.paragraphs] == [
        ("Uno.", "1"),
        ("Son 12 12", "2"),
        ("Tres.", "3"),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_line_ends(end: str) -> None:
    lines = [
        line
        for n in (1, 2)
        for line in (str(n), f"00:00:0{n},000 --> 00:00:0{n},500", f"Línea {n}a", f"Línea {n}b", "")
    ]
    document = srt(*lines, end=end)
    assert shown(document) == [
        ("Línea 1a Línea 1b", (1000, 1500), "1"),
        ("Línea 2a Línea 2b", (2000, 2500), "2"),
    ]


def test_a_blank_line_after_every_line() -> None:
    lines = ["1", "00:00:01,000 --> 00:00:01,500", "En 1985.", "2", "00:00:02,000 --> 00:00:02,500"]
    document = srt(*lines, "Sí.", end="\n\n")
    assert [(p.text, p.key) for p in document.paragraphs] == [("En 1985.", "1"), ("Sí.", "2")]


def test_line_ends_mixed_in_one_file() -> None:
    data = "1\r\n00:00:01,000 --> 00:00:01,500\nUno.\r\r2\r00:00:02,000 --> 00:00:02,500\r\nDos."
    document = read(Source("a.srt", data.encode()))
    assert [(p.text, p.key) for p in document.paragraphs] == [("Uno.", "1"), ("Dos.", "2")]


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("<i>Hola</i> <B>tú</B> <u>sí</u> <s>no</s>", "Hola tú sí no"),
        ('<font color="red" face=Arial>Rojo</font>', "Rojo"),
        ("{\\an8}{\\pos(10,20)}Arriba {\\b1}negrita{\\b0}", "Arriba negrita"),
        ("{y:i}Cursiva {C:$0000FF}azul{P:1,2}", "Cursiva azul"),
        (
            "H<sub>2</sub>O, 5<sup>o</sup>, <small>bajo</small> <blink>ya</blink>",
            "H2O, 5o, bajo ya",
        ),
        ("<c.yellow.bg_blue>Amarillo</c> <lang en>yes</lang>", "Amarillo yes"),
        ("Uno<br>dos<br/>tres", "Uno dos tres"),
        ("<b>sin cerrar", "sin cerrar"),
        (
            "<xyz>queda</xyz> <3 a < b > c {esto} {x} <no sé>",
            "<xyz>queda</xyz> <3 a < b > c {esto} {x} <no sé>",
        ),
        ("Tom &amp; Ana &lt;3 &nbsp;AT&T &foo;", "Tom & Ana <3 AT&T &foo;"),
    ],
)
def test_tags_of_all_dialects(printed: str, text: str) -> None:
    assert [p.text for p in cue(printed).paragraphs] == [text]


def test_formatting_of_tags() -> None:
    (paragraph,) = cue("H<sub>2</sub>O <em>muy</em> <strong>fría</strong>").paragraphs
    assert [(s.kind, paragraph.text[s.start : s.end]) for s in paragraph.spans] == [
        ("sub", "2"),
        ("italic", "muy"),
        ("bold", "fría"),
    ]


def test_what_a_code_says_is_listed_and_readings_of_ruby_are() -> None:
    document = srt(
        "WEBVTT",
        "Language: ja",
        "",
        "00:01.000 --> 00:02.000 align:start",
        "<v Ana><ruby>猫<rt>ねこ</rt></ruby><c.red>は</c> &eacute;<00:01.500>",
        name="a.vtt",
    )
    (paragraph,) = document.paragraphs
    assert (paragraph.text, paragraph.speaker) == ("猫は é", "Ana")
    assert document.lang == "ja"
    assert [(d.reason, d.text) for d in document.dropped] == [
        ("before the first cue", "WEBVTT"),
        ("before the first cue", "Language: ja"),
        ("position of a cue", "align:start"),
        ("reading above the text (ruby)", "ねこ"),
        ("styling code", "<c.red>"),
    ]


ASS = """[Script Info]
Title: Prueba
 [Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
 Dialogue: 0,0:00:05.00,0:00:06.00,Default,,0,0,0,,Segunda{ojo aquí}
Dialogue: 0,0:00:0x.00,0:00:08.00,Default,,0,0,0,,Sin tiempo
Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{\\an8}Primera
"""


def test_damaged_times_and_comments_of_advanced_substation() -> None:
    document = read(Source("a.ass", ASS.encode()))
    assert [(p.text, p.times) for p in document.paragraphs] == [
        ("Primera", (1000, 2000)),
        ("Segunda", (5000, 6000)),
        ("Sin tiempo", None),
    ]
    assert "line 6 «0:00:0x.00,0:00:08.00»" in document.notices[0]
    assert ("comment", "ojo aquí", 5) in [(d.reason, d.text, d.line) for d in document.dropped]
