"""Reports and pages in Spanish: no text that a person sees is left in English, English stays as it was, and
files for programs are the same in every language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import aligner
from aligner.checks import CHECK_CODES, Translation, report_page
from aligner.checks.common import SEVERITIES
from aligner.corpus import as_html
from aligner.model import Alignment
from aligner.serving.wording import html_texts, spoken_html
from aligner.text import speaking
from aligner.text.speaking import page_texts, t, tn
from aligner.workflows import checking
from aligner.workflows.corpus.recipe_page import page_of
from tests.conftest import ROOT
from tests.spoken import bare, speak_marked, visible
from tests.unit.checks.interview import interview
from tests.unit.cli.run import run

_SENTENCE = re.compile(r"[a-z]{2,} [a-z]{2,}|^[A-Z][a-z]+ ?[a-z]*$")
# names of classes, keys, measurements, selectors
_NO_WORDS = re.compile(
    r"^(row bead|side |finding |link |action |input, |first rows|use strict|meta|tei-|[.#\[]|"
    r"(Esc|Escape|Enter|Home|End|Tab|Del|Delete|Page(Up|Down)|Arrow(Up|Down|Left|Right))$)"
)
PAGES = sorted((ROOT / "aligner").glob("*/page/*.html"))


@pytest.fixture
def spanish() -> Iterator[None]:
    speaking.speak("es")
    yield
    speaking.speak("en")


def test_a_text_with_values_and_numbers(spanish: None) -> None:
    del spanish
    assert t("Search") == "Buscar"
    assert t("segment {number}", number=3) == "segmento 3"
    assert tn("{count} bead", "{count} beads", count=1) == "1 bloque"
    assert tn("{count} bead", "{count} beads", count=1200) == "1,200 bloques"
    assert page_texts()["{count} bead"] == ["{count} bloque", "{count} bloques"]
    speaking.speak("en")
    assert page_texts() == {}
    assert tn("{count} bead", "{count} beads", count=1) == "1 bead"


def data_of(alignment: Alignment) -> list[str]:
    """What of a page is the person's own, or a code."""
    sides = (alignment.source, alignment.target)
    texts = [segment.text for side in sides for segment in side.segments]
    names = [name for side in sides for name in (side.title, side.lang, side.origin, side.id)]
    speakers = [p.speaker for side in sides for p in side.paragraphs if p.speaker]
    headings = [p.text for side in sides for p in side.paragraphs]
    codes = [*CHECK_CODES, *(one.mqm for one in CHECK_CODES.values())]
    files = ["findings.csv", "beads.csv", "es.html", "en.html"]
    names += [one for side in sides for values in side.metadata.values() for one in values]
    return [one for one in (*texts, *names, *speakers, *headings, *codes, *files) if one]


def words_left(html: str, alignment: Alignment) -> list[str]:
    known = data_of(alignment)
    # excerpts of the texts: cut, or several joined
    own = " ".join(known)
    texts = [one for one in visible(re.sub("</?b>", "", html)) if one.strip("… ") not in own]
    parts = [part for one in texts for part in one.split(" | ") if part.strip("… ") not in own]
    cut = [one for one in parts if not (one.endswith("…") and one.rstrip("… ")[:60] in own)]
    ids = re.compile(r"\b(id )?[0-9a-f]{8,16}\b|\b[st]\d+\b")
    return list(bare([ids.sub(" ", one) for one in cut], known))


def test_the_report_of_a_check_leaves_no_english(monkeypatch: pytest.MonkeyPatch) -> None:
    alignment = interview()
    labelled = replace(
        alignment, beads=(replace(alignment.beads[0], labels=("calque",)), *alignment.beads[1:])
    )
    report = checking.check(labelled)
    severe = [
        replace(one, severity=name) for one, name in zip(report.findings, SEVERITIES, strict=False)
    ]
    findings = [*severe, *report.findings[len(severe) :]]
    findings[-1] = replace(findings[-1], status="accepted", reason="calque")
    two = Translation(labelled, report.remaining), Translation(labelled, ())
    english = report_page(labelled, findings, report.summary, two)
    speak_marked(monkeypatch)
    html = report_page(labelled, findings, report.summary, two)
    assert '<html lang="es">' in html
    # what is found is quoted in messages, so that they hold words of both texts: told as a whole
    left = [one for one in words_left(html, labelled) if "calque" not in one]
    assert left == []
    monkeypatch.undo()
    assert report_page(labelled, findings, report.summary, two) == english


