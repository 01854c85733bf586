"""The reading edition in Chromium: CETEIcean with the stylesheet and behaviours of docs/tei/reading shows
a file of --tei-layout parallel as columns, marks partners, and says labels.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aligner.formats import WriteOptions
from aligner.model import Alignment, AlignmentSet
from aligner.workflows import aligning
from tests.client.pages import ARTEFACTS, LAG, axe_script, no_violations
from tests.client.test_real_editions import SPOKEN, interview_edition, page_of, raw_edition
from tests.conftest import ROOT, missing_client
from tests.unit.formats.tei_samples import edition

SHIPPED = ROOT / "docs" / "tei" / "reading"


def ceteicean() -> Path:
    """CETEIcean's script, from npm; kept in build/, which git ignores."""
    kept = ROOT / "build" / "clients" / "CETEI.js"
    npm = shutil.which("npm")
    if not kept.is_file() and npm and os.environ.get("REQUIRE_CLIENTS") == "1":
        subprocess.run([ROOT / "scripts" / "fetch_clients"], check=True, timeout=300)
    if not kept.is_file():
        missing_client("CETEIcean is not here: run scripts/fetch_clients, which needs npm")
    return kept


def folder_of(made: Alignment | AlignmentSet, folder: Path) -> Path:
    """What the README of docs/tei says: the shipped files, CETEI.js and the edition in one folder."""
    for file in SHIPPED.iterdir():
        shutil.copy(file, folder)
    shutil.copy(ceteicean(), folder)
    options = WriteOptions(layout="parallel")
    aligning.export(made, "tei", folder / "edition.tei.xml", options)  # type: ignore[arg-type]
    return folder


