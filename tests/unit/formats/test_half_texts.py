"""Files whose sides hold nothing, and what subtitles are made of when there are no times."""

from __future__ import annotations

from pathlib import Path

import pytest

import aligner
from aligner.model import AlignerError, ReadOptions, Source
from aligner.workflows.reading import read

HEADER = (
    '<header creationtool="c" creationtoolversion="1" segtype="sentence" o-tmf="c" adminlang="en" '
    'srclang="en" datatype="plaintext"/>'
)


def tmx(*units: str) -> str:
    return f'<tmx version="1.4">{HEADER}<body>{"".join(units)}</body></tmx>'


def unit(properties: str, more: str = "") -> str:
    return (
        f'<tu tuid="1">{properties}<tuv xml:lang="en">{more}<seg>One.</seg></tuv>'
        '<tuv xml:lang="es"><seg>Uno.</seg></tuv></tu>'
    )


@pytest.mark.parametrize(
    ("properties", "more", "status", "before"),
    [
        ('<prop type="x-context-pre">&lt;seg&gt;Zero.&lt;/seg&gt;</prop>', "", "auto", "Zero."),
        (
            '<prop type="x-context-pre"> </prop><prop type="x-context-pre">Zero.</prop>',
            "",
            "auto",
            "Zero.",
        ),
        ("", '<prop type="x-context-pre">Zero.</prop>', "auto", "Zero."),
    ],
)
def test_neighbours_as_several_programs_write_them(
    properties: str, more: str, status: str, before: str, tmp_path: Path
) -> None:
    (tmp_path / "a.tmx").write_text(tmx(unit(properties, more)), "utf-8")
    from aligner.workflows.unit_files import open_units

    with open_units(str(tmp_path / "a.tmx"), None, ReadOptions()) as stream:
        (made,) = stream
    assert (made.status, made.before) == (status, before)


def test_a_side_without_text(tmp_path: Path) -> None:
    data = tmx(
        '<tu><tuv xml:lang="en"><seg>One.</seg></tuv><tuv xml:lang="es"><seg> </seg></tuv></tu>'
    )
    document = read(Source("a.tmx", data.encode()), ReadOptions(side="en"))
    assert [paragraph.text for paragraph in document.paragraphs] == ["One."]
    (tmp_path / "a.tmx").write_text(data, "utf-8")
    with pytest.raises(AlignerError, match="the file holds one text, not an alignment"):
        aligner.open_alignment(tmp_path / "a.tmx")


def test_subtitles_need_times(tmp_path: Path) -> None:
    made = aligner.align_texts(["Uno."], ["One."], source_lang="es", target_lang="en")
    for name in ("a.srt", "a.vtt", "a.ttml", "a.ass", "a.both.srt"):
        with pytest.raises(
            AlignerError, match="no text of this alignment has times, as subtitles need them"
        ) as caught:
            aligner.export(
                made, name.partition(".")[2].replace("both.srt", "both-srt"), tmp_path / name
            )
        assert caught.value.hint
    assert list(tmp_path.iterdir()) == []