def test_the_report_in_spanish(spanish: None) -> None:
    del spanish
    report = checking.check(interview())
    html = report_page(report.alignment, report.findings, report.summary)
    for text in (
        "<h2>Cobertura</h2>",
        "Hallazgos</h2>",
        "del origen está cubierto",
        "Los dos textos",
    ):
        assert text in html
    for text in ("Coverage", "Findings", "left out", "letters", "Bead<"):
        assert text not in html


def test_the_pages_of_a_corpus_leave_no_english(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    made = interview()
    path = tmp_path / "a.alignment.json"
    aligner.export(made, "json", path)
    figures = aligner.Corpus(path).stats()
    record = {
        "aligner": "1",
        "recipe": "0abc",
        "steps": [
            {
                "name": "pair",
                "settings": {"nearest": 5},
                "counts": {"sources": 2},
                "files": {"pairs.jsonl": "0abc"},
            }
        ],
    }
    speak_marked(monkeypatch)
    html = as_html(figures, "a.alignment.json")
    assert list(bare(visible(html), ["a.alignment.json", *figures["languages"]])) == []
    html = page_of(record, "recipe")
    known = ["pair", "nearest", "sources", "pairs.jsonl", "recipe", "0abc"]
    assert list(bare(visible(html), known)) == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parts[-3])
def test_the_words_of_a_page_are_found(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    html = path.read_text("utf-8")
    assert spoken_html(html) == html
    assert html_texts(html)
    speak_marked(monkeypatch)
    keys = ["s12", "t12", "n"]
    assert list(bare(visible(spoken_html(html)), keys)) == []
    assert '<html lang="es">' in spoken_html(html)


def test_the_english_page_is_the_file_itself() -> None:
    html = '<p title="Help">Help &amp; more <b>Search</b></p><script>"Help"</script>'
    assert spoken_html(html) == html
    assert html_texts(html) == ["Help", "Help & more", "Search"]


def test_scripts_have_no_words_of_their_own() -> None:
    """A text that a script shows stands in t(...) or tn(...): nothing with a space is another string."""
    from tests.conftest import load_script

    pages = load_script("_catalogue.pages")
    string = re.compile(r"\"(?:[^\"\\]|\\.)*\"|`(?:[^`\\]|\\.)*`")
    reading = ROOT / "docs" / "tei" / "reading" / "edition.js"
    for path in (*sorted((ROOT / "aligner").glob("*/page/*.js")), reading):
        code = re.sub(r"^\s*//.*$", "", path.read_text("utf-8"), flags=re.MULTILINE)
        known = {text for pair in pages.script_texts(code) for text in pair}
        strings = [match[0][1:-1] for match in string.finditer(code)]
        plain = {text: re.sub(r"\$\{[^}]*\}", "", text) for text in strings if text not in known}
        # two words, or one with a capital: a sentence, the name of a button
        loose = [text for text, rest in plain.items() if _SENTENCE.search(rest)]
        assert [text for text in loose if not _NO_WORDS.search(text)] == [], path.name


def test_files_for_programs_are_the_same_in_every_language(tmp_path: Path) -> None:
    path = tmp_path / "a.alignment.json"
    aligner.export(interview(), "json", path)
    written = {}
    for lang in ("en", "es"):
        names = [tmp_path / f"{lang}.{end}" for end in ("sarif", "tsv")]
        done = run("--ui", lang, "check", path, "--json", "--sarif", names[0], "--mqm", names[1])
        outputs = [tmp_path / lang / f"x.{end}" for end in ("tmx", "tei.xml", "tsv", "xlf", "html")]
        outputs[0].parent.mkdir()
        run("--ui", lang, "convert", path, *outputs, "--quiet")
        run("--ui", lang, "check", path, "--html", tmp_path / f"{lang}.page")
        files = [name.read_bytes() for name in (*names, *outputs)]
        written[lang] = [done.out, *files]
    assert written["en"] == written["es"]
    pages = [(tmp_path / f"{lang}.page").read_text("utf-8") for lang in ("en", "es")]
    assert pages[0] != pages[1]
    assert "Cobertura" in pages[1]
