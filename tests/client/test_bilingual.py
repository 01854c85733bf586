"""Bilingual documents in the programs that they are for: LibreOffice, epubcheck, Chromium, gettext."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from aligner.model import as_set, rows_of
from aligner.workflows.alignment_files import open_alignment
from tests.client.soffice import converted, words
from tests.conftest import CORPORA, missing_client, require_program
from tests.unit.cli.run import run

EPUBCHECK = Path("/usr/bin/epubcheck")
INTERVIEW = CORPORA / "interview"
FILM = {
    "es": ["Llueve sobre el puerto.", "- ¿Quién es?\n- <i>Nadie</i> & nada.", "La casa está vacía."],
    "en": ["It is raining over the harbour.", "- Who is it?\n- <i>Nobody</i> & nothing.", "The house is empty."],
}  # fmt: skip


def epubcheck(book: Path) -> str:
    """What epubcheck says, which finds nothing."""
    java = require_program("java", "default-jre-headless")
    if not EPUBCHECK.exists():
        missing_client("epubcheck is not installed: apt-get install epubcheck")
    command = [java, "-jar", str(EPUBCHECK.resolve()), str(book)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=200, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bilingual")
    outputs = [
        x
        for s in ("docx", "odt", "epub", "po", "alignment.json")
        for x in ("-o", folder / f"out.{s}")
    ]
    assert run("align", INTERVIEW / "es.html", INTERVIEW / "en.html", *outputs).code == 0
    return folder


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("film")
    for lang, cues in FILM.items():
        lines = [
            f"{n}\n00:00:0{n},000 --> 00:00:0{n},900\n{text}\n"
            for n, text in enumerate(cues, start=1)
        ]
        (folder / f"{lang}.srt").write_text("\n".join(lines), encoding="utf-8")
    outputs = [x for name in ("f.both.srt", "f.both.vtt", "f.ass") for x in ("-o", folder / name)]
    done = run("align", folder / "es.srt", folder / "en.srt", "-s", "es", "-t", "en", *outputs)
    assert done.code == 0, done.err
    return folder


@pytest.mark.parametrize("name", ["out.docx", "out.odt"])
def test_libreoffice_shows_both_texts_in_a_table(written: Path, name: str) -> None:
    alignment: Any = open_alignment(str(written / "out.alignment.json"))
    (page,) = converted([written / name], written / f"page-{name}", "html")
    from lxml import html

    root: Any = html.document_fromstring(page.read_bytes())
    rows = root.xpath("//tr")
    assert len(rows) == 1 + len(list(rows_of(as_set(alignment))))
    assert {len(row.xpath("td|th")) for row in rows} == {2}
    (text,) = converted([written / name], written / f"text-{name}")
    shown = "".join(words(text).split())
    for document in (alignment.source, alignment.target):
        for segment in document.segments:
            assert "".join(segment.text.split()) in shown


def test_epubcheck_finds_nothing(written: Path, tmp_path: Path) -> None:
    assert "0 fatals / 0 errors / 0 warnings" in epubcheck(written / "out.epub")
    table = tmp_path / "t.tsv"
    table.write_text("en\tar\the\n1 < 2 & 3\tواحد\tאחת\n\tاثنان\t\n", encoding="utf-8")
    assert run("convert", table, tmp_path / "t.epub").code == 0
    assert "0 errors / 0 warnings" in epubcheck(tmp_path / "t.epub")


def test_gettext_takes_a_catalogue_of_any_alignment(written: Path) -> None:
    msgfmt = require_program("msgfmt", "gettext")
    command = [msgfmt, "--check", "-o", str(written / "out.mo"), str(written / "out.po")]
    subprocess.run(command, check=True, capture_output=True)


def test_chromium_shows_both_languages_of_a_cue(browser: Any, film: Path) -> None:
    """The browser's own parser of WebVTT, by the cues of a track."""
    page = browser.new_page()
    address = (film / "f.both.vtt").read_text("utf-8")
    cues = page.evaluate(
        """async text => {
          const video = document.createElement('video'), track = document.createElement('track');
          track.src = URL.createObjectURL(new Blob([text], {type: 'text/vtt'}));
          track.default = true;
          video.append(track); document.body.append(video); track.track.mode = 'showing';
          await new Promise(done => track.addEventListener('load', done));
          return [...track.track.cues].map(c => [c.startTime, c.getCueAsHTML().textContent]);
        }""",
        address,
    )
    page.close()
    assert [start for start, _ in cues] == [1, 2, 3]
    assert cues[1][1].split("\n") == [
        *("- ¿Quién es?", "- Nadie & nada."),
        *("- Who is it?", "- Nobody & nothing."),
    ]


def test_players_of_the_other_formats(film: Path) -> None:
    import pysubs2

    subrip = pysubs2.load(str(film / "f.both.srt"))
    assert [(line.start, line.end) for line in subrip] == [(1000, 1900), (2000, 2900), (3000, 3900)]
    assert subrip[0].plaintext.split("\n") == [FILM["es"][0], FILM["en"][0]]
    styled = pysubs2.load(str(film / "f.ass"))
    assert list(styled.styles) == ["es-1", "en-2"]
    assert styled[0].text == f"{FILM['es'][0]}\\N{{\\ren-2}}{FILM['en'][0]}"
    assert styled[1].plaintext == subrip[1].plaintext
    assert "{\\i1}Nobody{\\i0}" in styled[1].text
