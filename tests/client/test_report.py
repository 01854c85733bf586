"""The report in Chromium: links, keyboard, no error, with and without script; screenshots kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from aligner.checks import Translation, report_page
from aligner.workflows import checking
from tests.client.pages import LAG, keep
from tests.unit.checks.interview import interview


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    report = checking.check(interview())
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(report_page(report.alignment, report.findings, report.summary), "utf-8")
    assert path.stat().st_size < 1_000_000
    return path


def opened(browser: Any, file: Path, **options: Any) -> tuple[Any, list[str]]:
    page = browser.new_context(viewport={"width": 1200, "height": 1400}, **options).new_page()
    page.set_default_timeout(LAG)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "request", lambda request: said.append(request.url) if request.url[:4] == "http" else None
    )
    page.goto(file.as_uri())
    return page, said


def test_it_says_nothing_on_the_console_and_asks_the_network_for_nothing(
    browser: Any, file: Path
) -> None:
    for scheme in ("light", "dark"):
        page, said = opened(browser, file, color_scheme=scheme)
        keep(page, f"report-{scheme}")
        if scheme == "light":
            page.emulate_media(media="print")
            assert page.locator(".controls").is_hidden()
            keep(page, "report-print")
        assert said == []
        page.close()


def test_findings_lead_to_the_text_and_back(browser: Any, file: Path) -> None:
    page, _ = opened(browser, file)
    first = page.locator(".finding").first
    first.locator("a").click()
    target = page.evaluate("location.hash")
    row = page.locator(target)
    assert row.is_visible()
    row.locator("a").first.click()
    assert page.evaluate("location.hash") == "#" + first.get_attribute("id")
    broken = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')]"
        ".filter(a => !document.getElementById(a.getAttribute('href').slice(1))).length"
    )
    assert broken == 0
    page.close()


def test_the_keyboard_reaches_everything_in_order(browser: Any, file: Path) -> None:
    page, _ = opened(browser, file)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    worst = page.locator("button[data-severity]").first.get_attribute("data-severity")
    assert page.evaluate("document.activeElement.dataset.severity") == worst
    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("j")
    ids = page.evaluate("[...document.querySelectorAll('.finding')].map(f => f.id)")
    assert page.evaluate("document.activeElement.id") == ids[1]
    page.keyboard.press("k")
    assert page.evaluate("document.activeElement.id") == ids[0]
    page.close()


def test_severities_and_codes_are_filtered(browser: Any, file: Path) -> None:
    page, _ = opened(browser, file)
    every = page.locator("article.finding:visible").count()
    page.locator('button[data-severity="major"]').click()
    assert 0 < page.locator("article.finding:visible").count() < every
    page.locator('button[data-severity="major"]').click()
    page.locator("select").select_option("number")
    shown = page.locator("article.finding:visible")
    assert {shown.nth(k).get_attribute("data-code") for k in range(shown.count())} == {"number"}
    page.close()


def test_it_works_without_script(browser: Any, file: Path) -> None:
    page, _ = opened(browser, file, java_script_enabled=False)
    assert page.locator(".controls").is_hidden()
    assert page.locator("article.finding").first.is_visible()
    assert page.locator("#text tr").count() > 90
    page.close()


def test_pictures_have_names_and_colours_enough_contrast(browser: Any, file: Path) -> None:
    for scheme in ("light", "dark"):
        page, _ = opened(browser, file, color_scheme=scheme)
        assert page.evaluate(
            "[...document.querySelectorAll('svg')].every(s => s.querySelector('title').textContent)"
        )
        ratios = page.evaluate(CONTRAST)
        assert min(ratios.values()) >= 4.5, ratios
        page.close()


# WCAG 2: (L1 + .05) / (L2 + .05) of the text colours on the two grounds they stand on
CONTRAST = """() => {
  const style = getComputedStyle(document.documentElement);
  const light = (name) => {
    const probe = document.createElement('i');
    probe.style.color = style.getPropertyValue(name);
    document.body.append(probe);
    const parts = getComputedStyle(probe).color.match(/[0-9.]+/g).slice(0, 3).map((c) => {
      c /= 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    probe.remove();
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
  };
  const ratios = {};
  const pair = (a, b) => {
    const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
    ratios[`${a} on ${b}`] = (x + 0.05) / (y + 0.05);
  };
  for (const ink of ['--ink', '--soft', '--link', '--minor', '--major', '--critical', '--note']) {
    pair(ink, '--paper'); pair(ink, '--card');
  }
  pair('--markink', '--mark');
  return ratios;
}"""


def test_tables_are_taken_away(browser: Any, file: Path, tmp_path: Path) -> None:
    page, said = opened(browser, file)
    for name in ("findings.csv", "beads.csv"):
        with page.expect_download() as download:
            page.locator(f'a[download="{name}"]').click()
        assert download.value.suggested_filename == name
        download.value.save_as(tmp_path / name)
        assert (tmp_path / name).read_text("utf-8-sig").count("\n") > 20
    assert said == []
    page.locator("#study").scroll_into_view_if_needed()
    keep(page, "report-study")
    page.close()


def test_two_translations_side_by_side(browser: Any, tmp_path: Path) -> None:
    """Stretches that do not differ are hidden until somebody asks for them, without script too."""
    made = interview()
    report = checking.check(made)
    # as if the second had made three mistakes less
    sides = Translation(made, report.remaining), Translation(made, report.remaining[3:])
    path = tmp_path / "against.html"
    text = report_page(made, report.findings, report.summary, sides)
    path.write_text(text, "utf-8")
    page, said = opened(browser, path, java_script_enabled=False)
    rows = page.locator("#versions tbody tr")
    assert 0 < page.locator("#versions tbody tr:visible").count() <= 3
    page.locator("#differing").uncheck()
    assert page.locator("#versions tbody tr:visible").count() == rows.count() > 80
    boxes = [rows.first.locator("td").nth(k).bounding_box() for k in range(3)]
    assert boxes[0]["x"] < boxes[1]["x"] < boxes[2]["x"]
    page.locator("#differing").check()
    page.locator("#against").scroll_into_view_if_needed()
    keep(page, "report-against")
    assert said == []
    page.close()
