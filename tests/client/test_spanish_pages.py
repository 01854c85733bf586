"""The review and the report in Chromium under a Spanish command line: what a person sees is Spanish."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aligner.review.session import Remark, Session
from aligner.text.speaking import t
from tests.client.pages import LAG, axe_script, keep, no_violations, opened
from tests.client.reviews import in_thread
from tests.spoken import bare, speak_marked
from tests.unit.cli.run import run
from tests.unit.review import samples

# every text and every attribute that is read aloud, hidden dialogs too
_SEEN = """() => {
  const texts = [document.title];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    if (!node.parentElement.closest("script, style") && node.data.trim()) texts.push(node.data.trim());
  }
  for (const node of document.querySelectorAll("[title], [aria-label], [placeholder]")) {
    for (const name of ["title", "aria-label", "placeholder"]) {
      if (node.getAttribute(name)) texts.push(node.getAttribute(name));
    }
  }
  return texts;
}"""


def session(path: Path) -> Session:
    def check(_: object) -> list[Remark]:
        return [Remark("number", "A figure differs.", "minor", (0,), ())]

    tools = samples.tools()
    labels = [("calque", t("Calque"))]
    return Session(path, replace(tools, check=check, labels=labels, formats=lambda _: ("tmx",)))


def test_nothing_of_the_review_page_stays_english(
    browser: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak_marked(monkeypatch)
    path = samples.write(samples.small(), tmp_path / "x.alignment.json")
    with in_thread(session(path)) as url:
        page = opened(browser, url)
        seen: list[str] = []

        def look() -> None:
            seen.extend(page.evaluate(_SEEN))

        look()
        # what appears with keys: refusals, dialogs, the state after actions
        for key in ("a", "i", "s", "m", "0", "x", "x", "X", "z", "Z", "b", "Escape", "g", "Escape"):
            page.keyboard.press(key)
            page.wait_for_timeout(150)
            look()
        for key in ("c", "Escape", "l", "Escape", "E", "Escape", "?", "Escape", "e", "Escape", "t"):
            page.keyboard.press(key)
            page.wait_for_timeout(100)
            look()
        page.keyboard.press("Escape")
        page.fill("#search", "(")
        look()
        page.check("#regex")
        look()
        page.fill("#search", "zzzzzz")
        look()
        page.keyboard.press("Escape")
        page.keyboard.press("o")
        look()
        page.wait_for_selector("#checking[hidden]", state="attached", timeout=LAG)
        look()
        page.close()
    own = [*samples.ES, *samples.EN, "x.alignment.json", "es", "en", "calque", "number", "tmx"]
    keys = ["aligner review", "Alt", "Ctrl", "Esc", "F2", "s12", "t12", "txt"]
    left = list(dict.fromkeys(bare(seen, [*own, *keys])))
    assert left == []


def test_the_review_page_in_spanish(browser: Any, tmp_path: Path) -> None:
    from aligner.text import speaking

    path = samples.write(samples.small(), tmp_path / "x.alignment.json")
    speaking.speak("es")
    try:
        with in_thread(session(path)) as url:
            page = opened(browser, url)
            assert page.evaluate("document.documentElement.lang") == "es"
            assert page.inner_text("#do-accept").startswith("Aceptar")
            assert "revisados" in page.inner_text("#progress-text")
            page.keyboard.press("a")
            page.wait_for_selector("#status:not(:empty)", state="attached")
            assert page.inner_text("#saved") == "versión 1, en disco"
            page.keyboard.press("?")
            assert "Un segmento sin contraparte" in page.inner_text("#help-dialog")
            keep(page, "review-spanish")
            axe = axe_script()
            if axe is not None:
                no_violations(page, axe)
            page.set_viewport_size({"width": 390, "height": 800})
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= 390
            page.close()
    finally:
        speaking.speak("en")


def test_a_report_of_a_spanish_command_line(browser: Any, tmp_path: Path) -> None:
    path = samples.write(samples.small(), tmp_path / "x.alignment.json")
    out = tmp_path / "informe.html"
    assert run("--ui", "es", "check", path, "--html", out).code in (0, 1)
    page = browser.new_page()
    page.set_default_timeout(LAG)
    page.goto(out.as_uri())
    assert page.evaluate("document.documentElement.lang") == "es"
    assert "Los dos textos" in page.inner_text("main")
    assert "Both texts" not in page.inner_text("main")
    page.close()


def test_the_locale_chooses_the_language_of_the_page(browser: Any, tmp_path: Path) -> None:
    import subprocess
    import sys

    path = samples.write(samples.small(), tmp_path / "x.alignment.json")
    command = [sys.executable, "-m", "aligner", "review", "--no-browser", "--no-check", str(path)]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "LC_ALL": "es_MX.UTF-8", "LANGUAGE": ""},
    )
    assert process.stdout is not None
    try:
        page = opened(browser, process.stdout.readline().strip())
        assert page.inner_text("#export") == "Exportar"
        page.close()
    finally:
        process.terminate()
        process.communicate(timeout=60)
