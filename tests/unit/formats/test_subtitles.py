"""Subtitles as an output: one file a language, times of its own or through the beads."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from aligner.files import FileSink, StdoutSink
from aligner.formats import WriteOptions, format_of, losses, write
from aligner.model import (
    Alignment,
    AlignmentSet,
    Bead,
    Document,
    ExportError,
    Signature,
    Source,
)
from aligner.segmenting import SegmentOptions, segment
from aligner.workflows.reading import read

SRT = """1
00:00:01,000 --> 00:00:03,000
<i>Hola</i>, amigo <b>mío</b>,
¿qué tal? Bien.

2
00:00:04,000 --> 00:00:05,500
- La gata duerme.
- La lámpara está encendida.

3
01:02:06,007 --> 01:02:08,000
Nadie vino & nadie irá <3.

"""


def opened(name: str, text: str, lang: str, *, paragraphs: bool = False) -> Document:
    return segment(
        read(Source(name, text.encode())).with_lang(lang), SegmentOptions(paragraphs=paragraphs)
    )


def aligned(source: Document, target: Document, *beads: tuple[range, range]) -> Alignment:
    pairs = beads or tuple((range(n, n + 1), range(n, n + 1)) for n in range(len(source.segments)))
    return Alignment(source, target, tuple(Bead(a, b) for a, b in pairs), Signature(()))


def written(
    alignment: Alignment | AlignmentSet, folder: Path, suffix: str = ".srt"
) -> dict[str, str]:
    sink = FileSink(folder / f"out{suffix}")
    write(alignment, format_of(f"out{suffix}"), sink, WriteOptions())
    return {path.name: path.read_text() for path in sink.commit()}


def spanish() -> Document:
    return opened("a.srt", SRT, "es")


def english(*paragraphs: str) -> Document:
    return opened("a.txt", "\n\n".join(paragraphs), "en", paragraphs=True)


def test_a_text_with_times_comes_back_and_lends_them(tmp_path: Path) -> None:
    texts = [
        "Hello, my friend, how are you? Fine.",
        "The cat sleeps.",
        "The lamp is lit.",
        "Nobody.",
    ]
    files = written(aligned(spanish(), english(*texts)), tmp_path)
    assert files["out.es.srt"] == SRT
    assert files["out.en.srt"] == (
        "1\n00:00:01,000 --> 00:00:03,000\nHello, my friend, how are you? Fine.\n\n"
        "2\n00:00:04,000 --> 00:00:05,500\nThe cat sleeps.\nThe lamp is lit.\n\n"
        "3\n01:02:06,007 --> 01:02:08,000\nNobody.\n\n"
    )


def test_webvtt(tmp_path: Path) -> None:
    vtt = "WEBVTT\n\n1\n00:01.000 --> 00:02.500\n<v Ana>Uno &amp; <i>dos</i> &lt;3\n\n"
    source = opened("a.vtt", vtt, "es")
    files = written(aligned(source, english("One and two")), tmp_path, ".vtt")
    assert files["out.es.vtt"] == vtt.replace("00:0", "00:00:0")
    assert files["out.en.vtt"].startswith(
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.500\nOne and two\n"
    )
    again = opened("b.vtt", files["out.es.vtt"], "es")
    assert [(p.text, p.times, p.speaker) for p in again.paragraphs] == [
        (p.text, p.times, p.speaker) for p in source.paragraphs
    ]


def test_a_bead_of_several_cues_shows_from_the_first_to_the_last(tmp_path: Path) -> None:
    target = english("All of it.", "Nobody.")
    beads = ((range(3), range(1)), (range(3, 4), range(1, 2)))
    files = written(aligned(spanish(), target, *beads), tmp_path)
    assert "1\n00:00:01,000 --> 00:00:05,500\nAll of it.\n\n2\n01:02:06,007" in files["out.en.srt"]


def test_what_has_no_time_stands_with_the_cue_before(tmp_path: Path) -> None:
    target = english("Before.", "Hello.", "Only here.", "Nobody.")
    beads = (
        (range(0), range(1)),
        (range(2), range(1, 2)),
        (range(2, 2), range(2, 3)),
        (range(2, 4), range(3, 4)),
    )
    alignment = aligned(spanish(), target, *beads)
    text = written(alignment, tmp_path)["out.en.srt"]
    assert "1\n00:00:01,000 --> 00:00:05,500\nBefore.\nHello.\nOnly here.\n" in text
    assert "2 pieces of text have no time: they stand with the cue before them" in losses(
        alignment, "srt"
    )


def test_a_damaged_cue_takes_the_time_of_its_translation(tmp_path: Path) -> None:
    damaged = SRT.replace("00:00:04,000 --> 00:00:05,500", "00:00:04,000 --> 00:00:0x")
    alignment = aligned(opened("a.srt", damaged, "es"), opened("b.srt", SRT, "en"))
    assert written(alignment, tmp_path)["out.es.srt"] == SRT


def test_the_target_may_lend_and_so_may_one_of_several(tmp_path: Path) -> None:
    source = english("Hello.", "The cat.", "The lamp.", "Nobody.")
    plain = opened("c.txt", "Bonjour.\n\nLe chat.\n\nLa lampe.\n\nPersonne.", "fr", paragraphs=True)
    pair = AlignmentSet((aligned(source, plain), aligned(source, spanish())))
    files = written(pair, tmp_path)
    assert set(files) == {"out.en.srt", "out.fr.srt", "out.es.srt"}
    assert "2\n00:00:04,000 --> 00:00:05,500\nThe cat.\nThe lamp.\n" in files["out.en.srt"]


def test_formatting_that_subtitles_lack_is_a_loss() -> None:
    page = read(Source("a.md", b"[Nadie](x) vino.")).with_lang("en")
    alignment = aligned(opened("a.srt", SRT[-60:].replace("3\n", "1\n", 1), "es"), segment(page))
    assert "formatting beyond bold, italic and underline (link 1)" in losses(alignment, "srt")


def test_an_arrow_in_the_words_is_no_time(tmp_path: Path) -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nMira --> aquí\n"
    source = opened("a.srt", text, "es")
    assert source.paragraphs[0].text == "Mira --> aquí"
    made = written(aligned(source, english("Look")), tmp_path)["out.es.srt"]
    assert "Mira -> aquí" in made


def test_without_times_there_are_no_subtitles(tmp_path: Path) -> None:
    alignment = aligned(english("One."), english("Two."))
    with pytest.raises(ExportError, match="no text of this alignment has times"):
        written(alignment, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_one_file_cannot_hold_several_languages() -> None:
    alignment = aligned(spanish(), english("a", "b", "c", "d"))
    with pytest.raises(ExportError):
        write(alignment, "srt", StdoutSink(), WriteOptions())


def test_ttml(tmp_path: Path) -> None:
    vtt = "WEBVTT\n\n00:01.000 --> 00:02.500\n<v Ana>Uno &amp; <i>dos\ny <b>tres</b></i> &lt;3\n\n"
    for source in (spanish(), opened("a.vtt", vtt, "es")):
        beads = (range(len(source.segments)), range(1))
        files = written(aligned(source, english("One."), beads), tmp_path, ".ttml")
        again = opened("b.ttml", files["out.es.ttml"], "es")
        assert again.lang == "es"
        assert [(p.text, p.times, p.speaker, p.kind) for p in again.paragraphs] == [
            (p.text, p.times, p.speaker, p.kind) for p in source.paragraphs
        ]
        spans = [[(s.kind, s.start, s.end) for s in p.spans] for p in source.paragraphs]
        read_again = [
            {(s.kind, at) for s in p.spans for at in range(s.start, max(s.end, s.start + 1))}
            for p in again.paragraphs
        ]
        assert read_again == [
            {(kind, at) for kind, start, end in one for at in range(start, max(end, start + 1))}
            for one in spans
        ]


def test_ttml_of_two_speakers_and_odd_characters(tmp_path: Path) -> None:
    vtt = 'WEBVTT\n\n00:01.000 --> 00:02.500\n<v Ana>¿Sí?\n\n00:01.000 --> 00:02.500\n<v Él & "ella">No &lt;a>.\n'
    files = written(aligned(opened("a.vtt", vtt, "es"), english("Yes.", "No.")), tmp_path, ".ttml")
    (paragraph,) = etree.fromstring(files["out.es.ttml"].encode()).iter("{*}p")
    names = [e.get("{http://www.w3.org/ns/ttml#metadata}agent") for e in paragraph.iter()]
    assert names == [None, "a0", None, "a1"]
    assert "".join(map(str, paragraph.itertext())) == "¿Sí?No <a>."
