"""The study view of the report, its tables to take away, and two translations side by side."""

from __future__ import annotations

import base64
import csv
import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from aligner.checks import Translation, bead_texts, report_page, summarise
from aligner.model import Alignment, Bead, Document, Paragraph, Segment
from aligner.text.attributing import attributed
from aligner.workflows import aligning, checking
from tests.unit.checks.interview import interview
from tests.unit.cli.run import run
from tests.unit.formats.samples import document


@pytest.fixture(scope="module")
def report() -> checking.Report:
    return checking.check(attributed([interview()])[0], checking.Wanted(minimum="note"))


@pytest.fixture(scope="module")
def page(report: checking.Report) -> Any:
    return html.fromstring(report_page(report.alignment, report.findings, report.summary))


def rows(page: Any, name: str) -> list[list[str]]:
    """The texts of the cells of a table's body."""
    return [
        [" ".join(cell.text_content().split()) for cell in row]
        for row in page.get_element_by_id(name).iterfind("tbody/tr")
    ]


def test_speakers_and_sections_make_up_the_whole(page: Any, report: checking.Report) -> None:
    for name in ("by-speaker", "by-section"):
        *parts, whole = rows(page, name)
        for column in (1, 2, 3):
            numbers = [int(row[column].replace(",", "")) for row in parts]
            assert sum(numbers) == int(whole[column].replace(",", "")), name
        assert int(whole[1]) == len(report.alignment.beads)
        assert sum(int(count or 0) for count in whole[6:]) == len(report.findings)
    names = [row[0] for row in rows(page, "by-speaker")]
    assert names == [
        "(no speaker named)",
        "La Bitácora",
        "Ofelia Marroquín",
        "Carolina Rivas",
        "The whole text",
    ]
    ratios = [float(row[4]) for row in rows(page, "by-speaker")]
    assert all(0.7 < ratio < 1.4 for ratio in ratios)


def test_shifts_by_kind_are_all_findings(page: Any, report: checking.Report) -> None:
    kinds = rows(page, "by-kind")
    assert sum(int(row[-1]) for row in kinds) == len(report.findings)
    assert {row[0] for row in kinds} == {one.code for one in report.findings}
    for row in kinds:
        assert sum(int(cell or 0) for cell in row[3:-1]) == int(row[-1])


def test_habits(page: Any, report: checking.Report) -> None:
    kinds = [bead.kind for bead in report.alignment.beads]
    counted = {row[0]: int(row[1]) for row in rows(page, "by-type") if len(row) == 5}
    assert counted == {kind: kinds.count(kind) for kind in kinds}
    said = [int(n) for n in re.findall(r"\d+", page.get_element_by_id("habits").text_content())]
    both = [k for k in kinds if "0" not in k]
    assert said == [len(both), kinds.count("1-1"), 4, 5, 2]
    kept = [row for row in rows(page, "by-type") if row[0] == "1-1"]
    assert len(kept) == 1
    assert all(kept[0][3:])
    splits = [row for row in rows(page, "by-type") if "1-2" in row[0]]
    # where the segments of an example end is seen
    assert splits[0][4].count(" | ") == 1


def table(page: Any, name: str) -> list[dict[str, str]]:
    (link,) = page.xpath(f"//a[@download='{name}']/@href")
    data = base64.b64decode(link.partition("base64,")[2])
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_tables_to_take_away(page: Any, report: checking.Report) -> None:
    findings = table(page, "findings.csv")
    assert len(findings) == sum(len(one.places) for one in report.findings)
    first = report.findings[0]
    assert (findings[0]["id"], findings[0]["severity"]) == (first.id, first.severity)
    wrong = next(row for row in findings if row["code"] == "speaker")
    # as people count
    assert (wrong["source_ids"], wrong["target_ids"]) == ("s88", "t87")
    assert wrong["speaker"] == "Carolina Rivas"
    assert wrong["section"] == "Veinte minutos para hacer la maleta"
    beads = table(page, "beads.csv")
    assert [row["type"] for row in beads] == [bead.kind for bead in report.alignment.beads]
    assert sum(int(row["source_letters"]) for row in beads) == report.summary.whole.source


