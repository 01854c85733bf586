"""Subtitles with all texts in every cue: `both-srt`, `both-vtt` and `ass`, to the byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.files import FileSink
from aligner.formats import WriteOptions, write
from aligner.model import Alignment, AlignmentSet, Document, ExportError
from tests.unit.formats.test_subtitles import aligned, english, opened, spanish

VTT = (
    "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\n<v Ana>Uno &amp; <i>dos</i> {x} \\N\ny <b><u>tres</u></b>\n\n"
    "11:59:59.989 --> 12:00:00.009\nFin\n"
)


def together(alignment: Alignment | AlignmentSet, fmt: str, folder: Path) -> str:
    sink = FileSink(folder / "out.x")
    write(alignment, fmt, sink, WriteOptions())
    (path,) = sink.commit()
    return path.read_bytes().decode()


def test_srt(tmp_path: Path) -> None:
    target = english("Hello. Fine.", "The cat & the lamp <3.", "Nobody --> here.")
    beads = ((range(1), range(1)), (range(1, 3), range(1, 2)), (range(3, 4), range(2, 3)))
    assert together(aligned(spanish(), target, *beads), "both-srt", tmp_path) == (
        "1\n00:00:01,000 --> 00:00:03,000\n<i>Hola</i>, amigo <b>mío</b>,\n¿qué tal? Bien.\nHello. Fine.\n\n"
        # both turns of one cue, whose lines are those of two beads
        "2\n00:00:04,000 --> 00:00:05,500\n- La gata duerme.\n- La lámpara está encendida.\n"
        "The cat & the lamp <3.\n\n"
        "3\n01:02:06,007 --> 01:02:08,000\nNadie vino & nadie irá <3.\nNobody -> here.\n\n"
    )


def test_vtt(tmp_path: Path) -> None:
    source = opened("a.vtt", VTT, "es")
    assert together(aligned(source, english("One & two", "End")), "both-vtt", tmp_path) == (
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.500\n"
        "<v Ana>Uno &amp; <i>dos</i> {x} \\N\ny <b><u>tres</u></b>\nOne &amp; two\n\n"
        "2\n11:59:59.989 --> 12:00:00.009\nFin\nEnd\n\n"
    )


def test_ass(tmp_path: Path) -> None:
    source = opened("a.vtt", VTT, "es")
    text = together(aligned(source, english("One {and} two", "End")), "ass", tmp_path)
    assert text == (
        "\ufeff[Script Info]\nTitle: a\nScriptType: v4.00+\nWrapStyle: 0\nPlayResX: 1920\nPlayResY: 1080\n\n"
        "[V4+ Styles]\nFormat: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, "
        "BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, "
        "Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding\n"
        "Style: es-1,Arial,54,&H00FFFFFF,&H00FFFFFF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,2,1,2,60,60,50,1\n"
        "Style: en-2,Arial,46,&H0078E6FF,&H0078E6FF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,2,1,2,60,60,50,1\n\n"
        "[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
        # braces and backslashes begin codes: those of the words look like them and are none
        "Dialogue: 0,0:00:01.00,0:00:02.50,es-1,,0,0,0,,Ana: Uno & {\\i1}dos{\\i0} ｛x｝ ＼N\\N"
        "y {\\b1\\u1}tres{\\b0\\u0}\\N{\\ren-2}One ｛and｝ two\n"
        # hundredths, cut off and never rounded up to a moment at which it is gone
        "Dialogue: 0,11:59:59.98,12:00:00.00,es-1,,0,0,0,,Fin\\N{\\ren-2}End\n"
    )


def test_a_cue_is_never_parted(tmp_path: Path) -> None:
    """Two beads end inside a cue of the target; one shows without a counterpart."""
    one = "1\n00:00:01,000 --> 00:00:02,000\n- Ella canta.\n- Él duerme.\n\n2\n00:00:03,000 --> 00:00:04,000\nTres.\n"
    target = english("One.", "Two.", "Three.", "Four.")
    beads = [(range(n, n + 1), range(n, n + 1)) for n in range(3)]
    alignment = aligned(opened("a.srt", one, "es"), target, *beads, (range(3, 3), range(3, 4)))
    assert together(alignment, "both-srt", tmp_path) == (
        "1\n00:00:01,000 --> 00:00:02,000\n- Ella canta.\n- Él duerme.\nOne. Two.\n\n"
        "2\n00:00:03,000 --> 00:00:04,000\nTres.\nThree.\nFour.\n\n"
    )


def test_the_times_are_those_of_the_first_text_that_has_any(tmp_path: Path) -> None:
    plain = english("Hello.", "The cat.", "The lamp.", "Nobody.")
    pair = AlignmentSet((aligned(plain, later()), aligned(plain, spanish_lines())))
    text = together(pair, "both-srt", tmp_path)
    assert text.startswith("1\n00:00:11,000 --> 00:00:12,000\nHello.\nA.\nHola.\n\n2\n00:00:13,000")


def later() -> Document:
    cues = [f"00:00:{n + 1},000 --> 00:00:{n + 2},000" for n in (10, 12, 14, 16)]
    rows = [
        f"{k}\n{cue}\n{text}.\n" for k, (cue, text) in enumerate(zip(cues, "ABCD", strict=True), 1)
    ]
    return opened("b.srt", "\n".join(rows), "de")


def spanish_lines() -> Document:
    return opened("c.txt", "Hola.\n\nLa gata.\n\nLa lámpara.\n\nNadie.", "es", paragraphs=True)


@pytest.mark.parametrize("fmt", ["both-srt", "both-vtt", "ass"])
def test_without_times_there_is_no_file(fmt: str, tmp_path: Path) -> None:
    alignment = aligned(english("One."), english("Two."))
    with pytest.raises(ExportError, match="no text of this alignment has times"):
        together(alignment, fmt, tmp_path)
    assert list(tmp_path.iterdir()) == []