def opened(browser: Any, folder: Path, locale: str = "en-US") -> Any:
    """From the folder itself, where the file must be chosen."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale=locale)
    page = context.new_page()
    page.set_default_timeout(LAG)
    page.on("pageerror", lambda error: pytest.fail(f"the page failed: {error}"))
    page.goto((folder / "index.html").as_uri())
    page.set_input_files("#choose input", folder / "edition.tei.xml")
    page.wait_for_selector("[data-ready=yes]")
    return page


def shown_segments(page: Any) -> list[str]:
    names: list[str] = page.eval_on_selector_all(
        "tei-s", "all => all.filter(s => s.offsetParent).map(s => s.id)"
    )
    return names


def test_the_interview_in_two_columns(browser: Any, tmp_path: Path) -> None:
    made = interview_edition()
    beads = list(made.beads)
    labelled = next(n for n, b in enumerate(beads) if b.kind == "1-2")
    beads[labelled] = replace(beads[labelled], labels=("modulation",))
    page = opened(browser, folder_of(replace(made, beads=tuple(beads)), tmp_path))
    boxes = [column.bounding_box() for column in page.query_selector_all("tei-group > tei-text")]
    left, right = boxes
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] <= right["x"] + 1
    assert abs(left["width"] - right["width"]) < 2
    headings = [e.inner_text() for e in page.query_selector_all("h2.language")]
    assert headings == ["Spanish", "English"]
    assert shown_segments(page) == [
        f"{side.lang}.s{segment.index + 1}"
        for side in (made.source, made.target)
        for segment in side.segments
    ]
    # whom the page does not name
    speech = page.locator("tei-sp", has_text="¿Qué fue lo primero que anotó?").first
    assert speech.inner_text().startswith("[La Bitácora del Istmo]")
    # the label of a bead is said once on each side, after its last segment
    labels = page.locator(".label")
    assert labels.all_inner_texts() == ["modulation", "modulation"]
    bead = beads[labelled]
    after = page.eval_on_selector_all(".label", "all => all.map(l => l.closest('tei-s').id)")
    assert after == [f"es.s{bead.source.stop}", f"en.s{bead.target.stop}"]
    # one of two: both are marked, and what translates them
    page.hover(f"[id='en.s{bead.target.start + 1}']")
    here = page.eval_on_selector_all("tei-s.here", "all => all.map(s => s.id)")
    partner = page.eval_on_selector_all("tei-s.partner", "all => all.map(s => s.id)")
    assert here == [f"en.s{j + 1}" for j in bead.target]
    assert partner == [f"es.s{i + 1}" for i in bead.source]
    ARTEFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTEFACTS / "edition-interview.png")
    # by keyboard: Enter goes to the partner, in its own column
    last = max((b for b in beads if not b.is_null), key=lambda b: b.source.start)
    page.focus(f"[id='es.s{last.source.start + 1}']")
    page.keyboard.press("Enter")
    focused = page.evaluate("document.activeElement.id")
    assert focused == f"en.s{last.target.start + 1}"
    page.wait_for_function(
        "id => { const box = document.getElementById(id).getBoundingClientRect();"
        " return box.top > 0 && box.bottom < innerHeight }",
        arg=focused,
    )
    assert page.evaluate("scrollY") == 0
    page.screenshot(path=ARTEFACTS / "edition-interview-end.png")


def test_every_segment_of_a_sample_once(browser: Any, tmp_path: Path) -> None:
    """Notes, directions and omissions among them."""
    made = edition()
    page = opened(browser, folder_of(made, tmp_path))
    assert shown_segments(page) == [
        f"{side.lang}.s{segment.index + 1}"
        for side in (made.source, made.target)
        for segment in side.segments
    ]
    # the mark and its note have the same number
    assert page.locator("tei-ref[type=note] .mark").all_inner_texts() == ["1"]
    assert page.locator("[id='es.p5']").inner_text().startswith("1 El viento del norte.")
    axe = axe_script() or missing_client("axe-core is not here: run scripts/fetch_clients (npm)")
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        no_violations(page, axe)
    assert page.locator("[role=heading][aria-level='1']").count() == 2
    alone = page.eval_on_selector_all("tei-s.alone", "all => all.map(s => s.title)")
    assert alone == ["segment of es without a counterpart in en"]


def test_three_texts_of_others_from_a_server(browser: Any, shared: Path, tmp_path: Path) -> None:
    """Three columns; the page fetches the file that its address names."""
    folder = folder_of(raw_edition(shared / "raw" / "interview-2"), tmp_path)
    page = browser.new_context(viewport={"width": 1500, "height": 900}).new_page()
    page.set_default_timeout(LAG)
    page.on("pageerror", lambda error: pytest.fail(f"the page failed: {error}"))

    def answer(route: Any) -> None:
        name = route.request.url.partition("?")[0].rpartition("/")[2]
        if (folder / name).is_file():
            route.fulfill(path=folder / name)
        else:
            route.fulfill(status=404)

    page.route("http://edition.example.org/**", answer)
    page.goto("http://edition.example.org/index.html?tei=edition.tei.xml")
    page.wait_for_selector("[data-ready=yes]")
    assert page.locator("tei-group > tei-text").count() == 3
    titles = page.locator("h1.title").all_inner_texts()
    assert [title.split()[0] for title in titles] == ["Meeting", "Aprender,", "Enseigner,"]
    first = page.locator("tei-text:first-of-type tei-p tei-s[tabindex]").first
    first.hover()
    assert page.locator("tei-s.partner").count() >= 2
    page.screenshot(path=ARTEFACTS / "edition-three.png")
    page.goto("http://edition.example.org/index.html?tei=nothing.xml")
    # a file that is not there: told, and another can be chosen
    page.wait_for_selector("#choose:not([hidden])")


def test_a_browser_in_spanish(browser: Any, tmp_path: Path) -> None:
    """The page's own words are those of the program's catalogue."""
    page = opened(browser, folder_of(edition(), tmp_path), "es-SV")
    assert page.evaluate("document.documentElement.lang") == "es"
    label = page.locator("#choose span").text_content()
    assert label == "La edición (escrita con --tei-layout parallel):"
    marks = page.eval_on_selector_all("tei-ref[type=note] a", "all => all.map(a => a.ariaLabel)")
    assert marks == ["nota 1"]


def test_a_notice_stays_in_its_line(browser: Any, tmp_path: Path) -> None:
    """And a speaker's name stands before the dash and the speech."""
    made = aligning.align_documents(*(page_of(lang, body) for lang, body in SPOKEN.items()))
    page = opened(browser, folder_of(made, tmp_path))
    speech = page.locator("tei-text#es\\.text tei-sp").nth(1)
    assert speech.inner_text() == "GIL — Un vecino [N. del E.: Blas Mora] lo cavó solo."
    displays = page.eval_on_selector_all(
        "tei-note", "all => all.map(note => getComputedStyle(note).display)"
    )
    assert displays == ["inline"] * 4
    page.screenshot(path=ARTEFACTS / "edition-notices.png")