def test_a_text_without_speakers_or_sections() -> None:
    es, en = document("es", [("para", ["Hola."])]), document("en", [("para", ["Hello."])])
    made = Alignment(es, en, (Bead(range(1), range(1)),))
    page: Any = html.fromstring(report_page(made, [], summarise(made, [])))
    assert [row[:5] for row in rows(page, "by-part")] == [["The whole text", "1", "5", "6", "1.20"]]
    assert len(table(page, "findings.csv")) == 0
    assert len(bead_texts(made)) == 1


def _edited(side: Document, changes: dict[int, str | None]) -> Document:
    """Segments in other words, or gone."""
    paragraphs: list[Paragraph] = []
    count = 0
    for paragraph in side.paragraphs:
        texts = [changes.get(s.index, s.text) for s in paragraph.segments]
        kept = [text for text in texts if text is not None]
        segments, place = [], 0
        for text in kept:
            segments.append(Segment(count, paragraph.index, place, place + len(text), text))
            place += len(text) + 1
            count += 1
        paragraphs.append(
            replace(paragraph, text=" ".join(kept), segments=tuple(segments), spans=(), label=None)
        )
    return replace(side, paragraphs=tuple(paragraphs), digest="")


@pytest.fixture(scope="module")
def two(report: checking.Report, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The interview and a translation that leaves out t13 and gives the right number in t30."""
    folder = tmp_path_factory.mktemp("two")
    first = report.alignment
    texts = [segment.text for segment in first.target.segments]
    right = texts[29].replace("563", "536")
    assert right != texts[29]
    beads, shift = [], 0
    for bead in first.beads:
        gone = 12 in bead.target
        target = range(bead.target.start - shift, bead.target.stop - shift - gone)
        shift += gone
        beads.append(replace(bead, target=target))
    other = Alignment(first.source, _edited(first.target, {29: right, 12: None}), tuple(beads))
    for name, made in (("a", first), ("b", other)):
        aligning.export(made, "json", folder / f"{name}.alignment.json")
    return folder / "a.alignment.json", folder / "b.alignment.json"


def test_two_translations_in_three_columns(two: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    done = run("check", two[0], "--against", two[1], "--html", out, "--quiet")
    assert done.code == 1, done.err
    page: Any = html.fromstring(out.read_bytes())
    head = [cell.text_content() for cell in page.xpath("//table[@id='versions']/thead//th")]
    assert head == ["Source (es)", "1: Judith Amory (en)", "2: Judith Amory (en)"]
    shown = list(page.xpath("//table[@id='versions']/tbody/tr[not(@class='same')]"))
    texts = [[cell.text_content() for cell in row] for row in shown]
    assert len(texts) == 2
    number = next(row for row in texts if "536 llevaban" in row[0])
    assert "number: “536” became “563”" in number[1]
    assert "number" not in number[2]
    marked = [mark.text for mark in shown[texts.index(number)].iter("mark")]
    assert marked == ["563", "536"]
    gone = next(row for row in texts if row is not number)
    assert gone[2].startswith("(nothing)")
    assert "omitted-segment" in gone[2]
    # the whole text is there, the rest is hidden by the style
    every = page.xpath("//table[@id='versions']/tbody/tr")
    source = " ".join(row[0].text_content() for row in every)
    for segment in interview().source.segments:
        assert segment.text in source


def test_two_texts_of_one_translator_are_called_by_their_files_too(report: checking.Report) -> None:
    first = report.alignment
    later = replace(first, target=replace(first.target, origin="later.html"))
    sides = Translation(first, ()), Translation(later, ())
    page: Any = html.fromstring(report_page(first, report.findings, report.summary, sides))
    head = [cell.text_content() for cell in page.xpath("//table[@id='versions']/thead//th")]
    assert head[1:] == [
        f"Judith Amory, {Path(one.target.origin).name} (en)" for one in (first, later)
    ]


def test_another_source_is_refused(two: tuple[Path, Path], tmp_path: Path) -> None:
    es, en = document("es", [("para", ["Hola."])]), document("en", [("para", ["Hello."])])
    path = tmp_path / "c.alignment.json"
    aligning.export(Alignment(es, en, (Bead(range(1), range(1)),)), "json", path)
    done = run("check", two[0], "--against", path, "--html", tmp_path / "x.html", "--quiet")
    assert done.code == 2
    assert "different sources" in done.err
    assert not (tmp_path / "x.html").exists()
